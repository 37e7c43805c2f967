"""The baseline: findings that were there when it was written, and are accepted. One a line, sorted, no line numbers.

So two branches that change it merge like any text, and a document that grows does not change it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from validator.findings import Finding
from validator.model import Place, Span

_HEAD = (
    "# Findings that indexlint accepts, sorted; `indexlint check --baseline FILE --write-baseline` writes them anew.\n"
)
_WIDTH = 5


class BaselineError(Exception):
    """The file is no baseline; the message says where and why."""


class Accepted(NamedTuple):
    """One entry: the rule, the index it is about (empty where it is about none), and where the entry stands."""

    code: str
    index_path: str
    place: Place


class Baseline(NamedTuple):
    """The accepted findings by their fingerprints."""

    path: str
    entries: Mapping[str, Accepted]


def read_baseline(path: str, data: bytes) -> Baseline:
    """Read a baseline. Empty lines and lines that begin with `#` say nothing.

    Raises:
        BaselineError: a line is no entry.
    """
    entries: dict[str, Accepted] = {}
    start = 0
    for number, line in enumerate(data.split(b"\n"), 1):
        text = line.strip()
        if text and not text.startswith(b"#"):
            index, code, fingerprint = _entry(path, number, text)
            entries[fingerprint] = Accepted(code, index, Place(path, Span(start, start + len(line.rstrip()))))
        start += len(line) + 1
    return Baseline(path, entries)


def _entry(path: str, number: int, text: bytes) -> tuple[str, str, str]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, list) or len(value) != _WIDTH or not all(isinstance(item, str) for item in value):
        raise BaselineError(f"{path}:{number}: this is no entry of a baseline (a merge conflict? write it anew)")
    index, code, _, _, fingerprint = value
    return index, code, fingerprint


def render(findings: Iterable[Finding]) -> Iterator[str]:
    """The text of a baseline of these findings: index, code, ID or path, field, fingerprint."""
    yield _HEAD
    yield from sorted({_line(finding) for finding in findings})


def _line(finding: Finding) -> str:
    subject = finding.id or finding.document or finding.spot.path
    fields = (finding.index_path or "", finding.code, subject, finding.field or "", finding.fingerprint)
    return json.dumps(fields) + "\n"


class Verdict(NamedTuple):
    """The findings that stay, how many were accepted, and the entries that no finding needed."""

    kept: tuple[Finding, ...]
    suppressed: int
    stale: tuple[Accepted, ...]


def accept(findings: Iterable[Finding], baseline: Baseline | None, spared: frozenset[str]) -> Verdict:
    """Take away what the baseline has; of the codes in `spared` nothing."""
    entries: Mapping[str, Accepted] = baseline.entries if baseline else {}
    kept = []
    met: set[str] = set()
    for finding in findings:
        if finding.fingerprint in entries and finding.code not in spared:
            met.add(finding.fingerprint)
        else:
            kept.append(finding)
    stale = tuple(entry for fingerprint, entry in entries.items() if fingerprint not in met)
    return Verdict(tuple(kept), len(met), stale)
