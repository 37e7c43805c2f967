"""CT105: a document without a body."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, brief, commit_all, write

EMPTY_DIGEST = hashlib.sha256(b"").hexdigest()
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


STUB = "---\nid: x\nstatus: new\n---\n"
IGNORED = "ignore: [{rule: CT105, reason: a header is all there is}]"


def stubs(*, contract: str = "", size: int = 99, digest: str = "0" * 64, document: str = STUB) -> dict[str, str]:
    head = f"---\nmanifest: 1\n{contract}\n---\n| Document | Bytes | SHA-256 |\n| - | - | - |\n"
    return {"INDEX.md": f"{head}| [A](a.md) | {size} | {digest} |\n", "a.md": document}


@pytest.mark.parametrize("document", ["", "\n", STUB], ids=["nothing", "a line end", "a header"])
@pytest.mark.parametrize(
    ("contract", "arguments", "codes"),
    [
        pytest.param("", (), ["CT105"], id="the one cause"),
        pytest.param(IGNORED, (), ["CT102", "CT101"], id="ignored"),
        pytest.param("severity: {CT105: note}", (), ["CT102", "CT101", "CT105"], id="a note"),
        pytest.param("severity: {CT105: note, CT101: note}", (), ["CT102", "CT105"], id="as grave as one of them"),
        pytest.param("", ("--ignore", "CT105"), ["CT102", "CT101"], id="not run"),
        pytest.param("", ("--select", "CT101,CT105"), ["CT105"], id="selected"),
        pytest.param("", ("--select", "CT101"), ["CT101"], id="another one selected"),
    ],
)
def test_a_wrong_size_is_told_where_the_lack_of_a_body_is_not(
    document: str, contract: str, arguments: tuple[str, ...], codes: list[str], check: Callable[..., Result]
) -> None:
    assert check(stubs(contract=contract, document=document), *arguments).codes == codes


@pytest.mark.parametrize("document", ["", STUB], ids=["nothing", "a header"])
def test_the_right_size_is_right(document: str, check: Callable[..., Result]) -> None:
    digest = hashlib.sha256(document.encode()).hexdigest()
    files = stubs(contract=IGNORED, size=len(document), digest=digest, document=document)
    assert check(files).findings == []


def test_a_comment_on_the_row_hides_the_lack_alone(check: Callable[..., Result]) -> None:
    files = stubs()
    row = files["INDEX.md"].replace("[A](a.md)", "[A](a.md) <!-- indexlint: ignore=CT105 a header is all there is -->")
    assert check({**files, "INDEX.md": row}).codes == ["CT102", "CT101"]


def test_of_several_documents_the_empty_one_alone_excuses_its_size(check: Callable[..., Result]) -> None:
    files = stubs(document="")
    row = files["INDEX.md"] + f"| [B](b.md) | 7 | {EMPTY_DIGEST} |\n"
    result = check({"INDEX.md": row, "a.md": "", "b.md": "Text.\n"})
    assert [(finding["code"], finding["document"]) for finding in result.findings] == [
        ("CT102", "b.md"),
        ("CT101", "b.md"),
        ("CT105", "a.md"),
    ]


def test_a_baseline_that_holds_the_lack_does_not_hold_what_changes(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, stubs())
    commit_all(tmp_path)
    run(tmp_path, "--baseline", "base.txt", "--write-baseline")
    assert run(tmp_path, "--baseline", "base.txt").codes == []
    write(tmp_path, {"a.md": STUB.replace("new", "old")})
    assert run(tmp_path, "--baseline", "base.txt").codes == ["CT101", "CF106"]


def test_what_another_revision_has_too_is_not_new(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, stubs())
    commit_all(tmp_path)
    assert run(tmp_path, "--against", "HEAD", "--new-only").codes == []
    write(tmp_path, {"a.md": STUB.replace("new", "old")})
    assert run(tmp_path, "--against", "HEAD", "--new-only").codes == ["CT101"]


@pytest.mark.parametrize(("row", "header"), [("| A |", "title:"), ("| - |", "title: A")], ids=["its own", "the row's"])
def test_an_empty_value_of_its_header_is_told(row: str, header: str, check: Callable[..., Result]) -> None:
    index = f"---\nmanifest: 1\nfields: {{title: header.title}}\n---\n| Title | At |\n| - | - |\n{row} [a](a.md) |\n"
    assert sorted(check({"INDEX.md": index, "a.md": f"---\n{header}\n---\n"}).codes) == ["CT105", "MT110"]


def test_a_header_without_an_end_hides_no_wrong_size(check: Callable[..., Result]) -> None:
    files = stubs(contract="delimiters: {header: yaml}", document=STUB[: STUB.rindex("---")])
    assert check(files).codes == ["CT102", "CT101", "DL103"]


def test_a_heading_inside_its_header_is_not_compared(check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\ndelimiters: {header: sections}\nfields: {title: heading}\n---\n"
    index = f"{contract}| Title |\n| - |\n| [A](a.md) |\n"
    assert check({"INDEX.md": index, "a.md": "## Status\n| - | - |\n=====\n| a | b |"}).codes == ["CT105"]
