"""DL117."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "DL117", since="0.1")
def conflict_marker(corpus: Corpus) -> Iterator[Problem]:
    """A merge-conflict marker was left in the index.

    The lines of the markers are no rows; the rows of both sides are checked. `=======` alone is a heading's underline
    and counts only between the other two.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        «3C»<<<<<< ours
        | [A](a.md) |
        =======
        | [A](a.md) |
        >>>>>>«3E» theirs
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
    for found in corpus.faults.get("conflict-marker", ()):
        middle, end = found.fault.detail
        yield problem(
            corpus,
            found,
            f"a merge conflict begins here (`=======` in line {middle}, `>>>>>>>` in line {end})",
            advice="settle the conflict and remove its three markers",
        )
