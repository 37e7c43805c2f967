"""Dialect `table`: a table of two columns at the top of the document, a row a field.

A Markdown table, whose header row may be empty, may say no more than `Field` and `Value`, or is itself a field; or an
HTML table with a `<tr>` for each field. Source: GFM 4.10 (tables); HTML, "Tabular data", with its optional end tags.
"""

from __future__ import annotations

import html
import re
from abc import ABC, abstractmethod

from validator.compose import Node
from validator.header.block import Field, Header, Line, body_start, line_at, lines_from
from validator.header.inside import ATX, COMMENT, FENCE, Values, lead, missing, text_of, trimmed, unique
from validator.late import regex
from validator.model import Fault, Span
from validator.rows import split_row
from validator.text import decode, real

_HTML = regex(rb" {0,3}<table(?:[\s>]|$)", re.IGNORECASE)
_TAG = regex(rb"<!--|<(?P<close>/?)(?P<name>table|tr|td|th)(?=[\s/>])(?P<more>[^<>]*)>", re.IGNORECASE)
_ANY_TAG = regex(r"<(/?[A-Za-z]+|!--)[^<>]*>")
_SEPARATOR = regex(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_LIKE_SEPARATOR = regex("[ \t|:=_~+\u2010-\u2015\u2212\u2500\u2501\uff0d-]+")
_KEY_LABELS = frozenset({"", "attribute", "field", "item", "key", "metadata", "name", "property"})
_VALUE_LABELS = frozenset({"", "content", "data", "description", "details", "value"})
_SEPARATOR_ROW = "`| --- | --- |`"
_SEARCHED_LINES = 50
_WIDTH = 2
_CODE = regex(rb" {4}| {0,3}\t")


def read_table(data: bytes) -> Header:
    """Read the table at the top of a document, or behind its heading; `data` is the whole document. Never raises."""
    before = lead(data)
    first = line_at(data, before.end)
    table: _Table = _Html(data, first.start) if _HTML.match(text_of(data, first)) else _Markdown(data, first.start)
    table.run()
    if not table.fields:
        return _displaced(data, before.end) or missing(data)
    return table.header(body_start(data) if before.solid else table.end)


def _displaced(data: bytes, start: int) -> Header | None:
    """A faultless table further down, before the next heading: text stands in front of it."""
    last = start
    for line in lines_from(data, start, _SEARCHED_LINES):
        text = text_of(data, line)
        if ATX.match(text) or FENCE.match(text) or COMMENT.match(text):
            return None
        if line.start > start and (text.lstrip().startswith(b"|") or _HTML.match(text)):
            table: _Table = _Html(data, line.start) if _HTML.match(text) else _Markdown(data, line.start)
            table.run()
            if not table.fields or table.faults:
                return None
            table.faults.append(Fault("text-before-header", Span(start, last), ("text",)))
            return table.header(body_start(data))
        last = line.end if text.strip() else last
    return None


class _Table(ABC):
    """What the two ways of writing a table share."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data = data
        self.start = self.end = start
        self.fields: list[Field] = []
        self.faults: list[Fault] = []
        self.values = Values(data)
        self.count = 0

    @abstractmethod
    def run(self) -> None:
        """Read the table's rows, if there is a table."""

    @abstractmethod
    def text(self, span: Span) -> str:
        """What a cell says."""

    def header(self, body: int) -> Header:
        """The table as a header."""
        fields, doubled = unique(self.fields)
        span = Span(self.start, self.end)
        return Header("table", self.start, self.end, body, fields, (*self.faults, *doubled), span)

    def row(self, cells: list[Span], whole: Span) -> None:
        """Take the cells of a row; `whole` is its place."""
        self.count += 1
        key = self.text(cells[0]).rstrip(": ")
        if len(cells) != _WIDTH:
            # One cell may be key and value in one, and four may be two fields: then nothing says which are spoiled.
            known = key if len(cells) == _WIDTH + 1 else ""
            self.faults.append(Fault("row-width", whole, (str(_WIDTH), str(len(cells)), known)))
            return
        value = self.text(cells[1])
        if self.count == 1 and key.casefold() in _KEY_LABELS and value.casefold() in _VALUE_LABELS:
            return
        if key:
            self.fields.append(Field(key, cells[0], Node("scalar", cells[1], value)))
        elif value:
            self.faults.append(Fault("header-syntax", cells[1], ("this row has a value and no key", "")))


class _Markdown(_Table):
    """A table in pipes."""

    def text(self, span: Span) -> str:
        """A cell without its Markdown."""
        return self.values.plain(decode(self.data[span.start : span.end]).replace("\\|", "|")).strip()

    def run(self) -> None:
        """Read the header row, the row that separates, and the rows until an empty line."""
        first = line_at(self.data, self.start)
        second = line_at(self.data, first.next)
        fault = self._opening(first, second)
        if fault is None:
            return
        self.faults.extend(fault)
        self._line(first)
        missing_row = any(found.detail[:1] == ("missing",) for found in fault)
        self._rows(first.next if missing_row else second.next)

    def _opening(self, first: Line, second: Line) -> tuple[Fault, ...] | None:
        """What is wrong with the first two rows; `None` where they begin no table of two columns."""
        head, row = self._shown(first), self._shown(second)
        if "|" not in head or _CODE.match(text_of(self.data, first)):
            return None
        width, there = len(split_row(head)), len(split_row(row.strip()))
        if second.start > first.start and _separates(row):
            if _WIDTH not in {width, there}:
                return None
            if _CODE.match(text_of(self.data, second)):
                return (self._malformed(second, "it is indented by four blanks or more"),)
            kind = ("width", str(_WIDTH), str(there))
            return (Fault("broken-table", second.span, kind),) if there != _WIDTH else ()
        if width != _WIDTH:
            return None
        if row.strip() and _LIKE_SEPARATOR.fullmatch(real(row)):
            return (self._malformed(second, "it is made of other signs than `-`"),)
        bounded = head.strip().startswith("|") and head.rstrip().endswith("|")
        return (Fault("broken-table", first.span, ("missing", str(_WIDTH), "0")),) if bounded else None

    def _malformed(self, line: Line, reason: str) -> Fault:
        return Fault("malformed-delimiter", line.span, ("separator", reason, _SEPARATOR_ROW))

    def _shown(self, line: Line) -> str:
        """A line with one character a byte."""
        return text_of(self.data, line).decode("latin-1")

    def _line(self, line: Line) -> None:
        cells = [Span(line.start + start, line.start + end) for start, end in split_row(self._shown(line))]
        self.row(cells, trimmed(self.data, line.span))
        self.end = line.next

    def _rows(self, at: int) -> None:
        apart = told = False
        self.end = at
        while at < len(self.data):
            line = line_at(self.data, at)
            at = line.next
            shown = self._shown(line)
            if not shown.strip():
                apart = True
                continue
            if ATX.match(text_of(self.data, line)) or FENCE.match(text_of(self.data, line)):
                return
            if apart and not self._goes_on(line, shown):
                return
            if "|" not in shown:
                self.faults.append(Fault("unclosed-header", line.span, ("table",)))
                return
            if apart and not told:
                told = True
                reason = "an empty line parts this row from the table"
                self.faults.append(Fault("header-syntax", trimmed(self.data, line.span), (reason, "-")))
            apart = False
            if _separates(shown):
                self.faults.append(Fault("header-syntax", line.span, ("the separator row stands twice", "-")))
                self.end = line.next
            else:
                self._line(line)

    def _goes_on(self, line: Line, shown: str) -> bool:
        """Whether a row behind an empty line is one of this table, and begins none of its own."""
        after = self._shown(line_at(self.data, line.next))
        begins = _separates(after)
        return shown.startswith("|") and len(split_row(shown)) == _WIDTH and not begins


def _separates(row: str) -> bool:
    """Whether a row is a separator, of whatever width; three dashes alone are a rule."""
    return "|" in row and _SEPARATOR.fullmatch(row.strip(" \t")) is not None


class _Html(_Table):
    """A table in tags."""

    def text(self, span: Span) -> str:
        """A cell without its tags, a line break as a blank, entities as their characters."""
        raw = decode(self.data[span.start : span.end])
        bare = _ANY_TAG.sub(lambda tag: " " if tag[1].lower() == "br" else "", raw)
        return " ".join(html.unescape(bare).split())

    def run(self) -> None:
        """Read the rows up to `</table>`."""
        cells: list[Span] = []
        opened = row = -1
        spans = False
        at = self.data.index(b"<", self.start) + 1
        closed = False
        while (tag := _TAG.search(self.data, at)) is not None:
            self.end = at = tag.end()
            if tag["name"] is None:
                end = self.data.find(b"-->", at)
                at = len(self.data) if end < 0 else end
                continue
            name = tag["name"].lower()
            if opened >= 0:
                cells.append(trimmed(self.data, Span(opened, tag.start())))
                opened = -1
            if name in {b"td", b"th"}:
                opened = -1 if tag["close"] else tag.end()
                row = tag.start() if row < 0 else row
                spans = spans or b"colspan" in tag["more"].lower()
                continue
            if cells and not (spans and len(cells) == 1):
                self.row(cells, Span(row, tag.start()))
            cells, row, spans = [], -1, False
            if name == b"table":
                closed = bool(tag["close"])
                self.end = tag.end() if closed else tag.start()
                break
        self._close(closed=closed)

    def _close(self, *, closed: bool) -> None:
        """Behind the table; without its end tag it is told to end where the text, or a table inside it, does."""
        if closed:
            line = line_at(self.data, self.end)
            self.end = line.next if not self.data[self.end : line.end].strip() else self.end
            return
        span = trimmed(self.data, line_at(self.data, self.start).span)
        self.faults.append(Fault("unclosed-header", span, ("html-table",)))
