"""How an index is to be read so that it names most documents: its format, the sections of it that are the index."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from validator.contract import Contract
from validator.index import format_of, read_index
from validator.index.markdown import outline
from validator.index.parts import Outline
from validator.late import regex
from validator.model import Entry, Index, Span
from validator.universe import Universe

FORMATS = ("table", "list", "links")
# What a file may be whose name does not tell.
EVERY = ("table", "checksums", "tsv", "csv", "json", "yaml", "list", "links")
_MOSTLY_NEW = 0.5
_MUCH_MORE = 1.5
_SEVERAL = 3
_README = regex(rb"/README\.", re.IGNORECASE)


class Reading(NamedTuple):
    """One way to read an index, and what comes of it.

    `named` are the documents that its entries lead to, in their order; `rows` are the entries with the path that each
    leads to (`None` for none that is there). `repeated` counts the entries that name a document again, `lost` those
    that lead to nothing.
    """

    contract: Contract
    manifest: Index
    rows: tuple[tuple[Entry, str | None], ...]
    named: tuple[str, ...]
    repeated: int
    lost: int

    @property
    def worth(self) -> tuple[float, int]:
        """What a reading is compared by: documents named, less what is named again; then fewer dead links."""
        return len(self.named) - self.repeated / 2, -self.lost


def read_as(contract: Contract, data: bytes, universe: Universe) -> Reading:
    """Read an index by a contract. `data` is the index's bytes; `universe` knows where its links lead."""
    assert contract.path is not None, "there is an index to read"
    index = read_index(contract.path, data, contract, cache(partial(universe.resolve, contract)), outline=_outline)
    rows = tuple((entry, _leads_to(entry, universe)) for entry in index.entries)
    paths = [path for _, path in rows if path is not None]
    named = tuple(dict.fromkeys(paths))
    lost = sum(1 for entry, path in rows if path is None and entry.links)
    return Reading(contract, index, rows, named, len(paths) - len(named), lost)


@lru_cache(maxsize=1)
def _outline(text: str, base: int, unread: Sequence[Span], left_out: Sequence[Span]) -> Outline:
    """The structure of a page, which is read by one contract after the other."""
    return outline(text, base, unread, left_out)


def _leads_to(entry: Entry, universe: Universe) -> str | None:
    if not entry.links:
        return None
    target = universe.follow(entry.links[0].target)
    return (target.detail or target.path) if target.kind in {"file", "case"} else None


def best_reading(contract: Contract, data: bytes, universe: Universe) -> Reading:
    """The reading that names most documents, with as little said in the contract as that takes.

    Each format is read by itself. Of the blocks found, one after the other is taken, the largest first, if most of the
    documents that it names are new; what is left out then is kept out by `format` and `section`.
    """
    best = _best_reading(contract, data, universe)
    if best.contract.documents is not None or len(_README.findall(data)) < _SEVERAL:
        return best
    # Pages that the index links to by their names are documents only where a contract says so.
    wide = _best_reading(contract._replace(documents=("**",)), data, universe)
    return wide if wide.worth[0] > _MUCH_MORE * best.worth[0] else best


def _best_reading(contract: Contract, data: bytes, universe: Universe) -> Reading:
    plain = read_as(contract, data, universe)
    if format_of(contract.path or "", contract) is None:
        return max((read_as(contract._replace(format=kind), data, universe) for kind in EVERY), key=_worth)
    if format_of(contract.path or "", contract) != "markdown":
        return plain
    if plain.named and not plain.repeated:
        return plain
    choices = [plain]
    for kind in FORMATS:
        single = read_as(contract._replace(format=kind), data, universe)
        if single.named:
            choices.append(single)
    choices += [narrowed for choice in choices for narrowed in [_narrowed(choice, data, universe)] if narrowed]
    return max(choices, key=_worth)


def _worth(reading: Reading) -> tuple[tuple[float, int], int]:
    return reading.worth, -_said(reading.contract)


def _said(contract: Contract) -> int:
    return (contract.format is not None) + len(contract.section)


def _narrowed(reading: Reading, data: bytes, universe: Universe) -> Reading | None:
    """The same format, only under the headings whose blocks name documents that no larger block names."""
    blocks: dict[str, list[str]] = {}
    for entry, path in reading.rows:
        if path is not None:
            blocks.setdefault(reading.manifest.blocks[entry.block].section, []).append(path)
    kept = _kept(blocks)
    if not reading.repeated or len(kept) == len(blocks) or "" in kept:
        return None
    return read_as(reading.contract._replace(section=tuple(name for name in blocks if name in kept)), data, universe)


def _kept(blocks: Mapping[str, list[str]]) -> frozenset[str]:
    """The sections to keep, the largest first, as long as most of what a section names is new."""
    seen: set[str] = set()
    kept: set[str] = set()
    for name, paths in sorted(blocks.items(), key=lambda item: (-len(set(item[1])), item[0])):
        fresh = set(paths) - seen
        if len(fresh) > _MOSTLY_NEW * len(paths):
            kept.add(name)
            seen |= fresh
    return frozenset(kept)
