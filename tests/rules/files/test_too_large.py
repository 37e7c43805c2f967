"""FS108: a file, a line or a header beyond its limit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

ROWS = "| Document |\n| -------- |\n| [A](a.md) |\n"


def index(limits: str) -> str:
    return f"---\nmanifest: 1\nlimits: {{{limits}}}\n---\n{ROWS}"


@pytest.mark.parametrize(
    ("limits", "document"),
    [
        pytest.param("file: 5", b"abcd\n", id="a file at its limit"),
        pytest.param("line: 4", b"abcd\nefgh", id="lines at their limit"),
        pytest.param("line: 4", b"abcd\r\nefgh\r\n", id="the line end does not count"),
        pytest.param("header: 13", b"---\na: b\n---\nText.\n", id="a header at its limit"),
        pytest.param("header: 3", b"Text without a header.\n", id="no header"),
    ],
)
def test_what_is_within_its_limit_is_fine(limits: str, document: bytes, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index(limits), "a.md": document}).findings == []


def test_without_limits_much_is_allowed(check: Callable[..., Result]) -> None:
    header = b"---\n" + b"# comment\n" * 104_000 + b"a: b\n---\n"
    assert check({"INDEX.md": ROWS, "a.md": header + b"x" * 5_000_000}).findings == []


@pytest.mark.parametrize(
    ("limits", "document", "where", "message"),
    [
        pytest.param("file: 4", b"abcd\n", "a.md", "this file has 5 bytes, where 4 are allowed", id="file"),
        pytest.param(
            "file: 1000", b"x" * 1001, "a.md", "this file has 1,001 bytes, where 1,000 are allowed", id="thousands",
        ),
        pytest.param(
            "line: 3", b"ab\nabcd\r\nabcde\n", "a.md:2:1-2:5", "this line has 4 bytes, where 3 are allowed",
            id="the first of two lines",
        ),
        pytest.param(
            "line: 3", "éé".encode(), "a.md:1:1-1:3", "this line has 4 bytes, where 3 are allowed", id="bytes count",
        ),
        pytest.param(
            "header: 12", b"---\na: b\n---\nText.\n", "a.md:1:1-1:4", "this header has 13 bytes, where 12 are allowed",
            id="header",
        ),
        pytest.param(
            "header: 12", b"\xef\xbb\xbf---\na: b\n---\nText.\n", "a.md:1:1-1:4",
            "this header has 13 bytes, where 12 are allowed", id="header behind a byte-order mark",
        ),
    ],
)  # fmt: skip
def test_what_is_beyond_its_limit(
    limits: str, document: bytes, where: str, message: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": index(limits).replace("limits", "delimiters: {bom: any}\nlimits"), "a.md": document})
    assert brief(result) == [f"FS108 {where}"]
    assert result.only()["message"] == message


def test_a_header_has_a_limit_of_its_own(check: Callable[..., Result]) -> None:
    header = b"---\n" + b"# comment\n" * 105_000 + b"a: b\n---\n"
    result = check({"INDEX.md": ROWS, "a.md": header + b"Text.\n"})
    assert brief(result) == ["FS108 a.md:1:1-1:4"]
    assert result.only()["message"] == "this header has 1,050,013 bytes, where 1,048,576 are allowed"


def test_a_file_that_is_too_large_states_nothing_but_its_name(check: Callable[..., Result]) -> None:
    rows = "| Title | Bytes |\n| - | - |\n| [B](a.md) | 1 |\n"
    contract = "manifest: 1\nname: '{id}.md'\nlimits: {file: 3}"
    assert brief(check({"INDEX.md": f"---\n{contract}\n---\n{rows}", "a.md": "# A\n"})) == ["FS108 a.md"]
