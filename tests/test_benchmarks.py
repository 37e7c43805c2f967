from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import commands as commands_of
from benchmarks.__main__ import main
from benchmarks.commands import ours, peers, start
from benchmarks.corpus import documents, make
from benchmarks.measure import Command, Failed, Figure, Sample, figures, in_turns, median_ratio, run
from benchmarks.report import Measured, between_markers, plot, table
from tests.conftest import Result

ROWS = [Sample(1.0, 10.0), Sample(4.0, 30.0), Sample(3.0, 20.0)]
UNIT = [Sample(1.0, 1.0), Sample(2.0, 1.0), Sample(1.0, 1.0)]


@pytest.mark.parametrize("kind", ["plain", "yaml"])
def test_documents_are_the_same_every_time_and_of_the_size_that_is_said(kind: str) -> None:
    first, again = list(documents(kind, 5)), list(documents(kind, 5))
    assert first == again
    assert len({made.id for made in first}) == 5
    assert all(2500 < len(made.data) < 3300 for made in first)
    assert first[0].digest == hashlib.sha256(first[0].data).hexdigest()


@pytest.mark.parametrize("kind", ["plain", "yaml"])
def test_a_corpus_is_clean_and_other_tools_can_check_it(kind: str, tmp_path: Path, run: Callable[..., Result]) -> None:
    place = make(str(tmp_path), kind, 12)
    result = run(Path(place.project))
    assert (result.code, result.report["checked"]["documents"]) == (0, 12)
    subprocess.run(["sha256sum", "-c", "--quiet", f"{place.peers}/SHA256SUMS"], cwd=place.project, check=True)
    resources = json.loads(Path(place.peers, "datapackage.json").read_text("utf-8"))["resources"]
    assert len(resources) == len(os.listdir(f"{place.peers}/json")) == len(os.listdir(f"{place.peers}/bag/data")) == 12
    assert make(str(tmp_path), kind, 12) == place


def test_commands_are_measured_in_turns_and_failures_are_named(tmp_path: Path) -> None:
    told: list[str] = []
    seen: list[str] = []
    good = Command(
        "good", (sys.executable, "-c", "pass"), str(tmp_path), lambda: seen.append("a"), lambda: seen.append("b")
    )
    bad = Command("bad", (sys.executable, "-c", "raise SystemExit(3)"), str(tmp_path))
    samples, failures = in_turns([good, bad], 2, told.append)
    assert {name: len(taken) for name, taken in samples.items()} == {"good": 2}
    assert failures == ["bad: exit code 3"]
    assert seen == ["a", "b", "a", "b"]
    assert samples["good"][0].megabytes > 1
    assert len(told) == 2
    with pytest.raises(Failed):
        run(bad)
    with pytest.raises(Failed, match="could not be prepared"):
        run(good._replace(prepare=lambda: os.stat(tmp_path / "none")))  # type: ignore[arg-type]


def test_figures_are_medians_and_ratios_are_taken_round_by_round() -> None:
    found = figures({"a": ROWS, "unit": UNIT}, "unit")
    assert found["a"] == Figure(3.0, 2.0, 20.0)
    assert found["unit"].ratio == 1.0
    assert figures({"a": ROWS}, "unit")["a"].ratio is None
    assert median_ratio(ROWS, UNIT) == 2.0


def test_the_page_keeps_what_stands_around_the_figures() -> None:
    once = between_markers("# Speed\n\nText\n", "one")
    assert between_markers(once, "two") == once.replace("one", "two")
    assert between_markers(f"{once}\nMore\n", "two").endswith("\nMore\n")


def test_a_table_and_a_plot_show_each_command() -> None:
    some = [Measured("yaml", number, {"a & b": Figure(number / 100, None, 5), "c": Figure(1, 2.5, 9)}, ("d",))
            for number in (10, 1000)]  # fmt: skip
    text = table(some[1], "c", {"c": "digests"})
    assert "| a & b | everything | 10.000 | - | 5 |" in text
    assert "| c | digests | 1.000 | 2.50 | 9 |" in text
    assert "Left out: d." in text
    image = ET.fromstring(plot(some))  # noqa: S314 - our own text
    assert len(image.findall("{http://www.w3.org/2000/svg}polyline")) == 2
    assert plot([]) == ""


def test_peers_that_cannot_be_run_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = make(str(tmp_path), "plain", 2)
    monkeypatch.setattr(
        "benchmarks.commands.installed", lambda name, **_: f"/bin/{name}" if name != "yamllint" else None
    )
    commands, absent = peers(place)
    assert [command.name for command in commands][:3] == ["sha256sum -c", "rhash -c --sha256", "git status"]
    assert absent == ["yamllint is not installed"]
    (tmp_path / "plain-2" / ".git").rename(tmp_path / "git")
    _, absent = peers(place._replace(number=20_000))
    assert {line.split(" ")[0] for line in absent} == {"check-jsonschema", "frictionless", "git", "yamllint"}


def test_our_command_is_the_installed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = start(str(tmp_path))[1].arguments[0]
    assert (os.path.basename(first).partition(".")[0], os.path.dirname(first)) == ("indexlint", commands_of._BIN)
    monkeypatch.setattr(commands_of, "_BIN", str(tmp_path))
    assert start(str(tmp_path))[1].arguments[:4] == (sys.executable, "-P", "-m", "validator")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--sizes", "x"], "argument --sizes: 'x' is no number from 1 on"),
        (["--sizes", "10,"], "argument --sizes: '' is no number from 1 on"),
        (["--sizes", "0"], "argument --sizes: '0' is no number from 1 on"),
        (["--kinds", "foo"], "argument --kinds: 'foo' is none of plain, yaml"),
        (["--kinds", "large"], "argument --kinds: 'large' is none of plain, yaml"),
        (["--rounds", "0"], "argument --rounds: '0' is no number from 1 on"),
        (["--large", "-5"], "argument --large: '-5' is no number from 1 on"),
    ],
)
def test_what_cannot_be_measured_is_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert (ended.value.code, capsys.readouterr().err.splitlines()[-1]) == (
        2, f"python -m benchmarks: error: {message}"
    )  # fmt: skip


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert main(["--sizes", "2", "--folder", str(tmp_path / "file" / "c")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("python -m benchmarks: error: ")
    assert said.count("\n") == 1


def test_the_cache_of_the_start_is_the_benchmark_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDEXLINT_CACHE_DIR", os.devnull)  # With which no run would ever be a warm one.
    warm = start(str(tmp_path))[1]
    assert warm.prepare is not None
    warm.prepare()
    assert list((tmp_path / "start-cache").iterdir())


@pytest.mark.slow
def test_a_changed_document_is_put_back(tmp_path: Path) -> None:
    place = make(str(tmp_path), "yaml", 3)
    commands = {command.name: command for command in ours(place)}
    changed = commands["indexlint, warm, one document changed"]
    assert changed.prepare is not None
    assert changed.finish is not None
    changed.prepare()
    assert subprocess.run(changed.arguments, cwd=place.project, check=False, capture_output=True).returncode == 1
    changed.finish()
    assert subprocess.run(changed.arguments, cwd=place.project, check=False, capture_output=True).returncode == 0
    assert len(start(str(tmp_path))) == 3
    clone = commands["indexlint, warm, in a fresh clone"]
    assert clone.prepare is not None
    clone.prepare()
    clone.prepare()
    assert subprocess.run(clone.arguments, cwd=clone.folder, check=False, capture_output=True).returncode == 0


@pytest.mark.slow
def test_the_whole_benchmark_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "docs" / "performance.md"
    page.parent.mkdir()
    page.write_text("# Speed\n", "utf-8")
    monkeypatch.setattr("benchmarks.__main__._ROOT", str(tmp_path))
    monkeypatch.setattr("benchmarks.__main__._PAGE", str(page))
    monkeypatch.setenv("PYTHONPATH", os.getcwd())
    arguments = ["--sizes", "5", "--kinds", "plain", "--rounds", "1", "--folder", str(tmp_path / "c"), "--only", "cold"]
    assert main([*arguments, "--write"]) == 0
    assert "indexlint, cold, one process" in capsys.readouterr().out
    assert "5 documents, plain" in page.read_text("utf-8")
    assert (tmp_path / "docs" / "performance-plain.svg").exists()
    assert main(arguments) == 0
