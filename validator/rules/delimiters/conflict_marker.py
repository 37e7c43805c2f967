"""DL117."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "DL117", since="0.1")
def conflict_marker(corpus: Corpus) -> Iterator[Problem]:
    """A merge-conflict marker was left in the index or in a document.

    In the index the lines of the markers are no rows; the rows of both sides are checked. `=======` alone is a
    heading's underline and counts only behind `<<<<<<<`. In a code fence, markers are an example.

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
        lines = zip(("=======", ">>>>>>>"), found.fault.detail, strict=True)
        is_part = found.document is not None and found.document.at is not None
        others = (
            "its other markers follow"
            if is_part
            else ", ".join(f"`{marker}` in line {line}" for marker, line in lines if line)
        )
        yield problem(
            corpus,
            found,
            f"a merge conflict begins here ({others or 'its other markers are gone'})",
            advice="settle the conflict and remove its markers",
        )
