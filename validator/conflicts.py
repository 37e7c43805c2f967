"""Markers that a merge leaves behind: `<<<<<<<`, `|||||||`, `=======`, `>>>>>>>` at the beginning of a line.

`=======` counts only between the other two, for it is a heading's underline too. What stands in a code fence is an
example of a conflict and none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from validator.late import regex
from validator.model import Fault, Span

_START = rb"(?:^|(?<=\A\xef\xbb\xbf))"  # A byte-order mark is no part of the first line.
_MARK = regex(_START + rb"(<{7}|\|{7}|>{7})(?=[ \t\r]|$)[^\n]*|^={7}(?=\r?$)", re.MULTILINE)
_FENCE = regex(_START + rb" {0,3}(`{3,}|~{3,})([^\n]*)", re.MULTILINE)


class Conflict(NamedTuple):
    """One merge conflict: its first marker, the others so far as they are there, and the whole of it.

    `ancestor` is where the common ancestor begins (diff3): it belongs to neither side.
    """

    opening: Span
    ancestor: Span | None
    middle: Span | None
    closing: Span | None

    @property
    def span(self) -> Span:
        """From the first marker to the end of the last."""
        last = self.closing or self.middle or self.ancestor or self.opening
        return Span(self.opening.start, last.end)

    def hidden(self) -> Iterator[Span]:
        """What says nothing: the lines of the markers, and what both sides were made of."""
        yield self.opening
        if self.ancestor is not None:
            yield Span(self.ancestor.start, (self.middle or self.ancestor).end)
        elif self.middle is not None:
            yield self.middle
        if self.closing is not None:
            yield self.closing


def conflicts(data: bytes) -> tuple[Conflict, ...]:
    """The merge conflicts in a file, in order. An opening marker without the others counts too."""
    if b"<<<<<<<" not in data:
        return ()
    fences = tuple(_fences(data))
    return tuple(found for found in _conflicts(data) if not _is_within(found.opening, fences))


def conflict_faults(data: bytes, found: Iterable[Conflict]) -> Iterator[Fault]:
    """A fault for each conflict, with the lines of its middle and its last marker (empty where there is none)."""
    line, counted = 1, 0
    for conflict in found:
        lines: list[str] = []
        for mark in (conflict.middle, conflict.closing):
            if mark is not None:
                line, counted = line + data.count(b"\n", counted, mark.start), mark.start
            lines.append("" if mark is None else str(line))
        yield Fault("conflict-marker", conflict.opening, tuple(lines))


def is_inside(found: Sequence[Conflict], offset: int) -> bool:
    """Whether an offset stands in one of the conflicts, which are in order."""
    number = bisect_right(found, offset, key=lambda conflict: conflict.opening.start) - 1
    return number >= 0 and offset < found[number].span.end


def _conflicts(data: bytes) -> Iterator[Conflict]:
    found: Conflict | None = None
    for match in _MARK.finditer(data):
        span = Span(match.start(), match.end() - match[0].endswith(b"\r"))
        mark = match[0][:1]
        if mark == b"<":
            if found is not None:
                yield found
            found = Conflict(span, None, None, None)
        elif found is not None and mark == b">":
            yield found._replace(closing=span)
            found = None
        elif found is not None and found.middle is None:
            if mark == b"=":
                found = found._replace(middle=span)
            elif found.ancestor is None:
                found = found._replace(ancestor=span)
    if found is not None:
        yield found


def _fences(data: bytes) -> Iterator[Span]:
    """The code fences of a Markdown text; one that is never closed goes to its end."""
    opened: re.Match[bytes] | None = None
    for match in _FENCE.finditer(data):
        if opened is None:
            opened = match
        elif match[1].startswith(opened[1]) and not match[2].strip():
            yield Span(opened.start(), match.end())
            opened = None
    if opened is not None:
        yield Span(opened.start(), len(data))


def _is_within(span: Span, fences: tuple[Span, ...]) -> bool:
    number = bisect_right(fences, span) - 1
    return number >= 0 and span.start < fences[number].end
