"""Where the command starts: answers from the cache, if it can, before all that a check needs is imported.

Most runs of a hook find nothing changed. Then two questions to git and one file say all there is to say, and importing
the rules would take several times as long. Whatever is not the plainest of such runs is the command line's.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from validator import __version__
from validator.tree import GitWorktree, TreeError, top_level

if TYPE_CHECKING:
    from validator.cache import Opened
    from validator.findings import Report


class _Wanted(NamedTuple):
    """What the arguments of a check of the whole project say: where its cache is, if it may have one.

    `is_plain` says that they say nothing else that matters to the verdict or to what is printed on success.
    """

    quiet: bool = False
    folder: str | None = None
    is_remembered: bool = True
    is_plain: bool = True


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Gives the exit code: 0 nothing found, 1 findings, 2 could not do the job."""
    arguments = sys.argv[1:] if argv is None else argv
    started = time.perf_counter()
    wanted = _wanted(arguments)
    opened = None if wanted is None else _opened(wanted)
    report = None if opened is None else _recalled(opened)
    if report is None:
        from validator import cli  # noqa: PLC0415 - all that a run needs that is not recalled

        return cli.main(argv, opened)
    if wanted is not None and not wanted.quiet:
        _say(report._replace(seconds=time.perf_counter() - started))
    return 0


def _say(report: Report) -> None:
    from validator.findings import summed_up  # noqa: PLC0415 - as in `_opened`

    with suppress(OSError):  # A full disk behind stderr changes no verdict.
        sys.stderr.write("".join(f"indexlint: {notice}\n" for notice in report.notices))
        sys.stderr.write(f"{summed_up(report)}\n")


def run() -> NoReturn:
    """The command as a process of its own.

    It ends without taking apart what it has built: of a large corpus that takes longer than some runs do. Nor does it
    look for cycles in it: modules have some, which stay, and the command's own values have none.
    """
    gc.disable()
    try:
        code = main()
    except KeyboardInterrupt:
        code = _interrupted()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # Whoever read it may be gone.
            if stream is not None:
                stream.flush()
    os._exit(code)


def _interrupted() -> int:
    with suppress(OSError, AttributeError):  # Nobody may be there to hear it.
        sys.stderr.write("indexlint: interrupted\n")
    return 2


# Options that change neither which project is checked nor where its content comes from, with and without a value.
_FLAGS = frozenset({"--quiet", "--no-cache", "--statistics"})
_VALUES = frozenset({"--cache-dir", "--color", "--format", "--jobs", "--fail-on", "--select", "--ignore", "--report"})


def _wanted(arguments: Sequence[str]) -> _Wanted | None:
    """What `check` was told; `None` for whatever had better be read by the command line alone."""
    if not arguments or arguments[0] != "check" or sys.stderr is None:
        return None
    is_plain = "GITHUB_ACTIONS" not in os.environ
    wanted = _Wanted(folder=os.environ.get("INDEXLINT_CACHE_DIR"), is_plain=is_plain)
    waiting = list(reversed(arguments[1:]))
    while waiting:
        option = waiting.pop()
        if option not in _FLAGS and (option not in _VALUES or not waiting):
            return None
        value = waiting.pop() if option in _VALUES else ""
        if option in _VALUES and not value:
            return None  # The command line has words for an empty value.
        if option == "--quiet":
            wanted = wanted._replace(quiet=True)
        elif option == "--cache-dir":
            wanted = wanted._replace(folder=value)
        elif option == "--no-cache":
            wanted = wanted._replace(is_remembered=False)
        elif option != "--color" or value not in {"auto", "always", "never"}:
            wanted = wanted._replace(is_plain=False)
    return wanted


def _opened(wanted: _Wanted) -> Opened | None:
    """The project of the working folder and its cache; `None` where the command line had better look for itself."""
    moment = time.time_ns()
    try:
        root = top_level(os.path.realpath(os.getcwd()))
        if root is None:
            return None
        tree = GitWorktree(os.path.realpath(root))
        tree.foresee(is_remembered=wanted.is_remembered)
        # Imported while git is looking for its answers.
        from validator.cache import Memory, Opened, Store, cache_folder, tool  # noqa: PLC0415

        if not (wanted.is_plain and wanted.is_remembered):
            return Opened(tree, moment)
        store = Store(wanted.folder or cache_folder(tree.root, os.environ))
        return Opened(tree, moment, Memory(store, tool(__version__), moment))
    except (OSError, TreeError):
        return None


def _recalled(opened: Opened) -> Report | None:
    from validator.cache import PLAIN  # noqa: PLC0415 - as above

    try:
        if opened.memory is None:
            return None
        return opened.memory.recall(opened.tree, PLAIN, time.strftime("%Y-%m-%d"))
    except (OSError, TreeError):
        return None
