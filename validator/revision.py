"""The revision that a project is compared with: what stands there, and the commit that both go back to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from validator.discover import Prepared, find_config, find_sources, prepare
from validator.settings import Config
from validator.tree import Folder, Revision, Tree, TreeError, at_revision, is_shallow, merge_base, resolve


class Base(NamedTuple):
    """Another revision to hold a project against: its name, its files, its corpora.

    `before` gives the files of the commit that both go back to, or `None` where that is not known.
    """

    name: str
    tree: Tree
    config: Config
    prepared: Sequence[Prepared]
    before: Callable[[], Mapping[str, str] | None]


class MissingBaseError(Exception):
    """The revision is not in this clone; the message says so."""


def find_base(tree: Tree, name: str, current: str, config: str | None, working: str) -> Base:
    """The revision `name` to compare a project with, which itself is at the revision `current`.

    `config` is the configuration file that the command line names, if it does.

    Raises:
        MissingBaseError: the revision is not in this clone.
        TreeError: there is no repository, or the name could be taken for an option.
    """
    if isinstance(tree, Folder):
        raise TreeError(f"--against needs a git repository, and there is none in {tree.root} or above it")
    # Where there is nothing before, CI and git itself name an object of zeros.
    revision = resolve(tree.root, name) if name.strip("0") else None
    if revision is None:
        hint = ": this clone is shallow, so fetch it first" if is_shallow(tree.root) else ""
        raise MissingBaseError(f"git does not know the revision {name!r}{hint}")
    there = at_revision(tree.root, revision)
    found = find_config(there, config, working)
    sources = find_sources(there, found, ())
    prepared = prepare(there, found, sources)
    return Base(name, there, found, prepared, lambda: _common(tree.root, revision, current))


def _common(root: str, revision: Revision, current: str) -> Mapping[str, str] | None:
    own = resolve(root, current)
    if revision.commit is None or own is None or own.commit is None:
        return None
    found = merge_base(root, revision.commit, own.commit)
    common = resolve(root, found) if found else None
    return None if common is None else at_revision(root, common).files()
