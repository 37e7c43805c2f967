"""Which files there are for one corpus, which of them are its documents, and where a link leads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from validator.contract import Contract
from validator.globs import chooser, chosen, matches
from validator.header import sidecar_names
from validator.hosts import Own, hosted, own_repositories
from validator.index import Resolved
from validator.late import regex
from validator.names import template
from validator.text import unescaped
from validator.tree import A_FOLDER, EMPTY_BLOBS, MODE_FILE, MODE_LINK, fold, what_is
from validator.universe.listing import Listing

_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]+:")
_ABSOLUTE = regex(r"[A-Z]:[\\/]|\\|file:", re.IGNORECASE)
_NEVER = regex(r"(?:README|CHANGELOG|CONTRIBUTING|LICENSE)[^/]*|[^/]+\.meta\.(?:yaml|json)", re.IGNORECASE)
# The page of a folder, as hosts of repositories and makers of sites have it, in the order in which they count.
_FOLDER_PAGES = ("README.md", "index.md", "_index.md")


def _joined(folder: str, path: str) -> str:
    """A path below a folder, in normal form."""
    if "/" in path or path in {"", ".", ".."}:
        return posixpath.normpath(posixpath.join(folder, path))
    return f"{folder}/{path}" if folder else path


class Target(NamedTuple):
    """What a link leads to.

    `kind` is `file` (a file of the universe), `missing`, `escape`, `case` (`detail`: the path that exists),
    `excluded` (`detail` says why), `folder` (a folder without a page of its own, or what `detail` says that it is
    instead of a file), or `external`.
    `is_page` is true for the page of a folder that the link names.
    """

    kind: str
    path: str
    detail: str = ""
    is_page: bool = False


def fragment_of(target: str, path: str) -> str:
    """What stands behind `#` in a link that leads to a path; a file may have that sign in its name."""
    return "" if "#" in path else target.partition("#")[2]


def _kind(path: str) -> tuple[str, str]:
    return posixpath.dirname(path), posixpath.splitext(path)[1].casefold()


class Universe:
    """The files that one corpus may speak of. Paths are relative to the project's root."""

    def __init__(
        self, listing: Listing, folder: str, indexes: frozenset[str] = frozenset(), exclude: tuple[str, ...] = ()
    ) -> None:
        self.listing = listing
        self.tree = listing.tree
        self.files = listing.files
        self.folder = folder
        self.indexes = indexes
        self.exclude = exclude
        self.own = Own()
        self._start = folder
        self._targets: dict[str, Target] = {}

    @cached_property
    def below(self) -> Collection[str]:
        """The files below the folder of the index."""
        return self.listing.below(self.folder)

    def inside(self, path: str) -> str | None:
        """The path relative to the folder of the index; `None` where it is not below it."""
        if not self.folder:
            return path
        return path[len(self.folder) + 1 :] if path.startswith(self.folder + "/") else None

    def adopt(self, text: str) -> None:
        """Learn from the text of an index which absolute links in it lead into the project itself."""
        self.own = own_repositories(text, self._is_there, self.tree.remotes)

    def start_links_at(self, folder: str) -> None:
        """Take relative links to start from another folder than the index's, save where only that has what they say."""
        self._start = folder

    def moved(self, path: str) -> tuple[str, ...]:
        """The files that hold, byte for byte, what was at a path where no file is any more, if that was anything."""
        blob = self.tree.former(path)
        return self.listing.holding(blob) if blob and blob not in EMPTY_BLOBS else ()

    def _is_there(self, path: str) -> bool:
        bare = path.strip("/")
        return bare in self.files or bare in self.listing.folders or bare in self.listing.stems

    def follow(self, target: str) -> Target:
        """Where the destination of a link in the index leads; percent escapes are taken off where they have to be."""
        if target not in self._targets:
            self._targets[target] = self._follow(target)
        return self._targets[target]

    def _follow(self, target: str) -> Target:
        if _ABSOLUTE.match(target):
            return Target("escape", target, "it is an absolute path")
        if _SCHEME.match(target) or target.startswith("//"):
            return self._hosted(target) or Target("external", target)
        bare = target.partition("#")[0].partition("?")[0]
        if bare != target:
            whole = self._lookup(target)  # A file may be called `C#.md`: its escape may be taken off already.
            if whole.kind == "file":
                return whole
        if not bare:
            return Target("external", target)
        first = self._lookup(bare)
        if first.kind == "missing" and "%" in bare:
            return self._lookup(unescaped(bare))
        return first

    def _hosted(self, target: str) -> Target | None:
        """Where an absolute link into the project itself leads; `None` for any other."""
        link = hosted(target) if self.own.repositories else None
        if link is None or not self.own.holds(link) or not link.path:
            return None
        path = next((path for path in link.paths() if self._is_there(path)), link.path)
        found = self._in_universe(posixpath.normpath(path.strip("/")))
        return found if found.kind != "missing" or self.own.is_current(link) else None

    def _lookup(self, bare: str) -> Target:
        if _ABSOLUTE.match(bare):
            return Target("escape", bare, "it is an absolute path")
        rooted = bare.startswith("/")
        path = _joined("" if rooted else self._start, bare.lstrip("/"))
        if path == ".." or path.startswith("../"):
            return Target("escape", bare, "it leads out of the project")
        found = self._in_universe(path)
        if found.kind == "missing" and self._start != self.folder and not rooted:
            own = _joined(self.folder, bare)
            found = self._in_universe(own) if own in self.files or self._is_doubled(path, own) else found
        if rooted and found.kind == "missing" and path.partition("/")[0] not in self.listing.folders:
            return Target("escape", bare, "it is an absolute path")
        return found

    def _is_doubled(self, path: str, own: str) -> bool:
        """Whether a link names the folder that links start from, so that it would lead to `docs/docs`, which is not."""
        return own.startswith(f"{self._start}/") and posixpath.dirname(path) not in self.listing.folders

    def _in_universe(self, path: str) -> Target:
        if path in self.files:
            return self._excluded(path) or Target("file", path)
        is_folder = path in self.listing.folders or path == "."
        page = self._page(path) if is_folder else None
        if page:
            return self._excluded(page) or Target("file", page, is_page=True)
        if path in self.listing.stems:
            return self._excluded(self.listing.stems[path]) or Target("file", self.listing.stems[path])
        if is_folder:
            return Target("folder", path)
        module = self._module(path)
        if module:
            return Target("excluded", path, f"it lies in the submodule {module}, whose files are not this repository's")
        other = self.listing.folded.get(fold(path))
        if other is not None and self.tree.there(other):
            return Target("case", path, other)
        page = self._page(self.listing.folded_folders.get(fold(path)))
        if page:
            return Target("case", path, page, is_page=True)
        return self._outside(path)

    def _outside(self, path: str) -> Target:
        """A path that is none of the universe's: behind a linked folder, untracked, or missing."""
        if "\0" in path or not self.tree.there(path):
            return Target("missing", path)
        real, fault = self.tree.follow(path)
        if not fault and real != path:
            found = self._in_universe(real)
            if found.kind in {"file", "folder"}:
                return found
        what = what_is(self.tree.root, path)
        wanted = [posixpath.join(path, name) for name in _FOLDER_PAGES] if what == A_FOLDER else [path]
        if (self.tree.takes_all and not what) or any(map(self.listing.is_untracked, wanted)):
            return Target("excluded", path, "git does not track it")
        if what:
            return Target("folder", path, "" if what == A_FOLDER else what)
        return Target("excluded", path, "git ignores it")

    def _module(self, path: str) -> str | None:
        """The submodule that a path lies in, if it does."""
        return next((module for module in self.listing.modules if path.startswith(f"{module}/")), None)

    def _page(self, folder: str | None) -> str | None:
        """The page of a folder, if it has one."""
        pages = (posixpath.normpath(posixpath.join(folder or "", name)) for name in _FOLDER_PAGES)
        return next((page for page in pages if page in self.files), None) if folder is not None else None

    def _excluded(self, path: str) -> Target | None:
        if self.exclude and chosen(self.exclude, path):
            return Target("excluded", path, "`exclude` takes it away")
        return None

    def documents(self, contract: Contract, listed: Iterable[str], gone: Iterable[str] = ()) -> list[str]:
        """The documents of the corpus, sorted: what the contract's globs choose, else the siblings of `listed`.

        Where no listed document exists, those that should exist (`gone`) tell what their siblings are.
        """
        listed = frozenset(listed)
        # Nearly all are plain files, of which no more need be asked.
        candidates = [
            path for path in self.below
            if (self.files[path] == MODE_FILE and not self.exclude) or path in listed or self._is_candidate(path)
        ]  # fmt: skip
        if contract.documents is not None:
            keep, cut = chooser(contract.documents), len(self.folder) + 1 if self.folder else 0
            kept = [path for path in candidates if keep(path[cut:])] if cut else list(filter(keep, candidates))
            return sorted([path for path in kept if path in listed or self._is_named(contract, path)])
        if not listed and contract.name is not None:
            return sorted(path for path in candidates if self._is_named(contract, path) and self._fits(contract, path))
        siblings = self._siblings(
            contract, listed or frozenset(gone), [path for path in candidates if path not in listed]
        )
        below = [path for path in candidates if path in listed]  # Mostly in order, and so quick to sort.
        elsewhere = listed.difference(below) if len(below) < len(listed) else ()
        return sorted([*below, *elsewhere, *siblings])

    def _siblings(self, contract: Contract, known: Collection[str], others: Iterable[str]) -> list[str]:
        """Those of some other files that are neighbours of `known` ones, and of the same kind."""
        suffixes = {suffix.casefold() for suffix in {path[path.rfind(".") :] for path in known}}
        # Mostly there are none, and then the kinds of all that are known need not be found.
        others = [
            path for path in others
            if path[path.rfind(".") :].casefold() in suffixes and self._is_named(contract, path)
            and self._has_siblings(path)
        ]  # fmt: skip
        if not others:
            return []
        kinds = {
            _kind(path) for path in known
            if path not in self.indexes and not _NEVER.fullmatch(posixpath.basename(path)) and self._has_siblings(path)
        }  # fmt: skip
        return [path for path in others if _kind(path) in kinds]

    def _fits(self, contract: Contract, path: str) -> bool:
        """Whether a file lies where the contract's template of names says, seen from the index, and is called so."""
        inside, pattern = self.inside(path), template(contract.name or "")
        return inside is not None and inside.count("/") == pattern.depth and pattern.match(path) is not None

    def _has_siblings(self, path: str) -> bool:
        """Whether a file says that its neighbours of the same suffix are documents too: below the index."""
        name = posixpath.basename(path)
        return self.inside(path) is not None and not name.startswith(".") and bool(posixpath.splitext(name)[1])

    def sidecars(self, documents: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The metadata files that stand beside documents, for each document that has any."""
        found = {path: tuple(name for name in sidecar_names(path) if name in self.files) for path in documents}
        return {path: names for path, names in found.items() if names}

    def orphans(self, contract: Contract, documents: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The metadata files whose document is not there, and the path that it should have.

        A file is one of this corpus where a document of its folder, of its name and one of their suffixes would be.
        """
        suffixes: dict[str, set[str]] = {}
        for path in documents:
            folder, suffix = _kind(path)
            suffixes.setdefault(folder, set()).add(suffix)
        there = (found for folder in suffixes for found in self.listing.metadata.get(folder, {}).items())
        for path, name in sorted(there):
            if self.exclude and chosen(self.exclude, path):
                continue
            (folder, suffix), basename = _kind(name), posixpath.basename(name)
            known = sorted(suffixes[folder])
            wanted = [name] if suffix in known else [name + suffix for suffix in known if "." not in basename]
            wanted = [item for item in wanted if contract.documents is None or self.is_chosen(contract, item)]
            if wanted and name not in self.listing.described:
                yield path, wanted[0]

    def is_chosen(self, contract: Contract, path: str) -> bool:
        """Whether the contract's globs choose a path."""
        inside = self.inside(path)
        return inside is not None and chosen(contract.documents or (), inside)

    def _is_named(self, contract: Contract, path: str) -> bool:
        """Whether a file that is not listed can be a document: an index never; a README only by a glob that says so."""
        if path in self.indexes:
            return False
        if not _NEVER.fullmatch(posixpath.basename(path)):
            return True
        inside = self.inside(path) or ""
        globs = contract.documents or ()
        return any(_NEVER.fullmatch(posixpath.basename(glob)) and matches(glob, inside) for glob in globs)

    def _is_candidate(self, path: str) -> bool:
        """Whether a file can be a document. A sound symbolic link is another file's name; a broken one a fault."""
        if self.exclude and chosen(self.exclude, path):
            return False
        mode = self.files[path]
        return mode == MODE_FILE or (mode == MODE_LINK and self._is_faulty_link(path))

    def _is_faulty_link(self, path: str) -> bool:
        return bool(self.tree.follow(path)[1])

    def matched(self, glob: str) -> bool:
        """Whether a glob matches a file below the folder of the index, with or without a `!` in front."""
        bare = glob.removeprefix("!")
        cut = len(self.folder) + 1 if self.folder else 0
        return any(matches(bare, path[cut:]) for path in self.below)

    def unmatched(self, contract: Contract) -> list[tuple[int, str]]:
        """The globs of `documents` that match nothing, with their positions."""
        return [(number, glob) for number, glob in enumerate(contract.documents or ()) if not self.matched(glob)]

    def resolve(self, contract: Contract, target: str) -> Resolved:
        """How a link counts when the readers look for the index among a page's tables and lists."""
        found = self.follow(target)
        if found.kind == "external":
            return Resolved(0, "")
        if found.kind in {"file", "case"}:
            path = found.detail or found.path
            rank = 2 if found.is_page or self._may_be_document(contract, path) else 1
            part = f"#{fragment_of(target, path)}" if contract.delimiters.several else ""
            return Resolved(rank, path + part, is_page=found.is_page)
        if found.kind == "missing":
            named = contract.documents is None or self.is_chosen(contract, found.path)
            return Resolved(2 if named or "." in posixpath.basename(found.path) else 1, found.path, there=False)
        return Resolved(1 if found.kind == "folder" and not found.detail else 2, found.path)

    def _may_be_document(self, contract: Contract, path: str) -> bool:
        if contract.documents is not None:
            return self.is_chosen(contract, path) and path not in self.indexes
        return self._is_named(contract, path)
