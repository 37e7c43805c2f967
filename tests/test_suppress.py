"""Ignores and severities in a contract."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.conftest import Result, place
from validator.contract import Contract, Ignore
from validator.findings import Finding, Severity, Spot
from validator.model import Place
from validator.suppress import names_rule, suppress

Check = Callable[..., Result]
TABLE = "| ID | Title |\n| -- | ----- |\n| [1](1.md) | One |\n| [2](2.md) | Zwei |\n"
DOCUMENTS = {"1.md": "# Eins\n", "2.md": "# Two\n"}


def corpus(*lines: str) -> dict[str, str]:
    contract = "\n".join(["manifest: 1", 'name: "{id}.md"', *lines])
    return {"INDEX.md": f"---\n{contract}\n---\n\n{TABLE}", **DOCUMENTS}


def ids(result: Result) -> list[str]:
    return [finding["id"] for finding in result.findings]


@pytest.mark.parametrize(
    ("ignore", "left"),
    [
        ("{rule: MT108, reason: r}", []),
        ("{rule: MT, reason: r}", []),
        ("{rule: field-mismatch, reason: r}", []),
        ("{rule: mt108, reason: r}", []),
        ("{rule: MT109, reason: r}", ["1", "2"]),
        ("{rule: MT108, document: 1.md, reason: r}", ["2"]),
        ("{rule: MT108, document: '?.md', reason: r}", []),
        ("{rule: MT108, document: '2', reason: r}", ["1"]),
        ("{rule: MT108, reason: r, until: 2999-12-31}", []),
        ("{rule: MT108, reason: r, until: 2001-01-01}", ["1", "2"]),
    ],
    ids=["code", "prefix", "name", "case", "another", "a path", "a glob", "an ID", "not yet over", "over"],
)
def test_what_an_ignore_silences(ignore: str, left: list[str], check: Check) -> None:
    result = check(corpus(f"ignore: [{ignore}]"))
    assert [finding["id"] for finding in result.findings if finding["code"] == "MT108"] == left
    assert result.report["summary"]["suppressed"] == 2 - len(left)
    assert result.code == (1 if left else 0)


def test_an_ignore_speaks_of_paths_below_the_folder_of_the_index(check: Check) -> None:
    files = corpus("ignore: [{rule: MT108, document: 1.md, reason: r}]")
    assert ids(check({f"sub/{name}": text for name, text in files.items()})) == ["2"]


@pytest.mark.parametrize("document", ["3.md", "'3'"], ids=["by its path", "by its ID"])
def test_an_ignore_for_a_document_that_is_missing_matches_it(document: str, check: Check) -> None:
    files = corpus(f"ignore: [{{rule: IX103, document: {document}, reason: r}}, {{rule: MT, reason: r}}]")
    files["INDEX.md"] += "| [3](3.md) | Three |\n"
    assert check(files).findings == []


def test_an_ignore_for_a_document_that_nobody_knows_is_a_stray(check: Check) -> None:
    finding = check(corpus("ignore: [{rule: MT108, reason: r}, {rule: MT108, document: 9.md, reason: r}]")).only()
    assert (finding["code"], finding["severity"]) == ("CF102", "warning")
    assert "'9.md' is neither a document nor an ID" in finding["message"]
    assert place(finding) == "INDEX.md:4:36-4:76"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ignore: [{rule: MT, reason: r}, {rule: unlisted, reason: r}]", "'unlisted' is no rule"),
        ("ignore: [{rule: MT, reason: r}, {rule: field-mismatsch, reason: r}]", "did you mean 'field-mismatch'?"),
        ("ignore: [{rule: MT, reason: r}]\nseverity: {XX999: note}", "'XX999' is no rule"),
    ],
)
def test_a_rule_that_there_is_not_is_a_stray(line: str, words: str, check: Check) -> None:
    finding = check(corpus(line)).only()
    assert finding["code"] == "CF102"
    assert words in finding["message"]


@pytest.mark.parametrize(
    ("severity", "expected", "code"),
    [("{MT108: note}", "note", 0), ("{MT: warning}", "warning", 1), ("{MT: warning, MT108: note}", "note", 0)],
)
def test_a_severity_of_the_contract(severity: str, expected: str, code: int, check: Check) -> None:
    result = check(corpus(f"severity: {severity}"))
    assert {finding["severity"] for finding in result.findings} == {expected}
    assert result.code == code


def test_what_the_contract_says_of_cf_rules_holds_for_itself(check: Check) -> None:
    stray = ["documents: ['*.md', '*.txt']", "severity: {CF102: note, MT: note}"]
    result = check(corpus(*stray))
    assert (result.code, {finding["severity"] for finding in result.findings}) == (0, {"note"})
    silent = check(corpus(stray[0], "ignore: [{rule: CF102, reason: later}, {rule: MT, reason: r}]"))
    assert (silent.findings, silent.report["summary"]["suppressed"]) == ([], 3)


def test_an_invalid_contract_cannot_be_ignored(check: Check) -> None:
    result = check(corpus("colour: red", "ignore: [{rule: ALL, reason: r}]"))
    assert (result.code, result.codes) == (2, ["CF101"])


@pytest.mark.parametrize("until", ["2026-02-31", "tomorrow", "'2026-1-1'"])
def test_a_day_that_does_not_exist_is_an_error_of_the_contract(until: str, check: Check) -> None:
    result = check(corpus(f"ignore: [{{rule: MT108, reason: r, until: {until}}}]"))
    assert result.code == 2
    assert "CF101" in result.codes


def test_without_a_reason_nothing_is_ignored(check: Check) -> None:
    result = check(corpus("ignore: [{rule: MT108}]"))
    assert (result.code, sorted(set(result.codes))) == (2, ["CF101", "MT108"])


@pytest.mark.parametrize(
    ("until", "today", "silenced"),
    [
        ("2026-01-05", "2026-01-04", True),
        ("2026-01-05", "2026-01-05", True),
        ("2026-01-05", "2026-01-06", False),
        ("2026-01-31", "2026-02-01", False),
        (None, "9999-12-31", True),
    ],
)
def test_an_ignore_holds_to_the_end_of_its_day(until: str | None, today: str, silenced: bool) -> None:  # noqa: FBT001
    ignore = Ignore("MT108", None, "r", until, Place("INDEX.md"))
    finding = Finding(
        "MT108", "field-mismatch", Severity.ERROR, "m", "INDEX.md", "a.md", "1", None, None, Spot("INDEX.md"), (), "",
        "f",
    )  # fmt: skip
    verdict = suppress([finding], Contract("INDEX.md", "", ignore=(ignore,)), today)
    assert (verdict.suppressed, verdict.used) == (int(silenced), frozenset([ignore] if silenced else []))
    assert verdict.kept == (() if silenced else (finding,))


@pytest.mark.parametrize(
    ("selector", "meant"),
    [
        ("MT108", True), ("mt108", True), ("MT10", True), ("MT", True), ("M", True), ("ALL", True), ("all", True),
        ("field-mismatch", True), ("FIELD-MISMATCH", True), ("field", False), ("MT1080", False), ("T108", False),
    ],
)  # fmt: skip
def test_a_rule_is_named_by_code_prefix_or_name(selector: str, meant: bool) -> None:  # noqa: FBT001
    assert names_rule(selector, "MT108", "field-mismatch") is meant


@pytest.mark.parametrize(
    ("wanted", "folder", "path", "identity", "meant"),
    [
        ("a.md", "", "a.md", None, True),
        ("*.md", "x", "x/a.md", None, True),
        ("*.md", "x", "x/y/a.md", None, False),
        ("**/*.md", "x", "x/y/a.md", None, True),
        ("a.md", "x", "xa.md", None, False),
        ("a.md", "x", "y/a.md", None, False),
        ("7", "", "a.md", "7", True),
        ("7", "", None, "7", True),
        ("7", "", None, None, False),
        ("07", "", "a.md", "7", False),
        ("ü", "", "a.md", "ü", True),
    ],
)
def test_a_document_is_named_by_glob_or_id(
    wanted: str,
    folder: str,
    path: str | None,
    identity: str | None,
    meant: bool,  # noqa: FBT001
) -> None:
    ignore = Ignore("MT108", wanted, "r", None, Place("INDEX.md"))
    finding = Finding(
        "MT108",
        "field-mismatch",
        Severity.ERROR,
        "m",
        "INDEX.md",
        path,
        identity,
        None,
        None,
        Spot("INDEX.md"),
        (),
        "",
        "f",
    )
    verdict = suppress([finding], Contract("INDEX.md", folder, ignore=(ignore,)), "2026-01-01")
    assert verdict.suppressed == meant


@pytest.mark.parametrize(("glob", "ignores", "findings"), [("d{}*.md", 600, 30), ("d{}.md", 3000, 300)])
def test_thousands_of_ignores_cost_no_long_time(glob: str, ignores: int, findings: int) -> None:
    place = Place("INDEX.md")
    silent = tuple(Ignore("MT108", glob.format(number), "r", None, place) for number in range(ignores))
    found = [
        Finding(
            "MT108", "field-mismatch", Severity.ERROR, "m", "INDEX.md", f"e{number}.md", None, None, None,
            Spot("INDEX.md"), (), "", "f",
        )
        for number in range(findings)
    ]  # fmt: skip
    started = time.process_time()
    assert suppress(found, Contract("INDEX.md", "", ignore=silent), "2026-01-01").suppressed == 0
    assert time.process_time() - started < 1.5
