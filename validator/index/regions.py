"""Generated regions: the markers `<!-- indexlint:begin -->` and `<!-- indexlint:end -->`, which stand in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.index.markdown import Outline
from validator.model import Fault, Span

_MARKER = re.compile(r"<!--[ \t]*indexlint:(begin|end)\b")


def markers(content: Outline) -> Iterator[tuple[str, Span]]:
    """The markers of a file in order: `begin` or `end`, and where it stands. Those in code do not count."""
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
            yield match[1], Span(match.start(), end)


def region_faults(content: Outline) -> Iterator[Fault]:
    """A fault for each marker that has no partner, or stands inside another region."""
    opened: Span | None = None
    for word, span in markers(content):
        if word == "begin":
            if opened is not None:
                yield Fault("unpaired-marker", span, ("nested", *map(str, opened)))
            else:
                opened = span
        elif opened is None:
            yield Fault("unpaired-marker", span, ("end",))
        else:
            opened = None
    if opened is not None:
        yield Fault("unpaired-marker", opened, ("begin",))
