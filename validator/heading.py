"""The first heading in a document's body, of level 1 or of another, its Markdown taken off as in a cell."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, NamedTuple

from validator.header.block import Line, line_at
from validator.late import regex
from validator.markdown import inline, parser, raw_without_attributes, without_attributes
from validator.model import Span
from validator.patterns import compile_pattern
from validator.text import decode, line_end

_FIRST = regex(rb"^ {0,3}(?:#(?:[ \t\r]|$)|=+[ \t]*\r?$)", re.MULTILINE)
_CANDIDATE = regex(rb"^ {0,3}(?:#{1,6}(?:[ \t\r]|$)|(?:=+|-+)[ \t]*\r?$)", re.MULTILINE)
_ATX = regex(rb" {0,3}(#{1,6})(?:[ \t]+|$)")
_CLOSING = regex(rb"(?:^|(?<=[ \t]))#+$")
_FENCE = regex(rb" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_FENCE_END = regex(rb" {0,3}(`+|~+)[ \t]*$")
_COMMENT = regex(rb" {0,3}<!--")
_CODE = regex(rb" {4}| {0,3}\t")
_UNDERLINE = regex(rb" {0,3}=+[ \t]*$")
_NO_PARAGRAPH = regex(rb"[ \t]*$| {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_OTHER_UNDERLINE = regex(rb" {0,3}-+[ \t]*$")
_CONTAINER = regex(rb" {0,3}(?:[><\[]|(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]|$))|[^|]*\|")
_SPACE = regex(r"[ \t\r\n]+")
_MARKUP = regex(r"[\\`*_\[\]<>&!~]")
_PARSED = 1 << 18
_LONGEST_ID = 100
# What stands between an ID and a title: a bracket that closes and one sign. `# 1. .NET` has one, and so has `# 2. -x`.
_BEHIND_ID = regex(r"[ \t]*+[)\]]?[ \t]*+(?:[:.,;|\u2013\u2014]|-{1,3}(?=[ \t])|-(?!-))?[ \t]*+")
_ID_END = regex(r"(?=[ \t:,;)\]|\u2013\u2014]|\.(?:[ \t]|$))")
_LABEL = regex(r"[(\[]|[^\W\d_]+(?:[ \t]*[#.-]|[ \t])[ \t]*#?")
_NUMBERED = regex(
    r"[(\[]?(?:[^\W\d_]+[ \t]+#?)?(?P<id>(?:[^\W\d_]+[-.])?[^\W\d_]*\d[\w-]*(?:\.\d+)*)"
    r"(?:[ \t]*(?:[:)\]|\u2013\u2014]|\.(?=[ \t]|$))|[ \t]+-(?=[ \t])|[ \t]*$)"
)


def find_heading(data: bytes, start: int, level: int | None = 1) -> tuple[str, Span] | None:
    """The text and the place of the first heading from byte `start` on, or `None`.

    `level` is 1 for `# …` or a line underlined with `=`, up to 6; `None` takes whichever comes first.

    A heading inside a quotation or a list is not the document's. Paragraphs, fences, comments and headings are read
    here; where a list, a quotation, a table, a definition or HTML comes first, the parser of the index decides, over
    the first 256 KiB of the body. Source: CommonMark 4.2, 4.3, 4.5, 4.6.
    """
    candidate = _FIRST if level == 1 else _CANDIDATE
    if not _ATX.match(data, start) and not candidate.search(data, start):
        return None
    return _first(data, start, level)


class Parts(NamedTuple):
    """An ID at the beginning of a heading, and the title behind it (empty where nothing follows)."""

    id: str
    title: str


def split_heading(text: str, pattern: str | None) -> Parts | None:
    """The parts of a heading such as `CIP-0001: Title`, `1. Title` or `ADR 7 - Title`; `None` where it has no ID.

    With a `pattern` the ID is the longest beginning that matches the whole of it, else what matches behind one word or
    bracket. Without one, or where nothing matches, it is what has a digit in it and stands in front of a colon, a full
    stop, a bracket or a dash.
    """
    if pattern is not None:
        compiled = compile_pattern(pattern)
        ends = [found.start() for found in _ID_END.finditer(text, 0, _LONGEST_ID)]
        ends += [len(text)] if len(text) <= _LONGEST_ID else []
        label = _LABEL.match(text)
        for start in (0, label.end()) if label is not None else (0,):
            for end in reversed(ends):
                if end > start and compiled.fullmatch(text[start:end]):
                    return Parts(text[start:end], _behind(text[end:]))
    found = _NUMBERED.match(text[:_LONGEST_ID])
    return None if found is None else Parts(found["id"], _behind(text[found.end("id") :]))


def _behind(text: str) -> str:
    """The title that stands behind an ID."""
    between = _BEHIND_ID.match(text)
    return text[between.end() :] if between else text


def part_span(data: bytes, span: Span, part: str) -> Span:
    """The place of a part of a heading's text; that of the whole heading where Markdown stands inside the part."""
    raw = part.encode()
    at = data.find(raw, span.start, span.end)
    return Span(at, at + len(raw)) if at >= 0 else span


def title_span(data: bytes, span: Span, part: str) -> Span:
    """The place of what ends a heading."""
    raw = part.encode()
    return Span(span.end - len(raw), span.end) if data.endswith(raw, span.start, span.end) else span


def _first(data: bytes, body: int, level: int | None) -> tuple[str, Span] | None:
    paragraph: Line | None = None
    fence = b""
    start = body
    while start < len(data):
        line = line_at(data, start)
        start = line.next
        text = data[line.start : line.end]
        if fence:
            fence = b"" if _closes(text, fence) else fence
        elif (opened := _FENCE.match(text)) is not None:
            fence, paragraph = opened[1], None
        elif _COMMENT.match(text):
            start, paragraph = _behind_comment(data, line), None
        elif found := _level(text, underlines=paragraph is not None):
            if level in {None, found}:
                return _heading(data, body, line, paragraph, level)
            paragraph = None
        elif _NO_PARAGRAPH.match(text):
            paragraph = None
        elif paragraph is not None or not _CODE.match(text):
            if _CONTAINER.match(text):
                return _parsed(data, body, level)
            paragraph = paragraph or line
    return None


def _level(text: bytes, *, underlines: bool) -> int:
    """The level of the heading that a line is, or makes of the paragraph above it; 0 where it does neither."""
    opened = _ATX.match(text)
    if opened is not None:
        return len(opened[1])
    return underlines and (1 if _UNDERLINE.match(text) else 2 if _OTHER_UNDERLINE.match(text) else 0)


def _closes(text: bytes, fence: bytes) -> bool:
    found = _FENCE_END.match(text)
    return found is not None and found[1].startswith(fence)


def _behind_comment(data: bytes, line: Line) -> int:
    end = data.find(b"-->", line.start)
    return len(data) if end < 0 else line_at(data, end).next


def _heading(data: bytes, body: int, line: Line, above: Line | None, level: int | None) -> tuple[str, Span] | None:
    """A heading that `line` is, or that it makes of the paragraph that begins with the line `above`."""
    opened = _ATX.match(data[line.start : line.end])
    start, end = (above.start, line.start) if opened is None and above else (line.start, line.end)
    span = _content(data, start + (opened.end() if opened else 0), end, underlined=opened is None)
    text = decode(data[span.start : span.end])
    if "[" in text and b"]:" in data:
        return _parsed(data, body, level)
    if _MARKUP.search(text):
        text = inline(text, {}).text
    text = _SPACE.sub(" ", text).strip()
    return (text, span) if text else None


def _content(data: bytes, start: int, end: int, *, underlined: bool) -> Span:
    """The place of a heading's text, attributes and the closing `#` of the other kind left out."""
    raw = raw_without_attributes(data[start:end].rstrip())
    raw = raw if underlined else _CLOSING.sub(b"", raw).rstrip()
    blanks = len(raw) - len(raw.lstrip())
    return Span(start + blanks, start + len(raw))


def _parsed(data: bytes, body: int, level: int | None) -> tuple[str, Span] | None:
    """What markdown-it says, shown no more than it needs: up to a line that may be a heading, then twice as far."""
    limit = min(len(data), body + _PARSED)
    candidate = _FIRST if level == 1 else _CANDIDATE
    ends = [line_end(data, body), *(found.end() for found in candidate.finditer(data, body, limit))]
    while ends:
        found, references = _blocks(data, body, ends[0], level)
        if found is not None:
            content, span = found
            if "[" in content and b"]:" in data:
                _, references = _blocks(data, body, limit, level)
            text = _SPACE.sub(" ", inline(content, references).text).strip()
            return (text, span) if text else None
        reach = 2 * (ends[0] - body)
        ends = [end for end in ends[1:] if end - body > reach] or ends[1:][-1:]
    return None


def _blocks(data: bytes, body: int, end: int, level: int | None) -> tuple[tuple[str, Span] | None, dict[str, object]]:
    """The first heading before byte `end`, its Markdown still on, and the link references that are defined there."""
    lines: list[Line] = []
    at = body
    while at < end:
        lines.append(line_at(data, at))
        at = lines[-1].next
    source = "\n".join(decode(data[line.start : line.end]).replace("\r", " ") for line in lines)
    environment: dict[str, Any] = {}
    tokens: list[Any] = []
    parser().block.parse(source, parser(), environment, tokens)
    references = environment.get("references", {})
    for token, inner in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and (level is None or token.tag == f"h{level}"):
            first, last = lines[token.map[0]], lines[token.map[1] - 1]
            opened = _ATX.match(data[first.start : first.end]) if token.markup[0] == "#" else None
            span = (
                _content(data, first.start + opened.end(), first.end, underlined=False)
                if opened
                else _content(data, first.start, last.start, underlined=True)
            )
            return (without_attributes(inner.content, closed=opened is not None), span), references
    return None, references
