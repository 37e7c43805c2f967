"""DL113."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from validator.corpus import Corpus
from validator.findings import Problem
from validator.model import Pair, Span
from validator.rules.rule import problem, rule


@rule(Corpus, "DL113", since="0.1")
def row_width(corpus: Corpus) -> Iterator[Problem]:
    r"""A table row has more or fewer cells than the header.

    Mostly a pipe in a title that was not escaped as `\|`. Renderers drop the cells that are too many, so a reader never
    sees them. Of such a row only the cells up to the link are compared, and none but the link where it is not in the
    column of the other links.

    Bad:

        -- INDEX.md --
        | Title | Note |
        | ----- | ---- |
        | [A](a.md) | this | that |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        | Title | Note |
        | ----- | ---- |
        | [A](a.md) | this \| that |
        -- a.md --
        # A
    """
    starts = [pair.entry.span.start for pair in corpus.pairs]
    for found in corpus.faults.get("row-width", ()):
        wanted, there = map(int, found.fault.detail[:2])
        cells = "1 cell" if there == 1 else f"{there} cells"
        # In a header that is a table the third word is the key that is in doubt.
        where = found.fault.detail[2] if found.document is None else ""
        side = f": {abs(there - wanted)} too {'many' if there > wanted else 'few'} before its link"
        said_more = {"before-link": side, "in-link": ": a pipe divides the text of its link"}.get(where, "")
        hint = "write a pipe that is text as `\\|`" if there > wanted else "write the missing cells, or their pipes"
        if where == "delimiter":
            hint = "a value that holds the delimiter stands in quotes"
        message = f"this row has {cells}, where the header has {wanted}{said_more}"
        said = problem(corpus, found, message, advice=hint)
        pair = _pair_at(corpus, starts, found.fault.span) if found.document is None else None
        if pair is not None:
            document = pair.document
            own = pair.id or (corpus.id_of(document) if document else None)
            said = said._replace(document=document.path if document else pair.target, id=own)
        yield said


def _pair_at(corpus: Corpus, starts: Sequence[int], span: Span | None) -> Pair | None:
    """The pair whose entry is the row at a place of the index; `starts` are where the entries of the pairs begin."""
    before = bisect_right(starts, span.start) - 1 if span is not None else -1
    return corpus.pairs[before] if before >= 0 and span and span.start < corpus.pairs[before].entry.span.end else None
