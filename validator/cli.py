"""The command line: the only room that prints, exits, or reads the environment, the clock and the terminal."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from validator import __version__, docs
from validator.discover import (
    INDEX_NAME,
    Prepared,
    UsageError,
    chosen_by,
    find_config,
    find_sources,
    find_tree,
    prepare,
    relative,
)
from validator.engine import Outcome, run
from validator.findings import Report, Severity
from validator.progress import DELAY, Progress
from validator.reporters import FORMATS, LIMITS, renderer
from validator.reporters.paint import paint
from validator.rules import ALL, Rule
from validator.schema import nearest
from validator.settings import Config, Settings
from validator.show import show_json, show_text
from validator.suppress import names_rule
from validator.text import printable
from validator.tree import Tree, TreeError
from validator.workers import mapper
from validator.writing import WriteError, append, check_place, write_whole

OK, FINDINGS, FAILED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Gives the exit code: 0 nothing found, 1 findings, 2 could not do the job."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # Closed by whoever started the command, as with `2>&-`.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - to the end of the process
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    # All values are acyclic tuples, so the collector of cycles finds nothing and would double the time of a large run.
    gc.disable()
    try:
        code: int = arguments.run(arguments)
    except (UsageError, TreeError, WriteError) as error:
        _say(f"indexlint: {error}")
        return FAILED
    except BrokenPipeError:
        # Whoever read the report has closed it; what is left must not be flushed into nothing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        _say("indexlint: interrupted")
        return FAILED
    except Exception as error:  # noqa: BLE001 - a user never sees a traceback
        _say(f"indexlint: internal error, please report it: {type(error).__name__}: {error}")
        return FAILED
    finally:
        gc.enable()
    return code


def _tell(line: str) -> None:
    _print([printable(line) + "\n"])


def _say(line: str) -> None:
    sys.stderr.write(printable(line) + "\n")


@cache
def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="indexlint",
        description="Check that an index and its documents agree on IDs, delimiters and metadata.",
        epilog="Exit: 0 nothing found, 1 findings, 2 could not do the job.",
    )
    parser.add_argument("--version", action="version", version=f"indexlint {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_check(
        commands.add_parser(
            "check", help="check corpora", description="Check the corpora that the paths belong to, or all."
        )
    )
    show = commands.add_parser(
        "show", help="show what the tool sees", description="Show contracts, bindings and the join."
    )
    _add_paths(show)
    show.add_argument("--format", choices=("text", "json"), default="text")
    show.set_defaults(run=_show)
    rule = commands.add_parser(
        "rule", help="explain one rule, or list all", description="Explain one rule, or list all."
    )
    rule.add_argument("rule", nargs="?", metavar="CODE|NAME")
    rule.add_argument("--format", choices=("text", "json"), default="text")
    rule.set_defaults(run=_rule)
    _add_init(
        commands.add_parser(
            "init",
            help="learn how an index and its documents relate, and write the contract",
            description="Learn how an index and its documents relate, and write it down as a contract.",
        )
    )
    later = commands.add_parser("fix", help="mend what can be mended (not there yet)")
    later.add_argument("paths", nargs="*", metavar="PATH")
    later.add_argument("--diff", action="store_true", help="show the edits, write nothing")
    later.add_argument("--unsafe", action="store_true", help="take guesses too")
    later.set_defaults(run=_not_yet, command="fix")
    return parser


def _add_init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="an index, or a folder to look for indexes in")
    parser.add_argument(
        "--index", action="append", default=[], metavar="PATH", help="this file is an index; may be repeated"
    )
    parser.add_argument("--new", action="store_true", help="make an INDEX.md in each folder that has none")
    parser.add_argument("--stdout", action="store_true", help="print the contract, write nothing")
    parser.add_argument("--force", action="store_true", help="replace a contract that is there")
    parser.set_defaults(run=_init)


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="an index, a document or a folder; default: every corpus of the project",
    )
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="the configuration file, instead of indexlint.yaml or pyproject.toml in the root",
    )


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="the report on stdout (default: full; within GitHub Actions, annotations beside it)",
    )
    parser.add_argument(
        "--report",
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help="write another report to a file, in any of these formats; may be repeated",
    )
    parser.add_argument("--statistics", action="store_true", help="count the findings of each rule, behind the report")
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="RULES",
        help="only these rules: codes, prefixes, names, with commas",
    )
    parser.add_argument("--ignore", action="append", default=[], metavar="RULES", help="not these rules")
    parser.add_argument(
        "--fail-on",
        choices=[str(severity) for severity in Severity],
        default="warning",
        help="the least severity that makes the exit code 1 (default: warning)",
    )
    parser.add_argument(
        "--jobs",
        type=_positive,
        metavar="N",
        help="at most so many processes (default: as many as there are processors; few documents get one)",
    )
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    parser.add_argument("--quiet", action="store_true", help="no summary on stderr")
    parser.set_defaults(run=_check)


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError
    return number


def _not_yet(arguments: argparse.Namespace) -> int:
    _say(f"indexlint: the command `{arguments.command}` is not there yet")
    return FAILED


class _Project(NamedTuple):
    tree: Tree
    config: Config
    prepared: list[Prepared]


def _working_folder(paths: Iterable[str]) -> str:
    """The working folder, once it is there and the paths of the command line can be paths."""
    for path in paths:
        if "\0" in path:
            raise UsageError("a path holds a NUL character")
    try:
        return os.getcwd()
    except FileNotFoundError:
        raise UsageError("the working folder is not there any more") from None


def _open(arguments: argparse.Namespace) -> _Project:
    """Find the project that the arguments speak of, and read its contracts and indexes."""
    working = _working_folder(arguments.paths)
    tree = find_tree(arguments.paths, working)
    config = find_config(tree, arguments.config, working)
    named = tuple(relative(tree, path, working) for path in arguments.paths)
    sources = find_sources(tree, config, named)
    indexes = frozenset(source.path for source in sources if source.path is not None)
    prepared = [prepare(tree, config, source, indexes) for source in sources]
    return _Project(tree, config, chosen_by(prepared, tree, named))


def _check(arguments: argparse.Namespace) -> int:
    started = time.perf_counter()
    rules = _selected(arguments.select, arguments.ignore)
    reports = _report_targets(arguments.report)
    settings = Settings(fail_on=Severity(arguments.fail_on), today=time.strftime("%Y-%m-%d"))
    with _progress() as progress:
        progress.doing("looking for indexes")
        project = _open(arguments)
        progress.doing("checking documents")
        scanning = mapper(arguments.jobs)
        outcome = run(
            project.prepared, project.tree, project.config, rules, settings, __version__,
            mapper=lambda scan, paths: progress.counting(scanning(scan, paths)), known=ALL,
        )  # fmt: skip
    report = outcome.report._replace(seconds=time.perf_counter() - started)
    _publish(report, rules, arguments)
    for name, path in reports:
        write_whole(path, renderer(name)(report, rules))
    if not arguments.quiet:
        _summary(report, project)
        _say_left_out(report, {arguments.format, *(name for name, _ in reports)})
    _nothing_done(report, project)
    return _exit_code(report, settings)


def _publish(report: Report, rules: Sequence[Rule], arguments: argparse.Namespace) -> None:
    """Print the report; within GitHub Actions, where no format is asked for, annotations and a page for the job too."""
    form = arguments.format or "full"
    _print(renderer(form)(report, rules), colour=form == "full" and _wants_colour(arguments.color))
    if arguments.statistics:
        lines = renderer("statistics")(report, rules)
        if form in {"full", "concise"}:
            _print(lines)
        else:  # Behind a report for machines they would spoil it.
            sys.stderr.writelines(lines)
    if arguments.format is None and os.environ.get("GITHUB_ACTIONS") == "true":
        _print(renderer("workflow_commands")(report, rules))
        form = "github"
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and page:
        try:
            append(page, renderer("step_summary")(report, rules))
        except WriteError as error:
            _say(f"indexlint: {error}")


def _say_left_out(report: Report, formats: set[str | None]) -> None:
    found = len(report.findings)
    for name, limit in LIMITS.items():
        if name in formats and found > limit:
            _say(f"indexlint: {limit:,} of {found:,} findings are in the {name} report, which may hold no more")


@contextmanager
def _progress() -> Iterator[Progress]:
    """A sign of life on stderr, for whoever looks at it."""

    def write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()

    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Progress(write)
        return
    with Progress(write, DELAY) as progress:
        yield progress


def _exit_code(report: Report, settings: Settings) -> int:
    if report.failed:
        return FAILED
    return FINDINGS if any(finding.severity.rank <= settings.fail_on.rank for finding in report.findings) else OK


def _summary(report: Report, project: _Project) -> None:
    if project.tree.notice:
        _say(f"indexlint: {project.tree.notice}")
    _say(_checked(report))


def _checked(report: Report) -> str:
    """What a check did, in one line."""
    counts = ", ".join(
        _counted(number, one, many)
        for number, one, many in (
            (report.corpora, "index", "indexes"),
            (report.entries, "entry", "entries"),
            (report.documents, "document", "documents"),
        )
    )
    return f"checked {counts} with {_counted(report.rules, 'rule', 'rules')} in {report.seconds:.2f} s"


def _nothing_done(report: Report, project: _Project) -> None:
    """Say why the run is a failed one although nothing may be in its report."""
    if not report.corpora:
        _say(
            f"indexlint: no index found: an index is a tracked {INDEX_NAME}, or a file that indexlint.yaml lists"
            f"{_hint(project.tree)}"
        )
    elif not report.documents:
        _say("indexlint: no document was checked")


def _hint(tree: Tree) -> str:
    waiting = sorted(path for path in tree.untracked() if path.rpartition("/")[2] == INDEX_NAME)
    return f"; git does not track {waiting[0]}: git add it, or name it on the command line" if waiting else ""


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _selected(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that `--select` and `--ignore` leave."""
    wanted = [word for value in select for word in value.replace(",", " ").split()]
    unwanted = [word for value in ignore for word in value.replace(",", " ").split()]
    for word in (*wanted, *unwanted):
        if not any(names_rule(word, rule.code, rule.name) for rule in ALL):
            raise UsageError(f"{word!r} is no rule{_meant(word)}")
    return tuple(
        rule for rule in ALL
        # What says that the run could not do its job is no matter of taste.
        if rule.fatal
        or (
            (not wanted or any(names_rule(word, rule.code, rule.name) for word in wanted))
            and not any(names_rule(word, rule.code, rule.name) for word in unwanted)
        )
    )  # fmt: skip


def _meant(word: str) -> str:
    near = nearest(word, [name for rule in ALL for name in (rule.code, rule.name)])
    return f"; did you mean {near}?" if near else "; `indexlint rule` lists them all"


def _report_targets(values: Sequence[str]) -> list[tuple[str, str]]:
    """The formats and files that `--report` asks for, all of which can be written."""
    found: list[tuple[str, str]] = []
    for value in values:
        name, separator, path = value.partition("=")
        if name not in FORMATS or not separator or path in {"", "-"}:
            raise UsageError(f"--report {value}: FORMAT=FILE is wanted, with a format of {', '.join(FORMATS)}")
        if os.path.realpath(path) in {os.path.realpath(other) for _, other in found}:
            raise UsageError(f"--report {value}: another report goes to this file")
        check_place(path)
        found.append((name, path))
    return found


def _print(pieces: Iterable[str], *, colour: bool = False) -> None:
    try:
        for piece in pieces:
            sys.stdout.write(paint(piece) if colour else piece)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"the output cannot be written: {error.strerror}") from None


def _wants_colour(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _init(arguments: argparse.Namespace) -> int:
    from validator import infer  # noqa: PLC0415 - only this command learns

    started = time.perf_counter()
    working = _working_folder([*arguments.paths, *arguments.index])
    tree = find_tree([*arguments.paths, *arguments.index], working)
    config = find_config(tree, None, working)
    named = [relative(tree, path, working) for path in arguments.paths] or [""]
    indexes = [relative(tree, path, working) for path in arguments.index]
    indexes += [path for path in named if path and os.path.isfile(os.path.join(tree.root, path))]
    try:
        made = infer.learn_new(tree, config, named) if arguments.new else infer.Made((), {})
        learned = made.learned or infer.learn_corpora(tree, config, indexes, named)
        proposal = infer.propose(tree, config, learned, ALL, __version__, force=arguments.force, made=made.indexes)
        if arguments.stdout:
            _print([proposal.contracts])
        else:
            infer.write(tree.root, proposal.files)
    except infer.InferError as error:
        raise UsageError(str(error)) from None
    if tree.notice:
        _say(f"indexlint: {tree.notice}")
    lines = infer.summary(proposal, written=not arguments.stdout)
    for line in lines:
        (_say if arguments.stdout else _tell)(line)
    report = proposal.outcome.report._replace(seconds=time.perf_counter() - started)
    _say(_checked(report))
    return OK


def _show(arguments: argparse.Namespace) -> int:
    project = _open(arguments)
    outcome: Outcome = run(project.prepared, project.tree, project.config, (), Settings(), __version__)
    render = show_json if arguments.format == "json" else show_text
    _print(render(project.tree.root, project.config.path, outcome.corpora))
    if not outcome.corpora:
        _say("indexlint: no index found")
        return FAILED
    return OK


def _rule(arguments: argparse.Namespace) -> int:
    rules = ALL
    if arguments.rule is not None:
        wanted = arguments.rule.casefold()
        rules = tuple(rule for rule in ALL if wanted in {rule.code.casefold(), rule.name})
        if not rules:
            raise UsageError(f"{arguments.rule!r} is no rule{_meant(arguments.rule)}")
    if arguments.format == "json":
        _print([json.dumps([_rule_object(rule) for rule in rules], indent=1) + "\n"])
    elif arguments.rule is not None:
        _print(docs.explain(rules[0]))
    else:
        _print(f"{rule.code}  {rule.name:24} {rule.severity:8} {rule.summary}\n" for rule in rules)
    return OK


def _rule_object(rule: Rule) -> dict[str, str | None]:
    page = docs.page(rule)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "since": rule.since,
        "summary": rule.summary,
        "text": page.text,
        "bad": page.bad,
        "good": page.good,
    }
