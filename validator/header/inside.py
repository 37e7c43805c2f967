"""What the dialects share whose block stands inside the Markdown: what may stand before it, and its values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from validator.compose import Node
from validator.header.block import Field, Header, Line, body_start, line_at, lines_from
from validator.late import regex
from validator.markdown import definitions, inline
from validator.model import Fault, Span
from validator.text import decode, decode_sized

ATX = regex(rb" {0,3}#{1,6}(?:[ \t]|$)")
FENCE = regex(rb" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
COMMENT = regex(rb" {0,3}<!--")
RULE = regex(rb" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_FENCE_END = regex(rb" {0,3}(`+|~+)[ \t]*$")
_UNDERLINE = regex(rb" {0,3}(?:=+|-+)[ \t]*$")
_UNDERLINED = regex(rb" {0,3}[^\s>|<#+*-]")
_MARKUP = regex(r"[\\`*_\[\]<>&!~]")
_LONGEST = 4096
_MOST_HEADINGS = 2


class Lead(NamedTuple):
    """What stands before a block: `end` is where the first line begins that is neither blank, comment nor heading."""

    end: int
    solid: bool


def text_of(data: bytes, line: Line) -> bytes:
    """The bytes of a line without its line end."""
    return data[line.start : line.end]


def behind_comment(data: bytes, line: Line) -> int:
    """Where the next line begins behind a comment that opens on `line`; the end of the data where it never closes."""
    end = data.find(b"-->", line.start)
    return len(data) if end < 0 else line_at(data, end).next


def closes_fence(text: bytes, fence: bytes) -> bool:
    """Whether a line closes the code fence that `fence` opened (CommonMark 4.5)."""
    found = _FENCE_END.match(text)
    return found is not None and found[1].startswith(fence)


def lead(data: bytes) -> Lead:
    """Go over blank lines, comments and at most two headings, the document's and the block's own."""
    at = body_start(data)
    headings = 0
    solid = False
    while at < len(data):
        line = line_at(data, at)
        text = text_of(data, line)
        if not text.strip():
            at = line.next
        elif COMMENT.match(text):
            at = behind_comment(data, line)
            solid = True
        elif headings < _MOST_HEADINGS and ATX.match(text):
            at, headings, solid = line.next, headings + 1, True
        elif headings < _MOST_HEADINGS and is_underlined(data, line):
            at, headings, solid = line_at(data, line.next).next, headings + 1, True
        else:
            break
    return Lead(at, solid)


def is_underlined(data: bytes, line: Line) -> bool:
    """Whether a line is the text of a heading that the next line underlines (CommonMark 4.3, of one line)."""
    return _UNDERLINED.match(text_of(data, line)) is not None and (
        _UNDERLINE.match(text_of(data, line_at(data, line.next))) is not None
    )


class Values:
    """Makes nodes of values, their Markdown taken off. Link definitions of the document are read when one is needed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._references: dict[str, object] | None = None

    def node(self, pieces: Iterable[Span], at: int) -> Node:
        """The value that stands on these pieces of lines; `at` is its place where there are none.

        A value of more than 4,096 bytes stays as it is written: the parser's time is not linear.
        """
        found = [trimmed(self._data, piece) for piece in pieces]
        solid = [piece for piece in found if piece.end > piece.start]
        if not solid:
            return Node("scalar", Span(at, at))
        text = "\n".join(decode(self._data[piece.start : piece.end]) for piece in solid)
        return Node("scalar", Span(solid[0].start, solid[-1].end), self.plain(text))

    def plain(self, text: str) -> str:
        """`text` without Markdown, its line ends as blanks."""
        if _MARKUP.search(text) and len(text) <= _LONGEST:
            return " ".join(inline(text, self._defined(text)).text.split("\n"))
        return text.replace("\n", " ")

    def _defined(self, text: str) -> dict[str, object]:
        if "[" not in text:
            return {}
        if self._references is None:
            self._references = definitions(decode(self._data)) if b"]:" in self._data else {}
        return self._references


def trimmed(data: bytes, span: Span) -> Span:
    """The span without the blanks at its ends."""
    text = data[span.start : span.end]
    left = len(text) - len(text.lstrip())
    return Span(span.start + left, span.start + left + len(text.strip()))


def key_text(raw: bytes) -> str:
    """A key as text, its blanks folded."""
    return " ".join(decode_sized(raw).split())


def unique(found: Iterable[Field]) -> tuple[tuple[Field, ...], tuple[Fault, ...]]:
    """The fields, each key once, and a fault for each that stands there again; the first that says something counts."""
    fields: dict[str, Field] = {}
    faults: list[Fault] = []
    for field in found:
        first = fields.setdefault(field.key, field)
        if first is not field:
            span = first.key_span
            faults.append(Fault("duplicate-key", field.key_span, (field.key, str(span.start), str(span.end))))
            if is_empty(first.node):
                fields[field.key] = first._replace(node=field.node)
    return tuple(fields.values()), tuple(faults)


def is_empty(node: Node) -> bool:
    """Whether a value says nothing."""
    return not node.text and not node.items


def missing(data: bytes) -> Header:
    """No such header, at the document's first line that is not blank."""
    start = body_start(data)
    first = next((line for line in lines_from(data, start) if text_of(data, line).strip()), line_at(data, start))
    return Header(None, start, start, start, faults=(Fault("missing-header", first.span),))
