"""CT102: the stated number of bytes, characters, lines or words is not the real one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place


def files(column: str, cell: str, data: str | bytes, front: str = "") -> dict[str, str | bytes]:
    return {"INDEX.md": f"{front}| Document | {column} |\n| - | - |\n| [A](a.md) | {cell} |\n", "a.md": data}


@pytest.mark.parametrize(
    ("column", "cell", "data"),
    [
        pytest.param("Bytes", "5", "é b\n", id="bytes"),
        pytest.param("Size", "5", "é b\n", id="size is bytes"),
        pytest.param("Chars", "4", "é b\n", id="characters"),
        pytest.param("Characters", "1", "💧", id="a character of four bytes"),
        pytest.param("Lines", "2", "a\nb\n", id="lines"),
        pytest.param("Lines", "2", "a\nb", id="a last line without its end counts too"),
        pytest.param("Lines", "2", "a\r\nb\r\n", id="lines with CRLF"),
        pytest.param("Lines", "1", "a\rb\u2028c\x0cd\x85e\n", id="nothing but LF ends a line"),
        pytest.param("Lines", "3", "a\n\n\n", id="empty lines"),
        pytest.param("Words", "3", "a\u00a0b\u2003 \n c", id="words"),
        pytest.param("Bytes", "23", "---\ntitle: A\n---\nText.\n", id="the header counts"),
        pytest.param("Lines", "4", "---\ntitle: A\n---\nText.\n", id="the header's lines count"),
        pytest.param("Bytes", "1,234,567", b"x" * 1_234_567, id="grouped by commas"),
        pytest.param("Bytes", "1 234 567", b"x" * 1_234_567, id="grouped by blanks"),
        pytest.param("Bytes", "1_234_567", b"x" * 1_234_567, id="grouped by underscores"),
        pytest.param("Bytes", "`5`", "é b\n", id="in code"),
        pytest.param("Bytes", "05", "é b\n", id="padded"),
        pytest.param("Bytes", "-", "é b\n---\n", id="not stated"),
    ],
)
def test_a_number_that_is_right(column: str, cell: str, data: str | bytes, check: Callable[..., Result]) -> None:
    assert "CT102" not in check(files(column, cell, data)).codes


@pytest.mark.parametrize(
    ("column", "cell", "data", "real"),
    [
        pytest.param("Bytes", "4", "é b\n", "5", id="bytes off by one"),
        pytest.param("Chars", "5", "é b\n", "4", id="bytes where characters are wanted"),
        pytest.param("Lines", "1", "a\nb", "2", id="lines off by one"),
        pytest.param("Words", "0", "a b\n", "2", id="words"),
        pytest.param("Bytes", "five", "é b\n", "5", id="no number"),
        pytest.param("Bytes", "5 B", "é b\n", "5", id="a unit"),
        pytest.param("Bytes", "-5", "é b\n", "5", id="a sign"),
        pytest.param("Bytes", "1,234567", b"x" * 1_234_567, "1234567", id="grouped wrongly"),
        pytest.param("Bytes", "9" * 5000, "é b\n", "5", id="a number without end"),
    ],
)
def test_a_number_that_is_wrong(
    column: str, cell: str, data: str | bytes, real: str, check: Callable[..., Result]
) -> None:
    result = check(files(column, cell, data))
    assert brief(result) == [f"CT102 INDEX.md:3:15-3:{15 + len(cell)}"]
    finding = result.only()
    assert finding["values"] == {"index": cell, "document": real}
    assert finding["message"].endswith(f"the content has {real!r}")
    assert [place(spot) for spot in finding["related"]] == ["a.md"]


def test_each_fact_is_a_finding(check: Callable[..., Result]) -> None:
    index = "| Document | Bytes | Lines |\n| - | - | - |\n| [A](a.txt) | 9 | 9 |\n"
    assert brief(check({"INDEX.md": index, "a.txt": "A\n"})) == ["CT102 INDEX.md:3:16-3:17", "CT102 INDEX.md:3:20-3:21"]
