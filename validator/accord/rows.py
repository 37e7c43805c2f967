"""The rows of an index that may be in accord with their documents, and the tables that they stand in."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from validator.conflicts import conflicts
from validator.globs import chosen
from validator.index.uniform import Stretch, between, shape_of, stretches
from validator.model import Accord, Block, Document, Index, Span
from validator.text import bad_utf8
from validator.tree import MODE_FILE

# An index of fewer rows is as fast with all of them, by measurement.
FEWEST = 60


class Rows(NamedTuple):
    """The rows of an index (`data`) that may be in accord: where each starts, by the path that it links to.

    `digest` is one of `data`, where somebody has made it already.
    """

    data: bytes
    stretches: tuple[Stretch, ...]
    starts: Mapping[str, int]
    digest: bytes = b""

    def spans(self, shown: Iterable[str] = ()) -> tuple[Span, ...]:
        """The rows, but for those of the paths that are `shown`, as runs of whole lines, in order."""
        told = sorted({self.starts[path] for path in shown})
        if len(self.starts) == sum(len(stretch.starts) - 2 for stretch in self.stretches):
            # All rows but the first and the last of each stretch: then the few that are shown tell where runs end.
            numbers = [_inner(stretch, told) for stretch in self.stretches]
        else:
            hidden = frozenset(self.starts.values()).difference(told)
            numbers = [
                [number for number, start in enumerate(stretch.starts) if start not in hidden]
                for stretch in self.stretches
            ]
        runs = zip(self.stretches, numbers, strict=True)
        return tuple(span for stretch, numbered in runs for span in between(stretch, numbered))

    def only(self, paths: frozenset[str]) -> Rows:
        """Those of them that link to one of these paths."""
        if self.starts.keys() <= paths:
            return self
        return self._replace(starts={path: start for path, start in self.starts.items() if path in paths})


def _inner(stretch: Stretch, told: Sequence[int]) -> list[int]:
    """The first row of a stretch, those of its rows that start where it is `told`, and the last: by their numbers."""
    starts = stretch.starts
    own = told[bisect_left(told, starts[0]) : bisect_left(told, stretch.end)]
    return [0, *(bisect_left(starts, row) for row in own), len(starts) - 1]


class Rest(NamedTuple):
    """What there is to judge: the index without the rows in accord, the other documents, and what was left out."""

    manifest: Index | None
    documents: dict[str, tuple[Document, ...]]
    accord: Accord


def packed(rows: Rows | None) -> Any:  # noqa: ANN401 - plain values
    """Rows as plain values, without the text of their index."""
    if rows is None:
        return None
    runs = [(stretch.shape.kinds, _bytes_of(stretch.starts), stretch.end) for stretch in rows.stretches]
    return ("\0".join(rows.starts), _bytes_of(rows.starts.values()), runs)


def unpacked(data: bytes, digest: bytes, values: Any) -> Rows | None:  # noqa: ANN401 - plain values
    """The rows of an index that were packed; `digest` is one of its text, of whatever kind.

    Raises:
        TypeError, ValueError: `values` is nothing that `packed` has made.
    """
    if values is None:
        return None
    paths, starts, runs = values
    found = tuple(Stretch(shape_of(kinds), _numbers_of(own), (), end) for kinds, own, end in runs)
    return Rows(data, found, dict(zip(paths.split("\0"), _numbers_of(starts), strict=True)), digest)


def _bytes_of(numbers: Iterable[int]) -> bytes:
    return array("Q", numbers).tobytes()


def _numbers_of(found: bytes) -> tuple[int, ...]:
    return tuple(memoryview(found).cast("Q"))


def is_large(data: bytes) -> bool:
    """Whether an index has so many rows that to leave some out is worth it."""
    at = 0
    for _ in range(FEWEST):
        at = data.find(b"\n|", at) + 1
        if not at:
            return False
    return True


def is_sound(data: bytes) -> bool:
    """Whether rows of an index may be left out at all: neither a merge nor broken characters left it in doubt."""
    return not conflicts(data) and bad_utf8(data) is None


def candidates(
    data: bytes, start: int, folder: str, files: Mapping[str, str], exclude: tuple[str, ...] = ()
) -> Rows | None:
    """The uniform rows of an index from byte `start` on that lead straight to files, each to another one.

    `folder` is the index's, `files` are those of the universe with their modes, `exclude` are globs of files that are
    none. `None` where there are no such rows.
    """
    prefix = f"{folder}/" if folder else ""
    found: dict[str, int] = {}
    odd: set[str] = set()
    runs: list[Stretch] = []
    for stretch in stretches(data, start):
        targets = b"\n".join(stretch.targets).decode().split("\n")
        paths = [prefix + target.removeprefix("./") for target in targets]
        rows = dict(zip(paths, stretch.starts, strict=True))
        if len(rows) < len(paths) or not found.keys().isdisjoint(rows):
            odd |= found.keys() & rows.keys()
            odd.update(path for path, count in Counter(paths).items() if count > 1)
        odd |= {paths[0], paths[-1]}
        found |= rows
        # What the rows link to is known now, and a hundred thousand of them take room.
        runs.append(stretch._replace(targets=()))
    if {*map(files.get, found)} != {MODE_FILE}:
        odd.update(path for path in found if files.get(path) != MODE_FILE)
    if exclude:
        odd.update(path for path in found if chosen(exclude, path))
    for path in odd:
        found.pop(path, None)
    return Rows(data, tuple(runs), found) if found else None


def placed(rows: Rows, index: Index) -> Rows | None:
    """The rows of those stretches that stand in a table of the index, which was read without them."""
    blocks = blocks_of(rows, index)
    if all(block is not None for block in blocks):
        return rows
    lost = [stretch for stretch, block in zip(rows.stretches, blocks, strict=True) if block is None]
    gone = {row for stretch in lost for row in stretch.starts}
    kept = {path: row for path, row in rows.starts.items() if row not in gone}
    return rows._replace(starts=kept) if kept else None


def blocks_of(rows: Rows, index: Index) -> list[Block | None]:
    """The table of each stretch: the one that its first and its last row are entries of."""
    entries = {entry.span.start: entry for entry in index.entries}
    # What is said of a broken table may tell how many rows it has.
    broken = [fault.span.start for fault in index.faults if fault.kind == "broken-table" and fault.span is not None]

    def block_of(stretch: Stretch) -> Block | None:
        first, last = entries.get(stretch.starts[0]), entries.get(stretch.starts[-1])
        if first is None or last is None or first.block != last.block:
            return None
        block, shape = index.blocks[first.block], stretch.shape
        is_ours = block.kind == "table" and len(block.columns) == len(shape.kinds)
        is_ours = is_ours and not any(block.span.start <= start < block.span.end for start in broken)
        key = first.links[:1]
        return block if is_ours and key and key[0].cell == last.links[0].cell == shape.link else None

    return [block_of(stretch) for stretch in rows.stretches]
