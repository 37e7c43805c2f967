"""JUnit's XML: a suite for each rule, in it a failed test for each finding, or one test that passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.findings import Finding, Report, Severity
from validator.reporters.concise import where
from validator.reporters.quote import as_xml
from validator.rules.rule import Rule


def render(report: Report, rules: Sequence[Rule]) -> Iterator[str]:
    """The document. Errors and warnings fail, a note passes; what kept the run from its job is an error of JUnit's."""
    suites: dict[tuple[str, str], list[Finding]] = {(rule.code, rule.name): [] for rule in rules}
    for finding in report.findings:
        suites.setdefault((finding.code, finding.name), []).append(finding)
    fatal = frozenset(rule.code for rule in rules if rule.fatal)
    tests = sum(max(1, len(findings)) for findings in suites.values())
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    counts = _counts(report.findings, fatal, tests)
    yield f'<testsuites name="indexlint" {counts} time="{report.seconds:.3f}">\n'
    for (code, name), findings in suites.items():
        counts = _counts(findings, fatal, max(1, len(findings)))
        yield f' <testsuite name="{code} {as_xml(name)}" {counts}>\n'
        if not findings:
            yield f'  <testcase classname="{code}" name="{as_xml(name)}"/>\n'
        for finding in findings:
            yield from _test(finding, _outcome(finding, fatal))
        yield " </testsuite>\n"
    yield "</testsuites>\n"


def _counts(findings: Sequence[Finding], fatal: frozenset[str], tests: int) -> str:
    outcomes = [_outcome(finding, fatal) for finding in findings]
    return f'tests="{tests}" failures="{outcomes.count("failure")}" errors="{outcomes.count("error")}"'


def _outcome(finding: Finding, fatal: frozenset[str]) -> str:
    """The element that says how a finding's test went."""
    if finding.code in fatal:
        return "error"
    return "system-out" if finding.severity is Severity.NOTE else "failure"


def _test(finding: Finding, outcome: str) -> Iterator[str]:
    """A test. Its name holds no line number, so that it stays the same test while the fault stays."""
    yield f'  <testcase classname="{finding.code}" name="{as_xml(_name(finding))}">\n'
    about = "" if outcome == "system-out" else f' type="{finding.severity}" message="{as_xml(finding.message)}"'
    # No line begins with what a document is called or says: a log would take `::error::` there for a command.
    lines = [f"--> {where(finding.spot)}: {finding.message}"]
    lines += [f"--> {where(related.spot)}: {related.message}" for related in finding.related]
    lines += [f"help: {finding.advice}"] if finding.advice else []
    yield f"   <{outcome}{about}>{chr(10).join(map(as_xml, lines))}</{outcome}>\n"
    yield "  </testcase>\n"


def _name(finding: Finding) -> str:
    """What tells one finding from others: two documents may have the same fault, and CI takes equal names for one.

    Of several documents in one file the ID tells which it is.
    """
    path, message, document, own = finding.spot.path, finding.message, finding.document, finding.id
    is_named = document is None or document == path or document in message
    is_told = own is None or own in f"{document or path} {message}"
    about = ", ".join(str(word) for word, is_known in ((document, is_named), (own, is_told)) if not is_known)
    return f"{path}: {message} ({about})" if about else f"{path}: {message}"
