"""DL114: the separator row is missing, or of another width than the header."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

HEAD = "| Title | Note |\n"
ROWS = "| [A](a.md) | this |\n| [B](b.md) | that |\n"
DOCUMENTS = {"a.md": "# A\n", "b.md": "# B\n"}


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(HEAD + "| --- | --- |\n" + ROWS, id="three dashes"),
        pytest.param(HEAD + "| - | - |\n" + ROWS, id="one dash"),
        pytest.param(HEAD + "|:--|--:|\n" + ROWS, id="colons"),
        pytest.param(HEAD + "  --- | ---\n" + ROWS, id="no outer pipes"),
        pytest.param(HEAD + "| --- | --- |  \n" + ROWS, id="trailing blanks"),
        pytest.param("Text | more\nText | more\n\n" + HEAD + "| - | - |\n" + ROWS, id="pipes in prose"),
        pytest.param("```\n" + HEAD + ROWS + "```\n\n" + HEAD + "| - | - |\n" + ROWS, id="a broken one in code"),
        pytest.param("| x | y |\n| z | w |\n\n" + HEAD + "| - | - |\n" + ROWS, id="a broken one that is no index"),
    ],
)
def test_a_sound_table_is_fine(table: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": table, **DOCUMENTS}).findings == []


@pytest.mark.parametrize(
    ("table", "where", "message"),
    [
        pytest.param(
            HEAD + ROWS, "1:1-1:17", "no separator row follows this table header, so these lines are no table",
            id="missing",
        ),
        pytest.param(
            HEAD + "| --- |\n" + ROWS, "2:1-2:8",
            "the separator row is for 1, the header has 2 columns, so these lines are no table", id="too narrow",
        ),
        pytest.param(
            HEAD + "| --- | --- | --- |\n" + ROWS, "2:1-2:20",
            "the separator row is for 3, the header has 2 columns, so these lines are no table", id="too wide",
        ),
        pytest.param(
            "| Title |\n| - | - |\n| [A](a.md) |\n| [B](b.md) |\n", "2:1-2:10",
            "the separator row is for 2, the header has 1 column, so these lines are no table", id="one column",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_place_is_the_header_or_the_separator(
    table: str, where: str, message: str, end: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": table.replace("\n", end), **DOCUMENTS})
    assert brief(result) == [f"DL114 INDEX.md:{where}"]
    assert result.only()["message"] == message


def test_its_rows_are_checked_all_the_same(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": HEAD + ROWS.replace("[B]", "[X]"), **DOCUMENTS})
    assert brief(result) == ["DL114 INDEX.md:1:1-1:17", "MT108 INDEX.md:3:3-3:12"]
