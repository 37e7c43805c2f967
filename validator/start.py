"""Where the command starts: answers from the cache, if it can, before all that a check needs is imported.

Most runs of a hook find nothing changed. Then two questions to git and one file say all there is to say, and importing
the rules would take several times as long. Whatever is not the plainest of such runs is the command line's.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from validator import __version__
from validator.brief import Brief, brief
from validator.git import Ahead, TreeError, is_repository, last_commit, settings_of, top_level

if TYPE_CHECKING:
    from validator.cache import Opened
    from validator.findings import Report
    from validator.tree import Tree


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Gives the exit code: 0 nothing found, 1 findings, 2 could not do the job."""
    arguments = sys.argv[1:] if argv is None else argv
    started = time.perf_counter()
    said = brief(arguments) if sys.stderr is not None else None
    opened = None if said is None else _opened(said)
    report = None if opened is None else _recalled(opened)
    if report is None:
        from validator import cli  # noqa: PLC0415 - all that a run needs that is not recalled

        return cli.main(argv, opened)
    if said is not None and not said.quiet:
        _say(report._replace(seconds=time.perf_counter() - started))
    return 0


def _say(report: Report) -> None:
    from validator.findings import summed_up  # noqa: PLC0415 - as in `_opened`

    with suppress(OSError):  # A full disk behind stderr changes no verdict.
        sys.stderr.write("".join(f"indexlint: {notice}\n" for notice in report.notices))
        sys.stderr.write(f"{summed_up(report)}\n")


def _opened(said: Brief) -> Opened | None:
    """The project of the working folder and its cache; `None` where the command line had better look for itself."""
    moment = time.time_ns()
    try:
        working = os.path.realpath(os.getcwd())
        if not is_repository(working):
            return None
        tree = _staged(working) if said.staged else _worktree(working, is_remembered=not said.no_cache)
        if tree is None:
            return None
        from validator.cache import Memory, Opened, Store, cache_folder, tool  # noqa: PLC0415

        if not said.is_all or said.no_cache or "GITHUB_ACTIONS" in os.environ:
            return Opened(tree, moment)
        store = Store(said.cache_dir or os.environ.get("INDEXLINT_CACHE_DIR") or cache_folder(tree.root, os.environ))
        return Opened(tree, moment, Memory(store, tool(__version__), moment))
    except (OSError, TreeError):
        return None


def _worktree(working: str, *, is_remembered: bool) -> Tree | None:
    """The working tree that a folder belongs to; git is asked what every check asks."""
    found, settings = Ahead(partial(top_level, working)), Ahead(partial(settings_of, working))
    # Imported while git is looking for its answers.
    from validator.tree import GitWorktree  # noqa: PLC0415

    settings.wait()  # Processes may be forked next, and a thread does not come along.
    root = found()
    if root is None:
        return None
    tree = GitWorktree(os.path.realpath(root))
    tree.foresee(is_remembered=is_remembered, settings=settings)
    return tree


def _staged(working: str) -> Tree | None:
    """What git's index holds of the repository that a folder belongs to."""
    found, head = Ahead(partial(top_level, working)), Ahead(partial(last_commit, working))
    from validator.tree import staged  # noqa: PLC0415 - as above

    head.wait()
    root = found()
    return None if root is None else staged(os.path.realpath(root), head())


def _recalled(opened: Opened) -> Report | None:
    from validator.cache import PLAIN  # noqa: PLC0415 - as above

    try:
        if opened.memory is None:
            return None
        return opened.memory.recall(opened.tree, PLAIN, time.strftime("%Y-%m-%d"))
    except (OSError, TreeError):
        return None
