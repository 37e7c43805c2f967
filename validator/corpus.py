"""One index and its documents, joined: what the rules look at."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from validator.compare import EMPTY
from validator.contract import Contract
from validator.ids import folded, normalized, skeleton
from validator.index import LINK_VALUES, WRITTEN, column_of, value_of, value_span
from validator.model import (
    Accord,
    Binding,
    Block,
    Claim,
    Difference,
    Document,
    Entry,
    Fault,
    Index,
    Pair,
    Place,
    Span,
    Waiver,
    folded_name,
)
from validator.scan import Plan

_CUTTING = ("index-syntax", "too-deep", "cut-off")


class Found(NamedTuple):
    """A fault with the file it is in, and the document it belongs to (`None`: the index)."""

    place: Place
    fault: Fault
    document: Document | None


class StatedId(NamedTuple):
    """The ID of a document, normalized, and the entry that states it (`None` where only the document does)."""

    value: str
    document: Document
    pair: Pair | None


class Taken(NamedTuple):
    """An ID that a document has here and that is not its own at another revision.

    `owner` is the path of the document that has it there; for an ID that changed, the ID that this document has there.
    """

    document: str
    id: str
    owner: str


class Past(NamedTuple):
    """What the revision `name` says against a corpus. `retired` are the IDs that only its contract retires."""

    name: str
    taken: tuple[Taken, ...] = ()
    changed: tuple[Taken, ...] = ()
    retired: frozenset[str] = frozenset()


class Corpus(NamedTuple):
    """One index and the documents it governs, joined. `manifest` is the index; `None` where there is none.

    `bindings` are the fields that are compared, each with the one expression that this corpus uses; `unbound` are the
    columns that have no partner. `unlisted` are the documents that no entry names. `malformed` are the stated IDs that
    are not of the contract's pattern. `doubled` are the numbers of the pairs that name a document a second time, with
    the number of the pair that names it first. `neighbours` are the IDs that the other corpora of the project state.
    `orphans` are the sidecars without a document, each with the path that the document should have. `meant` is the path
    that may have been meant where the configuration names an index that does not exist. `accord` are the pairs of which
    nothing is to be said; they are neither among the `pairs` nor among the `documents`.
    """

    contract: Contract
    plan: Plan
    path: str | None
    manifest: Index | None
    bindings: tuple[Binding, ...]
    unbound: tuple[str, ...]
    id_column: str | None
    documents: tuple[Document, ...]
    pairs: tuple[Pair, ...]
    unlisted: tuple[Document, ...]
    differences: tuple[Difference, ...]
    faults: Mapping[str, tuple[Found, ...]]
    by_document: Mapping[str, Pair] = {}
    malformed: frozenset[str] = frozenset()
    doubled: Mapping[int, int] = {}
    unmatched: tuple[tuple[Place, str], ...] = ()
    neighbours: frozenset[str] = frozenset()
    orphans: tuple[tuple[str, str], ...] = ()
    missing: bool = False
    remaining: tuple[str, ...] = ()
    meant: str = ""
    waivers: tuple[Waiver, ...] = ()
    past: Past | None = None
    accord: Accord = Accord()

    @property
    def entry_count(self) -> int:
        """How many entries there are, with those in accord."""
        return len(self.pairs) + self.accord.size

    @property
    def document_count(self) -> int:
        """How many documents there are, with those in accord."""
        return len(self.documents) + self.accord.size

    @property
    def has_ids(self) -> bool:
        """Whether a document states an ID."""
        return any(document.ids for document in self.documents) or any(self.accord.ids.values())

    def paired(self) -> Iterator[tuple[Pair, Document]]:
        """The pairs whose document is the one that the entry means."""
        for pair in self.pairs:
            if pair.document is not None and pair.status != "wrong-link":
                yield pair, pair.document

    def with_status(self, *statuses: str) -> Iterator[Pair]:
        """The pairs of one of these statuses, in the order of the index."""
        return (pair for pair in self.pairs if pair.status in statuses)

    def entry_place(self, entry: Entry, column: str | None = None) -> Place:
        """Where an entry stands, or what it says in a column."""
        assert self.manifest is not None, "entries come from an index"
        return Place(self.manifest.path, value_span(self.manifest, entry, column))

    def id_place(self, pair: Pair) -> Place:
        """Where an entry states its ID."""
        return self.entry_place(pair.entry, self.id_column)

    def is_well_formed(self, value: str) -> bool:
        """Whether an ID is of the contract's pattern, as written or normalized."""
        return value not in self.malformed

    def is_renamed(self, document: Document) -> bool:
        """Whether the document is taken for one that an entry misses: then its name is already said to be wrong."""
        pair = self.by_document.get(document.key)
        return pair is not None and pair.status == "renamed"

    def states_no_id(self, entry: Entry) -> bool:
        """Whether the contract speaks of IDs and this entry's cell for one is empty."""
        if self.manifest is None or self.id_column is None or not self.contract.id.declared:
            return False
        stated = value_of(self.manifest, entry, self.id_column)
        return stated is not None and stated in EMPTY

    def documents_without_id(self) -> Iterator[Document]:
        """Documents that state no ID anywhere, though the contract speaks of IDs and other documents state theirs.

        Where a document could not be read as a whole, its silence means nothing; nor does it where no document at all
        has an ID: then the IDs are the index's alone.
        """
        declared = {*self.plan.ids} - ({"header.id"} if self.contract.delimiters.header is None else set())
        if not self.contract.id.declared or not declared or not self.has_ids:
            return
        said = {found.document.key for found in self.faults.get("missing-id", ()) if found.document is not None}
        keys = {source.removeprefix("header.") for source in self.plan.ids}
        for document in self.documents:
            excused = document.broken or document.empty or document.is_nameless or document.key in said
            excused = excused or not keys.isdisjoint(document.spoiled)
            if not document.ids and not excused:
                yield document

    def documents_sharing_ids(self) -> dict[str, list[Document]]:
        """Documents that all state one and the same ID, by that ID.

        One that contradicts itself is not among them; nor is one whose new name alone says so.
        """
        found: dict[str, list[Document]] = {}
        for document in self.documents:
            values = {self.normal_id(claim.value) for claim in document.ids}
            pair = self.by_document.get(document.key)
            if len(values) == 1 and not (pair and pair.status == "renamed" and self._contradicts(pair, document)):
                found.setdefault(values.pop(), []).append(document)
        return {value: documents for value, documents in found.items() if len(documents) > 1}

    def entries_sharing_ids(self) -> dict[str, list[Pair]]:
        """Entries of different documents that state one ID, by that ID. One that contradicts its document is not.

        Of those in one merge conflict only the first counts.
        """
        found: dict[str, list[Pair]] = {}
        seen: set[tuple[str, int]] = set()
        for number, pair in enumerate(self.pairs):
            if pair.id is None or pair.status == "wrong-link" or self._contradicts(pair, pair.document):
                continue
            identity = self.normal_id(pair.id)
            conflict = self._conflict_of(pair.entry)
            if number not in self.doubled and (conflict is None or (identity, conflict) not in seen):
                found.setdefault(identity, []).append(pair)
            if conflict is not None:
                seen.add((identity, conflict))
        return {value: pairs for value, pairs in found.items() if len(pairs) > 1}

    def _contradicts(self, pair: Pair, document: Document | None) -> bool:
        if document is None or pair.id is None or not document.ids or document.ids[0].value == pair.id:
            return False
        stated = self.normal_id(pair.id)
        return all(self.normal_id(claim.value) != stated for claim in document.ids)

    def lookalike_ids(self) -> Iterator[tuple[StatedId, StatedId]]:
        """Pairs of IDs of different documents that are not the same and look it, the earlier first."""
        alike: dict[str, StatedId] = {}
        drawn: dict[str, StatedId] = {}
        for stated in self._stated_ids():
            keys = ((alike, folded(stated.value)), (drawn, skeleton(stated.value)))
            earlier = [seen[key] for seen, key in keys if key in seen]
            own, value = stated.document.key, stated.value
            other = next((item for item in earlier if item.document.key != own and item.value != value), None)
            if other is not None:
                yield other, stated
            for seen, key in keys:
                seen.setdefault(key, stated)

    def _stated_ids(self) -> Iterator[StatedId]:
        """The ID of each document, once: as its entry states it, else as it does itself."""
        for pair, document in self.paired():
            if pair.id is not None and pair.status != "renamed" and not self._contradicts(pair, document):
                yield StatedId(self.normal_id(pair.id), document, pair)
        for document in self.documents:
            if document.ids and (document.key not in self.by_document or self.by_document[document.key].id is None):
                yield StatedId(self.normal_id(document.ids[0].value), document, None)

    def stated_place(self, stated: StatedId) -> Place:
        """Where a document's ID stands: in its entry, else in itself."""
        if stated.pair is not None:
            return self.id_place(stated.pair)
        return self.claim_place(stated.document, stated.document.ids[0])

    def is_cut_off(self) -> bool:
        """Whether the index could not be read to its end: what it does not name then, it may name all the same."""
        own = (found.fault for kind in _CUTTING for found in self.faults.get(kind, ()) if found.document is None)
        return any(fault.kind != "index-syntax" or fault.detail[-1] == "cut" for fault in own)

    def in_conflict(self, entry: Entry, other: Entry) -> bool:
        """Whether two entries stand inside one merge conflict, where both sides say the same thing."""
        conflict = self._conflict_of(entry)
        return conflict is not None and conflict == self._conflict_of(other)

    def _conflict_of(self, entry: Entry) -> int | None:
        """The number of the merge conflict that an entry stands in; `None` where it stands in none."""
        conflicts = self.manifest.conflicts if self.manifest else ()
        number = bisect_right(conflicts, entry.span) - 1 if conflicts else -1
        return number if number >= 0 and entry.span.start < conflicts[number].end else None

    def table_header(self) -> Place | None:
        """Where the columns of the index are named: the first line of the first table, list or file that has entries.

        `None` where nothing has any.
        """
        return next((place for _, place in self.headers()), None)

    def headers(self) -> Iterator[tuple[Block, Place]]:
        """The tables, then the lists, that have entries, each with its first line."""
        index = self.manifest
        if index is None:
            return
        rows = {entry.block for entry in index.entries}
        for number, block in sorted(enumerate(index.blocks), key=lambda item: item[1].kind in WRITTEN):
            if number in rows:
                start = block.span.start
                end = index.text.find("\n", start, block.span.end)
                line = index.text[start : block.span.end if end < 0 else end].removesuffix("\r")
                yield block, Place(index.path, Span(start, start + len(line)))

    def absent_columns(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """What the contract binds to columns that no table of the index has: field, column, pointer in the contract."""
        blocks = self.manifest.blocks if self.manifest else ()
        wanted: list[tuple[str, str, tuple[str, ...]]] = [
            (field.field, field.column or field.field, ("fields", field.field, "column"))
            for field in self.contract.fields or ()
        ]
        if self.contract.id.column is not None:
            wanted.insert(0, ("id", self.contract.id.column, ("id", "column")))
        for field, column, pointer in wanted:
            if column not in LINK_VALUES and not any(column_of(block, column) is not None for block in blocks):
                yield field, column, pointer

    def partly_absent_columns(self) -> Iterator[tuple[Binding, str, Place]]:
        """The required columns that some tables lack and others have: field, column, where such a table begins."""
        tables = [(block, place) for block, place in self.headers() if block.kind == "table"]
        for field in self.contract.fields or ():
            column = field.column or field.field
            if not field.required or column in LINK_VALUES:
                continue
            lacking = [place for block, place in tables if column_of(block, column) is None]
            yield from ((field, column, place) for place in lacking if len(lacking) < len(tables))

    def free_columns(self) -> list[str]:
        """The columns of the index that the contract binds nothing to."""
        names = {folded_name(field.column or field.field) for field in self.contract.fields or ()}
        names |= {folded_name(self.contract.id.column or "ID")}
        blocks = [block for block in self.manifest.blocks if block.kind not in WRITTEN] if self.manifest else []
        return [column for block in blocks for column in block.columns if column and folded_name(column) not in names]

    def has_columns(self) -> bool:
        """Whether an entry stands in a table or a data file, whose values have names."""
        return self.manifest is not None and any(
            self.manifest.blocks[entry.block].kind not in WRITTEN for entry in self.manifest.entries
        )

    def lost_key(self) -> bool:
        """Whether the column that names the documents is gone or cannot be known: then no row is at fault."""
        if self.contract.id.declared and not self.contract.id.judged:
            return True  # What the contract says of IDs cannot be used, and that is said.
        keys = {"id", *(field.field for field in self.contract.fields or () if field.document == ("path",))}
        return any(field in keys for field, _, _ in self.absent_columns())

    def index_place(self) -> Place:
        """Where the next entry would be written."""
        span = self.manifest.last_row() if self.manifest else None
        return Place(self.path or self.contract.path or "", span or Span(0, 0))

    def claim_place(self, document: Document, claim: Claim | None) -> Place:
        """Where a document states something; the document as a whole for what its name or its content states."""
        if claim is None or (claim.span is None and claim.path is None):
            return document.place
        return Place(claim.path or document.path, claim.span)

    def normal_id(self, value: str) -> str:
        """An ID as the contract wants it compared."""
        steps = self.contract.id.normalize
        return normalized(value, steps) if steps or not value.isascii() else value

    def document_id_places(self, paths: Iterable[str]) -> Iterator[Place]:
        """Where the ID of each of these documents stands: in its entry, else in itself."""
        documents = {document.path: document for document in self.documents}
        for path in paths:
            pair, document = self.by_document.get(path), documents[path]
            if pair is not None and pair.id is not None:
                yield self.id_place(pair)
            else:
                yield self.claim_place(document, document.ids[0])

    def id_of(self, document: Document) -> str | None:
        """The ID that a finding on a document carries: its entry's, else the first that it states itself."""
        pair = self.by_document.get(document.key)
        if pair is not None and pair.id is not None:
            return pair.id
        return document.ids[0].value if document.ids else None
