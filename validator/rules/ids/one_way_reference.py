"""ID109."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related, Values
from validator.references import one_way
from validator.rules.rule import rule


@rule(Corpus, "ID109", since="0.1")
def one_way_reference(corpus: Corpus) -> Iterator[Problem]:
    """A document refers to another one, which does not answer: `replaces` without the matching `superseded-by`.

    Which reference answers which is declared with `inverse` in the contract, and checked both ways.

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
        replaces: 1
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
    for found in one_way(corpus):
        item = found.cited
        inverse = found.inverse.name
        yield Problem(
            item.place,
            f"{item.reference.name} refers to {item.id!r}, whose {inverse} does not name this document",
            (Related(found.answer, f"{inverse} belongs here"),),
            document=item.document.path,
            id=corpus.id_of(item.document),
            field=item.reference.name,
            values=Values(None, item.id),
            advice=f"add {inverse} to the other document, or remove {item.reference.name} here",
        )
