"""How many findings each rule has: for `--statistics`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from validator.findings import Report
from validator.rules.rule import Rule


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:  # noqa: ARG001 - every reporter's signature
    """A line for each rule that found something, those with most findings first."""
    counted = tally(report)
    if not counted:
        yield "no findings\n"
    width = max((len(f"{count:,}") for count, _, _ in counted), default=0)
    for count, code, name in counted:
        yield f"{count:>{width},}  {code}  {name}\n"


def tally(report: Report) -> list[tuple[int, str, str]]:
    """Count, code and name of each rule that found something, those with most findings first, else by code."""
    counted = Counter((finding.code, finding.name) for finding in report.findings)
    return sorted(((count, *rule) for rule, count in counted.items()), key=lambda item: (-item[0], item[1]))
