"""The JSON report: every key, always; valid by its schema; the same bytes for the same input."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Result
from tests.reporters.conftest import FINDING, text_of, validator
from validator.docs import page
from validator.findings import Edit, Fix, Severity, Spot
from validator.reporters.json import render
from validator.rules import ALL, Rule

KEYS = [
    "code", "name", "severity", "message", "index", "document", "id", "field", "values",
    "path", "line", "column", "end_line", "end_column", "related", "fix", "fingerprint",
]  # fmt: skip
FINDINGS = {
    "complete": FINDING,
    "a whole file": FINDING._replace(spot=Spot("b.md")),
    "without what does not exist": FINDING._replace(
        index_path=None, document=None, id=None, field=None, values=None, related=()
    ),
    "with a fix": FINDING._replace(fix=Fix(safe=True, edits=(Edit("INDEX.md", 120, 138, "A"),))),
    "a note": FINDING._replace(severity=Severity.NOTE),
    "hostile": FINDING._replace(message="a\n\u2028\x1b\udce9日本", id="\0"),
}


@pytest.mark.parametrize("finding", FINDINGS.values(), ids=FINDINGS)
def test_every_key_is_there_and_the_schema_agrees(finding: Any) -> None:  # noqa: ANN401 - a finding
    text = text_of(render, finding)
    value = json.loads(text)
    validator("report").validate(value)
    assert list(value["findings"][0]) == KEYS
    assert text.isascii()


def test_a_report_says_what_was_done() -> None:
    value = json.loads(text_of(render, FINDING, FINDING._replace(severity=Severity.WARNING), suppressed=4))
    assert value["version"] == 1
    assert value["tool"] == {"name": "indexlint", "version": "1.2.3"}
    assert value["checked"] == {"corpora": 1, "entries": 2, "documents": 3, "rules": len(ALL), "seconds": 0.25}
    assert value["summary"] == {"error": 1, "warning": 1, "note": 0, "suppressed": 4}


def test_a_report_of_nothing_is_a_report() -> None:
    value = json.loads(text_of(render))
    validator("report").validate(value)
    assert value["findings"] == []


def test_a_finding_keeps_its_values() -> None:
    value = json.loads(text_of(render, FINDINGS["with a fix"]))["findings"][0]
    assert value["values"] == {"index": "A", "document": "B"}
    assert value["fix"] == {"safe": True, "edits": [{"path": "INDEX.md", "start": 120, "end": 138, "text": "A"}]}
    assert value["related"] == [
        {"path": "b.md", "line": 1, "column": 3, "end_line": 1, "end_column": 4, "message": "the document says 'B'"}
    ]
    assert (value["line"], value["column"], value["end_line"], value["end_column"]) == (3, 4, 3, 5)


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "a key left out": lambda value: value["findings"][0].pop("id"),
    "a key too many": lambda value: value["findings"][0].update(extra=1),
    "a key too many in a related place": lambda value: value["findings"][0]["related"][0].update(extra=1),
    "a line without a column": lambda value: value["findings"][0].update(column=None),
    "line 0": lambda value: value["findings"][0].update(line=0),
    "no path": lambda value: value["findings"][0].update(path=""),
    "an absolute path": lambda value: value["findings"][0].update(path="/a.md"),
    "an unknown severity": lambda value: value["findings"][0].update(severity="fatal"),
    "a number as text": lambda value: value["checked"].update(entries="2"),
    "one value of two": lambda value: value["findings"][0]["values"].pop("document"),
    "no summary": lambda value: value.pop("summary"),
}


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG)
def test_the_schema_refuses_what_is_no_report(spoil: Callable[[dict[str, Any]], object]) -> None:
    value = json.loads(text_of(render, FINDING))
    spoil(value)
    assert not validator("report").is_valid(value)


@pytest.mark.parametrize("rule", [rule for rule in ALL if page(rule).bad], ids=lambda rule: rule.code)
def test_the_report_of_each_rule_s_example_is_valid(rule: Rule, check_example: Callable[..., Result]) -> None:
    result = check_example(page(rule).bad or "")
    validator("report").validate(result.report)
    assert [finding["name"] for finding in result.findings] == [rule.name]
    assert result.report["summary"][str(rule.severity)] == 1


def test_two_runs_give_the_same_bytes_save_for_the_time(check: Callable[..., Result]) -> None:
    files = {
        "INDEX.md": "| T |\n| - |\n| [A](a.md) |\n| [B](b.md) |\n| [C](c.md) |\n",
        "a.md": "# X\n",
        "d.md": "# D\n",
    }
    first, second = (check(files).report for _ in range(2))
    first["checked"]["seconds"] = second["checked"]["seconds"] = 0
    assert json.dumps(first) == json.dumps(second)
    places = [(item["path"], item["line"], item["column"], item["code"]) for item in first["findings"]]
    assert places == sorted(places)
    assert len(places) > 2
