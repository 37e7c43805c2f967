"""MT102."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "MT102", since="0.1")
def header_type(corpus: Corpus) -> Iterator[Problem]:
    """The header is not a mapping.

    A list or a lone text between the delimiters has no keys, so it states nothing.

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
        - title
        - A
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
    for found in corpus.faults.get("header-type", ()):
        what = {"sequence": "a list", "scalar": "a lone text"}.get(found.fault.detail[0], "something else")
        yield problem(
            corpus, found, f"the header is {what}, not a mapping of keys to values", advice="write `key: value` lines"
        )
