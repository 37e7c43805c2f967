"""For the log of a step of GitHub Actions: annotations, and as plain lines what GitHub would not show of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.findings import Report
from validator.reporters import concise, workflow_commands
from validator.rules.rule import Rule


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:
    """The annotations; then a line for each finding that has none."""
    yield from workflow_commands.render(report, rules)
    _, hidden = workflow_commands.split(report)
    yield from concise.render(report._replace(findings=hidden), rules)
