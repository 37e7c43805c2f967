"""DL113: a table row with more or fewer cells than the header."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

HEAD = "| Title | Note |\n| ----- | ---- |\n"
DOCUMENTS = {"a.md": "# A\n", "b.md": "# B\n"}
FIRST = "| [A](a.md) | this |\n"


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(HEAD + FIRST + "| [B](b.md) | that |\n", id="two cells each"),
        pytest.param(HEAD + FIRST + "| [B](b.md) | this \\| that |\n", id="an escaped pipe"),
        pytest.param(HEAD + FIRST + "| [B](b.md) | `this \\| that` |\n", id="an escaped pipe in code"),
        pytest.param(HEAD + FIRST + "| [B](b.md) | |\n", id="an empty cell"),
        pytest.param("Title | Note\n--- | ---\n[A](a.md) | this\n[B](b.md) | that\n", id="no outer pipes"),
        pytest.param(HEAD + FIRST + "| [B](b.md) | that |  \n", id="trailing blanks"),
        pytest.param(HEAD + FIRST + "| [B](b.md) | that |\n\n| a | b | c |\n", id="pipes behind the table"),
    ],
)
def test_rows_of_the_headers_width_are_fine(table: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": table, **DOCUMENTS}).findings == []


@pytest.mark.parametrize(
    ("row", "where", "cells"),
    [
        pytest.param("| [B](b.md) | this | that |", "4:22-4:26", "3 cells", id="one too many"),
        pytest.param("| [B](b.md) | this | that | more |", "4:22-4:33", "4 cells", id="two too many"),
        pytest.param("| [B](b.md) | größe | é |", "4:23-4:24", "3 cells", id="behind characters of two bytes"),
        pytest.param("| [B](b.md) | `this | that` |", "4:23-4:28", "3 cells", id="a bare pipe in code"),
        pytest.param("| [B](b.md) | this | |", "4:22-4:23", "3 cells", id="an empty one too many"),
        pytest.param("[B](b.md) | this | that", "4:20-4:24", "3 cells", id="no outer pipes"),
        pytest.param("| [B](b.md) |", "4:1-4:14", "1 cell", id="one too few"),
        pytest.param("  | [B](b.md)", "4:3-4:14", "1 cell", id="one too few, indented, its pipe forgotten"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_place_is_what_is_too_much_or_the_row(
    row: str, where: str, cells: str, end: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": (HEAD + FIRST + row + "\n").replace("\n", end), **DOCUMENTS})
    assert brief(result) == [f"DL113 INDEX.md:{where}"]
    assert result.only()["message"] == f"this row has {cells}, where the header has 2"


@pytest.mark.parametrize(
    ("row", "where", "more"),
    [
        pytest.param(
            "| 2 | B | C | [b](b.md) | 1 |", "5:3-5:12", "5 cells, 4: 1 too many before its link", id="before"
        ),
        pytest.param(
            "| 2 | B | [b | c](b.md) | 1 |", "5:11-5:24", "5 cells, 4: a pipe divides the text of its link", id="in"
        ),
        pytest.param("| 2 [b](b.md) | 1 |", "5:1-5:20", "2 cells, 4: 2 too few before its link", id="too few before"),
        pytest.param("| 2 | B | [b](b.md) | 1 | |", "5:27-5:28", "5 cells, 4", id="behind"),
    ],
)
def test_the_link_tells_where_the_fault_is_and_nothing_follows(
    row: str, where: str, more: str, check: Callable[..., Result]
) -> None:
    index = f"| ID | Title | File | Lines |\n| - | - | - | - |\n| 1 | A | [a](a.md) | 1 |\n| x | - | - | - |\n{row}\n"
    result = check({"INDEX.md": index, **DOCUMENTS})
    assert brief(result) == [f"DL113 INDEX.md:{where}"]
    count, message = more.split(", ")
    assert result.only()["message"] == f"this row has {count}, where the header has {message}"


def test_a_key_of_a_header_says_nothing_of_links(check: Callable[..., Result]) -> None:
    front = "---\nmanifest: 1\ndelimiters: {header: table}\n---\n"
    document = "| Key | Value |\n| --- | --- |\n| before-link | a | b |\n| Status | Final |\n\n# A\n"
    result = check({"INDEX.md": f"{front}- [A](a.md)\n", "a.md": document})
    assert result.only()["message"] == "this row has 3 cells, where the header has 2"


def test_cells_before_the_fault_are_compared_and_those_behind_are_not(check: Callable[..., Result]) -> None:
    table = "| Title | Bytes | Lines |\n| - | - | - |\n| [X](a.md) | 9 | 9 | 9 |\n"
    assert brief(check({"INDEX.md": table, "a.md": "# A\n"})) == ["MT108 INDEX.md:3:3-3:12", "DL113 INDEX.md:3:23-3:24"]


def test_each_row_is_a_finding(check: Callable[..., Result]) -> None:
    table = "| Title |\n| ----- |\n| [A](a.md) | x |\n| [B](b.md) | y |\n"
    assert check({"INDEX.md": table, **DOCUMENTS}).codes == ["DL113", "DL113"]


def test_the_finding_names_the_document_of_the_row(check: Callable[..., Result]) -> None:
    index = "| ID | T | F |\n| -- | - | - |\n| 7 | A|b | [a](a.md) |\n| 8 | A|b | [b](b.md) |\n| 9 | A|b | c |\n"
    result = check({"INDEX.md": index, "a.md": "---\nid: 7\n---\n# A\n"})
    first, second, third = (finding for finding in result.findings if finding["code"] == "DL113")
    assert (first["document"], first["id"]) == ("a.md", "7")
    assert (second["document"], second["id"]) == ("b.md", None)
    assert third["document"] is None
