"""Two claims about one field, as one problem with two places."""

from __future__ import annotations

from validator.corpus import Corpus
from validator.findings import Problem, Related, Values
from validator.model import Difference
from validator.text import contrasted


def mismatch(corpus: Corpus, difference: Difference, index_says: str, document_says: str, advice: str = "") -> Problem:
    """The problem of a difference: at the index's cell, related to the place where the document says otherwise."""
    pair, claim = difference.pair, difference.claim
    assert pair.document is not None, "a difference has two sides"
    stated, claimed = contrasted(difference.stated, claim.value)
    is_emptied = pair.document.empty and claim.source.startswith("content.")
    return Problem(
        corpus.entry_place(pair.entry, difference.shown),
        f"{difference.field}: {index_says} {stated!r}, {document_says} {claimed!r}",
        (Related(corpus.claim_place(pair.document, claim), f"{document_says} {claimed!r}"),),
        document=pair.document.path,
        id=pair.id or corpus.id_of(pair.document),
        field=difference.field,
        values=Values(difference.stated, claim.value),
        advice=advice or "correct the side that is wrong",
        said_by="empty-document" if is_emptied else "",
    )
