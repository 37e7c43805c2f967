"""YAML text to nodes: raw scalars with their places, guarded against bombs.

PyYAML's parser gives the events; the tree is built here, because the loader's own types are what the tool must not
trust: it reads `0010` as 8, `no` as false, and dies of an impossible date. Source of the syntax: YAML 1.1 as PyYAML
(libyaml) parses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

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
        self._text = None if text.isascii() else text
        self._base = base

    def at(self, index: int) -> int:
        """The byte offset of the character `index`."""
        if self._text is None:
            return self._base + index
        return self._base + len(self._text[:index].encode("utf-8", "surrogatepass"))

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
        return Composed(None, (Fault("yaml-syntax", offsets.span(start, min(start + 1, len(text))), (_reason(error),)),))
    except yaml.YAMLError as error:
        start = min(getattr(error, "position", 0) or 0, len(text))
        reason = f"the character {getattr(error, 'character', '')!r} is not allowed in YAML"
        return Composed(None, (Fault("yaml-syntax", offsets.span(start, min(start + 1, len(text))), (reason,)),))
    return Composed(root, tuple(builder.faults))


class _Builder:
    def __init__(self, offsets: Offsets, *, tags: bool) -> None:
        self.offsets = offsets
        self.tags = tags
        self.faults: list[Fault] = []
        self.anchors: dict[str, Node] = {}

    def run(self, text: str) -> Node | None:
        stack: list[tuple[str, yaml.Event, list[Node]]] = [("root", None, [])]
        for number, event in enumerate(yaml.parse(text, Loader=_PARSER)):
            if number > MAX_EVENTS:
                raise _StopError("too-deep", *_marks(event), f"more than {MAX_EVENTS:,} YAML events")
            if isinstance(event, yaml.DocumentStartEvent) and stack[0][2]:
                self.faults.append(Fault("second-document", self.offsets.span(*_marks(event))))
                break
            self._take(event, stack)
        return stack[0][2][0] if stack[0][2] else None

    def _take(self, event: yaml.Event, stack: list[tuple[str, yaml.Event, list[Node]]]) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._tag(event)
            plain = not event.style and event.tag is None
            self._add(stack, event, Node("scalar", self.offsets.span(*_marks(event)), event.value, plain))
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._tag(event)
            if len(stack) > MAX_DEPTH:
                raise _StopError("too-deep", *_marks(event), f"nested deeper than {MAX_DEPTH} levels")
            stack.append(("mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence", event, []))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            kind, start, items = stack.pop()
            span = self.offsets.span(start.start_mark.index, event.end_mark.index)
            self._add(stack, start, Node(kind, span, items=tuple(items)))
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event, stack)

    def _add(self, stack: list[tuple[str, yaml.Event, list[Node]]], event: yaml.Event, node: Node) -> None:
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.anchors[anchor] = node
        stack[-1][2].append(node)

    def _alias(self, event: yaml.AliasEvent, stack: list[tuple[str, yaml.Event, list[Node]]]) -> None:
        if not self.tags:
            raise _StopError("yaml-alias", *_marks(event), f"*{event.anchor}")
        if event.anchor not in self.anchors:
            raise _StopError("yaml-syntax", *_marks(event), f"the alias *{event.anchor} refers to no anchor")
        stack[-1][2].append(self.anchors[event.anchor])

    def _tag(self, event: yaml.Event) -> None:
        if event.tag is not None and not self.tags:
            raise _StopError("yaml-tag", *_marks(event), event.tag.removeprefix("tag:yaml.org,2002:"))


def _marks(event: yaml.Event) -> tuple[int, int]:
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

    `true`, `null`, `12` and `1.5` are typed; `0010`, `no`, `1e400`, `2026-01-01` are text.

    Raises:
        ValueError: aliases would expand to more than 200,000 values.
    """
    return _Expansion().value(node)


class _Expansion:
    def __init__(self) -> None:
        self.seen = 0

    def value(self, node: Node) -> Value:
        self.seen += 1
        if self.seen > MAX_VALUES:
            raise ValueError(f"aliases expand to more than {MAX_VALUES:,} values")
        if node.kind == "mapping":
            return {key.text: self.value(item) for key, item in node.pairs()}
        if node.kind == "sequence":
            return [self.value(item) for item in node.items]
        return scalar_value(node.text) if node.plain else node.text


def scalar_value(text: str) -> None | bool | int | float | str:
    """A plain scalar as JSON types it: `true`, `false`, `null`, nothing, and numbers as JSON writes them."""
    if text in _WORDS:
        return _WORDS[text]
    if not _JSON_NUMBER.fullmatch(text):
        return text
    return int(text) if text.lstrip("-").isdigit() else float(text)


_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
