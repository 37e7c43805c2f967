"""What a source of files is, and how it says that it cannot give one."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, runtime_checkable

MODE_FILE = "file"
MODE_LINK = "link"
MODE_MODULE = "module"


class ReadError(Exception):
    """One file cannot be read. `kind` is `absent`, `unreadable`, `not-a-file`, `symlink` or `too-large`."""

    def __init__(self, kind: str, *detail: str) -> None:
        super().__init__(kind, *detail)
        self.kind = kind
        self.detail = detail


def too_large(size: int, limit: int) -> ReadError:
    """What is said of a file of `size` bytes where `limit` are allowed."""
    return ReadError("too-large", "file", f"{size:,}", f"{limit:,}")


class Tree(Protocol):
    """A source of files. It may travel between processes: whatever it has opened is opened anew there."""

    root: str
    notice: str
    takes_all: bool
    """Whether every file of the folder belongs, because nobody tracks any."""

    def files(self) -> Mapping[str, str]:
        """The files of the universe: path to mode (`file`, `link`, `module`)."""

    def untracked(self) -> frozenset[str]:
        """Files that are there, are not ignored, and do not belong to the universe."""

    def read(self, path: str, limit: int) -> bytes:
        """The content of a file of at most `limit` bytes, as git stores it or would store it.

        Raises:
            ReadError: it is absent, larger, no regular file, or cannot be read.
        """

    def expect(self, paths: Iterable[str]) -> None:
        """A hint: these files will be read next, in this order. A source that is asked over a pipe reads ahead."""

    def blobs(self) -> Mapping[str, str]:
        """The git objects that `read` gives the contents of: path to ID, where that is known without reading."""

    def conversions(self) -> str:
        """What decides what `read` makes of a file on disk, as one text; it is empty where `read` changes nothing."""

    def remotes(self) -> tuple[str, ...]:
        """The addresses of the repository's remotes."""

    def there(self, path: str) -> bool:
        """Whether something of this path exists inside the project, in the universe or not."""

    def follow(self, path: str) -> tuple[str, str]:
        """Where a symbolic link leads: the path it ends at, and what is wrong with it (empty where nothing is)."""

    def vanished(self, name: str) -> Mapping[str, bytes]:
        """Files of this name that the commit before has and the universe has no more: path to content."""

    def former(self, path: str) -> str:
        """The git object of a file that is gone, as far as git still knows it; empty where it does not."""


@runtime_checkable
class Streaming(Protocol):
    """A source that can give a file in pieces, so that it need not fit into memory."""

    def stream(self, path: str, limit: int | None, start: int) -> Iterator[bytes]:
        """The content that `read` gives, in pieces from byte `start` on; `limit` as there, `None` for none.

        Raises:
            ReadError: as `read` does, when the first piece is asked for; of a failing disk, later.
        """


def in_pieces(tree: Tree, path: str, limit: int | None, start: int = 0) -> Iterator[bytes]:
    """The content of a file in pieces, from byte `start` on; in one piece where the tree cannot do better.

    Raises:
        ReadError: see `Streaming.stream`.
    """
    if isinstance(tree, Streaming):
        yield from tree.stream(path, limit, start)
    else:
        yield tree.read(path, sys.maxsize if limit is None else limit)[start:]


def fold(path: str) -> str:
    """The path as a file system that knows no case and no Unicode forms sees it: letter by letter, `ß` is no `ss`."""
    if path.isascii():
        return path.lower()
    return "".join(map(_fold_letter, unicodedata.normalize("NFC", path)))


def _fold_letter(letter: str) -> str:
    folded = letter.casefold()
    return folded if len(folded) == 1 else letter.lower()
