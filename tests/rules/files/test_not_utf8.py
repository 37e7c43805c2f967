"""FS101: a file that is not UTF-8; what is not on the faulty lines is still checked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

HEAD = "| Title | Bytes |\n| ----- | ----- |\n"


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(b"# A\n", id="ASCII"),
        pytest.param("# A\n\né 💧 \u2028 \ufffd\n".encode(), id="characters of two to four bytes"),
        pytest.param("# A\n\n\U0010ffff\n".encode(), id="the last character there is"),
    ],
)
def test_utf8_is_fine(document: bytes, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": f"{HEAD}| [A](a.md) | {len(document)} |\n", "a.md": document}).findings == []


@pytest.mark.parametrize(
    ("rest", "where", "offset"),
    [
        pytest.param(b"\ncaf\xe9\n", "3:4-3:5", 8, id="Latin-1"),
        pytest.param("\né caf".encode() + b"\xe9\n", "3:6-3:7", 11, id="behind a character of two bytes"),
        pytest.param(b"\n\xe9\n\n\xe8\n", "3:1-3:2", 5, id="twice, the first is named"),
        pytest.param("\né".encode()[:-1], "3:1-3:2", 5, id="cut off in a character"),
        pytest.param(b"\n\xc0\x80", "3:1-3:2", 5, id="overlong"),
        pytest.param(b"\n\xed\xa0\x80", "3:1-3:2", 5, id="a surrogate"),
        pytest.param(b"\n\xf4\x90\x80\x80", "3:1-3:2", 5, id="beyond the last character"),
        pytest.param("\n💧".encode()[:-1], "3:1-3:4", 5, id="three bytes of four"),
    ],
)
def test_the_place_is_the_first_stretch_that_is_wrong(
    rest: bytes, where: str, offset: int, check: Callable[..., Result]
) -> None:
    data = b"# A\n" + rest
    result = check({"INDEX.md": f"{HEAD}| [A](a.md) | {len(data)} |\n", "a.md": data})
    assert brief(result) == [f"FS101 a.md:{where}"]
    assert result.only()["message"] == f"not UTF-8 from byte {offset} on (counted from 0)"


def test_only_the_faulty_line_is_not_compared(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{HEAD}| [A](a.md) | 9 |\n", "a.md": b"# B\xe9\n"})
    assert brief(result) == ["CT102 INDEX.md:3:15-3:16", "FS101 a.md:1:4-1:5"]
    result = check({"INDEX.md": f"{HEAD}| [A](a.md) | 6 |\n", "a.md": b"# B\n\n\xe9"})
    assert brief(result) == ["MT108 INDEX.md:3:3-3:12", "FS101 a.md:3:1-3:2"]


@pytest.mark.parametrize("field", ["header.title", "heading", "first-line"])
def test_what_the_faulty_line_states_is_not_missed(field: str, check: Callable[..., Result]) -> None:
    header = "yaml" if field.startswith("header") else "none"
    contract = (
        f"manifest: 1\ndelimiters: {{header: {header}}}\nfields: {{title: {{document: {field}, required: true}}}}"
    )
    document = b"---\ntitle: A\xe9\n---\nText.\n" if header == "yaml" else b"# A\xe9\n"
    result = check({"INDEX.md": f"---\n{contract}\n---\n{HEAD}| [A](a.md) | |\n", "a.md": document})
    assert result.codes == ["FS101"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_called_so_and_nothing_else_is_said(encoding: str, check: Callable[..., Result]) -> None:
    data = "\ufeff# B\r\n".encode(encoding)
    contract = "---\nmanifest: 1\ndelimiters: {newline: lf, header: yaml}\n---\n"
    result = check({"INDEX.md": f"{contract}{HEAD}| [A](a.md) | {len(data)} |\n", "a.md": data})
    assert brief(result) == ["FS101 a.md:1:1-1:2"]
    assert result.only()["message"] == "not UTF-8 from byte 0 on (counted from 0); it looks like UTF-16"


def test_a_row_of_the_index(check: Callable[..., Result]) -> None:
    index = f"{HEAD}| [B\xe9](a.md) | 9 |\n| [X](b.md) | 4 |\n".encode("latin-1")
    result = check({"INDEX.md": index, "a.md": "# A\n", "b.md": "# B\n"})
    assert brief(result) == ["FS101 INDEX.md:3:5-3:6", "MT108 INDEX.md:4:3-4:12"]
