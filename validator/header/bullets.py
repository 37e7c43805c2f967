"""Dialect `bullets`: the first list of the document, an item a field.

`- Key: value`, `* Key: value`, `- **Key**: value`, `* **Key:** value`. The value is the item's first paragraph, its
Markdown taken off, or, where that is empty, the items of the list below it. Source: CommonMark 5.2 and 5.3; the form is
that of decision records (MADR), Rust RFCs and Swift proposals.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from validator.compose import Node
from validator.header.block import Field, Header, Line, body_start, line_at, lines_from
from validator.header.inside import (
    ATX,
    COMMENT,
    FENCE,
    RULE,
    Values,
    behind_comment,
    key_text,
    lead,
    missing,
    text_of,
    unique,
)
from validator.late import regex
from validator.model import Fault, Span
from validator.text import decode_sized
from validator.unseen import invisible

_ITEM = regex(rb"(?P<indent>[ \t]*)(?P<mark>[-*+])(?P<gap>[ \t]+|$)")
# Dashes, dots, stars and plus signs of other alphabets, as text editors set them for a bullet.
_LOOKALIKE = "|".join(
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u2022\u2023\u25e6\u2219\u00b7\u25aa\u25ab\u25cf\u25cb"
    "\ufe63\uff0d\u2217\uff0a\uff0b"
).encode()
_BAD_MARK = regex(
    rb"(?P<indent> {0,3})(?:(?P<double>[-*+](?:[ \t]*[-*+])+[ \t]+)|(?P<like>(?:" + _LOOKALIKE + rb")[ \t]*)"
    rb"|(?P<blank>[-*+](?:\xc2\xa0|\xe2\x80[\x80-\x8b]|\xe3\x80\x80)[ \t]*)|(?P<tight>[-+]|\*(?=[^*])))"
)
_FIELD = regex(
    rb"(?P<open>\*{1,3}|_{1,3}|`)?(?P<key>[A-Za-z0-9\x80-\xff][\w\x80-\xff .()/&'#+,-]{0,79}?)(?P<inner>[*_`]{0,3})"
    rb"[ \t]*(?P<colon>:+|\xef\xbc\x9a|\xea\x9e\x89|\xcb\x90|\xef\xb9\x95|\xe2\x88\xb6)"
    rb"(?P<outer>[*_`]{0,3})(?P<gap>[ \t]+|$|)"
)
_SEARCHED_LINES = 50
_CODE = 4
_WIDEST_GAP = 4


class _Match(NamedTuple):
    """`Key: value` in a line: the key and its place, that of the value on this line, and what is wrong with it."""

    key: str
    span: Span
    value: Span
    fault: str = ""


class _Row:
    """One field while its lines are gathered, or an item that is none (`match` is `None`)."""

    def __init__(self, line: Line, match: _Match | None, content: int) -> None:
        self.match = match
        self.content = content
        self.pieces = [line.span if match is None else match.value]
        self.items: list[list[Span]] = []
        self.closed = False

    @property
    def has_text(self) -> bool:
        """Whether the item's first paragraph says something."""
        return len(self.pieces) > 1 or self.pieces[0].end > self.pieces[0].start


def read_bullets(data: bytes) -> Header:
    """Read the list at the top of a document, or behind its heading; `data` is the whole document. Never raises."""
    before = lead(data)
    found = _List(data, before.end).run()
    if not found.is_header:
        return _displaced(data, before.end) or missing(data)
    return _header(found, found.end if not before.solid else body_start(data), ())


def _header(found: _List, body: int, faults: tuple[Fault, ...]) -> Header:
    fields, doubled = unique(found.fields())
    span = Span(found.start, found.end)
    return Header("bullets", found.start, found.end, body, fields, (*faults, *found.faults, *doubled), span)


def _displaced(data: bytes, start: int) -> Header | None:
    """A list of nothing but fields further down, before the next heading: text stands in front of it."""
    last = start
    for line in lines_from(data, start, _SEARCHED_LINES):
        text = text_of(data, line)
        if ATX.match(text) or FENCE.match(text) or COMMENT.match(text):
            return None
        if _ITEM.match(text) and line.start > start:
            found = _List(data, line.start).run()
            if not found.is_header or found.faults or found.good < 2:  # noqa: PLR2004 - one `Note: …` is prose
                return None
            return _header(found, body_start(data), (Fault("text-before-header", Span(start, last), ("text",)),))
        last = line.end if text.strip() else last
    return None


class _List:
    """Goes once over the lines of a list."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data = data
        self.start = self.end = start
        self.rows: list[_Row] = []
        self.faults: list[Fault] = []
        self.told: set[str] = set()
        self.mark = b""
        self.good = 0
        self.bad = 0
        self.apart = False

    @property
    def is_header(self) -> bool:
        """Whether the list is metadata: it has bullets, and half of its items are fields."""
        stated = sum(1 for row in self.rows if row.match is not None)
        return self.good + self.bad > 0 and stated > 0 and 2 * stated >= len(self.rows)

    def run(self) -> _List:
        """Read the lines until one that cannot belong to the list."""
        at = self.start
        while at < len(self.data):
            line = line_at(self.data, at)
            text = text_of(self.data, line)
            at = line.next
            if not text.strip():
                self.apart = True
            elif COMMENT.match(text):
                at = behind_comment(self.data, line)
            elif not self._take(line, text):
                break
            else:
                self.end = line.next
                self.apart = False
        return self

    def fields(self) -> list[Field]:
        """The fields of the list, in order."""
        values = Values(self.data)
        return [Field(row.match.key, row.match.span, _value(row, row.match, values)) for row in self.rows if row.match]

    def _take(self, line: Line, text: bytes) -> bool:
        """Take a line that is not blank; false where it belongs to the list no more."""
        item = _ITEM.match(text)
        indent = _width(text)
        if self.rows and indent >= self.rows[-1].content:
            return self._continue(line, text, item)
        if RULE.match(text) or ATX.match(text) or FENCE.match(text):
            return False
        if item is not None and (double := _BAD_MARK.match(text)) and double["double"]:
            return self._bad(line, text)
        return self._bad(line, text) if item is None else self._item(line, item, indent)

    def _item(self, line: Line, item: re.Match[bytes], indent: int) -> bool:
        match = _field(self.data, line.start + item.end(), line)
        if self.apart and (match is None or (self.mark and item["mark"] != self.mark)):
            return False
        if indent >= _CODE:
            return match is not None and self._malformed(line, match, "it is indented by four blanks or more", indent)
        if _width(item["gap"]) > _WIDEST_GAP and match is not None:
            return self._malformed(line, match, "more than four blanks behind it make code of the field")
        if self.mark and item["mark"] != self.mark and match is not None:
            return self._malformed(line, match, f"the list began with `{self.mark.decode()}`, so this begins another")
        self.mark = self.mark or item["mark"]
        self.good += 1
        self._row(line, match, indent + 2)
        if match is None:
            solid = self.data[line.start : line.end].rstrip()
            span = Span(line.start + len(item["indent"]), line.start + len(solid))
            self.faults.append(Fault("header-syntax", span, ("this item is no `Key: value`", "")))
        return True

    def _bad(self, line: Line, text: bytes) -> bool:
        """A line without a bullet, or with something that is only meant as one."""
        found = _BAD_MARK.match(text)
        match = None if found is None else _field(self.data, line.start + found.end(), line)
        if found is not None and match is not None and not (self.apart and found["tight"]):
            return self._malformed(line, match, _reason(found))
        if self.apart:
            return False
        match = _field(self.data, line.start, line)
        if match is not None and not match.fault:
            self._row(line, match, 2)
            self.faults.append(Fault("header-syntax", match.span, ("this line lacks its bullet", match.key)))
            return True
        if self.rows and self.good + self.bad and not text.startswith((b">", b"|", b"<")):
            self.faults.append(Fault("unclosed-header", line.span, ("bullets",)))
        return False

    def _malformed(self, line: Line, match: _Match, reason: str, indent: int = 0) -> bool:
        """A field whose bullet is malformed; the same fault is told once a list. What reads as code makes none."""
        self._row(line, match, indent + 2)
        self.bad += not indent
        if reason not in self.told:
            self.told.add(reason)
            should = f"`{(self.mark or b'-').decode()} `"
            bullet = Span(line.start, max(match.span.start, line.start + 1))
            self.faults.append(Fault("malformed-delimiter", bullet, ("bullet", reason, should)))
        return True

    def _continue(self, line: Line, text: bytes, item: re.Match[bytes] | None) -> bool:
        """A line that is indented below an item: more of its first paragraph, a list of values, or neither."""
        row = self.rows[-1]
        row.closed = row.closed or (self.apart and row.has_text)
        if item is not None:
            nested = _field(self.data, line.start + item.end(), line)
            if nested is not None and row.has_text and not row.items and not self.apart:
                return self._malformed(line, nested, "it is indented, and so belongs to the item above")
            row.closed = row.closed or row.has_text
            row.items.append([Span(line.start + item.end(), line.end)])
        elif row.items:
            row.items[-1].append(line.span)
        elif not row.closed and not FENCE.match(text.lstrip()):
            row.pieces.append(line.span)
        else:
            row.closed = True
        return True

    def _row(self, line: Line, match: _Match | None, content: int) -> None:
        self.rows.append(_Row(line, match, content))
        if match is not None and match.fault:
            self.faults.append(Fault("header-syntax", match.span, (match.fault, match.key)))


def _value(row: _Row, match: _Match, values: Values) -> Node:
    """What an item says: its first paragraph, else the list below it."""
    if row.has_text or not row.items:
        return values.node(row.pieces, match.value.start)
    items = tuple(values.node(pieces, pieces[0].start) for pieces in row.items)
    return Node("sequence", Span(items[0].span.start, items[-1].span.end), items=items)


def _field(data: bytes, start: int, line: Line) -> _Match | None:
    """`Key: value` from byte `start` of a line on, also where its colon or its emphasis is not quite right."""
    found = _FIELD.match(data, start, line.end)
    if found is None or (not found["gap"] and found.end() < line.end and not _meant(data, found, line)):
        return None
    opened, inner, outer = found["open"] or b"", found["inner"], found["outer"]
    fault = ""
    if found["colon"] != b":":
        fault = "its colon stands twice" if found["colon"].startswith(b":") else "its colon only looks like `:`"
    elif (inner, outer) not in {(opened, b""), (b"", opened)}:
        fault = "the emphasis does not enclose the key alone"
    elif not found["gap"] and found.end() < line.end:
        unseen = invisible(decode_sized(data[found.end() : found.end() + 4])[:1])
        fault = "a blank is missing behind the colon"
        fault = f"{unseen} stands behind the colon where a space is wanted" if unseen else fault
    value = Span(found.end(), line.end)
    if fault and opened and data.endswith(opened, value.start, value.end):
        value = Span(value.start, value.end - len(opened))
    return _Match(key_text(found["key"]), Span(*found.span("key")), value, fault)


def _meant(data: bytes, found: re.Match[bytes], line: Line) -> bool:
    """Whether `Key:value` without a blank is a field: an address or a time of day is none."""
    return not data.startswith(b"//", found.end(), line.end) and not found["key"][-1:].isdigit()


def _reason(found: re.Match[bytes]) -> str:
    if found["double"]:
        return "it stands twice"
    if found["like"]:
        return "it only looks like a bullet"
    return "a blank is missing behind it" if found["tight"] else "the blank behind it is no space"


def _width(text: bytes) -> int:
    """The width of the blanks that a text begins with; a tab counts four."""
    blanks = text[: len(text) - len(text.lstrip(b" \t"))]
    return len(blanks) + 3 * blanks.count(b"\t")
