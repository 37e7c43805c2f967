"""Bytes of an index that are not UTF-8: where they stand, and which values they spoil."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from validator.model import Entry, Fault, Span
from validator.text import bad_utf8


def encoding_faults(data: bytes) -> Iterator[Fault]:
    """A fault for the first byte that is not UTF-8."""
    bad = bad_utf8(data)
    if bad is not None:
        yield Fault("not-utf8", bad, (str(bad.start), _looks_like(data)))


def _looks_like(data: bytes) -> str:
    return "UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ""


def without_faulty(entry: Entry, bad: tuple[Span, ...]) -> Entry:
    """Nothing that stands on a line with a broken character is compared."""
    if entry.places:
        values = tuple(
            None if place is not None and _touches(place, bad) else value
            for value, place in zip(entry.values, entry.places, strict=True)
        )
        return entry._replace(values=values)
    return entry._replace(values=(None,) * len(entry.values)) if _touches(entry.span, bad) else entry


def _touches(span: Span, bad: tuple[Span, ...]) -> bool:
    last = bisect_right(bad, Span(span.end, 0)) - 1
    return last >= 0 and span.start < bad[last].end
