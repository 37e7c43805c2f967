"""The short path through a Markdown page: plain headings, plain paragraphs and tables, nothing else.

Most indexes are no more than that, and importing the parser of the whole language takes longer than reading one. At the
first line that could be anything else the answer is `None`, and `markdown` asks the parser. A property test holds that
both say the same wherever this one says anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.index.parts import Lines, Part
from validator.late import regex
from validator.rows import split_row
from validator.text import real

# Text in which nothing is Markdown: no marks, no controls, no blanks at its ends.
_WORDS = r"[A-Za-z\x80-\xff](?:[^\\`*_\[\]<>&!~|#\x00-\x1f\x7f]*[^\\`*_\[\]<>&!~|#\x00-\x20\x7f])?"
_HEADING = regex(rf"(#{{1,6}}) ({_WORDS})")
_TEXT = regex(_WORDS)
_SEPARATOR = regex(r"\|(?: *:?-+:? *\|)+ *")


class _OtherwiseError(Exception):
    """A line that is more than plain."""


def plain_parts(lines: Lines) -> tuple[Part, ...] | None:
    """The parts of a page that is plain throughout; `None` for any other."""
    try:
        return tuple(_parts(lines))
    except _OtherwiseError:
        return None


def _parts(lines: Lines) -> Iterator[Part]:
    count = len(lines.starts)
    stack: list[tuple[int, str]] = []
    headings: tuple[str, ...] = ()
    number = 0
    while number < count:
        line = lines.get(number)
        if not line.strip(" "):
            number += 1
            continue
        first = number
        if found := _HEADING.fullmatch(line):
            level = len(found[1])
            stack = [*(above for above in stack if above[0] < level), (level, _said(found[2]))]
            headings = tuple(text for _, text in stack)
            number += 1
            yield Part("heading", first, number, headings)
        elif line.startswith("|"):
            number = _table_end(lines, first)
            yield Part("table", first, number, headings)
        else:
            number = _paragraph_end(lines, first)
            yield Part("paragraph", first, number, headings)


def _said(text: str) -> str:
    """The text of a heading, whose ends hold no blank of any kind and no attributes."""
    said = real(text)
    if said != said.strip() or "\ufffd" in said or said.endswith("}"):
        raise _OtherwiseError
    return said


def _table_end(lines: Lines, first: int) -> int:
    """The line behind a table, which a blank line or the end of the page follows."""
    head, separator = lines.get(first), lines.get(first + 1) if first + 1 < len(lines.starts) else ""
    is_table = "\\" not in head and head.rstrip(" ").endswith("|") and _SEPARATOR.fullmatch(separator)
    if not is_table or len(split_row(head)) != len(split_row(separator)) or head.count("|") != separator.count("|"):
        raise _OtherwiseError
    number = first + 2
    while number < len(lines.starts) and (row := lines.get(number)).strip(" "):
        if not row.startswith("|"):
            raise _OtherwiseError
        number += 1
    return number


def _paragraph_end(lines: Lines, first: int) -> int:
    """The line behind a paragraph, which a blank line, a heading or the end of the page follows."""
    number = first
    while number < len(lines.starts) and (line := lines.get(number)).strip(" ") and not _HEADING.fullmatch(line):
        if not _TEXT.fullmatch(line):
            raise _OtherwiseError
        _said(line)
        number += 1
    return number
