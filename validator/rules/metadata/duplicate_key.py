"""MT103."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place, Span
from validator.rules.rule import problem, rule


@rule(Corpus, "MT103", since="0.1")
def duplicate_key(corpus: Corpus) -> Iterator[Problem]:
    """One key stands twice in a header.

    YAML forbids it, and readers differ in which of the two they keep.

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
        title: A
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
    for found in corpus.faults.get("duplicate-key", ()):
        key, start, end = found.fault.detail
        first = Place(found.place.path, Span(int(start), int(end)))
        yield problem(
            corpus,
            found,
            f"the key {key!r} stands twice",
            field=key,
            related=(Related(first, "it stands here first"),),
            advice="keep one of the two",
        )
