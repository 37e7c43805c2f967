"""The `sarif` report: valid by the schema of OASIS; places, fingerprints and rules as code scanning wants them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.reporters.conftest import FINDING, report, sarif_schema, text_of
from validator import docs
from validator.docs import page
from validator.findings import Finding, Severity, Spot
from validator.reporters.sarif import render
from validator.rules import ALL, Rule


def _run(*findings: Finding) -> dict[str, Any]:
    value = json.loads(text_of(render, *findings))
    sarif_schema().validate(value)
    assert value["version"] == "2.1.0"
    (run,) = value["runs"]
    return dict(run)


def test_a_run_of_nothing_has_no_results() -> None:
    run = _run()
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_run_that_could_not_do_its_job_says_so() -> None:
    value = json.loads("".join(render(report(FINDING)._replace(failed=True), ALL)))
    sarif_schema().validate(value)
    assert value["runs"][0]["invocations"] == [{"executionSuccessful": False}]


def test_rules_explain_themselves() -> None:
    driver = _run()["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("indexlint", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in ALL]
    for described, rule in zip(driver["rules"], ALL, strict=True):
        assert described["name"] == rule.name
        assert described["shortDescription"]["text"] == rule.summary
        assert described["help"]["text"] == "".join(docs.explain(rule))
        assert described["help"]["markdown"].startswith(page(rule).text)
        assert (page(rule).bad or "") in described["help"]["markdown"]
        assert described["defaultConfiguration"]["level"] == str(rule.severity)


def test_a_finding_is_a_result() -> None:
    run = _run(FINDING)
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "MT108"
    assert result["level"] == "error"
    assert result["message"]["text"] == (
        "title: the index says 'A', the document says 'B'\nhelp: correct the side that is wrong"
    )
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "INDEX.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3, "startColumn": 4, "endLine": 3, "endColumn": 5},
            }
        }
    ]
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["message"] == {"text": "the document says 'B'"}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "b.md"
    assert result["partialFingerprints"] == {"indexlint/v1": "0" * 32}
    assert list(run["originalUriBaseIds"]) == ["%SRCROOT%"]


def test_a_finding_of_a_rule_that_did_not_run_has_no_index() -> None:
    (result,) = _run(FINDING._replace(code="XX101"))["results"]
    assert "ruleIndex" not in result


@pytest.mark.parametrize(("severity", "word"), [*zip(Severity, ["error", "warning", "recommendation"], strict=True)])
def test_severities_are_levels(severity: Severity, word: str) -> None:
    rules = tuple(rule._replace(severity=severity) for rule in ALL)
    value = json.loads("".join(render(report(FINDING._replace(severity=severity)), rules)))
    sarif_schema().validate(value)
    run = value["runs"][0]
    assert run["results"][0]["level"] == str(severity)
    assert {rule["properties"]["problem.severity"] for rule in run["tool"]["driver"]["rules"]} == {word}


URIS = {
    "plain": ("docs/a-b_c.md", "docs/a-b_c.md"),
    "a blank": ("a b.md", "a%20b.md"),
    "non-ASCII": ("ä/日.md", "%C3%A4/%E6%97%A5.md"),
    "what URIs give a meaning": ("a?b#c%20:d.md", "a%3Fb%23c%2520%3Ad.md"),
    "what looks like a scheme": ("https:/x.md", "https%3A/x.md"),
    "no UTF-8": ("caf\udce9.md", "caf%E9.md"),
    "a line end": ("a\nb.md", "a%0Ab.md"),
}


@pytest.mark.parametrize(("path", "uri"), URIS.values(), ids=URIS)
def test_paths_are_relative_references(path: str, uri: str) -> None:
    place = _run(FINDING._replace(spot=Spot(path)))["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}


MESSAGES = {
    "brackets": ("a [b] c", "a [b] c"),
    "a link": ("see [b](http://example.org)", "see \\[b\\](http://example.org)"),
    "a link with backslashes": ("\\[b](c)", "\\\\\\[b\\](c)"),
    "a line end": ("a\nb", "a\\nb"),
}


@pytest.mark.parametrize(("message", "text"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_is_no_link(message: str, text: str) -> None:
    assert _run(FINDING._replace(message=message, advice=""))["results"][0]["message"]["text"] == text


def test_more_than_can_be_kept_leaves_the_gravest_and_says_so() -> None:
    light = [FINDING._replace(severity=Severity.NOTE, spot=Spot("a.md", line, 1, line, 2)) for line in range(1, 5_001)]
    grave = [FINDING._replace(spot=Spot("b.md", line, 1, line, 2)) for line in range(1, 11)]
    run = json.loads(text_of(render, *light, *grave))["runs"][0]
    assert len(run["results"]) == 5_000
    assert [result["level"] for result in run["results"]] == ["note"] * 4_990 + ["error"] * 10
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("5,000 of 5,010 findings are in this file")
    sarif_schema().validate({"version": "2.1.0", "runs": [{**run, "results": run["results"][:1]}]})


@pytest.mark.parametrize("rule", [rule for rule in ALL if page(rule).bad], ids=lambda rule: rule.code)
def test_the_report_of_each_rule_s_example_is_valid(rule: Rule, render_example: Callable[..., str]) -> None:
    value = json.loads(render_example(page(rule).bad, "sarif"))
    sarif_schema().validate(value)
    assert {result["ruleId"] for result in value["runs"][0]["results"]} == {rule.code}
