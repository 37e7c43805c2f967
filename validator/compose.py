"""YAML text to nodes: raw scalars with their places, guarded against bombs.

PyYAML's parser gives the events; the tree is built here, because the loader's own types are what the tool must not
trust: it reads `0010` as 8, `no` as false, and dies of an impossible date. Source of the syntax: YAML 1.1 as PyYAML
(libyaml) parses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

import yaml

from validator.model import Fault, Span

MAX_EVENTS = 200_000
MAX_DEPTH = 64
MAX_VALUES = 200_000

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?")

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


class _StopError(Exception):
    def __init__(self, kind: str, start: int, end: int, *detail: str) -> None:
        super().__init__(kind)
        self.fault = (kind, start, end, detail)


class Offsets:
    """Turns offsets in characters of `text` into offsets in bytes of the file that has it at `base`."""

    def __init__(self, text: str, base: int) -> None:
        sizes = () if text.isascii() else (len(character.encode("utf-8", "surrogatepass")) for character in text)
        self._bytes = None if text.isascii() else list(accumulate(sizes, initial=0))
        self._base = base

    def at(self, index: int) -> int:
        """The byte offset of the character `index`."""
        return self._base + (index if self._bytes is None else self._bytes[min(index, len(self._bytes) - 1)])

    def span(self, start: int, end: int) -> Span:
        """The span in bytes of the characters from `start` to `end`."""
        return Span(self.at(start), self.at(end))


def compose(text: str, base: int = 0, *, tags: bool = True) -> Composed:
    """Build the node tree of the first YAML document in `text`, which stands at byte `base` of its file.

    Never raises: what cannot be read is a fault of kind `yaml-syntax`, `too-deep`, `yaml-alias`, `yaml-tag` or
    `second-document`. With `tags` false, aliases and tags are faults too (a contract has none).
    """
    offsets = Offsets(text, base)
    try:
        builder = _Builder(offsets, tags=tags)
        root = builder.run(text)
    except _StopError as stop:
        kind, start, end, detail = stop.fault
        return Composed(None, (Fault(kind, offsets.span(start, end), detail),))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        start = min(mark.index, len(text)) if mark else 0
        return Composed(
            None, (Fault("yaml-syntax", offsets.span(start, min(start + 1, len(text))), (_reason(error),)),)
        )
    except yaml.YAMLError as error:
        start = min(getattr(error, "position", 0) or 0, len(text))
        reason = f"the character {getattr(error, 'character', '')!r} is not allowed in YAML"
        return Composed(None, (Fault("yaml-syntax", offsets.span(start, min(start + 1, len(text))), (reason,)),))
    return Composed(root, tuple(builder.faults))


class _Frame:
    """A collection that is being built: its first event, its children, and how many values they unfold to."""

    def __init__(self, kind: str, start: int, anchor: str | None) -> None:
        self.kind = kind
        self.start = start
        self.anchor = anchor
        self.items: list[Node] = []
        self.size = 1


class _Builder:
    """Takes the parser's events one by one. Its attributes are those of PyYAML's events, which have no types."""

    def __init__(self, offsets: Offsets, *, tags: bool) -> None:
        self.offsets = offsets
        self.tags = tags
        self.faults: list[Fault] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.stack = [_Frame("root", 0, None)]

    def run(self, text: str) -> Node | None:
        for number, event in enumerate(yaml.parse(text, Loader=_PARSER)):
            if number > MAX_EVENTS:
                raise _StopError("too-deep", *_marks(event), f"more than {MAX_EVENTS:,} YAML events")
            if isinstance(event, yaml.DocumentStartEvent) and self.stack[0].items:
                self.faults.append(Fault("second-document", self.offsets.span(*_marks(event))))
                break
            self._take(event)
        return self.stack[0].items[0] if self.stack[0].items else None

    def _take(self, event: Any) -> None:  # noqa: ANN401
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            self._tag(event)
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style and event.tag is None
            self._add(Node("scalar", self.offsets.span(*_marks(event)), str(event.value), plain), 1, event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self.stack) > MAX_DEPTH:
                raise _StopError("too-deep", *_marks(event), f"nested deeper than {MAX_DEPTH} levels")
            kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
            self.stack.append(_Frame(kind, _marks(event)[0], event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = self.stack.pop()
            span = self.offsets.span(frame.start, _marks(event)[1])
            self._add(Node(frame.kind, span, items=tuple(frame.items)), frame.size, frame.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)

    def _add(self, node: Node, size: int, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = (node, size)
        frame = self.stack[-1]
        frame.items.append(node)
        frame.size += size
        if frame.size > MAX_VALUES:
            raise _StopError(
                "too-deep", frame.start, frame.start, f"more than {MAX_VALUES:,} values once its aliases are unfolded"
            )

    def _alias(self, event: Any) -> None:  # noqa: ANN401
        if not self.tags:
            raise _StopError("yaml-alias", *_marks(event), f"*{event.anchor}")
        if event.anchor not in self.anchors:
            raise _StopError("yaml-syntax", *_marks(event), f"the alias *{event.anchor} refers to no anchor")
        self._add(*self.anchors[event.anchor], None)

    def _tag(self, event: Any) -> None:  # noqa: ANN401
        if event.tag is not None and not self.tags:
            raise _StopError("yaml-tag", *_marks(event), str(event.tag).removeprefix("tag:yaml.org,2002:"))


def _marks(event: Any) -> tuple[int, int]:  # noqa: ANN401
    return event.start_mark.index, event.end_mark.index


def _reason(error: yaml.MarkedYAMLError) -> str:
    """The parser's words, plain: what it met, and what it was reading."""
    problem = str(error.problem or "it cannot be read")
    known = {
        "mapping values are not allowed in this context": "a value holds a colon and a space; quote the value",
        "found character that cannot start any token": "a value may not begin with this character; quote the value",
        "did not find expected key": "a key was expected here",
    }
    return known.get(problem, problem)


def plain_value(node: Node) -> Value:
    """The node as JSON values: plain scalars that JSON would know are typed, every other scalar stays as written.

    `true`, `null`, `12` and `1.5` are typed; `0010`, `no`, `2026-01-01` are text.
    """
    if node.kind == "mapping":
        return {key.text: plain_value(item) for key, item in node.pairs()}
    if node.kind == "sequence":
        return [plain_value(item) for item in node.items]
    return scalar_value(node.text) if node.plain else node.text


def scalar_value(text: str) -> bool | int | float | str | None:
    """A plain scalar as JSON types it: `true`, `false`, `null`, nothing, and numbers as JSON writes them."""
    if text in _WORDS:
        return _WORDS[text]
    if not _JSON_NUMBER.fullmatch(text):
        return text
    return int(text) if text.lstrip("-").isdigit() else float(text)


_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
