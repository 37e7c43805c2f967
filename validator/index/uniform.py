"""Rows of one shape: long stretches of a table whose rows can be read by one pattern, and so need no reader.

A corpus of a hundred thousand documents has an index of a hundred thousand rows that differ in nothing but their
values. What such a row says is beyond doubt: each cell is plain text, a code span or the one link, without an escape,
an entity or any other mark. A property test holds what is read here to what the reader of tables reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from validator.late import regex
from validator.model import Span

# The first and the last row of a stretch are always read: they are what a table begins and ends with.
LEAST = 3
_MOST_CELLS = 64
# What stands for itself in a cell, as `table` has it; an underscore does within a word (CommonMark 6.2).
_TEXT = rb"[^|\\`*_\[\]<>&!~\x00-\x1f\x7f]"
_WORD = rb"_(?<=[0-9A-Za-z]_)(?=[0-9A-Za-z])"
_PLAIN = _TEXT + rb"*+(?:" + _WORD + _TEXT + rb"++)*+"
_CODE = rb"`[!-\[\]-_a-{}~]++(?: [!-\[\]-_a-{}~]++)*+` *+"
# A target without a scheme, a fragment, a query, an escape: a path and nothing else.
_TARGET = rb"([A-Za-z0-9._/+=@,$-]++)"
_SOLID = rb"(?![ \]])" + _PLAIN + rb"(?<! )"
_LINK = rb"\[" + _SOLID + rb"\]\(" + _TARGET + rb"\) *+"
_CELLS = {"text": _PLAIN, "code": _CODE, "link": _LINK}
_KINDS = tuple((kind, regex(rb" *+" + _CELLS[kind])) for kind in ("link", "code", "text"))
_LINE = regex(rb"[^\n]*+")


class Shape(NamedTuple):
    """What a row of such a stretch is made of: the kind of each cell (`text`, `code`, `link`), and where the link is.

    `pattern` matches a row with its line end; its group is the target of the link.
    """

    pattern: re.Pattern[bytes]
    kinds: tuple[str, ...]
    link: int

    def reader(self, cell: int) -> tuple[int, Callable[[bytes], bytes]]:
        """How to read a cell: which of the parts of the row is it (split at its pipes), and what does that part say."""
        return cell + 1, _READERS[self.kinds[cell]]


def _linked(part: bytes) -> bytes:
    """The text of the link that a cell consists of."""
    return part[part.index(b"[") + 1 : part.index(b"](")]


_READERS: dict[str, Callable[[bytes], bytes]] = {
    "text": lambda part: part.strip(b" "),
    "code": lambda part: part.strip(b" `"),
    "link": _linked,
}


class Stretch(NamedTuple):
    """Rows of one shape, one below the other: where each starts, and what each links to (percent escapes: none)."""

    shape: Shape
    starts: tuple[int, ...]
    targets: tuple[bytes, ...]
    end: int


def stretches(data: bytes, start: int) -> Iterator[Stretch]:
    """The stretches of uniform rows of an index from byte `start` on, in order, those of `LEAST` rows and more."""
    at = data.find(b"\n|", start)
    while at >= 0:
        shape = _shape_of(data, at + 1)
        stretch = None if shape is None else _stretch(shape, data, at + 1)
        if stretch is not None and len(stretch.starts) >= LEAST:
            yield stretch
        at = data.find(b"\n|", at + 1 if stretch is None or not stretch.starts else stretch.end - 1)


def _stretch(shape: Shape, data: bytes, row: int) -> Stretch:
    """The rows of a shape from the one at an offset on."""
    starts: list[int] = []
    targets: list[bytes] = []
    match = shape.pattern.match
    while found := match(data, row):
        starts.append(row)
        targets.append(found[1])
        row = found.end()
    return Stretch(shape, tuple(starts), tuple(targets), row)


def _shape_of(data: bytes, row: int) -> Shape | None:
    """The shape of the row at an offset; `None` where it is no plain row with one link."""
    line = _LINE.match(data, row)
    assert line is not None, "it matches everywhere"
    *cells, behind = line[0].rstrip(b" \r").split(b"|")[1:]
    if behind or not 0 < len(cells) <= _MOST_CELLS:
        return None
    kinds = [next((kind for kind, pattern in _KINDS if pattern.fullmatch(cell)), "") for cell in cells]
    return shape_of(tuple(kinds)) if kinds.count("link") == 1 and all(kinds) else None


@lru_cache(maxsize=256)
def shape_of(kinds: tuple[str, ...]) -> Shape:
    """The shape of rows with cells of these kinds."""
    source = rb"".join(rb"\| *+" + _CELLS[kind] for kind in kinds)
    return Shape(regex(source + rb"\| *+\r?\n"), kinds, kinds.index("link"))


def between(stretch: Stretch, shown: Iterable[int]) -> Iterator[Span]:
    """The rows of a stretch but for those `shown`, as runs of whole lines, line ends included.

    Rows are shown by their numbers in the stretch, counted from 0, in order.
    """
    starts, first = stretch.starts, 0
    for number in shown:
        if first < number:
            yield Span(starts[first], starts[number])
        first = number + 1
    if first < len(starts):
        yield Span(starts[first], stretch.end)
