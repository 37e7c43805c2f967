"""CF107: a rule crashed, and the others go on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import write
from validator.cli import main
from validator.corpus import Corpus
from validator.discover import find_config, find_sources, find_tree, prepare
from validator.engine import run
from validator.findings import Problem, Report
from validator.rules import ALL, Rule
from validator.rules.rule import Project, rule
from validator.settings import Settings

FILES = {"sub/INDEX.md": "| Title |\n| - |\n| [A](a.md) |\n", "sub/a.md": "# B\n"}


@rule(Corpus, "XX101", since="0.1")
def careless(corpus: Corpus) -> Iterator[Problem]:
    """A rule that finds something and crashes then."""
    yield Problem(corpus.index_place(), "found before the crash")
    raise ZeroDivisionError("division by zero")


@rule(Project, "XX102", since="0.1")
def reckless(project: Project) -> Iterator[Problem]:
    """A rule on the whole project that crashes at once."""
    yield from [][len(project.corpora) + 9]


def report(folder: Path, *rules: Rule) -> Report:
    write(folder, FILES)
    tree = find_tree([], str(folder))
    config = find_config(tree, None, str(folder))
    prepared = prepare(tree, config, find_sources(tree, config, ()))
    return run(prepared, tree, config, (*rules, *ALL), Settings(), "0").report


def test_no_rule_crashes_of_itself(tmp_path: Path) -> None:
    found = report(tmp_path)
    assert ([finding.code for finding in found.findings], found.failed) == (["MT108"], False)


def test_the_others_go_on_and_the_run_has_failed(tmp_path: Path) -> None:
    found = report(tmp_path, careless)
    assert [finding.code for finding in found.findings] == ["CF107", "XX101", "MT108"]
    crash = found.findings[0]
    assert (crash.message, found.failed) == ("the rule XX101 crashed: ZeroDivisionError: division by zero", True)
    assert (crash.spot.path, crash.spot.line) == ("sub/INDEX.md", None)
    assert "report" in crash.advice


def test_a_rule_on_the_project_is_caught_too(tmp_path: Path) -> None:
    found = report(tmp_path, reckless)
    assert ([finding.code for finding in found.findings], found.failed) == (["CF107", "MT108"], True)


@pytest.mark.parametrize("command", [["check", "\0"], ["check", "--config", "x\0y"]])
def test_the_command_never_shows_a_traceback(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert os.getcwd() == str(tmp_path)
