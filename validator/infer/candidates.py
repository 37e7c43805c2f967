"""Which files of a project are indexes: those that name many documents, each set of documents by one index."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import unquote

from validator.contract import Contract, read_front_matter
from validator.discover import INDEX_NAME
from validator.globs import chosen
from validator.hosts import hosted
from validator.index import format_of
from validator.index.mkdocs import is_mkdocs, start_of_links
from validator.infer.learning import Collection, Learned, collections
from validator.infer.reading import best_reading
from validator.late import regex
from validator.settings import Config
from validator.tree import MODE_FILE, ReadError, Tree
from validator.universe import Universe
from validator.universe.listing import Listing

# An index that nobody named has to name so many documents, and at least this share of those that there are.
LEAST_NAMED = 3
LEAST_COVERED = 0.5
# Where nothing that it says agrees with anything, it has to name so many.
MANY_NAMED = 50
# Two indexes may share so many of their documents; of more, only the better one is taken.
MOST_SHARED = 0.3
_LIMIT = 2**24
LEAST_BESIDE = 0.05
_MOST_READ = 12
_NAMES = regex(
    r"(?:.*[-_. ])?(?:index|readme|summary|toc|contents|catalog(?:ue)?|list|overview|registry|manifest|home)"
    r"(?:[-_. ].*)?|index.*",
    re.IGNORECASE | re.DOTALL,
)
_LINK = regex(rb"\]\([ \t]*<?([^()\s<>]+)|^ {0,3}\[[^\]\n]+\]:[ \t]*<?([^\s<>]+)", re.MULTILINE)


class Candidate(NamedTuple):
    """An index, and the collections of documents that it names."""

    path: str
    collections: tuple[Collection, ...]
    universe: Universe

    @property
    def named(self) -> frozenset[str]:
        """The documents that the index names."""
        return frozenset(path for found in self.collections for path in found.reading.named)

    @property
    def worth(self) -> float:
        """What two candidates for the same documents are compared by."""
        return sum(found.reading.worth[0] - len(found.unlisted) / 4 for found in self.collections)


def universe_of(listing: Listing, config: Config, path: str, data: bytes = b"") -> Universe:
    """The files that the index at `path` may speak of; `data` is its content, which tells which host is the own one."""
    if path not in listing.files:
        listing = Listing(listing.tree, {**listing.files, **dict.fromkeys(listing.tree.untracked(), MODE_FILE)})
    universe = Universe(listing, posixpath.dirname(path), listing.under_all_names([path]), config.exclude)
    universe.adopt(data.decode("latin-1"))
    universe.start_links_at(start_of_links(path, data))
    return universe


def candidate(listing: Listing, config: Config, path: str, *, by_id: bool = True) -> Candidate | None:
    """What the index at `path` names, by links or else, with `by_id`, by IDs; `None` where it names no document.

    Raises:
        ReadError: the file cannot be read.
    """
    data, universe, contract = _opened(listing, config, path)
    found = collections(contract, data, universe, by_id=by_id)
    return Candidate(path, tuple(found), universe) if found else None


def outside(listing: Listing, config: Config, path: str) -> tuple[str, ...]:
    """The files outside its own folder that the index at `path` names.

    Raises:
        ReadError: the file cannot be read.
    """
    data, universe, contract = _opened(listing, config, path)
    return tuple(named for named in best_reading(contract, data, universe).named if universe.inside(named) is None)


def _opened(listing: Listing, config: Config, path: str) -> tuple[bytes, Universe, Contract]:
    data = listing.tree.read(path, _LIMIT)
    contract = Contract(path, posixpath.dirname(path), body=read_front_matter(path, data).body)
    return data, universe_of(listing, config, path, data), contract


def is_related(found: Candidate) -> bool:
    """Whether an index that somebody named speaks of these documents: most of its links to documents lead to one."""
    lost = sum(part.reading.lost for part in found.collections)
    return len(found.named) >= lost


def is_telling(found: Candidate, learned: Learned) -> bool:
    """Whether an index that nobody named says something of its documents that they say too, or names a great many.

    A page that links to a few files of its folder is a page.
    """
    if posixpath.basename(found.path) == INDEX_NAME:
        return True
    states_ids = learned.identity is not None and learned.identity.column is not None
    return bool(learned.fields) or states_ids or len(found.named) >= MANY_NAMED


def find_candidates(listing: Listing, config: Config, folders: Iterable[str]) -> list[Candidate]:
    """The indexes below `folders`, sorted by path. Of two that name the same documents the better one is taken."""
    tree, below = listing.tree, tuple(folders)
    pages, lists = _likely(tree, config, below), _lists(tree, config, below)
    found = [*_among(listing, config, pages, by_id=False), *_among(listing, config, lists)]
    if not any(map(_is_index, found)):
        found = list(_among(listing, config, pages))
    found = list(filter(_is_index, found))
    found.sort(key=lambda item: (-item.worth, item.path.count("/"), item.path))
    taken: list[Candidate] = []
    for item in found:
        shared = max((len(item.named & other.named) for other in taken), default=0)
        if shared <= MOST_SHARED * len(item.named) and not any(item.path in other.named for other in taken):
            taken.append(item)
    return sorted(taken, key=lambda item: item.path)


def _among(listing: Listing, config: Config, paths: Iterable[str], *, by_id: bool = True) -> Iterator[Candidate]:
    """Those of the files that name documents. One that cannot be read, as it is not on disk any more, names none."""
    for path in paths:
        with suppress(ReadError):
            found = candidate(listing, config, path, by_id=by_id)
            if found is not None:
                yield found


def _is_index(found: Candidate) -> bool:
    listed = sum(len(part.listed) for part in found.collections)
    there = listed + sum(len(part.unlisted) for part in found.collections)
    is_meant = posixpath.basename(found.path) == INDEX_NAME
    names_enough = listed >= LEAST_NAMED and listed >= LEAST_COVERED * there
    return (is_meant or names_enough) and is_related(found)


def _likely(tree: Tree, config: Config, folders: tuple[str, ...]) -> list[str]:
    """The files to read as an index: those with the name of one, by how many files they link to; else any page."""
    pages = [
        path for path, mode in {**dict.fromkeys(tree.untracked(), MODE_FILE), **tree.files()}.items()
        if mode == MODE_FILE and format_of(path, Contract(path, "")) == "markdown" and _is_below(path, folders)
        and not (config.exclude and chosen(config.exclude, path))
    ]  # fmt: skip
    by_name = [path for path in pages if _NAMES.fullmatch(posixpath.splitext(posixpath.basename(path))[0])]
    ranked = sorted((-count, path.count("/"), path) for path, count in _linking(tree, by_name))
    if not ranked:
        ranked = sorted((-count, path.count("/"), path) for path, count in _linking(tree, pages))
    if not ranked:  # Rows may state IDs, and no links.
        ranked = sorted((0, path.count("/"), path) for path in by_name)
    most = -ranked[0][0] if ranked else 0
    # What has the name of an index is meant as one. Beside an index of hundreds a page with a few links is a page.
    named = [path for _, _, path in ranked if posixpath.basename(path) == INDEX_NAME]
    others = [
        path for count, _, path in ranked
        if posixpath.basename(path) != INDEX_NAME and -count >= LEAST_BESIDE * most
    ]  # fmt: skip
    return [*named, *others[:_MOST_READ]]


def _lists(tree: Tree, config: Config, folders: tuple[str, ...]) -> list[str]:
    """The data files that may be an index: lists of checksums, tables, and files with the name of one."""
    found: list[str] = []
    for path, mode in tree.files().items():
        if mode != MODE_FILE or not _is_below(path, folders) or (config.exclude and chosen(config.exclude, path)):
            continue
        kind = format_of(path, Contract(path, ""))
        stem = posixpath.splitext(posixpath.basename(path))[0]
        if kind in {"checksums", "csv", "tsv"} or (
            kind in {"yaml", "json"} and (_NAMES.fullmatch(stem) or is_mkdocs(path))
        ):
            found.append(path)
    return sorted(found, key=lambda path: (path.count("/"), path))[:_MOST_READ]


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(not folder or path.startswith(f"{folder}/") for folder in folders)


def _linking(tree: Tree, paths: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The pages that link to several files, and to how many. Links are only looked for, not read as Markdown."""
    files = frozenset(tree.files())
    files |= {posixpath.dirname(path) for path in files} - {""}
    for path in paths:
        try:
            data = tree.read(path, _LIMIT)
        except ReadError:
            continue
        targets = {(found[1] or found[2]).decode("utf-8", "replace") for found in _LINK.finditer(data)}
        least = 1 if posixpath.basename(path) == INDEX_NAME else LEAST_NAMED
        if len(targets) < least:
            continue
        there = {found for target in targets for found in [_there(target, posixpath.dirname(path), files)] if found}
        if len(there) >= least:
            yield path, len(there)


def _there(target: str, folder: str, files: frozenset[str]) -> str | None:
    """The file or folder that a link seems to lead to, if it is there."""
    link = hosted(target)
    if link is not None:
        return next((path for path in link.paths() if path.strip("/") in files), None)
    bare = unquote(target.partition("#")[0].partition("?")[0])
    path = posixpath.normpath(posixpath.join(folder, bare.lstrip("/")))
    return path if bare and path in files else None
