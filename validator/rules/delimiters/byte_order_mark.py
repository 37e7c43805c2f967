"""DL106."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "DL106", since="0.1")
def byte_order_mark(corpus: Corpus) -> Iterator[Problem]:
    """A byte-order mark where none may be, or none where one is declared.

    A mark in front of `---` hides the header from most readers, and comes out as a stray character when files are
    joined. `delimiters: {bom: true}` wants one, `bom: any` allows both.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        «EF»«BB»«BF»# A

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for found in corpus.faults.get("byte-order-mark", ()):
        declared, count = found.fault.detail
        if count:
            message, advice = f"the document begins with {count} byte-order marks", "save it as UTF-8 with one, or none"
        elif declared == "false":
            message, advice = "the document begins with a byte-order mark", "save it as UTF-8 without a mark"
        else:
            message, advice = "the byte-order mark that the contract wants is missing", "save it as UTF-8 with a mark"
        yield problem(corpus, found, message, advice=advice)
