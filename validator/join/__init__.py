"""Entries x documents -> a corpus of pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from validator.contract import Contract
from validator.corpus import Corpus, Found
from validator.ids import normalized
from validator.join.bindings import bindings_of, by_name, fields_of, id_column_of
from validator.join.differences import differences_of
from validator.join.pairing import Follow, Joiner, Moved
from validator.model import Accord, Document, Fault, Index, Pair, Place
from validator.patterns import compile_pattern
from validator.scan import Plan

__all__ = ["by_name", "fields_of", "id_column_of", "join", "listed_paths"]

_NOTHING_LEFT_OUT = Accord()


def join(
    contract: Contract, plan: Plan, index: Index | None, documents: tuple[Document, ...], follow: Follow, moved: Moved,
    accord: Accord = _NOTHING_LEFT_OUT,
) -> Corpus:  # fmt: skip
    """Join what the index says with what the documents say.

    `follow` tells where a link leads, `moved` which files are now what was at a path where nothing is any more.

    Pairs in `accord` are neither among the entries nor among the documents.
    """
    id_column = id_column_of(contract, index)
    bindings, unbound = bindings_of(contract, plan, index, documents, id_column, accord.answers)
    pairs = tuple(Joiner(contract, index, documents, follow, moved, id_column, bindings, plan).run()) if index else ()
    listed = {pair.document.key for pair in pairs if pair.document is not None}
    listed |= {pair.linked for pair in pairs if pair.status == "wrong-link"}
    for candidates in {id(pair.candidates): pair.candidates for pair in pairs}.values():
        listed |= {document.key for document in candidates}
    corpus = Corpus(
        contract, plan, index.path if index else None, index, bindings, unbound, id_column, documents, pairs,
        tuple(_unlisted(documents, listed)) if index else (),
        (), _faults(index, documents), {pair.document.key: pair for pair in reversed(pairs) if pair.document},
    )  # fmt: skip
    return corpus._replace(
        differences=tuple(differences_of(corpus)),
        malformed=_malformed(contract, pairs, documents),
        doubled=_doubled(contract, pairs),
        accord=accord,
    )


def _unlisted(documents: Iterable[Document], listed: AbstractSet[str]) -> Iterator[Document]:
    """The documents that no entry names; of one whose ID a fault hides, nobody knows."""
    return (document for document in documents if document.key not in listed and not document.is_nameless)


def _doubled(contract: Contract, pairs: Iterable[Pair]) -> dict[int, int]:
    """The entries that name a document which another one names already, with the number of that first one."""
    first: dict[tuple[str, str], int] = {}
    found: dict[int, int] = {}
    for number, pair in enumerate(pairs):
        if pair.status == "wrong-link":
            continue
        names = []
        if pair.document is not None:
            # A file that could not be taken apart stands for all of its documents.
            of_many = contract.delimiters.several and pair.document.at is None and pair.id is not None
            names.append(("path", f"{pair.document.key}#{pair.id}" if of_many else pair.document.key))
        if pair.meant is not None and pair.status in {"missing", "renamed", "excluded"}:
            names.append(("path", pair.meant))
        elif pair.status == "missing" and pair.id is not None:
            names.append(("id", normalized(pair.id, contract.id.normalize)))
        earlier = next((first[name] for name in names if name in first), None)
        if earlier is not None:
            found[number] = earlier
        for name in names:
            first.setdefault(name, number)
    return found


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
            found.setdefault(fault.kind, []).append(Found(_place_of(document, fault), fault, document))
    return {kind: tuple(items) for kind, items in found.items()}


def _place_of(document: Document, fault: Fault) -> Place:
    """Where a fault stands; one of the document as a whole at the line to point at."""
    if fault.path is not None:
        return Place(fault.path, fault.span)
    return document.place if fault.span is None else Place(document.path, fault.span)


def missing_paths(index: Index, follow: Follow) -> Iterable[str]:
    """Where the entries of an index link to and nothing is."""
    targets = (follow(link.target) for entry in index.entries for link in entry.links[:1])
    return (target.path for target in targets if target.kind == "missing")


def listed_paths(index: Index, follow: Follow) -> Iterable[str]:
    """The files that the entries of an index link to."""
    for entry in index.entries:
        for link in entry.links[:1]:
            target = follow(link.target)
            if target.kind in {"file", "case"}:
                yield target.detail or target.path
