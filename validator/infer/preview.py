"""A tree as it will be once some files are written: so that a contract is checked before anything changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from validator.tree import MODE_FILE, ReadError, Tree


class Preview:
    """Another tree with some files put in or replaced; the other tree is left as it is."""

    def __init__(self, tree: Tree, changes: Mapping[str, bytes]) -> None:
        self.root = tree.root
        self.notice = tree.notice
        self.takes_all = tree.takes_all
        self._tree = tree
        self._changes = dict(changes)

    def files(self) -> Mapping[str, str]:
        """The files of the tree. A new file counts where all files do; git does not track it yet."""
        files = self._tree.files()
        if not self._tree.notice:
            return files
        return {**files, **dict.fromkeys(self._changes.keys() - files.keys(), MODE_FILE)}

    def untracked(self) -> frozenset[str]:
        """What is not of the tree and is there; new files are."""
        new = self._changes.keys() - self.files().keys()
        return self._tree.untracked() | new

    def read(self, path: str, limit: int) -> bytes:
        """The new content of a file that changes, else that of the tree."""
        if path not in self._changes:
            return self._tree.read(path, limit)
        if len(self._changes[path]) > limit:
            raise ReadError("too-large", "file", f"{len(self._changes[path]):,}", f"{limit:,}")
        return self._changes[path]

    def there(self, path: str) -> bool:
        """Whether the path exists, or will."""
        return path in self._changes or self._tree.there(path)

    def expect(self, paths: Iterable[str]) -> None:
        """Hand the hint on for what does not change."""
        self._tree.expect([path for path in paths if path not in self._changes])

    def conversions(self) -> str:
        """As the tree says."""
        return self._tree.conversions()

    def remotes(self) -> tuple[str, ...]:
        """As the tree says."""
        return self._tree.remotes()

    def blobs(self) -> Mapping[str, str]:
        """The git objects of the files that do not change."""
        return {path: blob for path, blob in self._tree.blobs().items() if path not in self._changes}

    def follow(self, path: str) -> tuple[str, str]:
        """Where a symbolic link of the tree leads."""
        return self._tree.follow(path)

    def vanished(self, name: str) -> Mapping[str, bytes]:
        """What the last commit has and the tree has no more."""
        return {path: data for path, data in self._tree.vanished(name).items() if path not in self._changes}

    def former(self, path: str) -> str:
        """As the tree says."""
        return self._tree.former(path)


def write_file(root: str, path: str, data: bytes) -> None:
    """Write a file of the tree at once: whoever reads it sees the old bytes or the new ones.

    Raises:
        OSError: it cannot be written.
    """
    full = os.path.realpath(os.path.join(root, path))
    made = f"{full}.{os.getpid()}.new"
    try:
        with open(made, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(full):
            os.chmod(made, os.stat(full).st_mode & 0o7777)
        os.replace(made, full)
    except OSError:
        if os.path.exists(made):
            os.unlink(made)
        raise
