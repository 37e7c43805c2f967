"""DL105."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "DL105", since="0.1")
def malformed_delimiter(corpus: Corpus) -> Iterator[Problem]:
    """A delimiter line of the header, or of one document among several, is not exactly what it should be.

    It has another length, is indented, has trailing blanks, or its characters only look like `-`. Some readers accept
    such a line and some do not, so one document has two readings.

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
        ----
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
    for found in corpus.faults.get("malformed-delimiter", ()):
        which, reason, *wanted = found.fault.detail
        should = wanted[0] if wanted else "`---`"
        yield problem(
            corpus,
            found,
            f"the {_PLACES.get(which, which + ' line of the header')} is not {should}: {reason}",
            advice=f"write {should} and nothing else" if wanted else "write three hyphens and nothing else",
        )


_PLACES = {
    "begin": "begin line of this document",
    "end": "end line of this document",
    # Delimiters that are not a line of their own.
    "bullet": "bullet of this field",
    "heading": "mark of this heading",
    "separator": "separator row of the header",
}
