"""The command line: the only room that prints, exits, or reads the environment, the clock and the terminal."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from validator import __version__
from validator.arguments import parser
from validator.baseline import Baseline, BaselineError, read_baseline
from validator.baseline import render as baseline_text
from validator.cache import Memory, Opened, Recorder, Store, cache_folder, tool
from validator.corpus import Corpus
from validator.discover import (
    INDEX_NAME,
    Prepared,
    UsageError,
    Wanted,
    chosen_by,
    find_config,
    find_sources,
    find_tree,
    prepare,
    relative,
    unread_configs,
)
from validator.engine import Outcome, run
from validator.findings import Report, Severity, summed_up
from validator.judging import Measure
from validator.progress import DELAY, Progress
from validator.reporters import FORMATS, LIMITS, renderer
from validator.reporters.paint import paint
from validator.revision import Base, MissingBaseError, find_base
from validator.rules import ALL, Rule
from validator.schema import nearest
from validator.settings import PYPROJECT, Config, Settings
from validator.suppress import names_rule
from validator.text import printable
from validator.tree import ReadError, Tree, TreeError
from validator.workers import mapper
from validator.writing import WriteError, append, check_place, write_whole

OK, FINDINGS, FAILED = 0, 1, 2
# What pre-commit and git set for the hooks that they run.
_IN_A_HOOK = ("PRE_COMMIT", "GIT_INDEX_FILE", "GIT_QUARANTINE_PATH")


def main(argv: Sequence[str] | None = None, opened: Opened | None = None) -> int:
    """Run the command. Gives the exit code: 0 nothing found, 1 findings, 2 could not do the job.

    `opened` is the project of the working folder, where a check of all of it was begun already.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # Closed by whoever started the command, as with `2>&-`.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - to the end of the process
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    arguments = parser().parse_args(argv)
    # All values are acyclic tuples, so the collector of cycles finds nothing and would double the time of a large run.
    gc.disable()
    try:
        code = _check(arguments, opened) if opened is not None else COMMANDS[arguments.command](arguments)
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
    with suppress(OSError):  # A full disk behind stderr changes no verdict.
        sys.stderr.write(printable(line) + "\n")


def _not_yet(arguments: argparse.Namespace) -> int:
    _say(f"indexlint: the command `{arguments.command}` is not there yet")
    return FAILED


class _Project(NamedTuple):
    tree: Tree
    config: Config
    prepared: list[Prepared]
    working: str


def _working_folder(paths: Iterable[str]) -> str:
    """The working folder, once it is there and the paths of the command line can be paths."""
    for path in paths:
        if "\0" in path:
            raise UsageError("a path holds a NUL character")
    try:
        return os.getcwd()
    except FileNotFoundError:
        raise UsageError("the working folder is not there any more") from None


def _open(arguments: argparse.Namespace, working: str, tree: Tree, *, sparingly: bool = False) -> _Project:
    """Find the corpora that the arguments speak of, and read their contracts and indexes.

    `sparingly` leaves out what may be in accord; whoever wants to see all of it may not.
    """
    config = find_config(tree, arguments.config, working)
    named = tuple(relative(tree, path, working) for path in arguments.paths)
    sources = find_sources(tree, config, named)
    indexes = frozenset(source.path for source in sources if source.path is not None)
    prepared = [prepare(tree, config, source, indexes, sparingly=sparingly) for source in sources]
    return _Project(tree, config, chosen_by(prepared, tree, named), working)


def _open_base(arguments: argparse.Namespace, project: _Project) -> Base | None:
    """The revision to compare with; `None` where none is asked for, or it is not in this clone, which is said then."""
    name = arguments.against
    if name is None:
        if arguments.new_only or arguments.require_base:
            raise UsageError("--new-only and --require-base need --against REV")
        return None
    current = "HEAD" if arguments.rev is None else arguments.rev
    try:
        return find_base(project.tree, name, current, arguments.config, project.working)
    except MissingBaseError as error:
        if arguments.require_base:
            raise UsageError(f"--against: {error}") from None
        shown = ", and findings that are not new are shown too" if arguments.new_only else ""
        _say(f"indexlint: --against: {error}; skipped: taken, changed and retired IDs (ID110, ID107){shown}")
        return None


def _overwritten(arguments: argparse.Namespace, tree: Tree) -> dict[str, str]:
    """The files of the project that this run would write over: what they are called there, and by the user."""
    targets = [value.partition("=")[2] for value in arguments.report]
    targets += [arguments.baseline] if arguments.write_baseline else []
    real = ((os.path.realpath(target), target) for target in targets if os.path.isfile(target))
    return {os.path.relpath(path, tree.root).replace(os.sep, "/"): target for path, target in real}


def _spare(targets: Mapping[str, str], project: _Project) -> None:
    """Refuse to write a report over what is checked."""
    for item in project.prepared if targets else ():
        kinds = {path: "a sidecar" for paths in item.sidecars.values() for path in paths}
        kinds |= dict.fromkeys(item.documents, "a document")
        kinds |= {path: "an index" for path in [item.contract.path] if path is not None}
        kinds |= {path: "the configuration file" for path in [project.config.path] if path is not None}
        for path, target in targets.items():
            if path in kinds:
                raise UsageError(f"{target} is {kinds[path]}, and nothing is written over it")


def _open_baseline(arguments: argparse.Namespace, project: _Project) -> Baseline | None:
    """The accepted findings, read like every file of the project. A run that writes them anew only replaces them."""
    name = arguments.baseline
    if name is None:
        return None
    path = relative(project.tree, name, project.working)
    if arguments.write_baseline and not project.tree.there(path):
        return None
    try:
        baseline = read_baseline(path, project.tree.read(path, 1 << 28))
    except ReadError as error:
        lacks = _lacks(arguments) if error.kind == "absent" else ""
        raise UsageError(f"the baseline {name} cannot be read{lacks}") from None
    except BaselineError as error:
        spared = ", and it is not written over" if arguments.write_baseline else ""
        raise UsageError(f"{error}{spared}") from None
    return None if arguments.write_baseline else baseline


def _lacks(arguments: argparse.Namespace) -> str:
    """Where a file is not that a run reads its files from."""
    if arguments.staged:
        return ": it is not staged; `git add` it"
    return f": {arguments.rev} does not have it" if arguments.rev is not None else ": there is no such file"


def _check_writing(arguments: argparse.Namespace) -> None:
    """Refuse to write a baseline where nobody looks at it: in a hook it would accept whatever is being committed."""
    if not arguments.write_baseline:
        return
    if arguments.baseline is None:
        raise UsageError("--write-baseline needs --baseline FILE")
    if arguments.staged or arguments.rev is not None or arguments.new_only:
        raise UsageError("--write-baseline goes with the working tree alone, without --staged, --rev and --new-only")
    if arguments.paths or arguments.select or arguments.ignore:
        raise UsageError("--write-baseline writes the findings of all rules in all corpora: name no PATH and no rules")
    if any(os.environ.get(name) for name in _IN_A_HOOK):
        raise UsageError(
            "a hook does not write the baseline: run indexlint check --baseline FILE --write-baseline yourself"
        )
    check_place(arguments.baseline)


def _check(arguments: argparse.Namespace, opened: Opened | None = None) -> int:
    started = time.perf_counter()
    rules = _selected(arguments.select, arguments.ignore)
    _check_writing(arguments)
    reports = _report_targets(arguments.report)
    settings = Settings(fail_on=Severity(arguments.fail_on), today=time.strftime("%Y-%m-%d"))
    working = _working_folder(arguments.paths)
    wanted = Wanted(arguments.rev, arguments.staged)
    moment = opened.started if opened else time.time_ns()
    tree = opened.tree if opened else find_tree(arguments.paths, working, wanted, is_remembered=not arguments.no_cache)
    asked = opened.memory if opened else None
    memory = asked or _memory(arguments, tree, moment)
    report = _report(arguments, working, tree, rules, settings, memory, is_new=asked is not None)
    report = report._replace(seconds=time.perf_counter() - started)
    _publish(report, rules, arguments)
    for name, path in reports:
        write_whole(path, renderer(name)(report, rules))
    if not arguments.quiet:
        _summary(report, tree)
        _say_left_out(report, {arguments.format, *(name for name, _ in reports)})
    _nothing_done(report, tree)
    return _exit_code(report, settings)


def _accepted(outcome: Outcome) -> Report:
    """What is left to report when the findings of a run were written to a baseline: those that none can hold."""
    written = {finding.fingerprint for finding in outcome.acceptable}
    report = outcome.report
    left = tuple(finding for finding in report.findings if finding.fingerprint not in written)
    return report._replace(findings=left, suppressed=report.suppressed + len(report.findings) - len(left))


def _report(
    arguments: argparse.Namespace, working: str, tree: Tree, rules: Sequence[Rule], settings: Settings,
    memory: Memory | None, *, is_new: bool,
) -> Report:  # fmt: skip
    """The report: an earlier run's where the tree still answers all that it asked in the same way, else a new one.

    `is_new` says that there is no such earlier run.
    """
    question = _question(arguments, tree, working)
    if memory is None or question is None:
        return _judged(arguments, working, tree, rules, settings, memory)[1].report
    known = None if is_new else memory.recall(tree, question, settings.today)
    if known is not None:
        return known
    recorder = Recorder(tree)
    prepared, outcome = _judged(arguments, working, recorder, rules, settings, memory)
    dated = any(ignore.until for item in prepared for ignore in item.contract.ignore) or _has_days(outcome.corpora)
    beside = (path for item in prepared for paths in item.sidecars.values() for path in paths)
    read = (*beside, *(path for item in prepared for path in item.documents))
    memory.remember(recorder, question, settings.today if dated else "", read, outcome.report)
    return outcome.report


def _has_days(corpora: Iterable[Corpus]) -> bool:
    """Whether a comment that accepts something does so until a day."""
    of_indexes = (waiver for corpus in corpora for waiver in corpus.waivers)
    of_headers = (waiver for corpus in corpora for document in corpus.documents for waiver in document.waivers)
    return any(waiver.until for waiver in (*of_indexes, *of_headers))


def _judged(
    arguments: argparse.Namespace, working: str, tree: Tree, rules: Sequence[Rule], settings: Settings,
    memory: Memory | None,
) -> tuple[list[Prepared], Outcome]:  # fmt: skip
    """Check the corpora that the arguments speak of."""
    progress = _progress()
    with progress.waiting("looking for indexes"):
        # Another revision is compared with all there is.
        project = _open(arguments, working, tree, sparingly=arguments.against is None)
        _spare(_overwritten(arguments, tree), project)
        baseline, base = _open_baseline(arguments, project), _open_base(arguments, project)
    scanning = mapper(arguments.jobs)
    outcome = run(
        project.prepared, tree, project.config, rules, settings, __version__,
        mapper=lambda scan, paths: progress.counting("checking documents", scanning(scan, paths)), known=ALL,
        memory=memory, measure=Measure(baseline=baseline, is_whole=not arguments.paths), base=base,
        new_only=arguments.new_only,
    )  # fmt: skip
    notices = (*_untracked(arguments, project), *_unread(project))
    if arguments.write_baseline:
        write_whole(arguments.baseline, baseline_text(outcome.acceptable))
        number = len(outcome.acceptable)
        notices = (*notices, f"wrote {number:,} {'finding' if number == 1 else 'findings'} to {arguments.baseline}")
        outcome = outcome._replace(report=_accepted(outcome))
    return project.prepared, outcome._replace(report=outcome.report._replace(notices=notices))


def _untracked(arguments: argparse.Namespace, project: _Project) -> Iterator[str]:
    """A word on files that this run was told of and that nobody else will have: git does not track them."""
    tree, files = project.tree, project.tree.files()
    if tree.takes_all or arguments.staged or arguments.rev is not None:
        return
    named = [relative(tree, path, project.working) for path in arguments.paths]
    checked = {path for item in project.prepared for path in (item.contract.path, *item.documents)}
    for path in dict.fromkeys([project.config.path, *named]):
        if path is not None and path not in files and os.path.isfile(os.path.join(tree.root, path)):
            left = "" if path == project.config.path or path in checked else ", so it was not checked"
            yield f"git does not track {path}{left}: git add it"


def _unread(project: _Project) -> Iterator[str]:
    """A word on a configuration file that was put beside an index, and not into the root."""
    for path in unread_configs(project.tree, project.config)[:1]:
        yield f"{path} is not read: it counts in the root of the project alone; move it there, or take --config {path}"


# What the verdict does not depend on, or what a question to the cache says by itself.
_ASKED = ("select", "ignore", "config")
_BESIDE = frozenset(
    {"paths", "fail_on", "format", "report", "color", "quiet", "jobs", "no_cache", "cache_dir", "command", "statistics"}
)


def _question(arguments: argparse.Namespace, tree: Tree, working: str) -> tuple[object, ...] | None:
    """What is asked of the tree, for the cache; `None` where an option is set that the cache does not know."""
    others = (value for name, value in vars(arguments).items() if name not in {*_ASKED, *_BESIDE})
    if any(value is not None and value is not False for value in others):
        return None
    if _overwritten(arguments, tree):
        return None  # Whether these files may be written over, only a run can say that knows the corpora.
    named = tuple(relative(tree, path, working) for path in arguments.paths)
    folder = "" if arguments.config is None else relative(tree, working, working)
    return (named, folder, *(getattr(arguments, name) for name in _ASKED))


def _memory(arguments: argparse.Namespace, tree: Tree, moment: int) -> Memory | None:
    """The cache: in the folder that is asked for, else in git's own, else in the user's.

    Nothing of the tree was asked before the `moment` (nanoseconds since 1970).
    """
    if arguments.no_cache:
        return None
    folder = arguments.cache_dir or os.environ.get("INDEXLINT_CACHE_DIR") or cache_folder(tree.root, os.environ)
    return Memory(Store(folder), tool(__version__), moment)


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


def _progress() -> Progress:
    """A sign of life on stderr, for whoever looks at it."""

    def write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()

    is_seen = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return Progress(write if is_seen else None, DELAY)


def _exit_code(report: Report, settings: Settings) -> int:
    if report.failed:
        return FAILED
    return FINDINGS if any(finding.severity.rank <= settings.fail_on.rank for finding in report.findings) else OK


def _summary(report: Report, tree: Tree) -> None:
    if tree.notice:
        _say(f"indexlint: {tree.notice}")
    for notice in report.notices:
        _say(f"indexlint: {notice}")
    _say(summed_up(report))


def _nothing_done(report: Report, tree: Tree) -> None:
    """Say why the run is a failed one although nothing may be in its report."""
    if not report.corpora:
        _no_index(tree)
    elif not report.documents:
        _say("indexlint: no document was checked")


def _no_index(tree: Tree) -> None:
    found = f"an index is a tracked {INDEX_NAME}, or a file that indexlint.yaml lists{_hint(tree)}"
    _say(f"indexlint: no index found: {found}")


def _hint(tree: Tree) -> str:
    waiting = sorted(path for path in tree.untracked() if path.rpartition("/")[2] == INDEX_NAME)
    return f"; git does not track {waiting[0]}: git add it, or name it on the command line" if waiting else ""


def _selected(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that `--select` and `--ignore` leave."""
    wanted = [word for value in select for word in value.replace(",", " ").split()]
    unwanted = [word for value in ignore for word in value.replace(",", " ").split()]
    for word in (*wanted, *unwanted):
        if not any(names_rule(word, rule.code, rule.name) for rule in ALL):
            raise UsageError(f"{word!r} is no rule{_meant(word)}")
    chosen = {
        rule.code for rule in ALL
        if (not wanted or any(names_rule(word, rule.code, rule.name) for word in wanted))
        and not any(names_rule(word, rule.code, rule.name) for word in unwanted)
    }  # fmt: skip
    # What says that the run could not do its job is no matter of taste. That alone is no check, unless it is selected.
    if not chosen or not (wanted or any(rule.code in chosen for rule in ALL if not rule.fatal)):
        options = " and ".join(name for name, words in (("--select", wanted), ("--ignore", unwanted)) if words)
        raise UsageError(f"no rule is left to check with: {options} {'take' if wanted else 'takes'} away all of them")
    return tuple(rule for rule in ALL if rule.fatal or rule.code in chosen)


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
    for path in named:
        if not os.path.exists(os.path.join(tree.root, path)):
            raise UsageError(f"{path}: there is no such file or folder")
    indexes = [relative(tree, path, working) for path in arguments.index]
    indexes += [path for path in named if path and os.path.isfile(os.path.join(tree.root, path))]
    force = arguments.force or arguments.stdout
    try:
        made = infer.learn_new(tree, config, named) if arguments.new else infer.Made((), {})
        learned = made.learned or infer.learn_corpora(tree, config, indexes, named, force=force)
        # What is only printed may be copied into whatever file the project is configured by.
        placed = Config() if arguments.stdout and config.path == PYPROJECT else config
        proposal = infer.propose(tree, placed, learned, ALL, __version__, made=made.indexes)
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
    _say(summed_up(report))
    return OK


def _show(arguments: argparse.Namespace) -> int:
    working = _working_folder(arguments.paths)
    tree = find_tree(arguments.paths, working, Wanted(arguments.rev, arguments.staged))
    project = _open(arguments, working, tree)
    outcome: Outcome = run(project.prepared, project.tree, project.config, (), Settings(), __version__)
    from validator.show import show_json, show_text  # noqa: PLC0415 - only this command shows

    render = show_json if arguments.format == "json" else show_text
    _print(render(project.tree.root, project.config.path, outcome.corpora))
    if not outcome.corpora:
        _no_index(tree)
        return FAILED
    return OK


def _rule(arguments: argparse.Namespace) -> int:
    rules = ALL
    if arguments.rule is not None:
        wanted = arguments.rule.casefold()
        rules = tuple(rule for rule in ALL if wanted in {rule.code.casefold(), rule.name})
        rules = rules or tuple(rule for rule in ALL if wanted and rule.code.casefold().startswith(wanted))
        if not rules:
            raise UsageError(f"{arguments.rule!r} is no rule{_meant(arguments.rule)}")
    if arguments.format == "json":
        _print([json.dumps([_rule_object(rule) for rule in rules], indent=1) + "\n"])
    elif arguments.rule is not None and len(rules) == 1:
        from validator import docs  # noqa: PLC0415 - only this command explains

        _print(docs.explain(rules[0]))
    else:
        _print(f"{rule.code}  {rule.name:24} {rule.severity:8} {rule.summary}\n" for rule in rules)
    return OK


def _rule_object(rule: Rule) -> dict[str, str | None]:
    from validator import docs  # noqa: PLC0415 - as above

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


COMMANDS = {"check": _check, "show": _show, "rule": _rule, "init": _init, "fix": _not_yet, "merge": _not_yet}
