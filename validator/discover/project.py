"""Which project a command speaks of, and where its content comes from."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from validator.settings import CONFIG_NAMES, PYPROJECT
from validator.tree import (
    Folder,
    GitWorktree,
    Revision,
    Tree,
    at_revision,
    is_bare,
    is_repository,
    resolve,
    staged,
    top_level,
)


class UsageError(Exception):
    """The command was held wrongly; the message says how to hold it."""


class Wanted(NamedTuple):
    """Where the content is to come from: a revision, else git's index, else the working tree or folder."""

    rev: str | None = None
    staged: bool = False


def find_tree(paths: Iterable[str], working: str, wanted: Wanted | None = None, *, is_remembered: bool = True) -> Tree:
    """The project that the paths (else the working folder) belong to, as a source of files.

    `is_remembered` says that there is a cache, which asks what is modified.

    Raises:
        UsageError: a path exists nowhere, git does not know the revision, or there is no repository.
        TreeError: git refuses to read the repository, or there is none where one is needed.
    """
    start = _start(paths, working)
    wanted = wanted or Wanted()
    if wanted != Wanted() and not is_repository(start):
        option = "--staged" if wanted.staged else "--rev"
        raise UsageError(f"{option} needs a git repository, and there is none in {start} or above it")
    if wanted.rev is not None:
        root = _root(start, working)
        return at_revision(root, known_revision(root, wanted.rev))
    if wanted.staged:
        root = _root(start, working)
        head = resolve(root, "HEAD")
        tree = staged(root, head.commit if head else None)
        if is_bare(start) and not tree.files():
            raise UsageError("this is a bare repository, where nothing is staged: name a commit of it with --rev")
        return tree
    top = top_level(start)
    if top is not None:
        worktree = GitWorktree(os.path.realpath(top))
        worktree.foresee(is_remembered=is_remembered)
        return worktree
    root = _configured_above(start) or (
        os.path.realpath(working) if _is_inside(start, os.path.realpath(working)) else start
    )
    return Folder(root, f"not in a git repository: all files of {root} count")


def known_revision(root: str, name: str) -> Revision:
    """The object IDs of a revision.

    Raises:
        UsageError: git does not know it.
        TreeError: the name could be taken for an option.
    """
    found = resolve(root, name)
    if found is None:
        raise UsageError(f"git does not know the revision {name!r}")
    return found


def _root(start: str, working: str) -> str:
    """What paths are relative to where git gives the content: the top level; in a bare repository where we stand."""
    if is_bare(start):
        return os.path.realpath(working)
    return os.path.realpath(top_level(start) or start)


def _start(paths: Iterable[str], working: str) -> str:
    """The folder, one that exists, from which the project is looked for."""
    start = working
    for path in paths:
        full = os.path.join(working, path)
        start = full if os.path.isdir(full) else os.path.dirname(full)
        break
    while not os.path.isdir(start):
        start = os.path.dirname(start)
    return os.path.realpath(start)


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _configured_above(folder: str) -> str | None:
    """The nearest folder upwards that has a configuration file of ours."""
    while True:
        for name in CONFIG_NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name != PYPROJECT or _speaks_of_us(path)):
                return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _speaks_of_us(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"tool.indexlint" in file.read(1 << 20)
    except OSError:
        return False


def relative(tree: Tree, path: str, working: str) -> str:
    """A path of the command line as a path below the root.

    Raises:
        UsageError: it leads out of the project.
    """
    full = os.path.normpath(os.path.join(working, path))
    folder = os.path.realpath(os.path.dirname(full)) if os.path.basename(full) else full
    full = os.path.join(folder, os.path.basename(full))
    inside = os.path.relpath(full, tree.root).replace(os.sep, "/")
    if inside == ".." or inside.startswith("../"):
        raise UsageError(f"{path} lies outside the project {tree.root}")
    return "" if inside == "." else _folder_of(tree, inside)


def _folder_of(tree: Tree, path: str) -> str:
    """The folder that a path leads to, where it is a symbolic link to one; else the path.

    A link to a file stays what it is named, and so does a folder that is a link on disk alone: its files are FS105.
    """
    if path not in tree.files() and not os.path.islink(os.path.join(tree.root, path)):
        return path
    target, fault = tree.follow(path)
    is_folder = (
        not fault and target not in tree.files() and not any(name.startswith(f"{path}/") for name in tree.files())
    )
    return target if is_folder else path
