"""The `gitlab` report: what GitLab's manual says of Code Quality. No package registry carries a schema of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import write
from tests.reporters.conftest import FINDING, text_of
from validator.cli import main
from validator.findings import Severity, Spot
from validator.reporters.gitlab import render


def test_a_report_of_nothing_is_an_empty_array() -> None:
    assert text_of(render) == "[]\n"


def test_a_finding_is_an_issue() -> None:
    assert json.loads(text_of(render, FINDING)) == [
        {
            "description": "MT108 title: the index says 'A', the document says 'B'",
            "check_name": "MT108 field-mismatch",
            "fingerprint": "0" * 32,
            "severity": "major",
            "location": {"path": "INDEX.md", "lines": {"begin": 3, "end": 3}},
        }
    ]


SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


@pytest.mark.parametrize(("severity", "expected"), SEVERITIES.items(), ids=str)
def test_severities_are_gitlab_s(severity: Severity, expected: str) -> None:
    assert json.loads(text_of(render, FINDING._replace(severity=severity)))[0]["severity"] == expected


def test_a_whole_file_is_its_first_line() -> None:
    location = json.loads(text_of(render, FINDING._replace(spot=Spot("ä b/%.md"))))[0]["location"]
    assert location == {"path": "ä b/%.md", "lines": {"begin": 1, "end": 1}}


ROWS = "| [A](a.md) | x |\n| [A](a.md) | x |\n| [A](a.md) | x |\n"


def test_fingerprints_are_unique_and_hold_no_line_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fingerprints(head: str) -> list[str]:
        write(tmp_path, {"INDEX.md": f"{head}| Title | X | Y |\n| - | - | - |\n{ROWS}", "a.md": "# B\n"})
        monkeypatch.chdir(tmp_path)
        main(["check", "--format", "gitlab"])
        return [issue["fingerprint"] for issue in json.loads(capsys.readouterr().out)]

    first, second = fingerprints(""), fingerprints("# Moved down\n\nby four lines\n\n")
    assert first == second
    assert len(first) == len(set(first)) > 2
