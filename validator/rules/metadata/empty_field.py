"""MT110."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.fields import empty_fields
from validator.findings import Problem, Related, Values
from validator.rules.rule import rule


@rule(Corpus, "MT110", since="0.1")
def empty_field(corpus: Corpus) -> Iterator[Problem]:
    """A field is present and empty on one side, while the other states a value.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml}
        fields: {title: header.title}
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        ---
        title:
        ---
        Text.

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml}
        fields: {title: header.title}
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
    for lack in empty_fields(corpus):
        yield Problem(
            lack.place,
            lack.message,
            tuple(Related(place, words) for place, words in lack.related),
            document=lack.document,
            id=lack.id,
            field=lack.field,
            values=Values(lack.stated, lack.claimed),
            advice="fill it in",
        )
