"""MT105."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "MT105", since="0.1")
def unknown_field(corpus: Corpus) -> Iterator[Problem]:
    """A field that the schema does not know.

    Mostly a misspelt key, whose value nobody reads. Only where the schema says `additionalProperties: false`.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml}
        schema: schema.json
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- schema.json --
        {"properties": {"title": {}, "status": {"enum": ["Draft", "Final"]}}, "additionalProperties": false}
        -- a.md --
        ---
        title: A
        staus: Final
        ---
        Text.

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml}
        schema: schema.json
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- schema.json --
        {"properties": {"title": {}, "status": {"enum": ["Draft", "Final"]}}, "additionalProperties": false}
        -- a.md --
        ---
        title: A
        status: Final
        ---
        Text.
    """
    for found in corpus.faults.get("schema-unknown", ()):
        key, message = found.fault.detail[:2]
        yield problem(corpus, found, f"schema: {message}", field=key, advice="correct the key, or add it to the schema")
