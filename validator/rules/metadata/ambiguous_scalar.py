"""MT107."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Values
from validator.rules.rule import problem, rule


@rule(Corpus, "MT107", since="0.1")
def ambiguous_scalar(corpus: Corpus) -> Iterator[Problem]:
    """YAML reads a value as something else than is written.

    `0010` is eight, `no` is false, `1e3` is a thousand, `2021-26-02` is a date that does not exist and kills whole
    readers. indexlint compares what is written; other readers of the header do not.

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
        number: 0010
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
    said = {found.place for found in corpus.faults.get("schema", ())}
    for found in corpus.faults.get("ambiguous-scalar", ()):
        if found.place in said:
            continue
        key, text, reading, *inside = found.fault.detail
        yield problem(
            corpus,
            found,
            f"YAML reads {text!r} as {reading}",
            field=key,
            values=Values(None, text),
            advice=f'quote it: "{text}"' if inside else f'quote it: {key}: "{text}"',
        )
