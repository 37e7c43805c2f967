"""CF105."""

from __future__ import annotations

from collections.abc import Iterator

from validator.findings import Problem
from validator.rules.rule import Aftermath, rule


@rule(Aftermath, "CF105", since="0.1")
def expired_suppression(aftermath: Aftermath) -> Iterator[Problem]:
    """The last day of an `ignore`, or of a comment that accepts a finding, has passed.

    From the day after `until` it silences nothing, and its findings are back.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) <!-- indexlint: ignore=MT108 until=2001-01-01 the old title --> |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [B](a.md) <!-- indexlint: ignore=MT108 until=2999-12-31 the old title --> |
        -- a.md --
        # A
    """
    for place, words, _ in aftermath.expired:
        yield Problem(place, words, advice="mend what it silenced and remove it, or give it a new day")
