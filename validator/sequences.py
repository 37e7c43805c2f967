"""Order, gaps and counts: what an index promises of its entries taken together."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from validator.compare import EMPTY
from validator.corpus import Corpus
from validator.ids import normalized
from validator.index import value_of
from validator.late import regex
from validator.model import Pair, Place, Span
from validator.patterns import compile_pattern
from validator.text import decode_sized

Key = tuple[tuple[int, int, str], ...]

_PIECE = regex(r"[0-9]+|[^0-9]+")
_NUMBER = regex(r"[0-9]+")
_LONGEST_NUMBER = 18


class Misplaced(NamedTuple):
    """An entry out of order and its value, and the entry in order that it stands on the wrong side of.

    It stands `behind` that one, or in front of it.
    """

    pair: Pair
    value: str
    other: Pair
    other_value: str
    behind: bool


class Gap(NamedTuple):
    """Numbers that no ID has, from `first` to `last`, and the entry or document next to the hole.

    It is the one behind the hole; where only retired IDs are there, the last one `before` it.
    """

    first: int
    last: int
    place: Place
    id: str
    before: bool = False


class Stated(NamedTuple):
    """The number that an index states of itself, and where."""

    number: int
    place: Place


def natural(value: str) -> Key:
    """A sort key that takes runs of digits as numbers and leaves case aside: `a2` stands before `A10`."""
    return tuple(
        (0, int(piece), "") if piece.isdigit() and len(piece) <= _LONGEST_NUMBER else (1, 0, piece)
        for piece in _PIECE.findall(value.casefold())
    )


def misplaced(corpus: Corpus) -> Iterator[Misplaced]:
    """The fewest entries that would have to move for each table or list to be in the declared order."""
    order = corpus.contract.order
    if order is None or corpus.manifest is None:
        return
    field, descending = order.removeprefix("-"), order.startswith("-")
    stated: dict[int, list[tuple[Pair, str]]] = {}
    for pair in corpus.pairs:
        value = _value(corpus, pair, field)
        if value is not None and value not in EMPTY:
            stated.setdefault(pair.entry.block, []).append((pair, value))
    for _, members in sorted(stated.items()):
        yield from _misplaced_in(members, descending=descending)


def _value(corpus: Corpus, pair: Pair, field: str) -> str | None:
    if field == "id":
        return pair.id
    column = next((binding.column for binding in corpus.contract.fields or () if binding.field == field), None) or field
    return value_of(corpus.manifest, pair.entry, column) if corpus.manifest else None


def _misplaced_in(stated: Sequence[tuple[Pair, str]], *, descending: bool) -> Iterator[Misplaced]:
    keys = [natural(value) for _, value in stated]
    kept = _longest_run(keys[::-1]) if descending else _longest_run(keys)
    in_order = {len(keys) - 1 - position for position in kept} if descending else set(kept)
    order = sorted(in_order)
    for position, (pair, value) in enumerate(stated):
        if position not in in_order:
            at = bisect_left(order, position)
            before = keys[order[at - 1]] if at else keys[position]
            # At most one of its neighbours is on the right side of it: if that is the one before, the other is not.
            behind = before < keys[position] if descending else before > keys[position]
            yield Misplaced(pair, value, *stated[order[at - 1] if behind else order[at]], behind)


def _longest_run(keys: Sequence[Key]) -> list[int]:
    """The positions of a longest run of keys that do not descend (patience sorting)."""
    tails: list[Key] = []
    ends: list[int] = []
    before: list[int] = []
    for position, key in enumerate(keys):
        length = bisect_right(tails, key)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [key]
        ends[length : length + 1] = [position]
    run: list[int] = []
    position = ends[-1] if ends else -1
    while position >= 0:
        run.append(position)
        position = before[position]
    return run[::-1]


class Used(NamedTuple):
    """An ID in use, where it stands, and the document that it is of (`None` where there is none)."""

    id: str
    place: Place
    document: str | None


def gaps(corpus: Corpus) -> Iterator[Gap]:
    """The holes in the numbers of the IDs, where the contract declares a sequence. Retired IDs leave no hole."""
    if not corpus.contract.id.sequence:
        return
    owners: dict[int, Used] = {}
    for used in _used(corpus):
        if (number := _number(used.id)) is not None:
            owners.setdefault(number, used)  # Of an ID that stands twice the first place borders on the hole.
    if not owners:
        return
    known = sorted(
        {*owners, *(number for value in corpus.contract.id.retired if (number := _number(value)) is not None)}
    )
    for low, high in pairwise(known):
        if high - low > 1:
            behind = next((number for number in known if number >= high and number in owners), None)
            used = owners[max(owners) if behind is None else behind]
            yield Gap(low + 1, high - 1, used.place, used.id, before=behind is None)


def _number(value: str) -> int | None:
    """The number in an ID: its last run of digits."""
    runs = _NUMBER.findall(value)
    return int(runs[-1]) if runs and len(runs[-1]) <= _LONGEST_NUMBER else None


def _used(corpus: Corpus) -> Iterator[Used]:
    """The IDs in use: as the entries state them, else as the documents do."""
    for pair in corpus.pairs:
        if pair.id is not None:
            yield Used(pair.id, corpus.id_place(pair), pair.document.path if pair.document else pair.target)
    for document in corpus.documents:
        pair_of = corpus.by_document.get(document.key)
        if document.ids and (pair_of is None or pair_of.id is None):
            claim = document.ids[0]
            yield Used(claim.value, corpus.claim_place(document, claim), document.path)


def reused(corpus: Corpus) -> Iterator[Used]:
    """Retired IDs that are in use."""
    steps = corpus.contract.id.normalize
    retired = {normalized(value, steps) for value in corpus.contract.id.retired}
    retired |= corpus.past.retired if corpus.past else frozenset()
    if retired:
        yield from (used for used in _used(corpus) if normalized(used.id, steps) in retired)


def stated_count(corpus: Corpus) -> Stated | None:
    """The number that the contract's `count` finds in the index, or `None`."""
    if corpus.contract.stated_count is None or corpus.manifest is None:
        return None
    text = decode_sized(corpus.manifest.text[corpus.contract.body :].encode("latin-1"))
    span = compile_pattern(corpus.contract.stated_count).group_span(text)
    if span is None:
        return None
    digits = re.sub(r"[^0-9]", "", text[slice(*span)])
    start = corpus.contract.body + len(text[: span[0]].encode())
    place = Place(corpus.manifest.path, Span(start, start + len(text[slice(*span)].encode())))
    return Stated(int(digits[:_LONGEST_NUMBER]) if digits else -1, place)
