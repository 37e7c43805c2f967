"""Entries x documents -> a corpus of pairs.

The key of an entry is the target of its link, else its ID. What goes wrong on the way is said once: a pair has one
status, and the order in which the statuses are tried is the precedence of design 4.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from validator.compare import DIGEST_LENGTHS, EMPTY, difference
from validator.contract import Contract
from validator.corpus import Corpus, Found
from validator.ids import normalized
from validator.index import column_of, value_of, value_span
from validator.model import Binding, Claim, Difference, Document, Entry, Index, Pair, Place
from validator.patterns import compile_pattern
from validator.scan import Plan
from validator.text import decode, normal
from validator.universe import Target

Follow = Callable[[str], Target]

PLACEHOLDERS = frozenset(
    {"", "-", "--", "–", "—", "tbd", "tba", "todo", "n/a", "none", "reserved", "does not exist", "…", "..."}
)
_ALIKE = 0.8
_MOST_COMPARED = 200


def join(
    contract: Contract, plan: Plan, index: Index | None, documents: tuple[Document, ...], follow: Follow
) -> Corpus:
    """Join what the index says with what the documents say. `follow` tells where a link leads."""
    id_column = id_column_of(contract, index)
    bindings, unbound = _bindings(contract, plan, index, documents, id_column)
    pairs = tuple(_Joiner(contract, index, documents, follow, id_column, bindings, plan).run()) if index else ()
    listed = {pair.document.path for pair in pairs if pair.document is not None}
    listed |= {pair.target for pair in pairs if pair.status == "wrong-link" and pair.target}
    corpus = Corpus(
        contract, plan, index.path if index else None, index, bindings, unbound, id_column, documents, pairs,
        tuple(document for document in documents if document.path not in listed) if index else (),
        (), _faults(index, documents), {pair.document.path: pair for pair in reversed(pairs) if pair.document},
    )  # fmt: skip
    return corpus._replace(differences=tuple(_differences(corpus)), malformed=_malformed(contract, pairs, documents))


def _malformed(contract: Contract, pairs: Iterable[Pair], documents: Iterable[Document]) -> frozenset[str]:
    """The stated IDs that are not of the pattern, neither as written nor normalized."""
    if contract.id.pattern is None:
        return frozenset()
    pattern, steps = compile_pattern(contract.id.pattern), contract.id.normalize
    stated = {pair.id for pair in pairs if pair.id is not None}
    stated.update(claim.value for document in documents for claim in document.ids)
    return frozenset(
        value for value in stated if not pattern.fullmatch(value) and not pattern.fullmatch(normalized(value, steps))
    )


def _faults(index: Index | None, documents: tuple[Document, ...]) -> dict[str, tuple[Found, ...]]:
    found: dict[str, list[Found]] = {}
    for fault in index.faults if index else ():
        found.setdefault(fault.kind, []).append(Found(Place(index.path if index else "", fault.span), fault, None))
    for document in documents:
        for fault in document.faults:
            found.setdefault(fault.kind, []).append(Found(Place(document.path, fault.span), fault, document))
    return {kind: tuple(items) for kind, items in found.items()}


def id_column_of(contract: Contract, index: Index | None) -> str | None:
    """The column that the entries' IDs stand in: the declared one, else the one that is called ID."""
    if not contract.id.judged:
        return None
    if contract.id.column is not None:
        return contract.id.column
    has_one = index is not None and any(column_of(block, "ID") is not None for block in index.blocks)
    return "ID" if has_one else None


def _bindings(
    contract: Contract, plan: Plan, index: Index | None, documents: tuple[Document, ...], id_column: str | None
) -> tuple[tuple[Binding, ...], tuple[str, ...]]:
    """Each field with the first of its expressions that some document has an answer for."""
    bound: list[Binding] = []
    unbound: list[str] = []
    for binding in fields_of(contract, index, id_column):
        answered = next((expression for expression in binding.document if _answers(plan, documents, expression)), None)
        if answered is not None:
            bound.append(binding._replace(document=(answered,)))
        elif binding.declared and binding.document:
            bound.append(binding)
        else:
            unbound.append(binding.column or binding.field)
    return tuple(bound), tuple(unbound)


def _answers(plan: Plan, documents: tuple[Document, ...], expression: str) -> bool:
    position = plan.expressions.index(expression)
    return any(document.claims[position] is not None for document in documents)


_FACTS = {
    "bytes": "content.bytes", "size": "content.bytes", "sha256": "content.sha256", "checksum": "content.sha256",
    "sha1": "content.sha1", "md5": "content.md5", "blake2b": "content.blake2b", "lines": "content.lines",
    "words": "content.words", "chars": "content.chars", "characters": "content.chars",
}  # fmt: skip


def by_name(field: str) -> tuple[str, ...]:
    """The expressions that a field of this name binds to by default, in order of preference."""
    key = "".join(character for character in field.casefold() if character not in " -_")
    found = [f"header.{key}"] if key else []
    if key in _FACTS:
        found.append(_FACTS[key])
    if key == "title":
        found += ["heading", "first-line"]
    return tuple(found)


def fields_of(contract: Contract, index: Index | None, id_column: str | None) -> Iterator[Binding]:
    """The fields to compare: exactly the contract's where it names any, else every column but the ID's, by name."""
    if contract.fields is not None:
        for binding in contract.fields:
            yield binding if binding.document else binding._replace(document=by_name(binding.field))
        return
    seen: set[str] = set()
    for block in index.blocks if index else ():
        for column in block.columns if block.kind == "table" else ():
            name = " ".join(column.split()).casefold()
            is_id = id_column is not None and name == " ".join(id_column.split()).casefold()
            if name and name not in seen and not is_id:
                seen.add(name)
                yield Binding(name.replace(" ", "-"), column, by_name(column))


class _Joiner:
    def __init__(
        self,
        contract: Contract,
        index: Index,
        documents: tuple[Document, ...],
        follow: Follow,
        id_column: str | None,
        bindings: tuple[Binding, ...],
        plan: Plan,
    ) -> None:
        self.contract = contract
        self.index = index
        self.follow = follow
        self.id_column = id_column
        self.bindings = bindings
        self.plan = plan
        self.steps = contract.id.normalize
        self.by_path = {document.path: document for document in documents}
        self.by_id: dict[str, list[Document]] = {}
        for document in documents:
            for value in {self._normal(claim.value) for claim in document.ids}:
                self.by_id.setdefault(value, []).append(document)

    def run(self) -> list[Pair]:
        pairs = [pair for pair in map(self._first, self.index.entries) if pair is not None]
        pairs = self._wrong_links(pairs)
        pairs = self._by_id(pairs)
        return self._renames(pairs)

    def _normal(self, value: str) -> str:
        return normalized(value, self.steps) if self.steps else value

    def _first(self, entry: Entry) -> Pair | None:
        """What an entry's link alone says; `None` for a row that only holds a place."""
        stated = value_of(self.index, entry, self.id_column) if self.id_column else None
        stated = stated if stated and stated not in EMPTY else None
        if not entry.links:
            if self._is_placeholder(entry, stated):
                return None
            return Pair(entry, "by-id" if stated else "keyless", None, id=stated)
        link = entry.links[0]
        target = self.follow(link.target)
        path = target.detail if target.kind == "case" else target.path
        document = self.by_path.get(path) if target.kind in {"file", "case"} else None
        kind = target.kind
        if kind == "file":
            kind = "linked" if document is not None else "excluded"
        detail = target.detail or ("the contract's `documents` do not choose it" if kind == "excluded" else "")
        return Pair(entry, kind, document, path, link, stated, detail)

    def _is_placeholder(self, entry: Entry, stated: str | None) -> bool:
        """Whether a row without a link only holds a place (`-`, `TBD`, `reserved`, `_Does not exist_`)."""
        words = [value.strip(" .()[]").casefold() for value in entry.values if value and value.strip() != stated]
        return any(word in PLACEHOLDERS - {""} for word in words) or not any(words)

    def _wrong_links(self, pairs: list[Pair]) -> list[Pair]:
        """Links that lead to a document of another entry: the document's ID is stated by that one."""
        listed = {self._normal(pair.id): pair for pair in pairs if pair.id}
        return [self._wrong_link(pair, listed) for pair in pairs]

    def _wrong_link(self, pair: Pair, listed: Mapping[str, Pair]) -> Pair:
        if pair.status != "linked" or pair.document is None or pair.id is None or not pair.document.ids:
            return pair
        stated = {self._normal(claim.value) for claim in pair.document.ids}
        mine = self._normal(pair.id)
        if mine in stated:
            return pair
        other = next((listed[value] for value in sorted(stated) if value in listed), None)
        if other is None or other is pair:
            return pair
        twin = other.document if other.document is not None and other.document.path != pair.document.path else None
        if twin is not None and any(self._normal(claim.value) in stated for claim in twin.ids):
            return pair  # Both documents state that ID: it is taken twice, and the link may well be right.
        meant = next(iter(self.by_id.get(mine, ())), None)
        return pair._replace(status="wrong-link", document=meant, detail=next(iter(sorted(stated & listed.keys()))))

    def _by_id(self, pairs: list[Pair]) -> list[Pair]:
        """Entries whose link leads nowhere, or that have none, are taken for the document that states their ID."""
        taken = {pair.document.path for pair in pairs if pair.document is not None}
        found: list[Pair] = []
        for pair in pairs:
            candidates = self.by_id.get(self._normal(pair.id), []) if pair.id and pair.document is None else []
            free = [document for document in candidates if document.path not in taken] or candidates[
                : pair.link is None
            ]
            if pair.document is not None or pair.status == "keyless":
                found.append(pair)
            elif len(free) > 1 and pair.status == "by-id" and not self.contract.id.unique:
                found.append(pair._replace(status="ambiguous", detail=", ".join(document.path for document in free)))
            elif free:
                taken.add(free[0].path)
                status = "renamed" if pair.status == "missing" else pair.status
                found.append(pair._replace(status=status, document=free[0]))
            else:
                found.append(pair._replace(status="missing") if pair.status == "by-id" else pair)
        return found

    def _renames(self, pairs: list[Pair]) -> list[Pair]:
        """Missing documents and unlisted ones that are the same by content, by title or by name."""
        taken = {pair.document.path for pair in pairs if pair.document is not None}
        taken |= {pair.target for pair in pairs if pair.status == "wrong-link" and pair.target}
        free = {path: document for path, document in self.by_path.items() if path not in taken}
        for evidence in (self._same_content, self._same_title, self._same_name):
            for number, pair in enumerate(pairs):
                if pair.status == "missing" and pair.link is not None and free:
                    document = evidence(pair, free)
                    if document is not None:
                        del free[document.path]
                        pairs[number] = pair._replace(status="renamed", document=document)
        return pairs

    def _same_content(self, pair: Pair, free: Mapping[str, Document]) -> Document | None:
        for binding in self.bindings:
            if binding.document[0].removeprefix("content.") in DIGEST_LENGTHS:
                stated = value_of(self.index, pair.entry, binding.column or "")
                found = self._stating(free, binding, stated) if stated else []
                if found:
                    return found[0]
        return None

    def _same_title(self, pair: Pair, free: Mapping[str, Document]) -> Document | None:
        for binding in self.bindings:
            if binding.field == "title" or binding.document[0] in {"heading", "first-line"}:
                stated = value_of(self.index, pair.entry, binding.column or "")
                found = self._stating(free, binding, stated) if stated else []
                if len(found) == 1:
                    return found[0]
        return None

    def _stating(self, free: Mapping[str, Document], binding: Binding, stated: str) -> list[Document]:
        position = self.plan.expressions.index(binding.document[0])
        return [
            document for document in free.values()
            if (claim := document.claims[position]) is not None
            and difference(binding, binding.document[0], stated, claim.value) is None
        ]  # fmt: skip

    def _same_name(self, pair: Pair, free: Mapping[str, Document]) -> Document | None:
        """A file of the same name in another folder, or of a name that is much alike, if there is just one."""
        target = pair.target or ""
        name = posixpath.basename(target)
        same = [document for path, document in free.items() if posixpath.basename(path) == name]
        if same or len(free) > _MOST_COMPARED:
            return same[0] if len(same) == 1 and pair.id is None else None
        alike = [
            document for path, document in free.items()
            if posixpath.splitext(path)[1] == posixpath.splitext(target)[1]
            and SequenceMatcher(None, posixpath.basename(path), name).ratio() >= _ALIKE
        ]  # fmt: skip
        stated_otherwise = pair.id is not None and bool(alike) and bool(alike[0].ids)
        return alike[0] if len(alike) == 1 and not stated_otherwise else None


class _Side(NamedTuple):
    """A binding, ready for the entries of one block: the number of its column, the position of its claim."""

    binding: Binding
    column: int | None
    claim: int


def _differences(corpus: Corpus) -> Iterator[Difference]:
    index = corpus.manifest
    if index is None:
        return
    positions = {expression: number for number, expression in enumerate(corpus.plan.expressions)}
    sides = [
        [
            _Side(binding, column_of(block, binding.column or ""), positions[binding.document[0]])
            for binding in corpus.bindings
        ]
        for block in index.blocks
    ]
    for pair, document in corpus.paired():
        values = pair.entry.values
        for side in sides[pair.entry.block]:
            claim = document.claims[side.claim]
            if side.column is None:
                stated = value_of(index, pair.entry, side.binding.column or "")
            else:
                stated = values[side.column]
            if claim is not None and stated is not None and stated != claim.value:
                yield from _difference(index, pair, document, side.binding, stated, claim)


def _difference(
    index: Index, pair: Pair, document: Document, binding: Binding, stated: str, claim: Claim
) -> Iterator[Difference]:
    expression = binding.document[0]
    if stated in EMPTY or not claim.value.strip():
        return
    if document.empty and (expression.startswith("content.") or expression in {"heading", "first-line"}):
        return
    kind = difference(binding, expression, stated, claim.value)
    if kind in {"value", "spelling"} and _raw_cell(index, pair.entry, binding) == normal(claim.value):
        return
    if kind is not None:
        yield Difference(kind, pair, binding.field, stated, claim, binding.column or binding.field)


def _raw_cell(index: Index, entry: Entry, binding: Binding) -> str:
    """What a cell holds with its Markdown: a title that is written with it on both sides is the same on both."""
    span = value_span(index, entry, binding.column or binding.field)
    return normal(decode(index.text[span.start : span.end].encode("latin-1")).replace("\\|", "|"))


def listed_paths(index: Index, follow: Follow) -> Iterable[str]:
    """The files that the entries of an index link to."""
    for entry in index.entries:
        for link in entry.links[:1]:
            target = follow(link.target)
            if target.kind in {"file", "case"}:
                yield target.detail or target.path
