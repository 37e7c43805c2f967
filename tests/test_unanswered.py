"""Declared fields that entries state and that no document answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result

HEAD = "| Title | Status |\n| ----- | ------ |\n"


def corpus(field: str, header: str, count: int, *, stated: str = "Draft", dialect: str = "yaml") -> dict[str, str]:
    contract = f"---\nmanifest: 1\ndelimiters: {{header: {dialect}}}\nfields: {{status: {field}}}\n---\n"
    rows = "".join(f"| [T](d{number}.md) | {stated} |\n" for number in range(count))
    documents = {f"d{number}.md": f"---\n{header}\nid: {number}\n---\nText.\n" for number in range(count)}
    return {"INDEX.md": contract + HEAD + rows, **documents}


ANSWERED = {
    "a document answers": corpus("header.status", "status: Draft", 3),
    "the index states nothing": corpus("header.Status", "status: Draft", 3, stated="-"),
    "two documents without a like key": corpus("header.phase", "x: 1", 2),
    "their headers are broken": corpus("header.Status", "status: a: b\nStatus: b: c\n- x", 3),
}


@pytest.mark.parametrize("files", ANSWERED.values(), ids=ANSWERED)
def test_it_stays_silent(files: dict[str, str], check: Callable[..., Result]) -> None:
    assert "CF102" not in check(files).codes


SILENT = {
    "another case": (corpus("header.Status", "status: Draft", 1), "; did you mean 'header.status'?"),
    "another spelling": (corpus("header.state", "status: Draft", 1), "; did you mean 'header.status'?"),
    "nothing like it": (corpus("header.phase", "x: 1", 3), ""),
    "by name": (corpus("{column: Status}", "x: 1", 3), ""),
    "no heading": (corpus("heading", "x: 1", 3), ""),
}


@pytest.mark.parametrize(("files", "hint"), SILENT.values(), ids=SILENT)
def test_a_field_that_is_compared_with_nothing_is_a_finding(
    files: dict[str, str], hint: str, check: Callable[..., Result]
) -> None:
    (finding,) = [finding for finding in check(files).findings if finding["code"] == "CF102"]
    assert "is compared with nothing" in finding["message"]
    assert finding["message"].endswith(hint or "nothing")
    assert finding["line"] == 4


def test_a_header_that_nobody_declared_is_told_of(check: Callable[..., Result]) -> None:
    files = corpus("header.Status", "x: 1", 3)
    files["INDEX.md"] = files["INDEX.md"].replace("delimiters: {header: yaml}\n", "")
    files |= {f"d{number}.md": f"# T {number}\n\n- Status: Draft\n" for number in range(3)}
    message = check(files).only()["message"]
    assert message.endswith("; only front matter is a header as long as `delimiters.header` names no other")


def test_a_required_field_is_said_document_by_document(check: Callable[..., Result]) -> None:
    assert check(corpus("{document: header.phase, required: true}", "x: 1", 3)).codes == ["MT104"] * 3


def test_documents_without_an_index_have_nothing_to_answer(check: Callable[..., Result]) -> None:
    config = (
        "corpora:\n- {index: none, documents: '*.md', delimiters: {header: yaml}, fields: {status: header.Status}}\n"
    )
    assert check({"indexlint.yaml": config, "a.md": "---\nstatus: x\n---\nText.\n"}).findings == []


def test_several_documents_in_a_file_give_no_hint(check: Callable[..., Result]) -> None:
    contract = (
        "---\nmanifest: 1\ndocuments: all.txt\ndelimiters: {begin: '== {id}'}\nfields: {status: header.Status}\n---\n"
    )
    rows = "".join(f"| {number} | Draft |\n" for number in range(3))
    files = {
        "INDEX.md": f"{contract}| ID | Status |\n| -- | -- |\n{rows}",
        "all.txt": "".join(f"== {number}\nstatus: Draft {number}\n" for number in range(3)),
    }
    assert check(files).codes == ["CF102"]


def test_a_document_that_cannot_be_read_gives_no_hint(check: Callable[..., Result]) -> None:
    files = corpus("header.Status", "status: Draft", 1)
    files["INDEX.md"] = files["INDEX.md"].replace("manifest: 1\n", "manifest: 1\nlimits: {file: 60}\n")
    files["INDEX.md"] += "| [T](c.md) | Draft |\n"
    assert sorted(check({**files, "c.md": "x" * 61}).codes) == ["CF102", "FS108"]
