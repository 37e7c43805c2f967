"""DL109."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place, Span
from validator.rules.rule import problem, rule


@rule(Corpus, "DL109", since="0.1")
def missing_delimiter(corpus: Corpus) -> Iterator[Problem]:
    """A document without its `begin` or `end` line.

    `delimiters: {begin: …, end: …}` promises that each document of a file stands between two such lines. Where a begin
    is gone, the finding points at the text that lacks it. Where no document of a file has an end (or a begin), that is
    one finding, not one a document. A document of several that is begun and never ended is DL110.

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
        === end 1 ===
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
        === end 1 ===
        === 2 ===
        B
        === end 2 ===
    """
    for found in corpus.faults.get("missing-delimiter", ()):
        which, *place = found.fault.detail
        related = [Related(Place(found.place.path, Span(*map(int, place))), "its end")] if place else []
        yield problem(corpus, found, _message(which), related=(*related, _declared(corpus, which)), advice=_ADVICE)
    for found in corpus.faults.get("headless", ()):
        if found.document is not None and found.document.key in corpus.by_document:
            found = found._replace(place=found.document.place)  # noqa: PLW2901 - the same fault, at its first line
            yield problem(corpus, found, _message("begin"), related=(_declared(corpus, "begin"),), advice=_ADVICE)


_ADVICE = "put the line there, or correct the contract"


def _message(which: str) -> str:
    return f"this document has no `{which}` line" if which in {"begin", "end"} else f"this file has no {which} line"


def _declared(corpus: Corpus, which: str) -> Related:
    return Related(corpus.contract.place("delimiters", which.partition(" ")[0]), "declared here")
