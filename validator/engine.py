"""Scan each document, join, judge, report. It takes any map that keeps order, and knows no rule by name."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from validator.accord import Reader, Rest, negotiate, settle
from validator.baseline import Accepted, Baseline, accept
from validator.cache import Memory
from validator.contract import Contract
from validator.corpus import Corpus
from validator.discover import Prepared
from validator.findings import Finding, Problem, RelatedSpot, Report, Severity, Spot
from validator.globs import literal, matches
from validator.header import Beside
from validator.history import Kinship, past_of
from validator.join import join
from validator.model import Accord, Document, Fault, Place
from validator.revision import Base
from validator.rules.rule import Aftermath, Crash, Project, Rule
from validator.scan import Plan, header_keys, scan, scan_several, unread
from validator.schema import nearest
from validator.settings import Config, Settings
from validator.suppress import (
    Judged,
    Verdict,
    Waived,
    Waivers,
    arrange,
    inside,
    names_rule,
    remarks,
    suppress,
)
from validator.text import Positions, StreamedPositions, abridged
from validator.tree import ReadError, Tree, in_pieces
from validator.unanswered import unanswered
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


Known = Mapping[tuple[str, str], tuple[Plan, tuple[Document, ...]]]


def _scanned(
    prepared: Prepared, tree: Tree, mapper: Map, memory: Memory | None, known: Known | None
) -> list[tuple[Document, ...]]:
    """The documents of a corpus, file by file; those that are known or remembered need not be read.

    With files beside them, all are read. `known` are documents that were scanned before, by path and blob, with the
    plan that they were scanned by.
    """
    reading = partial(read_documents, prepared.plan, tree, sidecars=prepared.sidecars)
    fresh = partial(_read_all, reading, prepared, tree, mapper)
    if prepared.plan.reads_sidecars or prepared.sidecars:
        return list(fresh(prepared.documents))
    if known is not None:
        ready = _ready(prepared, tree, known)
        others = iter(fresh(path for path in prepared.documents if path not in ready))
        return [ready[path] if path in ready else next(others) for path in prepared.documents]
    if memory is None:
        return list(fresh(prepared.documents))
    return memory.documents(prepared.plan, tree, prepared.documents, fresh)


def _read_all(
    reading: Callable[[str], Any], prepared: Prepared, tree: Tree, mapper: Map, paths: Iterable[str]
) -> Iterable[Any]:
    paths = tuple(paths)
    tree.expect(name for path in paths for name in (path, *prepared.sidecars.get(path, ())))
    return mapper(reading, paths)


def _rest(prepared: Prepared, tree: Tree, mapper: Map, memory: Memory | None) -> Rest | None:
    """What is left of a corpus without the pairs in accord; `None` where none may be left out."""
    plan, contract, index, reading = prepared.plan, prepared.contract, prepared.manifest, prepared.reading
    if prepared.rows is None or index is None or reading is None:
        return None
    chosen = frozenset(prepared.documents)
    rows = prepared.rows.only(chosen)
    if rows is not prepared.rows:
        index = reading(rows.spans(rows.starts))
    read = partial(read_documents, plan, tree)
    treaty = negotiate(contract, plan, index, rows, read) if rows.starts else None
    if treaty is None:
        return None
    reader = Reader(plan, tree, rows, treaty, read)
    fresh = partial(_read_all, reader, prepared, tree, mapper)
    found = (
        fresh(prepared.documents) if memory is None
        else memory.documents(plan, tree, prepared.documents, fresh, reader.beside())
    )  # fmt: skip
    by_path = dict(zip(prepared.documents, found, strict=True))
    return settle(contract, plan, index, rows, by_path, treaty, read, reading, prepared.universe.follow)


def build(
    prepared: Prepared, tree: Tree, mapper: Map = map, memory: Memory | None = None, known: Known | None = None
) -> Corpus:
    """Scan the documents of a corpus and join them with its entries; pairs in accord are left out, if they may be."""
    contract, plan = prepared.contract, prepared.plan
    if prepared.missing:
        corpus = join(contract, plan, None, (), prepared.universe.follow)
        return corpus._replace(path=contract.path, missing=not prepared.unreadable, remaining=prepared.remaining)
    rest = _rest(prepared, tree, mapper, memory)
    if rest is None:
        index = prepared.manifest if prepared.rows is None or prepared.reading is None else prepared.reading(())
        scanned = _scanned(prepared, tree, mapper, memory, known)
        rest = Rest(index, dict(zip(prepared.documents, scanned, strict=True)), Accord())
    documents = tuple(document for found in rest.documents.values() for document in found)
    absent = {path for path, found in rest.documents.items() if not found}

    def follow(target: str) -> Target:
        found = prepared.universe.follow(target)
        return found._replace(kind="missing") if found.path in absent else found

    corpus = join(contract, plan, rest.manifest, documents, follow, rest.accord)
    corpus = corpus._replace(orphans=prepared.orphans, waivers=prepared.waivers)
    silent = unanswered(corpus, partial(_header_keys, plan, tree))
    return corpus._replace(unmatched=(*prepared.unmatched, *_unmatched_ignores(corpus), *silent))


def _header_keys(plan: Plan, tree: Tree, path: str) -> tuple[str, ...]:
    if plan.delimiters.several:
        return ()  # Each of the documents in the file has a header of its own.
    try:
        return header_keys(plan, tree.read(path, plan.limits.whole))
    except ReadError:
        return ()


def _ready(prepared: Prepared, tree: Tree, known: Known) -> dict[str, tuple[Document, ...]]:
    """The documents that need no scan, because they were scanned by the same plan from the same blob."""
    found: dict[str, tuple[Document, ...]] = {}
    blobs = tree.blobs()
    for path in prepared.documents:
        plan, documents = known.get((path, blobs.get(path, "")), (None, ()))
        if documents and plan == prepared.plan:
            found[path] = documents
    return found


def _unmatched_ignores(corpus: Corpus) -> Iterator[tuple[Place, str]]:
    """Ignores for a document that this corpus knows neither by a path nor by an ID, on either side."""
    contract = corpus.contract
    if all(ignore.document is None for ignore in contract.ignore):
        return
    prefix = f"{contract.folder}/" if contract.folder else ""
    paths = {inside(prefix, document.path) for document in corpus.documents}
    paths |= {inside(prefix, pair.target) for pair in corpus.pairs}
    paths |= {inside(prefix, path) for path in corpus.accord.ids}
    paths.discard(None)
    names = {claim.value for document in corpus.documents for claim in document.ids}
    names |= {pair.id for pair in corpus.pairs if pair.id is not None}
    names.update(corpus.accord.ids.values())
    for ignore in contract.ignore:
        wanted = ignore.document
        if wanted is None or wanted in names or literal(wanted) in paths:
            continue
        if literal(wanted) is not None or not any(path is not None and matches(wanted, path) for path in paths):
            yield ignore.place, f"{wanted!r} is neither a document nor an ID of this corpus"


def _unknown_rules(corpus: Corpus, known: Sequence[Rule]) -> Iterator[tuple[Place, str]]:
    """Ignores, comments and severities for a rule that there is not."""
    contract, path = corpus.contract, corpus.path or ""
    named = [(ignore.rule, ignore.place) for ignore in contract.ignore]
    named += [(rule, Place(path, waiver.span)) for waiver in corpus.waivers for rule in waiver.rules]
    named += [
        (rule, Place(document.path, waiver.span))
        for document in corpus.documents for waiver in document.waivers for rule in waiver.rules
    ]  # fmt: skip
    named += [(selector, contract.place("severity", selector)) for selector, _ in contract.severity]
    for selector, place in named:
        if not any(names_rule(selector, rule.code, rule.name) for rule in known):
            near = nearest(selector, [word for rule in known for word in (rule.code, rule.name)])
            yield place, f"{selector!r} is no rule{f'; did you mean {near!r}?' if near else ''}"


class Measure(NamedTuple):
    """What the findings of a run are held against.

    `known` are all the rules there are; `old` the fingerprints of the findings that do not count because another
    revision has them (`None`: all count); `is_whole` says that every corpus of the project is checked.
    """

    known: tuple[Rule, ...] = ()
    baseline: Baseline | None = None
    old: frozenset[str] | None = None
    is_whole: bool = True


_PLAIN = Measure()


class Judgement(NamedTuple):
    """The findings of a run, sorted; those of them that a baseline may hold; whether the run could do its job."""

    findings: tuple[Finding, ...]
    suppressed: int
    failed: bool
    acceptable: tuple[Finding, ...] = ()


def judge(
    project: Project, rules: Sequence[Rule], settings: Settings, tree: Tree, measure: Measure = _PLAIN
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
        self.placing = _Placing(tree)
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

    def _keep_of_project(self, rule: Rule, found: Iterable[Finding]) -> None:
        by_path: dict[str, list[Finding]] = {}
        for finding in found:
            by_path.setdefault(finding.spot.path, []).append(finding)
        for path, there in by_path.items():
            contract = None if rule.fatal else _contract_at(self.project, path)
            severity = _severity(rule, contract)
            self._keep((finding._replace(severity=severity) for finding in there), contract)

    def _keep(self, findings: Iterable[Finding], contract: Contract | None, waivers: Waivers | None = None) -> None:
        verdict = suppress(findings, contract, self.today, waivers)
        self.findings += verdict.kept
        self.suppressed += verdict.suppressed
        self.verdicts.setdefault(id(contract), []).append(verdict)

    def conclude(self) -> Judgement:
        """Hold the findings against the baseline and the other revision, and say what the rules of the end find."""
        told = tuple(_told_apart(self.findings))
        fatal = frozenset(rule.code for rule in self.rules if rule.fatal)
        verdict = accept(told, self.measure.baseline, fatal)
        old = self.measure.old or frozenset()
        self.findings = [item for item in verdict.kept if item.fingerprint not in old or item.code in fatal]
        self.suppressed += len(told) - len(self.findings)
        aftermath = self._aftermath(verdict.stale)
        for rule in self.rules:
            if rule.subject is Aftermath:
                self._keep_of_project(rule, _run(rule, aftermath, self.placing, self.crashes))
        findings = tuple(_told_apart(self.findings))
        acceptable = tuple(item for item in told if item.code not in fatal)
        return Judgement(findings, self.suppressed, self.failed or bool(self.crashes), acceptable)

    def _aftermath(self, stale: Iterable[Accepted]) -> Aftermath:
        """What there is to say at the end. Where the run could not do its job, nothing is known to be unused."""
        ran = frozenset(rule.code for rule in self.rules)
        late = frozenset(rule.code for rule in self.measure.known or self.rules if rule.subject is Aftermath)
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


def _waived(corpus: Corpus, placing: _Placing) -> Iterator[Waived]:
    """The comments of a corpus with what they stand on. One outside tables and lists is text about comments."""
    index = corpus.manifest
    positions = placing.positions(index.path, corpus) if index and corpus.waivers else None
    if index is not None and positions is not None:
        starts = [pair.entry.span.start for pair in corpus.pairs]
        for waiver in corpus.waivers:
            place, line = Place(index.path, waiver.span), positions.at(waiver.span.start)[0]
            pair = corpus.pairs[max(bisect_right(starts, waiver.span.start) - 1, 0)] if starts else None
            first, last = (positions.at(offset)[0] for offset in pair.entry.span) if pair else (1, 0)
            if pair is not None and first <= line <= last:
                path = pair.document.path if pair.document else pair.target
                yield Waived(waiver, place, path, (first, last))
            elif any(block.span.start <= waiver.span.start < block.span.end for block in index.blocks):
                yield Waived(waiver, place, stray=True)
    for document in corpus.documents:
        for waiver in document.waivers:
            yield Waived(waiver, Place(document.path, waiver.span), document.path)


def _contract_at(project: Project, path: str) -> Contract | None:
    """The contract that a file states, if it states just one: then its ignores and severities hold for the file."""
    stating = [
        corpus.contract
        for corpus in project.corpora
        if path in {place.path for place in corpus.contract.places.values()}
    ]
    return stating[0] if len(stating) == 1 else None


def _run(rule: Rule, subject: Corpus | Project | Aftermath, placing: _Placing, crashes: list[Crash]) -> list[Finding]:
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
        related = tuple(RelatedSpot(self._spot(item.place, corpus), abridged(item.message)) for item in problem.related)
        return Finding(
            rule.code, rule.name, severity, abridged(problem.message), index, problem.document, problem.id,
            problem.field, problem.values, self._spot(problem.at, corpus), related, abridged(problem.advice),
            _fingerprint(rule, problem, index),
        )  # fmt: skip

    def _spot(self, place: Place, corpus: Corpus | None) -> Spot:
        positions = None if place.span is None else self.positions(place.path, corpus)
        if place.span is None or positions is None:
            return Spot(place.path)
        size = positions.size
        line, column = positions.at(min(place.span.start, size))
        end_line, end_column = positions.at(min(max(place.span.end, place.span.start), size))
        return Spot(place.path, line, column, end_line, end_column, positions.line(line))

    def positions(self, path: str, corpus: Corpus | None) -> Positions | StreamedPositions | None:
        """The lines of a file; `None` where it cannot be read."""
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
    stated = [
        frozenset(claim.value for document in corpus.documents for claim in document.ids).union(
            corpus.accord.ids.values()
        )
        for corpus in corpora
    ]
    return tuple(
        corpus._replace(neighbours=frozenset().union(*stated[:number], *stated[number + 1 :]))
        if corpus.contract.references
        else corpus
        for number, corpus in enumerate(corpora)
    )


class Outcome(NamedTuple):
    """What a run gave: the corpora, for `show`, the report, and the findings that a baseline may hold."""

    corpora: tuple[Corpus, ...]
    report: Report
    acceptable: tuple[Finding, ...] = ()


def run(
    prepared: Sequence[Prepared],
    tree: Tree,
    config: Config,
    rules: Sequence[Rule],
    settings: Settings,
    version: str,
    mapper: Map = map,
    known: Sequence[Rule] = (),
    memory: Memory | None = None,
    measure: Measure = _PLAIN,
    base: Base | None = None,
    *,
    new_only: bool = False,
) -> Outcome:
    """Check corpora with `rules`, which may be a choice from the `known` ones; `memory` knows what earlier runs read.

    With a `base`, what it says of IDs counts; with `new_only`, only findings that it does not have.
    The report's `seconds` is 0: whoever holds a clock fills it in.
    """
    known = known or rules
    measure = measure._replace(known=tuple(known))
    corpora = _acquainted([build(item, tree, mapper, memory) for item in prepared])
    if base is not None:
        there = _built_there(base, prepared, corpora, tree)
        corpora = tuple(_with_past(corpus, there, base, tree) for corpus in corpora)
        if new_only:
            project = _project(there, base.config, base.tree, known)
            judged = judge(project, rules, settings, base.tree, Measure(tuple(known)))
            measure = measure._replace(old=frozenset(finding.fingerprint for finding in judged.findings))
    judged = judge(_project(corpora, config, tree, known), rules, settings, tree, measure)
    documents = sum(corpus.document_count for corpus in corpora)
    report = Report(
        version=version,
        corpora=len(corpora),
        entries=sum(corpus.entry_count for corpus in corpora),
        documents=documents,
        rules=len(rules),
        seconds=0.0,
        findings=judged.findings,
        suppressed=judged.suppressed,
        failed=judged.failed or documents == 0,
    )
    return Outcome(corpora, report, judged.acceptable)


def _project(corpora: tuple[Corpus, ...], config: Config, tree: Tree, known: Sequence[Rule]) -> Project:
    strays = [stray for corpus in corpora for stray in _unknown_rules(corpus, known)]
    unmatched = tuple(
        (config.statement.place(("exclude", number)), f"the glob {glob!r} in `exclude` matches nothing")
        for number, glob in enumerate(config.exclude)
        if config.statement is not None and not any(_matches(glob, path) for path in tree.files())
    )
    return Project(corpora, config.faults, (*unmatched, *strays))


def _built_there(base: Base, prepared: Sequence[Prepared], corpora: Sequence[Corpus], tree: Tree) -> tuple[Corpus, ...]:
    """The corpora of the other revision. Documents that are the same there are not scanned a second time."""
    blobs = tree.blobs()
    known = {
        (path, blobs[path]): (item.plan, tuple(documents))
        for item, corpus in zip(prepared, corpora, strict=True)
        for path, documents in groupby(corpus.documents, lambda document: document.path)
        if path in blobs
    }
    return _acquainted([build(item, base.tree, known=known) for item in base.prepared])


def _with_past(corpus: Corpus, there: Sequence[Corpus], base: Base, tree: Tree) -> Corpus:
    """A corpus with what the other revision says of it, where it is there too."""
    place = (corpus.contract.path, corpus.contract.folder, corpus.contract.documents if not corpus.path else None)
    for other in there:
        contract = other.contract
        if (contract.path, contract.folder, contract.documents if not other.path else None) == place:
            return corpus._replace(past=past_of(corpus, other, base.name, Kinship(base.tree, tree, base.before)))
    return corpus


def _matches(glob: str, path: str) -> bool:
    return matches(glob.removeprefix("!"), path)
