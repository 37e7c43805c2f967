"""Scan each document, join, judge, report. It takes any map that keeps order, and knows no rule by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.accord.rows import Rest
from validator.cache import Documents, Memory
from validator.corpus import Corpus
from validator.discover import Prepared
from validator.findings import Finding, Report
from validator.globs import matches
from validator.header import Beside
from validator.join import join
from validator.judging import PLAIN, Measure, judge
from validator.model import Accord, Document, Fault, Place
from validator.rules.rule import Project, Rule
from validator.scan import Plan, header_keys, scan, unread
from validator.schema import nearest
from validator.settings import Config, Settings
from validator.suppress import names_rule
from validator.tree import ReadError, Tree, in_pieces
from validator.unanswered import unanswered
from validator.universe import Target
from validator.unmatched import unmatched

if TYPE_CHECKING:
    from validator.revision import Base

Map = Callable[[Callable[[str], tuple[Document, ...]], Iterable[str]], Iterable[tuple[Document, ...]]]


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
            from validator.scan.several import scan_several  # noqa: PLC0415 - few files hold several documents

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
    found = memory.documents(prepared.plan, tree, prepared.documents, fresh, Documents).found
    return [found[path] for path in prepared.documents]


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
    from validator.accord.reading import Reader  # noqa: PLC0415 - only where rows may be left out
    from validator.accord.settling import settle  # noqa: PLC0415 - as above
    from validator.accord.standing import Standing  # noqa: PLC0415 - as above
    from validator.accord.treaty import negotiate  # noqa: PLC0415 - as above

    chosen = frozenset(prepared.documents)
    rows = prepared.rows.only(chosen)
    if rows is not prepared.rows:
        index = reading(rows.spans())
    read = partial(read_documents, plan, tree)
    treaty = negotiate(contract, plan, index, rows, read) if rows.starts else None
    if treaty is None:
        return None
    reader = Reader(plan, tree, rows, treaty, read)

    def fresh(paths: Sequence[str]) -> Iterable[Any]:
        return _read_all(reader.ready_for(len(paths)), prepared, tree, mapper, paths)

    found = (
        Standing().joined(dict(zip(prepared.documents, fresh(prepared.documents), strict=True))) if memory is None
        else memory.documents(plan, tree, prepared.documents, fresh, Standing, reader.beside())
    )  # fmt: skip
    return settle(contract, plan, index, rows, found, treaty, read, reading, prepared.universe.follow)


def build(
    prepared: Prepared, tree: Tree, mapper: Map = map, memory: Memory | None = None, known: Known | None = None
) -> Corpus:
    """Scan the documents of a corpus and join them with its entries; pairs in accord are left out, if they may be."""
    contract, plan = prepared.contract, prepared.plan
    if prepared.missing:
        corpus = join(contract, plan, None, (), prepared.universe.follow, prepared.universe.moved)
        missing = not prepared.unreadable
        return corpus._replace(path=contract.path, missing=missing, remaining=prepared.remaining, meant=prepared.meant)
    if not contract.delimiters.judged:
        return _without_documents(prepared)
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

    corpus = join(contract, plan, rest.manifest, documents, follow, prepared.universe.moved, rest.accord)
    corpus = corpus._replace(orphans=prepared.orphans, waivers=prepared.waivers)
    silent = unanswered(corpus, partial(_header_keys, plan, tree))
    return corpus._replace(unmatched=(*prepared.unmatched, *unmatched(corpus), *silent))


def _without_documents(prepared: Prepared) -> Corpus:
    """A corpus of which nobody knows what in its files is a document: what is wrong with the index alone is left."""
    index = prepared.manifest if prepared.reading is None else prepared.reading(())
    index = None if index is None else index._replace(entries=())
    corpus = join(prepared.contract, prepared.plan, index, (), prepared.universe.follow, prepared.universe.moved)
    return corpus._replace(unmatched=prepared.unmatched, waivers=prepared.waivers)


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


def _unknown_rules(corpus: Corpus, known: Sequence[Rule]) -> Iterator[tuple[Place, str]]:
    """Ignores, comments and severities for a rule that there is not, or that they do not reach."""
    contract, path = corpus.contract, corpus.path or ""
    named = [(ignore.rule, ignore.place) for ignore in contract.ignore]
    named += [(rule, Place(path, waiver.span)) for waiver in corpus.waivers for rule in waiver.rules]
    named += [
        (rule, Place(document.path, waiver.span))
        for document in corpus.documents for waiver in document.waivers for rule in waiver.rules
    ]  # fmt: skip
    named += [(selector, contract.place("severity", selector)) for selector, _ in contract.severity]
    for selector, place in named:
        meant = [rule for rule in known if names_rule(selector, rule.code, rule.name)]
        if meant and all(rule.fatal for rule in meant):
            yield place, f"{selector} says that the run could not do its job, which nothing accepts or makes less grave"
        elif not meant:
            near = nearest(selector, [word for rule in known for word in (rule.code, rule.name)])
            yield place, f"{selector!r} is no rule{f'; did you mean {near!r}?' if near else ''}"


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
    measure: Measure = PLAIN,
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
            measure = measure._replace(old=frozenset(finding.fingerprint for finding in judged.acceptable))
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
    from validator.history import Kinship, past_of  # noqa: PLC0415 - few runs are compared with a revision

    place = (corpus.contract.path, corpus.contract.folder, corpus.contract.documents if not corpus.path else None)
    for other in there:
        contract = other.contract
        if (contract.path, contract.folder, contract.documents if not other.path else None) == place:
            return corpus._replace(past=past_of(corpus, other, base.name, Kinship(base.tree, tree, base.before)))
    return corpus


def _matches(glob: str, path: str) -> bool:
    return matches(glob.removeprefix("!"), path)
