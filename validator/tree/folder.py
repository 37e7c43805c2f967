"""A folder without git: all files below it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping

from validator.git import remotes
from validator.tree.disk import IsLinkError, follow, is_inside, is_there, read_file, stream_regular
from validator.tree.source import MODE_FILE, MODE_LINK, ReadError


class Folder:
    """All files below a folder: the universe where git has no say."""

    def __init__(self, root: str, notice: str = "") -> None:
        self.root = root
        self.notice = notice
        self.takes_all = True
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
        if path not in self.files() and not is_inside(self.root, path):
            raise ReadError("symlink", "it leads outside the project")
        try:
            return read_file(self.root, path, limit)
        except ReadError as error:
            if error.kind == "absent" and path in self.files():
                raise ReadError("unreadable", "it vanished while it was being checked") from None
            raise

    def stream(self, path: str, limit: int | None, start: int) -> Iterator[bytes]:
        """The file's bytes from disk in pieces; those of what is no plain file of the listing in one."""
        if self.files().get(path) != MODE_FILE:
            yield self.read(path, sys.maxsize if limit is None else limit)[start:]
            return
        try:
            yield from stream_regular(self.root, path, limit, start)
        except IsLinkError:
            raise ReadError("unreadable", "it became a link while it was being checked") from None
        except ReadError as error:
            if error.kind == "absent":
                raise ReadError("unreadable", "it vanished while it was being checked") from None
            raise

    def expect(self, paths: Iterable[str]) -> None:
        """Nothing: the disk reads ahead by itself."""

    def conversions(self) -> str:
        """Nothing: no file is converted."""
        return ""

    def remotes(self) -> tuple[str, ...]:
        """Those of the repository that the folder stands in, if it does."""
        return remotes(self.root)

    def blobs(self) -> Mapping[str, str]:
        """Nothing: git does not know the files."""
        return {}

    def there(self, path: str) -> bool:
        """Whether the path exists on disk, inside the root."""
        return is_there(self.root, path)

    def follow(self, path: str) -> tuple[str, str]:
        """Where a link leads on disk."""
        return follow(self.root, path)

    def vanished(self, name: str) -> Mapping[str, bytes]:  # noqa: ARG002 - as above
        """Nothing: a folder has no history."""
        return {}

    def former(self, path: str) -> str:  # noqa: ARG002 - as above
        """Nothing, as with `vanished`."""
        return ""
