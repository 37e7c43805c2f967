"""Rows of GFM tables as cells with their offsets, for indexes and for headers that are tables."""

from __future__ import annotations

from validator.late import regex
from validator.text import real

_PIPE = regex(r"(?<!\\)\|")
BLANKS = " \t\v\f\r"
UNICODE_BLANKS = f"{BLANKS}\u00a0\u1680{''.join(map(chr, range(0x2000, 0x200B)))}\u2028\u2029\u202f\u205f\u3000"


def split_row(line: str) -> list[tuple[int, int]]:
    """The cells of a row as offsets in `line`, blanks around them left out.

    GFM: an unescaped pipe divides cells, also within a code span; one at either end bounds the row.
    """
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in _PIPE.finditer(line):
        bounds.append((start, match.start()))
        start = match.end()
    bounds.append((start, len(line)))
    if len(bounds) > 1 and _blank(line, bounds[0]):
        del bounds[0]
    if len(bounds) > 1 and _blank(line, bounds[-1]):
        del bounds[-1]
    return [_trimmed(line, start, end) for start, end in bounds]


def _blank(line: str, bounds: tuple[int, int]) -> bool:
    return not real(line[bounds[0] : bounds[1]]).strip(UNICODE_BLANKS)


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    text = line[start:end]
    left = len(text) - len(text.lstrip(BLANKS))
    kept = text.strip(BLANKS)
    return start + left, start + left + len(kept)
