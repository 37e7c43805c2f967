"""DL108: the final newline is missing where it is required, or there where it is forbidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place

ROWS = "| Document |\n| -------- |\n| [A](a.txt) |\n"


def index(wanted: str) -> str:
    return f"---\nmanifest: 1\ndocuments: '*.txt'\ndelimiters:\n  final_newline: {wanted}\n---\n{ROWS}"


@pytest.mark.parametrize(
    ("manifest", "document"),
    [
        pytest.param(index("required"), b"A\n", id="required and there"),
        pytest.param(index("required"), b"A\r\n", id="required and there as CRLF"),
        pytest.param(index("required"), b"A\n\n\n", id="required and there three times"),
        pytest.param(index("forbidden"), b"A\nb", id="forbidden and missing"),
        pytest.param(index("forbidden"), b"A\r", id="forbidden, and a carriage return is none"),
        pytest.param(index("any"), b"A", id="any, missing"),
        pytest.param(index("any"), b"A\n", id="any, there"),
        pytest.param(ROWS, b"A", id="nothing declared"),
    ],
)
def test_an_end_that_is_as_declared(manifest: str, document: bytes, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": manifest, "a.txt": document}).findings == []


@pytest.mark.parametrize("wanted", ["required", "forbidden"])
def test_an_empty_file_has_no_last_line(wanted: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index(wanted), "a.txt": b""}).codes == ["CT105"]


@pytest.mark.parametrize(
    ("wanted", "document", "where", "message"),
    [
        pytest.param("required", "A\né".encode(), "2:2-2:2", "the last line has no line end", id="required"),
        pytest.param("required", b"A\r", "1:3-1:3", "the last line has no line end", id="required, CR alone"),
        pytest.param("forbidden", b"A\n", "1:2-2:1", "the document ends with a line end", id="forbidden"),
        pytest.param("forbidden", b"A\nb\r\n\r\n", "2:2-4:1", "the document ends with a line end", id="forbidden, two"),
    ],
)
def test_the_place_is_the_end(
    wanted: str, document: bytes, where: str, message: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": index(wanted), "a.txt": document})
    assert brief(result) == [f"DL108 a.txt:{where}"]
    assert result.only()["message"] == message
    assert [place(spot) for spot in result.only()["related"]] == [f"INDEX.md:5:18-5:{18 + len(wanted)}"]
