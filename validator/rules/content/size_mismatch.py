"""CT102."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.mismatch import mismatch
from validator.rules.rule import rule


@rule(Corpus, "CT102", since="0.1")
def size_mismatch(corpus: Corpus) -> Iterator[Problem]:
    """The stated size is not the real one: bytes, characters, lines or words.

    Bad:

        -- INDEX.md --
        | Title | Bytes |
        | ----- | ----- |
        | [A](a.txt) | 3 |
        -- a.txt --
        A

    Good:

        -- INDEX.md --
        | Title | Bytes |
        | ----- | ----- |
        | [A](a.txt) | 2 |
        -- a.txt --
        A
    """
    for difference in corpus.differences:
        if difference.kind == "size":
            yield mismatch(
                corpus,
                difference,
                "the index states",
                "the content has",
                "write the real number, or restore the document",
            )
