"""ID104."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related, Values
from validator.ids import normalized
from validator.model import Claim, Document, Pair
from validator.rules.rule import rule


@rule(Corpus, "ID104", since="0.1")
def id_mismatch(corpus: Corpus) -> Iterator[Problem]:
    """Index, file name, header and heading do not state one ID.

    The finding points at the statement that stands alone: at the index where every document side says otherwise, at the
    document where the index agrees with one side of it.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | A |
        | [3](2.md) | B |
        -- 1.md --
        # A
        -- 2.md --
        # B

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | A |
        | [2](2.md) | B |
        -- 1.md --
        # A
        -- 2.md --
        # B
    """
    sharing = {document.key for documents in corpus.documents_sharing_ids().values() for document in documents}
    for document in corpus.documents:
        pair = corpus.by_document.get(document.key)
        if pair is not None and pair.status in {"renamed", "wrong-link"}:
            continue
        stated = pair.id if pair is not None else None
        if all(claim.value == stated for claim in document.ids):
            continue
        claims = [claim for claim in document.ids if corpus.is_well_formed(claim.value)]
        values = {corpus.normal_id(claim.value) for claim in claims}
        if pair is not None and pair.status == "case" and _differ_in_case({*values, corpus.normal_id(stated or "")}):
            continue
        if pair is None or stated is None or not corpus.is_well_formed(stated):
            if len(values) > 1:
                yield _in_document(corpus, document, claims[0], claims[1:])
        elif values and corpus.normal_id(stated) not in values:
            if document.key not in sharing:
                yield _in_index(corpus, pair, document, claims)
        elif len(values) > 1:
            yield _against_index(corpus, pair, document, claims)


def _differ_in_case(values: set[str]) -> bool:
    return len({value.casefold() for value in values}) == 1


def _source(claim: Claim) -> str:
    if claim.source == "heading.id":
        return "the heading"
    return _SOURCES.get(claim.source.partition(".")[0], f"`{claim.source}`")


_SOURCES = {"name": "the file name", "begin": "the begin line", "end": "the end line"}


_NUMBERS = ("unprefix", "casefold", "unpad")
_ONE_NUMBER = "; where a word before the number is no matter, the contract says `id: {normalize: [unprefix, unpad]}`"


def _in_index(corpus: Corpus, pair: Pair, document: Document, claims: list[Claim]) -> Problem:
    said = ", ".join(f"{_source(claim)} says {claim.value!r}" for claim in claims)
    return Problem(
        corpus.id_place(pair),
        f"the index says ID {pair.id!r}, {said}",
        tuple(
            Related(corpus.claim_place(document, claim), f"{_source(claim)} says {claim.value!r}") for claim in claims
        ),
        document=document.path,
        id=pair.id,
        field="id",
        values=Values(pair.id, claims[0].value),
        advice="state one ID on both sides" + _way_to_write(pair.id or "", claims),
    )


def _way_to_write(stated: str, claims: Iterable[Claim]) -> str:
    """What a contract can say where both sides state one number, and one of them a word before it."""
    values = {stated, *(claim.value for claim in claims)}
    numbers = {normalized(value, _NUMBERS) for value in values}
    is_worded = len({normalized(value, _NUMBERS[1:]) for value in values}) > len(numbers)
    return _ONE_NUMBER if is_worded and len(numbers) == 1 else ""


def _against_index(corpus: Corpus, pair: Pair, document: Document, claims: list[Claim]) -> Problem:
    stated = corpus.normal_id(pair.id or "")
    odd = next(claim for claim in claims if corpus.normal_id(claim.value) != stated)
    agreeing = [claim for claim in claims if corpus.normal_id(claim.value) == stated]
    problem = _in_document(corpus, document, odd, agreeing)
    return problem._replace(
        message=f"{_source(odd)} says ID {odd.value!r}, the index and {_source(agreeing[0])} say {pair.id!r}",
        related=(Related(corpus.id_place(pair), f"the index says {pair.id!r}"), *problem.related),
        values=Values(pair.id, odd.value),
    )


def _in_document(corpus: Corpus, document: Document, odd: Claim, others: list[Claim]) -> Problem:
    said = ", ".join(f"{_source(claim)} says {claim.value!r}" for claim in others)
    return Problem(
        corpus.claim_place(document, odd),
        f"{_source(odd)} says ID {odd.value!r}, {said}",
        tuple(
            Related(corpus.claim_place(document, claim), f"{_source(claim)} says {claim.value!r}") for claim in others
        ),
        document=document.path,
        id=corpus.id_of(document),
        field="id",
        values=Values(None, odd.value),
        advice="state one ID everywhere",
    )
