"""The command line: its options, what it says where, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import CLEAN, ROOT, commit_all, git, write
from tests.reporters.conftest import validator
from validator import __version__, start
from validator.cli import main
from validator.reporters import FORMATS
from validator.rules import ALL

GOOD = {"INDEX.md": "| Title |\n| ----- |\n| [A](a.md) |\n", "a.md": "# A\n"}
# MT108 (error) at a, MT109 (warning) at b.
BAD = {
    "INDEX.md": "| Title |\n| ----- |\n| [A](a.md) |\n| [B](b.md) |\n",
    "a.md": "# Another\n",
    "b.md": "# b\n",
}
NOTED = {**BAD, "INDEX.md": "---\nmanifest: 1\nseverity: {MT: note}\n---\n" + BAD["INDEX.md"]}
WRONG = {**GOOD, "INDEX.md": "---\nmanifest: 2\n---\n" + GOOD["INDEX.md"]}


class Run(NamedTuple):
    """What a command gave: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Cli = Callable[..., Run]


@pytest.fixture(name="indexlint")
def _indexlint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command in the temporary folder, in this process."""

    def run(*arguments: str) -> Run:
        monkeypatch.chdir(tmp_path)
        capsys.readouterr()
        try:
            code: Any = main(arguments)
        except SystemExit as stop:
            code = stop.code
        out, err = capsys.readouterr()
        return Run(code, out, err)

    return run


def process(folder: Path, arguments: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
    """Run a command in a process of its own."""
    environment = {**CLEAN, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    command = [sys.executable, "-m", "validator", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, check=False, text=True, **options)


def codes(run: Run) -> list[str]:
    """The codes of a JSON report."""
    return sorted(finding["code"] for finding in json.loads(run.out)["findings"])


USAGES = {
    "no command": [],
    "an unknown command": ["chekc"],
    "an unknown option": ["check", "--formatt", "json"],
    "an unknown format": ["check", "--format", "xml"],
    "an unknown severity": ["check", "--fail-on", "fatal"],
    "an unknown colour": ["check", "--color", "red"],
    "an option without its value": ["check", "--format"],
    "an abbreviated option": ["check", "--stat"],
    "two sources": ["check", "--staged", "--rev", "HEAD"],
    "an unknown format of show": ["show", "--format", "yaml"],
    "too many rules": ["rule", "MT108", "MT109"],
}


@pytest.mark.parametrize("arguments", USAGES.values(), ids=USAGES)
def test_wrong_usage_is_said_on_stderr_with_exit_2(arguments: list[str], indexlint: Cli) -> None:
    run = indexlint(*arguments)
    assert run.code == 2
    assert run.out == ""
    assert run.err.startswith("usage: indexlint")


MEANT = {
    "--stagd": "unrecognized arguments: --stagd; did you mean --staged?",
    "--formatt=json": "unrecognized arguments: --formatt=json; did you mean --format?",
    "--zzz": "unrecognized arguments: --zzz",
    "--\x1b[31m": "unrecognized arguments: --\\x1b[31m",
}


MISSPELT = {
    ("chekc",): "argument COMMAND: 'chekc' is none of check, show, rule, init, fix, merge; did you mean check?",
    (".",): "argument COMMAND: '.' is none of check, show, rule, init, fix, merge; did you mean `indexlint check .`?",
    ("zzzz",): "argument COMMAND: 'zzzz' is none of check, show, rule, init, fix, merge",
    ("show", "--format", "jsn"): "argument --format: 'jsn' is none of text, json; did you mean json?",
    ("check", "--fail-on", "warn"): "argument --fail-on: 'warn' is none of error, warning, note; did you mean warning?",
    ("check", "--color", "\x1b"): "argument --color: '\\x1b' is none of auto, always, never",
    ("check", ""): "argument PATH: the value is empty",
    ("check", "--fail-on error"): "argument PATH: '--fail-on error' is one word: an option and its value are two",
    ("init", ""): "argument PATH: the value is empty",
    ("check", "--select", " , "): "argument --select: the value is empty",
    ("check", "--ignore", ","): "argument --ignore: the value is empty",
    ("--quiet", "check"): "--quiet is an option of `indexlint check`, and stands behind that word",
    ("--jobs", "2", "check"): "--jobs is an option of `indexlint check`, and stands behind that word",
    ("--jobs=2", "check"): "--jobs is an option of `indexlint check`, and stands behind that word",
    ("show", "--jobs=2"): "--jobs is an option of `indexlint check`, and stands behind that word",
    ("--select", "MT"): "--select is an option of `indexlint check`, and stands behind that word",
    ("show", "--quiet"): "--quiet is an option of `indexlint check`, and stands behind that word",
    ("rule", "--rev"): "--rev is an option of `indexlint check` and `indexlint show`, and stands behind that word",
}


@pytest.mark.parametrize(("arguments", "words"), MISSPELT.items(), ids=ascii)
def test_what_is_meant_is_said_in_two_lines(arguments: tuple[str, ...], words: str, indexlint: Cli) -> None:
    usage, error = indexlint(*arguments).err.splitlines()
    assert usage.startswith("usage: indexlint")
    assert error.partition("error: ")[2] == words


@pytest.mark.parametrize(("argument", "words"), MEANT.items(), ids=ascii)
def test_a_misspelt_option_is_guessed(argument: str, words: str, indexlint: Cli) -> None:
    assert indexlint("check", argument).err.splitlines()[-1] == f"indexlint: error: {words}"


REFUSED = {
    "a rule that is none": (["--select", "MT10X"], "'MT10X' is no rule; did you mean MT1"),
    "a misspelt name": (["--select", "feild-mismatch"], "'feild-mismatch' is no rule; did you mean field-mismatch?"),
    "a misspelt name to ignore": (["--ignore", "IX,duplicat-id"], "'duplicat-id' is no rule; did you mean "),
    "nothing like a rule": (["--select", "zzzzzzzz"], "'zzzzzzzz' is no rule; `indexlint rule` lists them all"),
    "no rule that is left": (
        ["--select", "IX", "--ignore", "IX"], "no rule is left to check with: --select and --ignore take away all",
    ),
    "all rules to ignore": (["--ignore", "all"], "no rule is left to check with: --ignore takes away all of them"),
    "all but those that run always to ignore": (
        ["--ignore", "IX,ID,DL,MT,CT,FS,CF102,CF104,CF105,CF106"], "no rule is left to check with: --ignore takes away",
    ),
    "a report without a file": (["--report", "json"], "--report json: FORMAT=FILE is wanted"),
    "a report of no format": (["--report", "xml=a.xml"], "--report xml=a.xml: FORMAT=FILE is wanted, with a format"),
    "a report with an empty file": (["--report", "json="], "--report json=: FORMAT=FILE is wanted"),
    "a report of a misspelt format": (
        ["--report", "jsn=a.json"],
        f"--report jsn=a.json: FORMAT=FILE is wanted, with a format of {', '.join(FORMATS)}; did you mean json?",
    ),
    "a report on stdout": (
        ["--report", "json=-"],
        f"--report json=-: FORMAT=FILE is wanted, with a format of {', '.join(FORMATS)}; stdout is for --format",
    ),
    "a path that does not exist": (["nowhere.md"], "nowhere.md: no such file, and git does not know it"),
    "a path outside the project": (["a.md", "../x.md"], "../x.md lies outside the project"),
    "a path with NUL": (["a\0b"], "a path holds a NUL character"),
    "a file that no index speaks of": (["other.bin"], "no index has anything to do with other.bin"),
    "a configuration file that is not there": (["--config", "no.yaml"], "the configuration file no.yaml cannot be"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_one_line_with_exit_2(
    arguments: list[str], words: str, tmp_path: Path, indexlint: Cli
) -> None:
    write(tmp_path, {**GOOD, "other.bin": "x"})
    commit_all(tmp_path)
    run = indexlint("check", *arguments)
    assert run.code == 2
    assert run.out == ""
    assert run.err.startswith(f"indexlint: {words}")
    assert run.err.count("\n") == 1


def test_a_path_of_the_command_line_cannot_steer_the_terminal(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, GOOD)
    run = indexlint("check", "\x1b[31m\n::error::x")
    assert run.err == "indexlint: \\x1b[31m\\n::error::x: no such file, and git does not know it\n"


def test_a_path_may_look_like_an_option(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, {"--fail-on error/INDEX.md": "- [A](a.md)\n", "--fail-on error/a.md": "# A\n"})
    for path in ("--fail-on error", "./--fail-on error"):
        assert indexlint("check", "--", path).code == 0


def test_the_version_is_said(indexlint: Cli) -> None:
    assert indexlint("--version") == Run(0, f"indexlint {__version__}\n", "")


@pytest.mark.parametrize("command", [[], ["check"], ["show"], ["rule"], ["fix"], ["init"]], ids=str)
def test_each_command_has_help(command: list[str], indexlint: Cli) -> None:
    run = indexlint(*command, "--help")
    assert run.code == 0
    assert run.out.startswith("usage: indexlint")


EXITS: dict[str, tuple[dict[str, str], list[str], int]] = {
    "a clean corpus": (GOOD, [], 0),
    "an error": (BAD, ["--select", "MT108"], 1),
    "a warning": (BAD, ["--select", "MT109"], 1),
    "an error, failing on notes": (BAD, ["--select", "MT108", "--fail-on", "note"], 1),
    "an error, failing on errors": (BAD, ["--fail-on", "error"], 1),
    "rules that run always, selected": (GOOD, ["--select", "CF101"], 0),
    "a warning, failing on errors": (BAD, ["--select", "MT109", "--fail-on", "error"], 0),
    "a note": (NOTED, [], 0),
    "a note, failing on notes": (NOTED, ["--fail-on", "note"], 1),
    "a contract in error": (WRONG, [], 2),
    "a contract in error that is not asked for": (WRONG, ["--select", "MT"], 2),
    "a contract in error that is to be ignored": (WRONG, ["--ignore", "CF"], 2),
    "nothing at all": ({}, [], 2),
    "an index and no document": ({"INDEX.md": "# All\n"}, [], 2),
    "every document gone": ({"INDEX.md": GOOD["INDEX.md"]}, [], 2),
}  # fmt: skip


@pytest.mark.parametrize("form", ["full", "concise", "json"])
@pytest.mark.parametrize(("files", "arguments", "code"), EXITS.values(), ids=EXITS)
def test_the_exit_code_says_how_it_went(
    files: dict[str, str], arguments: list[str], code: int, form: str, tmp_path: Path, indexlint: Cli
) -> None:
    write(tmp_path, files)
    assert indexlint("check", "--format", form, *arguments).code == code


def test_the_report_is_whole_at_exit_2(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, {**BAD, "INDEX.md": "---\nmanifest: 2\n---\n" + BAD["INDEX.md"]})
    run = indexlint("check", "--format", "json")
    assert run.code == 2
    validator("report").validate(json.loads(run.out))
    assert codes(run) == ["CF101", "MT108", "MT109"]


SELECTED = {
    "all": ([], ["MT108", "MT109"]),
    "a code": (["--select", "MT108"], ["MT108"]),
    "a code in small letters": (["--select", "mt108"], ["MT108"]),
    "a prefix": (["--select", "MT"], ["MT108", "MT109"]),
    "a longer prefix": (["--select", "MT10"], ["MT108", "MT109"]),
    "a name": (["--select", "field-spelling"], ["MT109"]),
    "a name in capitals": (["--select", "Field-Spelling"], ["MT109"]),
    "several with commas": (["--select", "IX,MT109, ID"], ["MT109"]),
    "several times": (["--select", "MT108", "--select", "MT109"], ["MT108", "MT109"]),
    "a code to ignore": (["--ignore", "MT108"], ["MT109"]),
    "a prefix to ignore": (["--ignore", "MT"], []),
    "a name to ignore": (["--ignore", "field-mismatch"], ["MT109"]),
    "ignored although selected": (["--select", "MT", "--ignore", "MT109"], ["MT108"]),
    "others": (["--select", "IX"], []),
    "all by name": (["--select", "ALL", "--ignore", "MT108"], ["MT109"]),
}


@pytest.mark.parametrize(("arguments", "expected"), SELECTED.values(), ids=SELECTED)
def test_rules_are_chosen_by_code_prefix_and_name(
    arguments: list[str], expected: list[str], tmp_path: Path, indexlint: Cli
) -> None:
    write(tmp_path, BAD)
    run = indexlint("check", "--format", "json", *arguments)
    assert codes(run) == expected
    assert run.code == bool(expected)


def test_it_says_what_it_did(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, GOOD)
    commit_all(tmp_path)
    run = indexlint("check")
    assert run.out == ""
    assert re.fullmatch(rf"checked 1 index, 1 entry, 1 document with {len(ALL)} rules in \d+\.\d\d s\n", run.err)
    write(tmp_path, {f"{name}/{file}": text for name in "xy" for file, text in BAD.items()})
    commit_all(tmp_path)
    assert re.match(r"checked 3 indexes, 5 entries, 5 documents with ", indexlint("check").err)


def test_quiet_says_nothing_on_stderr(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, BAD)
    run = indexlint("check", "--quiet")
    assert run.err == ""
    assert run.out.endswith("\n1 error, 1 warning\n")


def test_quiet_still_says_why_nothing_was_done(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, {"x.txt": "x"})
    assert "no index found" in indexlint("check", "--quiet").err


SAID = {
    "no index": (
        {"x.txt": "x"},
        "no index found: an index is a tracked INDEX.md, or a file that indexlint.yaml lists\n",
    ),
    "an index in small letters": ({"index.md": "x"}, "no index found: "),
    "no document": ({"INDEX.md": "# All\n"}, "no document was checked\n"),
}


@pytest.mark.parametrize(("files", "words"), SAID.values(), ids=SAID)
def test_nothing_checked_is_said(files: dict[str, str], words: str, tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, files)
    commit_all(tmp_path)
    run = indexlint("check")
    assert run.code == 2
    assert f"\nindexlint: {words}" in run.err


def test_an_index_that_git_does_not_track_is_hinted_at(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, {"x.txt": "x"})
    commit_all(tmp_path)
    write(tmp_path, {f"docs/{name}": text for name, text in GOOD.items()})
    assert "; git does not track docs/INDEX.md: git add it, or name it on the command line\n" in indexlint("check").err
    assert indexlint("check", "docs/INDEX.md").code == 0


def test_outside_git_it_says_that_all_files_count(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, GOOD)
    assert indexlint("check").err.startswith("indexlint: not in a git repository: all files of ")


TWO = {f"{folder}/{name}": text for folder in ("x", "y") for name, text in BAD.items()}
NAMED = {
    "nothing": ([], {"x/INDEX.md", "y/INDEX.md"}),
    "an index": (["x/INDEX.md"], {"x/INDEX.md"}),
    "a document": (["y/a.md"], {"y/INDEX.md"}),
    "a document with ./": (["./y/a.md"], {"y/INDEX.md"}),
    "a folder": (["x"], {"x/INDEX.md"}),
    "a folder with a slash": (["x/"], {"x/INDEX.md"}),
    "the root": (["."], {"x/INDEX.md", "y/INDEX.md"}),
    "both": (["x/a.md", "y"], {"x/INDEX.md", "y/INDEX.md"}),
    "one twice": (["x/a.md", "x/b.md"], {"x/INDEX.md"}),
    "a deleted document that git knows": (["x/gone.md"], {"x/INDEX.md"}),
}


@pytest.mark.parametrize(("paths", "expected"), NAMED.values(), ids=NAMED)
def test_a_path_names_its_corpus(paths: list[str], expected: set[str], tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, {**TWO, "x/gone.md": "# Gone\n"})
    commit_all(tmp_path)
    (tmp_path / "x" / "gone.md").unlink()
    run = indexlint("check", "--format", "json", *paths)
    assert {finding["index"] for finding in json.loads(run.out)["findings"]} == expected


def test_another_configuration_file_can_be_named(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, {**TWO, "other.yaml": "corpora:\n  - index: y/INDEX.md\n"})
    run = indexlint("check", "--format", "json", "--config", "other.yaml")
    assert {finding["index"] for finding in json.loads(run.out)["findings"]} == {"y/INDEX.md"}


def test_reports_are_written_to_files_beside_the_one_on_stdout(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, BAD)
    run = indexlint("check", "--report", "json=report.json", "--report", "concise=a=b.txt", "--color", "always")
    assert run.code == 1
    assert "\x1b[" in run.out
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    validator("report").validate(report)
    lines = (tmp_path / "a=b.txt").read_text("utf-8").splitlines()
    assert (
        [line.split()[1] for line in lines] == [finding["code"] for finding in report["findings"]] == ["MT108", "MT109"]
    )


def test_a_report_that_cannot_be_written_is_exit_2(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, GOOD)
    run = indexlint("check", "--report", "json=none/report.json")
    assert run.code == 2
    assert run.err == "indexlint: none/report.json cannot be written: there is no folder none\n"


COLOURS: dict[str, tuple[str, dict[str, str], bool, bool]] = {
    "auto into a pipe": ("auto", {}, False, False),
    "auto on a terminal": ("auto", {}, True, True),
    "auto on a dumb terminal": ("auto", {"TERM": "dumb"}, True, False),
    "NO_COLOR": ("auto", {"NO_COLOR": "1"}, True, False),
    "an empty NO_COLOR": ("auto", {"NO_COLOR": ""}, True, True),
    "FORCE_COLOR": ("auto", {"FORCE_COLOR": "1"}, False, True),
    "NO_COLOR before FORCE_COLOR": ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
    "always": ("always", {}, False, True),
    "always before NO_COLOR": ("always", {"NO_COLOR": "1"}, False, True),
    "never": ("never", {}, True, False),
    "never before FORCE_COLOR": ("never", {"FORCE_COLOR": "1"}, True, False),
}


@pytest.mark.parametrize(("choice", "environment", "terminal", "coloured"), COLOURS.values(), ids=COLOURS)
def test_colour_is_for_those_who_want_it(
    choice: str, environment: dict[str, str], *, terminal: bool, coloured: bool, tmp_path: Path, indexlint: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    write(tmp_path, BAD)
    monkeypatch.setenv("TERM", "xterm")
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    run = indexlint("check", "--color", choice)
    assert ("\x1b[" in run.out) is coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", run.out).startswith("MT108 error: ")


@pytest.mark.parametrize("form", ["concise", "json"])
def test_formats_for_machines_have_no_colour(form: str, tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, BAD)
    assert "\x1b" not in indexlint("check", "--format", form, "--color", "always").out


@pytest.mark.parametrize("name", ["MT108", "mt108", "field-mismatch", "Field-Mismatch"])
def test_a_rule_is_explained(name: str, indexlint: Cli) -> None:
    run = indexlint("rule", name)
    assert run.code == 0
    assert run.out.startswith("MT108 field-mismatch (error, since 0.1)\n\nIndex and document state different values")
    assert "\nBad:\n\n    -- INDEX.md --\n" in run.out
    assert "\nGood:\n" in run.out


def test_all_rules_are_listed(indexlint: Cli) -> None:
    lines = indexlint("rule").out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in ALL]
    assert lines[0].split()[:3] == [ALL[0].code, ALL[0].name, str(ALL[0].severity)]


def test_rules_are_listed_as_json(indexlint: Cli) -> None:
    listed = json.loads(indexlint("rule", "--format", "json").out)
    assert [item["code"] for item in listed] == [rule.code for rule in ALL]
    assert list(listed[0]) == ["code", "name", "severity", "since", "summary", "text", "bad", "good"]
    assert json.loads(indexlint("rule", "CF107", "--format", "json").out)[0]["bad"] is None


def test_a_rule_that_is_none_is_refused(indexlint: Cli) -> None:
    assert indexlint("rule", "missing-dcoument") == Run(
        2, "", "indexlint: 'missing-dcoument' is no rule; did you mean missing-document?\n"
    )


@pytest.mark.parametrize("arguments", [["fix"], ["fix", "INDEX.md"], ["fix", "--diff", "--unsafe"]], ids=str)
def test_commands_that_are_not_there_yet_say_so(arguments: list[str], indexlint: Cli) -> None:
    assert indexlint(*arguments) == Run(2, "", f"indexlint: the command `{arguments[0]}` is not there yet\n")


def test_an_internal_error_is_one_line(tmp_path: Path, indexlint: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, GOOD)

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("it broke\nbadly \x1b[31m")

    monkeypatch.setattr("validator.cli.check.run", crash)
    assert indexlint("check") == Run(
        2, "", "indexlint: internal error, please report it: RuntimeError: it broke\\nbadly \\x1b[31m\n"
    )


def test_an_interrupt_leaves_no_traceback(tmp_path: Path, indexlint: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, GOOD)

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("validator.cli.check.run", interrupt)
    assert indexlint("check") == Run(2, "", "indexlint: interrupted\n")


def test_an_output_that_cannot_be_written_is_one_line(
    tmp_path: Path, indexlint: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, GOOD)
    for arguments in (["check", "--format", "json"], ["show"], ["rule"]):
        number = os.open(os.devnull, os.O_RDONLY)
        with os.fdopen(number, "w") as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            assert indexlint(*arguments) == Run(2, "", "indexlint: the output cannot be written: Bad file descriptor\n")
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def test_a_working_folder_that_is_gone_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert main(["check"]) == 2
    assert capsys.readouterr() == ("", "indexlint: the working folder is not there any more\n")


def test_a_reader_that_goes_away_is_exit_2(tmp_path: Path, indexlint: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, BAD)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert indexlint("check").code == 2


def test_a_reader_that_goes_away_leaves_no_traceback(tmp_path: Path) -> None:
    rows = "".join(f"| [T](d{number}.md) |\n" for number in range(2000))
    write(tmp_path, {"INDEX.md": f"| Title |\n| --- |\n{rows}"})
    reading, writing = os.pipe()
    os.close(reading)
    done = process(tmp_path, ["check", "--format", "json"], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_stream_that_is_none_is_no_error(
    closed: str, tmp_path: Path, indexlint: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, BAD)
    monkeypatch.setattr(sys, closed, None)
    assert indexlint("check").code == 1
    getattr(sys, closed).close()


@pytest.mark.parametrize("closed", ["1", "2", "0"])
def test_a_stream_that_is_closed_changes_no_verdict(closed: str, tmp_path: Path) -> None:
    for files, code in ((GOOD, 0), (BAD, 1)):
        write(tmp_path, files)
        command = f"{sys.executable} -m validator check {closed}>&-"
        environment = {**CLEAN, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment, check=False, capture_output=True)
        assert done.returncode == code, done.stderr
        assert b"Traceback" not in done.stderr
        assert b"internal error" not in done.stderr


def test_a_terminal_that_knows_ascii_alone_gets_escapes(tmp_path: Path) -> None:
    write(tmp_path, {"INDEX.md": "| Title |\n| ----- |\n| [Ä](a.md) |\n", "a.md": "# 日本\n"})
    done = process(tmp_path, ["check", "--format", "concise"], env={"PYTHONIOENCODING": "ascii"}, capture_output=True)
    assert done.returncode == 1
    assert "'\\xc4'" in done.stdout
    assert "\\u65e5" in done.stdout


def test_the_package_is_the_command() -> None:
    done = process(ROOT, ["--version"], capture_output=True)
    assert (done.returncode, done.stdout) == (0, f"indexlint {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--jobs", "0"], "argument --jobs: '0' is no number from 1 on"),
        (["--jobs", "two"], "argument --jobs: 'two' is no number from 1 on"),
        (["--baseline", ""], "argument --baseline: the value is empty"),
        (["--config", " "], "argument --config: the value is empty"),
        (["--select", ""], "argument --select: the value is empty"),
    ],
)
def test_a_value_that_is_none_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["check", *arguments])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_a_family_of_rules_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "CT"]) == 0
    assert [line[:5] for line in capsys.readouterr().out.splitlines()] == [f"CT10{number}" for number in range(1, 7)]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")
@pytest.mark.parametrize("options", [(), ("--no-cache",)])
def test_a_full_disk_behind_stderr_changes_no_verdict(tmp_path: Path, options: tuple[str, ...]) -> None:
    write(tmp_path, {"INDEX.md": "- [A](a.md)\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    command = [sys.executable, "-m", "validator", "check", *options]
    environment = {**CLEAN, "PYTHONPATH": str(ROOT), "INDEXLINT_CACHE_DIR": str(tmp_path / "kept")}
    for _ in range(2):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run(
                command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=full, check=False
            )
        assert (done.returncode, done.stdout) == (0, b"")


def test_what_git_does_not_track_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"README.md": "| Title |\n| - |\n| [A](a.md) |\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    write(tmp_path, {"indexlint.yaml": "corpora: [{index: README.md, documents: '*.md'}]\n", "b.md": "# B\n"})
    monkeypatch.chdir(tmp_path)
    config = "indexlint: git does not track indexlint.yaml: git add it\n"
    for _ in range(2):  # And so it is where the run is remembered.
        assert start.main(["check"]) == 0
        assert config in capsys.readouterr().err
    assert main(["check", "b.md"]) == 0
    assert "git does not track b.md, so it was not checked: git add it\n" in capsys.readouterr().err
    write(tmp_path, {"new/INDEX.md": "- [C](c.md)\n", "new/c.md": "# C\n"})
    (tmp_path / "indexlint.yaml").unlink()
    assert main(["check", "new/INDEX.md", "new/c.md"]) == 0
    said = capsys.readouterr().err
    assert "git does not track new/c.md: git add it\n" in said  # With such an index it was checked all the same.
    write(tmp_path, {"indexlint.yaml": "corpora: [{index: README.md, documents: '*.md'}]\n"})
    git(tmp_path, "add", "indexlint.yaml")
    assert main(["check"]) == 0
    assert "git does not track" not in capsys.readouterr().err


def test_a_configuration_file_beside_an_index_is_hinted_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {f"docs/{name}": text for name, text in GOOD.items()})
    write(tmp_path, {"docs/indexlint.yaml": "exclude: x.md\n"})
    commit_all(tmp_path)
    monkeypatch.chdir(tmp_path / "docs")
    for _ in range(2):  # And so it is where the run is remembered.
        assert start.main(["check"]) == 0
        assert "indexlint: docs/indexlint.yaml is not read: it counts in the root" in capsys.readouterr().err
    write(tmp_path, {"indexlint.yaml": "corpora: [{index: docs/INDEX.md}]\n"})
    assert main(["check"]) == 0
    assert "is not read" not in capsys.readouterr().err


@pytest.mark.parametrize("path", ["sub", "sub/x.bin", "."])
@pytest.mark.parametrize("command", ["check", "show"])
def test_a_path_in_a_project_without_an_index(command: str, path: str, tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, {"sub/x.bin": "x"})
    run = indexlint(command, path)
    assert run.code == 2
    kind = "an index is a file named INDEX.md, or a file that indexlint.yaml lists"
    assert run.err.splitlines()[-1] == f"indexlint: no index found: {kind}"


def test_an_index_that_is_excluded_is_named_where_there_is_no_other(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, {**GOOD, "indexlint.yaml": 'exclude: ["*.md"]\n'})
    commit_all(tmp_path)
    run = indexlint("check")
    assert run.code == 2
    assert run.err.splitlines()[-1] == (
        "indexlint: no index found: an index is a tracked INDEX.md, or a file that indexlint.yaml lists; "
        "`exclude` takes INDEX.md away"
    )


def test_an_index_that_is_gone_from_disk_is_not_said_to_be_excluded(tmp_path: Path, indexlint: Cli) -> None:
    write(tmp_path, {"INDEX.md": "Words.\n", "other.txt": "x\n"})
    commit_all(tmp_path)
    (tmp_path / "INDEX.md").unlink()
    assert indexlint("check").err.endswith("; git tracks INDEX.md, but it is not on disk\n")


def test_commands_to_come_say_so_whatever_they_are_told(indexlint: Cli) -> None:
    for arguments in (["fix", "--diff", "a.md"], ["merge", "a", "b", "c"]):
        assert indexlint(*arguments) == Run(2, "", f"indexlint: the command `{arguments[0]}` is not there yet\n")
