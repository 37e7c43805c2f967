"""What every dialect gives back, and the lines that delimit a block."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from validator.compose import Node
from validator.late import regex
from validator.model import Fault, Span
from validator.text import BOM, line_end, next_line

KEY_LINE = regex(rb"""(?:"[^"\n]++"|'[^'\n]++'|[A-Za-z_\x80-\xff][\w\x80-\xff .-]*+)[ \t]*+:(?:[ \t\r]|$)""")
_INSIDE = regex(rb"[ \t]*(?:#|-(?:[ \t]|$))|[ \t]|<<[ \t]*+:(?:[ \t]|$)|\r?$")
_NO_WORD = regex(rb"[^!-*,.-~]*+$")
_BLANKS = r"(?:\s|[\u200b-\u200d\u2060\ufeff])*+"
_DASH = "-\u00ad\u058a\u2010-\u2015\u2043\u2212\u23af\u2500\u2501\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_PLUS = "+\u207a\u208a\u2214\u2795\ufb29\ufe62\uff0b"
_DASHES, _PLUSES = (
    regex(f"(?P<before>{_BLANKS})(?P<core>[{signs}]++)(?P<behind>{_BLANKS})") for signs in (_DASH, _PLUS)
)


class Field(NamedTuple):
    """One key of a header with its place; `node` is its value."""

    key: str
    key_span: Span
    node: Node


class Header(NamedTuple):
    """A document's header. `start` to `end` is the whole block with its delimiters; the body begins at `body`.

    `dialect` is `None` where there is no header. `root` is the place of the metadata between the delimiters.
    """

    dialect: str | None
    start: int
    end: int
    body: int
    fields: tuple[Field, ...] = ()
    faults: tuple[Fault, ...] = ()
    root: Span | None = None


class Line(NamedTuple):
    """One line of a file: where it starts, where its text ends, where the next line starts."""

    start: int
    end: int
    next: int

    @property
    def span(self) -> Span:
        """The text of the line, its line end left out."""
        return Span(self.start, self.end)


def body_start(data: bytes) -> int:
    """Where text begins: behind a byte-order mark, or several, or at 0."""
    start = 0
    while data.startswith(BOM, start):
        start += len(BOM)
    return start


def line_at(data: bytes, offset: int) -> Line:
    """The line that begins at `offset`."""
    return Line(offset, line_end(data, offset), next_line(data, offset))


def lines_from(data: bytes, offset: int, most: int | None = None) -> Iterator[Line]:
    """The lines from `offset` on, at most `most` of them."""
    count = 0
    while offset < len(data) and (most is None or count < most):
        line = line_at(data, offset)
        yield line
        offset = line.next
        count += 1


def looks_like_key(data: bytes, line: Line) -> bool:
    """Whether a line reads as `key:` or `key: value`."""
    return KEY_LINE.match(data, line.start, line.end) is not None


def looks_like_metadata(data: bytes, line: Line) -> bool:
    """Whether a line can stand inside metadata: a key, a comment, an item, an indented or an empty line."""
    return looks_like_key(data, line) or _INSIDE.match(data, line.start, line.end) is not None


def dash_fault(data: bytes, line: Line) -> str | None:
    """Why a line that is meant as `---` is not one, in words; `None` where it is `---`, or nothing like it."""
    return _fault(data, line, _DASHES, "-", ("dash", "dashes"))


def plus_fault(data: bytes, line: Line) -> str | None:
    """Why a line that is meant as `+++` is not one, in words; `None` where it is `+++`, or nothing like it."""
    return _fault(data, line, _PLUSES, "+", ("plus sign", "plus signs"))


def _fault(data: bytes, line: Line, like: re.Pattern[str], sign: str, names: tuple[str, str]) -> str | None:
    raw = data[line.start : line.end]
    if raw == sign.encode() * 3 or len(raw) > 120 or not _NO_WORD.match(raw):  # noqa: PLR2004 - a delimiter is short
        return None
    found = like.fullmatch(raw.decode("utf-8", "replace"))
    if found is None:
        return None
    before, core, behind = found.groups()
    if core != sign * len(core):
        return f"its {names[1]} only look like `{sign}`"
    if len(core) != 3:  # noqa: PLR2004 - three, as everywhere
        return f"it has {len(core)} {names[len(core) > 1]} instead of 3"
    if (before + behind).strip(" \t"):
        return "it holds a character that cannot be seen, or a blank that is no space"
    return "it is indented" if before else "it has trailing blanks"
