"""DL104."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "DL104", since="0.1")
def text_before_header(corpus: Corpus) -> Iterator[Problem]:
    """Text or blank lines stand before the header's opening line.

    Readers of front matter look for `---` on line one and nowhere else.

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
    advice = _ADVICE.get(corpus.contract.delimiters.header or "", "move the header to the first line")
    for found in corpus.faults.get("text-before-header", ()):
        yield problem(corpus, found, f"{found.fault.detail[0]} before the header's opening line", advice=advice)


# Where a header belongs that does not stand on the first line.
_ADVICE = {
    "bullets": "move the list in front of the text, behind the heading",
    "table": "move the table in front of the text, behind the heading",
}
