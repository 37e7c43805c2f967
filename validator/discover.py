"""Which project, which configuration, which corpora a command speaks of."""

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from validator.accord import Rows, candidates, may_be_sparing, placed
from validator.compose import Value
from validator.contract import Contract, ContractFault, FrontMatter, Statement, read_contract, read_front_matter
from validator.globs import chosen
from validator.index import format_of, read_index
from validator.join import fields_of, id_column_of, listed_paths
from validator.model import Binding, Index, Place, Span, Waiver
from validator.names import template
from validator.patterns import PatternError
from validator.scan import Plan
from validator.schema import SchemaError, load
from validator.settings import CONFIG_NAMES, MISNAMED, PYPROJECT, Config, read_config
from validator.tree import (
    Folder,
    GitWorktree,
    ReadError,
    Revision,
    Tree,
    at_revision,
    files_called,
    fold,
    is_bare,
    is_repository,
    resolve,
    staged,
    top_level,
)
from validator.universe import Universe
from validator.waivers import in_index, masked

INDEX_NAME = "INDEX.md"
INDEX_LIMIT = 2**29


class UsageError(Exception):
    """The command was held wrongly; the message says how to hold it."""


class Wanted(NamedTuple):
    """Where the content is to come from: a revision, else git's index, else the working tree or folder."""

    rev: str | None = None
    staged: bool = False


class Source(NamedTuple):
    """A corpus before anything of it is read: its index, and what a configuration file states of it.

    `remaining` holds the content of an index that is gone, as the last commit has it.
    """

    path: str | None
    folder: str
    statement: Statement | None = None
    gone: bytes | None = None


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


def find_tree(paths: Iterable[str], working: str, wanted: Wanted | None = None, *, is_remembered: bool = True) -> Tree:
    """The project that the paths (else the working folder) belong to, as a source of files.

    `is_remembered` says that there is a cache, which asks what is modified.

    Raises:
        UsageError: a path exists nowhere, git does not know the revision, or there is no repository.
        TreeError: git refuses to read the repository, or there is none where one is needed.
    """
    start = _start(paths, working)
    wanted = wanted or Wanted()
    if wanted != Wanted() and not is_repository(start):
        option = "--staged" if wanted.staged else "--rev"
        raise UsageError(f"{option} needs a git repository, and there is none in {start} or above it")
    if wanted.rev is not None:
        root = _root(start, working)
        return at_revision(root, known_revision(root, wanted.rev))
    if wanted.staged:
        root = _root(start, working)
        head = resolve(root, "HEAD")
        return staged(root, head.commit if head else None)
    top = top_level(start)
    if top is not None:
        tree = GitWorktree(os.path.realpath(top))
        tree.foresee(is_remembered=is_remembered)
        return tree
    root = _configured_above(start) or (
        os.path.realpath(working) if _is_inside(start, os.path.realpath(working)) else start
    )
    return Folder(root, f"not in a git repository: all files of {root} count")


def known_revision(root: str, name: str) -> Revision:
    """The object IDs of a revision.

    Raises:
        UsageError: git does not know it.
        TreeError: the name could be taken for an option.
    """
    found = resolve(root, name)
    if found is None:
        raise UsageError(f"git does not know the revision {name!r}")
    return found


def _root(start: str, working: str) -> str:
    """What paths are relative to where git gives the content: the top level; in a bare repository where we stand."""
    if is_bare(start):
        return os.path.realpath(working)
    return os.path.realpath(top_level(start) or start)


def _start(paths: Iterable[str], working: str) -> str:
    """The folder, one that exists, from which the project is looked for."""
    start = working
    for path in paths:
        full = os.path.join(working, path)
        start = full if os.path.isdir(full) else os.path.dirname(full)
        break
    while not os.path.isdir(start):
        start = os.path.dirname(start)
    return os.path.realpath(start)


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _configured_above(folder: str) -> str | None:
    """The nearest folder upwards that has a configuration file of ours."""
    while True:
        for name in CONFIG_NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name != PYPROJECT or _speaks_of_us(path)):
                return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _speaks_of_us(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"tool.indexlint" in file.read(1 << 20)
    except OSError:
        return False


def find_config(tree: Tree, explicit: str | None, working: str) -> Config:
    """The configuration file: the one that is named, else the first of its names that stands in the root.

    Raises:
        UsageError: the named one cannot be read.
    """
    if explicit is not None:
        path = relative(tree, explicit, working)
        try:
            return read_config(path, tree.read(path, 1 << 24)) or Config(path)
        except ReadError as error:
            raise UsageError(f"the configuration file {explicit} cannot be read: {_reason(error)}") from None
    for name in CONFIG_NAMES:
        try:
            found = read_config(name, tree.read(name, 1 << 24))
        except ReadError as error:
            if error.kind == "absent":
                continue
            fault = ContractFault(Place(name), f"this configuration file cannot be read: {_reason(error)}")
            return Config(name, faults=(fault,))
        if found is not None:
            return found
    for name in MISNAMED:
        if tree.there(name):
            fault = ContractFault(Place(name), f"this file is not read: name it {CONFIG_NAMES[0]}")
            return Config(name, faults=(fault,))
    return Config()


def unread_configs(tree: Tree, config: Config) -> list[str]:
    """The configuration files that do not stand in the root, where nothing else configures the project."""
    return [] if config.path is not None else files_called(tree.files(), CONFIG_NAMES[0])


def _reason(error: ReadError) -> str:
    """Why a file cannot be read, in words."""
    if error.kind == "absent":
        return "there is no such file"
    if error.kind == "too-large":
        return "it has {1} bytes, of {2} at most".format(*error.detail)
    return f"it is {error.detail[0]}" if error.kind == "not-a-file" else " ".join(error.detail)


def relative(tree: Tree, path: str, working: str) -> str:
    """A path of the command line as a path below the root.

    Raises:
        UsageError: it leads out of the project.
    """
    full = os.path.normpath(os.path.join(working, path))
    folder = os.path.realpath(os.path.dirname(full)) if os.path.basename(full) else full
    full = os.path.join(folder, os.path.basename(full))
    inside = os.path.relpath(full, tree.root).replace(os.sep, "/")
    if inside == ".." or inside.startswith("../"):
        raise UsageError(f"{path} lies outside the project {tree.root}")
    return "" if inside == "." else inside


def find_sources(tree: Tree, config: Config, named: tuple[str, ...]) -> list[Source]:
    """The corpora of a project: those that the configuration file lists, else every file named INDEX.md.

    `named` are the paths of the command line, relative to the root: an index among them counts although untracked.
    """
    if config.corpora:
        return _told_apart(_configured(config, statement) for statement in config.corpora)
    found = {path for path in files_called(tree.files(), INDEX_NAME) if not _excluded(config, path)}
    for path in named:
        found |= {path} if _is_index(tree, path) else set()
        inner = posixpath.join(path, INDEX_NAME)
        found |= {inner} if inner not in found and tree.there(inner) else set()
    gone = {path: data for path, data in tree.vanished(INDEX_NAME).items() if not _excluded(config, path)}
    sources = [Source(path, posixpath.dirname(path)) for path in sorted(found - gone.keys())]
    return sources + [Source(path, posixpath.dirname(path), gone=data) for path, data in sorted(gone.items())]


def _told_apart(sources: Iterable[Source]) -> list[Source]:
    """The sources without those that say the same of the same index as an earlier one, its path spelt otherwise."""
    kept: list[Source] = []
    for source in sources:
        if not any(source.path == other.path and _rest(source) == _rest(other) for other in kept):
            kept.append(source)
    return kept


def _rest(source: Source) -> dict[str, Value]:
    return {key: value for key, value in source.statement.value.items() if key != "index"} if source.statement else {}


def _is_index(tree: Tree, path: str) -> bool:
    return posixpath.basename(path) == INDEX_NAME and tree.there(path)


def _excluded(config: Config, path: str) -> bool:
    return bool(config.exclude) and chosen(config.exclude, path)


def _configured(config: Config, statement: Statement) -> Source:
    base = posixpath.dirname(config.path or "")
    index = str(statement.value.get("index"))
    if index == "none":
        return Source(None, base, statement)
    path = posixpath.normpath(posixpath.join(base, index))
    return Source(path, posixpath.dirname(path), statement)


def prepare(
    tree: Tree, config: Config, source: Source, indexes: frozenset[str], *, sparingly: bool = False
) -> Prepared:
    """Read a corpus's contract and index, and find its documents. Never raises: faults are in the result.

    `sparingly` leaves out rows of the index that may be in accord with their documents.
    """
    data, faults = _read_index_bytes(tree, source)
    front = read_front_matter(source.path, data) if source.path is not None and data is not None else None
    statements = [statement for statement in (source.statement, front.statement if front else None) if statement]
    contract = read_contract(source.path, source.folder, statements, front)
    contract = contract._replace(faults=(*contract.faults, *faults, *_needs_documents(source, contract)))
    if data is not None:
        contract = contract._replace(faults=(*contract.faults, *_unread_format(source, contract)))
    files = tree.files()
    if source.path is not None and source.path not in files:
        files = {**files, **dict.fromkeys(tree.untracked(), "file")}
    universe = Universe(tree, source.folder, files, indexes, config.exclude)
    opened = _Opened(None)
    if source.path is not None and data is not None:
        opened = _open_index(source.path, data, front, contract, universe, sparingly=sparingly)
    index, rows = opened.manifest, opened.rows
    listed = frozenset(listed_paths(index, universe.follow)) if index else frozenset()
    listed = listed.union(rows.starts) if rows else listed
    documents = tuple(universe.documents(contract, listed))
    if source.path is not None and (data is None or source.gone is not None):
        remaining = tuple(_left_by(source, documents, tree))
        return Prepared(
            contract, universe, None, make_plan(contract, None, None), (), listed, missing=True,
            unreadable=bool(faults), gone=source.statement is None and not faults, remaining=remaining,
            meant="" if remaining or faults else _meant(source, files),
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
    path: str, data: bytes, front: FrontMatter | None, contract: Contract, universe: Universe, *, sparingly: bool
) -> _Opened:
    """Read an index; without the rows that may be in accord, where that is wanted."""
    if b"://" in data:
        universe.adopt(data.decode("latin-1"))
    waivers = in_index(data)
    shown = masked(data, waivers) if waivers else data
    resolve = cache(partial(universe.resolve, contract))

    def reading(left_out: tuple[Span, ...]) -> Index:
        index = read_index(path, shown, contract, resolve, left_out)
        return index._replace(faults=(*index.faults, *(front.index_faults if front else ())))

    rows = None
    if sparingly and format_of(path, contract) == "markdown" and may_be_sparing(data):
        rows = candidates(data, contract.body, universe.folder, universe.files, universe.exclude)
    index = reading(rows.spans(rows.starts) if rows else ())
    kept = placed(rows, index) if rows else None
    if kept is not rows:
        index = reading(kept.spans(kept.starts) if kept else ())
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
    for number, glob in universe.unmatched(contract):
        from validator.meant import glob_hint  # noqa: PLC0415 - only for messages

        start = "the configuration file" if contract.path is None else "the index's folder"
        hint = glob_hint(glob, universe.folder, start, universe.matched)
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
        return None, (ContractFault(place, f"the index cannot be read: {_reason(error)}"),)


def _needs_documents(source: Source, contract: Contract) -> tuple[ContractFault, ...]:
    if source.path is not None or contract.documents is not None or "documents" in contract.stated:
        return ()
    return (ContractFault(contract.place("index"), "without an index, `documents` has to say which files they are"),)


def _unread_format(source: Source, contract: Contract) -> tuple[ContractFault, ...]:
    """An index whose name does not tell how to read it; read as Markdown it would seem to name nothing."""
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
    place = contract.place("schema")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(place.path), contract.schema))
    text, reason = _schema_text(tree, path)
    if not reason:
        return contract, text
    fault = ContractFault(place, f"the schema {contract.schema} cannot be used: {reason}", "bad-schema")
    return contract._replace(faults=(*contract.faults, fault)), None


def _schema_text(tree: Tree, path: str) -> tuple[str | None, str]:
    """A schema's text, and why it cannot be used (empty where it can)."""
    try:
        text = tree.read(path, 1 << 24).decode("utf-8-sig")
        load(text).prove()
    except (SchemaError, PatternError, UnicodeDecodeError) as error:
        return None, "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
    except ReadError as error:
        return None, "there is no such file" if error.kind == "absent" else " ".join(error.detail)
    return text, ""


def make_plan(contract: Contract, index: Index | None, schema: str | None) -> Plan:
    """What the scan of a corpus's documents has to look for."""
    fields = list(fields_of(contract, index, id_column_of(contract, index)))
    ids, required = _id_expressions(contract, id_column_of(contract, index))
    bound = (expression for field in fields for expression in field.document)
    expressions = dict.fromkeys((*ids, *bound, *(reference.expression for reference in contract.references)))
    return Plan(
        folder=contract.folder,
        expressions=tuple(expressions),
        ids=ids,
        required_ids=required,
        loose=frozenset(expression for field in fields if field.by_name for expression in field.document),
        name=contract.name,
        pattern=contract.id.pattern,
        delimiters=contract.delimiters,
        limits=contract.limits,
        schema=schema,
        joined=tuple(_joined(contract, fields)),
    )


def _joined(contract: Contract, fields: Iterable[Binding]) -> Iterator[tuple[str, str]]:
    """What joins the items of lists: the declared delimiter, with a blank behind it where it has none."""
    for field in fields:
        delimiter = contract.delimiters.of_field(field.field) or contract.delimiters.list
        if delimiter is not None:
            shown = delimiter if delimiter != delimiter.strip() else f"{delimiter} "
            yield from ((expression, shown) for expression in field.document)


def _id_expressions(contract: Contract, column: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where documents state their ID, and which of these places may not be silent.

    Where nothing is declared of headers, the `column` of the IDs is bound to the key of that name like any other.
    """
    if not contract.id.judged:
        return (), ()
    if contract.id.document is not None:
        return contract.id.document, tuple(source for source in contract.id.document if not source.startswith("name."))
    found = ["name.id"] if contract.name is not None and "id" in template(contract.name).fields else []
    is_bound = column is not None if contract.delimiters.header is None else contract.delimiters.header != "none"
    found += ["header.id"] if is_bound else []
    found += [f"{which}.id" for which in ("begin", "end") if contract.delimiters.captures(which, "id")]
    return tuple(found), ()


def settled(prepared: Sequence[Prepared]) -> list[Prepared]:
    """The corpora that there are, apart: of an index that is gone, only where documents remain that no other governs.

    A file that no contract chooses, but that lies beside one that is listed, is left to the index that lists it or
    that its contract gives it to, and else to the nearest one.
    """
    everything = list(map(partial(_apart, others=list(prepared)), prepared))
    governed = {path for item in everything for path in item.documents}
    left = (
        item._replace(remaining=tuple(path for path in item.remaining if path not in governed)) for item in everything
    )
    return [item for item in left if item.remaining or not item.gone]


def _apart(item: Prepared, others: Sequence[Prepared]) -> Prepared:
    """A corpus without the neighbours of its documents that are another corpus's."""
    if item.contract.documents is not None or item.missing or len(others) == 1:
        return item
    elsewhere: set[str] = set()
    for other in others:
        if other is not item and not other.missing:
            is_nearer = len(other.contract.folder) > len(item.contract.folder)
            elsewhere.update(other.documents if other.contract.documents is not None or is_nearer else other.listed)
    kept = tuple(path for path in item.documents if path in item.listed or path not in elsewhere)
    return item._replace(documents=kept)


def chosen_by(prepared: Sequence[Prepared], tree: Tree, named: tuple[str, ...]) -> list[Prepared]:
    """The corpora that the paths of a command line name: by their index, a document, or a folder.

    Raises:
        UsageError: a path neither exists nor is known to git, or no corpus has anything to do with any of them.
    """
    everything = settled(prepared)
    if not named:
        return everything
    for path in named:
        if not tree.there(path) and not _is_known(tree, path, everything):
            raise UsageError(f"{path}: no such file, and git does not know it")
    picked = [item for item in everything if _is_named(item, named, everything)]
    if not picked:
        known = ", ".join(item.contract.path or "one without an index" for item in everything) or "there is none"
        raise UsageError(
            f"no index has anything to do with {', '.join(path or '.' for path in named)} (known: {known})"
            f"{_unlisted_index_hint(tree, named)}"
        )
    return picked


def _unlisted_index_hint(tree: Tree, named: tuple[str, ...]) -> str:
    """For whoever names an index that is not called INDEX.md, and that no configuration lists."""
    readable = [path for path in named if format_of(path, Contract(path, "")) is not None and tree.there(path)]
    return f"; if {readable[0]} is an index, list it under `corpora` in {CONFIG_NAMES[0]}" if readable else ""


def _is_known(tree: Tree, path: str, everything: list[Prepared]) -> bool:
    if any(name == path or name.startswith(path + "/") for name in tree.files()):
        return True
    if any(item.contract.path == path for item in everything):
        return True
    return path in tree.vanished(posixpath.basename(path))


def _is_named(item: Prepared, named: Iterable[str], everything: list[Prepared]) -> bool:
    """Whether one of the paths names a corpus: its index, a document, a folder of theirs, or what was a document."""
    names = {"", *item.documents, *item.remaining}
    names |= {item.contract.path} if item.contract.path is not None else set()
    for name in tuple(names):
        folder = posixpath.dirname(name)
        while folder not in names:
            names.add(folder)
            folder = posixpath.dirname(folder)
    return any(path in names or _is_listed(item, path) or _would_be_document(item, path, everything) for path in named)


def _is_listed(item: Prepared, path: str) -> bool:
    """Whether an entry links to a path that is no file now."""
    if item.manifest is None or item.universe.tree.there(path):
        return False
    return any(
        item.universe.follow(link.target).path == path for entry in item.manifest.entries for link in entry.links[:1]
    )


def _would_be_document(item: Prepared, path: str, everything: list[Prepared]) -> bool:
    """Whether a path that is no file of the universe (new, or deleted) is one that the corpus would speak of."""
    if path in item.universe.files and item.universe.tree.there(path):
        return False
    if item.contract.documents is not None:
        return item.universe.is_chosen(item.contract, path)
    above = [other.contract.folder for other in everything if other.universe.inside(path) is not None]
    is_nearest = item.contract.folder in above and len(item.contract.folder) == max(map(len, above))
    return is_nearest and posixpath.splitext(path)[1] in {posixpath.splitext(name)[1] for name in item.documents}
