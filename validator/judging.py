"""Runs the rules, and holds what they find against ignores, comments, a baseline and another revision."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from validator.baseline import Accepted, Baseline, accept
from validator.contract import Contract
from validator.corpus import Corpus
from validator.findings import Finding
from validator.model import Place
from validator.placing import Placing, severity_of, told_apart
from validator.rules.rule import Aftermath, Crash, Project, Rule
from validator.settings import Settings
from validator.suppress import Judged, Verdict, Waived, Waivers, arrange, remarks, suppress
from validator.tree import Tree


class Measure(NamedTuple):
    """What the findings of a run are held against.

    `known` are all the rules there are; `old` the fingerprints of the findings that do not count because another
    revision has them (`None`: all count); `is_whole` says that every corpus of the project is checked.
    """

    known: tuple[Rule, ...] = ()
    baseline: Baseline | None = None
    old: frozenset[str] | None = None
    is_whole: bool = True


PLAIN = Measure()


class Judgement(NamedTuple):
    """The findings of a run, sorted; those of them that a baseline may hold; whether the run could do its job."""

    findings: tuple[Finding, ...]
    suppressed: int
    failed: bool
    acceptable: tuple[Finding, ...] = ()


def judge(
    project: Project, rules: Sequence[Rule], settings: Settings, tree: Tree, measure: Measure = PLAIN
) -> Judgement:
    """Run the rules on a project and hold what they find against ignores, comments, the baseline, another revision."""
    judging = _Judging(project, rules, settings, tree, measure)
    for corpus in project.corpora:
        judging.judge_corpus(corpus)
    judging.judge_project()
    return judging.conclude()


class _Judging:
    """One run's judgement in its three steps: each corpus, the project, and what can only be said at the end."""

    def __init__(
        self, project: Project, rules: Sequence[Rule], settings: Settings, tree: Tree, measure: Measure
    ) -> None:
        self.project = project
        self.rules = rules
        self.today = settings.today
        self.measure = measure
        self.known = tuple((rule.code, rule.name) for rule in measure.known or rules)
        self.placing = Placing(tree)
        self.crashes: list[Crash] = []
        self.findings: list[Finding] = []
        self.suppressed = 0
        self.failed = False
        self.waived: dict[int, tuple[Waived, ...]] = {}
        self.verdicts: dict[int, list[Verdict]] = {}

    def judge_corpus(self, corpus: Corpus) -> None:
        """What the rules for a corpus find in it."""
        own: list[Finding] = []
        for rule in self.rules:
            if rule.subject is Corpus:
                own += _run(rule, corpus, self.placing, self.crashes)
        waived = self.waived[id(corpus.contract)] = tuple(_waived(corpus, self.placing))
        self._keep(own, corpus.contract, arrange(waived, corpus.path, self.known, self.today) if waived else None)

    def judge_project(self) -> None:
        """What the rules for the project find. Nothing silences one that says the run could not do its job."""
        for rule in self.rules:
            if rule.subject is Project:
                found = _run(rule, self.project._replace(crashes=tuple(self.crashes)), self.placing, self.crashes)
                self.failed = self.failed or (rule.fatal and bool(found))
                self._keep_of_project(rule, found)
        self.failed = self.failed or bool(self.crashes)

    def _keep_of_project(self, rule: Rule, found: Iterable[Finding], idle: frozenset[Place] = frozenset()) -> None:
        """Keep what the contract that its file states does not ignore. An idle ignore must not hide that it is idle."""
        by_path: dict[str, list[Finding]] = {}
        for finding in found:
            by_path.setdefault(finding.spot.path, []).append(finding)
        for path, there in by_path.items():
            contract = None if rule.fatal else self._stated.get(path)
            severity = severity_of(rule, contract)
            if contract is not None and idle:
                contract = contract._replace(ignore=tuple(item for item in contract.ignore if item.place not in idle))
            index = path if path in self._indexes else None
            self._keep((finding._replace(severity=severity, index_path=index) for finding in there), contract)

    @cached_property
    def _indexes(self) -> frozenset[str]:
        return frozenset(corpus.path for corpus in self.project.corpora if corpus.path is not None)

    @cached_property
    def _stated(self) -> Mapping[str, Contract]:
        """The contract of each file that states just one: then its ignores and severities hold for the file."""
        stated: dict[str, list[Contract]] = {}
        for corpus in self.project.corpora:
            for path in {place.path for place in corpus.contract.places.values()}:
                stated.setdefault(path, []).append(corpus.contract)
        return {path: found[0] for path, found in stated.items() if len(found) == 1}

    def _keep(self, findings: Iterable[Finding], contract: Contract | None, waivers: Waivers | None = None) -> None:
        verdict = suppress(findings, contract, self.today, waivers)
        self.findings += verdict.kept
        self.suppressed += verdict.suppressed
        self.verdicts.setdefault(id(contract), []).append(verdict)

    def conclude(self) -> Judgement:
        """Hold the findings against the baseline and the other revision, and say what the rules of the end find."""
        told = tuple(told_apart(self.findings))
        fatal = frozenset(rule.code for rule in self.rules if rule.fatal)
        verdict = accept(told, self.measure.baseline, fatal)
        old = self.measure.old or frozenset()
        self.findings = [item for item in verdict.kept if item.fingerprint not in old or item.code in fatal]
        self.suppressed += len(told) - len(self.findings)
        self.findings = list(_once_a_cause(self.findings))
        aftermath = self._aftermath(verdict.stale)
        idle = frozenset(remark.place for remark in aftermath.unused)
        for rule in self.rules:
            if rule.subject is Aftermath:
                self._keep_of_project(rule, _run(rule, aftermath, self.placing, self.crashes), idle)
        findings = tuple(told_apart(self.findings))
        acceptable = tuple(item for item in told if item.code not in fatal)
        return Judgement(findings, self.suppressed, self.failed or bool(self.crashes), acceptable)

    def _aftermath(self, stale: Iterable[Accepted]) -> Aftermath:
        """What there is to say at the end. Where the run could not do its job, nothing is known to be unused."""
        ran = frozenset(rule.code for rule in self.rules)
        known = self.measure.known or self.rules
        late = frozenset(rule.code for rule in known if rule.subject is Aftermath or rule.fatal)
        said = frozenset(place for corpus in self.project.corpora for place, _ in corpus.unmatched)
        judged = Judged(self.known, ran, late, said, self.today)
        found = [
            remarks(
                corpus.contract,
                self.waived[id(corpus.contract)],
                self.verdicts.get(id(corpus.contract), []),
                judged,
            )
            for corpus in self.project.corpora
        ]
        checked = {corpus.contract.path for corpus in self.project.corpora}
        return Aftermath(
            unused=() if self.failed else tuple(remark for item in found for remark in item.unused),
            expired=tuple(remark for item in found for remark in item.expired),
            stale=() if self.failed else tuple(
                entry for entry in stale
                if entry.code in ran and (self.measure.is_whole or entry.index_path in checked)
            ),
        )  # fmt: skip


def _once_a_cause(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings without those whose cause another one names, on the same document and no less grave.

    Asked last, of what is shown: a finding that is ignored, accepted or made a note hides no other. One without an ID
    speaks of all documents of its file.
    """
    shown = {(item.name, item.document, own): item.severity for item in findings for own in (None, item.id)}
    for item in findings:
        cause = shown.get((item.said_by, item.document, item.id))
        if cause is None or cause.rank > item.severity.rank:
            yield item


def _waived(corpus: Corpus, placing: Placing) -> Iterator[Waived]:
    """The comments of a corpus with what they stand on."""
    index = corpus.manifest
    positions = placing.positions(index.path, corpus) if index and corpus.waivers else None
    if index is not None and positions is not None:
        starts = [pair.entry.span.start for pair in corpus.pairs]
        for waiver in corpus.waivers:
            place, line = Place(index.path, waiver.span), positions.at(waiver.span.start)[0]
            pair = corpus.pairs[max(bisect_right(starts, waiver.span.start) - 1, 0)] if starts else None
            first, last = (positions.at(offset)[0] for offset in pair.entry.span) if pair else (1, 0)
            if waiver.is_misspelt or pair is None or not first <= line <= last:
                yield Waived(waiver, place, stray=True)
            else:
                path = pair.document.path if pair.document else pair.target
                yield Waived(waiver, place, path, (first, last))
    for document in corpus.documents:
        for waiver in document.waivers:
            yield Waived(waiver, Place(document.path, waiver.span), document.path)


def _run(rule: Rule, subject: Corpus | Project | Aftermath, placing: Placing, crashes: list[Crash]) -> list[Finding]:
    """What a rule finds; where it crashes, what it had found by then."""
    findings: list[Finding] = []
    corpus = subject if isinstance(subject, Corpus) else None
    try:
        findings.extend(placing.finding(rule, problem, corpus) for problem in rule.check(subject))
    except Exception as error:  # noqa: BLE001 - one broken rule must not take the others with it
        place = Place((corpus.path or corpus.contract.place("index").path) if corpus else ".")
        crashes.append(Crash(place, f"the rule {rule.code} crashed: {type(error).__name__}: {error}"))
    return findings
