"""The hook as users have it: installed by pre-commit itself, from this checkout, in a repository of their own."""

from __future__ import annotations

import os
import re
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


# What the hook says of a commit, and what is said of the commit that results


def _codes(printed: str) -> list[str]:
    return re.findall(r"^([A-Z]{2}[0-9]{3}) (?:error|warning)", printed, re.MULTILINE)


def _plain_hook(folder: Path) -> None:
    """A hook without pre-commit, as docs/pipelines.md has it."""
    (folder / ".git/hooks/pre-commit").write_text("#!/bin/sh\nexec indexlint check --staged\n")
    (folder / ".git/hooks/pre-merge-commit").write_text("#!/bin/sh\nexec indexlint check --staged\n")
    for name in ("pre-commit", "pre-merge-commit"):
        (folder / ".git/hooks" / name).chmod(0o755)


@pytest.fixture(params=["pre-commit", "plain git"])
def hooked(request: pytest.FixtureRequest, repository: Path) -> Path:
    if request.param == "plain git":
        _plain_hook(repository)
    return repository


def agree(folder: Path, *command: str, refused: list[str] | None = None) -> None:
    """Run a git command that commits. What its hook says, and finds, is what `--rev` says of the commit."""
    command = command or ("commit", "-m", "change")
    done = git(folder, *command, check=False)
    codes = _codes(done.stdout + done.stderr)
    assert (done.returncode == 0, codes) == (not refused, refused or []), done.stdout + done.stderr
    if refused:
        again = ("commit", "--no-edit") if command[0] == "merge" else command
        git(folder, again[0], "--no-verify", *again[1:])
    check = [sys.executable, "-m", "validator", "check", "--rev", "HEAD", "--no-cache"]
    result = subprocess.run(check, cwd=folder, env=CLEAN, check=False, capture_output=True, text=True)
    assert _codes(result.stdout) == (refused or [])
    assert bool(result.returncode) == bool(refused)


def test_verdicts_on_deletions(hooked: Path) -> None:
    git(hooked, "rm", "-q", "corpus/002.txt")
    agree(hooked, refused=["IX103"])
    write(hooked, {"corpus/002.txt": CORPUS["corpus/002.txt"]})
    git(hooked, "add", "-A")
    agree(hooked)
    git(hooked, "rm", "-q", "--cached", "corpus/001.txt")
    done = git(hooked, "commit", "-m", "change", check=False)
    assert done.returncode == 1
    assert _codes(done.stdout + done.stderr) in (["IX103"], ["IX112"])  # What is untracked is there, or is not.
    git(hooked, "add", "-A")
    git(hooked, "rm", "-q", "corpus/INDEX.md")
    agree(hooked, refused=["IX101"])


def test_verdicts_on_renames_and_paths(hooked: Path) -> None:
    git(hooked, "mv", "corpus/002.txt", "corpus/003.txt")
    agree(hooked, refused=["IX105"])
    write(hooked, {"corpus/INDEX.md": INDEX.replace("002", "003")})
    agree(hooked, "commit", "-m", "change", "--", "corpus/INDEX.md")
    write(hooked, {"corpus/001.txt": "Uno\n", "corpus/INDEX.md": INDEX.replace("002", "003").replace("One", "Uno")})
    agree(hooked, "commit", "-m", "change", "--", "corpus/001.txt", refused=["MT108"])
    agree(hooked, "commit", "-m", "change", "-a")


def test_verdicts_on_what_is_not_staged(hooked: Path) -> None:
    write(hooked, {"corpus/003.txt": "Three\n", "corpus/001.txt": "unstaged\n", "note.md": "x\n"})
    git(hooked, "add", "note.md")
    agree(hooked)
    git(hooked, "add", "-A")
    agree(hooked, refused=["MT108", "IX104"])


def test_verdicts_on_amended_and_rebased_commits(hooked: Path) -> None:
    write(hooked, {"corpus/INDEX.md": INDEX + "| [003](003.txt) | Three |\n", "corpus/003.txt": "Three\n"})
    git(hooked, "add", "-A")
    agree(hooked)
    write(hooked, {"corpus/003.txt": "Trois\n"})
    git(hooked, "add", "-A")
    agree(hooked, "commit", "--amend", "--no-edit", refused=["MT108"])
    write(hooked, {"corpus/003.txt": "Three\n"})
    git(hooked, "add", "-A")
    agree(hooked, "commit", "--amend", "--no-edit")
    git(hooked, "checkout", "-q", "-b", "side", "HEAD~1")
    write(hooked, {"other.md": "x\n"})
    git(hooked, "add", "-A")
    agree(hooked)
    git(hooked, "rebase", "-q", "main")
    agree(hooked, "commit", "--amend", "--no-edit")


def test_verdicts_on_merges(hooked: Path) -> None:
    git(hooked, "checkout", "-q", "-b", "side")
    write(hooked, {"corpus/INDEX.md": INDEX.replace("One", "Uno"), "corpus/001.txt": "Uno\ntext\n"})
    git(hooked, "add", "-A")
    agree(hooked)
    git(hooked, "checkout", "-q", "main")
    write(hooked, {"corpus/INDEX.md": INDEX.replace("[002]", "[002]") + "| [003](003.txt) | Three |\n"})
    write(hooked, {"corpus/003.txt": "Three\n"})
    git(hooked, "add", "-A")
    agree(hooked)
    agree(hooked, "merge", "--no-edit", "side")
    git(hooked, "checkout", "-q", "-b", "third", "HEAD~1")
    write(hooked, {"corpus/003.txt": "Trois\n", "other.md": "x\n"})
    git(hooked, "add", "-A")
    git(hooked, "commit", "-q", "--no-verify", "-m", "broken")
    git(hooked, "checkout", "-q", "main")
    agree(hooked, "merge", "--no-edit", "third", refused=["MT108"])


def test_verdicts_in_a_second_work_tree(hooked: Path) -> None:
    second = hooked.parent / f"{hooked.name}-second"
    git(hooked, "worktree", "add", "-q", "-b", "second", str(second))
    write(second, {"corpus/001.txt": "Uno\n"})
    git(second, "add", "-A")
    agree(second, refused=["MT108"])
    write(hooked, {"note.md": "x\n"})
    git(hooked, "add", "-A")
    agree(hooked)


def test_verdicts_beside_a_submodule(hooked: Path) -> None:
    inner = hooked.parent / f"{hooked.name}-inner"
    write(inner, {"corpus/INDEX.md": "- [A](nowhere.md)\n"})
    commit_all(inner)
    git(hooked, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "corpus/inner")
    agree(hooked)
    write(hooked, {"corpus/INDEX.md": INDEX + "| [003](inner/003.txt) | Three |\n"})
    git(hooked, "add", "-A")
    agree(hooked, refused=["IX112"])


def test_verdicts_on_odd_names(hooked: Path) -> None:
    names = ["with space.txt", "new\nline.txt", "größe.txt"]
    write(
        hooked, {"corpus/INDEX.md": INDEX.replace('name: "{id}.txt"\n', "").replace('id: {pattern: "[0-9]{3}"}\n', "")}
    )
    git(hooked, "add", "-A")
    agree(hooked)
    write(hooked, {f"corpus/{name}": f"Odd {name!r}\n" for name in names})
    git(hooked, "add", "-A")
    agree(hooked, refused=["IX104"] * 3)


def test_verdicts_on_the_first_commit(hooked: Path) -> None:
    git(hooked, "update-ref", "-d", "HEAD")
    write(hooked, {"corpus/001.txt": "Uno\n"})
    git(hooked, "add", "-A")
    agree(hooked, refused=["MT108"])
    git(hooked, "update-ref", "-d", "HEAD")
    write(hooked, CORPUS)
    git(hooked, "add", "-A")
    agree(hooked)


def test_a_pre_receive_hook_refuses_what_is_pushed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    server = tmp_path_factory.mktemp("server")
    git(server, "init", "-q", "--bare", "-b", "main")
    script = re.search(
        r"```sh\n(#!/bin/sh\nverdict=0\n.*?)```", (ROOT / "docs/pipelines.md").read_text("utf-8"), re.DOTALL
    )
    assert script is not None
    (server / "hooks/pre-receive").write_text(script[1])
    (server / "hooks/pre-receive").chmod(0o755)
    git(repository, "push", "-q", str(server), "main")
    write(repository, {"corpus/001.txt": "Uno\n"})
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "--no-verify", "-m", "broken")
    done = git(repository, "push", "-q", str(server), "main", check=False)
    assert done.returncode == 1
    assert "MT108" in done.stderr
    git(repository, "reset", "-q", "--hard", "HEAD~1")
    git(repository, "push", "-q", str(server), "main:other")
    git(repository, "push", "-q", str(server), ":other")
