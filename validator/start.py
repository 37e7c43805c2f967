"""Where the command starts: answers from the cache, if it can, before all that a check needs is imported.

Most runs of a hook find nothing changed. Then two questions to git and one file say all there is to say, and importing
the rules would take several times as long. Whatever is not the plainest of such runs is the command line's.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

from validator import __version__
from validator.cache import PLAIN, Memory, Opened, Store, cache_folder, tool
from validator.findings import Report, summed_up
from validator.tree import GitWorktree, TreeError, top_level


class _Plain(NamedTuple):
    """The arguments of a plain run."""

    quiet: bool = False
    folder: str | None = None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Gives the exit code: 0 nothing found, 1 findings, 2 could not do the job."""
    arguments = sys.argv[1:] if argv is None else argv
    plain = _plain(arguments)
    if plain is not None:
        started = time.perf_counter()
        opened = _opened(plain)
        report = _recalled(opened) if opened is not None else None
        if report is not None:
            if not plain.quiet:
                sys.stderr.write(f"{summed_up(report._replace(seconds=time.perf_counter() - started))}\n")
            return 0
        from validator import cli  # noqa: PLC0415 - all that a run needs that is not recalled

        return cli.main(argv, opened)
    from validator import cli  # noqa: PLC0415 - as above

    return cli.main(argv)


def _plain(arguments: Sequence[str]) -> _Plain | None:
    """What `check` was told, if it was told nothing that matters to the verdict or to what is printed on success."""
    if not arguments or arguments[0] != "check" or "GITHUB_ACTIONS" in os.environ or sys.stderr is None:
        return None
    plain = _Plain(folder=os.environ.get("INDEXLINT_CACHE_DIR"))
    waiting = list(reversed(arguments[1:]))
    while waiting:
        match waiting.pop():
            case "--quiet":
                plain = plain._replace(quiet=True)
            case "--cache-dir" if waiting:
                plain = plain._replace(folder=waiting.pop())
            case "--color" if waiting and waiting[-1] in {"auto", "always", "never"}:
                waiting.pop()
            case _:
                return None
    return plain


def _opened(plain: _Plain) -> Opened | None:
    """The project of the working folder and its cache; `None` where the command line had better look for itself."""
    moment = time.time_ns()
    try:
        root = top_level(os.path.realpath(os.getcwd()))
        if root is None:
            return None
        tree = GitWorktree(os.path.realpath(root))
        tree.foresee(is_remembered=True)
        store = Store(plain.folder or cache_folder(tree.root, os.environ))
        return Opened(tree, Memory(store, tool(__version__), moment))
    except (OSError, TreeError):
        return None


def _recalled(opened: Opened) -> Report | None:
    try:
        return opened.memory.recall(opened.tree, PLAIN, time.strftime("%Y-%m-%d"))
    except (OSError, TreeError):
        return None
