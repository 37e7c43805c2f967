"""Corpora whose contracts and indexes are read and whose documents are known, but not scanned."""

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from validator.accord.rows import Rows, candidates, is_large, is_sound, packed, placed, unpacked
from validator.cache import Memory
from validator.contract import Contract, ContractFault, FrontMatter, read_contract, read_front_matter
from validator.discover.planning import make_plan
from validator.discover.sources import Source, reason_of
from validator.index import format_of, read_index
from validator.index.mkdocs import is_mkdocs, start_of_links
from validator.join import listed_paths, missing_paths
from validator.model import Index, Place, Span, Waiver
from validator.patterns import PatternError
from validator.scan import Plan
from validator.schema import SchemaError, load
from validator.settings import Config
from validator.tree import MODE_FILE, ReadError, Tree, fold
from validator.universe import Universe
from validator.universe.listing import Listing
from validator.waivers import in_index, masked

INDEX_LIMIT = 2**29
# A smaller index is looked through as fast as the cache.
_WORTH_NOTING = 2**16
_MOST_HINTS = 3


class Prepared(NamedTuple):
    """A corpus whose index is read and whose documents are known, but not scanned.

    `missing` says that there is no index to read, `unreadable` that there is a file all the same, `gone` that no
    configuration names it either; `remaining` are the documents that it leaves behind, and `meant` is the path that may
    have been meant by its own. `listed` are the files that the entries link to.
    `sidecars` are the metadata files of the documents that have any; `orphans` are those without a document, each with
    the path that the document should have. `rows` are those of the index that are not among the entries of `manifest`,
    because there may be nothing to say of them; `reading` reads the index, some of its rows left out.
    """

    contract: Contract
    universe: Universe
    manifest: Index | None
    plan: Plan
    documents: tuple[str, ...]
    listed: frozenset[str] = frozenset()
    missing: bool = False
    unreadable: bool = False
    gone: bool = False
    remaining: tuple[str, ...] = ()
    meant: str = ""
    unmatched: tuple[tuple[Place, str], ...] = ()
    sidecars: Mapping[str, tuple[str, ...]] = {}
    orphans: tuple[tuple[str, str], ...] = ()
    waivers: tuple[Waiver, ...] = ()
    rows: Rows | None = None
    reading: Callable[[tuple[Span, ...]], Index] | None = None


def prepare(
    tree: Tree,
    config: Config,
    sources: Iterable[Source],
    others: Iterable[str] = (),
    *,
    sparingly: bool = False,
    memory: Memory | None = None,
) -> list[Prepared]:
    """Read each corpus's contract and index, and find its documents. Never raises: faults are in the result.

    `others` are the indexes of corpora that are left out. `sparingly` leaves out rows of an index that may be in accord
    with their documents; which ones those are, `memory` may know.
    """
    sources, tracked = tuple(sources), Listing(tree)
    listings = dict.fromkeys((source.path for source in sources), tracked)
    indexes = tracked.under_all_names(path for path in (*listings, *others) if path is not None)
    strangers = [path for path in listings if path is not None and path not in tracked.files]
    if strangers:  # Where git does not track an index, files that it does not track either count as well.
        everything = Listing(tree, {**tracked.files, **dict.fromkeys(tree.untracked(), MODE_FILE)})
        listings |= dict.fromkeys(strangers, everything)
    look = partial(_look, memory) if sparingly else None
    return [
        _prepare(source, Universe(listings[source.path], source.folder, indexes, config.exclude), look)
        for source in sources
    ]


# What finds the rows of an index that may be in accord: from its bytes, its contract, and the files that there are.
Look = Callable[[bytes, Contract, Universe], Rows | None]


def _look(memory: Memory | None, data: bytes, contract: Contract, universe: Universe) -> Rows | None:
    """Look for the rows that may be in accord, where that is worth it; in the cache first."""
    if not is_large(data):
        return None
    files, asked = universe.files, (contract.body, universe.folder, universe.exclude)

    def find() -> Rows | None:
        return candidates(data, contract.body, universe.folder, files, universe.exclude) if is_sound(data) else None

    if memory is None or len(data) < _WORTH_NOTING:
        return find()
    digest, place = hashlib.sha256(data).digest(), (universe.tree.root, contract.path or "")
    return memory.recollect(place, (digest, *asked), files, lambda: packed(find()), partial(unpacked, data, digest))


def _prepare(source: Source, universe: Universe, look: Look | None) -> Prepared:
    """One corpus of the project."""
    tree = universe.tree
    data, faults = _read_index_bytes(tree, source)
    front = read_front_matter(source.path, data) if source.path is not None and data is not None else None
    statements = [statement for statement in (source.statement, front.statement if front else None) if statement]
    contract = read_contract(source.path, source.folder, statements, front)
    if data is not None and (unread := _unread_format(source, contract)):
        data, faults = None, unread
    contract = contract._replace(faults=(*contract.faults, *faults, *_needs_documents(source, contract)))
    opened = _Opened(None)
    if source.path is not None and data is not None:
        opened = _open_index(source.path, data, front, contract, universe, look)
    index, rows = opened.manifest, opened.rows
    listed = frozenset(listed_paths(index, universe.follow)) if index else frozenset()
    listed = listed.union(rows.starts) if rows else listed
    gone = frozenset(missing_paths(index, universe.follow)) if index and not listed else frozenset()
    documents = tuple(universe.documents(contract, listed, gone))
    if source.path is not None and (data is None or source.gone is not None):
        remaining = tuple(_left_by(source, documents, tree))
        return Prepared(
            contract, universe, None, make_plan(contract, None, None), (), listed, missing=True,
            unreadable=bool(faults), gone=source.statement is None and not faults, remaining=remaining,
            meant="" if remaining or faults else _meant(source, universe.files),
        )  # fmt: skip
    contract, schema = _load_schema(tree, contract)
    plan = make_plan(contract, index, schema)
    unmatched = tuple(_unmatched(contract, universe))
    sidecars = universe.sidecars(documents) if plan.reads_sidecars else {}
    orphans = tuple(universe.orphans(contract, documents)) if plan.reads_sidecars else ()
    return Prepared(
        contract, universe, index, plan, documents, listed, unmatched=unmatched, sidecars=sidecars, orphans=orphans,
        waivers=opened.waivers, rows=rows, reading=opened.reading,
    )  # fmt: skip


class _Opened(NamedTuple):
    """An index that was read, as `Prepared` has it."""

    manifest: Index | None
    waivers: tuple[Waiver, ...] = ()
    rows: Rows | None = None
    reading: Callable[[tuple[Span, ...]], Index] | None = None


def _open_index(
    path: str, data: bytes, front: FrontMatter | None, contract: Contract, universe: Universe, look: Look | None
) -> _Opened:
    """Read an index; without the rows that may be in accord, which are what `look` finds."""
    if b"://" in data:
        universe.adopt(data.decode("latin-1"))
    if is_mkdocs(path):
        universe.start_links_at(start_of_links(path, data))
    waivers = in_index(data)
    shown = masked(data, waivers) if waivers else data
    resolve = cache(partial(universe.resolve, contract))

    def reading(left_out: tuple[Span, ...]) -> Index:
        index = read_index(path, shown, contract, resolve, left_out)
        return index._replace(faults=(*index.faults, *(front.index_faults if front else ())))

    rows = None
    if look is not None and format_of(path, contract) == "markdown":
        rows = look(data, contract, universe)
    index = reading(rows.spans() if rows else ())
    kept = placed(rows, index) if rows else None
    if kept is not rows:
        index = reading(kept.spans() if kept else ())
    if waivers:
        from validator.index.comments import judged  # noqa: PLC0415 - few indexes have any

        is_page = format_of(path, contract) == "markdown"
        waivers = tuple(judged(waivers, index, data, contract, is_page=is_page))
    return _Opened(index, waivers, kept, reading)


def _meant(source: Source, files: Iterable[str]) -> str:
    """The index that a configuration file may mean by a path where none is, as it would be written there."""
    if source.path is None or source.statement is None:
        return ""
    from validator.meant import path_meant  # noqa: PLC0415 - only for messages

    found = path_meant(source.path, files)
    return posixpath.relpath(found, posixpath.dirname(source.statement.file) or ".") if found else ""


def _left_by(source: Source, documents: Iterable[str], tree: Tree) -> Iterator[str]:
    """The documents that remain of an index that is gone. Itself under a name of other case is none."""
    if source.gone is not None and source.path is not None:
        yield from (path for path in documents if tree.there(path) and fold(path) != fold(source.path))


def _unmatched(contract: Contract, universe: Universe) -> Iterator[tuple[Place, str]]:
    """The globs of `documents` that match nothing: where each stands, and what is to be said of it."""
    if contract.documents and all(glob.startswith("!") for glob in contract.documents):
        words = "each of these globs takes away, and none chooses a file: begin with one that does, as '*.md'"
        yield contract.place("documents"), words
    for told, (number, glob) in enumerate(universe.unmatched(contract)):
        from validator.meant import glob_hint  # noqa: PLC0415 - only for messages

        start = "the configuration file" if contract.path is None else "the index's folder"
        # To look for what is meant goes over all files several times.
        hint = glob_hint(glob, universe.folder, start, universe.matched) if told < _MOST_HINTS else ""
        yield contract.place("documents", number), f"the glob {glob!r} matches nothing{hint}"


def _read_index_bytes(tree: Tree, source: Source) -> tuple[bytes | None, tuple[ContractFault, ...]]:
    if source.path is None or source.gone is not None:
        return source.gone, ()
    try:
        return tree.read(source.path, INDEX_LIMIT), ()
    except ReadError as error:
        if error.kind == "absent":
            return None, ()
        place = source.statement.place(("index",)) if source.statement else Place(source.path)
        return None, (ContractFault(place, f"the index cannot be read: {reason_of(error)}"),)


def _needs_documents(source: Source, contract: Contract) -> tuple[ContractFault, ...]:
    if source.path is not None or contract.documents is not None or "documents" in contract.stated:
        return ()
    return (ContractFault(contract.place("index"), "without an index, `documents` has to say which files they are"),)


def _unread_format(source: Source, contract: Contract) -> tuple[ContractFault, ...]:
    """An index whose name does not tell how to read it: it is not read, for as Markdown it may seem to name nothing."""
    if source.path is None or format_of(source.path, contract) is not None:
        return ()
    suffix = posixpath.splitext(source.path)[1]
    message = (
        f"the name of an index that {f'ends in {suffix}' if suffix else 'has no suffix'} does not tell how to read it: "
        "say so with `format`"
    )
    return (ContractFault(contract.place("index"), message),)


def _load_schema(tree: Tree, contract: Contract) -> tuple[Contract, str | None]:
    """The text of the schema that a contract names, relative to the file that states it."""
    if contract.schema is None:
        return contract, None
    path = contract.schema_path
    text, reason = _schema_text(tree, path)
    if not reason:
        return contract, text
    message = f"the schema {contract.schema} cannot be used: {reason}"
    fault = ContractFault(contract.place("schema"), message, "bad-schema", None if text is None else path)
    return contract._replace(faults=(*contract.faults, fault)), None


def _schema_text(tree: Tree, path: str) -> tuple[str | None, str]:
    """A schema's text (`None` where there is no such file), and why it cannot be used (empty where it can)."""
    try:
        data = tree.read(path, 1 << 24)
    except ReadError as error:
        absent = "nothing is fetched: it has to be a file of the project" if ":/" in path else "there is no such file"
        return None, absent if error.kind == "absent" else " ".join(error.detail)
    try:
        text = data.decode("utf-8-sig")
        load(text).prove()
    except (SchemaError, PatternError, UnicodeDecodeError) as error:
        return "", "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
    return text, ""
