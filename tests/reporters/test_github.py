"""Annotations of GitHub Actions. No package registry carries a reader of them: this one does as the runner does."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.reporters.conftest import FINDING, HOSTILE, text_of
from validator.findings import Finding, Severity, Spot
from validator.reporters import concise, github, workflow_commands


class Command(NamedTuple):
    """A workflow command as the runner reads it."""

    name: str
    properties: dict[str, str]
    message: str


def commands(text: str) -> list[Command]:
    """The commands of a log."""
    found = []
    for line in text.splitlines():
        match = re.match(r"\s*::(?P<name>[a-z-]+)(?: (?P<properties>.*?))?::(?P<message>.*)\Z", line)
        if match is not None:
            pairs = [pair.partition("=") for pair in (match["properties"] or "").split(",")]
            found.append(
                Command(
                    match["name"], {key: _plain(value) for key, _, value in pairs}, _plain(match["message"])
                )
            )  # fmt: skip
    return found


def _plain(value: str) -> str:
    for escaped, letter in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(escaped, letter)
    return value


def many(errors: int = 0, warnings: int = 0, notes: int = 0) -> list[Finding]:
    counts = zip(Severity, (errors, warnings, notes), strict=True)
    return [
        FINDING._replace(severity=severity, message=f"{severity} {n}")
        for severity, count in counts
        for n in range(count)
    ]


def test_nothing_is_said_of_nothing() -> None:
    assert text_of(github.render) == ""


def test_a_finding_is_an_annotation() -> None:
    assert text_of(github.render, FINDING) == (
        "::error file=INDEX.md,line=3,endLine=3,col=4,endColumn=5,title=MT108 field-mismatch::"
        "INDEX.md:3:4: title: the index says 'A', the document says 'B'%0A"
        "b.md:1:3: the document says 'B'%0Ahelp: correct the side that is wrong\n"
    )


KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


@pytest.mark.parametrize(("severity", "kind"), KINDS.items(), ids=str)
def test_severities_are_kinds(severity: Severity, kind: str) -> None:
    assert [item.name for item in commands(text_of(github.render, FINDING._replace(severity=severity)))] == [kind]


SPOTS = {
    "a whole file": (Spot("a.md"), {"file": "a.md"}),
    "several lines": (Spot("a.md", 1, 2, 3, 4), {"file": "a.md", "line": "1", "endLine": "3"}),
    "a name of signs": (Spot("a,b:c%25,line=9.md"), {"file": "a,b:c%25,line=9.md"}),
}


@pytest.mark.parametrize(("spot", "expected"), SPOTS.values(), ids=SPOTS)
def test_a_place_is_made_of_properties(spot: Spot, expected: dict[str, str]) -> None:
    (command,) = commands(text_of(github.render, FINDING._replace(spot=spot)))
    assert command.properties == {**expected, "title": "MT108 field-mismatch"}


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_finding_is_one_command_whatever_it_says(text: str) -> None:
    finding = FINDING._replace(message=text, advice=text, spot=Spot(text, 1, 1, 1, 2))
    printed = text_of(github.render, finding)
    assert printed.count("\n") == 1
    (command,) = commands(printed)
    assert (command.name, command.properties["title"]) == ("error", "MT108 field-mismatch")
    assert command.message.count("\n") == 2


COUNTS = {
    "as many as are shown": (many(10, 10, 9), (10, 10, 9), ""),
    "one error more": (many(11), (10, 0, 1), "1 more error without an annotation"),
    "more of all": (many(15, 12, 1010), (10, 10, 10), "5 more errors and 2 more warnings and 1,001 more notes without"),
}


@pytest.mark.parametrize(("findings", "shown", "words"), COUNTS.values(), ids=COUNTS)
def test_what_github_would_drop_is_said(findings: list[Finding], shown: tuple[int, int, int], words: str) -> None:
    printed = text_of(workflow_commands.render, *findings)
    names = [command.name for command in commands(printed)]
    assert tuple(map(names.count, ("error", "warning", "notice"))) == shown
    last = commands(printed)[-1]
    assert (last.properties["title"] == "indexlint") is bool(words)
    assert last.message.startswith(words)
    assert not words or f"all {len(findings):,} findings stand in the log of this step" in last.message


def test_what_has_no_annotation_stands_in_the_log() -> None:
    findings = many(12)
    printed = text_of(github.render, *findings)
    assert printed == text_of(workflow_commands.render, *findings) + text_of(concise.render, *findings[10:])
