"""CT105: a document without a body."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

HEAD = "| Document | Bytes |\n| - | - |\n"
HEADER = "---\nid: x\n---\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"A", id="one letter"),
        pytest.param(b"\n\n.\n", id="a dot below blank lines"),
        pytest.param(HEADER.encode() + b"A\n", id="a letter behind a header"),
        pytest.param(b"\0", id="a NUL"),
        pytest.param(b"<!-- later -->\n", id="a comment"),
        pytest.param("\u00a0\n".encode(), id="a no-break space"),
    ],
)
def test_a_body_is_whatever_is_no_blank(data: bytes, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": f"{HEAD}| [A](a.md) | {len(data)} |\n", "a.md": data}).findings == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\n", id="a line end"),
        pytest.param(b" \t\r\n\x0b\x0c\n", id="blanks"),
        pytest.param(HEADER.encode(), id="a header alone"),
        pytest.param(HEADER.encode()[:-1], id="a header alone, without a last line end"),
        pytest.param(HEADER.encode() + b"\r\n \n", id="a header and blanks"),
    ],
)
@pytest.mark.parametrize("header", [None, "yaml"])
def test_a_document_without_a_body_is_one_finding(
    data: bytes, header: str | None, check: Callable[..., Result]
) -> None:
    contract = f"---\nmanifest: 1\ndelimiters: {{header: {header}}}\n---\n" if header else ""
    result = check({"INDEX.md": f"{contract}{HEAD}| [A](a.md) | 99 |\n", "a.md": data})
    assert brief(result) == ["CT105 a.md"]
    assert result.only()["message"] == "this document has no body"


def test_what_its_header_states_is_compared(check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\nfields: {name: header.id}\n---\n"
    result = check({"INDEX.md": f"{contract}| Name |\n| ---- |\n| [y](a.md) |\n", "a.md": HEADER})
    assert brief(result) == ["MT108 INDEX.md:7:3-7:12", "CT105 a.md"]


def test_what_its_body_would_state_is_not_missed(check: Callable[..., Result]) -> None:
    contract = "manifest: 1\nid: {document: heading}\nfields: {title: {document: first-line, required: true}}\n"
    index = f"---\n{contract}---\n| ID | Title |\n| - | - |\n| [A](a.md) | A |\n"
    assert check({"INDEX.md": index, "a.md": ""}).codes == ["CT105"]
