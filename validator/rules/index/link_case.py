"""IX111."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related, Values
from validator.model import Place
from validator.rules.rule import rule


@rule(Corpus, "IX111", since="0.1")
def link_case(corpus: Corpus) -> Iterator[Problem]:
    """The target of a link exists only with other case, or in another Unicode normal form.

    The link works where the file system folds case (macOS, Windows) and is broken everywhere else, on every web site
    among others.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](A.md) |
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
    for pair in corpus.with_status("case"):
        yield Problem(
            corpus.entry_place(pair.entry, "link.target"),
            f"the link differs from {pair.target} in case or Unicode form",
            (Related(Place(pair.target or ""), "the file that exists"),),
            document=pair.target,
            id=pair.id,
            values=Values(pair.link.target if pair.link else None, pair.target),
            advice="write the link as the file is named",
        )
