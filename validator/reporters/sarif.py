"""SARIF 2.1.0 (OASIS): for GitHub's code scanning and for viewers in editors."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from validator import docs
from validator.findings import Finding, Report, Severity, Spot
from validator.reporters import LIMITS
from validator.reporters.quote import as_json
from validator.rules.rule import Rule
from validator.text import printable

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LIMIT = LIMITS["sarif"]
_ROOT = "%SRCROOT%"
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:
    """The log of one run, a result a line. Of more than 5,000 findings the gravest are kept; a notification says so."""
    kept = _kept(report.findings)
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "indexlint",
        "version": report.version,
        "semanticVersion": report.version,
        "rules": [_descriptor(rule) for rule in rules],
    }
    yield f'{{"$schema": {as_json(SCHEMA)},\n "version": "2.1.0",\n "runs": [{{\n'
    yield f'  "tool": {as_json({"driver": driver})},\n'
    yield f'  "invocations": {as_json([_invocation(report, len(kept))])},\n'
    yield f'  "originalUriBaseIds": {as_json({_ROOT: {"description": {"text": "The root of the project."}}})},\n'
    yield '  "columnKind": "unicodeCodePoints",\n  "results": ['
    separator = "\n   "
    for finding in kept:
        yield separator + as_json(_result(finding, numbers))
        separator = ",\n   "
    yield "]}]}\n"


def _kept(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    if len(findings) <= LIMIT:
        return findings
    gravest = sorted(findings, key=lambda finding: finding.severity.rank)[:LIMIT]
    return tuple(sorted(gravest, key=lambda finding: finding.order))


def _invocation(report: Report, kept: int) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not report.failed}
    found = len(report.findings)
    if kept < found:
        text = f"{kept:,} of {found:,} findings are in this file, the gravest: GitHub keeps no more results of a run."
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return invocation


def _descriptor(rule: Rule) -> dict[str, Any]:
    page = docs.page(rule)
    examples = [(title, text) for title, text in (("Bad", page.bad), ("Good", page.good)) if text is not None]
    markdown = "".join(f"\n\n{title}:\n\n````text\n{text}````" for title, text in examples)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": page.text},
        "help": {"text": "".join(docs.explain(rule)), "markdown": page.text + markdown},
        "defaultConfiguration": {"level": str(rule.severity)},
        "properties": {"tags": [docs.FAMILIES[rule.code[:2]]], "problem.severity": _problem_severity(rule.severity)},
    }


def _problem_severity(severity: Severity) -> str:
    """GitHub's own word for a severity."""
    return "recommendation" if severity is Severity.NOTE else str(severity)


def _result(finding: Finding, numbers: dict[str, int]) -> dict[str, Any]:
    lines = [finding.message, *([f"help: {finding.advice}"] if finding.advice else [])]
    result: dict[str, Any] = {"ruleId": finding.code}
    if finding.code in numbers:
        result["ruleIndex"] = numbers[finding.code]
    return {
        **result,
        "level": str(finding.severity),
        "message": {"text": _message(*lines)},
        "locations": [{"physicalLocation": _physical(finding.spot)}],
        "relatedLocations": [
            {
                "id": number,
                "physicalLocation": _physical(related.spot),
                "message": {"text": _message(related.message)},
            }
            for number, related in enumerate(finding.related, 1)
        ],
        "partialFingerprints": {"indexlint/v1": finding.fingerprint},
    }


def _message(*lines: str) -> str:
    """A message of plain text. `[a](b)` in it would be a link; escaped brackets are none."""
    text = "\n".join(map(printable, lines))
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def _physical(spot: Spot) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(spot.path), "uriBaseId": _ROOT}}
    if spot.line is not None:
        place["region"] = {
            "startLine": spot.line,
            "startColumn": spot.column,
            "endLine": spot.end_line,
            "endColumn": spot.end_column,
        }
    return place


def _uri(path: str) -> str:
    """A path below the root as a relative reference: its bytes, all that are not plain letters percent-encoded."""
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in os.fsencode(path))
