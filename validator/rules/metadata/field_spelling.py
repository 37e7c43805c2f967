"""MT109."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.mismatch import mismatch
from validator.rules.rule import rule


@rule(Corpus, "MT109", since="0.1")
def field_spelling(corpus: Corpus) -> Iterator[Problem]:
    """Index and document state values that differ only by case, punctuation, spacing or markup.

    `compare: text` in the contract takes such values for the same.

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
        title: a
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
    for difference in corpus.differences:
        if difference.kind == "spelling":
            advice = (
                "correct the side that is wrong, or declare `compare: text` for the field, where spelling is no matter"
            )
            yield mismatch(corpus, difference, "the index spells", "the document spells", advice)
