"""Dialect `sections`: every heading of level 2 is a key, the first paragraph below it the value.

The form of Nygard's decision records: `## Status`, an empty line, `Accepted`. Where a list comes first, its items are
the value. Lines such as `Date: 2018-01-01` behind the title are fields too. Source: CommonMark 4.2 to 4.6 and 5.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.compose import Node
from validator.header.block import Field, Header, Line, body_start, line_at
from validator.header.inside import (
    ATX,
    COMMENT,
    FENCE,
    RULE,
    Values,
    behind_comment,
    closes_fence,
    key_text,
    missing,
    text_of,
    trimmed,
    unique,
)
from validator.header.undeclared import read_undeclared
from validator.late import regex
from validator.model import Fault, Span

_KEY = regex(rb"(?P<indent> {0,3})##(?:[ \t]+|$)")
_BAD_KEY = regex(
    rb" {0,3}(?:(?P<blank>##(?:\xc2\xa0|\xe2\x80[\x80-\x8b]|\xe3\x80\x80)[ \t]*)"
    rb"|(?P<like>(?:\xef\xbc\x83|\xe2\x99\xaf|#){2}[ \t]*))(?=[^#\s!:])"
)
_CODE_KEY = regex(rb"(?: {4,}|[ ]{0,3}\t[ \t]*)##[ \t]+(?=\S)")
_CLOSING = regex(rb"(?:^|(?<=[ \t]))#+$")
_UNDERLINE = regex(rb" {0,3}(?:=+|-+)[ \t]*$")
_ITEM = regex(rb" {0,3}(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|$)")
_CODE = regex(rb" {4}| {0,3}\t")
_RAW = regex(rb" {0,3}<(pre|script|style|textarea)(?:[\s>]|$)", re.IGNORECASE)
_HTML = regex(rb" {0,3}</?(?:div|table|details|summary|p|ul|ol|dl|center|h[1-6]|section|hr)(?:[\s/>]|$)", re.IGNORECASE)
_NO_TEXT = (b">", b"|")
_BLANKS = {ord(sign): None for sign in " -_"}
_BLANK_LINE = regex(rb"\n[ \t\r]*\n")
_TITLE = regex(rb" {0,3}#(?:[ \t]+|$)")
_TITLE_UNDERLINE = regex(rb" {0,3}=+[ \t]*$")
_STATED = regex(
    rb"(?P<mark>\*\*|__|)(?P<key>[A-Za-z]\w*(?:[ -]\w+){0,2})(?:(?P=mark):|:(?P=mark))[ \t]+(?P<value>\S.*)"
)


class _Section:
    """One heading, and what stands below it while its lines are gathered."""

    def __init__(self, start: int, key: Span, end: int) -> None:
        self.start = start
        self.key = key
        self.end = end
        self.heading_end = end
        self.text: list[Span] = []
        self.items: list[list[Span]] = []
        self.done = False

    @property
    def waits(self) -> bool:
        """Whether nothing of its value has been found yet."""
        return not (self.done or self.text or self.items)


def read_sections(data: bytes) -> Header:
    """Read the headings of level 2 of a document; `data` is all of it. Never raises.

    The sections stand all over the text: `start` to `end` of the header is the first of them with its value.
    """
    reader = _Reader(data)
    body = read_undeclared(data).body
    reader.run(body)
    around = list(_stated(data, body))
    if not reader.sections:
        return missing(data)
    first = reader.sections[0]
    fields, doubled = unique(reader.fields())
    known = {_folded(field.key) for field in fields}
    stated, again = unique(field for field in around if _folded(field.key) not in known)
    # Prose may look like such a line, so two of one key are a fault only side by side.
    again = tuple(fault for fault in again if _is_in_one_paragraph(data, fault))
    fields, faults = (*stated, *fields), (*reader.faults, *again, *doubled)
    return Header(
        "sections", first.start, first.end, body_start(data), fields, faults, Span(first.start, first.heading_end)
    )


def _is_in_one_paragraph(data: bytes, doubled: Fault) -> bool:
    """Whether no blank line stands between a key that is doubled and where it stood first."""
    assert doubled.span is not None, "a doubled key stands somewhere"
    return _BLANK_LINE.search(data, int(doubled.detail[1]), doubled.span.start) is None


def _folded(key: str) -> str:
    """A key as fields are bound to it by name."""
    return key.casefold().translate(_BLANKS)


def _stated(data: bytes, at: int) -> Iterator[Field]:
    """The lines `Key: value` around the title, in front of all else: paragraphs that are made of nothing else."""
    values = Values(data)
    waiting: list[Field] = []
    titles = 0
    while at < len(data):
        line = line_at(data, at)
        text = text_of(data, line)
        at = line.next
        is_comment = COMMENT.match(text) is not None
        found = _STATED.fullmatch(text)
        is_heading = ATX.match(text) is not None
        if is_comment or is_heading or not text.strip():
            yield from waiting
            waiting = []
            titles += is_heading
            if is_heading and (titles > 1 or not _TITLE.match(text)):
                return
            at = behind_comment(data, line) if is_comment else at
        elif not waiting and _TITLE_UNDERLINE.match(text_of(data, line_at(data, at))):
            at = line_at(data, at).next
        elif found is not None:
            waiting.append(_field(line, found, values))
        else:
            return
    yield from waiting


def _field(line: Line, found: re.Match[bytes], values: Values) -> Field:
    key = Span(line.start + found.start("key"), line.start + found.end("key"))
    value = Span(line.start + found.start("value"), line.end)
    return Field(key_text(found["key"]), key, values.node((value,), value.start))


class _Reader:
    """Goes once over the lines of a document."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.sections: list[_Section] = []
        self.faults: list[Fault] = []
        self.now: _Section | None = None
        self.paragraph: list[Span] | None = None
        self.opened = 0
        self.blank = True
        self.listing = self.html = False

    def fields(self) -> list[Field]:
        """The fields in order; a heading without text is none."""
        values = Values(self.data)
        found = []
        for section in self.sections:
            heading = values.node((section.key,), section.key.start)
            if heading.text:
                found.append(Field(heading.text, section.key, _value(section, values)))
        return found

    def run(self, at: int) -> None:
        """Read the lines from byte `at` on."""
        while at < len(self.data):
            line = line_at(self.data, at)
            text = text_of(self.data, line)
            at = line.next
            if not text.strip():
                self._break()
                self.blank, self.html = True, False
            elif COMMENT.match(text):
                self._break()
                at = behind_comment(self.data, line)
            elif (fence := FENCE.match(text)) is not None:
                self._other()
                at = self._behind_fence(line, fence[1])
            elif (raw := _RAW.match(text)) is not None:
                self._other()
                end = self.data.find(b"</" + raw[1], line.start)
                at = len(self.data) if end < 0 else line_at(self.data, end).next
            else:
                self._take(line, text)
                self.blank = False

    def _behind_fence(self, line: Line, fence: bytes) -> int:
        at = line.next
        while at < len(self.data):
            inner = line_at(self.data, at)
            at = inner.next
            if closes_fence(text_of(self.data, inner), fence):
                break
        return at

    def _break(self) -> None:
        """A paragraph ends here."""
        self.paragraph = None
        if self.now is not None and self.now.text:
            self.now.done = True

    def _other(self) -> None:
        """A block that is no paragraph: what is below the heading already is all of its value."""
        self.paragraph = None
        if self.now is not None:
            self.now.done = not self.now.waits

    def _take(self, line: Line, text: bytes) -> None:
        """Take a line that is not blank and begins no fence, comment or raw HTML."""
        indent = len(text) - len(text.lstrip(b" \t"))
        item = _ITEM.match(text)
        if self.listing and self.blank and indent < 2 and item is None:  # noqa: PLR2004 - the width of a bullet
            self.listing = False
            self._other()
        inside = self.listing and indent > 1
        if self.paragraph is not None and _UNDERLINE.match(text):
            self._underlined(line, text)
        elif not inside and ATX.match(text):
            self._heading(line, _KEY.match(text))
        elif RULE.match(text):
            self._other()
        elif item is not None or inside or self.listing:
            self._item(line, item)
        elif self.paragraph is None and (self.html or _HTML.match(text) or text.lstrip().startswith(_NO_TEXT)):
            self.html = self.html or _HTML.match(text) is not None
            self._other()
        elif self.paragraph is None and _CODE.match(text):
            self._code(line, _CODE_KEY.match(text))
        elif self.paragraph is None and (bad := _BAD_KEY.match(text)) is not None:
            self._malformed(line, bad.end(), _reason(bad))
        else:
            self._text(line)

    def _heading(self, line: Line, found: re.Match[bytes] | None) -> None:
        """A heading of any level ends a section; one of level 2 begins the next."""
        self.paragraph = self.now = None
        self.listing = False
        if found is not None:
            self._begin(line.start, line, found.end())

    def _begin(self, start: int, line: Line, offset: int) -> None:
        raw = self.data[line.start + offset : line.end].rstrip()
        key = trimmed(self.data, Span(line.start + offset, line.start + offset + len(_CLOSING.sub(b"", raw))))
        self.now = _Section(start, key, line.end)
        self.sections.append(self.now)

    def _underlined(self, line: Line, text: bytes) -> None:
        """The paragraph above was a heading."""
        above = self.paragraph or []
        if self.now is not None and self.now.text is above:
            self.now.text = []
        self.paragraph = self.now = None
        if b"-" in text:
            key = trimmed(self.data, Span(above[0].start, above[-1].end))
            self.now = _Section(above[0].start, key, line.end)
            self.sections.append(self.now)

    def _item(self, line: Line, item: re.Match[bytes] | None) -> None:
        """An item, or more of one; a list that comes before any paragraph is the section's value."""
        self.paragraph = None
        self.listing = True
        if self.now is None or self.now.done or self.now.text:
            return
        if item is not None:
            self.now.items.append([Span(line.start + item.end(), line.end)])
        elif self.now.items and not self.blank:
            self.now.items[-1].append(line.span)
        self.now.end = line.end

    def _code(self, line: Line, found: re.Match[bytes] | None) -> None:
        """Indented code. A single line of it that reads as a heading is meant as one."""
        after = text_of(self.data, line_at(self.data, line.next))
        if found is not None and self.blank and not after.strip():
            self._malformed(line, found.end(), "it is indented by four blanks or more")
        else:
            self._other()

    def _malformed(self, line: Line, offset: int, reason: str) -> None:
        self._heading(line, None)
        self._begin(line.start, line, offset)
        span = Span(line.start, line.start + offset)
        self.faults.append(Fault("malformed-delimiter", span, ("heading", reason, "`## `")))

    def _text(self, line: Line) -> None:
        if self.paragraph is None:
            self.paragraph = []
            if self.now is not None and self.now.waits:
                self.now.text = self.paragraph
        self.paragraph.append(line.span)
        if self.now is not None and self.now.text is self.paragraph:
            self.now.end = line.end


def _reason(bad: re.Match[bytes]) -> str:
    if bad["blank"]:
        return "the blank behind it is no space"
    return "a blank is missing behind it" if bad["like"].startswith(b"##") else "its signs only look like `#`"


def _value(section: _Section, values: Values) -> Node:
    """What a section says: its first paragraph, or the items of a list that comes before any."""
    if section.text or not section.items:
        return values.node(section.text, section.heading_end)
    items = tuple(values.node(pieces, pieces[0].start) for pieces in section.items)
    return Node("sequence", Span(items[0].span.start, items[-1].span.end), items=items)
