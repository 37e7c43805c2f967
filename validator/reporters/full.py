"""For people: both places with their lines, a caret under the exact span, what each side states, one line of advice."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from validator.findings import Finding, Report, Severity, Spot
from validator.reporters.concise import where
from validator.rules.rule import Rule
from validator.text import contrasted, printable, spelled

_WIDTH = 116
_LEAD = 40
_VALUE = 400


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:  # noqa: ARG001 - every reporter's signature
    """The report; nothing where there is no finding."""
    for finding in report.findings:
        yield from _finding(finding)
        yield "\n"
    if report.findings:
        yield f"{_tally(report)}\n"


def _finding(finding: Finding) -> Iterator[str]:
    yield printable(f"{finding.code} {finding.severity}: {finding.message}") + "\n"
    yield from _spot(finding.spot, "")
    for related in finding.related:
        yield from _spot(related.spot, related.message)
    values = finding.values
    if values is not None and values.of_index is not None and values.of_document is not None:
        of_index, of_document = contrasted(values.of_index, values.of_document, _VALUE)
        yield printable(f"   index:    {of_index}") + "\n"
        yield printable(f"   document: {of_document}") + "\n"
    if finding.advice:
        yield printable(f"   help: {finding.advice}") + "\n"


def _spot(spot: Spot, message: str) -> Iterator[str]:
    label = f": {message}" if message else ""
    yield printable(f"  --> {where(spot)}{label}") + "\n"
    if spot.line is None or spot.column is None or not spot.excerpt.strip():
        return
    number = str(spot.line)
    before, marked, after = _cut(spot)
    yield f"   {number} | {before}{marked}{after}\n"
    yield f"   {' ' * len(number)} | {' ' * _columns(before)}{'^' * max(_columns(marked), 1)}\n"


def _cut(spot: Spot) -> tuple[str, str, str]:
    """The line in three pieces, made printable: before the span, the span, behind it; long ones are cut."""
    line = spot.excerpt
    start = (spot.column or 1) - 1
    end = (spot.end_column or 1) - 1 if spot.end_line == spot.line else len(line)
    left = 0 if end <= _WIDTH else max(start - _LEAD, 0)
    right = min(len(line), left + _WIDTH)
    shown = spelled(line[left:right])
    before = ("…" if left else "") + "".join(shown[: start - left])
    after = "".join(shown[min(end, right) - left :]) + ("…" if right < len(line) else "")
    return before, "".join(shown[start - left : min(end, right) - left]), after


def _columns(text: str) -> int:
    """How many columns a terminal gives a text: wide characters two, combining and joining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(character) in _NO_WIDTH
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


_NO_WIDTH = {"Mn", "Me", "Cf"}


def _tally(report: Report) -> str:
    parts = []
    for severity in Severity:
        count = report.tally(severity)
        if count:
            parts.append(f"{count:,} {severity}{'s' if count > 1 else ''}")
    if report.suppressed:
        parts.append(f"{report.suppressed:,} suppressed")
    return ", ".join(parts)
