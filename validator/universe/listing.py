"""The files that there are, and what is asked of all of them together. All corpora of a project share one listing."""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from validator.header import document_name
from validator.tree import MODE_LINK, MODE_MODULE, Tree, fold

# What a link without suffix may lead to, as site generators have it.
_TEXTS = (".md", ".mdx", ".markdown", ".qmd", ".rst", ".adoc", ".asciidoc", ".org", ".txt", ".ipynb", ".html", ".htm")


class Listing:
    """Files with their modes: those of a tree, if no others are named. Paths are relative to the project's root.

    Each answer is found once, however many corpora ask: that all of them went over all files would take a project of
    thousands of small corpora minutes.
    """

    def __init__(self, tree: Tree, files: Mapping[str, str] | None = None) -> None:
        self.tree = tree
        self.files = tree.files() if files is None else files

    def is_untracked(self, path: str) -> bool:
        """Whether git could add a file, itself or the folder or link that it lies in, and has not."""
        while path:
            if path in self._untracked or f"{path}/" in self._untracked:
                return True
            path = posixpath.dirname(path)
        return False

    @cached_property
    def _untracked(self) -> frozenset[str]:
        return self.tree.untracked()

    def below(self, folder: str) -> Collection[str]:
        """The paths below a folder; the empty one is the root."""
        if not folder:
            return self.files
        # In order, they stand together: `0` comes next behind `/`.
        first, behind = bisect_left(self._sorted, f"{folder}/"), bisect_left(self._sorted, f"{folder}0")
        return self._sorted[first:behind]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.files)

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The folders that are submodules."""
        return tuple(path for path, mode in self.files.items() if mode == MODE_MODULE)

    @cached_property
    def folded(self) -> dict[str, str]:
        """The files by their names with case and Unicode forms taken off."""
        return {fold(path): path for path in self.files}

    @cached_property
    def stems(self) -> dict[str, str]:
        """The texts by their paths without suffix, for links that leave it out: of several, the usual suffix first."""
        found: dict[str, str] = {}
        for suffix in reversed(_TEXTS):
            found.update({path[: -len(suffix)]: path for path in self.files if path.endswith(suffix)})
        return found

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that hold files, at whatever depth."""
        found: set[str] = set()
        for path in self.files:
            folder = posixpath.dirname(path)
            while folder and folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
        return frozenset(found)

    @cached_property
    def folded_folders(self) -> dict[str, str]:
        """The folders by their names with case and Unicode forms taken off."""
        return {fold(path): path for path in self.folders}

    @cached_property
    def metadata(self) -> Mapping[str, Mapping[str, str]]:
        """By folder, the files that are called as the metadata of a document is, and how that document is called."""
        found: dict[str, dict[str, str]] = {}
        for path in self.files:
            name = document_name(path)
            if name is not None:
                found.setdefault(posixpath.dirname(path), {})[path] = name
        return found

    @cached_property
    def described(self) -> frozenset[str]:
        """The names under which metadata may speak of a file: its own, and that without the suffix, whatever it is."""
        texts = self.files.keys() - {path for named in self.metadata.values() for path in named}
        return frozenset(texts).union(posixpath.splitext(path)[0] for path in texts)

    def holding(self, blob: str) -> tuple[str, ...]:
        """The files whose content is this git object."""
        return tuple(self._by_blob.get(blob, ()))

    @cached_property
    def _by_blob(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path, blob in self.tree.blobs().items():
            found.setdefault(blob, []).append(path)
        return found

    def under_all_names(self, paths: Iterable[str]) -> frozenset[str]:
        """Paths, and where they lead that are symbolic links."""
        named = frozenset(paths)
        return named.union(self.tree.follow(path)[0] for path in named if self.files.get(path) == MODE_LINK)
