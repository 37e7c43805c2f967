"""FS105."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "FS105", since="0.1")
def symbolic_link(corpus: Corpus) -> Iterator[Problem]:
    """A symbolic link is broken, leads in a circle, or points outside the project.

    A sound link to another file of the project is that file's other name, and no document of its own.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](b.md) |
        -- b.md -> nowhere.md --

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
        -- b.md -> a.md --
    """
    for found in corpus.faults.get("symlink", ()):
        yield problem(
            corpus,
            found,
            f"this symbolic link cannot be followed: {found.fault.detail[0]}",
            advice="correct the link, or put the file in its place",
        )
