"""The JSON report of design 3.1; `schemas/report.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from validator.findings import Finding, Fix, Report, Severity, Spot, Values
from validator.rules.rule import Rule


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:  # noqa: ARG001 - every reporter's signature
    """One JSON object, a finding a line, ASCII only: it survives every terminal and every log."""
    yield '{"version": 1,\n'
    yield f' "tool": {_dump({"name": "indexlint", "version": report.version})},\n'
    checked = {
        "corpora": report.corpora,
        "entries": report.entries,
        "documents": report.documents,
        "rules": report.rules,
        "seconds": round(report.seconds, 3),
    }
    yield f' "checked": {_dump(checked)},\n'
    summary = {str(severity): report.tally(severity) for severity in Severity}
    yield f' "summary": {_dump({**summary, "suppressed": report.suppressed})},\n'
    yield ' "findings": ['
    separator = "\n  "
    for finding in report.findings:
        yield separator + _dump(finding_object(finding))
        separator = ",\n  "
    yield "]}\n"


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


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=True)
