"""What git has stored: the blobs of its index, or the tree of a revision. No checkout, no disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import NamedTuple

from validator.git import Revision, TreeError, changes, files_called, first_parent, git, records, remotes
from validator.tree.links import Links
from validator.tree.objects import Objects
from validator.tree.source import MODE_FILE, MODE_LINK, MODE_MODULE, ReadError

MODES = {"120000": MODE_LINK, "160000": MODE_MODULE}
_LONGEST_PATH = 4096
# The empty file and the empty tree, as repositories of either kind name them: git knows both without storing them.
EMPTY_BLOBS = {
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813": (
        "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
    ),
}


class Stored(NamedTuple):
    """One path as git has it: `file`, `link` or `module`, and the ID of its object."""

    mode: str
    blob: str


class Snapshot:
    """Files whose content is objects of git. `before` gives what the commit before has and these files have not."""

    def __init__(self, root: str, stored: Mapping[str, Stored], before: Callable[[], Mapping[str, str]]) -> None:
        self.root = root
        self.notice = ""
        self.takes_all = False
        self.stored = stored
        self._before = before
        self._files = {path: about.mode for path, about in stored.items()}
        self._objects = Objects(root)
        self._links = Links(self._files, self._link_text)

    def files(self) -> Mapping[str, str]:
        """The paths that git has stored."""
        return self._files

    def untracked(self) -> frozenset[str]:
        """Nothing: what is not stored is not there."""
        return frozenset()

    def read(self, path: str, limit: int) -> bytes:
        """The content of the blob, or of the one that a link leads to."""
        about = self.stored.get(path)
        if about is None:
            raise self._not_stored(path)
        if about.mode == MODE_FILE:
            return self._objects.read(about.blob, limit)
        if about.mode == MODE_MODULE:
            raise ReadError("not-a-file", "a submodule")
        self._objects.read(about.blob, _LONGEST_PATH)  # Or say why it cannot be read.
        target, fault = self._links.follow(path)
        if fault:
            raise ReadError("symlink", fault)
        return self.read(target, limit)

    def _not_stored(self, path: str) -> ReadError:
        is_folder = not path or path in self._links.folders
        return ReadError("not-a-file", "a folder") if is_folder else ReadError("absent")

    def expect(self, paths: Iterable[str]) -> None:
        """Ask git for the contents of these files ahead."""
        known = (self.stored.get(path) for path in paths)
        self._objects.expect(about.blob for about in known if about is not None and about.mode == MODE_FILE)

    def conversions(self) -> str:
        """Nothing: no file is converted."""
        return ""

    def remotes(self) -> tuple[str, ...]:
        """The addresses that git's configuration names."""
        return remotes(self.root)

    def blobs(self) -> Mapping[str, str]:
        """The blobs of all plain files."""
        return self._blobs

    @cached_property
    def _blobs(self) -> Mapping[str, str]:
        return {path: about.blob for path, about in self.stored.items() if about.mode == MODE_FILE}

    def there(self, path: str) -> bool:
        """Whether git has stored the path, or a folder of this name."""
        return self._links.there(path)

    def follow(self, path: str) -> tuple[str, str]:
        """Where a link leads among the stored files."""
        return self._links.follow(path)

    def vanished(self, name: str) -> Mapping[str, bytes]:
        """Files of this name in the commit before that are not stored any more."""
        return {path: content_or_nothing(self._objects, self._gone[path]) for path in files_called(self._gone, name)}

    def former(self, path: str) -> str:
        """The blob that the commit before has of a file that is not stored any more."""
        return self._gone.get(path, "")

    @cached_property
    def _gone(self) -> Mapping[str, str]:
        return self._before()

    def _link_text(self, path: str) -> str | None:
        about = self.stored.get(path)
        if about is None or about.mode != MODE_LINK:
            return None
        return os.fsdecode(content_or_nothing(self._objects, about.blob, _LONGEST_PATH))


def content_or_nothing(objects: Objects, blob: str, limit: int = 2**31 - 1) -> bytes:
    """The content of an object, or nothing where git does not have it."""
    try:
        return objects.read(blob, limit)
    except ReadError:
        return b""


def at_revision(root: str, revision: Revision) -> Snapshot:
    """The files of a revision's tree. What is gone is told by its first parent.

    Raises:
        TreeError: git cannot read the tree, or it holds a name that no checkout could have.
    """
    listing = git(root, "ls-tree", "-r", "-z", "--full-tree", revision.tree)
    stored: dict[str, Stored] = {}
    for record in records(listing):
        about, _, path = record.partition("\t")
        if _is_impossible(path):
            raise TreeError(f"{revision.name} holds a path that no checkout can have: {path[:99]!r}")
        mode, _, blob = about.split(" ")
        stored[path] = Stored(MODES.get(mode, MODE_FILE), blob)
    return Snapshot(root, stored, partial(_gone_since, root, revision))


def _is_impossible(path: str) -> bool:
    """Whether git itself would refuse to check a path out; a tree that was made by hand may hold it."""
    if len(path) > _LONGEST_PATH:
        return True
    if "." not in path[:1] and "/." not in path and "//" not in path and path[:1] != "/":
        return False
    return any(step in {"", ".", ".."} or step.casefold() == ".git" for step in path.split("/"))


def _gone_since(root: str, revision: Revision) -> dict[str, str]:
    parent = first_parent(root, revision.commit)
    if parent is None:
        return {}
    return gone(git(root, "diff-tree", "-r", "-z", "--raw", "--diff-filter=D", parent, revision.tree))


def gone(listing: bytes) -> dict[str, str]:
    """The files that a `--raw` listing says are deleted, with the blobs that they had."""
    return {
        change.path: change.blob
        for change in changes(listing)
        if change.status == "D" and MODES.get(change.mode, MODE_FILE) == MODE_FILE
    }


def staged(root: str, head: str | None) -> Snapshot:
    """The files of git's index. `head` is the commit before, if there is one.

    Of an unmerged path our side counts, which may have none. What is only intended (`git add -N`) will not be
    committed, so it is not there.

    Raises:
        TreeError: git cannot read its index.
    """
    stored: dict[str, Stored] = {}
    for record in records(git(root, "ls-files", "-s", "-z")):
        about, _, path = record.partition("\t")
        mode, blob, stage = about.split(" ")
        if stage in {"0", "2"}:
            stored[path] = Stored(MODES.get(mode, MODE_FILE), blob)
    for path in intended(root, stored):
        del stored[path]
    return Snapshot(root, stored, partial(gone_from_index, root, head))


def gone_from_index(root: str, head: str | None) -> dict[str, str]:
    """The files that a commit has and git's index has no more, with their blobs."""
    if head is None:
        return {}
    return gone(git(root, "diff-index", "--cached", "-z", "--raw", "--diff-filter=D", head))


def intended(root: str, stored: Mapping[str, Stored]) -> list[str]:
    """The paths of which git knows only that they will be added (`git add -N`).

    git lists them with the blob of an empty file, so it is asked only where there is one.
    """
    suspects = [path for path, about in stored.items() if about.blob in EMPTY_BLOBS and about.mode == MODE_FILE]
    if not suspects:
        return []
    tree = EMPTY_BLOBS[stored[suspects[0]].blob]
    listing = git(root, "diff-index", "--cached", "--ita-invisible-in-index", "-z", "--raw", tree)
    real = {change.path for change in changes(listing)}
    return [path for path in suspects if path not in real]
