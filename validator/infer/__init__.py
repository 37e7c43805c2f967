"""What `indexlint init` learns: how indexes and their documents relate, as contracts with the evidence beside them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from validator.discover import INDEX_NAME
from validator.infer.candidates import (
    Candidate,
    candidate,
    find_candidates,
    is_related,
    is_telling,
    outside,
    universe_of,
)
from validator.infer.creating import NothingToListError, create
from validator.infer.learning import Learned, learn
from validator.infer.proposal import InferError, Proposal, contract_place, propose, summary, write
from validator.settings import Config
from validator.tree import ReadError, Tree
from validator.universe.listing import Listing

__all__ = ["InferError", "Made", "Proposal", "learn_corpora", "learn_new", "propose", "summary", "write"]


def learn_corpora(
    tree: Tree, config: Config, indexes: Sequence[str], folders: Sequence[str], *, force: bool
) -> list[Learned]:
    """Learn the contracts of the named `indexes`; where none is named, of those that are found below `folders`.

    One that has a contract is passed over, unless `force` says to replace it.

    Raises:
        InferError: an index cannot be read or does not relate to any documents, or none is found; or one that is named
            has a contract, or all that are found have.
    """
    listing = Listing(tree)
    if indexes:
        for path in () if force else indexes:
            _refuse(tree, config, path)
        named = [_named(listing, config, path) for path in indexes]
        return [one for item in named for one in _learned(tree, item)]
    found = find_candidates(listing, config, folders)
    wanted = [item for item in found if force or contract_place(tree, config, item.path) is None]
    if found and not wanted:
        _refuse(tree, config, found[0].path)
    learned = [one for item in wanted for one in _learned(tree, item) if is_telling(item, one)]
    if not learned:
        where = ", ".join(folder or "this project" for folder in folders)
        raise InferError(
            f"no file in {where} names documents that are there, as an index would; name the index with --index, or "
            "have one made with --new"
        )
    return learned


def _refuse(tree: Tree, config: Config, path: str) -> None:
    place = contract_place(tree, config, path)
    if place is not None:
        raise InferError(f"{path} has a contract already, in {place}: --force replaces it")


def _learned(tree: Tree, found: Candidate) -> list[Learned]:
    return [learn(collection, tree, found.universe) for collection in found.collections]


def _named(listing: Listing, config: Config, path: str) -> Candidate:
    try:
        found = candidate(listing, config, path)
    except ReadError as error:
        reason = "there is no such file" if error.kind == "absent" else " ".join(error.detail) or error.kind
        raise InferError(f"the index {path} cannot be read: {reason}") from None
    if found is None:
        raise InferError(_unrelated(listing, config, path))
    if not is_related(found):
        lost = sum(part.reading.lost for part in found.collections)
        raise InferError(
            f"{path} and the documents do not relate: {len(found.named)} of its entries lead to a file, {lost} do not"
        )
    return found


def _unrelated(listing: Listing, config: Config, path: str) -> str:
    """Why an index names no document that a contract of it could speak of."""
    named = outside(listing, config, path)
    if not named:
        return f"{path} and the documents do not relate: it names no file that is there"
    above = posixpath.commonpath([posixpath.dirname(path), *map(posixpath.dirname, named)])
    files = f"{len(named)} files, all" if len(named) > 1 else "one file,"
    return (
        f"{path} names {files} outside of its own folder, where the globs of a contract do not reach: write a contract "
        f"without `documents` yourself, or move the index to {above or 'the root of the project'}"
    )


class Made(NamedTuple):
    """Indexes that do not exist yet, by path, and what was learned for them."""

    learned: tuple[Learned, ...]
    indexes: Mapping[str, bytes]


def learn_new(tree: Tree, config: Config, folders: Sequence[str]) -> Made:
    """Make an index for the documents of each folder.

    Raises:
        InferError: a folder has an index, or no documents.
    """
    learned: list[Learned] = []
    indexes: dict[str, bytes] = {}
    listing = Listing(tree)
    for folder in folders or ("",):
        path = posixpath.join(folder, INDEX_NAME)
        if tree.there(path):
            raise InferError(f"{path} is there already: without --new its contract is learned")
        try:
            new = create(tree, universe_of(listing, config, path))
        except NothingToListError as error:
            raise InferError(str(error)) from None
        learned.append(new.learned)
        indexes[new.path] = new.content
    return Made(tuple(learned), indexes)
