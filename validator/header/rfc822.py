"""Dialect `rfc822`: lines `Key: value` from line one until an empty line, as e-mail messages and PEPs have them.

A line that begins with a blank goes on with the value above it. Source: RFC 5322, 2.2 and 2.2.3; PEP 12. A key is one
word of ASCII that begins with a letter.
"""

from __future__ import annotations

from validator.header.block import Header, Line, body_start, line_at, lines_from
from validator.header.fields import Layout, indent_of, is_blank, is_field, is_meant, is_unseen, read_fields
from validator.late import regex
from validator.model import Fault, Span

_LAYOUT = Layout(
    regex(rb"(?P<key>[A-Za-z][!-9;-~]*+):(?!//|:)"),
    "this line is no `Key: value`; indent it if it goes on with the value above",
)
_SEARCHED_LINES = 50
_ODD_LINES = 2


def read_rfc822(data: bytes) -> Header:
    """The header of a message. What closes it is the first empty line, or the end of the file."""
    start = body_start(data)
    first = line_at(data, start)
    if is_field(data, first, _LAYOUT) or (is_meant(data, first) and _is_field_at(data, first.next)):
        return _block(data, start, ())
    return _displaced(data, start)


def _is_field_at(data: bytes, start: int) -> bool:
    return is_field(data, line_at(data, start), _LAYOUT)


def _displaced(data: bytes, start: int) -> Header:
    """Line one opens nothing: look for a header further down. What stands behind a code fence is an example."""
    before = start
    has_text = False
    for line in lines_from(data, start, _SEARCHED_LINES):
        if data[line.start : line.end].lstrip().startswith((b"```", b"~~~")):
            break
        if is_field(data, line, _LAYOUT):
            if not has_text or _paragraph(data, line.start) is not None:
                what = "text" if has_text else "blank lines"
                return _block(data, line.start, (Fault("text-before-header", Span(start, before), (what,)),))
            break
        has_text = has_text or not (is_blank(data, line) or is_unseen(data, line))
        before = line.end
    return Header(None, start, start, start, faults=(Fault("missing-header", line_at(data, start).span),))


def _paragraph(data: bytes, start: int) -> Line | None:
    """The line behind the two or more lines of fields that stand together at `start`; `None` where they do not."""
    lines = 0
    for line in lines_from(data, start):
        if is_blank(data, line):
            return line if lines > 1 else None
        if not is_field(data, line, _LAYOUT) and (lines == 0 or not indent_of(data, line)):
            return None
        lines += 1
    return line_at(data, len(data)) if lines > 1 else None


def _block(data: bytes, start: int, faults: tuple[Fault, ...]) -> Header:
    """The header that begins at `start`."""
    closing, is_closed = _closing(data, start)
    fields, found = read_fields(data, start, closing.start, _LAYOUT)
    faults = (*faults, *found)
    root = Span(start, closing.start)
    if not is_closed:
        unclosed = Fault("unclosed-header", closing.span, ("rfc822",))
        return Header("rfc822", start, closing.start, closing.start, fields, (*faults, unclosed), root)
    if closing.end > closing.start:
        detail = ("closing", "it holds blanks or what cannot be seen", "an empty line")
        faults = (*faults, Fault("malformed-delimiter", closing.span, detail))
    second = _paragraph(data, closing.next)
    if second is None:
        return Header("rfc822", start, closing.next, closing.next, fields, faults, root)
    if closing.end == closing.start:
        faults = (*faults, Fault("second-header", line_at(data, closing.next).span))
    stated = {field.key for field in fields}
    more, _ = read_fields(data, closing.next, second.start, _LAYOUT)
    fields = (*fields, *(field for field in more if field.key not in stated))
    return Header("rfc822", start, closing.next, second.next, fields, faults, root)


def _closing(data: bytes, start: int) -> tuple[Line, bool]:
    """The empty line that ends the fields (or the end of the file), and true; else the line of text that ends them."""
    for line in lines_from(data, start):
        if is_blank(data, line) or is_unseen(data, line):
            return line, True
        is_part = is_field(data, line, _LAYOUT) or indent_of(data, line) or is_meant(data, line)
        if not is_part and not _goes_on(data, line.next):
            return line, False
    return line_at(data, len(data)), True


def _goes_on(data: bytes, start: int) -> bool:
    """Whether a field follows at once, or behind one more odd line: then the line before is a fault in the header."""
    for line in lines_from(data, start, _ODD_LINES):
        if is_blank(data, line):
            return False
        if is_field(data, line, _LAYOUT):
            return True
    return False
