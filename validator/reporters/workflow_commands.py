"""Annotations of GitHub Actions: workflow commands, which a step writes into its log."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validator.findings import Finding, Report, Severity
from validator.late import regex
from validator.reporters.concise import where
from validator.rules.rule import Rule
from validator.text import printable

# GitHub shows so many annotations of one kind for a step, and drops the others without a word.
SHOWN = 10
_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_ESCAPED = {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}
_IN_MESSAGE = regex("[%\r\n]")
_IN_PROPERTY = regex("[%\r\n:,]")


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:  # noqa: ARG001 - every reporter's signature
    """An annotation for each finding that GitHub has a place for, and one that says what was left out."""
    shown, hidden = split(report)
    for finding in shown:
        yield _annotation(finding)
    if hidden:
        counts = ((severity, sum(finding.severity is severity for finding in hidden)) for severity in Severity)
        parts = [f"{count:,} more {severity}{'s' if count > 1 else ''}" for severity, count in counts if count]
        message = (
            f"{' and '.join(parts)} without an annotation, because GitHub shows {SHOWN} of a kind for a step; "
            f"all {len(report.findings):,} findings stand in the log of this step"
        )
        yield f"::notice title=indexlint::{message}\n"


def split(report: Report) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that GitHub shows, and the others. One notice stays free, to speak of the others."""
    room = {Severity.ERROR: SHOWN, Severity.WARNING: SHOWN, Severity.NOTE: SHOWN - 1}
    shown: list[Finding] = []
    hidden: list[Finding] = []
    for finding in report.findings:
        (shown if room[finding.severity] > 0 else hidden).append(finding)
        room[finding.severity] -= 1
    return tuple(shown), tuple(hidden)


def _annotation(finding: Finding) -> str:
    spot = finding.spot
    properties = [("file", spot.path)]
    if spot.line is not None:
        properties += [("line", str(spot.line)), ("endLine", str(spot.end_line))]
        # GitHub takes columns only within one line.
        if spot.line == spot.end_line:
            properties += [("col", str(spot.column)), ("endColumn", str(spot.end_column))]
    properties.append(("title", f"{finding.code} {finding.name}"))
    stated = ",".join(f"{key}={_escape(_IN_PROPERTY, printable(value))}" for key, value in properties)
    lines = [f"{where(spot)}: {finding.message}"]
    lines += [f"{where(related.spot)}: {related.message}" for related in finding.related]
    lines += [f"help: {finding.advice}"] if finding.advice else []
    message = _escape(_IN_MESSAGE, "\n".join(map(printable, lines)))
    return f"::{_KINDS[finding.severity]} {stated}::{message}\n"


def _escape(pattern: re.Pattern[str], value: str) -> str:
    return pattern.sub(lambda match: _ESCAPED[match[0]], value)
