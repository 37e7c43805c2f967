"""The Markdown page that a job of GitHub Actions shows: for `$GITHUB_STEP_SUMMARY`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.findings import Finding, Report
from validator.reporters.concise import where
from validator.reporters.quote import as_markdown
from validator.reporters.statistics import tally
from validator.rules.rule import Rule
from validator.text import shorten

# GitHub refuses a page of more than 1 MiB, and nobody reads a longer list there.
LISTED = 500
_CELL = 500


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:  # noqa: ARG001 - every reporter's signature
    """The page: what was checked, the findings by rule, the first findings one by one."""
    yield "## indexlint\n\n"
    counted = (
        (report.corpora, "index", "indexes"),
        (report.entries, "entry", "entries"),
        (report.documents, "document", "documents"),
        (report.rules, "rule", "rules"),
    )
    checked = ", ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in counted)
    yield f"Checked {checked}: {_outcome(report)}\n"
    if not report.findings:
        return
    yield "\n| findings | rule |\n| -------: | :--- |\n"
    for count, code, name in tally(report):
        yield f"| {count:,} | {code} {as_markdown(name)} |\n"
    yield "\n| place | finding |\n| :---- | :------ |\n"
    for finding in report.findings[:LISTED]:
        yield _row(finding)
    if len(report.findings) > LISTED:
        yield f"\n{len(report.findings) - LISTED:,} more stand in the log of the step.\n"


def _outcome(report: Report) -> str:
    count = len(report.findings)
    found = f"**{count:,} finding{'s' if count > 1 else ''}**" if count else "nothing found"
    suppressed = f", {report.suppressed:,} suppressed" if report.suppressed else ""
    return f"{found}{suppressed}{'; **the job could not be done in full**' if report.failed else ''}"


def _row(finding: Finding) -> str:
    place = as_markdown(shorten(where(finding.spot), _CELL))
    message = as_markdown(shorten(finding.message, _CELL))
    return f"| {place} | {finding.code} {finding.severity}: {message} |\n"
