"""Where bytes come from: a folder, or the files that git tracks in a working tree.

Paths are relative to the root, with `/`; names that are not UTF-8 are kept with surrogate escapes.
Git is only asked, never changed, and never over a network.
"""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Protocol, runtime_checkable

MODE_FILE = "file"
MODE_LINK = "link"
MODE_MODULE = "module"

_MODES = {"120000": MODE_LINK, "160000": MODE_MODULE}
_CHUNK = 65_536
_PIECE = 1 << 20


class TreeError(Exception):
    """The tree cannot be read at all (git refuses, the folder does not exist); the message says why."""


class ReadError(Exception):
    """One file cannot be read. `kind` is `absent`, `unreadable`, `not-a-file`, `symlink` or `too-large`."""

    def __init__(self, kind: str, *detail: str) -> None:
        super().__init__(kind, *detail)
        self.kind = kind
        self.detail = detail


class Tree(Protocol):
    """A source of files."""

    root: str
    notice: str

    def files(self) -> Mapping[str, str]:
        """The files of the universe: path to mode (`file`, `link`, `module`)."""

    def untracked(self) -> frozenset[str]:
        """Files that are there, are not ignored, and do not belong to the universe."""

    def read(self, path: str, limit: int) -> bytes:
        """The content of a file of at most `limit` bytes.

        Raises:
            ReadError: it is absent, larger, no regular file, or cannot be read.
        """

    def there(self, path: str) -> bool:
        """Whether something of this path exists, in the universe or not."""

    def vanished(self, name: str) -> Mapping[str, bytes]:
        """Files of this name that the last commit has and the universe has no more: path to content."""


@runtime_checkable
class Streaming(Protocol):
    """A source of files that need not fit into memory."""

    def stream(self, path: str, limit: int | None, start: int = 0) -> Iterator[bytes]:
        """The content of a file in pieces, from byte `start` on, for files that need not fit into memory.

        Raises:
            ReadError: as `read` does, when the first piece is asked for; of a failing disk, later.
        """


def in_pieces(tree: Tree, path: str, limit: int | None, start: int = 0) -> Iterator[bytes]:
    """The content of a file in pieces, from byte `start` on; in one piece where the tree cannot do better.

    Raises:
        ReadError: as `Tree.read` does, when the first piece is asked for; of a failing disk, later.
    """
    if isinstance(tree, Streaming):
        yield from tree.stream(path, limit, start)
    else:
        yield tree.read(path, sys.maxsize if limit is None else limit)[start:]


class Folder:
    """All files below a folder: the universe where git has no say."""

    def __init__(self, root: str, notice: str = "") -> None:
        self.root = root
        self.notice = notice
        self._files: dict[str, str] | None = None

    def files(self) -> Mapping[str, str]:
        """Every file below the root, `.git` folders left out."""
        if self._files is None:
            self._files = {}
            for folder, names, files in os.walk(self.root):
                names[:] = sorted(name for name in names if name != ".git")
                links = [name for name in names if os.path.islink(os.path.join(folder, name))]
                prefix = os.path.relpath(folder, self.root).replace(os.sep, "/") + "/"
                prefix = "" if prefix == "./" else prefix
                for name in sorted(files) + links:
                    is_link = os.path.islink(os.path.join(folder, name))
                    self._files[prefix + name] = MODE_LINK if is_link else MODE_FILE
        return self._files

    def untracked(self) -> frozenset[str]:
        """Nothing: all files belong."""
        return frozenset()

    def read(self, path: str, limit: int) -> bytes:
        """The file's bytes from disk; a file that the listing saw and that is gone now is `unreadable`."""
        try:
            return _read_inside(self, path, limit)
        except ReadError as error:
            if error.kind == "absent" and path in self.files():
                raise ReadError("unreadable", "it vanished while it was being checked") from None
            raise

    def stream(self, path: str, limit: int | None, start: int = 0) -> Iterator[bytes]:
        """The file's bytes from disk, in pieces."""
        try:
            yield from _stream_inside(self, path, limit, start)
        except ReadError as error:
            if error.kind == "absent" and path in self.files():
                raise ReadError("unreadable", "it vanished while it was being checked") from None
            raise

    def there(self, path: str) -> bool:
        """Whether the path exists on disk."""
        return os.path.lexists(os.path.join(self.root, path))

    def vanished(self, name: str) -> Mapping[str, bytes]:  # noqa: ARG002 - the protocol's signature
        """Nothing: a folder has no history."""
        return {}


class GitWorktree:
    """The tracked files of a git working tree, with their content on disk."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.notice = ""
        self._files: dict[str, str] | None = None

    def files(self) -> Mapping[str, str]:
        """What `git ls-files` lists, an unmerged path once."""
        if self._files is None:
            self._files = {}
            for record in _split(git(self.root, "ls-files", "-s", "-z")):
                mode, _, rest = record.partition(" ")
                self._files[rest.partition("\t")[2]] = _MODES.get(mode, MODE_FILE)
        return self._files

    def untracked(self) -> frozenset[str]:
        """What `git ls-files --others --exclude-standard` lists."""
        return frozenset(_split(git(self.root, "ls-files", "-o", "--exclude-standard", "-z")))

    def read(self, path: str, limit: int) -> bytes:
        """The file's bytes from disk; a tracked file that is not there is `absent`."""
        return _read_inside(self, path, limit)

    def stream(self, path: str, limit: int | None, start: int = 0) -> Iterator[bytes]:
        """The file's bytes from disk, in pieces."""
        return _stream_inside(self, path, limit, start)

    def there(self, path: str) -> bool:
        """Whether the path exists on disk."""
        return os.path.lexists(os.path.join(self.root, path))

    def vanished(self, name: str) -> Mapping[str, bytes]:
        """Files of this name in HEAD that git tracks no more, or that are gone from disk."""
        listing = git(self.root, "ls-tree", "-r", "-z", "HEAD", missing_ok=True)
        found: dict[str, bytes] = {}
        for record in _split(listing):
            about, _, path = record.partition("\t")
            _, kind, digest = about.split(" ")
            if kind == "blob" and path.rpartition("/")[2] == name and not (path in self.files() and self.there(path)):
                found[path] = git(self.root, "cat-file", "blob", digest, missing_ok=True)
        return found


def _split(listing: bytes) -> list[str]:
    return [os.fsdecode(record) for record in listing.split(b"\0") if record]


def git(folder: str, *arguments: str, missing_ok: bool = False) -> bytes:
    """What a git command prints; it changes nothing, runs no monitor and asks no network.

    With `missing_ok`, a command that fails (no commit yet) has printed nothing.

    Raises:
        TreeError: git is not installed, or refuses; with the reason that git gave.
    """
    command = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", folder, *arguments]
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
    except FileNotFoundError:
        raise TreeError("git is not installed, or not on the PATH") from None
    except OSError as error:
        raise TreeError(f"git cannot be run: {error.strerror}") from None
    if done.returncode and not missing_ok:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it failed"]
        raise TreeError(f"git {arguments[0]}: {reason[0]}")
    return b"" if done.returncode else done.stdout


def top_level(folder: str) -> str | None:
    """The root of the git working tree that `folder` belongs to; `None` where there is none.

    Raises:
        TreeError: a repository is there, but git is missing or refuses to read it.
    """
    if not _repository_above(folder):
        return None
    return os.fsdecode(git(folder, "rev-parse", "--show-toplevel")).removesuffix("\n") or None


def _repository_above(folder: str) -> bool:
    if "GIT_DIR" in os.environ:
        return True
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return False
        folder = parent
    return True


def _read_inside(tree: Tree, path: str, limit: int) -> bytes:
    """Read a file of a tree."""
    _refuse_outside(tree, path)
    return read_file(tree.root, path, limit)


def _stream_inside(tree: Tree, path: str, limit: int | None, start: int) -> Iterator[bytes]:
    """Read a file of a tree in pieces."""
    _refuse_outside(tree, path)
    descriptor = _open(tree.root, path)
    try:
        _regular(descriptor, limit)
        os.lseek(descriptor, start, os.SEEK_SET)
        while piece := os.read(descriptor, _PIECE):
            yield piece
    except OSError as error:
        raise ReadError("unreadable", str(error.strerror)) from None
    finally:
        os.close(descriptor)


def _refuse_outside(tree: Tree, path: str) -> None:
    """What the tree does not list may lie behind a folder that is a link out of the root."""
    if path not in tree.files():
        base = os.path.realpath(tree.root)
        if not _is_inside(base, os.path.realpath(os.path.join(base, os.path.dirname(path)))):
            raise ReadError("symlink", "it leads outside the project")


def read_file(root: str, path: str, limit: int) -> bytes:
    """Read a regular file below `root` with one open and without waiting on a pipe; a link only to a file inside.

    Raises:
        ReadError: see `Tree.read`.
    """
    descriptor = _open(root, path)
    try:
        return _drain(descriptor, limit)
    finally:
        os.close(descriptor)


def _open(root: str, path: str) -> int:
    """A descriptor of a file below `root`; where it is a link, of the file that it leads to, if that is inside."""
    try:
        return os.open(os.path.join(root, path), _FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        raise ReadError("absent") from None
    except ValueError:
        raise ReadError("absent", "no file can have this name") from None
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise ReadError("not-a-file", "a socket") from None
        if error.errno != errno.ELOOP:
            raise ReadError("unreadable", str(error.strerror)) from None
    target, fault = follow(root, path)
    if fault:
        raise ReadError("symlink", fault)
    return _open(root, target)


_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def _regular(descriptor: int, limit: int | None) -> int:
    """The size of a regular file that is within the limit."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise ReadError("not-a-file", _KINDS.get(stat.S_IFMT(status.st_mode), "a device"))
    if limit is not None and status.st_size > limit:
        raise ReadError("too-large", "file", f"{status.st_size:,}", f"{limit:,}")
    return status.st_size


def _drain(descriptor: int, limit: int) -> bytes:
    size = _regular(descriptor, limit)
    try:
        data = os.read(descriptor, max(size, 1) if size < _CHUNK else _CHUNK)
        if len(data) < size:
            parts = [data]
            while part := os.read(descriptor, 1 << 20):
                parts.append(part)
            data = b"".join(parts)
    except OSError as error:
        raise ReadError("unreadable", str(error.strerror)) from None
    return data


_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe"}


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
    if not _is_inside(base, real):
        return "", f"it leads outside the project, to {_target(full)}"
    if inside == ".git" or inside.startswith(".git/"):
        return "", f"it leads into git's own folder, to {_target(full)}"
    return inside, ""


def _target(full: str) -> str:
    """What a link says, or its name where only a folder above it is one."""
    return repr(os.readlink(full) if os.path.islink(full) else os.path.basename(full))


def _is_inside(base: str, real: str) -> bool:
    return os.path.commonpath((base, real)) == base


def fold(path: str) -> str:
    """The path as a file system that knows no case and no Unicode forms sees it: letter by letter, `ß` is no `ss`."""
    if path.isascii():
        return path.lower()
    return "".join(map(_fold_letter, unicodedata.normalize("NFC", path)))


def _fold_letter(letter: str) -> str:
    folded = letter.casefold()
    return folded if len(folded) == 1 else letter.lower()
