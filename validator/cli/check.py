"""`indexlint check`."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import chain
from types import SimpleNamespace
from typing import NamedTuple

from validator import __version__
from validator.baseline import render as baseline_text
from validator.cache import Memory, Opened, Recorder
from validator.cli.memory import Question, find_memory, question_of, why_not_kept
from validator.cli.output import FAILED, FINDINGS, OK, sign_of_life
from validator.cli.project import notices_on, open_base, open_baseline, open_project, working_folder
from validator.cli.publishing import publish, say_left_out, say_not_kept, say_summary, say_why_nothing
from validator.cli.selection import selected
from validator.cli.targets import check_writing, overwritten, report_targets, spare
from validator.corpus import Corpus
from validator.discover import Prepared, Wanted, find_tree
from validator.engine import Outcome, run
from validator.findings import Report, Severity, counted
from validator.judging import Measure
from validator.reporters import renderer
from validator.rules import ALL, Rule
from validator.settings import Settings
from validator.tree import Tree
from validator.workers import mapper
from validator.writing import write_whole


class _Asked(NamedTuple):
    """What the command line asks for."""

    arguments: SimpleNamespace
    working: str
    rules: tuple[Rule, ...]
    settings: Settings


def check(arguments: SimpleNamespace, opened: Opened | None = None) -> int:
    """Check, and publish the report. Gives the exit code.

    `opened` is the project of the working folder where it was opened already, and its cache asked in vain.
    """
    started = time.perf_counter()
    rules = selected(arguments.select, arguments.ignore)
    check_writing(arguments)
    reports = report_targets(arguments.report)
    settings = Settings(fail_on=Severity(arguments.fail_on), today=time.strftime("%Y-%m-%d"))
    asked = _Asked(arguments, working_folder(arguments.paths), rules, settings)
    opened = opened or _opened(asked)
    tree, memory = opened.tree, opened.memory or find_memory(arguments, opened.tree, opened.started)
    report = _report(asked, opened, memory)
    report = report._replace(seconds=time.perf_counter() - started)
    publish(report, rules, arguments)
    for name, path in reports:
        write_whole(path, renderer(name)(report, rules))
    if not arguments.quiet:
        say_not_kept(why_not_kept(arguments, memory))
        say_summary(report, tree)
        say_left_out(report, {arguments.format, *(name for name, _ in reports)})
    say_why_nothing(report, tree)
    return _exit_code(report, settings)


def _opened(asked: _Asked) -> Opened:
    """The files that the command line speaks of; their cache was not asked yet."""
    arguments = asked.arguments
    moment = time.time_ns()
    wanted = Wanted(arguments.rev, arguments.staged)
    return Opened(find_tree(arguments.paths, asked.working, wanted, is_remembered=not arguments.no_cache), moment)


def _report(asked: _Asked, opened: Opened, memory: Memory | None) -> Report:
    """The report: an earlier run's, where the files still answer all that it asked in the same way, else a new one."""
    tree = opened.tree
    question = question_of(asked.arguments, tree, asked.working)
    if memory is None or question is None:
        return _judged(asked, tree, memory)[1].report
    known = None if opened.memory is not None else memory.recall(tree, question, asked.settings.today)
    return known or _remembered(asked, tree, memory, question)


def _remembered(asked: _Asked, tree: Tree, memory: Memory, question: Question) -> Report:
    """The report of a new run, which is kept for the next one."""
    recorder = Recorder(tree)
    prepared, outcome = _judged(asked, recorder, memory)
    dated = any(ignore.until for item in prepared for ignore in item.contract.ignore) or _has_days(outcome.corpora)
    read = chain.from_iterable((*item.documents, *chain.from_iterable(item.sidecars.values())) for item in prepared)
    memory.remember(recorder, question, asked.settings.today if dated else "", read, outcome.report)
    return outcome.report


def _judged(asked: _Asked, tree: Tree, memory: Memory | None) -> tuple[list[Prepared], Outcome]:
    """Check the corpora that the command line speaks of."""
    arguments, progress = asked.arguments, sign_of_life()
    with progress.waiting("looking for indexes"):
        # Another revision is compared with all there is.
        project = open_project(arguments, asked.working, tree, sparingly=arguments.against is None, memory=memory)
        spare(overwritten(arguments, tree), project)
        baseline, base = open_baseline(arguments, project), open_base(arguments, project)
    scanning = mapper(arguments.jobs)
    outcome = run(
        project.prepared, tree, project.config, asked.rules, asked.settings, __version__,
        mapper=lambda scan, paths: progress.counting("checking documents", scanning(scan, paths)), known=ALL,
        memory=memory, measure=Measure(baseline=baseline, is_whole=not arguments.paths), base=base,
        new_only=arguments.new_only,
    )  # fmt: skip
    notices = notices_on(project, arguments)
    if arguments.write_baseline:
        write_whole(arguments.baseline, baseline_text(outcome.acceptable))
        number = counted(len(outcome.acceptable), "finding", "findings")
        notices = (*notices, f"wrote {number} to {arguments.baseline}")
        outcome = outcome._replace(report=_accepted(outcome))
    return project.prepared, outcome._replace(report=outcome.report._replace(notices=notices))


def _accepted(outcome: Outcome) -> Report:
    """What is left to report when the findings of a run were written to a baseline: those that none can hold."""
    written = {finding.fingerprint for finding in outcome.acceptable}
    report = outcome.report
    left = tuple(finding for finding in report.findings if finding.fingerprint not in written)
    return report._replace(findings=left, suppressed=report.suppressed + len(report.findings) - len(left))


def _has_days(corpora: Iterable[Corpus]) -> bool:
    """Whether a comment that accepts something does so until a day."""
    of_indexes = (waiver for corpus in corpora for waiver in corpus.waivers)
    of_headers = (waiver for corpus in corpora for document in corpus.documents for waiver in document.waivers)
    return any(waiver.until for waiver in (*of_indexes, *of_headers))


def _exit_code(report: Report, settings: Settings) -> int:
    if report.failed:
        return FAILED
    return FINDINGS if any(finding.severity.rank <= settings.fail_on.rank for finding in report.findings) else OK
