"""One corpus: how an index and its documents relate, learned from what both say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from validator.contract import Contract, Delimiters
from validator.index import column_of, value_of
from validator.infer.binding import LEAST_PAIRS, Bond, Column, Evidence, Source, bind, facts_for
from validator.infer.by_id import joined_reading
from validator.infer.dialects import CERTAIN, Dialect, fitting_dialects
from validator.infer.identity import (
    Identity,
    Named,
    is_stated_throughout,
    learn_identity,
    stated_ids,
    tells_apart,
    title_of,
)
from validator.infer.naming import Naming, learn_naming
from validator.infer.ordering import Sorting, learn_order
from validator.infer.reading import Reading, best_reading, read_as
from validator.model import Binding, Document, Entry, Index, folded_name
from validator.names import template
from validator.scan import Plan, scan
from validator.tree import MODE_FILE, ReadError, Tree
from validator.universe import Universe

# Evidence is taken from so many rows and documents, evenly spaced: the same ones each time.
MOST_ROWS = 500
MOST_HEADERS = 80
_DOCUMENT_LIMIT = 2**24
_DECLARED = 0.9
# An ID is at least so much of what its column says beside it.
_OF_ID = 0.2
_LEAST_IN_SERIES = 5

_NUMBERS = frozenset({"name.id", "name.number"})
_OF_LISTS = frozenset({"link.text", "remark", "label", "section"})

_Item = TypeVar("_Item")


class LeftOut(NamedTuple):
    """A column that nothing agrees with well enough, and the nearest thing to it."""

    column: str
    nearest: Bond | None


class Learned(NamedTuple):
    """What is known of one corpus: enough to write its contract. `path` is the index's."""

    path: str
    folder: str
    documents: tuple[str, ...]
    format: str | None
    section: tuple[str, ...]
    identity: Identity | None
    pattern: str | None
    header: str | None
    fields: tuple[Bond, ...]
    left_out: tuple[LeftOut, ...]
    order: str | None = None
    sorting: Sorting | None = None


class Collection(NamedTuple):
    """What an index names: a way to read it, and how the documents are named."""

    reading: Reading
    naming: Naming
    listed: tuple[str, ...]
    unlisted: tuple[str, ...]


def collections(contract: Contract, data: bytes, universe: Universe, *, by_id: bool) -> list[Collection]:
    """The collections that one index names: as a rule one; several where its parts name several series of numbers.

    `by_id` looks for rows without links, too.
    """
    reading = best_reading(contract, data, universe)
    if not reading.named and by_id:
        reading = joined_reading(contract, data, universe, reading) or reading
    parts = _series(reading, data, universe)
    return [found for part in parts for found in [_collection(part, data, universe)] if found is not None]


def _collection(reading: Reading, data: bytes, universe: Universe) -> Collection | None:
    listed = tuple(_relative(universe, reading.named))
    known = frozenset(listed)
    if not listed:
        return None
    present = [
        path for full, mode in universe.files.items()
        if mode == MODE_FILE and full not in universe.indexes
        for path in [universe.inside(full)] if path is not None
    ]  # fmt: skip
    naming = learn_naming(known, present)
    if reading.contract.documents is not None:
        reading = read_as(reading.contract._replace(documents=naming.globs), data, universe)
    chosen = universe.documents(reading.contract._replace(documents=naming.globs), frozenset(reading.named))
    unlisted = tuple(path for path in _relative(universe, chosen) if path not in known)
    return Collection(reading, naming, listed, unlisted)


def _relative(universe: Universe, paths: Iterable[str]) -> list[str]:
    found = (universe.inside(path) for path in paths)
    return [path for path in found if path is not None]


def _series(reading: Reading, data: bytes, universe: Universe) -> list[Reading]:
    """Parts of an index under headings of their own that number their documents each from the start."""
    sections: dict[str, list[str]] = {}
    for entry, path in reading.rows:
        if path is not None:
            sections.setdefault(reading.manifest.blocks[entry.block].section, []).append(path)
    kinds: dict[str, list[str]] = {}
    for name, paths in sections.items():
        shapes = {_prefix(universe, path) for path in paths}
        # A row that leads to a document of the other series would join both; the series of most rows counts.
        shape = max(sorted(shapes), key=lambda shape: sum(1 for path in paths if _prefix(universe, path) == shape))
        kinds.setdefault(shape, []).append(name)
    numbers = [
        frozenset(_number(universe, path) for name in names for path in sections[name]) for names in kinds.values()
    ]
    collide = any(left & right - {""} for at, left in enumerate(numbers) for right in numbers[at + 1 :])
    enough = all(len(members) >= _LEAST_IN_SERIES for members in numbers)
    if len(kinds) < 2 or not collide or not enough or "" in sections:  # noqa: PLR2004 - one series is no several
        return [reading]
    return [
        read_as(reading.contract._replace(section=tuple(name for name in sections if name in names)), data, universe)
        for names in kinds.values()
    ]


def _prefix(universe: Universe, path: str) -> str:
    """The path without its numbers and what follows them."""
    inside = universe.inside(path) or path
    at = next((number for number, character in enumerate(inside) if character.isdigit()), len(inside))
    return inside[:at]


def _number(universe: Universe, path: str) -> str:
    inside = (universe.inside(path) or path)[len(_prefix(universe, path)) :]
    return inside[: next((at for at, character in enumerate(inside) if not character.isdigit()), len(inside))]


def evenly(items: Sequence[_Item], most: int) -> list[_Item]:
    """At most so many of the items, evenly spaced."""
    if len(items) <= most:
        return list(items)
    return [items[number * len(items) // most] for number in range(most)]


class _Rows(NamedTuple):
    """The sampled rows: entries with the content of the documents they lead to, side by side."""

    manifest: Index
    entries: tuple[Entry, ...]
    paths: tuple[str, ...]
    contents: tuple[bytes, ...]


def learn(collection: Collection, tree: Tree, universe: Universe) -> Learned:
    """Learn how the documents of a collection and its index relate."""
    rows = _rows(collection, tree)
    columns = _columns(rows)
    dialects = fitting_dialects(evenly(rows.contents, MOST_HEADERS))
    certain = [dialect for dialect in dialects if dialect.name in CERTAIN]
    choices: list[Dialect | None] = [*certain] if certain else [None, *dialects]
    found = [_relate(collection, rows, columns, dialect, universe) for dialect in choices]
    return _ordered(max(found, key=_shown), collection)


def _ordered(learned: Learned, collection: Collection) -> Learned:
    """With the order of the entries by their IDs, where they have one."""
    numbered = [bond.binding for bond in learned.fields if bond.binding.document[0] in _NUMBERS]
    if learned.identity is not None and learned.identity.column is not None:
        field, column = "id", learned.identity.column
    elif numbered:
        field, column = numbered[0].field, numbered[0].column or ""
    else:
        return learned
    reading = collection.reading
    sorting = learn_order(reading.manifest, (entry for entry, _ in reading.rows), column)
    if sorting is None:
        return learned
    return learned._replace(order=f"-{field}" if sorting.descending else field, sorting=sorting)


def _shown(learned: Learned) -> int:
    """How many values a dialect makes agree; of two, the first that is tried counts."""
    return sum(bond.evidence.agreeing for bond in learned.fields)


def _rows(collection: Collection, tree: Tree) -> _Rows:
    pairs = [(entry, path) for entry, path in collection.reading.rows if path is not None]
    kept: list[tuple[Entry, str, bytes]] = []
    for entry, path in evenly(pairs, MOST_ROWS):
        try:
            kept.append((entry, path, tree.read(path, _DOCUMENT_LIMIT)))
        except ReadError:
            continue
    entries, paths, contents = zip(*kept, strict=True) if kept else ((), (), ())
    return _Rows(collection.reading.manifest, entries, paths, contents)


def _columns(rows: _Rows) -> list[Column]:
    """What the index states, column by column; of a list, its links' texts; headings, where there are several."""
    names: dict[str, str] = {}
    for block in rows.manifest.blocks:
        for name in block.columns:
            names.setdefault(folded_name(name), name)
    names = {folded: name for folded, name in names.items() if folded and name != "link.target"}
    if len({rows.manifest.blocks[entry.block].section for entry in rows.entries}) > 1:
        names.setdefault("section", "section")
    return [
        Column(name, tuple(_value(rows.manifest, entry, name) for entry in rows.entries)) for name in names.values()
    ]


def _value(index: Index, entry: Entry, name: str) -> str | None:
    value = value_of(index, entry, name)
    return value or None


def _relate(
    collection: Collection, rows: _Rows, columns: list[Column], dialect: Dialect | None, universe: Universe
) -> Learned:
    """What there is to know if the documents are written in this dialect."""
    keys = tuple(f"header.{key}" for key in dialect.keys) if dialect else ()
    plain = ("heading", "heading.2", "heading.any", "first-line")
    header = dialect.name if dialect else None
    plan = Plan(universe.folder, (*keys, *plain, *facts_for(columns)), delimiters=Delimiters(header), digest=False)
    documents = [scan(plan, path, data) for path, data in zip(rows.paths, rows.contents, strict=True)]
    sources = [
        Source(expression, tuple(_claimed(document, number) for document in documents))
        for number, expression in enumerate(plan.expressions)
    ]
    named = [
        way for source in collection.naming.templates
        for way in [_named(source, rows.paths, universe)] if tells_apart(way.ids, rows.paths)
    ]  # fmt: skip
    identity = _identity(columns, named, sources, keys, rows.manifest)
    bonds = [Bond(given, Evidence(len(documents), len(documents), 0.0)) for given in _given(collection)]
    titles = [source for source in sources if source.expression in plain]
    identity, decorated = _undecorated(identity, columns, named, titles)
    bonds += [decorated] if decorated else []
    sources += _parts_of_names(identity, rows.paths)
    headings = next(source for source in sources if source.expression == "heading")
    if identity is not None and "heading" in identity.document and identity.column is None:
        sources.append(Source("heading.id", stated_ids(headings)))
    tokens = _tokens(identity, named, rows.paths)
    taken = {folded_name(bond.binding.column or "") for bond in bonds}
    taken |= {folded_name(identity.column)} if identity and identity.column else set()
    left_out: list[LeftOut] = []
    for column in columns:
        if folded_name(column.name) in taken:
            continue
        bond, nearest = bind(column, _as_titles(sources, headings, column, identity), tokens)
        if bond is not None and bond.binding.strip and _is_of_links(column, rows):
            continue  # Of where a link leads anything may be cut down to the ID, which is compared already.
        if bond is None or (column.name == "section" and not _is_section_shown(bond, bonds)):
            left_out += [LeftOut(column.name, nearest)] if not _is_aside(column, rows) else []
        else:
            bonds.append(bond)
    doubled = [bond for bond in bonds if _is_mapped_again(bond, bonds)]
    left_out += [LeftOut(bond.binding.column or "", bond) for bond in doubled]
    bonds = [bond for bond in bonds if bond not in doubled]
    contract = collection.reading.contract
    identity, bonds = _aside_from_the_default(identity, _once(bonds, columns), rows.manifest)
    return Learned(
        contract.path or "", contract.folder, collection.naming.globs, contract.format, contract.section, identity,
        collection.naming.pattern, header if _is_declared(dialect, bonds) else None, tuple(_told_apart(bonds)),
        tuple(left_out),
    )  # fmt: skip


def _identity(
    columns: Sequence[Column], named: Sequence[Named], sources: Sequence[Source], keys: Iterable[str], index: Index
) -> Identity | None:
    """Where IDs stand, on either side; in the headings only where a contract can say so."""
    stating = [source for source in sources if source.expression in keys]
    headings = [Source("heading", stated_ids(source)) for source in sources if source.expression == "heading"]
    found = learn_identity(columns, named, [*stating, *filter(is_stated_throughout, headings)])
    return learn_identity(columns, named, stating) if _is_unasked(found, index) else found


def _as_titles(
    sources: Iterable[Source], headings: Source, column: Column, identity: Identity | None
) -> Iterator[Source]:
    """The sources as a column is compared with them: where headings state IDs, a heading is what stands behind its own.

    A column may state it with the ID all the same.
    """
    is_split = identity is not None and "heading" in identity.document
    for source in sources:
        if source is headings and is_split:
            pairs = zip(column.values, source.values, strict=True)
            yield source._replace(values=tuple(own if own == stated else title_of(own) for stated, own in pairs))
        else:
            yield source


def _given(collection: Collection) -> tuple[Binding, ...]:
    """The column that holds the paths, where the index cannot be read without saying so."""
    return collection.reading.contract.fields or ()


def _undecorated(
    identity: Identity | None, columns: Iterable[Column], named: Sequence[Named], titles: Sequence[Source]
) -> tuple[Identity | None, Bond | None]:
    """Where the column of the IDs says more than they are (`X-1 (formerly 2)`), a field of it that takes that off.

    A contract can take nothing off an ID. So the column becomes a field, and the documents alone state their IDs.
    Headings may state the same IDs as the column, so that less has to be taken off.
    """
    if identity is not None and identity.column is None and "heading" in identity.document:
        return identity, None
    best: tuple[Named, Bond] | None = None
    agreeing = identity.agreeing if identity is not None else 0
    for way in named:
        for column in columns:
            if not _may_be_decorated(identity, column, way):
                continue
            bond, _ = bind(column, [Source("name.id", way.ids)], way.ids)
            if bond is None or not bond.binding.strip or bond.evidence.agreeing < agreeing + LEAST_PAIRS:
                continue
            title, _ = bind(column, titles, way.ids)  # `Chapter 3` may be what the document is called.
            if title is None or title.evidence.agreeing < bond.evidence.agreeing:
                best, agreeing = (way, bond), bond.evidence.agreeing
    if best is None:
        return identity, None
    way, bond = best
    is_known = identity is not None and identity.template == way.template
    kept = identity if is_known else None
    return (kept or Identity(None, ("name.id",), (), way.template))._replace(column=None), bond


def _may_be_decorated(identity: Identity | None, column: Column, way: Named) -> bool:
    """Whether a column may hold the IDs and a little more, and is not one that holds nothing else."""
    if column.name in _OF_LISTS:
        return False
    if identity is not None and identity.column is not None:
        return identity.column == column.name and identity.agreeing < identity.pairs
    pairs = [(stated, own) for stated, own in zip(column.values, way.ids, strict=True) if stated and own]
    return sum(len(own) for _, own in pairs) >= _OF_ID * sum(len(stated) for stated, _ in pairs)


def _once(bonds: Sequence[Bond], columns: Iterable[Column]) -> list[Bond]:
    """The bonds without those that would say a second time what another one says: a cell and the text of its link."""
    values = {column.name: column.values for column in columns}

    def is_repeated(bond: Bond) -> bool:
        return any(
            other is not bond
            and other.binding.document == bond.binding.document
            and other.evidence.pairs > bond.evidence.pairs
            and all(
                mine in {None, yours}
                for mine, yours in zip(
                    values[bond.binding.column or ""], values[other.binding.column or ""], strict=True
                )
            )
            for other in bonds
        )

    return [bond for bond in bonds if not is_repeated(bond)]


def _is_mapped_again(bond: Bond, bonds: Iterable[Bond]) -> bool:
    """Whether values have to be mapped to what another column states as it is: then they only go together."""
    return bool(bond.binding.map) and any(
        other.binding.document == bond.binding.document and not other.binding.map for other in bonds
    )


def _aside_from_the_default(
    identity: Identity | None, bonds: list[Bond], index: Index
) -> tuple[Identity | None, list[Bond]]:
    """A column called ID is taken for the IDs unasked. Where it states something else, no document may state an ID."""
    if identity is None or identity.template is None or not _is_unasked(identity, index):
        return identity, bonds
    renamed = [
        Bond(bond.binding._replace(field="number", document=("name.number",)), bond.evidence)
        if bond.binding.document == ("name.id",) else bond
        for bond in bonds
    ]  # fmt: skip
    return Identity(None, (), (), identity.template.replace("{id", "{number")), renamed


def _is_unasked(identity: Identity | None, index: Index) -> bool:
    """Whether a column is taken for the IDs only because of its name."""
    has_column = any(column_of(block, "ID") is not None for block in index.blocks)
    return has_column and identity is not None and identity.column is None


def _claimed(document: Document, number: int) -> str | None:
    claim = document.claims[number]
    return claim.value if claim is not None and claim.value.strip() else None


def _named(source: str, paths: Iterable[str], universe: Universe) -> Named:
    compiled = template(source)
    matches = (compiled.match(universe.inside(path) or path) for path in paths)
    return Named(source, tuple(match["id"][0] if match else None for match in matches))


def _parts_of_names(identity: Identity | None, paths: Sequence[str]) -> list[Source]:
    """What the template of the names reads: the ID, which a field may state too, and all else but running text."""
    if identity is None or identity.template is None:
        return []
    compiled = template(identity.template)
    matches = [compiled.match(path) for path in paths]
    fields = [field for field in compiled.fields if field != "slug"]
    return [Source(f"name.{field}", tuple(match[field][0] if match else None for match in matches)) for field in fields]


def _tokens(identity: Identity | None, named: Sequence[Named], paths: Sequence[str]) -> list[str | None]:
    if identity is None or identity.template is None:
        return [None] * len(paths)
    return list(next(way.ids for way in named if way.template == identity.template))


def _is_aside(column: Column, rows: _Rows) -> bool:
    """Whether a column says nothing of its own: what the join knows already, or what nobody expects to be compared."""
    return column.name in {"section", "remark", "label"} or _is_of_links(column, rows)


def _is_of_links(column: Column, rows: _Rows) -> bool:
    """Whether a column states in each row where the link leads, and nothing else."""
    return column.values == tuple(entry.links[0].target if entry.links else None for entry in rows.entries)


def _is_section_shown(bond: Bond, bonds: Iterable[Bond]) -> bool:
    """Whether the heading above states something that no column does."""
    return bond.evidence.share >= _DECLARED and all(other.binding.document != bond.binding.document for other in bonds)


def _is_declared(dialect: Dialect | None, bonds: Iterable[Bond]) -> bool:
    """Whether the contract names the dialect: nearly all documents have it, or a field cannot be read without it."""
    if dialect is None:
        return False
    if dialect.name in CERTAIN:
        return dialect.share >= _DECLARED
    return any(bond.binding.document[0].startswith("header.") for bond in bonds)


def _told_apart(bonds: Iterable[Bond]) -> Iterable[Bond]:
    """The bonds, each with a field name of its own."""
    seen: dict[str, int] = {"id": 1}
    for bond in bonds:
        name = bond.binding.field
        seen[name] = seen.get(name, 0) + 1
        yield bond if seen[name] == 1 else Bond(bond.binding._replace(field=f"{name}-{seen[name]}"), bond.evidence)
