"""ID103."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Document, Pair
from validator.rules.rule import rule


@rule(Corpus, "ID103", since="0.1")
def duplicate_id(corpus: Corpus) -> Iterator[Problem]:
    """Two documents, or two entries, with one ID.

    Links and the index name a document by its ID alone, so the second one can never be reached. All that have the ID
    are named in one finding. `id: {unique: false}` allows it.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}-{slug}.md"
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1-a.md) | A |
        | [1](1-b.md) | B |
        -- 1-a.md --
        # A
        -- 1-b.md --
        # B

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}-{slug}.md"
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1-a.md) | A |
        | [2](2-b.md) | B |
        -- 1-a.md --
        # A
        -- 2-b.md --
        # B
    """
    if not corpus.contract.id.unique:
        return
    entries, sharing = corpus.entries_sharing_ids(), corpus.documents_sharing_ids()
    for identity, pairs in entries.items():
        yield _entries(corpus, pairs, sharing.get(identity, []))
    for identity, documents in sharing.items():
        if identity not in entries:
            yield _documents(corpus, documents)


def _entries(corpus: Corpus, pairs: list[Pair], sharing: list[Document]) -> Problem:
    *others, last = pairs
    related = [Related(corpus.id_place(pair), "this entry has it too") for pair in others]
    named = {pair.document.key: pair.document for pair in pairs if pair.document is not None}
    documents = {**named, **{document.key: document for document in sharing}}.values()
    related += [Related(corpus.claim_place(document, None), "a document of this ID") for document in documents]
    return Problem(
        corpus.id_place(last),
        f"{len(pairs)} entries have the ID {last.id!r}",
        tuple(related),
        document=last.document.path if last.document else last.target,
        id=last.id,
        advice="give each document an ID of its own",
    )


def _documents(corpus: Corpus, documents: list[Document]) -> Problem:
    *others, last = documents
    claim = last.ids[0]
    return Problem(
        corpus.claim_place(last, claim),
        f"{len(documents)} documents have the ID {claim.value!r}",
        tuple(Related(corpus.claim_place(other, other.ids[0]), "this document has it too") for other in others),
        document=last.path,
        id=claim.value,
        advice="give each document an ID of its own",
    )
