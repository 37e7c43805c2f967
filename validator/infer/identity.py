"""Where IDs stand on either side: the column, the file name, the header keys that state the same one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from validator.compare import EMPTY
from validator.heading import split_heading
from validator.ids import normalized
from validator.infer.binding import LEAST_PAIRS, Column, Source
from validator.late import regex
from validator.model import folded_name

# The share of the pairs that has to agree, and of the values that have to be different, for a column to hold IDs.
AGREEING = 0.8
DIFFERENT = 0.9
# A header key states the ID too where so many documents have it and so many of those agree.
STATED = 0.95
# The column and the header key that are taken for the IDs where a contract names none.
UNASKED = "id"
STEPS: tuple[tuple[str, ...], ...] = ((), ("casefold",), ("unpad",), ("casefold", "unpad"))
PREFIXED: tuple[tuple[str, ...], ...] = (("unprefix",), ("unprefix", "unpad"))
_ORDER = ("unprefix", "casefold", "unpad")
_LONGEST = 64
_DATE = regex(r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4}")


class Identity(NamedTuple):
    """What states IDs: the column (`None`: the index does not), the expressions, how to compare them.

    `template` is the file-name template that reads them; `agreeing` of `pairs` state one ID on both sides.
    """

    column: str | None
    document: tuple[str, ...]
    normalize: tuple[str, ...]
    template: str | None
    agreeing: int = 0
    pairs: int = 0


class Named(NamedTuple):
    """A file-name template and the IDs that it reads from the names, row by row."""

    template: str
    ids: tuple[str | None, ...]


def learn_identity(columns: Sequence[Column], named: Sequence[Named], keys: Sequence[Source]) -> Identity | None:
    """Find the column that states the same IDs as the file names (the likeliest template first), else as a header key.

    The IDs that headings begin with are among the `keys`, where there are any. Where no column does, the names alone
    state IDs. `None` where nothing does.
    """
    own = [column for column in columns if folded_name(column.name) == UNASKED]
    best = (
        _by_name(columns, named, STEPS)
        or _by_header(own, keys, STEPS)
        or _prefixed(own, named, list(filter(_is_unasked, keys)))
        or _by_header(columns, keys, STEPS)
    )
    if best is None and named:
        best = Identity(None, ("name.id",), (), named[0].template)
    if best is None or best.template is None:
        return best
    ids = next(way.ids for way in named if way.template == best.template)
    return _with_headers(best, ids, keys)


def _by_name(columns: Iterable[Column], named: Iterable[Named], choices: Sequence[tuple[str, ...]]) -> Identity | None:
    best: Identity | None = None
    for way in named:
        for column in columns:
            for steps in choices:
                agreeing, pairs = _agreement(column.values, way.ids, steps)
                if _is_shown(column.values, steps, agreeing, pairs) and (best is None or agreeing > best.agreeing):
                    best = Identity(column.name, ("name.id",), steps, way.template, agreeing, pairs)
    return best


def _prefixed(own: Sequence[Column], named: Iterable[Named], keys: Sequence[Source]) -> Identity | None:
    """IDs behind a word, as `ADR-1` for 1, in the column and the key that a check compares unasked.

    Elsewhere such a column is a field, from which a contract takes the word off. Of these two it has to say how they
    agree.
    """
    if not any(any(key.values) for key in keys):
        return None
    return _by_name(own, named, PREFIXED) or _by_header(own, keys, PREFIXED)


def _is_unasked(key: Source) -> bool:
    return key.expression.casefold() == f"header.{UNASKED}"


def _by_header(
    columns: Iterable[Column], keys: Iterable[Source], choices: Sequence[tuple[str, ...]]
) -> Identity | None:
    best: Identity | None = None
    for column in columns:
        for key in keys:
            for steps in choices:
                agreeing, pairs = _agreement(column.values, key.values, steps)
                shown = _is_shown(column.values, steps, agreeing, pairs) and _look_like_ids(key.values)
                if shown and (best is None or agreeing > best.agreeing):
                    best = Identity(column.name, (key.expression,), steps, None, agreeing, pairs)
    return best


def tells_apart(ids: Iterable[str | None], paths: Iterable[str]) -> bool:
    """Whether (nearly) every document has an ID of its own."""
    return len(set(ids)) >= DIFFERENT * len(set(paths))


def stated_ids(headings: Source) -> tuple[str | None, ...]:
    """The IDs that stand in headings before a title."""
    parts = (split_heading(value, None) if value else None for value in headings.values)
    return tuple(found.id if found and found.title else None for found in parts)


def title_of(heading: str | None) -> str | None:
    """A heading without the ID that it begins with; `None` where it is nothing else."""
    parts = split_heading(heading, None) if heading else None
    return heading if parts is None else parts.title or None


def is_stated_throughout(source: Source) -> bool:
    """Whether (nearly) every document states a value."""
    stated = sum(1 for value in source.values if value)
    return stated >= max(LEAST_PAIRS, STATED * len(source.values))


def _look_like_ids(values: Iterable[str | None]) -> bool:
    """Whether these values can be IDs: no blanks in them, a digit in each, and no dates."""
    stated = [value for value in values if value]
    if all(_DATE.match(value) for value in stated):
        return False
    return all(len(value) <= _LONGEST and " " not in value and any(map(str.isdigit, value)) for value in stated)


def _with_headers(found: Identity, ids: Sequence[str | None], keys: Iterable[Source]) -> Identity:
    """Add the header keys that state the ID of the name in (nearly) every document."""
    for key in keys:
        stated = sum(1 for value in key.values if value)
        if stated < STATED * len(ids):
            continue
        for steps in (*STEPS, *PREFIXED) if _is_unasked(key) else STEPS:
            wider = tuple(step for step in _ORDER if step in {*steps, *found.normalize})
            agreeing, pairs = _agreement(key.values, ids, wider)
            # What stands before a title can hardly be anything else, so where it differs it was copied and not changed.
            least = AGREEING if key.expression == "heading" else STATED
            if agreeing >= least * pairs and _is_shown(key.values, wider, agreeing, pairs):
                found = found._replace(document=(*found.document, key.expression), normalize=wider)
                break
    return found


def _agreement(stated: Iterable[str | None], ids: Iterable[str | None], steps: tuple[str, ...]) -> tuple[int, int]:
    pairs = [(left, right) for left, right in zip(stated, ids, strict=True) if left and right and left not in EMPTY]
    agreeing = sum(1 for left, right in pairs if normalized(left, steps) == normalized(right, steps))
    return agreeing, len(pairs)


def _is_shown(values: Iterable[str | None], steps: tuple[str, ...], agreeing: int, pairs: int) -> bool:
    stated = [normalized(value, steps) for value in values if value and value not in EMPTY]
    return pairs > 0 and agreeing >= AGREEING * pairs and len(set(stated)) >= DIFFERENT * len(stated)
