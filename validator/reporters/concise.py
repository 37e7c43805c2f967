"""`path:line:column: CODE message`: one line a finding, for editors and for grep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.findings import Report, Spot
from validator.rules.rule import Rule
from validator.text import printable


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:  # noqa: ARG001 - every reporter's signature
    """The report, a line a finding; nothing where there is none.

    A file may be named like a command of a workflow's log (`::error::`): then `./` stands in front.
    """
    for finding in report.findings:
        line = printable(f"{where(finding.spot)}: {finding.code} {finding.message}")
        yield f"./{line}\n" if line.lstrip().startswith("::") else f"{line}\n"


def where(spot: Spot) -> str:
    """A place as editors understand it: `path:line:column`, or the path alone for a whole file."""
    if spot.line is None:
        return spot.path
    return f"{spot.path}:{spot.line}:{spot.column}"
