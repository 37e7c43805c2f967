"""CT105."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "CT105", since="0.1")
def empty_document(corpus: Corpus) -> Iterator[Problem]:
    """A document has no body.

    There is nothing in the file, or nothing behind its header. A size or digest that the index states otherwise has the
    same cause, and is told where this is not: where this rule is ignored, or made less grave.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        ---
        title: A
        ---

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        ---
        title: A
        ---
        Text.
    """
    for found in corpus.faults.get("empty-document", ()):
        yield problem(corpus, found, "this document has no body", advice="write it, or remove it with its entry")
