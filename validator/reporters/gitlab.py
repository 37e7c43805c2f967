"""GitLab's Code Quality report: a JSON array that `artifacts:reports:codequality` takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from validator.findings import Finding, Report, Severity
from validator.reporters.quote import as_json
from validator.rules.rule import Rule
from validator.text import printable

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:  # noqa: ARG001 - every reporter's signature
    """The array, a finding a line. GitLab tells findings apart by their fingerprints, which hold no line number."""
    separator = "["
    for finding in report.findings:
        yield f"{separator}\n {as_json(_issue(finding))}"
        separator = ","
    yield "]\n" if report.findings else "[]\n"


def _issue(finding: Finding) -> dict[str, Any]:
    """An issue. GitLab wants a line; what is about a whole file stands at its first."""
    spot = finding.spot
    return {
        "description": printable(f"{finding.code} {finding.message}"),
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            # The real name, for GitLab to find the file by; JSON keeps it harmless.
            "path": spot.path.encode("utf-8", "backslashreplace").decode(),
            "lines": {"begin": spot.line or 1, "end": spot.end_line or spot.line or 1},
        },
    }
