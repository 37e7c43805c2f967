"""How a report is published, and what is said beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import SimpleNamespace

from validator.cli.output import emit, say, wants_colour
from validator.cli.project import no_index
from validator.findings import Report, summed_up
from validator.reporters import LIMITS, renderer
from validator.rules import Rule
from validator.tree import Tree
from validator.writing import WriteError, append


def publish(report: Report, rules: Sequence[Rule], arguments: SimpleNamespace) -> None:
    """Print the report; within GitHub Actions, where no format is asked for, annotations and a page for the job too."""
    form = arguments.format or "full"
    emit(renderer(form)(report, rules), colour=form == "full" and wants_colour(arguments.color))
    if arguments.statistics:
        lines = renderer("statistics")(report, rules)
        if form in {"full", "concise"}:
            emit(lines)
        else:  # Behind a report for machines they would spoil it.
            sys.stderr.writelines(lines)
    if arguments.format is None and os.environ.get("GITHUB_ACTIONS") == "true":
        emit(renderer("workflow_commands")(report, rules))
        form = "github"
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and page:
        try:
            append(page, renderer("step_summary")(report, rules))
        except WriteError as error:
            say(f"indexlint: {error}")


def say_left_out(report: Report, formats: set[str | None]) -> None:
    """Say which formats hold fewer findings than there are."""
    found = len(report.findings)
    for name, limit in LIMITS.items():
        if name in formats and found > limit:
            say(f"indexlint: {limit:,} of {found:,} findings are in the {name} report, which may hold no more")


def say_not_kept(why: str) -> None:
    """Say why the cache that somebody named is of no use, if it is not."""
    if why:
        say(f"indexlint: {why}")


def say_summary(report: Report, tree: Tree) -> None:
    """Say what was noticed beside the findings, and what was done."""
    if tree.notice:
        say(f"indexlint: {tree.notice}")
    for notice in report.notices:
        say(f"indexlint: {notice}")
    say(summed_up(report))


def say_why_nothing(report: Report, tree: Tree) -> None:
    """Say why the run is a failed one although nothing may be in its report."""
    if not report.corpora:
        no_index(tree)
    elif not report.documents:
        say("indexlint: no document was checked")
