"""The baseline as a file: what is written, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, commit_all, write
from validator.baseline import BaselineError, read_baseline

Check = Callable[..., Result]
HEAD = "| ID | Title |\n| -- | ----- |\n"
ROWS = "| [1](1.md) | Eins |\n| [2](2.md) | Zwei |\n| [ü 3](3.md) | - |\n"
FILES = {"INDEX.md": HEAD + ROWS, "1.md": "# One\n", "2.md": "# Two\n"}
WRITE = ("--baseline", "baseline.txt", "--write-baseline")


def test_it_has_one_sorted_entry_a_line_and_no_line_numbers(check: Check, tmp_path: Path) -> None:
    check(FILES, *WRITE)
    first = (tmp_path / "baseline.txt").read_bytes()
    head, *lines = first.decode("ascii").splitlines()
    assert head.startswith("# Findings that indexlint accepts")
    assert lines == sorted(lines)
    assert [json.loads(line)[:4] for line in lines] == [
        ["INDEX.md", "IX103", "ü 3", ""], ["INDEX.md", "MT108", "1", "title"], ["INDEX.md", "MT108", "2", "title"],
    ]  # fmt: skip
    check({"INDEX.md": f"# Moved\n\n{HEAD}{ROWS}"}, *WRITE)
    assert (tmp_path / "baseline.txt").read_bytes() == first


@pytest.mark.parametrize(
    ("rows", "words"), [(ROWS, "3 findings"), ("| [1](1.md) | Eins |\n| [2](2.md) | Two |\n", "1 finding")]
)
def test_how_much_was_written_is_said(rows: str, words: str, check: Check) -> None:
    assert f"indexlint: wrote {words} to baseline.txt\n" in check({**FILES, "INDEX.md": HEAD + rows}, *WRITE).err


def test_equal_findings_are_entries_of_their_own(check: Check, tmp_path: Path) -> None:
    narrow = "| [1](1.md) |\n"
    check({"INDEX.md": HEAD + narrow * 2, "1.md": "# One\n"}, *WRITE)
    assert len((tmp_path / "baseline.txt").read_text().splitlines()) >= 3
    result = check({"INDEX.md": HEAD + narrow * 3}, "--baseline", "baseline.txt")
    assert len(result.findings) == 2  # A row too narrow, and a second entry of one document.


def test_what_says_that_the_job_was_not_done_is_not_accepted(check: Check, tmp_path: Path) -> None:
    broken = {"INDEX.md": f"---\nmanifest: 1\ncolour: red\n---\n{HEAD}| [1](1.md) | One |\n", "1.md": "# One\n"}
    result = check(broken, *WRITE)
    assert (result.code, result.codes) == (2, ["CF101"])
    assert "CF101" not in (tmp_path / "baseline.txt").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--write-baseline",), "--write-baseline needs --baseline FILE"),
        ((*WRITE, "--staged"), "goes with the working tree alone"),
        ((*WRITE, "--rev", "HEAD"), "goes with the working tree alone"),
        ((*WRITE, "--new-only", "--against", "HEAD"), "goes with the working tree alone"),
        ((*WRITE, "."), "name no PATH and no rules"),
        ((*WRITE, "--select", "MT"), "name no PATH and no rules"),
        (("--baseline", "none.txt"), "none.txt cannot be read: there is no such file; --write-baseline makes it"),
        (("--baseline", "."), "the baseline . cannot be read: it is a folder"),
        (("--baseline", "../none.txt"), "lies outside the project"),
        (("--baseline", "../none.txt", "--write-baseline"), "lies outside the project"),
        (("--baseline", "INDEX.md", "--write-baseline"), "INDEX.md is an index"),
        (("--baseline", "notes.txt", "--write-baseline"), "and it is not written over"),
        (("--baseline", "nowhere/b.txt", "--write-baseline"), "b.txt cannot be written: there is no folder nowhere"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], message: str, check: Check) -> None:
    result = check({**FILES, "notes.txt": "Notes.\n"}, *arguments)
    assert (result.code, result.report) == (2, {})
    assert message in result.err


@pytest.mark.parametrize("name", ["PRE_COMMIT", "GIT_INDEX_FILE", "GIT_QUARANTINE_PATH"])
def test_a_hook_never_writes_it(name: str, check: Check, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(name, "1")
    result = check(FILES, *WRITE)
    assert result.code == 2
    assert "a hook does not write the baseline" in result.err
    assert not (tmp_path / "baseline.txt").exists()


@pytest.mark.parametrize(
    "line", ["<<<<<<< HEAD", "[", '["a", "b"]', '["", "", "", "", 1]', "{}", "[" * 100_000], ids=lambda line: line[:9]
)
def test_a_line_that_is_no_entry(line: str, check: Check) -> None:
    result = check({**FILES, "b.txt": f"# a comment\n\n{line}\n"}, "--baseline", "b.txt")
    assert (result.code, result.report) == (2, {})
    assert "b.txt:3: this is no entry of a baseline" in result.err


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(BaselineError):
        read_baseline("b", b"\xff\xfe\n")


def test_a_revision_is_held_against_its_own_baseline(check: Check, run: Callable[..., Result], tmp_path: Path) -> None:
    check(FILES, *WRITE)
    commit_all(tmp_path)
    write(tmp_path, {"baseline.txt": ""})
    assert run(tmp_path, "--baseline", "baseline.txt", "--rev", "HEAD").code == 0
    assert run(tmp_path, "--baseline", "baseline.txt").code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--rev", "HEAD"), "HEAD does not have it"),
        (("--staged",), "it is not staged; `git add` it"),
        ((), "there is no such file"),
    ],
)
def test_where_a_baseline_is_not_is_said(
    arguments: tuple[str, ...], message: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    write(tmp_path, FILES)
    commit_all(tmp_path)
    if arguments:
        write(tmp_path, {"baseline.txt": ""})
    result = run(tmp_path, "--baseline", "baseline.txt", *arguments)
    assert (result.code, message in result.err) == (2, True)
