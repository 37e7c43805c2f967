"""Where reports go: several at once, files whole or not at all, annotations within GitHub Actions."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import write
from validator.cli import main
from validator.reporters import FORMATS, LIMITS

GOOD = {"INDEX.md": "| Title |\n| ----- |\n| [A](a.md) |\n", "a.md": "# A\n"}
BAD = {**GOOD, "a.md": "# Another\n"}
BROKEN = {**BAD, "INDEX.md": "---\nmanifest: 2\n---\n" + BAD["INDEX.md"]}


class Run(NamedTuple):
    """What a command gave: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Command = Callable[..., Run]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `indexlint check` in the temporary folder, in this process, and without its summary."""

    def run(*arguments: str) -> Run:
        monkeypatch.chdir(tmp_path)
        capsys.readouterr()
        code = main(["check", "--quiet", *arguments])
        return Run(code, *capsys.readouterr())

    return run


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_for_stdout_and_for_files(form: str, tmp_path: Path, command: Command) -> None:
    write(tmp_path, BAD)
    run = command("--format", form, "--report", f"{form}=a.out", "--color", "never")
    assert run.code == 1
    assert "MT108" in run.out
    written = (tmp_path / "a.out").read_text("utf-8")
    assert [line for line in written.splitlines() if "MT108" in line] == [
        line for line in run.out.splitlines() if "MT108" in line
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_findings_are_reported_in_full_at_exit_2(form: str, tmp_path: Path, command: Command) -> None:
    write(tmp_path, BROKEN)
    run = command("--format", form)
    assert run.code == 2
    assert "CF101" in run.out
    assert "MT108" in run.out


def test_several_reports_in_one_run(tmp_path: Path, command: Command) -> None:
    write(tmp_path, BAD)
    run = command(*(argument for form in FORMATS for argument in ("--report", f"{form}={form}.out")))
    assert run.code == 1
    assert sorted(path.name for path in tmp_path.glob("*.out")) == sorted(f"{form}.out" for form in FORMATS)
    assert all("MT108" in path.read_text("utf-8") for path in tmp_path.glob("*.out"))


REFUSED = {
    "a folder that is not there": (["json=none/a.json"], "none/a.json cannot be written: there is no folder none"),
    "a folder": (["json=."], ". cannot be written: it is a folder"),
    "one file for two": (["json=a.json", "sarif=./a.json"], "sarif=./a.json: another report goes to this file"),
    "an unknown format": (["xml=a.xml"], "FORMAT=FILE is wanted, with a format of full, concise, json, jsonl, sarif,"),
    "statistics, which are no format": (["statistics=a"], "FORMAT=FILE is wanted"),
    "stdout": (["json=-"], "FORMAT=FILE is wanted"),
}


@pytest.mark.parametrize(("reports", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_written_is_one_line_before_the_work_begins(
    reports: list[str], words: str, tmp_path: Path, command: Command
) -> None:
    write(tmp_path, BAD)
    run = command(*(argument for report in reports for argument in ("--report", report)))
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("indexlint: ")
    assert words in run.err
    assert run.err.count("\n") == 1
    assert not (tmp_path / "a.json").exists()


def test_a_report_that_breaks_off_leaves_what_was_there(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {**BAD, "report": "of yesterday"})

    def broken(*_: object) -> Callable[..., object]:
        def render(*_: object) -> object:
            yield "half"
            raise RuntimeError

        return render

    monkeypatch.setattr("validator.cli.check.publish", lambda *_: None)
    monkeypatch.setattr("validator.cli.check.renderer", broken)
    assert command("--report", "json=report").code == 2
    assert (tmp_path / "report").read_text("utf-8") == "of yesterday"
    assert sorted(os.listdir(tmp_path)) == ["INDEX.md", "a.md", "report"]


def test_a_report_keeps_the_rights_of_the_file_and_goes_where_a_link_leads(tmp_path: Path, command: Command) -> None:
    write(tmp_path, {**BAD, "real": "x"})
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "report").symlink_to("real")
    assert command("--report", "concise=report").code == 1
    assert (tmp_path / "report").is_symlink()
    assert "MT108" in (tmp_path / "real").read_text("utf-8")
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o640


def test_a_device_is_written_to_and_stays_one(tmp_path: Path, command: Command) -> None:
    write(tmp_path, BAD)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert command("--report", f"concise={pipe}", "--report", f"json={os.devnull}").code == 1
    assert b"MT108" in os.read(reading, 1 << 16)
    os.close(reading)
    assert pipe.is_fifo()


STATISTICS = "1  MT108  field-mismatch\n"


@pytest.mark.parametrize("form", FORMATS)
def test_statistics_stand_behind_the_report(form: str, tmp_path: Path, command: Command) -> None:
    write(tmp_path, BAD)
    run = command("--format", form, "--statistics")
    bare = command("--format", form)
    for_people = form in {"full", "concise"}
    assert run.out.endswith(STATISTICS) is for_people
    assert run.err == ("" if for_people else STATISTICS)
    if form != "json":
        return
    assert json.loads(run.out)["findings"] == json.loads(bare.out)["findings"]


ANNOTATION = "::error file=INDEX.md,line=3,endLine=3,"


def test_within_github_actions_annotations_stand_beside_the_full_report(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, BAD)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "page"))
    (tmp_path / "page").write_text("# Of another step\n", "utf-8")
    out = command().out
    assert out.startswith("MT108 error: ")
    assert f"\n\n1 error\n{ANNOTATION}" in out
    page = (tmp_path / "page").read_text("utf-8")
    assert page.startswith("# Of another step\n## indexlint\n")
    assert "| 1 | MT108 field\\-mismatch |\n" in page


OTHERWISE = {
    "not within GitHub Actions": ({}, []),
    "GITHUB_ACTIONS is not true": ({"GITHUB_ACTIONS": "false"}, []),
    "a format is asked for": ({"GITHUB_ACTIONS": "true"}, ["--format", "full"]),
    "another format is asked for": ({"GITHUB_ACTIONS": "true"}, ["--format", "json"]),
}


@pytest.mark.parametrize(("environment", "arguments"), OTHERWISE.values(), ids=OTHERWISE)
def test_otherwise_there_are_none(
    environment: dict[str, str],
    arguments: list[str],
    tmp_path: Path,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(tmp_path, BAD)
    for key, value in {**environment, "GITHUB_STEP_SUMMARY": str(tmp_path / "page")}.items():
        monkeypatch.setenv(key, value)
    assert "::error" not in command(*arguments).out
    assert not (tmp_path / "page").exists()


def test_the_format_github_writes_the_page_too(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, BAD)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "page"))
    assert command("--format", "github").out.startswith(ANNOTATION)
    assert (tmp_path / "page").read_text("utf-8").startswith("## indexlint\n")


def test_a_page_that_cannot_be_written_changes_no_verdict(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, GOOD)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    run = command("--format", "github")
    assert (run.code, run.out) == (0, "")
    assert run.err == f"indexlint: {tmp_path} cannot be written: Is a directory\n"


def test_a_report_that_holds_not_all_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"INDEX.md": "| T |\n| - |\n| [A](a.md) |\n| [B](b.md) |\n| [C](c.md) |\n", "c.md": "# C\n"})
    monkeypatch.setitem(LIMITS, "sarif", 1)
    monkeypatch.chdir(tmp_path)
    words = "indexlint: 1 of 2 findings are in the sarif report, which may hold no more\n"
    for arguments, told in ((["--report", "sarif=x"], True), (["--format", "sarif"], True), ([], False)):
        main(["check", *arguments])
        assert (words in capsys.readouterr().err) is told


def test_no_progress_is_shown_where_nobody_looks(tmp_path: Path, command: Command) -> None:
    write(tmp_path, GOOD)
    assert command() == Run(0, "", "")


@pytest.mark.parametrize(("term", "shown"), [("xterm", True), ("dumb", False)])
def test_progress_is_shown_to_whoever_waits_at_a_terminal(
    term: str, *, shown: bool, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, GOOD)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("validator.cli.output.DELAY", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    err = command().err
    assert ("\r\x1b[Kindexlint: " in err) is shown
    assert err.endswith("\r\x1b[K" if shown else "")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("INDEX.md", "INDEX.md is an index"),
        ("a.md", "a.md is a document"),
        ("a.md.meta.json", "a.md.meta.json is a sidecar"),
        ("indexlint.yaml", "indexlint.yaml is the configuration file"),
    ],
)
def test_nothing_is_written_over_what_is_checked(
    target: str, words: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    config = "corpora: [{index: INDEX.md, delimiters: {header: sidecar}}]\n"
    files = {"indexlint.yaml": config, "INDEX.md": "- [A](a.md)\n", "a.md": "# A\n", "a.md.meta.json": "{}"}
    write(tmp_path, files)
    assert main(["check", str(tmp_path), "--report", f"json={tmp_path / target}"]) == 2
    assert f"{words}, and nothing is written over it" in capfd.readouterr().err
    assert (tmp_path / target).read_text() == files[target]


def test_an_old_report_is_replaced_though_nothing_changed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"INDEX.md": "- [A](a.md)\n", "a.md": "# A\n"})
    for _ in range(2):
        assert main(["check", str(tmp_path), "--report", f"concise={tmp_path / 'out.txt'}"]) == 0
    assert (tmp_path / "out.txt").read_text() == ""
    assert capfd.readouterr().out == ""
