"""What rules yield and what reports show: problems, findings, edits, the report."""

from enum import StrEnum
from typing import NamedTuple

from validator.model import Place


class Severity(StrEnum):
    """How grave a finding is; `--fail-on` draws the line between passing and failing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return (Severity.ERROR, Severity.WARNING, Severity.NOTE).index(self)


class Related(NamedTuple):
    """Another place that a problem is about, and what stands there."""

    place: Place
    message: str


class Values(NamedTuple):
    """What the two sides state, as far as there are two sides."""

    of_index: str | None = None
    of_document: str | None = None


class Problem(NamedTuple):
    """What a rule yields: the place to edit, one sentence, the places it disagrees with. No code and no severity.

    `said_by` names a rule: where its finding on the same document is shown, this one has the same cause and is not.
    """

    at: Place
    message: str
    related: tuple[Related, ...] = ()
    document: str | None = None
    id: str | None = None
    field: str | None = None
    values: Values | None = None
    advice: str = ""
    said_by: str = ""


class Edit(NamedTuple):
    """Replace the bytes from `start` to `end` (exclusive, counted from 0) of `path` with `text`."""

    path: str
    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """The edits that mend a finding; `safe` where nothing is guessed."""

    safe: bool
    edits: tuple[Edit, ...]


class Spot(NamedTuple):
    """A place as people read it: line and column from 1, in characters; the end is exclusive."""

    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    excerpt: str = ""


class RelatedSpot(NamedTuple):
    """A related place as people read it."""

    spot: Spot
    message: str


class Finding(NamedTuple):
    """One fault, complete: what every report format is made from."""

    code: str
    name: str
    severity: Severity
    message: str
    index_path: str | None
    document: str | None
    id: str | None
    field: str | None
    values: Values | None
    spot: Spot
    related: tuple[RelatedSpot, ...]
    advice: str
    fingerprint: str
    fix: Fix | None = None
    said_by: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str, str, str]:
        """Reports are sorted by path, line, column and code; the rest makes the order complete."""
        at = self.spot
        return (at.path, at.line or 0, at.column or 0, self.code, self.field or "", self.document or "", self.message)


class Report(NamedTuple):
    """Everything one run found and did."""

    version: str
    corpora: int
    entries: int
    documents: int
    rules: int
    seconds: float
    findings: tuple[Finding, ...]
    suppressed: int
    notices: tuple[str, ...] = ()
    failed: bool = False

    def tally(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)


def summed_up(report: Report) -> str:
    """What a run did, in one line."""
    counts = ", ".join(
        counted(number, one, many)
        for number, one, many in (
            (report.corpora, "index", "indexes"),
            (report.entries, "entry", "entries"),
            (report.documents, "document", "documents"),
        )
    )
    return f"checked {counts} with {counted(report.rules, 'rule', 'rules')} in {report.seconds:.2f} s"


def counted(number: int, one: str, many: str) -> str:
    """A number of things, in words."""
    return f"{number:,} {one if number == 1 else many}"
