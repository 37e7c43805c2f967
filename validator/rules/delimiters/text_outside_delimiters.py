"""DL111."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus, Found
from validator.findings import Problem, Related
from validator.rules.rule import rule


@rule(Corpus, "DL111", since="0.1")
def text_outside_delimiters(corpus: Corpus) -> Iterator[Problem]:
    """Text between or around delimited documents.

    It belongs to no document, so whoever takes the file apart loses it. Blank lines are no text. Where a file holds one
    document alone and its delimiters do not name it by an ID, they set it apart from what surrounds it, such as a
    licence, and that is no fault.

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
        Where does this belong?
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
    outside = corpus.faults.get("text-outside", ())
    loose = (found for found in corpus.faults.get("headless", ()) if not _is_missed(corpus, found))
    for found in (*outside, *loose):
        yield Problem(
            found.place,
            "this text stands outside of all documents",
            (Related(corpus.contract.place("delimiters", "begin"), "what begins a document"),),
            document=found.place.path,
            advice="put it into a document, or remove it",
        )


def _is_missed(corpus: Corpus, found: Found) -> bool:
    """Whether an entry misses a document where this text stands: then what is wrong is that its begin is gone."""
    return found.document is not None and found.document.key in corpus.by_document
