from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, commit_all, git, write
from tests.test_cache import CLEAN
from validator import cache, cli, start
from validator.accord.rows import FEWEST
from validator.entry import run
from validator.start import main
from validator.tree import GitWorktree, TreeError

MOST_MODULES = 130
# What a warm run has no use for.
UNWANTED = {
    "jsonschema",
    "markdown_it",
    "multiprocessing",
    "re2",
    "rich",
    "yaml",
    "argparse",
    "json",
    "validator.rules",
}


@pytest.fixture(autouse=True)
def _kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("INDEXLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setattr(cache, "_TICK", -(10**18))
    yield
    gc.enable()  # A process of its own ends without it.


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clean project in git that was checked once."""
    write(tmp_path, CLEAN)
    commit_all(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check", "--quiet"]) == 0
    return tmp_path


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The arguments of the runs that went on to the command line."""
    seen: list[object] = []

    def note(argv: object, _: object = None) -> int:
        seen.append(argv)
        return 7

    monkeypatch.setattr(cli, "main", note)
    return seen


@pytest.mark.usefixtures("project")
def test_a_run_in_which_nothing_changed_is_answered_at_once(
    refused: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("checked 1 index, 2 entries, 2 documents with ")
    assert refused == []


def test_it_says_nothing_where_it_shall_be_quiet(
    project: Path, refused: list[object], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["check", "--quiet", "--color", "never"]) == 0
    monkeypatch.setattr(
        sys, "argv", ["indexlint", "check", "--cache-dir", os.environ["INDEXLINT_CACHE_DIR"], "--quiet"]
    )
    monkeypatch.chdir(project / ".git" / "..")
    assert main() == 0
    assert capsys.readouterr() == ("", "")
    assert refused == []


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["show"], ["check", "."], ["check", "--format", "json"], ["check", "--no-cache"], ["check", "--cache-dir"],
        ["check", "--cache-dir", ""],
        ["check", "--color", "red"], ["check", "--color"], ["check", "--select", "MT"],
    ],
)  # fmt: skip
@pytest.mark.usefixtures("project")
def test_everything_else_is_the_command_line_s(arguments: list[str], refused: list[object]) -> None:
    assert main(arguments) == 7
    assert refused == [arguments]


@pytest.mark.parametrize("name", ["a.md", "INDEX.md", "new.md"])
def test_a_change_is_the_command_line_s(project: Path, refused: list[object], name: str) -> None:
    write(project, {name: "# Other\n"})
    commit_all(project)
    assert main(["check"]) == 7
    assert refused == [["check"]]


@pytest.fixture
def checked_as_staged(project: Path) -> Path:
    """The same project, of which what is staged was checked too."""
    assert cli.main(["check", "--quiet", "--staged"]) == 0
    return project


def test_what_is_staged_is_answered_at_once_too(
    checked_as_staged: Path, refused: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", "--staged"]
    assert main(words) == 0
    write(checked_as_staged, {"a.md": "# Not staged\n", "src.py": "x = 1\n"})
    git(checked_as_staged, "rm", "-q", "--cached", "b.md")
    git(checked_as_staged, "add", "b.md")
    assert main(words) == 0
    assert capsys.readouterr().err.count("checked 1 index, 2 entries, 2 documents with ") == 2
    assert refused == []
    git(checked_as_staged, "add", "a.md")
    assert main(words) == 7
    assert refused == [words]


@pytest.mark.usefixtures("project")
def test_what_the_cache_knows_of_the_disk_is_no_answer_for_what_is_staged(refused: list[object]) -> None:
    assert main(["check"]) == 0
    assert main(["check", "--staged"]) == 7
    assert len(refused) == 1


@pytest.mark.usefixtures("checked_as_staged")
def test_in_a_bare_repository_it_stays_out(
    tmp_path: Path, refused: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", "--bare", ".", "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    assert main(["check", "--staged"]) == main(["check"]) == 7
    assert len(refused) == 2


@pytest.mark.usefixtures("project")
def test_in_a_job_that_wants_annotations_it_stays_out(refused: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["check"]) == 7
    assert len(refused) == 1


def test_without_git_or_a_folder_it_stays_out(
    tmp_path: Path, refused: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 7
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["check"]) == 7
    assert len(refused) == 2


@pytest.mark.usefixtures("project")
def test_a_repository_without_files_is_the_command_line_s(
    refused: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(threading.enumerate())
    monkeypatch.setattr(start, "top_level", lambda _: None)
    assert main(["check"]) == main(["check", "--staged"]) == 7
    assert len(refused) == 2
    assert set(threading.enumerate()) <= before


def modules_of(project: Path, *options: str) -> set[str]:
    """What a check that finds nothing has imported at its end."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from {start.__name__} import main"
    code += f"; code = main({['check', '--quiet', *options]!r}); print(code, *sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, cwd=project)
    answer, *modules = done.stdout.split()
    assert answer == "0"
    return set(modules)


@pytest.mark.parametrize(("rows", "is_there"), [(5, False), (FEWEST - 3, False), (FEWEST + 1, True)])
def test_what_looks_for_pairs_in_accord_is_imported_for_large_indexes(
    rows: int, *, is_there: bool, tmp_path: Path
) -> None:
    index = "| ID | Title |\n| - | - |\n" + "".join(f"| [{n}]({n}.md) | T {n} |\n" for n in range(rows))
    write(tmp_path, {"INDEX.md": index, **{f"{n}.md": f"# T {n}\n" for n in range(rows)}})
    assert ("validator.accord.settling" in modules_of(tmp_path, "--no-cache")) == is_there


def test_a_warm_run_imports_little(project: Path) -> None:
    modules = modules_of(project)
    assert "validator.cache" in modules
    assert not UNWANTED & modules
    assert len(modules) < MOST_MODULES


@pytest.mark.usefixtures("project")
def test_the_process_ends_with_the_code_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    monkeypatch.setattr(sys, "argv", ["indexlint", "check", "--quiet"])
    run()
    monkeypatch.setattr(sys, "stdout", None)
    run()
    assert codes == [0, 0]


@pytest.mark.parametrize("options", [["--no-cache"], ["--format", "json"], ["--jobs", "1"]])
def test_a_project_is_opened_ahead_for_the_command_line(
    project: Path, options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[cache.Opened | None] = []

    def note(_: object, opened: cache.Opened | None = None) -> int:
        handed.append(opened)
        return 7

    monkeypatch.setattr(cli, "main", note)
    assert main(["check", *options]) == 7
    (opened,) = handed
    assert opened is not None
    assert (opened.tree.root, opened.memory) == (os.path.realpath(project), None)
    assert "a.md" in opened.tree.files()


@pytest.mark.usefixtures("project")
def test_git_that_fails_is_the_command_line_s(refused: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise TreeError("git: it failed")

    monkeypatch.setattr(cache.Memory, "recall", fail)
    assert main(["check"]) == 7
    assert len(refused) == 1


# What a check of a plain corpus has no use for, even if it reads everything.
UNWANTED_COLD = {
    "jsonschema", "markdown_it", "multiprocessing", "re2", "rich", "tomllib", "inspect", "difflib", "logging", "html",
    "urllib.parse", "yaml", "argparse", "gettext", "validator.delimiters", "validator.docs", "validator.show",
    "validator.infer", "validator.header.toml", "validator.index.csv",
}  # fmt: skip


def test_a_check_imports_what_its_corpus_needs(project: Path) -> None:
    contract = (
        '---\nmanifest: 1\ndocuments: "*.md"  # all\ndelimiters: {header: yaml}\nfields:\n  title: heading\n---\n'
    )
    write(project, {"INDEX.md": contract + str(CLEAN["INDEX.md"])})
    commit_all(project)
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from validator.cli import main; "
        "code = main(['check', '--quiet', '--no-cache']); print(code, *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, cwd=project)
    code, *modules = done.stdout.split()
    assert code == "0"
    assert not UNWANTED_COLD & set(modules)


def test_who_interrupts_it_gets_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)

    def interrupt(_: object = None) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "main", interrupt)
    run()
    assert codes == [2]
    assert capsys.readouterr() == ("", "indexlint: interrupted\n")


@pytest.mark.parametrize("arguments", [["check"], ["check", "--format", "json"], ["check", "."]])
def test_what_is_saved_while_git_is_asked_is_not_taken_for_what_git_has(
    project: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"a.md": "---\nid: 1\n---\n# Z\n"})
    commit_all(project)
    monkeypatch.setattr(cache, "_TICK", 0)
    foresee = GitWorktree.foresee

    def saving(tree: GitWorktree, **options: Any) -> None:  # noqa: ANN401 - handed on as they are
        foresee(tree, **options)
        tree._await()
        time.sleep(0.02)
        write(project, {"a.md": "---\nid: 1\n---\n# A\n"})
        time.sleep(0.02)

    with monkeypatch.context() as patched:
        patched.setattr(GitWorktree, "foresee", saving)
        main(arguments)
    git(project, "checkout", "-q", "a.md")
    capsys.readouterr()
    assert main(["check", "--format", "concise"]) == main(["check", "--no-cache", "--format", "concise"]) == 1
    assert capsys.readouterr().out.count("MT108") == 2
