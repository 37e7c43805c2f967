"""Which files of a project are indexes: those that name many documents, each set of documents by one index."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from validator.contract import Contract, read_front_matter
from validator.globs import chosen
from validator.infer.learning import Collection, collections
from validator.settings import Config
from validator.tree import MODE_FILE, ReadError, Tree
from validator.universe import Universe

# An index that nobody named has to name so many documents, and at least this share of those that there are.
LEAST_NAMED = 3
LEAST_COVERED = 0.5
# Two indexes may share so many of their documents; of more, only the better one is taken.
MOST_SHARED = 0.3
_LIMIT = 2**24
_MOST_READ = 24
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
_NAMES = re.compile(
    r"(?:.*[-_. ])?(?:index|readme|summary|toc|contents|catalog(?:ue)?|list|overview|registry|manifest|home)"
    r"(?:[-_. ].*)?|index.*",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(rb"\]\([ \t]*<?([^()\s<>]+)|^ {0,3}\[[^\]\n]+\]:[ \t]*<?([^\s<>]+)", re.MULTILINE)


class Candidate(NamedTuple):
    """An index, and the collections of documents that it names."""

    path: str
    collections: tuple[Collection, ...]

    @property
    def named(self) -> frozenset[str]:
        """The documents that the index names."""
        return frozenset(path for found in self.collections for path in found.reading.named)

    @property
    def worth(self) -> float:
        """What two candidates for the same documents are compared by."""
        return sum(found.reading.worth[0] - len(found.unlisted) / 4 for found in self.collections)


def universe_of(tree: Tree, config: Config, path: str) -> Universe:
    """The files that the index at `path` may speak of."""
    files = dict(tree.files())
    if path not in files:
        files.update(dict.fromkeys(tree.untracked(), MODE_FILE))
    return Universe(tree, posixpath.dirname(path), files, frozenset({path}), config.exclude)


def candidate(tree: Tree, config: Config, path: str) -> Candidate | None:
    """What the index at `path` names; `None` where it names no document.

    Raises:
        ReadError: the file cannot be read.
    """
    data = tree.read(path, _LIMIT)
    universe = universe_of(tree, config, path)
    contract = Contract(path, posixpath.dirname(path), body=read_front_matter(path, data).body)
    found = collections(contract, data, universe)
    return Candidate(path, tuple(found)) if found else None


def is_related(found: Candidate) -> bool:
    """Whether an index that somebody named speaks of these documents: most of its links to documents lead to one."""
    lost = sum(part.reading.lost for part in found.collections)
    return len(found.named) >= lost


def find_candidates(tree: Tree, config: Config, folders: Iterable[str]) -> list[Candidate]:
    """The indexes below `folders`, sorted by path. Of two that name the same documents the better one is taken."""
    paths = _likely(tree, config, tuple(folders))
    found = [item for path in paths for item in [candidate(tree, config, path)] if item and _is_index(item)]
    found.sort(key=lambda item: (-item.worth, item.path.count("/"), item.path))
    taken: list[Candidate] = []
    for item in found:
        shared = max((len(item.named & other.named) for other in taken), default=0)
        if shared <= MOST_SHARED * len(item.named) and not any(item.path in other.named for other in taken):
            taken.append(item)
    return sorted(taken)


def _is_index(found: Candidate) -> bool:
    listed = sum(len(part.listed) for part in found.collections)
    there = listed + sum(len(part.unlisted) for part in found.collections)
    return listed >= LEAST_NAMED and listed >= LEAST_COVERED * there and is_related(found)


def _likely(tree: Tree, config: Config, folders: tuple[str, ...]) -> list[str]:
    """The files to read as an index: those with the name of one, by how many files they link to; else any page."""
    pages = [
        path for path, mode in tree.files().items()
        if mode == MODE_FILE and path.casefold().endswith(_MARKDOWN) and _is_below(path, folders)
        and not (config.exclude and chosen(config.exclude, path))
    ]  # fmt: skip
    by_name = [path for path in pages if _NAMES.fullmatch(posixpath.splitext(posixpath.basename(path))[0])]
    ranked = sorted((-count, path.count("/"), path) for path, count in _linking(tree, config, by_name))
    if not ranked:
        ranked = sorted((-count, path.count("/"), path) for path, count in _linking(tree, config, pages))
    return [path for _, _, path in ranked[:_MOST_READ]]


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(not folder or path.startswith(f"{folder}/") for folder in folders)


def _linking(tree: Tree, config: Config, paths: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The pages that link to several files, and to how many. Links are only looked for, not read as Markdown."""
    for path in paths:
        try:
            data = tree.read(path, _LIMIT)
        except ReadError:
            continue
        targets = {(found[1] or found[2]).decode("utf-8", "replace") for found in _LINK.finditer(data)}
        if len(targets) < LEAST_NAMED:
            continue
        universe = universe_of(tree, config, path)
        there = {universe.follow(target).path for target in sorted(targets) if universe.follow(target).kind == "file"}
        if len(there) >= LEAST_NAMED:
            yield path, len(there)
