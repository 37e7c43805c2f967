"""IX113."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place
from validator.rules.rule import rule


@rule(Corpus, "IX113", since="0.1")
def ambiguous_entry(corpus: Corpus) -> Iterator[Problem]:
    """An entry that names no document, or two.

    It has neither a link nor an ID that would say which document it means; or it has an ID alone, and two documents
    state that one. A row that only holds a place (`-`, `TBD`, `reserved`) is no entry.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | B |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | reserved |
        -- a.md --
        # A
    """
    for pair in corpus.with_status("keyless"):
        yield Problem(
            corpus.entry_place(pair.entry),
            "this entry names no document: it has no link and no ID",
            advice="link the document; a row that only holds a place says `-`, `TBD` or `reserved`",
        )
    for pair in corpus.with_status("ambiguous"):
        yield Problem(
            corpus.id_place(pair),
            f"the ID {pair.id!r} alone names several documents: {pair.detail}",
            tuple(Related(Place(path), "states this ID") for path in pair.detail.split(", ")),
            id=pair.id,
            advice="link the document that is meant",
        )
