"""ID108."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related, Values
from validator.references import unknown
from validator.rules.rule import rule


@rule(Corpus, "ID108", since="0.1")
def unknown_reference(corpus: Corpus) -> Iterator[Problem]:
    """A field of a document refers to an ID that no document has.

    `references` in the contract says which fields name other documents. The IDs of every corpus of the project count.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        delimiters: {header: yaml}
        references: {replaces: {document: header.replaces, inverse: superseded-by}, superseded-by: header.superseded-by}
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | One |
        | [2](2.md) | Two |
        -- 1.md --
        ---
        title: One
        ---
        Text 1.
        -- 2.md --
        ---
        title: Two
        replaces: 7
        ---
        Text 2.

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        delimiters: {header: yaml}
        references: {replaces: {document: header.replaces, inverse: superseded-by}, superseded-by: header.superseded-by}
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | One |
        | [2](2.md) | Two |
        -- 1.md --
        ---
        title: One
        superseded-by: 2
        ---
        Text 1.
        -- 2.md --
        ---
        title: Two
        replaces: 1
        ---
        Text 2.
    """
    for item in unknown(corpus):
        yield Problem(
            item.place,
            f"{item.reference.name} refers to {item.id!r}, an ID that no document has",
            (Related(corpus.contract.place("references", item.reference.name), "a reference by the contract"),),
            document=item.document.path,
            id=corpus.id_of(item.document),
            field=item.reference.name,
            values=Values(None, item.id),
            advice="correct the ID, or add the document",
        )
