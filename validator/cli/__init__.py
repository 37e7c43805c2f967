"""The command line: the only room that prints, exits, or reads the environment, the clock and the terminal."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import SimpleNamespace

from validator.brief import brief, in_full
from validator.cache import Opened
from validator.cli.output import FAILED, say
from validator.discover import UsageError
from validator.tree import TreeError
from validator.writing import WriteError

# They come with a version to come, and are known so that nobody takes them for misspelt.
_NOT_YET = frozenset({"fix", "merge"})


def main(argv: Sequence[str] | None = None, opened: Opened | None = None) -> int:
    """Run the command. Gives the exit code: 0 nothing found, 1 findings, 2 could not do the job.

    `opened` is the project of the working folder, where a check of all of it was begun already.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # Closed by whoever started the command, as with `2>&-`.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - to the end of the process
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    arguments = _arguments(argv)
    # All values are acyclic tuples, so the collector of cycles finds nothing and would double the time of a large run.
    gc.disable()
    try:
        return _run(arguments, opened)
    except (UsageError, TreeError, WriteError) as error:
        say(f"indexlint: {error}")
        return FAILED
    except BrokenPipeError:
        # Whoever read the report has closed it; what is left must not be flushed into nothing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        say("indexlint: interrupted")
        return FAILED
    except Exception as error:  # noqa: BLE001 - a user never sees a traceback
        say(f"indexlint: internal error, please report it: {type(error).__name__}: {error}")
        return FAILED
    finally:
        gc.enable()


def _arguments(argv: Sequence[str] | None) -> SimpleNamespace:
    said = brief(sys.argv[1:] if argv is None else argv)
    if said is not None and said.is_all:
        return in_full(said)
    from validator.arguments import parser  # noqa: PLC0415 - see `brief`

    return parser().parse_args(argv, SimpleNamespace())


def _run(arguments: SimpleNamespace, opened: Opened | None) -> int:
    """Run the command that is asked for. The others are not imported."""
    name = arguments.command
    if name in _NOT_YET:
        say(f"indexlint: the command `{name}` is not there yet")
        return FAILED
    module = import_module(f"validator.cli.{name}")
    command: Callable[..., int] = getattr(module, name)
    return command(arguments) if opened is None else command(arguments, opened)
