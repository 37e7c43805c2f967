"""MT104."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.fields import missing_fields
from validator.findings import Problem, Related, Values
from validator.rules.rule import problem, rule


@rule(Corpus, "MT104", since="0.1")
def missing_field(corpus: Corpus) -> Iterator[Problem]:
    """A required field is absent, in the index or in the document.

    A field is required by `required: true` in the contract, or by the metadata's schema.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml}
        fields: {title: {document: header.title, required: true}}
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        ---
        date: 2026-01-01
        ---
        Text.

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml}
        fields: {title: {document: header.title, required: true}}
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        ---
        title: A
        ---
        Text.
    """
    said: set[tuple[str, str]] = set()
    for lack in missing_fields(corpus):
        said.add((lack.document, lack.source))
        yield Problem(
            lack.place,
            lack.message,
            tuple(Related(place, words) for place, words in lack.related),
            document=lack.document,
            id=lack.id,
            field=lack.field,
            values=Values(lack.stated, lack.claimed),
            advice="state the field, or do not require it",
        )
    for found in corpus.faults.get("schema-required", ()):
        key, message = found.fault.detail
        if (found.place.path, f"header.{key}") not in said:
            yield problem(corpus, found, f"schema: {message}", field=key, advice=f"add {key!r} to the header")
