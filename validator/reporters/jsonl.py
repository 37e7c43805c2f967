"""JSON, one line a finding and a last line for the run: for streams, `jq` and `grep`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.findings import Report
from validator.reporters.json import finding_object, run_object
from validator.reporters.quote import as_json
from validator.rules.rule import Rule


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:  # noqa: ARG001 - every reporter's signature
    """The findings as in the JSON report, then the rest of that report; the last line alone has the key `summary`."""
    for finding in report.findings:
        yield as_json(finding_object(finding)) + "\n"
    yield as_json(run_object(report)) + "\n"
