"""FS106."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Values
from validator.rules.rule import rule


@rule(Corpus, "FS106", since="0.1")
def path_escape(corpus: Corpus) -> Iterator[Problem]:
    """A link leads out of the project: an absolute path, too many `..`, a drive or a network share.

    Such a path is never opened.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | [B](../../etc/passwd) |
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
    for pair in corpus.with_status("escape"):
        yield Problem(
            corpus.entry_place(pair.entry, "link.target"),
            f"{pair.target} is not followed: {pair.detail}",
            document=pair.document.path if pair.document else None,
            id=pair.id,
            values=Values(pair.link.target if pair.link else None, None),
            advice="link to a file of the project by a relative path",
        )
