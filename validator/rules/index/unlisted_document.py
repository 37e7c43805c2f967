"""IX104."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.rules.rule import rule


@rule(Corpus, "IX104", since="0.1")
def unlisted_document(corpus: Corpus) -> Iterator[Problem]:
    """A document that no entry names.

    What the index does not name, its readers do not find, and nothing that the index promises holds for it.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
        -- b.md --
        # B

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | [B](b.md) |
        -- a.md --
        # A
        -- b.md --
        # B
    """
    if corpus.faults.get("missing-section"):
        return  # The section that would list them is not there, and that is already said.
    if corpus.is_cut_off() or (corpus.lost_key() and not corpus.accord.size and not any(corpus.paired())):
        return
    for document in corpus.unlisted:
        if any(fault.kind == "symlink" for fault in document.faults):
            continue  # Mended, the link would be another name of a file and no document at all.
        yield Problem(
            corpus.index_place(),
            f"{document.name} is not listed",
            (Related(document.place, "this document has no entry"),),
            document=document.path,
            id=corpus.id_of(document),
            advice="add a row for it, remove it, or take it away with a `!glob` in `documents`",
        )
