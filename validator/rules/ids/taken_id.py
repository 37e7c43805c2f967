"""ID110."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place
from validator.rules.rule import rule


@rule(Corpus, "ID110", since="0.1")
def taken_id(corpus: Corpus) -> Iterator[Problem]:
    """With `--against REV`: another document has this ID there, or this document has another one there.

    Two branches that take the same free number agree with themselves and clash when they meet, and whoever follows an
    old reference to an ID that was given away finds another document than was meant. A document that was renamed, here
    or there, keeps its ID: one that is gone on one side is taken for the new one of the other where they have half of
    their lines in common.

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | A |
        -- 1.md --
        # A
    """
    past = corpus.past
    if past is None:
        return
    for item, place in zip(past.taken, corpus.document_id_places(item.document for item in past.taken), strict=True):
        yield Problem(
            place,
            f"the ID {item.id!r} is taken: at {past.name} {item.owner} has it",
            (Related(Place(item.owner), f"has this ID at {past.name}"),),
            document=item.document,
            id=item.id,
            advice="give this document an ID that is free there too",
        )
    places = corpus.document_id_places(item.document for item in past.changed)
    for item, place in zip(past.changed, places, strict=True):
        yield Problem(
            place,
            f"the ID of this document is {item.id!r}, and {item.owner!r} at {past.name}",
            (Related(Place(item.document), f"has the ID {item.owner!r} at {past.name}"),),
            document=item.document,
            id=item.id,
            advice="an ID stays with its document: give it back",
        )
