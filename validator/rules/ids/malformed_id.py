"""ID102."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related, Values
from validator.model import Claim, Document, Pair
from validator.rules.rule import rule


@rule(Corpus, "ID102", since="0.1")
def malformed_id(corpus: Corpus) -> Iterator[Problem]:
    """An ID that is not of the pattern that the contract declares.

    The whole ID has to match `id.pattern`. Where both sides state the same wrong ID, that is one finding.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        id: {pattern: "[0-9]{3}"}
        ---
        | ID | Title |
        | -- | ----- |
        | [01](01.md) | A |
        -- 01.md --
        # A

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        id: {pattern: "[0-9]{3}"}
        ---
        | ID | Title |
        | -- | ----- |
        | [001](001.md) | A |
        -- 001.md --
        # A
    """
    if corpus.contract.id.pattern is None:
        return
    said: set[tuple[str, str]] = set()
    for number, pair in enumerate(corpus.pairs):
        if pair.id is not None and not corpus.is_well_formed(pair.id) and not _is_said(corpus, number):
            claims = pair.document.ids if pair.document is not None else ()
            same = [claim for claim in claims if corpus.normal_id(claim.value) == corpus.normal_id(pair.id)]
            said.update((pair.document.key, claim.value) for claim in same if pair.document is not None)
            yield _in_index(corpus, pair, same)
    for document in corpus.documents:
        for claim in _malformed(corpus, document):
            if (document.key, claim.value) not in said and not corpus.is_renamed(document):
                said.add((document.key, claim.value))
                yield _in_document(corpus, document, claim)


def _is_said(corpus: Corpus, number: int) -> bool:
    """Whether another finding says it: a row listed twice, or one without a link that is taken for a document."""
    pair = corpus.pairs[number]
    first = corpus.pairs[corpus.doubled.get(number, number)]
    return (first is not pair and first.id == pair.id) or (pair.status == "renamed" and pair.link is None)


def _in_document(corpus: Corpus, document: Document, claim: Claim) -> Problem:
    pattern = corpus.contract.id.pattern
    return Problem(
        corpus.claim_place(document, claim),
        f"{_source(claim)} states the ID {claim.value!r}, which is not of the pattern {pattern}",
        (Related(corpus.contract.place("id", "pattern"), "the pattern"),),
        document=document.path,
        id=corpus.id_of(document),
        values=Values(None, claim.value),
        advice="correct the ID, or the pattern",
    )


def _malformed(corpus: Corpus, document: Document) -> Iterator[Claim]:
    return (claim for claim in document.ids if not corpus.is_well_formed(claim.value))


def _source(claim: Claim) -> str:
    return "the file name" if claim.source.startswith("name.") else claim.source


def _in_index(corpus: Corpus, pair: Pair, same: list[Claim]) -> Problem:
    document = pair.document
    related = [Related(corpus.contract.place("id", "pattern"), "the pattern")]
    if document is not None:
        related[:0] = [
            Related(corpus.claim_place(document, claim), f"{_source(claim)} states it too") for claim in same
        ]
        related[:0] = [] if same else [Related(corpus.claim_place(document, None), "the document")]
    return Problem(
        corpus.id_place(pair),
        f"the ID {pair.id!r} is not of the pattern {corpus.contract.id.pattern}",
        tuple(related),
        document=document.path if document else pair.target,
        id=pair.id,
        values=Values(pair.id, document.ids[0].value if document and document.ids else None),
        advice="correct the ID, or the pattern",
    )
