"""CF101."""

from __future__ import annotations

from collections.abc import Iterator

from validator.findings import Problem
from validator.rules.rule import Project, rule


@rule(Project, "CF101", since="0.1", fatal=True)
def contract_error(project: Project) -> Iterator[Problem]:
    """The contract or a configuration file is invalid.

    At the line and column of the fault, with what is allowed and the nearest known key. What is valid in it still
    holds. A run with such an error could not do its job: exit 2.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documnets: "*.md"
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for fault in project.contract_faults("contract"):
        yield Problem(fault.place, fault.message)
