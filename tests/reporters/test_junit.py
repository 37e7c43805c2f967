"""The `junit` report: valid by the schema of Jenkins' xUnit plugin; a suite a rule, a test a finding."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from tests.reporters.conftest import FINDING, junit_schema, report, text_of
from validator.docs import page
from validator.findings import Finding, Severity, Spot
from validator.reporters.junit import render
from validator.rules import ALL, Rule

NOTE = FINDING._replace(severity=Severity.NOTE, advice="", related=())
FATAL = FINDING._replace(code="CF101", name="contract-error", spot=Spot("INDEX.md"))
STRANGE = FINDING._replace(code="XX101", name="of-no-rule")


def _parsed(*findings: Finding) -> ET.Element:
    text = text_of(render, *findings)
    junit_schema().validate(text)
    return ET.fromstring(text)  # noqa: S314 - our own


def test_a_rule_that_found_nothing_is_a_test_that_passed() -> None:
    root = _parsed()
    assert root.attrib == {
        "name": "indexlint", "tests": str(len(ALL)), "failures": "0", "errors": "0", "time": "0.250"
    }  # fmt: skip
    assert [suite.get("name") for suite in root] == [f"{rule.code} {rule.name}" for rule in ALL]
    assert {(len(suite), len(suite[0])) for suite in root} == {(1, 0)}


OUTCOMES = {
    "an error": (FINDING, "failure", "1", "0"),
    "a warning": (FINDING._replace(severity=Severity.WARNING), "failure", "1", "0"),
    "a note": (NOTE, "system-out", "0", "0"),
    "what kept the run from its job": (FATAL, "error", "0", "1"),
    "of a rule that did not run": (STRANGE, "failure", "1", "0"),
}


@pytest.mark.parametrize(("finding", "element", "failures", "errors"), OUTCOMES.values(), ids=OUTCOMES)
def test_a_finding_is_a_test_that_did_not_pass(finding: Finding, element: str, failures: str, errors: str) -> None:
    root = _parsed(finding)
    suite = next(suite for suite in root if suite.get("name") == f"{finding.code} {finding.name}")
    for node in (root, suite):
        assert (node.get("failures"), node.get("errors")) == (failures, errors)
    assert suite.get("tests") == "1"
    (test,) = suite
    assert test.get("classname") == finding.code
    assert test.get("name") == "INDEX.md: title: the index says 'A', the document says 'B' (b.md, 1)"
    assert [child.tag for child in test] == [element]


def test_a_failure_says_what_there_is_to_say() -> None:
    failure = next(_parsed(FINDING).iter("failure"))
    assert failure.attrib == {"type": "error", "message": "title: the index says 'A', the document says 'B'"}
    assert (failure.text or "").splitlines() == [
        "--> INDEX.md:3:4: title: the index says 'A', the document says 'B'",
        "--> b.md:1:3: the document says 'B'",
        "help: correct the side that is wrong",
    ]


def test_the_name_of_a_test_outlives_a_move() -> None:
    names = [test.get("name") for finding in (FINDING, FINDING._replace(spot=Spot("INDEX.md", 9, 1, 9, 2)))
             for test in _parsed(finding).iter("testcase") if len(test)]  # fmt: skip
    assert len(names) == 2
    assert len(set(names)) == 1


TOLD = {
    "a document of the index": ("b.md", None, "INDEX.md: gone (b.md)"),
    "the document itself": ("INDEX.md", None, "INDEX.md: gone"),
    "one that the message names": ("gone", None, "INDEX.md: gone"),
    "one of several in a file": ("b.txt", "7", "INDEX.md: gone (b.txt, 7)"),
    "one whose name holds its ID": ("b-7.md", "7", "INDEX.md: gone (b-7.md)"),
    "one of several in the file itself": ("INDEX.md", "7", "INDEX.md: gone (7)"),
    "none": (None, None, "INDEX.md: gone"),
}


@pytest.mark.parametrize(("document", "own", "name"), TOLD.values(), ids=TOLD)
def test_the_name_of_a_test_tells_the_same_fault_of_two_documents_apart(
    document: str | None, own: str | None, name: str
) -> None:
    finding = FINDING._replace(message="gone", document=document, id=own)
    assert [test.get("name") for test in _parsed(finding).iter("testcase") if len(test)] == [name]


def test_long_runs_have_a_time_too() -> None:
    junit_schema().validate("".join(render(report()._replace(seconds=4321.5), ALL)))


@pytest.mark.parametrize("rule", [rule for rule in ALL if page(rule).bad], ids=lambda rule: rule.code)
def test_the_report_of_each_rule_s_example_is_valid(rule: Rule, render_example: Callable[..., str]) -> None:
    junit_schema().validate(render_example(page(rule).bad, "junit"))
