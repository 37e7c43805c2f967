"""The project that the arguments speak of, and what it is compared with."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

from validator.baseline import Baseline, BaselineError, read_baseline
from validator.cache import Memory
from validator.cli.output import say
from validator.discover import (
    INDEX_NAME,
    Prepared,
    UsageError,
    chosen_by,
    find_config,
    find_sources,
    is_shadowed,
    prepare,
    reason_of,
    relative,
    unread_configs,
)
from validator.settings import PYPROJECT, Config
from validator.tree import ReadError, Tree

if TYPE_CHECKING:
    from validator.revision import Base


class Project(NamedTuple):
    """What is checked, seen from the working folder: its files, its configuration, its corpora."""

    tree: Tree
    config: Config
    prepared: list[Prepared]
    working: str


def working_folder(paths: Iterable[str]) -> str:
    """The working folder, once it is there and the paths of the command line can be paths."""
    for path in paths:
        if "\0" in path:
            raise UsageError("a path holds a NUL character")
    try:
        return os.getcwd()
    except FileNotFoundError:
        raise UsageError("the working folder is not there any more") from None


def open_project(
    arguments: SimpleNamespace, working: str, tree: Tree, *, sparingly: bool = False, memory: Memory | None = None
) -> Project:
    """Find the corpora that the arguments speak of, and read their contracts and indexes.

    `sparingly` leaves out what may be in accord, of which `memory` may know; whoever wants to see all of it may not.
    """
    config = find_config(tree, arguments.config, working)
    named = tuple(relative(tree, path, working) for path in arguments.paths)
    sources = find_sources(tree, config, named)
    prepared = prepare(tree, config, sources, sparingly=sparingly, memory=memory)
    return Project(tree, config, chosen_by(prepared, tree, named), working)


def open_base(arguments: SimpleNamespace, project: Project) -> Base | None:
    """The revision to compare with; `None` where none is asked for, or it is not in this clone, which is said then."""
    name = arguments.against
    if name is None:
        for option in ("--new-only",) if arguments.new_only else ("--require-base",) if arguments.require_base else ():
            raise UsageError(f"{option} needs --against REV")
        return None
    from validator.revision import MissingBaseError, find_base  # noqa: PLC0415 - few runs are compared with a revision

    current = "HEAD" if arguments.rev is None else arguments.rev
    try:
        return find_base(project.tree, name, current, arguments.config, project.working)
    except MissingBaseError as error:
        if arguments.require_base:
            raise UsageError(f"--against: {error}") from None
        shown = ", and findings that are not new are shown too" if arguments.new_only else ""
        say(f"indexlint: --against: {error}; skipped: taken, changed and retired IDs (ID110, ID107){shown}")
        return None


def open_baseline(arguments: SimpleNamespace, project: Project) -> Baseline | None:
    """The accepted findings, read like every file of the project. A run that writes them anew only replaces them."""
    name = arguments.baseline
    if name is None:
        return None
    path = relative(project.tree, name, project.working)
    if arguments.write_baseline and not project.tree.there(path):
        return None
    try:
        baseline = read_baseline(path, project.tree.read(path, 1 << 28))
    except ReadError as error:
        reason = _lacks(arguments) if error.kind == "absent" else reason_of(error)
        raise UsageError(f"the baseline {name} cannot be read: {reason}") from None
    except BaselineError as error:
        spared = ", and it is not written over" if arguments.write_baseline else ""
        raise UsageError(f"{error}{spared}") from None
    return None if arguments.write_baseline else baseline


def _lacks(arguments: SimpleNamespace) -> str:
    """Where a file is not that a run reads its files from."""
    if arguments.staged:
        return "it is not staged; `git add` it"
    if arguments.rev is not None:
        return f"{arguments.rev} does not have it"
    return "there is no such file; --write-baseline makes it"


def no_index(tree: Tree) -> None:
    """Say that there is nothing to check, and what would be."""
    kind = "a file named" if tree.takes_all else "a tracked"
    say(f"indexlint: no index found: an index is {kind} {INDEX_NAME}, or a file that indexlint.yaml lists{_hint(tree)}")


def _hint(tree: Tree) -> str:
    """Why a file that is named as an index is none."""
    named, waiting = (sorted(filter(_is_called_index, paths)) for paths in (tree.files(), tree.untracked()))
    there = next(filter(tree.there, named), None)
    if there is not None:
        return f"; `exclude` takes {there} away"
    if waiting:
        return f"; git does not track {waiting[0]}: git add it, or name it on the command line"
    return f"; git tracks {named[0]}, but it is not on disk" if named else ""


def _is_called_index(path: str) -> bool:
    return path.rpartition("/")[2] == INDEX_NAME


def notices_on(project: Project, arguments: SimpleNamespace) -> tuple[str, ...]:
    """What is said beside the findings of what this user has, and others may not have."""
    return (*_untracked(project, arguments), *_unread(project))


def _untracked(project: Project, arguments: SimpleNamespace) -> Iterator[str]:
    """A word on files that this run was told of and that nobody else will have: git does not track them."""
    tree, files = project.tree, project.tree.files()
    if tree.takes_all or arguments.staged or arguments.rev is not None:
        return
    named = [relative(tree, path, project.working) for path in arguments.paths]
    checked = {path for item in project.prepared for path in (item.contract.path, *item.documents)}
    for path in dict.fromkeys([project.config.path, *named]):
        if path is not None and path not in files and os.path.isfile(os.path.join(tree.root, path)):
            left = "" if path == project.config.path or path in checked else ", so it was not checked"
            yield f"git does not track {path}{left}: git add it"


def _unread(project: Project) -> Iterator[str]:
    """A word on a configuration that was put beside an index, and not into the root, or that another one hides."""
    if is_shadowed(project.tree, project.config):
        yield f"tool.indexlint in {PYPROJECT} is not read: {project.config.path} is there, and goes first"
    for path in unread_configs(project.tree, project.config)[:1]:
        yield f"{path} is not read: it counts in the root of the project alone; move it there, or take --config {path}"
