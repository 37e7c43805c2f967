"""Which header dialect documents are written in: the one that finds the same keys again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from validator.header import DIALECTS, read_header

# A key that so many of the documents have is a key of the collection; a dialect that reads so many documents fits.
RECURRING = 0.1
FITTING = 0.75
_FEWEST = 2
# What front matter says is meant as metadata; what other dialects find may be nothing but text.
CERTAIN = ("yaml", "toml")
_MOST_KEYS = 40
_LONGEST_KEY = 60


class Dialect(NamedTuple):
    """A dialect that fits: the keys that recur, the most frequent first, and how many documents have any of them."""

    name: str
    keys: tuple[str, ...]
    documents: int
    share: float


def fitting_dialects(contents: Sequence[bytes]) -> list[Dialect]:
    """The dialects that read a header in most of these documents, front matter first.

    Where front matter fits, nothing else is tried: headings and lists behind it belong to the text.
    """
    found: list[Dialect] = []
    for name in DIALECTS:
        dialect = _read(name, contents) if name != "none" else None
        if dialect is not None and dialect.share >= FITTING:
            found.append(dialect)
            if name in CERTAIN:
                break
    return found


def _read(name: str, contents: Iterable[bytes]) -> Dialect | None:
    stated = [frozenset(_keys(name, data)) for data in contents]
    counts = Counter(key for keys in stated for key in keys)
    least = max(min(_FEWEST, len(stated)), RECURRING * len(stated))
    keys = [key for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= least]
    keys = keys[:_MOST_KEYS]
    reading = sum(1 for own in stated if not own.isdisjoint(keys))
    return Dialect(name, tuple(keys), reading, reading / len(stated)) if keys else None


def _keys(name: str, data: bytes) -> Iterable[str]:
    header = read_header(data, name)
    if header.dialect != name:
        return ()
    return (field.key for field in header.fields if field.key and len(field.key) <= _LONGEST_KEY)
