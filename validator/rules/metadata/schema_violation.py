"""MT106."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "MT106", since="0.1")
def schema_violation(corpus: Corpus) -> Iterator[Problem]:
    """A value that the schema does not allow: type, enum, pattern, length, format.

    The schema is the file that the contract names with `schema`. Values are as YAML's JSON subset types them: `12` is a
    number, `0012` and `2026-01-01` are texts.

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
        status: Fnal
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
    for found in corpus.faults.get("schema", ()):
        key, message = found.fault.detail
        prefix = f"{key}: " if key else ""
        yield problem(
            corpus, found, f"schema: {prefix}{message}", field=key or None, advice="correct the value, or the schema"
        )
