"""Whether the entries of an index are sorted by a column: nearly all of them, in every table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from validator.compare import EMPTY
from validator.index import value_of
from validator.model import Entry, Index
from validator.sequences import natural

# So many entries have to be there, and so few may be out of order, for an order to be meant.
LEAST_ENTRIES = 8
MOST_MISPLACED = 0.05


class Sorting(NamedTuple):
    """How many of the entries stand in order; `descending` from the largest to the smallest."""

    in_order: int
    entries: int
    descending: bool


def learn_order(index: Index, entries: Iterable[Entry], column: str) -> Sorting | None:
    """The order of the entries by a column, table by table; `None` where they are not sorted."""
    blocks: dict[int, list[str]] = {}
    for entry in entries:
        value = value_of(index, entry, column)
        if value is not None and value not in EMPTY:
            blocks.setdefault(entry.block, []).append(value)
    total = sum(map(len, blocks.values()))
    up = sum(_in_order(values) for values in blocks.values())
    down = sum(_in_order(values[::-1]) for values in blocks.values())
    best = max(up, down)
    distinct = len({value for values in blocks.values() for value in values})
    if total < LEAST_ENTRIES or 2 * distinct < total or total - best > MOST_MISPLACED * total:
        return None
    return Sorting(best, total, descending=down > up)


def _in_order(values: Sequence[str]) -> int:
    """How many values the longest run has that does not descend (patience sorting)."""
    tails: list[tuple[tuple[int, int, str], ...]] = []
    for value in values:
        key = natural(value)
        at = bisect_right(tails, key)
        tails[at : at + 1] = [key]
    return len(tails)
