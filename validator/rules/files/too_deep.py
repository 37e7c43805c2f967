"""FS109."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "FS109", since="0.1")
def too_deep(corpus: Corpus) -> Iterator[Problem]:
    """YAML that is nested too deeply, or whose aliases and events are too many.

    A few lines of YAML can stand for gigabytes; such a header or index is not unfolded.

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for found in corpus.faults.get("too-deep", ()):
        what = "index" if found.document is None else "header"
        yield problem(
            corpus, found, f"the {what} is not read: it is {found.fault.detail[0]}", advice="write the metadata plainly"
        )
