"""What a Markdown page is made of, as the readers of tables, lists and paragraphs look at it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from validator.model import Span

if TYPE_CHECKING:
    from markdown_it.token import Token


class Lines(NamedTuple):
    """The lines of a text: where they start and end, and the text itself with one character a byte.

    Lines that were left out are none; those around them have numbers one after the other.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def get(self, number: int) -> str:
        """Line `number` (from 0) without its line end."""
        return self.text[self.starts[number] : self.ends[number]].removesuffix("\r")

    def span(self, first: int, last: int | None = None) -> Span:
        """The bytes from line `first` to the end of line `last`, the last line end left out."""
        last = first if last is None else last
        return Span(self.starts[first], self.starts[last] + len(self.get(last)))

    def number(self, offset: int) -> int:
        """The line (from 0) that an offset stands in."""
        return max(bisect_right(self.starts, offset) - 1, 0)


class Part(NamedTuple):
    """One table, item or paragraph: its lines (from 0, the end exclusive), and the heading it stands under.

    `kind` is `table`, `item`, `paragraph`, `html` or `heading`. `group` tells lists apart; `depth` is how many lists it
    stands in.
    `token` is the inline content; `None` for what is plain and was not shown to the parser.
    `headings` are the texts of the headings above it, outermost first.
    """

    kind: str
    first: int
    end: int
    headings: tuple[str, ...]
    group: int = 0
    depth: int = 0
    token: Token | None = None

    @property
    def section(self) -> str:
        """The text of the nearest heading above; empty where there is none."""
        return self.headings[-1] if self.headings else ""


class Outline(NamedTuple):
    """The parts of a Markdown text in order, and its link reference definitions. `hidden` lines say nothing."""

    lines: Lines
    parts: tuple[Part, ...]
    hidden: frozenset[int]
    references: dict[str, object]


def split_lines(text: str, base: int, left_out: Iterable[Span] = ()) -> Lines:
    """The lines of `text` from offset `base` on; only LF ends a line.

    `left_out` are runs of whole lines, line ends included, in order: they count as if they were not there.
    """
    starts: list[int] = []
    ends: list[int] = []
    for first, last in _kept(base, len(text), left_out):
        start = first
        while (end := text.find("\n", start, last)) >= 0:
            starts.append(start)
            ends.append(end)
            start = end + 1
        if start < last or not starts:
            starts.append(start)
            ends.append(last)
    return Lines(text, tuple(starts), tuple(ends))


def _kept(start: int, end: int, left_out: Iterable[Span]) -> Iterator[Span]:
    """What is left of a stretch without others."""
    for span in left_out:
        yield Span(start, span.start)
        start = span.end
    yield Span(start, end)
