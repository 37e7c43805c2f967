"""IX102."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.model import Place
from validator.rules.rule import rule


@rule(Corpus, "IX102", since="0.1")
def no_entries(corpus: Corpus) -> Iterator[Problem]:
    """Nothing in the index names a document.

    A table counts as index when a row of it links to a document, a list or a run of link paragraphs when its items lead
    with one. An index without entries checks nothing, so it must not pass.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        ---
        | Title |
        | ----- |

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    if corpus.manifest is None or corpus.pairs or corpus.faults.get("missing-section"):
        return
    if not corpus.contract.delimiters.judged:
        return  # Which documents there are to be named is not known, and that is said.
    if corpus.is_cut_off():
        return
    if any(found.fault.detail[1] for found in corpus.faults.get("not-utf8", ()) if found.document is None):
        return
    yield Problem(
        Place(corpus.manifest.path),
        "nothing in this index names a document",
        advice="link each document in a table, a list or a paragraph of its own, or say in the contract how to read it",
    )
