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
    for pair in corpus.pairs:
        if pair.id is not None and not corpus.is_well_formed(pair.id):
            document = pair.document
            same = [claim for claim in document.ids if claim.value == pair.id] if document else []
            said.update((document.path, pair.id) for _ in same if document)
            yield _in_index(corpus, pair, same)
    for document in corpus.documents:
        for claim in _malformed(corpus, document):
            if (document.path, claim.value) not in said and not corpus.is_renamed(document):
                said.add((document.path, claim.value))
                yield _in_document(corpus, document, claim)


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
