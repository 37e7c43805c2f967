"""Generated regions: the markers `<!-- indexlint:begin -->` and `<!-- indexlint:end -->`, which stand in pairs.

What the contract's `section` names is bounded by markers of its own, which have to stand in one pair.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from validator.index.parts import Outline, Part
from validator.late import regex
from validator.model import Fault, Span

_MARKER = regex(r"<!--[-\s]*+indexlint\s*+:\s*+(begin|end)\b", re.IGNORECASE)


def markers(content: Outline) -> Iterator[tuple[str, Span]]:
    """The markers of a file in order: `begin` or `end`, and where it stands. Those in code do not count.

    Case and blanks inside the comment do not matter, and it may say more behind the word.
    """
    for part in content.parts:
        if part.kind == "html":
            span = content.lines.span(part.first, part.end - 1)
            yield from _markers_in(content.lines.text, span)


def _markers_in(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The comments that are markers: a comment ends with the first `-->`, and none begins inside another."""
    end = span.start
    for match in _MARKER.finditer(text, *span):
        if match.start() >= end:
            close = text.find("-->", match.end(), span.end)
            if close < 0:
                return
            end = close + len("-->")
            yield match[1].casefold(), Span(match.start(), end)


def region_faults(content: Outline) -> Iterator[Fault]:
    """What is wrong with the markers of generated regions."""
    return pair_faults(list(markers(content)))


def pair_faults(found: list[tuple[str, Span]]) -> Iterator[Fault]:
    """A fault for each marker that has no partner, or stands inside another region; one for two that are reversed."""
    opened: list[tuple[int, Span]] = []
    strays: list[tuple[int, Span]] = []
    nested = 0
    for number, (word, span) in enumerate(found):
        if word == "begin":
            if opened:
                nested += 1
                yield Fault("unpaired-marker", span, ("nested", *map(str, opened[0][1])))
            opened.append((number, span))
        elif opened:
            opened.pop()
            nested = nested if opened else 0
        else:
            strays.append((number, span))
    # A begin inside a region that is never ended was meant as its end: that is said of the inner one.
    left = dict(opened[:1]) if not nested else {}
    for number, span in strays:
        begin = left.pop(number + 1, None)
        yield Fault("unpaired-marker", span, ("end",) if begin is None else ("reversed", *map(str, begin)))
    yield from (Fault("unpaired-marker", span, ("begin",)) for span in left.values())


def section_bounds(content: Outline, section: tuple[str, str]) -> tuple[list[Span], list[Fault]]:
    """What stands between the marker comments that the contract names, the comments left out, pair by pair.

    A marker that is not there is a `missing-section`, at the place of its partner if that is there; those that stand
    without a partner, one inside another, or the wrong way round, are unpaired. Two reversed ones bound what is between
    them all the same.
    """
    found = list(_named(content, section))
    faults = [
        Fault("missing-section", found[0][1] if found else None, (marker,))
        for word, marker in zip(("begin", "end"), section, strict=True)
        if all(named != word for named, _ in found)
    ]
    if faults:
        return [], faults
    if not any(_MARKER.search(marker) or "indexlint:" in marker for marker in section):
        faults = list(pair_faults(found))
    return list(_between(found)) or [Span(found[0][1].end, found[-1][1].start)], faults


def _between(found: list[tuple[str, Span]]) -> Iterator[Span]:
    """What stands between a begin and the next end."""
    begin: Span | None = None
    for word, span in found:
        if word == "begin":
            begin = begin or span
        elif begin is not None:
            yield Span(begin.end, span.start)
            begin = None


def _named(content: Outline, section: tuple[str, str]) -> Iterator[tuple[str, Span]]:
    """The lines of comments that hold one of two texts; where one text holds the other, the longer one is meant."""
    words = sorted(zip(section, ("begin", "end"), strict=True), key=lambda item: -len(item[0]))
    for part in content.parts:
        for number in range(part.first, part.end) if part.kind == "html" else ():
            line = content.lines.get(number)
            word = next((word for marker, word in words if marker in line), None)
            if word is not None:
                yield word, content.lines.span(number)


def parts_between(content: Outline, bounds: list[Span]) -> list[Part]:
    """The parts of the text that stand inside one of these bounds, which are in order."""
    starts = [span.start for span in bounds]
    found = ((part, content.lines.starts[part.first]) for part in content.parts)
    return [part for part, start in found if (at := bisect_right(starts, start)) and start < bounds[at - 1].end]
