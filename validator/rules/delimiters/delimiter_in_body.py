"""DL112."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place, Span
from validator.rules.rule import problem, rule


@rule(Corpus, "DL112", since="0.1")
def delimiter_in_body(corpus: Corpus) -> Iterator[Problem]:
    """A line of a body that reads as a delimiter.

    A reader that takes the file apart line by line cuts the document there. It is known for a line of the body by its
    ID, which is another one than that of the lines around it, or by the end that follows.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.txt"
        delimiters: {begin: "=== {id} ===", end: "=== end {id} ==="}
        ---
        | ID | Title |
        | -- | ----- |
        | 1 | A |
        | 2 | B |
        -- all.txt --
        === 1 ===
        A
        === 7 ===
        === end 1 ===
        === 2 ===
        B
        === end 2 ===

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.txt"
        delimiters: {begin: "=== {id} ===", end: "=== end {id} ==="}
        ---
        | ID | Title |
        | -- | ----- |
        | 1 | A |
        | 2 | B |
        -- all.txt --
        === 1 ===
        A
        > === 7 ===
        === end 1 ===
        === 2 ===
        B
        === end 2 ===
    """
    for found in corpus.faults.get("delimiter-in-body", ()):
        which, start, end = found.fault.detail
        bound = Place(found.place.path, Span(int(start), int(end)))
        related = (
            Related(bound, f"the document {which}s here"),
            Related(corpus.contract.place("delimiters", which), "declared here"),
        )
        yield problem(
            corpus, found, f"this line of the body reads as {'an' if which == 'end' else 'a'} `{which}` line",
            related=related, advice="indent or quote the line, or choose another delimiter",
        )  # fmt: skip
