"""What the tests share: a corpus in a temporary folder, checked by the real command, its report read back."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from validator.cli import main
from validator.docs import files as example_files

ROOT = Path(__file__).resolve().parent.parent
Files = Mapping[str, str | bytes]

# How long an example takes depends on the machine and on what else it does.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

# A test never inherits the repository, the identity or the colours of whoever runs it.
CLEAN = {
    **{key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_"))},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
}  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-cases", action="store_true", help="write the expectations under tests/cases/ anew")


class Result(NamedTuple):
    """What a run of `indexlint check --format json` gave."""

    code: int
    report: dict[str, Any]
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        findings: list[dict[str, Any]] = self.report["findings"]
        return findings

    @property
    def codes(self) -> list[str]:
        return [finding["code"] for finding in self.findings]

    def only(self) -> dict[str, Any]:
        """The one finding there is."""
        assert len(self.findings) == 1, self.findings
        return self.findings[0]


def place(finding: Mapping[str, Any]) -> str:
    """A place as `path:line:column-end_line:end_column`, or the path alone."""
    if finding["line"] is None:
        return str(finding["path"])
    return "{path}:{line}:{column}-{end_line}:{end_column}".format(**finding)


def brief(result: Result) -> list[str]:
    """The findings as `CODE place`, in their order."""
    return [f"{finding['code']} {place(finding)}" for finding in result.findings]


def write(folder: Path, files: Files) -> None:
    """Write files below a folder; text as UTF-8 with its line ends as they are."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def write_example(folder: Path, example: str) -> None:
    """Write the files of a rule's example (txtar notation) below a folder."""
    for name, entry in example_files(example).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if entry.target is None:
            path.write_bytes(entry.content)
        else:
            path.symlink_to(entry.target)


def git(folder: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run git in a folder, without anybody's configuration."""
    return subprocess.run(["git", *arguments], cwd=folder, env=CLEAN, check=check, capture_output=True, text=True)


def commit_all(folder: Path) -> None:
    """Make the folder a repository, if it is none, and commit everything in it."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "change")


@pytest.fixture(autouse=True)
def pairs_in_accord_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done to the pairs of large indexes is done to those of every test: `test_accord` has the other way."""
    monkeypatch.setattr("validator.accord.rows.FEWEST", 0)
    monkeypatch.setattr("validator.discover.prepared._WORTH_NOTING", 0)
    monkeypatch.setattr("validator.accord.reading.MANY", 0)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in list(os.environ):
        if key.startswith(("GIT_", "GITHUB_")) or key in {"NO_COLOR", "FORCE_COLOR"}:
            monkeypatch.delenv(key)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("INDEXLINT_CACHE_DIR", os.devnull)  # Nothing can be kept there.


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run `indexlint check --format json` in a folder, in this process."""

    def run_in(folder: Path, *arguments: str) -> Result:
        monkeypatch.chdir(folder)
        capsys.readouterr()
        code = main(["check", "--format", "json", *arguments])
        out, err = capsys.readouterr()
        return Result(code, json.loads(out) if out else {}, err)

    return run_in


@pytest.fixture
def check(tmp_path: Path, run: Callable[..., Result]) -> Callable[..., Result]:
    """Write files to a temporary folder (no git repository, so all of them count) and check it."""

    def check_files(files: Files, *arguments: str) -> Result:
        write(tmp_path, files)
        return run(tmp_path, *arguments)

    return check_files


@pytest.fixture
def check_example(tmp_path: Path, run: Callable[..., Result]) -> Callable[..., Result]:
    """Write a txtar example to a temporary folder and check it."""

    def check_text(example: str, *arguments: str) -> Result:
        write_example(tmp_path, example)
        return run(tmp_path, *arguments)

    return check_text


@pytest.fixture
def render_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str, str], str]:
    """Check a txtar example and give the report in a format."""

    def render_text(example: str, form: str) -> str:
        write_example(tmp_path, example)
        monkeypatch.chdir(tmp_path)
        capsys.readouterr()
        main(["check", "--format", form])
        return capsys.readouterr().out

    return render_text
