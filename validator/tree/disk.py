"""Files on disk: read with one open, never a pipe that waits, never through a link that leads out of the project."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator

from validator.tree.source import ReadError, too_large

_CHUNK = 65_536
# What the allocator gives again and again without asking the system for pages.
_PIECE = 1 << 17
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
A_FOLDER = "a folder"
_KINDS = {stat.S_IFDIR: A_FOLDER, stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
_A_DEVICE = "a device"


class IsLinkError(Exception):
    """What stands there is a symbolic link, which the caller has to follow."""


def read_regular(root: str, path: str, limit: int) -> bytes:
    """Read a regular file below `root`; its last part is not followed if it is a link.

    Raises:
        ReadError: see `Tree.read`.
        IsLinkError: it is a symbolic link.
    """
    descriptor = _opened(root, path)
    try:
        data = os.read(descriptor, _CHUNK)
        # Only of a regular file its size can be asked like this, and it costs a third of what its status does.
        is_whole = 0 < len(data) < _CHUNK and len(data) <= limit and os.lseek(descriptor, 0, os.SEEK_END) == len(data)
        return data if is_whole else _drained(descriptor, limit)
    except OSError:
        return _drained(descriptor, limit)
    finally:
        os.close(descriptor)


def _drained(descriptor: int, limit: int) -> bytes:
    """All that an open file holds, once it is seen to be a regular one."""
    size = _size(descriptor, limit)
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        parts = [os.read(descriptor, max(size, 1))]
        while part := os.read(descriptor, _PIECE):
            parts.append(part)
    except OSError as error:
        raise ReadError("unreadable", str(error.strerror)) from None
    return b"".join(parts)


def stream_regular(root: str, path: str, limit: int | None, start: int) -> Iterator[bytes]:
    """The same in pieces, from byte `start` on.

    Raises:
        ReadError: see `Tree.read`.
        IsLinkError: it is a symbolic link.
    """
    descriptor = _opened(root, path)
    try:
        _size(descriptor, limit)
        os.lseek(descriptor, start, os.SEEK_SET)
        while piece := os.read(descriptor, _PIECE):
            yield piece
    except OSError as error:
        raise ReadError("unreadable", str(error.strerror)) from None
    finally:
        os.close(descriptor)


def _opened(root: str, path: str) -> int:
    try:
        return os.open(f"{root}/{path}", _FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        raise ReadError("absent") from None
    except ValueError:
        raise ReadError("absent", "no file can have this name") from None
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise ReadError("not-a-file", "a socket") from None
        if error.errno != errno.ELOOP:
            raise ReadError("unreadable", str(error.strerror)) from None
        raise IsLinkError from None


def _size(descriptor: int, limit: int | None) -> int:
    """The size of what was opened, if it is a regular file within the limit."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise ReadError("not-a-file", _KINDS.get(stat.S_IFMT(status.st_mode), _A_DEVICE))
    size = status.st_size
    if limit is not None and size > limit:
        raise too_large(size, limit)
    return size


def read_file(root: str, path: str, limit: int) -> bytes:
    """Read a regular file below `root`, or the file inside it that a link leads to.

    Raises:
        ReadError: see `Tree.read`.
    """
    try:
        return read_regular(root, path, limit)
    except IsLinkError:
        target, fault = follow(root, path)
        if fault:
            raise ReadError("symlink", fault) from None
        return read_file(root, target, limit)


def is_inside(root: str, path: str) -> bool:
    """Whether the folder of `path`, its links followed, lies below the root."""
    base = os.path.realpath(root)
    try:
        return _below(base, os.path.realpath(os.path.join(base, os.path.dirname(path))))
    except ValueError:  # No file can have this name, so it leads nowhere.
        return True


def is_there(root: str, path: str) -> bool:
    """Whether something of this path exists on disk, inside the root."""
    return os.path.lexists(os.path.join(root, path)) and is_inside(root, path)


def what_is(root: str, path: str) -> str:
    """What stands below `root` instead of a file or a symbolic link, in words; empty where it is one of these."""
    try:
        mode = os.lstat(os.path.join(root, path)).st_mode
    except OSError:  # It is gone by now.
        return ""
    return "" if stat.S_ISREG(mode) or stat.S_ISLNK(mode) else _KINDS.get(stat.S_IFMT(mode), _A_DEVICE)


def follow(root: str, path: str) -> tuple[str, str]:
    """Where a symbolic link leads: the path it ends at, and what is wrong with it (empty where nothing is)."""
    base = os.path.realpath(root)
    full = os.path.join(base, path)
    try:
        real = os.path.realpath(full, strict=True)
    except (FileNotFoundError, NotADirectoryError):
        return "", f"it is broken: it leads to {_target(full)}"
    except OSError as error:
        return "", "it leads in a circle" if error.errno == errno.ELOOP else str(error.strerror)
    inside = os.path.relpath(real, base).replace(os.sep, "/")
    if not _below(base, real):
        return "", f"it leads outside the project, to {_target(full)}"
    if inside == ".git" or inside.startswith(".git/"):
        return "", f"it leads into git's own folder, to {_target(full)}"
    return inside, ""


def _target(full: str) -> str:
    """What a link says, or its name where only a folder above it is one, or where it is gone by now."""
    try:
        return repr(os.readlink(full))
    except OSError:
        return repr(os.path.basename(full))


def _below(base: str, real: str) -> bool:
    return os.path.commonpath((base, real)) == base
