"""Which findings are shown: rules selected by code, prefix or name, the contract's ignores, comments that accept."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from validator.contract import Contract, Ignore
from validator.findings import Finding
from validator.globs import literal, matches
from validator.model import Place, Waiver


class Waived(NamedTuple):
    """A comment that accepts findings, with what it stands on: a document, and in an index a stretch of lines.

    One that is `stray` stands in an index and on none of its rows and items. A misspelt one stands on nothing.
    """

    waiver: Waiver
    place: Place
    document: str | None = None
    lines: tuple[int, int] | None = None
    stray: bool = False

    def idle(self) -> str:
        """Why it silences nothing whatever is found; empty where it can."""
        if self.waiver.is_misspelt:
            return "it is not written as one that does"
        if self.stray:
            return "it stands on no entry"
        if not self.waiver.reason:
            return "it states no reason"
        if self.waiver.until is not None and not _is_day(self.waiver.until):
            return f"there is no day {self.waiver.until}"
        return ""

    def advice(self) -> str:
        """What to do with one that silences nothing whatever is found."""
        if not self.waiver.is_misspelt:
            return (
                "put it on the row or item that it is about, or remove it" if self.stray else "correct it, or remove it"
            )
        if self.stray:
            return "write `<!-- indexlint: ignore=CODE reason -->` on the row or item that it is about, or remove it"
        return "write `# indexlint: ignore=CODE reason`, or remove it"

    def is_over(self, today: str) -> bool:
        """Whether its last day has passed."""
        return self.waiver.until is not None and self.waiver.until < today


Key = tuple[Waived, str]


class Waivers(NamedTuple):
    """The comments of a corpus by what they hold for: a line of the index or a document, then the code of a rule."""

    index_path: str | None
    by_line: Mapping[int, Mapping[str, Key]]
    by_document: Mapping[str, Mapping[str, Key]]

    def hit(self, finding: Finding) -> Key | None:
        """The comment that accepts a finding, and the word of it that does."""
        line = self.by_line.get(finding.spot.line or 0) if finding.spot.path == self.index_path else None
        for found in (line, self.by_document.get(finding.document or finding.spot.path)):
            if found and finding.code in found:
                return found[finding.code]
        return None


class Verdict(NamedTuple):
    """The findings that stay, how many were silenced, and which ignores and comments silenced something."""

    kept: tuple[Finding, ...]
    suppressed: int
    used: frozenset[Ignore]
    waived: frozenset[Key] = frozenset()


def names_rule(selector: str, code: str, name: str) -> bool:
    """Whether a selector (`MT108`, `MT`, `field-mismatch`, `ALL`) means this rule. Case does not matter."""
    folded = selector.casefold()
    return folded == "all" or code.casefold().startswith(folded) or folded == name.casefold()


@lru_cache(maxsize=4096)
def named_codes(selector: str, known: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The codes of the rules that a selector means, of those `known` by code and name."""
    return frozenset(code for code, name in known if names_rule(selector, code, name))


def arrange(
    waived: Sequence[Waived], index: str | None, known: tuple[tuple[str, str], ...], today: str
) -> Waivers | None:
    """Make comments quick to find. Of several that accept the same the first counts; those that cannot hold do not."""
    lines: dict[int, dict[str, Key]] = {}
    documents: dict[str, dict[str, Key]] = {}
    for item in waived:
        if item.idle() or item.is_over(today):
            continue
        tables = [documents.setdefault(item.document, {})] if item.document is not None else []
        if item.lines is not None:
            # All lines of an item share one table, so that a long item with many comments costs no more.
            shared = lines.get(item.lines[0], {})
            lines.update((line, shared) for line in range(item.lines[0], item.lines[1] + 1) if line not in lines)
            tables.append(shared)
        for selector in item.waiver.rules:
            for code in named_codes(selector, known):
                for table in tables:
                    table.setdefault(code, (item, selector))
    return Waivers(index, lines, documents) if lines or documents else None


class _Ignores:
    """The ignores of a contract that hold today. Those of one document are found by its name, others one by one."""

    def __init__(self, contract: Contract, today: str) -> None:
        self.prefix = f"{contract.folder}/" if contract.folder else ""
        self.named: dict[str, list[Ignore]] = {}
        self.others: list[Ignore] = []
        for ignore in contract.ignore:
            if ignore.until is None or ignore.until >= today:
                path = None if ignore.document is None else literal(ignore.document)
                for name in {path, ignore.document} if path is not None else ():
                    self.named.setdefault(str(name), []).append(ignore)
                self.others += [] if path is not None else [ignore]

    def hits(self, finding: Finding) -> list[Ignore]:
        """Those that silence a finding."""
        path = inside(self.prefix, finding.document)
        of_document = {*self.named.get(finding.id or "", ()), *self.named.get(path or "", ())}
        candidates = (*of_document, *(ignore for ignore in self.others if _covers(ignore, path, finding.id)))
        return [ignore for ignore in candidates if names_rule(ignore.rule, finding.code, finding.name)]


def _covers(ignore: Ignore, path: str | None, identity: str | None) -> bool:
    wanted = ignore.document
    return wanted is None or wanted == identity or (path is not None and matches(wanted, path))


def inside(prefix: str, path: str | None) -> str | None:
    """A path below the folder of the index, as a glob of its contract would have it; `None` for any other."""
    return path.removeprefix(prefix) if path is not None and path.startswith(prefix) else None


def suppress(
    findings: Iterable[Finding], contract: Contract | None, today: str, waivers: Waivers | None = None
) -> Verdict:
    """Take away what the contract's ignores and the comments name; without either, nothing."""
    if contract is None or not (contract.ignore or waivers):
        return Verdict(tuple(findings), 0, frozenset())
    ignores = _Ignores(contract, today)
    kept: list[Finding] = []
    used: set[Ignore] = set()
    waived: set[Key] = set()
    count = 0
    for finding in findings:
        hits = ignores.hits(finding)
        comment = waivers.hit(finding) if waivers else None
        used.update(hits)
        waived.update([comment] if comment else [])
        if hits or comment:
            count += 1
        else:
            kept.append(finding)
    return Verdict(tuple(kept), count, frozenset(used), frozenset(waived))


class Remark(NamedTuple):
    """Something to say of a suppression: where it stands, what is the matter, what to do."""

    place: Place
    words: str
    advice: str = "remove it"


class Remarks(NamedTuple):
    """What is to say of the suppressions of a run: those that silence nothing, and those whose last day has passed."""

    unused: tuple[Remark, ...] = ()
    expired: tuple[Remark, ...] = ()


class Judged(NamedTuple):
    """What suppressions are measured by: all rules by code and name, the codes that ran, and those out of their reach.

    `late` rules judge suppressions themselves, or say that the run could not do its job. A suppression is unused only
    if everything that it names has run. Those at the places in `said` were faulted before.
    """

    known: tuple[tuple[str, str], ...]
    ran: frozenset[str]
    late: frozenset[str]
    said: frozenset[Place]
    today: str

    def is_judged(self, selector: str) -> bool:
        """Whether everything that a selector names has run, and some of it is in reach."""
        codes = named_codes(selector, self.known)
        return bool(codes - self.late) and codes <= self.ran


def remarks(contract: Contract, waived: Sequence[Waived], verdicts: Sequence[Verdict], judged: Judged) -> Remarks:
    """What is to say of the suppressions of one corpus, after all its findings are judged."""
    used = {ignore for verdict in verdicts for ignore in verdict.used}
    met = {key for verdict in verdicts for key in verdict.waived}
    unused: list[Remark] = []
    expired: list[Remark] = []
    for ignore in contract.ignore:
        if ignore.until is not None and _is_day(ignore.until) and ignore.until < judged.today:
            expired.append(_over(ignore.rule, ignore.until, ignore.place))
        elif ignore not in used and ignore.place not in judged.said and judged.is_judged(ignore.rule):
            of = f" of {ignore.document!r}" if ignore.document is not None else ""
            unused.append(Remark(ignore.place, f"there is no {ignore.rule}{of} to ignore"))
    for item in waived:
        idle, until = item.idle(), item.waiver.until
        if idle:
            unused.append(Remark(item.place, f"this comment silences nothing: {idle}", item.advice()))
        elif until is not None and item.is_over(judged.today):
            expired.append(_over(", ".join(item.waiver.rules), until, item.place))
        else:
            free = [word for word in item.waiver.rules if (item, word) not in met and judged.is_judged(word)]
            unused += [Remark(item.place, f"there is no {word} here to ignore") for word in free]
    return Remarks(tuple(unused), tuple(expired))


def _over(rule: str, until: str, place: Place) -> Remark:
    return Remark(place, f"this ignore of {rule} held until {until}; what it silenced is back")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-01-31")
