"""From problems to findings: offsets become lines and columns, by reading the files once more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial

from validator.contract import Contract
from validator.corpus import Corpus
from validator.findings import Finding, Problem, RelatedSpot, Severity, Spot
from validator.model import Place
from validator.rules.rule import Rule
from validator.suppress import names_rule
from validator.text import Positions, StreamedPositions, abridged
from validator.tree import ReadError, Tree, in_pieces

_KEPT_FILES = 16


def told_apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings in their order; of those with one fingerprint, as two rows of a wrong width, each gets its own."""
    seen: dict[str, int] = {}
    for finding in sorted(findings, key=lambda finding: finding.order):
        number = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        yield finding if number == 1 else finding._replace(fingerprint=_hashed(finding.fingerprint, str(number)))


class Placing:
    """Turns problems into findings: places into lines and columns, by reading the files once more."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.files: dict[str, Positions | StreamedPositions | None] = {}

    def finding(self, rule: Rule, problem: Problem, corpus: Corpus | None) -> Finding:
        """The finding that a problem of a rule is; `corpus` is the one that it was found in, if in just one."""
        severity = severity_of(rule, corpus.contract if corpus else None)
        index = corpus.path if corpus else None
        related = tuple(RelatedSpot(self._spot(item.place, corpus), abridged(item.message)) for item in problem.related)
        return Finding(
            rule.code, rule.name, severity, abridged(problem.message), index, problem.document, problem.id,
            problem.field, problem.values, self._spot(problem.at, corpus), related, abridged(problem.advice),
            _fingerprint(rule, problem, index), said_by=problem.said_by,
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


def severity_of(rule: Rule, contract: Contract | None) -> Severity:
    """How much a rule's findings weigh: what the contract says of it, else what the rule does."""
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
