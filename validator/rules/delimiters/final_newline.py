"""DL108."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.rules.rule import problem, rule


@rule(Corpus, "DL108", since="0.1")
def final_newline(corpus: Corpus) -> Iterator[Problem]:
    """The final newline is missing where it is required, or there where it is forbidden.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.txt"
        delimiters: {final_newline: required}
        ---
        | Title |
        | ----- |
        | [A](a.txt) |
        -- a.txt --
        A«no newline»

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.txt"
        delimiters: {final_newline: required}
        ---
        | Title |
        | ----- |
        | [A](a.txt) |
        -- a.txt --
        A
    """
    for found in corpus.faults.get("final-newline", ()):
        required = found.fault.detail[0] == "required"
        yield problem(
            corpus,
            found,
            "the last line has no line end" if required else "the document ends with a line end",
            related=(Related(corpus.contract.place("delimiters", "final_newline"), "declared here"),),
            advice="end the last line" if required else "remove the line end",
        )
