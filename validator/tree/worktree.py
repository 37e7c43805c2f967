"""The tracked files of a git working tree, with the content that git has stored of them or would store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from validator.git import (
    Ahead,
    TreeError,
    changes,
    files_called,
    git,
    git_in_full,
    last_commit,
    records,
    remotes,
    without_filters,
)
from validator.tree.conversion import Conversion, Extent, clean
from validator.tree.disk import IsLinkError, is_inside, is_there, read_file, read_regular, stream_regular
from validator.tree.links import Links
from validator.tree.objects import Objects
from validator.tree.snapshot import MODES, content_or_nothing, gone
from validator.tree.source import MODE_FILE, MODE_LINK, MODE_MODULE, ReadError
from validator.tree.unasked import proved_unmodified

_USUAL = "H 100644 "


class _Listing:
    """What `git ls-files -s -v -z` lists: modes by path, an unmerged path once. Blobs are taken out when asked for.

    `fixed` are the paths that git takes for unchanged unseen; `others` are those that are no plain files.
    """

    def __init__(self, listing: bytes) -> None:
        self._lines = os.fsdecode(listing).split("\0")[:-1]
        # A letter, six digits, an object, a digit and a tab: what stands before a path is of one width in all lines.
        self._start = start = self._lines[0].index("\t") + 1 if self._lines else 0
        self._paths = [line[start:] for line in self._lines]
        odd = [line for line in self._lines if line[:9] != _USUAL or line[start - 2] != "0"]
        self.files = dict.fromkeys(self._paths, MODE_FILE)
        self.files.update((line[start:], MODES.get(line[2:8], MODE_FILE)) for line in odd)
        self.others = frozenset(path for line in odd if self.files[path := line[start:]] != MODE_FILE)
        self.fixed = frozenset(line[start:] for line in odd if line[0] != "H" and line[start - 2] == "0")
        self._unmerged = frozenset(line[start:] for line in odd if line[start - 2] != "0")

    @cached_property
    def blobs(self) -> dict[str, str]:
        """The blob of each path that is not unmerged."""
        end = self._start - 3
        found = dict(zip(self._paths, [line[9:end] for line in self._lines], strict=True))
        for path in self._unmerged:
            del found[path]
        return found


class GitWorktree:
    """The tracked files of a git working tree: from disk, or from their blobs where git converts on checkout."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.notice = ""
        self.takes_all = False
        self._known_listing: _Listing | None = None
        self._ahead_listing: Ahead[_Listing] | None = None
        self._ahead_modified: Ahead[frozenset[str]] | None = None
        self._ahead_changed: Ahead[tuple[dict[str, str], frozenset[str]] | None] | None = None
        self._sound: dict[str, bool] = {"": True}
        self._modified: frozenset[str] | None = None
        self._conversion = Conversion(root, self.files)
        self._objects = Objects(root)
        self._known_links: Links | None = None
        self._changed: tuple[dict[str, str], frozenset[str]] | None = None

    @property
    def _listing(self) -> _Listing:
        if self._known_listing is None:
            self._known_listing = (self._ahead_listing or self._list)()
        return self._known_listing

    def _list(self) -> _Listing:
        return _Listing(git(self.root, "ls-files", "-s", "-v", "-z"))

    def foresee(self, *, is_remembered: bool, settings: Ahead[Mapping[str, str]] | None = None) -> None:
        """Ask git in the background what every check asks; with `is_remembered`, also which files are modified.

        `settings` are those of the repository (`settings_of`), where they were asked for already.
        """
        self._conversion.foresee(settings)
        if is_remembered:
            self._ahead_modified = Ahead(self._differing)
        self._ahead_listing = Ahead(self._list)
        self._ahead_changed = Ahead(self._compared)

    def _await(self) -> None:
        for ahead in (self._ahead_listing, self._ahead_modified, self._ahead_changed):
            if ahead is not None:
                ahead.wait()
        self._conversion.wait()

    def files(self) -> Mapping[str, str]:
        """What `git ls-files` lists, an unmerged path once."""
        return self._listing.files

    def untracked(self) -> frozenset[str]:
        """What `git ls-files --others --exclude-standard` lists."""
        return frozenset(records(git(self.root, "ls-files", "-o", "--exclude-standard", "-z")))

    def read(self, path: str, limit: int) -> bytes:
        """The content of a file; a tracked file that is not on disk is `absent`, unless git is told that it may be."""
        listing = self._known_listing or self._listing
        mode = listing.files.get(path)
        if mode is None:
            return self._read_untracked(path, limit)
        if mode == MODE_MODULE:
            raise ReadError("not-a-file", "a submodule")
        if mode == MODE_LINK:
            return self._read_link(path, limit)
        if path in listing.fixed or (self._conversion.converts_more and self._is_from_blob(path)):
            return self._objects.read(listing.blobs[path], limit)
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
        is_plain = self._listing.files[path] == MODE_FILE and path not in self._listing.fixed
        return is_plain and self._is_sound(path.rpartition("/")[0])

    def _is_from_blob(self, path: str) -> bool:
        """Whether git converts a file and has its content: then the one on disk is only a picture of it."""
        return path in self._listing.files and self._conversion.rules(path) is not None and path not in self.modified

    def _from_disk(self, path: str, limit: int) -> bytes:
        folder = path.rpartition("/")[0]
        if not self._is_sound(folder):
            raise ReadError("symlink", f"the folder {folder!r} is a symbolic link, or lies behind one")
        try:
            data = read_regular(self.root, path, limit)
            return data if self._conversion.is_idle else self._cleaned(path, data, limit)
        except IsLinkError:
            return self._follow_and_read(path, limit)
        except ReadError as error:
            if error.kind == "too-large" and self._is_from_blob(path):  # CR LF may have made it so.
                return self._objects.read(self._blob(path), limit)
            raise

    def _cleaned(self, path: str, data: bytes, limit: int) -> bytes:
        """What git has stored, or would store, where `data` is on disk."""
        if self._conversion.is_idle or (self._conversion.extent is Extent.NEWLINES and b"\r\n" not in data):
            return data
        if self._is_from_blob(path):
            return self._objects.read(self._blob(path), limit)
        rules = self._conversion.rules(path)
        return data if rules is None else clean(data, rules, lambda: self._stored(path))

    def _stored(self, path: str) -> bytes:
        blob = self._blob(path)
        return content_or_nothing(self._objects, blob) if blob else b""

    def _blob(self, path: str) -> str:
        """The blob that git's index has for a path; empty where it has none, or several."""
        return self._listing.blobs.get(path, "")

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
            differing = (self._ahead_modified or self._differing)()
            self._modified = differing - self._unmodified_unasked(differing)
        return self._modified

    def _unmodified_unasked(self, differing: frozenset[str]) -> frozenset[str]:
        """Those of the files that only a filter, which is not run, makes differ from what git has stored."""
        if not differing or not self._conversion.converts_more:
            return frozenset()
        rules = ((path, self._conversion.rules(path)) for path in differing if path in self._listing.blobs)
        filtered = frozenset(path for path, rule in rules if rule is not None and rule.is_filtered)
        return proved_unmodified(self.root, filtered) if filtered else filtered

    def _differing(self) -> frozenset[str]:
        quiet = without_filters(self._conversion.settings)
        listing = git_in_full(self.root, "diff-files", "--raw", "-z", "--ignore-submodules=all", settings=quiet)
        if listing is None:
            return frozenset(self.files())  # Of what git could not look at, nothing is known.
        return frozenset(change.path for change in changes(listing))

    def expect(self, paths: Iterable[str]) -> None:
        """Let git read ahead, should it turn out that contents come from blobs; the disk needs no asking."""
        self._await()  # Processes may be forked next, and a thread does not come along.
        self._objects.expect(blob for path in paths if (blob := self._blob(path)))

    def conversions(self) -> str:
        """The settings and attributes by which git converts files."""
        return self._conversion.state

    def remotes(self) -> tuple[str, ...]:
        """The addresses that git's configuration names."""
        return remotes(self.root)

    def blobs(self) -> Mapping[str, str]:
        """The blobs of the plain files that git takes for unmodified."""
        return self._unmodified

    @cached_property
    def _unmodified(self) -> Mapping[str, str]:
        listing, found = self._listing, self._listing.blobs.copy()
        for path in listing.others | (self.modified - listing.fixed):
            found.pop(path, None)
        return found

    def there(self, path: str) -> bool:
        """Whether the path is on disk inside the root, or is one that git is told to take for unchanged."""
        if path in self._listing.fixed:
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
            blob = self._blob(path)
            if not blob or self._listing.files[path] != MODE_LINK:
                return None
            is_git_s = path in self._listing.fixed or path not in self.modified
            return os.fsdecode(content_or_nothing(self._objects, blob, 1 << 12)) if is_git_s else None

    def vanished(self, name: str) -> Mapping[str, bytes]:
        """Files of this name in HEAD that git tracks no more, or that are gone from disk."""
        lost, new = self._since_head()
        found = {path: lost[path] for path in files_called(lost, name)}
        for path in files_called(self.files(), name):
            if self.files()[path] == MODE_FILE and path not in new and not self.there(path):
                found[path] = self._blob(path)
        return {path: content_or_nothing(self._objects, blob) if blob else b"" for path, blob in found.items()}

    def former(self, path: str) -> str:
        """The blob of a file that is gone: git's index has it, or had it up to the last commit."""
        return self._blob(path) or self._since_head()[0].get(path, "")

    def _since_head(self) -> tuple[dict[str, str], frozenset[str]]:
        """The files that git's index has no more since HEAD, with their blobs, and those that it has only since then.

        Before the first commit everything is new.
        """
        if self._changed is None:
            self._changed = (self._ahead_changed or self._compared)() or ({}, frozenset(self.files()))
        return self._changed

    def _compared(self) -> tuple[dict[str, str], frozenset[str]] | None:
        try:
            listing = git(self.root, "diff-index", "--cached", "-z", "--raw", "--diff-filter=AD", "HEAD", "--")
        except TreeError:
            if last_commit(self.root) is None:
                return None
            raise
        return gone(listing), frozenset(change.path for change in changes(listing) if change.status == "A")
