"""DL110."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place, Span
from validator.rules.rule import problem, rule


@rule(Corpus, "DL110", since="0.1")
def unbalanced_delimiter(corpus: Corpus) -> Iterator[Problem]:
    """The `begin` and `end` lines of a file do not pair up: nested, repeated, crossed or unclosed.

    Documents in one file follow each other. What stands between two lines that do not belong together is a part of one
    document for some readers and of another for others.

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
        === end 1 ===
        === 2 ===
        B
        === end 2 ===
    """
    for found in corpus.faults.get("unbalanced-delimiter", ()):
        kind, which, *offsets = found.fault.detail
        message, other, advice = _WORDS[kind]
        spans = [Span(int(start), int(end)) for start, end in zip(offsets[::2], offsets[1::2], strict=True)]
        related = [
            Related(Place(found.place.path, span), other if number == 0 else "and in this one begins another")
            for number, span in enumerate(spans)
        ]
        related.append(Related(corpus.contract.place("delimiters", which), "declared here"))
        yield problem(corpus, found, message.format(which=which), related=tuple(related), advice=advice)


_WORDS = {
    "nested": ("this document begins and ends inside another one", "the other one begins here", "take it out of there"),
    "doubled": (
        "this `begin` line and its `end` stand inside another pair",
        "the other pair begins here",
        "remove one of the two pairs",
    ),
    "repeated": ("this `{which}` line repeats the one before it", "the one before it", "remove one of the two"),
    "crossed": (
        "this document ends after another one has begun, and before that one ends",
        "the other one begins here",
        "put the end of the one before the begin of the other",
    ),
    "unclosed": ("this document is begun and never ended", "", "put an `end` line behind it"),
    "unopened": ("this `end` line ends nothing", "", "remove it, or put a `begin` line before the text"),
}
