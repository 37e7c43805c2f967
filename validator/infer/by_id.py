"""Indexes whose rows have no links: joined by the paths that they state, or by the IDs in the names of files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from validator.compare import EMPTY
from validator.contract import Contract, IdSpec
from validator.ids import normalized
from validator.index import value_of
from validator.index.table import is_separator, read_cell
from validator.infer.identity import STEPS
from validator.infer.naming import is_aside, learn_naming
from validator.infer.reading import Reading, read_as
from validator.model import Binding, folded_name
from validator.names import template
from validator.rows import split_row
from validator.tree import MODE_FILE
from validator.universe import Universe

# So many rows have to find a document, and this share of those that state anything.
LEAST_JOINED = 3
LEAST_SHARE = 0.5
_MOST_GROUPS = 40
_MOST_COLUMNS = 30


class _Group(NamedTuple):
    """Files that are named alike: their paths by the IDs in their names."""

    template: str
    paths: dict[str, str]


def joined_reading(contract: Contract, data: bytes, universe: Universe, plain: Reading) -> Reading | None:
    """A reading by a column that holds paths, else by one whose values are the IDs in the names of files.

    `plain` is what the index says without any contract. `None` where no column will do.
    """
    columns = _columns(data, plain)
    for column in columns:
        bound = Binding(folded_name(column).replace(" ", "-"), column, ("path",), declared=True)
        reading = read_as(contract._replace(fields=(bound,)), data, universe)
        if _is_enough(len(reading.named), len(reading.rows)):
            return reading
    groups = list(_groups(universe))
    found = [
        joined for column in columns for group in groups
        for joined in [_by_id(contract, data, universe, column, group)] if joined is not None
    ]  # fmt: skip
    return max(found, key=lambda reading: len(reading.named), default=None)


def _is_enough(joined: int, stated: int) -> bool:
    return joined >= LEAST_JOINED and joined >= LEAST_SHARE * stated


def _columns(data: bytes, plain: Reading) -> list[str]:
    """The columns that an index may have: those that were read, and what stands above the separator of a table."""
    names = [name for block in plain.manifest.blocks for name in block.columns]
    lines = data.decode("latin-1").splitlines()
    for above, line in pairwise(lines):
        if "|" in above and is_separator(line.strip()):
            names += [read_cell(above[start:end], {}).text for start, end in split_row(above)]
    return list({folded_name(name): name for name in names if name.strip()}.values())[:_MOST_COLUMNS]


def _groups(universe: Universe) -> Iterator[_Group]:
    """The files below the folder of the index, by folder and suffix, where their names hold IDs."""
    kinds: dict[tuple[str, str], list[str]] = {}
    present: list[str] = []
    for full, mode in universe.files.items():
        path = universe.inside(full)
        if path is None or mode != MODE_FILE or full in universe.indexes:
            continue
        present.append(path)
        folder, name = posixpath.split(path)
        stem, suffix = posixpath.splitext(name)
        if stem.casefold() in {"readme", "index", "skill"} and folder:
            kinds.setdefault((posixpath.dirname(folder), f"/{name}"), []).append(path)
        elif not is_aside(stem):
            kinds.setdefault((folder, suffix), []).append(path)
    ranked = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))[:_MOST_GROUPS]
    for _, paths in ranked:
        if len(paths) < LEAST_JOINED:
            continue
        for source in learn_naming(frozenset(paths), paths).templates:
            compiled = template(source)
            matches = {path: compiled.match(path) for path in paths}
            yield _Group(source, {match["id"][0]: path for path, match in matches.items() if match})


def _by_id(contract: Contract, data: bytes, universe: Universe, column: str, group: _Group) -> Reading | None:
    reading = read_as(contract._replace(id=IdSpec(column=column, declared=True)), data, universe)
    stated = [value_of(reading.manifest, entry, column) for entry in reading.manifest.entries]
    count = sum(1 for value in stated if value and value not in EMPTY)
    for steps in STEPS:
        known = {normalized(identity, steps): path for identity, path in group.paths.items()}
        paths = [known.get(normalized(value, steps)) if value else None for value in stated]
        named = tuple(dict.fromkeys(path for path in paths if path is not None))
        if _is_enough(len(named), count):
            full = tuple(posixpath.join(universe.folder, path) for path in named)
            rows = tuple(
                (entry, posixpath.join(universe.folder, path) if path else None)
                for entry, path in zip(reading.manifest.entries, paths, strict=True)
            )
            return reading._replace(rows=rows, named=full, repeated=0, lost=0)
    return None
