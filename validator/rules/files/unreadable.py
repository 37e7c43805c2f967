"""FS103."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "FS103", since="0.1")
def unreadable(corpus: Corpus) -> Iterator[Problem]:
    """A file cannot be read: permission, an input/output error, or it vanished meanwhile.

    What cannot be read cannot be checked, so it must not pass in silence.

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for found in corpus.faults.get("unreadable", ()):
        yield problem(corpus, found, f"this file cannot be read: {found.fault.detail[0]}", advice="make it readable")
