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


def test_a_required_field_is_said_document_by_document(check: Callable[..., Result]) -> None:
    assert check(corpus("{document: header.phase, required: true}", "x: 1", 3)).codes == ["MT104"] * 3
