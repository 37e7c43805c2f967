"""Dialect `rst`: the field list of a reStructuredText document, at the top or behind its title.

`:Key: value`; what is indented goes on with the value above, and an empty line ends the list where no further field
follows. Source: reStructuredText Markup Specification, "Field Lists" and "Bibliographic Fields"; inline markup by the
rules of the same text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from validator.compose import Node
from validator.header.block import Field, Header, Line, body_start, line_at, lines_from
from validator.header.fields import indent_of, is_blank
from validator.header.inside import missing, trimmed, unique
from validator.late import regex
from validator.model import Fault, Span
from validator.text import decode_sized
from validator.unseen import invisible

_FIELD = regex(rb":(?![: \t])(?P<key>(?:[^:\\\r\n]|\\.|:(?![ \t`]|$))++)(?<![ \t:]):(?:[ \t]+|$)")
_COLONS = ":\uff1a\u2236\ufe55\ua789\u02d0"
_NEAR = regex(
    rf"(?P<before>[\s\u200b-\u200d\u2060\ufeff]*+)(?P<open>[{_COLONS}]*+)(?P<left>\s*+)"
    rf"(?P<key>[^\W_](?:[^\s{_COLONS}`]|[ \u00a0](?![\s{_COLONS}])){{0,60}}?)(?P<right>\s*)"
    rf"(?P<close>[{_COLONS}]+)(?P<gap>\s+|$)?"
)
_HALF = regex(r"\s*(?P<open>:)(?P<key>[^\W_][\w-]{0,40})(?:\s|$)")
_ADORNED = regex(rb"(?P<sign>[!-/:-@[-`{-~])(?P=sign)*+[ \t]*$")
_EXPLICIT = regex(rb"\.\.(?:[ \t]|$)")
_ITEM = regex(rb"[ \t]*(?:[-*+]|\xe2\x80\xa2)[ \t]+")
_ESCAPE = regex(r"\\(.)", re.DOTALL)
_INLINE = regex(
    r"(?<![^\s'\"(\[{<\u2010-\u2015/:-])(?::[\w.+:-]+:)?"
    r"(?:``(?P<literal>(?=\S).+?(?<=\S))``|\*\*(?P<strong>(?=\S).+?(?<=\S))\*\*|\*(?P<emphasis>(?=[^\s*]).+?(?<=\S))\*"
    r"|`(?P<text>(?=[^\s`]).+?)(?:[ ]<[^<>]*>)?`_{0,2})"
    r"(?=$|[\s'\")\]}>\u2010-\u2015/:.,;!?-])"
)
_SEARCHED_LINES = 50
_MOST_TITLES = 2
_LONGEST = 400
_LONGEST_VALUE = 4096
_SHORTEST_RULE = 4


class _Row(NamedTuple):
    """A field while its lines are gathered; `faults` of a key that is not quite one stand in the list's order."""

    key: str
    span: Span
    pieces: list[Span]


class _Near(NamedTuple):
    """A line that is meant as a field: its key, why it is none, and where its value begins (characters of the line)."""

    key: str
    reason: str
    value: int


def read_rst(data: bytes) -> Header:
    """Read the field list at the top of a document, or behind its title. Never raises."""
    start, solid = _lead(data)
    found = _List(data, start).run()
    if found.is_header:
        return _header(found, body_start(data) if solid else found.end, ())
    return _displaced(data, start) or missing(data)


def title(data: bytes, start: int) -> tuple[str, Span] | None:
    """The text and the place of the document's title from byte `start` on, or `None`: the first section title."""
    before: Line | None = None
    at = start
    while at < len(data):
        line = line_at(data, at)
        at = line.next
        if is_blank(data, line):
            before = None
            continue
        if _EXPLICIT.match(data, line.start, line.end):
            at, before = _behind_explicit(data, line), None
            continue
        found = _title_at(data, line) if before is None else None
        if found is not None:
            return plain(decode_sized(data[found[0].start : found[0].end])), found[0]
        before = line
    return None


def plain(text: str) -> str:
    """A value without inline markup: literals, emphasis, roles and links as their text, escapes as what they escape."""
    if len(text) <= _LONGEST_VALUE and ("`" in text or "*" in text):
        text = _INLINE.sub(lambda found: next(group for group in found.groups() if group is not None), text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _title_at(data: bytes, line: Line) -> tuple[Span, int] | None:
    """The text of the section title that begins on `line`, and where the line behind it begins."""
    after = line_at(data, line.next)
    sign = _sign(data, line)
    if sign is not None:
        under = line_at(data, after.next)
        is_title = not is_blank(data, after) and _sign(data, under) == sign
        return (trimmed(data, after.span), under.next) if is_title and _sign(data, after) is None else None
    if indent_of(data, line) or is_blank(data, line) or _sign(data, after) is None:
        return None
    width = len(decode_sized(data[line.start : line.end]).rstrip())
    dashes = len(data[after.start : after.end].rstrip())
    return (trimmed(data, line.span), after.next) if dashes >= min(width, _SHORTEST_RULE) else None


def _sign(data: bytes, line: Line) -> bytes | None:
    """The sign that a line of nothing else is made of."""
    found = _ADORNED.match(data, line.start, line.end)
    return found["sign"] if found is not None else None


def _behind_explicit(data: bytes, line: Line) -> int:
    """Where the next line begins behind a comment or a directive: it goes on as long as lines are indented."""
    end = line.next
    for inner in lines_from(data, line.next):
        if is_blank(data, inner):
            continue
        if not indent_of(data, inner):
            break
        end = inner.next
    return end


def _lead(data: bytes) -> tuple[int, bool]:
    """Go over blank lines, comments and at most two titles; where that ends, and whether more than blanks stood there.

    A blank line in front of the first field is a fault of nothing: a field list may stand anywhere.
    """
    at, solid, titles = body_start(data), False, 0
    while at < len(data):
        line = line_at(data, at)
        if is_blank(data, line):
            at = line.next
        elif _EXPLICIT.match(data, line.start, line.end):
            at, solid = _behind_explicit(data, line), True
        elif titles < _MOST_TITLES and (found := _title_at(data, line)) is not None:
            at, solid, titles = found[1], True, titles + 1
        else:
            break
    return at, solid


def _header(found: _List, body: int, faults: tuple[Fault, ...]) -> Header:
    fields, doubled = unique(found.fields())
    return Header(
        "rst", found.start, found.end, body, fields, (*faults, *found.faults, *doubled), Span(found.start, found.end)
    )


def _displaced(data: bytes, start: int) -> Header | None:
    """A list of two or more fields that stands behind text, before the next title or any literal block."""
    before = start
    apart = True
    for line in lines_from(data, start, _SEARCHED_LINES):
        text = data[line.start : line.end]
        if _title_at(data, line) is not None or text.rstrip().endswith(b"::") or text.lstrip().startswith(b"```"):
            return None
        if apart and _FIELD.match(data, line.start, line.end) is not None:
            found = _List(data, line.start).run()
            if len(found.rows) > 1:
                return _header(found, body_start(data), (Fault("text-before-header", Span(start, before), ("text",)),))
        apart = is_blank(data, line)
        before = before if apart else line.end
    return None


class _List:
    """Goes once over the lines of a field list."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data = data
        self.start = self.end = start
        self.rows: list[_Row] = []
        self.faults: list[Fault] = []
        self.good = 0
        self.apart = False

    @property
    def is_header(self) -> bool:
        """Whether these lines are metadata: fields are among them, or what can be meant as nothing else."""
        return self.good > 0 or len(self.rows) > 1

    def run(self) -> _List:
        """Read the lines until one that cannot belong to the list."""
        for line in lines_from(self.data, self.start):
            if is_blank(self.data, line):
                self.apart = True
                continue
            if not self._take(line):
                break
            self.end = line.next
            self.apart = False
        return self

    def fields(self) -> list[Field]:
        """The fields of the list, in order."""
        return [Field(row.key, row.span, _value(self.data, row.pieces)) for row in self.rows]

    def _take(self, line: Line) -> bool:
        """Take a line that is not blank; false where it belongs to the list no more."""
        found = _FIELD.match(self.data, line.start, line.end)
        if found is not None:
            key = plain(" ".join(decode_sized(found["key"]).split()))
            if not key.isprintable():
                self._odd(line, Span(*found.span("key")), "the key holds a character that cannot be seen", key)
            self.rows.append(_Row(key, Span(*found.span("key")), [Span(found.end(), line.end)]))
            self.good += 1
            return True
        near = _near(decode_sized(self.data[line.start : min(line.end, line.start + _LONGEST)]))
        if indent_of(self.data, line):
            return self._indented(line, near)
        if near is not None and (not self.apart or near.reason not in _PROSE) and (self.rows or self._goes_on(line)):
            self._near(line, near)
            return True
        if self.rows and not self.apart and self._goes_on(line):
            text = decode_sized(self.data[line.start : line.end])
            word = next(iter(text.split(maxsplit=1)), "")  # A line of no-break spaces has none.
            reason = "this line is no `:Key: value`; indent it if it goes on with the value above"
            self._odd(line, line.span, reason, word if re.fullmatch(r"[\w.-]+", word) else "")
            return True
        if self.rows and not self.apart:
            self.faults.append(Fault("unclosed-header", line.span, ("rst",)))
        return False

    def _indented(self, line: Line, near: _Near | None) -> bool:
        """A line that goes on with the value above; a field that is indented belongs there and is meant otherwise."""
        is_field = _FIELD.match(self.data, line.start + indent_of(self.data, line), line.end) is not None
        if near is not None and is_field and (self.rows or self._goes_on(line)):
            self._near(line, near)
        elif self.rows:
            # An empty piece keeps the paragraphs of a value apart.
            self.rows[-1].pieces.extend([Span(line.start, line.start)] * self.apart + [line.span])
        return bool(self.rows)

    def _near(self, line: Line, near: _Near) -> None:
        self._odd(line, line.span, near.reason, near.key)
        text = decode_sized(self.data[line.start : line.end])
        begin = line.start + len(text[: near.value].encode("utf-8", "surrogateescape"))
        self.rows.append(_Row(near.key, line.span, [Span(min(begin, line.end), line.end)]))

    def _odd(self, line: Line, span: Span, reason: str, key: str) -> None:
        self.faults.append(
            Fault("header-syntax", trimmed(self.data, span) if span == line.span else span, (reason, key))
        )

    def _goes_on(self, line: Line) -> bool:
        """Whether the next line is a field."""
        after = line_at(self.data, line.next)
        return _FIELD.match(self.data, after.start, after.end) is not None


_NO_OPENING = "the colon in front of the key is missing"
_NO_CLOSING = "the colon behind the key is missing"
_PROSE = frozenset({_NO_OPENING, _NO_CLOSING})


def _near(text: str) -> _Near | None:
    """The field that a line is meant as, though it is none."""
    found = _NEAR.match(text)
    if found is None:
        half = _HALF.match(text)
        return None if half is None else _Near(half["key"], _NO_CLOSING, half.end())
    opened, closed = found["open"], found["close"]
    if found["gap"] is None and not (opened and not text[found.end() :].startswith(("`", "//"))):
        return None
    key = "".join(character for character in found["key"] if character.isprintable())
    if (opened + closed).strip(":"):
        reason = "a colon only looks like `:`"
    elif not opened:
        reason = _NO_OPENING
    elif found["before"]:
        reason = "a key may not be indented"
        reason = (
            reason if found["before"].strip(" \t") == "" else "a character that cannot be seen stands before the key"
        )
    elif len(opened) > 1 or len(closed) > 1:
        reason = "a colon stands twice"
    elif found["left"] or found["right"]:
        reason = "a blank stands between the key and its colon"
    else:
        reason = "a blank is missing behind the second colon"
        unseen = invisible(text[found.end("close") : found.end("close") + 1])
        reason = f"{unseen} stands behind the second colon where a space is wanted" if unseen else reason
    return _Near(key, reason, found.end())


def _value(data: bytes, pieces: list[Span]) -> Node:
    """What a field says: its first paragraph without markup, or the items of the list that stands there."""
    lines: list[Span] = []
    for piece in pieces:
        span = trimmed(data, piece)
        if span.end > span.start:
            lines.append(Span(piece.start, span.end) if _ITEM.match(data, piece.start, piece.end) else span)
        elif lines and piece.start == piece.end and not _ITEM.match(data, *lines[0]):
            break
    if not lines:
        return Node("scalar", Span(pieces[0].end, pieces[0].end))
    if _ITEM.match(data, *lines[0]) is None:
        return _joined(data, lines)
    items: list[list[Span]] = []
    for span in lines:
        mark = _ITEM.match(data, *span)
        if mark is not None:
            items.append([Span(mark.end(), span.end)])
        else:
            items[-1].append(span)
    nodes = tuple(_joined(data, item) for item in items)
    return Node("sequence", Span(nodes[0].span.start, nodes[-1].span.end), items=nodes)


def _joined(data: bytes, lines: list[Span]) -> Node:
    text = " ".join(decode_sized(data[span.start : span.end]) for span in lines)
    return Node("scalar", Span(lines[0].start, lines[-1].end), plain(text))
