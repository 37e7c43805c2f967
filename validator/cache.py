"""What earlier runs found out, kept by content: facts of documents, and the answers that a clean run was given.

Three kinds of files, each read in one go. *Facts*: the scanned documents of one corpus, each with the identity of what
it was read from: git's blob where git knows the file, else size, times and inode. *Traces*: everything that a run
without findings asked of its tree. Where the tree still gives the same answers, the run would end as it did, so it need
not be repeated. A trace proves that by asking anew; it trusts no date and no name. *Notes*: what follows from an index
and the names of files alone.

A file begins with the digest of the rest, so what is damaged is thrown away before it is looked at. It holds plain
values (`marshal`), which call nothing. Whoever can write to the cache can still make up facts: it has to be as
trustworthy as the tool itself.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from operator import and_, eq
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self, TypeVar, cast

from validator.findings import Report
from validator.model import Document
from validator.packing import pack, unpack
from validator.tree import MODE_FILE, ReadError, Tree, in_pieces

if TYPE_CHECKING:
    from validator.scan import Plan

Found = TypeVar("Found", bound="Results")
Kept = TypeVar("Kept")

# Of each of dozens of corpora there may be facts, for the disk and for what is staged, and a note.
MOST_FILES = 128
# To write down what is known of so many documents takes as long as to read one of them anew.
_WORTH = 32
MOST_BYTES = 1 << 28
# A file that was changed so shortly before it was read may be changed again without a sign in its times.
_YOUNG = 2_000_000_000
_TICK = 50_000_000  # The clock of file times goes by steps of some milliseconds.
_LIBRARIES = ("pyyaml-", "jsonschema-", "markdown_it_py-", "google_re2-", "referencing-")
_DAMAGE = (OSError, EOFError, ValueError, TypeError, IndexError, KeyError, AttributeError)


class Store:
    """A folder of files that each hold one value. What cannot be read or written is as if it were not there.

    `fault` says why something could not be written, if it could not.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.fault = ""

    def load(self, name: str) -> Any:  # noqa: ANN401 - whatever was saved
        """The value of this name, or `None`."""
        path = os.path.join(self.folder, name)
        try:
            with open(path, "rb") as file:
                digest, data = file.read(32), file.read()
        except OSError:
            return None
        if hashlib.sha256(data).digest() == digest:
            with suppress(*_DAMAGE):
                return marshal.loads(data)  # noqa: S302 - plain values only, and whole
        with suppress(OSError):
            os.unlink(path)
        return None

    def save(self, name: str, value: object) -> None:
        """Keep a value. Of several processes that do so at once, one wins as a whole."""
        try:
            os.makedirs(self.folder, exist_ok=True)
        except OSError as error:
            self.fault = "it is no folder" if isinstance(error, FileExistsError) else str(error.strerror)
            return
        try:
            self._write(name, value)
        except FileNotFoundError:
            return  # Somebody else has just emptied the folder.
        except OSError as error:
            self.fault = str(error.strerror)
            return
        with suppress(OSError):  # As above.
            self._bound()

    def _write(self, name: str, value: object) -> None:
        data = marshal.dumps(cast("Any", value))
        import tempfile  # noqa: PLC0415 - a run that only reads need not pay for it

        descriptor, path = tempfile.mkstemp(dir=self.folder, prefix=_UNFINISHED)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(hashlib.sha256(data).digest())
                file.write(data)
            os.replace(path, os.path.join(self.folder, name))
        except OSError:
            os.unlink(path)
            raise

    def _bound(self) -> None:
        """Let go of what was saved longest ago, where there is too much."""
        found = [entry for entry in os.scandir(self.folder) if entry.name.startswith(_OURS)]
        if not found:
            return  # Somebody else has emptied the folder.
        newest, *others = sorted(found, key=lambda entry: -entry.stat().st_mtime_ns)
        room = MOST_BYTES - newest.stat().st_size
        for number, entry in enumerate(others, 2):
            room -= entry.stat().st_size
            if number > MOST_FILES or room < 0:
                os.unlink(entry.path)


_FACTS, _TRACE, _NOTE, _UNFINISHED = "facts-", "trace-", "note-", "unfinished-"
_OURS = (_FACTS, _TRACE, _NOTE, _UNFINISHED)


def tool(version: str) -> str:
    """What the verdict depends on besides the input: this version, Python's, the libraries'; in a checkout the code."""
    above = next((folder for folder in sys.path if os.path.isdir(os.path.join(folder, "markdown_it"))), None)
    libraries = sorted(name for name in os.listdir(above) if name.casefold().startswith(_LIBRARIES)) if above else []
    return repr((version, sys.version_info[:3], libraries, _code()))


def _code() -> list[tuple[str, int, int]]:
    """The files of a checkout with their sizes and times: whoever works on a rule wants to see what it does now."""
    package = os.path.dirname(os.path.abspath(__file__))
    if os.path.isdir(os.path.join(package, "schemas")):
        return []  # Installed from a wheel, where a version is one thing for good.
    folders = [package, os.path.join(os.path.dirname(package), "schemas")]
    found: list[tuple[str, int, int]] = []
    while folders:
        for entry in os.scandir(folders.pop()):
            if entry.is_dir(follow_symlinks=False):
                folders += [entry.path] if entry.name != "__pycache__" else []
            elif entry.name.endswith((".py", ".json")):
                found.append((entry.path, entry.stat().st_size, entry.stat().st_mtime_ns))
    return sorted(found)


# What a run asks that is told nothing: no paths, no choice of rules, no configuration file.
PLAIN: tuple[object, ...] = ((), "", [], [], None)


def cache_folder(root: str, environment: Mapping[str, str]) -> str:
    """Where the cache of a project is kept: in git's own folder, else in the user's cache."""
    inner = os.path.join(root, ".git")
    if os.path.isdir(inner):
        return os.path.join(inner, "indexlint")
    above = environment.get("XDG_CACHE_HOME") or os.path.expanduser(os.path.join("~", ".cache"))
    return os.path.join(above, "indexlint")


def _name(kind: str, *parts: object) -> str:
    return kind + hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


class _Identities:
    """What tells the content that a tree gives for a path, as of the moment `started` (nanoseconds)."""

    def __init__(self, tree: Tree, started: int) -> None:
        self.root = tree.root
        self.started = started
        self.blobs = None if tree.takes_all else tree.blobs()
        self._files: dict[str, str | None] = {}

    def of(self, paths: Iterable[str]) -> list[str | None]:
        """Git's blobs, else size, times and inode when they were first asked for.

        `None` where only reading would tell, as with a young file.
        """
        return list(map(self._of_file if self.blobs is None else self.blobs.get, paths))

    def _of_file(self, path: str) -> str | None:
        if path not in self._files:
            self._files[path] = self._look_at(path)
        return self._files[path]

    def _look_at(self, path: str) -> str | None:
        found = self._status(path)
        if found is None or not stat.S_ISREG(found.st_mode) or _changed(found) > self.started - _YOUNG:
            return None
        return f"{found.st_size:x} {found.st_mtime_ns:x} {found.st_ctime_ns:x} {found.st_ino:x} {found.st_dev:x}"

    def is_settled(self, path: str) -> bool:
        """Whether the file was not changed since: what was read then is what the identity speaks of."""
        found = self._status(path)
        return found is None or _changed(found) < self.started - _TICK

    def _status(self, path: str) -> os.stat_result | None:
        try:
            return os.lstat(os.path.join(self.root, path))
        except (OSError, ValueError):
            return None


def _changed(status: os.stat_result) -> int:
    return max(status.st_mtime_ns, status.st_ctime_ns)


class Beside(NamedTuple):
    """What the results for documents depend on besides their content.

    `of` tells it of each of some paths; while `whole` is what it was, it is what it was for every path.
    """

    whole: bytes
    of: Callable[[Sequence[str]], Sequence[bytes]]


_NOTHING = Beside(b"", lambda paths: [b""] * len(paths))


class Results(Protocol):
    """What was found out from files, by their paths, and how it is kept."""

    @property
    def known(self) -> AbstractSet[str]:
        """The paths."""

    def joined(self, fresh: Mapping[str, Any]) -> Self:
        """These and more, which a scan gave."""

    def packed(self, chosen: AbstractSet[str]) -> tuple[list[str], Any]:
        """What the chosen files gave, if anything: paths, and plain values in their order."""

    @classmethod
    def restored(cls, paths: Sequence[str], values: Any, flags: Sequence[bool]) -> Self:  # noqa: ANN401 - plain values
        """What was packed of those paths whose flags are true."""


class Documents(NamedTuple):
    """The documents of files."""

    found: Mapping[str, tuple[Document, ...]] = {}

    @property
    def known(self) -> AbstractSet[str]:
        """The paths of the files."""
        return self.found.keys()

    def joined(self, fresh: Mapping[str, tuple[Document, ...]]) -> Documents:
        """These and those of more files."""
        return Documents({**self.found, **fresh})

    def packed(self, chosen: AbstractSet[str]) -> tuple[list[str], Any]:
        """Those of the chosen files that have any."""
        kept = {path: pack(documents) for path, documents in self.found.items() if documents and path in chosen}
        return list(kept), list(kept.values())

    @classmethod
    def restored(cls, paths: Sequence[str], values: Any, flags: Sequence[bool]) -> Documents:  # noqa: ANN401 - plain values
        """Those of the files whose flags are true."""
        return cls({path: unpack(item) for path, item, is_true in zip(paths, values, flags, strict=True) if is_true})


def _still_true(
    kept: Any,  # noqa: ANN401 - as loaded
    wanted: frozenset[str],
    identities: _Identities,
    beside: Beside,
    kind: type[Found],
) -> Found:
    """What was found out from just these contents, and from what is beside them."""
    whole, joined, names, besides, values = kept
    paths = joined.split("\0")
    flags = [True] * len(paths) if wanted.issuperset(paths) else [path in wanted for path in paths]
    held: list[tuple[Sequence[object], Sequence[object]]] = [(names.split("\n"), identities.of(paths))]
    if whole != beside.whole:
        held.append((marshal.loads(besides), list(beside.of(paths))))  # noqa: S302 - as in `Store`
    for before, now in held:
        flags = list(map(and_, flags, map(eq, before, now)))
    return kind.restored(paths, values, flags)


class Memory:
    """The cache as a run uses it.

    `tool` is what `tool()` gives, `started` a moment (nanoseconds since 1970) before which nothing of the run was read.
    """

    def __init__(self, store: Store, tool: str, started: int) -> None:
        self.store = store
        self.tool = tool
        self.started = started
        self._known: tuple[Mapping[str, str], str] | None = None

    def documents(
        self,
        plan: Plan,
        tree: Tree,
        paths: Sequence[str],
        scan: Callable[[Sequence[str]], Iterable[Any]],
        kind: type[Found],
        beside: Beside = _NOTHING,
    ) -> Found:
        """What `scan` gives for each of `paths`, as results of a kind: from the cache, where its content is known.

        Each file is read alone. Besides its content and the plan, a result may depend on what is `beside` it.
        """
        of_plan = (plan._replace(loose=frozenset()), sorted(plan.loose), kind.__name__)
        name = _name(_FACTS, self.tool, tree.conversions(), *of_plan)
        identities = _Identities(tree, self.started)
        known = kind()
        with suppress(*_DAMAGE):
            known = _still_true(self.store.load(name), frozenset(paths), identities, beside, kind)
        there = known.known
        missing = [path for path in paths if path not in there]
        identities.of(missing)  # What they are before they are read is what counts.
        found = known.joined(dict(zip(missing, scan(missing) if missing else (), strict=True)))
        if len(missing) * _WORTH > len(paths):
            doubtful = {path for path in missing if not identities.is_settled(path)}
            self._keep(name, found, found.known - doubtful, identities, beside)
        return found

    def _keep(
        self, name: str, found: Results, paths: AbstractSet[str], identities: _Identities, beside: Beside
    ) -> None:
        there = list(paths)
        known = zip(there, identities.of(there), strict=True)
        kept, values = found.packed({path for path, identity in known if identity is not None})
        if kept:
            besides = marshal.dumps(list(beside.of(kept)))  # Seldom read.
            names = cast("list[str]", identities.of(kept))
            self.store.save(name, (beside.whole, "\0".join(kept), "\n".join(names), besides, values))

    def recollect(
        self,
        place: tuple[str, ...],
        key: tuple[object, ...],
        files: Mapping[str, str],
        find: Callable[[], Any],
        restore: Callable[[Any], Kept],
    ) -> Kept:
        """What `restore` makes of what `find` gives: plain values, which depend on nothing but key, files and modes.

        Of each `place` only the last are kept: else whoever writes an index would fill the cache with what it was.
        """
        name, wanted = _name(_NOTE, self.tool, place), _name("", self._listing(files), key)
        kept = self.store.load(name)
        with suppress(*_DAMAGE):
            before, values = kept
            if before == wanted:
                return restore(values)
        found = find()
        self.store.save(name, (wanted, found))
        return restore(found)

    def recall(self, tree: Tree, question: object, today: str) -> Report | None:
        """The report of the run that asked the same of this tree and was given the same answers."""
        kept = self.store.load(self._trace(tree, question))
        try:
            day, answers, paths, digest, counts, notices = kept
            if day not in {"", today}:
                return None
            if _digest(_Identities(tree, self.started), paths.split("\0")) != digest:
                return None
            if any(_answer(tree, *asked) != answer for asked, answer in answers):
                return None
            return Report._make((*counts, (), 0, notices, False))
        except _DAMAGE:
            return None

    def remember(
        self, recorder: Recorder, question: object, day: str, documents: Iterable[str], report: Report
    ) -> None:
        """Keep a run without findings, if all that it was told has an identity. `documents` were read by it too.

        `day` is the one day for which it holds; empty where it holds on any.
        """
        if report.findings or report.suppressed or report.failed or recorder.is_opaque:
            return
        tree = recorder.tree
        paths = sorted(recorder.paths.union(documents))
        identities = _Identities(tree, self.started)
        digest = _digest(identities, paths)
        if digest is not None and all(map(identities.is_settled, paths)):
            kept = (day, list(recorder.answers.items()), "\0".join(paths), digest, report[:_COUNTED], report.notices)
            self.store.save(self._trace(tree, question), kept)

    def _trace(self, tree: Tree, question: object) -> str:
        return _name(_TRACE, self.tool, self._listing(tree.files()), tree.conversions(), question)

    def _listing(self, files: Mapping[str, str]) -> str:
        """A digest of files with their modes; the one that was asked for last is known."""
        if self._known is None or self._known[0] is not files:
            odd = [item for item in files.items() if item[1] != MODE_FILE]
            text = "\0".join([*files, repr(odd)])
            self._known = (files, hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest())
        return self._known[1]


_COUNTED = Report._fields.index("findings")


def _digest(identities: _Identities, paths: Iterable[str]) -> bytes | None:
    """The digest of the contents of files, by their identities; `None` where one has none."""
    found = identities.of(paths)
    return None if None in found else hashlib.sha256("\n".join(cast("list[str]", found)).encode()).digest()


def _answer(tree: Tree, method: str, *arguments: str) -> str:
    """What a tree says to a question, as one text."""
    found = getattr(tree, method)(*arguments)
    if isinstance(found, Mapping):
        return repr(sorted(found.items()))
    return repr(found if isinstance(found, bool | str) else sorted(found))


class Opened(NamedTuple):
    """A project that is open since the moment `started`; and its cache, if that was asked and has no report for it."""

    tree: Tree
    started: int
    memory: Memory | None = None


class Recorder:
    """A tree that notes what it was asked. A file that could not be read makes it opaque: such a run is not kept."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.root = tree.root
        self.notice = tree.notice
        self.takes_all = tree.takes_all
        self.paths: set[str] = set()
        self.answers: dict[tuple[str, ...], str] = {}
        self.is_opaque = False

    def files(self) -> Mapping[str, str]:
        """The files of the tree; their names are part of a trace's own."""
        return self.tree.files()

    def untracked(self) -> frozenset[str]:
        """As the tree says; noted."""
        self._note("untracked")
        return self.tree.untracked()

    def read(self, path: str, limit: int) -> bytes:
        """As the tree says; noted by the identity of the content, or by its absence."""
        try:
            data = self.tree.read(path, limit)
        except ReadError as error:
            self.is_opaque = self.is_opaque or error.kind != "absent"
            self._note("there", path)
            raise
        self.paths.add(path)
        return data

    def stream(self, path: str, limit: int | None, start: int) -> Iterator[bytes]:
        """As the tree says; noted as `read` notes it."""
        try:
            yield from in_pieces(self.tree, path, limit, start)
        except ReadError as error:
            self.is_opaque = self.is_opaque or error.kind != "absent"
            self._note("there", path)
            raise
        self.paths.add(path)

    def there(self, path: str) -> bool:
        """As the tree says; noted."""
        self._note("there", path)
        return self.tree.there(path)

    def vanished(self, name: str) -> Mapping[str, bytes]:
        """As the tree says; noted."""
        self._note("vanished", name)
        return self.tree.vanished(name)

    def former(self, path: str) -> str:
        """As the tree says; noted. A run that finds no fault may still miss documents: its rules may be others."""
        self._note("former", path)
        return self.tree.former(path)

    def expect(self, paths: Iterable[str]) -> None:
        """As the tree does."""
        self.tree.expect(paths)

    def conversions(self) -> str:
        """As the tree says; they are part of a trace's own name."""
        return self.tree.conversions()

    def remotes(self) -> tuple[str, ...]:
        """As the tree says; noted."""
        self._note("remotes")
        return self.tree.remotes()

    def blobs(self) -> Mapping[str, str]:
        """As the tree says; what a run reads is noted when it reads."""
        return self.tree.blobs()

    def follow(self, path: str) -> tuple[str, str]:
        """As the tree says; noted."""
        self._note("follow", path)
        return self.tree.follow(path)

    def _note(self, method: str, *arguments: str) -> None:
        if (method, *arguments) not in self.answers:
            self.answers[(method, *arguments)] = _answer(self.tree, method, *arguments)
