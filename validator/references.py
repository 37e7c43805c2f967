"""References: fields by which documents name other documents, and whether those answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from validator.contract import Reference
from validator.corpus import Corpus
from validator.late import regex
from validator.model import Claim, Document, Place, Span

_ITEM = regex(r"[^\s,;\[\]]+")


class Cited(NamedTuple):
    """One ID in a reference of a document: which reference, the ID as written, where it stands."""

    document: Document
    reference: Reference
    id: str
    place: Place


class OneWay(NamedTuple):
    """A reference that the document it names does not answer; `answer` is where the answer would stand."""

    cited: Cited
    inverse: Reference
    answer: Place


def cited(corpus: Corpus) -> Iterator[Cited]:
    """Every ID that a reference of a document names, in the order of the documents."""
    positions = [corpus.plan.expressions.index(reference.expression) for reference in corpus.contract.references]
    for document in corpus.documents:
        for reference, position in zip(corpus.contract.references, positions, strict=True):
            claim = document.claims[position]
            if claim is not None:
                yield from (_cited(document, reference, claim, item) for item in _ITEM.finditer(claim.value))


def _cited(document: Document, reference: Reference, claim: Claim, item: re.Match[str]) -> Cited:
    """The place of an item is exact where the value stands in the file as it was read, else that of the value."""
    span = claim.span
    if span is not None and claim.value.isascii() and span.end - span.start == len(claim.value):
        span = Span(span.start + item.start(), span.start + item.end())
    place = Place(claim.path or document.path, span) if span or claim.path else document.place
    return Cited(document, reference, item[0], place)


def _owners(corpus: Corpus) -> dict[str, Document]:
    return {corpus.normal_id(claim.value): document for document in corpus.documents for claim in document.ids}


def unknown(corpus: Corpus) -> Iterator[Cited]:
    """References to an ID that no document states, in this corpus or in another one of the project."""
    owners = _owners(corpus)
    elsewhere = {corpus.normal_id(value) for value in corpus.neighbours}
    for item in cited(corpus):
        identity = corpus.normal_id(item.id)
        if identity not in owners and identity not in elsewhere:
            yield item


def one_way(corpus: Corpus) -> Iterator[OneWay]:
    """References whose inverse the named document does not state; of two that are each other's inverse, both ways."""
    owners = _owners(corpus)
    inverses = _inverses(corpus)
    stated = {(item.document.key, item.reference.name, corpus.normal_id(item.id)) for item in cited(corpus) if inverses}
    for item in cited(corpus):
        inverse = inverses.get(item.reference.name)
        other = owners.get(corpus.normal_id(item.id))
        if inverse is None or other is None or not item.document.ids:
            continue
        names = {corpus.normal_id(claim.value) for claim in item.document.ids}
        if not any((other.key, inverse.name, name) in stated for name in names):
            claim = other.claims[corpus.plan.expressions.index(inverse.expression)]
            yield OneWay(item, inverse, corpus.claim_place(other, claim))


def _inverses(corpus: Corpus) -> dict[str, Reference]:
    """The inverse of each reference, in both directions, however it was declared."""
    by_name = {reference.name: reference for reference in corpus.contract.references}
    found: dict[str, Reference] = {}
    for reference in corpus.contract.references:
        if reference.inverse is not None:
            found[reference.name] = by_name[reference.inverse]
            found.setdefault(reference.inverse, reference)
    return found
