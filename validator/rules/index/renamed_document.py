"""IX105."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related, Values
from validator.rules.rule import rule


@rule(Corpus, "IX105", since="0.1")
def renamed_document(corpus: Corpus) -> Iterator[Problem]:
    """A missing document and an unlisted one are the same.

    They are taken for one when their ID, their content, their title, or closely their name is the same: one finding
    instead of two, and the rest of the row is still compared. Their content is the same where the row states the
    digest of the document, or where the commit before has that very content under the old name.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [Apples and pears](apple.md) |
        | [B](b.md) |
        -- apples.md --
        # Apples and pears
        -- b.md --
        # B

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [Apples and pears](apples.md) |
        | [B](b.md) |
        -- apples.md --
        # Apples and pears
        -- b.md --
        # B
    """
    for pair, document in corpus.paired():
        if pair.status != "renamed":
            continue
        missing = f"{pair.meant} does not exist" if pair.target else f"no document has the ID {pair.id!r}"
        yield Problem(
            corpus.entry_place(pair.entry, "link.target") if pair.target else corpus.id_place(pair),
            f"{missing}; it seems to be {document.name} now",
            (Related(document.place, "this document has no entry of its own"),),
            document=document.path,
            id=pair.id,
            values=Values(pair.meant, document.name),
            advice=f"correct the {'link' if pair.target else 'ID'}, or give the file its old name",
        )
