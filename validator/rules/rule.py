"""What a rule is: a generator in a frozen value, its docstring the page that explains it."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from validator.baseline import Accepted
from validator.contract import ContractFault
from validator.corpus import Corpus, Found
from validator.findings import Problem, Related, Severity, Values
from validator.model import Place
from validator.suppress import Remark

Check = Callable[..., Iterator[Problem]]


class Crash(NamedTuple):
    """A rule that raised an exception, with the file that it was looking at."""

    place: Place
    message: str


class Project(NamedTuple):
    """What a run is about: its corpora, and what is wrong with the configuration file."""

    corpora: tuple[Corpus, ...]
    faults: tuple[ContractFault, ...] = ()
    unmatched: tuple[tuple[Place, str], ...] = ()
    crashes: tuple[Crash, ...] = ()

    def contract_faults(self, kind: str) -> Iterator[ContractFault]:
        """The faults of this kind in the configuration file and in the contracts."""
        seen: set[ContractFault] = set()
        for fault in (*self.faults, *(fault for corpus in self.corpora for fault in corpus.contract.faults)):
            if fault.kind == kind and fault not in seen:
                seen.add(fault)
                yield fault


class Aftermath(NamedTuple):
    """What can be said only when all other rules have spoken: of suppressions, and of entries of the baseline."""

    unused: tuple[Remark, ...] = ()
    expired: tuple[Remark, ...] = ()
    stale: tuple[Accepted, ...] = ()


class Rule(NamedTuple):
    """One rule. `subject` is what `check` takes (`Corpus`, `Project`, `Aftermath`); `page` is its docstring.

    `fatal` rules say that the run could not do its job.
    """

    code: str
    name: str
    severity: Severity
    subject: Any
    since: str
    page: str
    check: Check
    fatal: bool = False

    @property
    def summary(self) -> str:
        """The first line of its page."""
        return self.page.strip().splitlines()[0]


def rule(
    subject: type[Corpus | Project | Aftermath], code: str, *, since: str, fatal: bool = False
) -> Callable[[Check], Rule]:
    """Make a rule of a generator function. The function's name is the rule's, its docstring the rule's page."""

    def make(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        return Rule(code, name, Severity.ERROR, subject, since, check.__doc__ or "", check, fatal)

    return make


def errors(*rules: Rule) -> tuple[Rule, ...]:
    """These rules as errors."""
    return tuple(rule._replace(severity=Severity.ERROR) for rule in rules)


def warnings(*rules: Rule) -> tuple[Rule, ...]:
    """These rules as warnings."""
    return tuple(rule._replace(severity=Severity.WARNING) for rule in rules)


def problem(
    corpus: Corpus,
    found: Found,
    message: str,
    *,
    advice: str = "",
    field: str | None = None,
    values: Values | None = None,
    related: tuple[Related, ...] = (),
) -> Problem:
    """The problem of a fault, at its place."""
    document = found.document
    return Problem(
        found.place, message, related,
        document=document.path if document else None,
        id=corpus.id_of(document) if document else None,
        field=field, values=values, advice=advice,
    )  # fmt: skip
