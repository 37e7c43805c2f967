"""The hook as users have it: installed by pre-commit itself, from this checkout, in a repository of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CLEAN, ROOT, commit_all, git, write

pytestmark = pytest.mark.slow

INDEX = """---
manifest: 1
documents: "*.txt"
name: "{id}.txt"
id: {pattern: "[0-9]{3}"}
delimiters: {header: none, newline: lf, final_newline: required}
fields:
  title: {document: first-line}
---

| ID | Title |
| -- | ----- |
| [001](001.txt) | One |
| [002](002.txt) | Two |
"""
CORPUS = {"corpus/INDEX.md": INDEX, "corpus/001.txt": "One\ntext\n", "corpus/002.txt": "Two\nwords\n"}
CONFIG = """default_install_hook_types: [pre-commit, pre-merge-commit]
repos:
  - repo: {hook}
    rev: {rev}
    hooks:
      - id: indexlint
"""


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout, as it stands, as a repository that pre-commit can clone."""
    copy = tmp_path_factory.mktemp("hook") / "indexlint"
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout.split("\0")
    for name in filter(None, listed):
        source = ROOT / name
        if source.is_file() and ("/" not in name or name.startswith(("validator/", "schemas/"))):
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    commit_all(copy)
    return copy


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environment that it builds for the hook."""
    return tmp_path_factory.mktemp("pre-commit-home")


@pytest.fixture
def repository(hook: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A committed corpus with the hook installed."""
    monkeypatch.setitem(CLEAN, "PRE_COMMIT_HOME", str(home))
    monkeypatch.setitem(CLEAN, "PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    rev = git(hook, "rev-parse", "HEAD").stdout.strip()
    write(tmp_path, {**CORPUS, ".pre-commit-config.yaml": CONFIG.format(hook=hook.as_uri(), rev=rev)})
    commit_all(tmp_path)
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=tmp_path, env=CLEAN, check=True, capture_output=True
    )
    return tmp_path


def commit(repository: Path, *arguments: str) -> tuple[bool, str]:
    """Whether a commit passes the hook, and what was printed."""
    done = git(repository, "commit", "-m", "change", *arguments, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def test_a_clean_commit_passes(repository: Path) -> None:
    write(repository, {"corpus/INDEX.md": INDEX.replace("| Two |", "| Deux |"), "corpus/002.txt": "Deux\nwords\n"})
    git(repository, "add", "-A")
    passed, printed = commit(repository)
    assert passed, printed
    assert "indexlint" in printed
    assert "Passed" in printed


def test_an_untracked_document_does_not_matter(repository: Path) -> None:
    write(repository, {"corpus/003.txt": "Three\n", "note.md": "nothing\n"})
    git(repository, "add", "note.md")
    passed, printed = commit(repository)
    assert passed, printed


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"corpus/INDEX.md": INDEX.replace("[002]", "[009]")}, "ID104"),
        ({"corpus/INDEX.md": INDEX.replace("| [002](002.txt) | Two |\n", "")}, "IX104"),
        ({"corpus/002.txt": "Two\r\nwords\r\n"}, "DL107"),
    ],
    ids=["a wrong ID", "a removed row", "a changed delimiter"],
)
def test_a_fault_is_refused(repository: Path, change: dict[str, str], code: str) -> None:
    write(repository, change)
    git(repository, "add", "-A")
    passed, printed = commit(repository)
    assert not passed
    assert code in printed


def test_the_deletion_of_a_document_alone_is_refused(repository: Path) -> None:
    git(repository, "rm", "-q", "corpus/002.txt")
    passed, printed = commit(repository)
    assert not passed
    assert "IX103" in printed
    assert "corpus/002.txt does not exist" in printed


def test_a_merge_that_leaves_a_document_unlisted_is_refused(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "side")
    write(repository, {"corpus/INDEX.md": INDEX + "| [003](003.txt) | Three |\n", "corpus/003.txt": "Three\n"})
    git(repository, "add", "-A")
    assert commit(repository)[0]
    git(repository, "checkout", "-q", "main")
    write(repository, {"corpus/INDEX.md": INDEX.replace("| [001]", "| [001]", 1), "other.md": "x\n"})
    git(repository, "add", "-A")
    assert commit(repository)[0]
    git(repository, "merge", "-q", "--no-commit", "side")
    git(repository, "checkout", "-q", "main", "--", "corpus/INDEX.md")
    passed, printed = commit(repository)
    assert not passed
    assert "IX104" in printed
