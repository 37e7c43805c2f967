"""Keeps apart the pairs that share nothing with anything else; all others are read as ever."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from validator.accord.rows import Rest, Rows
from validator.accord.standing import Standing
from validator.accord.treaty import Treaty
from validator.contract import Contract
from validator.ids import folded, normalized, skeleton
from validator.index import value_of
from validator.join import id_column_of
from validator.model import Accord, Document, Index, Span
from validator.scan import Plan
from validator.tree import fold
from validator.universe import Target


def settle(
    contract: Contract, plan: Plan, sketch: Index, rows: Rows, found: Standing, treaty: Treaty,
    read: Callable[[str], tuple[Document, ...]], reading: Callable[[tuple[Span, ...]], Index],
    follow: Callable[[str], Target],
) -> Rest:  # fmt: skip
    """Keep those pairs apart that have nothing in common with anything else; all others are read as ever.

    `found` is what was read, `reading` reads the index without some of its rows; the `sketch` is without all of them.
    """
    agreed, rest = set(found.paths), dict(found.rest)
    marks = _Marks(found, contract.id.normalize)
    doubtful = marks.shared() if _is_kept(plan, treaty, rest.values()) else set(agreed)
    while True:
        rest |= {path: read(path) for path in doubtful}
        agreed -= doubtful
        shown = rows.starts.keys() - agreed
        index = reading(rows.spans(shown)) if shown else sketch
        doubtful = agreed & marks.meant(_stated(contract, index, rest.values()))
        doubtful |= agreed & _targets(index, follow)
        if not doubtful:
            break
    ids = {path: value for path, value in zip(found.paths, found.ids, strict=True) if path in agreed}
    return Rest(index, dict(sorted(rest.items())), Accord(ids, treaty.answers if ids else frozenset()))


def _is_kept(plan: Plan, treaty: Treaty, rest: Iterable[tuple[Document, ...]]) -> bool:
    """Whether the other documents answer nothing that would be compared instead."""
    silent = {position for terms in treaty.terms if terms is not None for position in terms.silent}
    keys = {position: plan.expressions[position].removeprefix("header.") for position in silent}
    return not any(
        document.claims[position] is not None or keys[position] in document.spoiled
        for documents in rest
        for document in documents
        for position in silent
    )


class _Said(NamedTuple):
    """What the rest of a corpus says that a pair in accord may not share: IDs, digests, paths."""

    ids: frozenset[str]
    digests: frozenset[bytes]
    paths: frozenset[str]


def _stated(contract: Contract, index: Index, rest: Iterable[tuple[Document, ...]]) -> _Said:
    column = id_column_of(contract, index)
    ids = {*contract.id.retired}
    if column is not None:
        ids |= {value for entry in index.entries if (value := value_of(index, entry, column))}
    documents = [document for found in rest for document in found]
    ids |= {claim.value for document in documents for claim in document.ids}
    return _Said(
        frozenset(normalized(value, contract.id.normalize) for value in ids),
        frozenset(document.digest for document in documents if document.digest is not None),
        frozenset(document.path for document in documents),
    )


def _targets(index: Index, follow: Callable[[str], Target]) -> set[str]:
    """The files that the entries of an index mean."""
    found = (follow(link.target) for entry in index.entries for link in entry.links[:1])
    return {target.detail if target.kind == "case" else target.path for target in found}


class _Marks:
    """What tells the pairs in accord from each other and from everything else: folded IDs, digests, folded paths."""

    def __init__(self, found: Standing, steps: tuple[str, ...]) -> None:
        owners = list(compress(found.paths, found.ids))
        # All at once, a line each: they are ASCII without controls and blanks at their ends, so no step crosses a line.
        ids = normalized("\n".join(filter(None, found.ids)), steps)
        digests = found.digests if any(found.digests[:1]) else []
        self.kinds: list[tuple[Sequence[str | bytes], Sequence[str]]] = [
            (folded(ids).split("\n") if owners else [], owners),
            (skeleton(ids).split("\n") if owners else [], owners),
            (digests, found.paths if digests else []),
            (_folded(found.paths), found.paths),
        ]

    def shared(self) -> set[str]:
        """The paths of those that share a mark."""
        return {path for marks, paths in self.kinds for path in _sharing(marks, paths)}

    def meant(self, said: _Said) -> set[str]:
        """The paths of those whose mark the rest of the corpus has too."""
        theirs: list[set[str] | set[bytes]] = [
            {folded(value) for value in said.ids},
            {skeleton(value) for value in said.ids},
            {*said.digests},
            {fold(path) for path in said.paths},
        ]
        return {
            path
            for (marks, paths), others in zip(self.kinds, theirs, strict=True)
            if not others.isdisjoint(marks)
            for mark, path in zip(marks, paths, strict=True)
            if mark in others
        }


def _folded(paths: Sequence[str]) -> list[str]:
    """The paths as a file system without case sees them; of plain ones all at once."""
    text = "\n".join(paths)
    if text.isascii() and text.count("\n") == len(paths) - 1:
        return fold(text).split("\n")
    return list(map(fold, paths))


def _sharing(marks: Sequence[str | bytes], paths: Sequence[str]) -> Iterator[str]:
    if len(set(marks)) == len(marks):
        return
    counts = Counter(marks)
    yield from (path for mark, path in zip(marks, paths, strict=True) if counts[mark] > 1)
