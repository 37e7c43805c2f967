"""The JSON report of design 3.1; `schemas/report.schema.json` describes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from validator.findings import Finding, Fix, Report, Severity, Spot, Values
from validator.reporters.quote import as_json
from validator.rules.rule import Rule


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:  # noqa: ARG001 - every reporter's signature
    """One JSON object, a finding a line, ASCII only: it survives every terminal and every log."""
    separator = "{"
    for key, value in run_object(report).items():
        yield f"{separator}{as_json(key)}: {as_json(value)}"
        separator = ",\n "
    yield ',\n "findings": ['
    separator = "\n  "
    for finding in report.findings:
        yield separator + as_json(finding_object(finding))
        separator = ",\n  "
    yield "]}\n"


def run_object(report: Report) -> dict[str, Any]:
    """What the report says of the run itself, as JSON values."""
    return {
        "version": 1,
        "tool": {"name": "indexlint", "version": report.version},
        "checked": {
            "corpora": report.corpora,
            "entries": report.entries,
            "documents": report.documents,
            "rules": report.rules,
            "seconds": round(report.seconds, 3),
        },
        "summary": {
            **{str(severity): report.tally(severity) for severity in Severity},
            "suppressed": report.suppressed,
        },
    }


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding as JSON values, every key present."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "message": finding.message,
        "index": finding.index_path,
        "document": finding.document,
        "id": finding.id,
        "field": finding.field,
        "values": _values(finding.values),
        **_place(finding.spot),
        "related": [{**_place(related.spot), "message": related.message} for related in finding.related],
        "fix": _fix(finding.fix),
        "fingerprint": finding.fingerprint,
    }


def _place(spot: Spot) -> dict[str, Any]:
    return {
        "path": spot.path,
        "line": spot.line,
        "column": spot.column,
        "end_line": spot.end_line,
        "end_column": spot.end_column,
    }


def _values(values: Values | None) -> dict[str, str | None] | None:
    return None if values is None else {"index": values.of_index, "document": values.of_document}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"path": edit.path, "start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits]
    return {"safe": fix.safe, "edits": edits}
