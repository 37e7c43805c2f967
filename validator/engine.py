"""Scan each document, join, judge, report. It takes any map that keeps order, and knows no rule by name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from validator.contract import Contract
from validator.corpus import Corpus
from validator.discover import Prepared
from validator.findings import Finding, Problem, RelatedSpot, Report, Severity, Spot
from validator.globs import matches
from validator.join import join
from validator.model import Document, Fault, Place
from validator.rules.rule import Crash, Project, Rule
from validator.scan import Plan, scan, unread
from validator.settings import Config, Settings
from validator.suppress import names_document, names_rule, suppress
from validator.text import Positions
from validator.tree import ReadError, Tree
from validator.universe import Target

Map = Callable[[Callable[[str], Document | None], Iterable[str]], Iterable[Document | None]]

_KEPT_FILES = 16


def read_document(plan: Plan, tree: Tree, path: str) -> Document | None:
    """Read and scan one document; `None` for one that the tree lists and that is not there."""
    try:
        data = tree.read(path, plan.limits.file)
    except ReadError as error:
        return None if error.kind == "absent" else unread(plan, path, Fault(error.kind, None, error.detail))
    return scan(plan, path, data)


def build(prepared: Prepared, tree: Tree, mapper: Map = map) -> Corpus:
    """Scan the documents of a corpus and join them with its entries."""
    contract, plan = prepared.contract, prepared.plan
    if prepared.missing:
        corpus = join(contract, plan, None, (), prepared.universe.follow)
        return corpus._replace(path=contract.path, missing=True, remaining=prepared.remaining)
    scanned = list(mapper(partial(read_document, plan, tree), prepared.documents))
    documents = tuple(document for document in scanned if document is not None)
    absent = {path for path, document in zip(prepared.documents, scanned, strict=True) if document is None}

    def follow(target: str) -> Target:
        found = prepared.universe.follow(target)
        return found._replace(kind="missing") if found.path in absent else found

    corpus = join(contract, plan, prepared.manifest, documents, follow)
    unmatched = (*prepared.unmatched, *_unmatched_ignores(contract, documents))
    return corpus._replace(unmatched=unmatched)


def _unmatched_ignores(contract: Contract, documents: tuple[Document, ...]) -> Iterator[tuple[Place, str]]:
    for ignore in contract.ignore:
        wanted = ignore.document
        if wanted is not None and not any(
            names_document(wanted, contract, document.path, claim.value)
            for document in documents
            for claim in document.ids or (_NO_CLAIM,)
        ):
            yield ignore.place, f"{wanted!r} is neither a document nor an ID of this corpus"


class _NoClaim(NamedTuple):
    value: str | None = None


_NO_CLAIM = _NoClaim()


def judge(
    project: Project, rules: Sequence[Rule], settings: Settings, tree: Tree
) -> tuple[tuple[Finding, ...], int, bool]:
    """All findings of the rules on a project, sorted; how many were suppressed; whether the run could do its job."""
    placing = _Placing(tree)
    findings: list[Finding] = []
    crashes: list[Crash] = []
    suppressed = 0
    failed = False
    for corpus in project.corpora:
        own: list[Finding] = []
        for rule in rules:
            if rule.subject is Corpus:
                problems = _run(rule, corpus, Place(corpus.path or corpus.contract.path or ""), crashes)
                own += [placing.finding(rule, problem, corpus) for problem in problems]
        verdict = suppress(own, corpus.contract, settings.today)
        findings += verdict.kept
        suppressed += verdict.suppressed
    for rule in rules:
        if rule.subject is Project:
            problems = _run(rule, project._replace(crashes=tuple(crashes)), Place(""), crashes)
            findings += [placing.finding(rule, problem, None) for problem in problems]
            failed = failed or (rule.fatal and bool(problems))
    return tuple(sorted(findings, key=lambda finding: finding.order)), suppressed, failed or bool(crashes)


def _run(rule: Rule, subject: Corpus | Project, place: Place, crashes: list[Crash]) -> list[Problem]:
    problems: list[Problem] = []
    try:
        problems.extend(rule.check(subject))
    except Exception as error:  # noqa: BLE001 - one broken rule must not take the others with it
        crashes.append(Crash(place, f"the rule {rule.code} crashed: {type(error).__name__}: {error}"))
    return problems


class _Placing:
    """Turns problems into findings: places into lines and columns, by reading the files once more."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.files: dict[str, Positions | None] = {}

    def finding(self, rule: Rule, problem: Problem, corpus: Corpus | None) -> Finding:
        severity = _severity(rule, corpus.contract if corpus else None)
        index = corpus.path if corpus else None
        related = tuple(RelatedSpot(self._spot(item.place, corpus), item.message) for item in problem.related)
        return Finding(
            rule.code, rule.name, severity, problem.message, index, problem.document, problem.id, problem.field,
            problem.values, self._spot(problem.at, corpus), related, problem.advice, _fingerprint(rule, problem, index),
        )  # fmt: skip

    def _spot(self, place: Place, corpus: Corpus | None) -> Spot:
        positions = None if place.span is None else self._positions(place.path, corpus)
        if place.span is None or positions is None:
            return Spot(place.path)
        size = len(positions.data)
        line, column = positions.at(min(place.span.start, size))
        end_line, end_column = positions.at(min(max(place.span.end, place.span.start), size))
        return Spot(place.path, line, column, end_line, end_column, positions.line(line))

    def _positions(self, path: str, corpus: Corpus | None) -> Positions | None:
        if path not in self.files:
            if len(self.files) >= _KEPT_FILES:
                self._forget(corpus)
            self.files[path] = self._read(path, corpus)
        return self.files[path]

    def _forget(self, corpus: Corpus | None) -> None:
        """Keep the index, which every other finding needs, and let the documents go."""
        kept = corpus.path if corpus else None
        self.files = {path: positions for path, positions in self.files.items() if path == kept}

    def _read(self, path: str, corpus: Corpus | None) -> Positions | None:
        if corpus is not None and corpus.manifest is not None and path == corpus.manifest.path:
            return Positions(corpus.manifest.text.encode("latin-1"))
        try:
            return Positions(self.tree.read(path, 2**31 - 1))
        except ReadError:
            return None


def _severity(rule: Rule, contract: Contract | None) -> Severity:
    chosen = rule.severity
    for selector, level in contract.severity if contract else ():
        if names_rule(selector, rule.code, rule.name):
            chosen = Severity(level)
    return chosen


def _fingerprint(rule: Rule, problem: Problem, index: str | None) -> str:
    """Stable while the fault stays: no line number, no message."""
    values = problem.values
    subject = problem.id or problem.document or problem.at.path
    parts = (
        rule.code,
        index,
        subject,
        problem.field,
        values.of_index if values else None,
        values.of_document if values else None,
    )
    text = "\0".join("" if part is None else part for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _acquainted(corpora: Sequence[Corpus]) -> tuple[Corpus, ...]:
    """The corpora, each with the IDs that the others state: a reference may lead from one to the other."""
    stated = [frozenset(claim.value for document in corpus.documents for claim in document.ids) for corpus in corpora]
    return tuple(
        corpus._replace(neighbours=frozenset().union(*stated[:number], *stated[number + 1 :]))
        if corpus.contract.references
        else corpus
        for number, corpus in enumerate(corpora)
    )


class Outcome(NamedTuple):
    """What a run gave: the corpora, for `show`, and the report."""

    corpora: tuple[Corpus, ...]
    report: Report


def run(
    prepared: Sequence[Prepared],
    tree: Tree,
    config: Config,
    rules: Sequence[Rule],
    settings: Settings,
    version: str,
    mapper: Map = map,
) -> Outcome:
    """Check corpora. The report's `seconds` is 0: whoever holds a clock fills it in."""
    corpora = _acquainted([build(item, tree, mapper) for item in prepared])
    unmatched = tuple(
        (config.statement.place(("exclude", number)), f"the glob {glob!r} in `exclude` matches nothing")
        for number, glob in enumerate(config.exclude)
        if config.statement is not None and not any(_matches(glob, path) for path in tree.files())
    )
    project = Project(corpora, config.faults, unmatched)
    findings, suppressed, failed = judge(project, rules, settings, tree)
    documents = sum(len(corpus.documents) for corpus in corpora)
    report = Report(
        version=version,
        corpora=len(corpora),
        entries=sum(len(corpus.pairs) for corpus in corpora),
        documents=documents,
        rules=len(rules),
        seconds=0.0,
        findings=findings,
        suppressed=suppressed,
        failed=failed or documents == 0,
    )
    return Outcome(corpora, report)


def _matches(glob: str, path: str) -> bool:
    return matches(glob.removeprefix("!"), path)
