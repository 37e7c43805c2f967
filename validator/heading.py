"""The first heading of level 1 in a document's body, its Markdown taken off as in a cell."""

from __future__ import annotations

import re

from validator.header.block import Line, line_at
from validator.model import Span
from validator.text import decode

_ATX = re.compile(rb" {0,3}#(?:[ \t]+|$)")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_FENCE = re.compile(rb" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_UNDERLINE = re.compile(rb" {0,3}=+[ \t]*$")
_NO_PARAGRAPH = re.compile(rb"[ \t]*$| {0,3}(?:#{1,6}(?:[ \t]|$)|>|[-*+][ \t]|(?:[-*_][ \t]*){3,}$)")
_MARKUP = re.compile(r"[\\`*_\[\]<>&!~]")


def find_heading(data: bytes, start: int) -> tuple[str, Span] | None:
    """The text and the place of the first H1 (`# …`, or underlined with `=`) from byte `start` on, or `None`.

    Fences and comments are passed over. Source: CommonMark 4.2, 4.3, 4.5, 4.6.
    """
    paragraph: Line | None = None
    fence = b""
    while start < len(data):
        line = line_at(data, start)
        start = line.next
        text = data[line.start : line.end]
        if fence:
            fence = b"" if _closes(text, fence) else fence
        elif (opened := _FENCE.match(text)) is not None:
            fence, paragraph = opened[1], None
        elif text.lstrip().startswith(b"<!--") and paragraph is None:
            start = _behind_comment(data, line)
        elif (found := _ATX.match(text)) is not None:
            return _heading(data, line.start + found.end(), line.end)
        elif paragraph is not None and _UNDERLINE.match(text):
            return _heading(data, paragraph.start, line.start)
        elif _NO_PARAGRAPH.match(text) or (paragraph is None and text.startswith((b"    ", b"\t"))):
            paragraph = None
        else:
            paragraph = paragraph or line
    return None


def _closes(text: bytes, fence: bytes) -> bool:
    core = text.strip()
    return len(core) >= len(fence) and core == fence[:1] * len(core)


def _behind_comment(data: bytes, line: Line) -> int:
    end = data.find(b"-->", line.start)
    return len(data) if end < 0 else line_at(data, end).next


def _heading(data: bytes, start: int, end: int) -> tuple[str, Span] | None:
    raw = data[start:end]
    text = _CLOSING.sub("", decode(raw)).strip()
    begin = start + len(raw) - len(raw.lstrip())
    span = Span(begin, max(begin, begin + len(text.encode("utf-8", "replace"))))
    if _MARKUP.search(text):
        from validator.index.markdown import inline  # noqa: PLC0415 - markdown-it only where there is Markdown

        text = inline(text, {}).text
    return (" ".join(text.split()), span) if text else None
