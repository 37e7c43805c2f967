"""DL106: a byte-order mark where none may be, or none where one is declared."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

ROWS = "| Title |\n| ----- |\n| [A](a.txt) |\n"


def index(bom: str) -> str:
    return f"---\nmanifest: 1\ndocuments: '*.txt'\ndelimiters: {{bom: {bom}}}\n---\n{ROWS}"


MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("manifest", "document"),
    [
        pytest.param(ROWS, b"A\n", id="none and nothing declared"),
        pytest.param(index("false"), b"A\n", id="none and none declared"),
        pytest.param(index("true"), MARK + b"A\n", id="one and one declared"),
        pytest.param(index("any"), MARK + b"A\n", id="one and any declared"),
        pytest.param(index("any"), b"A\n", id="none and any declared"),
        pytest.param(ROWS, b"A\n" + MARK + b"B\n", id="not in front"),
    ],
)
def test_a_mark_that_may_be_is_fine(manifest: str, document: bytes, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": manifest, "a.txt": document}).findings == []


@pytest.mark.parametrize("manifest", [ROWS, index("false")], ids=["nothing declared", "none declared"])
@pytest.mark.parametrize("document", [MARK + b"A\n", MARK + b"A", MARK + b"# A\r\n"])
def test_a_mark_that_may_not_be(manifest: str, document: bytes, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": manifest, "a.txt": document})
    assert brief(result) == ["DL106 a.txt:1:1-1:1"]
    assert result.only()["message"] == "the document begins with a byte-order mark"


def test_a_mark_that_is_wanted_and_missing(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": index("true"), "a.txt": b"A\n"})
    assert brief(result) == ["DL106 a.txt:1:1-1:1"]
    assert result.only()["message"] == "the byte-order mark that the contract wants is missing"


def test_the_mark_does_not_shift_columns(check: Callable[..., Result]) -> None:
    manifest = "---\nmanifest: 1\nfields: {title: first-line}\n---\n" + ROWS
    result = check({"INDEX.md": manifest, "a.txt": MARK + b"B\n"})
    assert [spot["column"] for spot in result.findings[0]["related"]] == [1]
    assert result.codes == ["MT108", "DL106"]


def test_the_mark_of_utf_16_is_of_the_encoding(check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index("true"), "a.txt": "A\n".encode("utf-16")}).codes == ["FS101"]
