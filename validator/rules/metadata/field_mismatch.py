"""MT108."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.mismatch import mismatch
from validator.rules.rule import rule


@rule(Corpus, "MT108", since="0.1")
def field_mismatch(corpus: Corpus) -> Iterator[Problem]:
    """Index and document state different values for one field.

    The finding points at the index's cell; the related place is where the document says otherwise.

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
        title: B
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
        if difference.kind == "value":
            yield mismatch(corpus, difference, "the index says", "the document says")
