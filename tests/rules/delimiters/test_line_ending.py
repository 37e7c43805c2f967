"""DL107: other line ends than the contract declares."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place

ROWS = "| Document |\n| -------- |\n| [A](a.txt) |\n"


def index(newline: str) -> str:
    return f"---\nmanifest: 1\ndocuments: '*.txt'\ndelimiters:\n  newline: {newline}\n---\n{ROWS}"


@pytest.mark.parametrize(
    ("manifest", "document"),
    [
        pytest.param(index("lf"), b"A\nb\n", id="LF declared"),
        pytest.param(index("crlf"), b"A\r\nb\r\n", id="CRLF declared"),
        pytest.param(index("any"), b"A\r\nb\n", id="any declared"),
        pytest.param(ROWS, b"A\r\nb\n", id="nothing declared"),
        pytest.param(index("lf"), b"A", id="LF declared, no line end at all"),
        pytest.param(index("crlf"), b"A", id="CRLF declared, no line end at all"),
        pytest.param(index("crlf"), b"A\r\nb", id="CRLF declared, the last line without one"),
        pytest.param(index("lf"), b"A\n\rb\n", id="a carriage return that ends no line"),
        pytest.param(index("crlf"), "A\u2028b\u0085c\x0c\r\n".encode(), id="other characters end no line"),
    ],
)
def test_line_ends_that_are_as_declared(manifest: str, document: bytes, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": manifest, "a.txt": document}).findings == []


@pytest.mark.parametrize(
    ("newline", "document", "where", "message"),
    [
        pytest.param("lf", b"A\r\n", "1:2-2:1", "1 line ends with CRLF, where the contract declares lf", id="one line"),
        pytest.param(
            "lf", "é\nä\r\nb\r\n".encode(), "2:2-3:1",
            "2 lines end with CRLF, mixed with others, where the contract declares lf", id="mixed, LF declared",
        ),
        pytest.param(
            "crlf", b"A\r\nb\nc\r\n", "2:2-3:1",
            "1 line ends with LF, mixed with others, where the contract declares crlf", id="mixed, CRLF declared",
        ),
        pytest.param("crlf", b"\nA\n", "1:1-2:1", "2 lines end with LF, where the contract declares crlf", id="all LF"),
        pytest.param(
            "lf", b"A\r\n" * 1234, "1:2-2:1", "1,234 lines end with CRLF, where the contract declares lf", id="many",
        ),
    ],
)  # fmt: skip
def test_the_place_is_the_first_line_end_that_is_wrong(
    newline: str, document: bytes, where: str, message: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": index(newline), "a.txt": document})
    assert brief(result) == [f"DL107 a.txt:{where}"]
    assert result.only()["message"] == message
    assert [place(spot) for spot in result.only()["related"]] == [f"INDEX.md:5:12-5:{12 + len(newline)}"]
