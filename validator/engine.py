"""Scan each document, join, judge, report. It takes any map that keeps order, and knows no rule by name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from validator.contract import Contract
from validator.corpus import Corpus
from validator.discover import Prepared
from validator.findings import Finding, Problem, RelatedSpot, Report, Severity, Spot
from validator.globs import matches
from validator.header import Beside
from validator.join import join
from validator.model import Document, Fault, Place
from validator.rules.rule import Crash, Project, Rule
from validator.scan import Plan, scan, scan_several, unread
from validator.schema import nearest
from validator.settings import Config, Settings
from validator.suppress import names_document, names_rule, suppress
from validator.text import Positions, StreamedPositions
from validator.tree import ReadError, Tree, in_pieces
from validator.universe import Target

Map = Callable[[Callable[[str], tuple[Document, ...]], Iterable[str]], Iterable[tuple[Document, ...]]]

_KEPT_FILES = 16


def read_documents(
    plan: Plan, tree: Tree, path: str, sidecars: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Document, ...]:
    """Read one file and scan its documents; none for a file that the tree lists and that is not there.

    `sidecars` are the paths of the metadata files of each document, where the contract speaks of any.
    """
    names = sidecars.get(path, ()) if sidecars else ()
    beside = tuple(item for name in names if (item := _read_beside(plan, tree, name)) is not None)
    try:
        if plan.delimiters.several:
            return scan_several(plan, path, in_pieces(tree, path, plan.limits.file), beside)
        return (scan(plan, path, tree.read(path, plan.limits.whole), beside),)
    except ReadError as error:
        return () if error.kind == "absent" else (unread(plan, path, Fault(error.kind, None, error.detail)),)


def _read_beside(plan: Plan, tree: Tree, path: str) -> Beside | None:
    """A sidecar; `None` for one that the tree lists and that is not there."""
    try:
        return Beside(path, tree.read(path, plan.limits.header))
    except ReadError as error:
        return None if error.kind == "absent" else Beside(path, b"", Fault(error.kind, None, error.detail))


def build(prepared: Prepared, tree: Tree, mapper: Map = map) -> Corpus:
    """Scan the documents of a corpus and join them with its entries."""
    contract, plan = prepared.contract, prepared.plan
    if prepared.missing:
        corpus = join(contract, plan, None, (), prepared.universe.follow)
        return corpus._replace(path=contract.path, missing=not prepared.unreadable, remaining=prepared.remaining)
    scanned = list(mapper(partial(read_documents, plan, tree, sidecars=prepared.sidecars), prepared.documents))
    documents = tuple(document for found in scanned for document in found)
    absent = {path for path, found in zip(prepared.documents, scanned, strict=True) if not found}

    def follow(target: str) -> Target:
        found = prepared.universe.follow(target)
        return found._replace(kind="missing") if found.path in absent else found

    corpus = join(contract, plan, prepared.manifest, documents, follow)
    corpus = corpus._replace(orphans=prepared.orphans)
    return corpus._replace(unmatched=(*prepared.unmatched, *_unmatched_ignores(corpus)))


def _unmatched_ignores(corpus: Corpus) -> Iterator[tuple[Place, str]]:
    """Ignores for a document that this corpus knows neither by a path nor by an ID, on either side."""
    contract = corpus.contract
    if all(ignore.document is None for ignore in contract.ignore):
        return
    known: set[tuple[str | None, str | None]]
    known = {(document.path, corpus.id_of(document)) for document in corpus.documents}
    known |= {(document.path, claim.value) for document in corpus.documents for claim in document.ids}
    known |= {(pair.target, pair.id) for pair in corpus.pairs}
    for ignore in contract.ignore:
        wanted = ignore.document
        if wanted is not None and not any(names_document(wanted, contract, path, name) for path, name in known):
            yield ignore.place, f"{wanted!r} is neither a document nor an ID of this corpus"


def _unknown_rules(contract: Contract, known: Sequence[Rule]) -> Iterator[tuple[Place, str]]:
    """Ignores and severities for a rule that there is not."""
    named = [(ignore.rule, ignore.place) for ignore in contract.ignore]
    named += [(selector, contract.place("severity", selector)) for selector, _ in contract.severity]
    for selector, place in named:
        if not any(names_rule(selector, rule.code, rule.name) for rule in known):
            near = nearest(selector, [word for rule in known for word in (rule.code, rule.name)])
            yield place, f"{selector!r} is no rule{f'; did you mean {near!r}?' if near else ''}"


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
                own += _run(rule, corpus, placing, crashes)
        verdict = suppress(own, corpus.contract, settings.today)
        findings += verdict.kept
        suppressed += verdict.suppressed
    for rule in rules:
        if rule.subject is Project:
            found = _run(rule, project._replace(crashes=tuple(crashes)), placing, crashes)
            failed = failed or (rule.fatal and bool(found))
            for finding in found:
                contract = None if rule.fatal else _contract_at(project, finding.spot.path)
                verdict = suppress([finding._replace(severity=_severity(rule, contract))], contract, settings.today)
                findings += verdict.kept
                suppressed += verdict.suppressed
    return tuple(_told_apart(findings)), suppressed, failed or bool(crashes)


def _contract_at(project: Project, path: str) -> Contract | None:
    """The contract that a file states, if it states just one: then its ignores and severities hold for the file."""
    stating = [
        corpus.contract
        for corpus in project.corpora
        if path in {place.path for place in corpus.contract.places.values()}
    ]
    return stating[0] if len(stating) == 1 else None


def _run(rule: Rule, subject: Corpus | Project, placing: _Placing, crashes: list[Crash]) -> list[Finding]:
    """What a rule finds; where it crashes, what it had found by then."""
    findings: list[Finding] = []
    corpus = subject if isinstance(subject, Corpus) else None
    try:
        findings.extend(placing.finding(rule, problem, corpus) for problem in rule.check(subject))
    except Exception as error:  # noqa: BLE001 - one broken rule must not take the others with it
        place = Place((corpus.path or corpus.contract.place("index").path) if corpus else ".")
        crashes.append(Crash(place, f"the rule {rule.code} crashed: {type(error).__name__}: {error}"))
    return findings


def _told_apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings in their order; of those with one fingerprint, as two rows of a wrong width, each gets its own."""
    seen: dict[str, int] = {}
    for finding in sorted(findings, key=lambda finding: finding.order):
        number = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        yield finding if number == 1 else finding._replace(fingerprint=_hashed(finding.fingerprint, str(number)))


class _Placing:
    """Turns problems into findings: places into lines and columns, by reading the files once more."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.files: dict[str, Positions | StreamedPositions | None] = {}

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
        size = positions.size
        line, column = positions.at(min(place.span.start, size))
        end_line, end_column = positions.at(min(max(place.span.end, place.span.start), size))
        return Spot(place.path, line, column, end_line, end_column, positions.line(line))

    def _positions(self, path: str, corpus: Corpus | None) -> Positions | StreamedPositions | None:
        if path not in self.files:
            if len(self.files) >= _KEPT_FILES:
                self._forget(corpus)
            self.files[path] = self._read(path, corpus)
        return self.files[path]

    def _forget(self, corpus: Corpus | None) -> None:
        """Keep the index, which every other finding needs, and let the documents go."""
        kept = corpus.path if corpus else None
        self.files = {path: positions for path, positions in self.files.items() if path == kept}

    def _read(self, path: str, corpus: Corpus | None) -> Positions | StreamedPositions | None:
        if corpus is not None and corpus.manifest is not None and path == corpus.manifest.path:
            return Positions(corpus.manifest.text.encode("latin-1"))
        try:
            if corpus is not None and corpus.plan.delimiters.several:
                return StreamedPositions(partial(in_pieces, self.tree, path, None))
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
    return _hashed(*("" if part is None else part for part in parts))


def _hashed(*parts: str) -> str:
    text = "\0".join(parts)
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
    known: Sequence[Rule] = (),
) -> Outcome:
    """Check corpora with `rules`, which may be a choice from the `known` ones.

    The report's `seconds` is 0: whoever holds a clock fills it in.
    """
    corpora = _acquainted([build(item, tree, mapper) for item in prepared])
    strays = [stray for corpus in corpora for stray in _unknown_rules(corpus.contract, known or rules)]
    unmatched = tuple(
        (config.statement.place(("exclude", number)), f"the glob {glob!r} in `exclude` matches nothing")
        for number, glob in enumerate(config.exclude)
        if config.statement is not None and not any(_matches(glob, path) for path in tree.files())
    )
    project = Project(corpora, config.faults, (*unmatched, *strays))
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
