"""What a check asks of the cache, and where that is."""

from __future__ import annotations

import os
from types import SimpleNamespace

from validator import __version__
from validator.cache import Memory, Store, cache_folder, tool
from validator.cli.targets import overwritten
from validator.discover import relative
from validator.tree import Tree

Question = tuple[object, ...]
_VARIABLE = "INDEXLINT_CACHE_DIR"
# What a question to the cache says by itself.
_ASKED = ("select", "ignore", "config")
# What the verdict does not depend on. It does on the tree, which answers for itself, wherever its content comes from.
_BESIDE = frozenset(
    {
        "paths", "staged", "rev", "fail_on", "format", "report", "color", "quiet", "jobs", "no_cache", "cache_dir",
        "command", "statistics",
    }
)  # fmt: skip


def question_of(arguments: SimpleNamespace, tree: Tree, working: str) -> Question | None:
    """What is asked of the tree, for the cache; `None` where an option is set that the cache does not know."""
    others = (value for name, value in vars(arguments).items() if name not in {*_ASKED, *_BESIDE})
    if any(value is not None and value is not False for value in others):
        return None
    if overwritten(arguments, tree):
        return None  # Whether these files may be written over, only a run can say that knows the corpora.
    named = tuple(relative(tree, path, working) for path in arguments.paths)
    folder = "" if arguments.config is None else relative(tree, working, working)
    return (named, folder, *(getattr(arguments, name) for name in _ASKED))


def find_memory(arguments: SimpleNamespace, tree: Tree, moment: int) -> Memory | None:
    """The cache: in the folder that is asked for, else in git's own, else in the user's.

    Nothing of the tree was asked before the `moment` (nanoseconds since 1970).
    """
    if arguments.no_cache:
        return None
    folder = arguments.cache_dir or os.environ.get(_VARIABLE) or cache_folder(tree.root, os.environ)
    return Memory(Store(folder), tool(__version__), moment)


def why_not_kept(arguments: SimpleNamespace, memory: Memory | None) -> str:
    """Why nothing can be kept in the folder that somebody named; empty where it can, or none was named.

    The cache's own places stay silent: a project that cannot be written to is no fault of whoever checks it.
    """
    if memory is None or not memory.store.fault or memory.store.folder == os.devnull:
        return ""
    named_by = "--cache-dir" if arguments.cache_dir else _VARIABLE if os.environ.get(_VARIABLE) else ""
    return f"{named_by}: nothing can be kept in {memory.store.folder}: {memory.store.fault}" if named_by else ""
