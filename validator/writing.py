"""Files that a run writes beside its report on stdout: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable


class WriteError(Exception):
    """A file cannot be written; the message says which, and why."""


def check_place(path: str) -> None:
    """Find out before the work begins that a file cannot be written.

    Raises:
        WriteError: it is a folder, or its folder is not there or takes no files.
    """
    folder = os.path.dirname(os.path.realpath(path))
    if os.path.isdir(path):
        raise _refusal(path, "it is a folder")
    if not os.path.isdir(folder):
        raise _refusal(path, f"there is no folder {os.path.dirname(path)}")
    if not os.access(folder, os.W_OK) and not _is_special(path):
        raise _refusal(path, "Permission denied")


def write_whole(path: str, pieces: Iterable[str]) -> None:
    """Write a file under another name and put it in its place when it is complete. Pipes and devices are written to.

    Raises:
        WriteError: it cannot be written; what stood there before still does.
    """
    if _is_special(path):
        _write(path, path, pieces)
        return
    target = os.path.realpath(path)
    draft = os.path.join(os.path.dirname(target), f".{os.path.basename(target)}.{os.getpid()}.tmp")
    try:
        _write(path, draft, pieces)
        with contextlib.suppress(OSError):  # A new file gets its rights from the umask.
            os.chmod(draft, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(draft, target)
    except OSError as error:
        raise _refusal(path, str(error.strerror)) from None
    finally:
        with contextlib.suppress(OSError):
            os.unlink(draft)


def append(path: str, pieces: Iterable[str]) -> None:
    """Add to the end of a file.

    Raises:
        WriteError: it cannot be written.
    """
    _write(path, path, pieces, "a")


def _is_special(path: str) -> bool:
    return os.path.exists(path) and not os.path.isfile(path)


def _write(path: str, target: str, pieces: Iterable[str], mode: str = "w") -> None:
    try:
        with open(target, mode, encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(pieces)
    except OSError as error:
        raise _refusal(path, str(error.strerror)) from None


def _refusal(path: str, reason: str) -> WriteError:
    return WriteError(f"{path} cannot be written: {reason}")
