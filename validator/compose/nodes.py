"""What text in YAML or JSON is read to: raw scalars, lists and mappings, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from validator.late import regex
from validator.model import Fault, Span

MAX_EVENTS = 50_000
MAX_DEPTH = 64
_JSON_NUMBER = regex(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?")

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]


class Node(NamedTuple):
    """A YAML node. `kind` is `scalar`, `sequence` or `mapping`; `items` holds the children, keys and values in turn.

    `plain` is true for a scalar without quotes, whose type YAML would guess.
    """

    kind: str
    span: Span
    text: str = ""
    plain: bool = False
    items: tuple[Node, ...] = ()

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Keys and values of a mapping."""
        return zip(self.items[::2], self.items[1::2], strict=True)


class Composed(NamedTuple):
    """The first document of a stream (`None` where it is empty) and what is wrong with the stream."""

    root: Node | None
    faults: tuple[Fault, ...]


class Offsets:
    """Turns offsets in characters of `text` into offsets in bytes of the file that has it at `base`."""

    def __init__(self, text: str, base: int) -> None:
        sizes = () if text.isascii() else (len(character.encode("utf-8", "surrogatepass")) for character in text)
        self._bytes = None if text.isascii() else list(accumulate(sizes, initial=0))
        self._base = base

    def at(self, index: int) -> int:
        """The byte offset of the character `index`."""
        return self._base + (index if self._bytes is None else self._bytes[index])

    def span(self, start: int, end: int) -> Span:
        """The span in bytes of the characters from `start` to `end`."""
        return Span(self.at(start), self.at(end))


def plain_value(node: Node) -> Value:
    """The node as JSON values: plain scalars that JSON would know are typed, every other scalar stays as written.

    `true`, `null`, `12` and `1.5` are typed; `0010`, `no`, `2026-01-01` are text. The first of two equal keys counts.
    """
    if node.kind == "scalar":
        return scalar_value(node.text) if node.plain else node.text
    if node.kind == "mapping":
        value: dict[str, Value] = {}
        for key, item in node.pairs():
            if key.text not in value:
                value[key.text] = plain_value(item)
        return value
    return [plain_value(item) for item in node.items]


def scalar_value(text: str) -> bool | int | float | str | None:
    """A plain scalar as JSON types it: `true`, `false`, `null`, nothing, and numbers as JSON writes them."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC or not _JSON_NUMBER.fullmatch(text):
        return text
    return int(text) if text.lstrip("-").isdigit() else float(text)


_NUMERIC = frozenset("-0123456789")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
# The bytes that a scalar which is no text begins with, in UTF-8.
TYPED_STARTS = frozenset(b"-0123456789~ntf")
