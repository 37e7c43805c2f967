"""The tracked files of a git working tree, with the content that git has stored of them or would store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from validator.tree.conversion import Conversion, Extent, clean
from validator.tree.disk import IsLinkError, is_inside, is_there, read_file, read_regular, stream_regular
from validator.tree.git import changes, git, records, resolve, without_filters
from validator.tree.links import Links
from validator.tree.objects import Objects
from validator.tree.snapshot import MODES, content_or_nothing, gone
from validator.tree.source import MODE_FILE, MODE_LINK, MODE_MODULE, ReadError

_UNMERGED = ""


class _Entry(NamedTuple):
    """One path of git's index. `blob` is empty for an unmerged one; a `fixed` one git takes for unchanged unseen."""

    mode: str
    blob: str
    fixed: bool


class GitWorktree:
    """The tracked files of a git working tree: from disk, or from their blobs where git converts on checkout."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.notice = ""
        self._files: dict[str, str] | None = None
        self._entries: dict[str, _Entry] = {}
        self._sound: dict[str, bool] = {"": True}
        self._modified: frozenset[str] | None = None
        self._conversion = Conversion(root, self.files)
        self._objects = Objects(root)
        self._known_links: Links | None = None
        self._changed: tuple[dict[str, str], frozenset[str]] | None = None

    def files(self) -> Mapping[str, str]:
        """What `git ls-files` lists, an unmerged path once."""
        if self._files is None:
            self._files = {}
            for record in records(git(self.root, "ls-files", "-s", "-v", "-z")):
                about, _, path = record.partition("\t")
                tag, mode, blob, stage = about.split(" ")
                known = MODES.get(mode, MODE_FILE)
                self._files[path] = known
                self._entries[path] = _Entry(known, blob if stage == "0" else _UNMERGED, tag != "H" and stage == "0")
        return self._files

    def untracked(self) -> frozenset[str]:
        """What `git ls-files --others --exclude-standard` lists."""
        return frozenset(records(git(self.root, "ls-files", "-o", "--exclude-standard", "-z")))

    def read(self, path: str, limit: int) -> bytes:
        """The content of a file; a tracked file that is not on disk is `absent`, unless git is told that it may be."""
        if path not in self.files():
            return self._read_untracked(path, limit)
        entry = self._entries[path]
        if entry.mode == MODE_MODULE:
            raise ReadError("not-a-file", "a submodule")
        if entry.mode == MODE_LINK:
            return self._read_link(path, limit)
        if entry.fixed:
            return self._objects.read(entry.blob, limit)
        if self._conversion.extent is Extent.MORE and self._is_from_blob(path):
            return self._objects.read(entry.blob, limit)
        return self._from_disk(path, limit)

    def stream(self, path: str, limit: int | None, start: int) -> Iterator[bytes]:
        """The content of a file in pieces, where it is what stands on disk; else in one."""
        if self._is_as_on_disk(path):
            try:
                yield from stream_regular(self.root, path, limit, start)
            except IsLinkError:
                pass  # Read as a whole it is followed.
            else:
                return
        yield self.read(path, sys.maxsize if limit is None else limit)[start:]

    def _is_as_on_disk(self, path: str) -> bool:
        """Whether a tracked file is on disk as git has it or would have it."""
        if path not in self.files() or self._conversion.extent is not Extent.NOTHING:
            return False
        entry = self._entries[path]
        return entry.mode == MODE_FILE and not entry.fixed and self._is_sound(path.rpartition("/")[0])

    def _is_from_blob(self, path: str) -> bool:
        """Whether git converts a file and has its content: then the one on disk is only a picture of it."""
        return path in self._entries and self._conversion.rules(path) is not None and path not in self.modified

    def _from_disk(self, path: str, limit: int) -> bytes:
        folder = path.rpartition("/")[0]
        if not self._is_sound(folder):
            raise ReadError("symlink", f"the folder {folder!r} is one, or lies behind one")
        try:
            return self._cleaned(path, read_regular(self.root, path, limit), limit)
        except IsLinkError:
            return self._follow_and_read(path, limit)
        except ReadError as error:
            if error.kind == "too-large" and self._is_from_blob(path):  # CR LF may have made it so.
                return self._objects.read(self._entries[path].blob, limit)
            raise

    def _cleaned(self, path: str, data: bytes, limit: int) -> bytes:
        """What git has stored, or would store, where `data` is on disk."""
        extent = self._conversion.extent
        if extent is Extent.NOTHING or (extent is Extent.NEWLINES and b"\r\n" not in data):
            return data
        if self._is_from_blob(path):
            return self._objects.read(self._entries[path].blob, limit)
        rules = self._conversion.rules(path)
        return data if rules is None else clean(data, rules, lambda: self._stored(path))

    def _stored(self, path: str) -> bytes:
        entry = self._entries.get(path)
        return content_or_nothing(self._objects, entry.blob) if entry is not None and entry.blob else b""

    def _read_untracked(self, path: str, limit: int) -> bytes:
        if not is_inside(self.root, path):
            raise ReadError("symlink", "it leads outside the project")
        return self._cleaned(path, read_file(self.root, path, limit), limit)

    def _read_link(self, path: str, limit: int) -> bytes:
        if not self._is_sound(path.rpartition("/")[0]) or self._link_text(path) is None:
            return self._from_disk(path, limit)  # A file or nothing stands on disk in the place of the link.
        return self._follow_and_read(path, limit)

    def _follow_and_read(self, path: str, limit: int) -> bytes:
        target, fault = self.follow(path)
        if fault:
            raise ReadError("symlink", fault)
        if target in self._links.folders or not target:
            raise ReadError("not-a-file", "a folder")
        return self.read(target, limit)

    def _is_sound(self, folder: str) -> bool:
        """Whether no part of a folder's path is a link: git takes files behind one for deleted, and so do we."""
        if folder not in self._sound:
            above = folder.rpartition("/")[0]
            self._sound[folder] = self._is_sound(above) and not os.path.islink(os.path.join(self.root, folder))
        return self._sound[folder]

    @property
    def modified(self) -> frozenset[str]:
        """The tracked files that may be other on disk than in git's index, by git's own test of size and times."""
        if self._modified is None:
            quiet = without_filters(self.root)
            listing = git(self.root, "diff-files", "--raw", "-z", "--ignore-submodules=all", settings=quiet)
            self._modified = frozenset(change.path for change in changes(listing))
        return self._modified

    def expect(self, paths: Iterable[str]) -> None:
        """Let git read ahead, should it turn out that contents come from blobs; the disk needs no asking."""
        self.files()
        known = (self._entries.get(path) for path in paths)
        self._objects.expect(entry.blob for entry in known if entry is not None and entry.blob)

    def blob(self, path: str) -> str | None:
        """The blob of a file that git takes for unmodified; `None` for every other, and for links."""
        entry = self._entries.get(path) if path in self.files() else None
        if entry is None or entry.mode != MODE_FILE or not entry.blob:
            return None
        return entry.blob if entry.fixed or path not in self.modified else None

    def there(self, path: str) -> bool:
        """Whether the path is on disk inside the root, or is one that git is told to take for unchanged."""
        if path in self.files() and self._entries[path].fixed:
            return True
        return is_there(self.root, path)

    def follow(self, path: str) -> tuple[str, str]:
        """Where a link leads among the tracked files."""
        return self._links.follow(path)

    @property
    def _links(self) -> Links:
        if self._known_links is None:
            self._known_links = Links(self.files(), self._link_text)
        return self._known_links

    def _link_text(self, path: str) -> str | None:
        """What a link says: on disk, or in git where the file system knows no links or the checkout left it out."""
        try:
            return os.readlink(os.path.join(self.root, path)).replace(os.sep, "/")
        except (OSError, ValueError):
            entry = self._entries.get(path)
            if entry is None or entry.mode != MODE_LINK or not entry.blob:
                return None
            is_git_s = entry.fixed or path not in self.modified
            return os.fsdecode(content_or_nothing(self._objects, entry.blob, 1 << 12)) if is_git_s else None

    def vanished(self, name: str) -> Mapping[str, bytes]:
        """Files of this name in HEAD that git tracks no more, or that are gone from disk."""
        lost, new = self._since_head()
        found = {path: blob for path, blob in lost.items() if path.rpartition("/")[2] == name}
        for path, mode in self.files().items():
            is_named = mode == MODE_FILE and path.rpartition("/")[2] == name
            if is_named and path not in new and not self.there(path):
                found[path] = self._entries[path].blob
        return {path: content_or_nothing(self._objects, blob) if blob else b"" for path, blob in found.items()}

    def _since_head(self) -> tuple[dict[str, str], frozenset[str]]:
        """The files that git's index has no more since HEAD, with their blobs, and those that it has only since then.

        Before the first commit everything is new.
        """
        if self._changed is None:
            head = resolve(self.root, "HEAD")
            if head is None or head.commit is None:
                return {}, frozenset(self.files())
            listing = git(self.root, "diff-index", "--cached", "-z", "--raw", "--diff-filter=AD", head.commit)
            new = frozenset(change.path for change in changes(listing) if change.status == "A")
            self._changed = gone(listing), new
        return self._changed
