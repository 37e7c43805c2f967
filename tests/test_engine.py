"""The engine: rules that crash, maps, severities, ignores, and fingerprints that last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import Result, write
from tests.reporters.conftest import validator
from validator.corpus import Corpus
from validator.discover import find_config, find_sources, prepare
from validator.engine import Map, run
from validator.findings import Problem, Report
from validator.model import Document, Place, Span
from validator.reporters import FORMATS, renderer
from validator.rules import ALL, Rule
from validator.rules.rule import Project, rule
from validator.settings import Settings
from validator.tree import Folder

FILES = {
    "INDEX.md": "| Title | Note |\n| ----- | ---- |\n| [A](a.md) | x |\n| [B](b.md) |\n| [C](c.md) | y | z |\n",
    "a.md": "# Other\n",
    "b.md": "# b\n",
    "c.md": "# C\n",
}
Check = Callable[..., Result]


def outcome(folder: Path, rules: tuple[Rule, ...] = ALL, mapper: Map = map) -> Report:
    """The report of a folder, by these rules, its documents scanned by this map."""
    tree = Folder(str(folder))
    config = find_config(tree, None, str(folder))
    prepared = prepare(tree, config, find_sources(tree, config, ()))
    return run(prepared, tree, config, rules, Settings(today="2026-01-01"), "0", mapper).report


@rule(Corpus, "XX101", since="0.1")
def crashing_rule(corpus: Corpus) -> Iterator[Problem]:
    """A rule that crashes behind its first problem."""
    yield Problem(Place(corpus.path or "", Span(0, 1)), "found before the crash")
    raise ZeroDivisionError("by\nnothing")


@rule(Corpus, "XX102", since="0.1")
def unplaceable_rule(corpus: Corpus) -> Iterator[Problem]:
    """A rule whose problem stands at no place."""
    yield Problem(None, f"nowhere in {corpus.path}")  # type: ignore[arg-type] # what a crash in a place needs


@rule(Project, "XX103", since="0.1")
def crashing_project_rule(project: Project) -> Iterator[Problem]:
    """A rule that crashes on the project."""
    yield Problem(Place(project.corpora[len(project.corpora)].path or ""), "never")


def test_a_rule_that_crashes_is_a_finding_and_the_others_go_on(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    sound = outcome(tmp_path)
    report = outcome(tmp_path, (crashing_rule, unplaceable_rule, crashing_project_rule, *ALL))
    added = [finding for finding in report.findings if finding not in sound.findings]
    assert report.failed
    assert not sound.failed
    assert len(report.findings) == len(sound.findings) + len(added)
    assert [(finding.code, finding.spot.path, finding.spot.line) for finding in added] == [
        ("CF107", ".", None),
        ("CF107", "INDEX.md", None),
        ("CF107", "INDEX.md", None),
        ("XX101", "INDEX.md", 1),
    ]
    assert [finding.message for finding in added if finding.spot.path == "INDEX.md"] == [
        "the rule XX101 crashed: ZeroDivisionError: by\nnothing",
        "the rule XX102 crashed: AttributeError: 'NoneType' object has no attribute 'span'",
        "found before the crash",
    ]


def test_a_crash_is_exit_2_with_the_whole_report(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("check", "selection"):
        monkeypatch.setattr(f"validator.cli.{place}.ALL", (crashing_rule, *ALL))
    result = check(FILES, "--select", "XX101,MT108")
    assert result.code == 2
    assert set(result.codes) == {"CF107", "XX101", "MT108"}
    validator_errors = [error.message for error in validator("report").iter_errors(result.report)]
    assert validator_errors == ["'XX101' does not match '^(?:IX|ID|DL|MT|CT|FS|CF)[0-9]{3}$'"]


def test_a_crash_of_a_corpus_without_index_stands_at_its_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"indexlint.yaml": 'corpora:\n  - index: none\n    documents: "*.md"\n', "a.md": "# A\n"})
    report = outcome(tmp_path, (unplaceable_rule, *ALL))
    assert [(finding.code, finding.spot.path) for finding in report.findings] == [("CF107", "indexlint.yaml")]


def test_any_map_that_keeps_order_gives_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, **{f"more/{n}.md": f"# {n}\r\n" for n in range(50)}})
    rows = "".join(f"| [{n}]({n}.md) |\n" for n in range(60))
    write(tmp_path, {"more/INDEX.md": f"---\nmanifest: 1\ndelimiters: {{newline: lf}}\n---\n| T |\n| - |\n{rows}"})
    with ThreadPoolExecutor(4) as pool:
        reports = [outcome(tmp_path), outcome(tmp_path, mapper=pool.map), outcome(tmp_path, mapper=_backwards)]
    assert len(reports[0].findings) > 60
    for name in FORMATS:
        assert len({"".join(renderer(name)(report, ALL)) for report in reports}) == 1


def _backwards(function: Callable[[str], tuple[Document, ...]], items: Iterable[str]) -> list[tuple[Document, ...]]:
    """A map that does its work from the end."""
    return [function(item) for item in reversed(list(items))][::-1]


SEVERITIES = {
    "a code": ("{MT108: note}", "note"),
    "a name": ("{field-mismatch: warning}", "warning"),
    "a prefix": ("{MT: note}", "note"),
    "another rule": ("{MT109: note}", "error"),
    "the last one counts": ("{MT: note, MT108: warning}", "warning"),
}


@pytest.mark.parametrize(("stated", "expected"), SEVERITIES.values(), ids=SEVERITIES)
def test_a_contract_gives_a_rule_another_severity(stated: str, expected: str, check: Check) -> None:
    index = f"---\nmanifest: 1\nseverity: {stated}\n---\n| Title |\n| - |\n| [A](a.md) |\n"
    result = check({"INDEX.md": index, "a.md": "# B\n"}, "--fail-on", "error")
    assert (result.only()["code"], result.only()["severity"]) == ("MT108", expected)
    assert result.code == (expected == "error")
    assert result.report["summary"][expected] == 1


def test_a_severity_holds_in_its_own_corpus_alone(check: Check) -> None:
    table = "| Title |\n| - |\n| [A](a.md) |\n"
    files = {"x/INDEX.md": f"---\nmanifest: 1\nseverity: {{MT: note}}\n---\n{table}", "y/INDEX.md": table}
    result = check({**files, "x/a.md": "# X\n", "y/a.md": "# Y\n"})
    assert [(finding["path"], finding["severity"]) for finding in result.findings] == [
        ("x/INDEX.md", "note"),
        ("y/INDEX.md", "error"),
    ]


IGNORES = {
    "the code": ("{rule: MT108, reason: r}", 0),
    "the name": ("{rule: field-mismatch, reason: r}", 0),
    "a prefix": ("{rule: MT, reason: r}", 0),
    "another rule": ("{rule: MT109, reason: r}", 1),
    "the document": ("{rule: MT108, document: a.md, reason: r}", 0),
    "a glob": ("{rule: MT108, document: '*.md', reason: r}", 0),
    "until a day to come": ("{rule: MT108, reason: r, until: 2999-12-31}", 0),
    "until the past": ("{rule: MT108, reason: r, until: 2000-01-01}", 1),
}


@pytest.mark.parametrize(("ignore", "left"), IGNORES.values(), ids=IGNORES)
def test_an_ignore_takes_a_finding_away_and_counts_it(ignore: str, left: int, check: Check) -> None:
    index = f"---\nmanifest: 1\nignore: [{ignore}]\n---\n| Title |\n| - |\n| [A](a.md) |\n"
    result = check({"INDEX.md": index, "a.md": "# B\n"}, "--ignore", "CF")
    assert result.codes == ["MT108"] * left
    assert result.report["summary"]["suppressed"] == 1 - left
    assert result.code == left


MOVES = {
    "an index longer above": {"INDEX.md": "# All\n\nWords.\n\n" + FILES["INDEX.md"]},
    "an index with CRLF": {"INDEX.md": FILES["INDEX.md"].replace("\n", "\r\n")},
    "another order of rows": {"INDEX.md": "\n".join(FILES["INDEX.md"].split("\n")[i] for i in (0, 1, 4, 2, 3)) + "\n"},
    "a document longer above": {"a.md": "Words.\n\n" + FILES["a.md"]},
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_a_fingerprint_stays_when_lines_move(move: dict[str, str], tmp_path: Path, run: Check) -> None:
    write(tmp_path, FILES)
    before = run(tmp_path)
    write(tmp_path, move)
    after = run(tmp_path)
    assert {finding["fingerprint"] for finding in after.findings} == {item["fingerprint"] for item in before.findings}
    assert len(after.findings) == len(before.findings) > 3


CHANGES = {
    "another title in the index": {"INDEX.md": FILES["INDEX.md"].replace("[A]", "[AA]")},
    "another title in the document": {"a.md": "# Another\n"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_fingerprint_changes_with_the_values(change: dict[str, str], tmp_path: Path, run: Check) -> None:
    write(tmp_path, FILES)
    (before,) = (finding for finding in run(tmp_path).findings if finding["code"] == "MT108")
    write(tmp_path, change)
    (after,) = (finding for finding in run(tmp_path).findings if finding["code"] == "MT108")
    assert before["fingerprint"] != after["fingerprint"]


def test_each_finding_has_a_fingerprint_of_its_own(check: Check) -> None:
    result = check({**FILES, "x/INDEX.md": FILES["INDEX.md"], "x/a.md": "# Other\n"})
    assert result.codes.count("DL113") == 4
    prints = [finding["fingerprint"] for finding in result.findings]
    assert len(set(prints)) == len(prints)


def test_a_place_in_a_file_that_changed_meanwhile_is_a_place_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, FILES)

    @rule(Corpus, "XX104", since="0.1")
    def shrinking_rule(_corpus: Corpus) -> Iterator[Problem]:
        """Points behind the end of one file, and into one that is gone."""
        yield Problem(Place("a.md", Span(900, 950)), "behind the end")
        yield Problem(Place("gone.md", Span(1, 2)), "in a file that is gone")

    found = [finding.spot for finding in outcome(tmp_path, (shrinking_rule,)).findings]
    assert [(spot.path, spot.line, spot.column, spot.end_line, spot.end_column) for spot in found] == [
        ("a.md", 2, 1, 2, 1),
        ("gone.md", None, None, None, None),
    ]
