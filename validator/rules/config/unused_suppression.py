"""CF104."""

from __future__ import annotations

from collections.abc import Iterator

from validator.findings import Problem
from validator.rules.rule import Aftermath, rule


@rule(Aftermath, "CF104", since="0.1")
def unused_suppression(aftermath: Aftermath) -> Iterator[Problem]:
    """An `ignore` in the contract, or a comment that accepts a finding, silences nothing.

    What it was written for is mended, so it would only hide the next fault. A comment has to state a reason, and to
    stand on a row or item of the index or in the header of a document. One that is meant to accept a finding and is
    written otherwise (`indexlint: disable=MT108`) is told too; one that is shown in code is not. Judged only if all
    rules that it names have run.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) <!-- indexlint: ignore=MT108 the old title --> |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [B](a.md) <!-- indexlint: ignore=MT108 the old title --> |
        -- a.md --
        # A
    """
    for place, words, advice in aftermath.unused:
        yield Problem(place, words, advice=advice)
