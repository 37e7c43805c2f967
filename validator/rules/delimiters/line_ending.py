"""DL107."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.rules.rule import problem, rule


@rule(Corpus, "DL107", since="0.1")
def line_ending(corpus: Corpus) -> Iterator[Problem]:
    """CRLF or mixed line ends where LF is declared, or the reverse.

    One finding a document, at the first line end that is wrong. Sizes and digests are of the bytes, so line ends are
    part of what an index promises.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.txt"
        delimiters: {newline: lf}
        ---
        | Title |
        | ----- |
        | [A](a.txt) |
        -- a.txt --
        A«0D»
        text«0D»

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.txt"
        delimiters: {newline: lf}
        ---
        | Title |
        | ----- |
        | [A](a.txt) |
        -- a.txt --
        A
        text
    """
    for found in corpus.faults.get("line-ending", ()):
        declared, count, mixed = found.fault.detail
        wrong = "CRLF" if declared == "lf" else "LF"
        lines = "1 line ends" if count == "1" else f"{int(count):,} lines end"
        also = ", mixed with others" if mixed else ""
        yield problem(
            corpus,
            found,
            f"{lines} with {wrong}{also}, where the contract declares {declared}",
            related=(Related(corpus.contract.place("delimiters", "newline"), "declared here"),),
            advice=f"convert the line ends to {declared.upper()}",
        )
