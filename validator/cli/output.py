"""What a run says: its report on stdout, all else on stderr, how it went by its exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

from validator.discover import UsageError
from validator.progress import DELAY, Progress
from validator.reporters.paint import paint
from validator.text import printable

OK, FINDINGS, FAILED = 0, 1, 2


def tell(line: str) -> None:
    """Print a line."""
    emit([printable(line) + "\n"])


def say(line: str) -> None:
    """Say a line on stderr."""
    with suppress(OSError):  # A full disk behind stderr changes no verdict.
        sys.stderr.write(printable(line) + "\n")


def emit(pieces: Iterable[str], *, colour: bool = False) -> None:
    """Print the pieces of a report one by one. Raises `UsageError` where they cannot be written."""
    try:
        for piece in pieces:
            sys.stdout.write(paint(piece) if colour else piece)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"the output cannot be written: {error.strerror}") from None


def wants_colour(choice: str) -> bool:
    """Whether stdout is to be coloured: as `--color` says, else as the environment and the terminal do."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def sign_of_life() -> Progress:
    """Progress on stderr, for whoever looks at it."""

    def write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()

    is_seen = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return Progress(write if is_seen else None, DELAY)
