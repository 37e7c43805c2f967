"""MT110: a field is present and empty on one side, while the other states a value."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

TABLE = {"contract": "fields: {title: header.title, status: header.status}", "columns": "Title | Status"}


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        pytest.param("title: A\nstatus: Final\n", "Final", id="both state it"),
        pytest.param("title: A\nstatus:\n", "-", id="both are empty"),
        pytest.param("title: A\nstatus: ''\n", "", id="both are quite empty"),
        pytest.param("title: A\n", "Final", id="the document has no such key"),
        pytest.param("title: A\n", "-", id="neither has it"),
        pytest.param("title: A\nstatus: 0\n", "0", id="a zero is a value"),
        pytest.param("title: A\nstatus: '-'\n", "-", id="the same dash on both sides"),
        pytest.param("title: A\nstatus: n/a\n", "-", id="two marks of nothing"),
    ],
)
def test_two_values_or_none_are_fine(header: str, cell: str, check_header: Callable[..., Result]) -> None:
    assert check_header(header, **TABLE, row=f"[A](a.md) | {cell}").findings == []


@pytest.mark.parametrize("cell", ["-", "--", "–", "—", "n/a", "N/A"])
def test_empty_in_the_index(cell: str, check_header: Callable[..., Result]) -> None:
    result = check_header("title: A\nstatus: Final\n", **TABLE, row=f"[A](a.md) | {cell}")
    assert brief(result) == [f"MT110 INDEX.md:9:15-9:{15 + len(cell)}"]
    finding, related = result.only(), result.only()["related"][0]
    assert (finding["message"], finding["severity"]) == ("status is empty in the index", "warning")
    assert finding["values"] == {"index": "", "document": "Final"}
    assert (finding["field"], finding["document"]) == ("status", "a.md")
    assert (related["path"], related["line"], related["column"]) == ("a.md", 3, 9)
    assert related["message"] == "the document says 'Final'"


@pytest.mark.parametrize(
    ("value", "where"),
    [
        pytest.param("", "3:1-3:7", id="nothing"),
        pytest.param("''", "3:1-3:7", id="quotes round nothing"),
        pytest.param("' '", "3:9-3:12", id="a blank"),
        pytest.param("[]", "3:1-3:7", id="an empty list"),
    ],
)
def test_empty_in_the_document(value: str, where: str, check_header: Callable[..., Result]) -> None:
    result = check_header(f"title: A\nstatus: {value}\n", **TABLE, row="[A](a.md) | Final")
    assert brief(result) == [f"MT110 a.md:{where}"]
    finding, related = result.only(), result.only()["related"][0]
    assert finding["message"] == "status is empty in the document"
    assert finding["values"] == {"index": "Final", "document": ""}
    assert (related["path"], related["line"], related["column"], related["end_column"]) == ("INDEX.md", 9, 15, 20)


def test_a_required_field_is_missing_and_not_empty_too(check_header: Callable[..., Result]) -> None:
    contract = "fields: {title: header.title, status: {document: header.status, required: true}}"
    result = check_header("title: A\nstatus:\n", contract=contract, columns="Title | Status", row="[A](a.md) | Final")
    assert result.codes == ["MT104"]


def test_an_empty_document_is_that_alone(check: Callable[..., Result]) -> None:
    index = "---\nmanifest: 1\nfields: {title: first-line}\n---\n| Title |\n| - |\n| [A](a.md) |\n"
    assert check({"INDEX.md": index, "a.md": " \n"}).codes == ["CT105"]


def test_a_row_of_another_document_says_nothing(check: Callable[..., Result]) -> None:
    index = "---\nmanifest: 1\ndocuments: '*.md'\nfields: {title: header.title}\n---\n| Title |\n| - |\n| [A](a.md) |\n"
    files = {"a.md": "---\ntitle: A\n---\nText.\n", "b.md": "---\ntitle:\n---\nOther text.\n"}
    assert check({"INDEX.md": index, **files}).codes == ["IX104"]


def test_a_first_line_without_text(check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\ndelimiters: {header: none}\nfields: {title: {document: first-line}}\n---\n"
    result = check({"INDEX.md": f"{contract}| Title |\n| ----- |\n| [A](a.txt) |\n", "a.txt": "\nB\n"})
    assert brief(result) == ["MT110 a.txt:1:1-1:1"]


def test_a_first_line_that_nobody_called_the_title_may_have_none(check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": "| Title |\n| ----- |\n| [A](a.txt) |\n", "a.txt": "\nB\n"}).findings == []
