"""Any YAML text to nodes, by way of PyYAML's events, guarded against bombs.

PyYAML's parser gives the events; the tree is built here, because the loader's own types are what the tool must not
trust: it reads `0010` as 8, `no` as false, and dies of an impossible date. Source of the syntax: YAML 1.1 as PyYAML
(libyaml) parses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml.reader import ReaderError

from validator.compose.nodes import MAX_DEPTH, Composed, Node, Offsets
from validator.late import regex
from validator.model import Fault, Span

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What YAML 1.1 allows in a stream, as PyYAML has it.
_FORBIDDEN = regex("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ODD_END = regex("[\x85\u2028\u2029]|\r(?!\n)")
_WORD = regex(r"[^\s,\[\]{}]+")
# An anchor or a tag, with what stands between it and the value.
_PROPERTY = regex(r"(?:!<[^>\s]*+>|[&!][^\s,\[\]{}]*+)(?:\s++|(?<=\s)#[^\n]*+)*+")
_MERGE = "<<"


class _StopError(Exception):
    def __init__(self, kind: str, span: Span, *detail: str) -> None:
        super().__init__(kind)
        self.fault = Fault(kind, span, detail)


def compose_events(text: str, base: int, limit: int, *, tags: bool) -> Composed:
    """The node tree of any YAML text, and its faults, as `compose` gives them."""
    offsets = Offsets(text, base)
    builder = _Builder(text, offsets, limit, tags=tags)
    try:
        root = builder.run()
    except _StopError as stop:
        return Composed(None, (stop.fault,))
    except yaml.MarkedYAMLError as error:
        stopped = error.problem_mark.index if error.problem == _PARSER_LIMIT and error.problem_mark else len(text)
        if stopped < len(text):
            # Newer versions of libyaml have a limit of their own, far beyond ours: what is in front of it passes ours.
            return compose_events(text[:stopped], base, limit, tags=tags)
        start, end, reason = _syntax(error, text)
        return Composed(None, (Fault("yaml-syntax", offsets.span(start, end), (reason,)),))
    except ReaderError:
        start = next((match.start() for match in _FORBIDDEN.finditer(text)), 0)
        reason = f"the character U+{ord(text[start]):04X} is not allowed in YAML"
        return Composed(None, (Fault("yaml-syntax", offsets.span(start, start + 1), (reason,)),))
    return Composed(root, tuple(builder.faults))


class _Grown(NamedTuple):
    """A node, how many values it unfolds to, and how many collections deep it is."""

    node: Node
    size: int = 1
    depth: int = 0


class _Frame:
    """A collection that is being built: where it begins, its children, their sizes and depths."""

    def __init__(self, kind: str, start: int, anchor: str | None) -> None:
        self.kind = kind
        self.start = start
        self.anchor = anchor
        self.items: list[Node] = []
        self.size = 1
        self.depth = 1

    @property
    def wants_key(self) -> bool:
        """Whether the next child is the key of a mapping."""
        return self.kind == "mapping" and len(self.items) % 2 == 0

    def add(self, grown: _Grown, *, merged: bool) -> None:
        """Take the next child; of one that is `merged` the mappings around its pairs are no part of the collection."""
        levels = 0 if not merged else 1 if grown.node.kind == "mapping" else 2
        self.items.append(grown.node)
        self.size += grown.size
        self.depth = max(self.depth, grown.depth + 1 - levels)


class _Builder:
    """Takes the parser's events one by one. Its attributes are those of PyYAML's events, which have no types."""

    def __init__(self, text: str, offsets: Offsets, limit: int, *, tags: bool) -> None:
        self.text = text
        self.shown, self.hidden = _without_odd_ends(text)
        self.offsets = offsets
        self.limit = limit
        self.tags = tags
        self.faults: list[Fault] = []
        self.anchors: dict[str, _Grown] = {}
        self.stack = [_Frame("root", 0, None)]

    def run(self) -> Node | None:
        for number, event in enumerate(yaml.parse(self.shown, Loader=_PARSER)):
            if number > self.limit:
                raise _StopError("too-deep", self._span(event), f"more than {self.limit:,} YAML events")
            if isinstance(event, yaml.DocumentStartEvent) and self.stack[0].items:
                self.faults.append(Fault("second-document", self._span(event)))
                break
            self._take(event)
        return self.stack[0].items[0] if self.stack[0].items else None

    def _span(self, event: Any) -> Span:  # noqa: ANN401
        return self.offsets.span(*_marks(event))

    def _take(self, event: Any) -> None:  # noqa: ANN401
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and not self.tags:
            self._refuse_properties(event)
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style and event.tag is None
            span = self.offsets.span(self._start(event), _marks(event)[1])
            self._add(_Grown(Node("scalar", span, str(event.value).translate(self.hidden), plain)), event.anchor, span)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._guard_depth(event, 1)
            kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
            self.stack.append(_Frame(kind, self._start(event), event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = self.stack.pop()
            end = _marks(event)[1]
            while self.text[end - 1].isspace():
                # A collection in block style ends for libyaml where the next token begins.
                end -= 1
            span = self.offsets.span(frame.start, max(frame.start, end))
            items = tuple(self._merged(frame.items) if self.tags and frame.kind == "mapping" else frame.items)
            node = Node(frame.kind, span, items=items)
            self._add(_Grown(node, frame.size, frame.depth), frame.anchor, span)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)

    def _start(self, event: Any) -> int:  # noqa: ANN401
        """Where a value begins, behind its anchor and its tag."""
        start, end = _marks(event)
        for _ in range((event.tag is not None) + (event.anchor is not None)):
            found = _PROPERTY.match(self.text, start)
            start = start if found is None else found.end()
        return min(start, end) if isinstance(event, yaml.ScalarEvent) else start

    def _merged(self, items: list[Node]) -> Iterator[Node]:
        """The keys and values of a mapping, those of the mappings that it merges in the place of the merge key.

        A key of its own wins, then what is merged earlier. Each stands where it is written.
        """
        pairs = list(zip(items[::2], items[1::2], strict=True))
        known = {key.text for key, value in pairs if not _is_merge(key, value)}
        first: Span | None = None
        for key, value in pairs:
            if not _is_merge(key, value):
                yield from (key, value)
                continue
            if first is not None:
                self.faults.append(Fault("duplicate-key", key.span, (_MERGE, str(first.start), str(first.end))))
            first = first or key.span
            for source in value.items if value.kind == "sequence" else (value,):
                for own, item in source.pairs():
                    if own.text not in known:
                        known.add(own.text)
                        yield from (own, item)

    def _refuse_properties(self, event: Any) -> None:  # noqa: ANN401
        """Stop at a tag or an anchor: the text of a value was mistaken for it, or it is meant, before other values."""
        if event.tag is None and event.anchor is None:
            return
        start, end = _marks(event)
        what = "an anchor" if self.text[start] == "&" else "a tag"
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            written = self.text[start:end].split("\n")[0].rstrip()
            words = _unquoted(written, what)
        else:
            written = self.text[start:].split(maxsplit=1)[0]
            words = f"`{written}` is {what} to YAML, and a contract has none: take it away"
        raise _StopError("yaml-tag", self.offsets.span(start, start + len(written)), words)

    def _guard_depth(self, event: Any, more: int) -> None:  # noqa: ANN401
        if len(self.stack) - 1 + more > MAX_DEPTH:
            raise _StopError("too-deep", self._span(event), f"nested deeper than {MAX_DEPTH} levels")

    def _add(self, grown: _Grown, anchor: str | None, place: Span) -> None:
        if anchor:
            self.anchors[anchor] = grown
        frame = self.stack[-1]
        if frame.wants_key and grown.node.kind != "scalar":
            raise _StopError("yaml-syntax", place, "a key may not be a list or a mapping; quote the value")
        is_value = frame.kind == "mapping" and not frame.wants_key
        frame.add(grown, merged=self.tags and is_value and _is_merge(frame.items[-1], grown.node))
        if frame.size > self.limit:
            reason = f"more than {self.limit:,} values once its aliases are unfolded"
            raise _StopError("too-deep", place, reason)

    def _alias(self, event: Any) -> None:  # noqa: ANN401
        if not self.tags:
            raise _StopError("yaml-alias", self._span(event), _unquoted(f"*{event.anchor}", "an alias"))
        if event.anchor not in self.anchors:
            raise _StopError("yaml-syntax", self._span(event), f"the alias *{event.anchor} refers to no anchor")
        grown = self.anchors[event.anchor]
        self._guard_depth(event, grown.depth)
        span = self._span(event)
        self._add(grown._replace(node=grown.node._replace(span=span)), None, span)


def _is_merge(key: Node, value: Node) -> bool:
    """Whether a key with this value is the merge key of YAML 1.1; of anything else than mappings nothing is merged."""
    if not key.plain or key.text != _MERGE:
        return False
    return value.kind == "mapping" or (value.kind == "sequence" and all(item.kind == "mapping" for item in value.items))


def _without_odd_ends(text: str) -> tuple[str, dict[int, str]]:
    """The text with other characters for those that end a line to YAML 1.1 and to nobody else, and how to turn back.

    NEL, U+2028, U+2029 and a lone CR are ordinary characters of a value, as in `validator.text`.
    """
    odd = sorted(set(_ODD_END.findall(text)))
    if not odd:
        return text, {}
    unused = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    stand_ins = dict(zip(odd, unused, strict=False))
    return _ODD_END.sub(lambda found: stand_ins[found[0]], text), {ord(new): old for old, new in stand_ins.items()}


def _marks(event: Any) -> tuple[int, int]:  # noqa: ANN401
    return event.start_mark.index, event.end_mark.index


def _unquoted(written: str, what: str) -> str:
    quote = "'" if '"' in written else '"'
    return f"`{written}` is {what} to YAML; quote it: {quote}{written}{quote}"


_PARSER_LIMIT = "exceeded maximum nesting depth"
_SIGNS = {
    "while scanning an alias": "an alias",
    "while scanning an anchor": "an anchor",
    "while scanning a tag": "a tag",
    "while parsing a tag": "a tag",
    "found undefined tag handle": "a tag",
}
_NO_START = "a value may not begin with this character; quote the value"
_NO_KEY = "a key was expected here"
_TAB = "a tab may not indent; use spaces"
_REASONS = {
    "mapping values are not allowed in this context": "a value holds a colon and a space; quote the value",
    "found character that cannot start any token": _NO_START,
    "did not find expected node content": _NO_START,
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "found unknown escape character": "a backslash in double quotes escapes what follows; use single quotes",
    "block sequence entries are not allowed in this context": "a list begins on a line of its own",
    "did not find expected key": _NO_KEY,
    "did not find expected '-' indicator": "an item with `-` was expected here",
    "did not find expected ',' or ']'": "`,` or `]` was expected here",
    "did not find expected ',' or '}'": "`,` or `}` was expected here",
    "could not find expected ':'": "a key lacks its colon",
}


def _syntax(error: Any, text: str) -> tuple[int, int, str]:  # noqa: ANN401 - PyYAML's marks have no types
    """Where a syntax error is (characters of `text`), and the parser's words for it, plain."""
    start: int = error.problem_mark.index
    opening: int = start if error.context_mark is None else error.context_mark.index
    what = _SIGNS.get(error.context) or _SIGNS.get(error.problem)
    if what is not None and (word := _WORD.match(text, opening)) is not None:
        return word.start(), word.end(), _unquoted(word[0], what)
    if start >= len(text.rstrip()) and text[opening : opening + 1] in _CLOSERS:
        return opening, opening + 1, f"the `{text[opening]}` that stands here is never closed"
    if text[start : start + 1] == "\t":
        return start, start + 1, _TAB
    if text[start - 1 : start] == "]" and (word := _bracketed(text, start)) is not None:
        return word.start(), word.end(), _unquoted(word[0], "a list")
    start = opening if error.context == "while scanning a simple key" else start
    reason = _REASONS.get(error.problem, str(error.problem))
    if reason == _NO_KEY and text[:start].rpartition("\n")[2].strip():
        reason = "the value has already ended here; quote the whole of it"
    return start, min(start + 1, len(text)), reason


# A pattern such as `[0-9]{3}`, which begins as a list does and goes on.
_BRACKETED = regex(r"\[[^\]\n]*\](?!:)(?:\{[^}\n]*\}|[^\s,{}])+")


def _bracketed(text: str, end: int) -> re.Match[str] | None:
    """The pattern that was taken for a list which ends at `end`."""
    start = text.rfind("[", 0, end)
    return None if start < 0 else _BRACKETED.match(text, start)


_CLOSERS = frozenset("[{'\"")
