"""CF107."""

from __future__ import annotations

from collections.abc import Iterator

from validator.findings import Problem
from validator.rules.rule import Project, rule


@rule(Project, "CF107", since="0.1", fatal=True)
def internal_error(project: Project) -> Iterator[Problem]:
    """A rule crashed.

    The other rules went on. This is a fault of indexlint: please report it, with the message. Exit 2.

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for crash in project.crashes:
        yield Problem(crash.place, crash.message, advice="this is a fault of indexlint: please report it")
