"""IX103."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Pair, Place
from validator.rules.rule import rule


@rule(Corpus, "IX103", since="0.1")
def missing_document(corpus: Corpus) -> Iterator[Problem]:
    """An entry names a document that does not exist.

    The file was deleted, moved or never added, and the row was left behind. A file that git tracks but that is not on
    disk does not exist either. A sidecar (`header: sidecar`) names its document, too, and may be
    left behind.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | [B](b.md) |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for number, pair in enumerate(corpus.pairs):
        if pair.status != "missing" or number in corpus.doubled:
            continue
        if pair.target is not None:
            yield Problem(
                corpus.entry_place(pair.entry, "link.target"),
                f"{pair.meant} does not exist",
                (Related(Place(pair.target), _why(pair)),),
                document=pair.target,
                id=pair.id,
                advice="add the document, correct the link, or remove the row",
            )
        elif pair.id is not None and corpus.is_well_formed(pair.id):
            declared = "name" if corpus.contract.id.document is None and corpus.contract.name else "id"
            yield Problem(
                corpus.id_place(pair),
                f"no document has the ID {pair.id!r}",
                (Related(corpus.contract.place(declared), "documents state their IDs as declared here"),),
                id=pair.id,
                advice="add the document, correct the ID, or remove the row",
            )
    said = {pair.target for pair in corpus.with_status("missing", "renamed")}
    for sidecar, document in corpus.orphans:
        if document not in said:
            yield Problem(
                Place(sidecar),
                f"{document}, whose metadata this is, does not exist",
                (Related(Place(document), "there is no such document"),),
                document=document,
                advice="add the document, or remove its sidecar",
            )


def _why(pair: Pair) -> str:
    return "the file has no document of this ID" if pair.detail == "part" else "there is no such document"
