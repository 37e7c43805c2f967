"""The configuration of a project, and which corpora it has."""

import posixpath
import re
from collections.abc import Iterable
from typing import NamedTuple

from validator.compose import Value
from validator.contract import ContractFault, Statement
from validator.discover.project import UsageError, relative
from validator.globs import chosen
from validator.late import regex
from validator.model import Place
from validator.settings import CONFIG_NAMES, MISNAMED, PYPROJECT, Config, read_config
from validator.tree import ReadError, Tree, files_called

INDEX_NAME = "INDEX.md"
_TABLE = regex(rb"^[ \t]*\[\[?[ \t]*tool[ \t]*\.[ \t]*indexlint[ \t]*[.\]]", re.MULTILINE)


class Source(NamedTuple):
    """A corpus before anything of it is read: its index, and what a configuration file states of it.

    `remaining` holds the content of an index that is gone, as the last commit has it.
    """

    path: str | None
    folder: str
    statement: Statement | None = None
    gone: bytes | None = None


def find_config(tree: Tree, explicit: str | None, working: str) -> Config:
    """The configuration file: the one that is named, else the first of its names that stands in the root.

    Raises:
        UsageError: the named one cannot be read.
    """
    if explicit is not None:
        path = relative(tree, explicit, working)
        try:
            return read_config(path, tree.read(path, 1 << 24)) or Config(path)
        except ReadError as error:
            raise UsageError(f"the configuration file {explicit} cannot be read: {reason_of(error)}") from None
    for name in CONFIG_NAMES:
        try:
            found = read_config(name, tree.read(name, 1 << 24))
        except ReadError as error:
            if error.kind == "absent":
                continue
            fault = ContractFault(Place(name), f"this configuration file cannot be read: {reason_of(error)}")
            return Config(name, faults=(fault,))
        if found is not None:
            return found
    for name in MISNAMED:
        if tree.there(name):
            fault = ContractFault(Place(name), f"this file is not read: name it {CONFIG_NAMES[0]}")
            return Config(name, faults=(fault,))
    return Config()


def unread_configs(tree: Tree, config: Config) -> list[str]:
    """The configuration files that do not stand in the root, where nothing else configures the project."""
    return [] if config.path is not None else files_called(tree.files(), CONFIG_NAMES[0])


def is_shadowed(tree: Tree, config: Config) -> bool:
    """Whether `pyproject.toml` configures the project too, and is not read because the other file is there."""
    if config.path != CONFIG_NAMES[0]:
        return False
    try:
        return _TABLE.search(tree.read(PYPROJECT, 1 << 24)) is not None
    except ReadError:
        return False


def reason_of(error: ReadError) -> str:
    """Why a file cannot be read, in words."""
    if error.kind == "absent":
        return "there is no such file"
    if error.kind == "too-large":
        return "it has {1} bytes, of {2} at most".format(*error.detail)
    return f"it is {error.detail[0]}" if error.kind == "not-a-file" else " ".join(error.detail)


def find_sources(tree: Tree, config: Config, named: tuple[str, ...]) -> list[Source]:
    """The corpora of a project: those that the configuration file lists, else every file named INDEX.md.

    `named` are the paths of the command line, relative to the root: an index among them counts although untracked.
    """
    if config.corpora:
        return _told_apart(_configured(config, statement) for statement in config.corpora)
    found = {path for path in files_called(tree.files(), INDEX_NAME) if not _excluded(config, path)}
    for path in named:
        found |= {path} if _is_index(tree, path) else set()
        inner = posixpath.join(path, INDEX_NAME)
        found |= {inner} if inner not in found and tree.there(inner) else set()
    gone = {path: data for path, data in tree.vanished(INDEX_NAME).items() if not _excluded(config, path)}
    sources = [Source(path, posixpath.dirname(path)) for path in sorted(found - gone.keys())]
    return sources + [Source(path, posixpath.dirname(path), gone=data) for path, data in sorted(gone.items())]


def _told_apart(sources: Iterable[Source]) -> list[Source]:
    """The sources without those that say the same of the same index as an earlier one, its path spelt otherwise."""
    kept: list[Source] = []
    for source in sources:
        if not any(source.path == other.path and _rest(source) == _rest(other) for other in kept):
            kept.append(source)
    return kept


def _rest(source: Source) -> dict[str, Value]:
    return {key: value for key, value in source.statement.value.items() if key != "index"} if source.statement else {}


def _is_index(tree: Tree, path: str) -> bool:
    return posixpath.basename(path) == INDEX_NAME and tree.there(path)


def _excluded(config: Config, path: str) -> bool:
    return bool(config.exclude) and chosen(config.exclude, path)


def _configured(config: Config, statement: Statement) -> Source:
    base = posixpath.dirname(config.path or "")
    index = str(statement.value.get("index"))
    if index == "none":
        return Source(None, base, statement)
    path = posixpath.normpath(posixpath.join(base, index))
    return Source(path, posixpath.dirname(path), statement)
