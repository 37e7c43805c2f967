"""DL113."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "DL113", since="0.1")
def row_width(corpus: Corpus) -> Iterator[Problem]:
    r"""A table row has more or fewer cells than the header.

    Mostly a pipe in a title that was not escaped as `\|`. Renderers drop the cells that are too many, so a reader never
    sees them. Of such a row only the cells up to the link are compared.

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
    for found in corpus.faults.get("row-width", ()):
        wanted, there = map(int, found.fault.detail[:2])
        cells = "1 cell" if there == 1 else f"{there} cells"
        hint = "write a pipe that is text as `\\|`" if there > wanted else "write the missing cells, or their pipes"
        if "delimiter" in found.fault.detail:
            hint = "a value that holds the delimiter stands in quotes"
        yield problem(corpus, found, f"this row has {cells}, where the header has {wanted}", advice=hint)
