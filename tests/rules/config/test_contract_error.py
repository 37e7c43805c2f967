"""CF101: the contract or a configuration file is invalid."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

TABLE = "| Title |\n| - |\n| [A](a.md) |\n"
DOCUMENT = {"a.md": "# A\n"}


def contract(*lines: str) -> dict[str, str]:
    return {"INDEX.md": "\n".join(["---", *lines, "---", TABLE]), **DOCUMENT}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(contract("manifest: 1", "documents: '*.md'"), id="a valid contract"),
        pytest.param(contract("layout: page", "documnets: x"), id="front matter of another kind"),
        pytest.param({"INDEX.md": TABLE, **DOCUMENT, "indexlint.yaml": "corpora: [{index: INDEX.md}]\n"}, id="a file"),
        pytest.param({"INDEX.md": TABLE, **DOCUMENT, "pyproject.toml": "[project\n"}, id="a file of somebody else"),
    ],
)
def test_valid_ones_and_none_are_fine(files: dict[str, str], check: Callable[..., Result]) -> None:
    assert check(files).findings == []


def test_the_run_could_not_do_its_job(check: Callable[..., Result]) -> None:
    result = check(contract("manifest: 1", "documnets: x"))
    assert (result.code, brief(result)) == (2, ["CF101 INDEX.md:3:1-3:10"])
    finding = result.only()
    assert (finding["severity"], finding["document"], finding["values"]) == ("error", None, None)
    assert "did you mean 'documents'?" in finding["message"]


@pytest.mark.parametrize("option", [["--fail-on", "error"], ["--select", "CF"], ["--ignore", "MT"]])
def test_options_do_not_hide_it(option: list[str], check: Callable[..., Result]) -> None:
    assert check(contract("manifest: 1", "documnets: x"), *option).code == 2


def test_what_is_valid_beside_it_still_holds(check: Callable[..., Result]) -> None:
    files = contract("manifest: 1", "fields: {title: heading}", "documnets: x")
    result = check({**files, "a.md": "# B\n"})
    assert (result.code, sorted(result.codes)) == (2, ["CF101", "MT108"])


def test_a_file_that_several_corpora_share_is_faulted_once(check: Callable[..., Result]) -> None:
    corpora = "corpora:\n- index: x/LIST.md\n- index: y/LIST.md\nexclde: x\n"
    files = {f"{folder}/{name}": text for folder in "xy" for name, text in {"LIST.md": TABLE, **DOCUMENT}.items()}
    assert brief(check({"indexlint.yaml": corpora, **files})) == ["CF101 indexlint.yaml:4:1-4:7"]


def test_each_corpus_is_faulted_for_itself(check: Callable[..., Result]) -> None:
    faulty = contract("manifest: 1", "documnets: x")
    files = {f"{folder}/{name}": text for folder in "xy" for name, text in faulty.items()}
    assert brief(check(files)) == ["CF101 x/INDEX.md:3:1-3:10", "CF101 y/INDEX.md:3:1-3:10"]


def test_a_mark_that_cannot_be_read_is_not_called_missing(check: Callable[..., Result]) -> None:
    lines = ("manifest: 1", "\tdocuments: '*.md'", "fields: {title: heading}", "delimiters: {header: none}")
    finding = check(contract(*lines)).only()
    assert (finding["code"], finding["message"].partition(": ")[2]) == ("CF101", "a tab may not indent; use spaces")


SEVERAL = """---
manifest: 1
documents: "*.txt"
delimiters: {delimiters}
fields: {title: first-line}
---
| ID | Title |
| -- | ----- |
| 1 | One |
| 2 | Two |
"""


@pytest.mark.parametrize(
    "delimiters",
    [
        '{begin: "=== {id", end: "=== end {id} ==="}',
        '{begin: "=== {id} ===", end: "=== end {id"}',
        '{begin: "=== {id} ===", end: "=== {id} ==="}',
        '{begin: "=== {id} ===", end: "a\\nb"}',
        '{begin: {}, end: "=== end {id} ==="}',
        '{begn: "=== {id} ===", end: "=== end {id} ==="}',
        '{start: "=== {id} ===", end: "=== end {id} ==="}',
        "{header: jsonl}",
        "[begin]",
        '{begin: "=== {id} ===, end: "=== end {id} ==="}',
        "{begin: === {id} ===, end: *** END}",
    ],
)
def test_where_documents_begin_and_end_is_not_guessed(delimiters: str, check: Callable[..., Result]) -> None:
    text = "---\ntitle: x\n---\n=== 1 ===\nOne\n=== end 1 ===\n=== 2 ===\nTow\n=== end 2 ===\n"
    more = 'id: {pattern: "[0-9]", document: header.id}\nignore: [{rule: CT105, document: a.md, reason: x}]\n---\n| ID'
    index = SEVERAL.replace("{delimiters}", delimiters)
    assert check({"INDEX.md": index, "all.txt": text}).codes == ["CF101"]
    assert check({"INDEX.md": index.replace("---\n| ID", more), "all.txt": text}).codes == ["CF101"]


def test_what_is_wrong_with_the_index_itself_is_said_all_the_same(check: Callable[..., Result]) -> None:
    index = SEVERAL.replace("{delimiters}", '{begin: "=== {id"}').replace("| 2 |", "| [2](all.txt) | 3 |")
    assert sorted(check({"INDEX.md": index, "all.txt": "x\n"}).codes) == ["CF101", "DL113"]


@pytest.mark.parametrize("delimiters", ["{newlin: lf}", "{bom: 7}", "{header: yml}", "{headr: yaml}", "{list: [x]}"])
def test_what_bounds_no_document_spoils_no_document(delimiters: str, check: Callable[..., Result]) -> None:
    index = SEVERAL.replace("{delimiters}", delimiters).replace("| 1 | One |", "| 1 | [One](one.txt) |")
    assert sorted(check({"INDEX.md": index, "all.txt": "x\n", "2.txt": "Two\n"}).codes)[:2] == ["CF101", "IX103"]


def test_delimiters_that_are_stated_elsewhere_hold(check: Callable[..., Result]) -> None:
    configuration = 'corpora: [{index: INDEX.md, delimiters: {begin: "=== {id} ==="}}]\n'
    index = SEVERAL.replace("{delimiters}", "{begin: {}}")
    result = check({"indexlint.yaml": configuration, "INDEX.md": index, "all.txt": "=== 1 ===\nOne\n=== 2 ===\nTow\n"})
    assert sorted(result.codes) == ["CF101", "MT108"]
