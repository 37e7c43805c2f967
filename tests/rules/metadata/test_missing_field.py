"""MT104: a required field is absent, on either side."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

TITLE = "fields: {title: {document: header.title, required: true}}"
STATUS = "fields: {title: header.title, status: {document: header.status, required: true}}"
TABLE = {"contract": STATUS, "columns": "Title | Status", "row": "[A](a.md) | Final"}
SCHEMA = '{"required": ["status"], "properties": {"status": {}, "author": {"required": ["name"]}}}'


@pytest.mark.parametrize(
    ("header", "row"),
    [
        pytest.param("title: A\nstatus: Final\n", "[A](a.md) | Final", id="both state it"),
        pytest.param("status: 0\ntitle: A\n", "[A](a.md) | 0", id="a zero is a value"),
        pytest.param("title: A\nstatus: false\n", "[A](a.md) | false", id="false is a value"),
    ],
)
def test_stated_on_both_sides_is_fine(header: str, row: str, check_header: Callable[..., Result]) -> None:
    assert check_header(header, contract=STATUS, columns="Title | Status", row=row).findings == []


@pytest.mark.parametrize(
    ("header", "code"),
    [
        pytest.param("title: A\nstatus: a: b\n", "MT101", id="its value does not parse"),
        pytest.param("- title\n", "MT102", id="the header is a list"),
        pytest.param("title: A\nx: " + "[" * 70 + "\n", "FS109", id="the header is a bomb"),
    ],
)
def test_what_cannot_be_read_is_not_missing_too(header: str, code: str, check_header: Callable[..., Result]) -> None:
    assert check_header(header, **TABLE, schema=SCHEMA).codes == [code]


def test_a_field_on_a_line_of_broken_characters_is_not_missing_too(check_header: Callable[..., Result]) -> None:
    assert check_header(b"title: A\nstatus: caf\xe9\n", **TABLE).codes == ["FS101"]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "Text.\n"}, id="no header at all"),
        pytest.param({"a.md": "---\ntitle: A\n"}, id="a header that is not closed"),
    ],
)
def test_without_a_header_that_alone_is_said(files: dict[str, str], check: Callable[..., Result]) -> None:
    contract = f"---\nmanifest: 1\ndelimiters: {{header: yaml}}\n{TITLE}\n---\n"
    assert "MT104" not in check({"INDEX.md": f"{contract}| Title |\n| - |\n| [A](a.md) |\n", **files}).codes


def test_a_name_off_the_template_is_not_a_missing_field_too(check: Callable[..., Result]) -> None:
    contract = (
        '---\nmanifest: 1\nname: "{id:03}-{slug}.md"\nfields: {slug: {document: name.slug, required: true}}\n---\n'
    )
    index = f"{contract}| ID | Slug |\n| - | - |\n| [001](a.md) | a |\n"
    assert check({"INDEX.md": index, "a.md": "Text.\n"}).codes == ["ID101"]


@pytest.mark.parametrize(
    ("header", "related"),
    [
        pytest.param("title: A\n", "the index says 'Final'", id="no such key"),
        pytest.param("title: A\nStatus: Final\n", "the index says 'Final'", id="a key of another case"),
    ],
)
def test_absent_in_the_document(header: str, related: str, check_header: Callable[..., Result]) -> None:
    result = check_header(header, **TABLE)
    assert brief(result) == ["MT104 a.md"]
    finding = result.only()
    assert finding["message"] == "the document states no status (header.status), which is required"
    assert finding["values"] == {"index": "Final", "document": None}
    assert (finding["field"], finding["document"]) == ("status", "a.md")
    other = finding["related"][0]
    assert (other["path"], other["line"], other["column"], other["end_column"]) == ("INDEX.md", 9, 15, 20)
    assert other["message"] == related


@pytest.mark.parametrize(
    ("value", "columns"),
    [
        pytest.param("", (1, 7), id="nothing"),
        pytest.param(" '  '", (9, 13), id="nothing but blanks"),
        pytest.param(" ''", (1, 7), id="an empty text"),
    ],
)
def test_empty_in_the_document(value: str, columns: tuple[int, int], check_header: Callable[..., Result]) -> None:
    finding = check_header(f"title: A\nstatus:{value}\n", **TABLE).only()
    assert (finding["code"], finding["path"], finding["line"]) == ("MT104", "a.md", 3)
    assert (finding["column"], finding["end_column"]) == columns
    assert finding["message"] == "status (header.status) is empty in the document, and it is required"
    assert finding["values"] == {"index": "Final", "document": ""}
    assert finding["related"][0]["message"] == "the index says 'Final'"


@pytest.mark.parametrize("cell", ["", "-", "–", "n/a"])
def test_absent_in_the_index(cell: str, check_header: Callable[..., Result]) -> None:
    row = f"[A](a.md) | {cell}"
    result = check_header("title: A\nstatus: Final\n", **{**TABLE, "row": row})
    finding = result.only()
    assert (finding["code"], finding["path"], finding["line"]) == ("MT104", "INDEX.md", 9)
    assert finding["column"] == 15 or not cell
    assert finding["message"] == "the index states no status, which is required"
    assert finding["values"] == {"index": "", "document": "Final"}
    assert (finding["related"][0]["line"], finding["related"][0]["column"]) == (3, 9)


def test_absent_on_both_sides_is_one_finding(check_header: Callable[..., Result]) -> None:
    result = check_header("title: A\n", **{**TABLE, "row": "[A](a.md) | -"})
    assert brief(result) == ["MT104 INDEX.md:9:15-9:16"]
    assert result.only()["related"][0]["path"] == "a.md"


def test_a_column_that_is_absent_is_that_alone(check_header: Callable[..., Result]) -> None:
    assert check_header("title: A\nstatus: Final\n", contract=STATUS).codes == ["IX107"]


def test_an_unlisted_document_lacks_it_too(check: Callable[..., Result]) -> None:
    contract = f'---\nmanifest: 1\ndocuments: "*.md"\ndelimiters: {{header: yaml}}\n{TITLE}\n---\n'
    files = {"a.md": "---\ntitle: A\n---\nText.\n", "b.md": "---\nx: y\n---\nText, too.\n"}
    result = check({"INDEX.md": f"{contract}| Title |\n| - |\n| [A](a.md) |\n", **files})
    assert brief(result) == ["IX104 INDEX.md:9:1-9:14", "MT104 b.md"]
    assert result.findings[1]["related"] == []


def test_documents_without_an_index_lack_it_too(check: Callable[..., Result]) -> None:
    config = (
        "corpora:\n- index: none\n  documents: 'docs/*.md'\n  fields: {title: {document: heading, required: true}}\n"
    )
    result = check({"indexlint.yaml": config, "docs/a.md": "# A\n", "docs/b.md": "Text.\n"})
    assert brief(result) == ["MT104 docs/b.md"]


@pytest.mark.parametrize(
    ("header", "where", "field"),
    [
        pytest.param("title: A\n", "1:1-1:4", "status", id="a key of the header"),
        pytest.param("title: A\nstatus: x\nauthor: {}\n", "4:9-4:11", "author.name", id="a key inside a key"),
    ],
)
def test_required_by_the_schema(header: str, where: str, field: str, check_header: Callable[..., Result]) -> None:
    result = check_header(header, schema=SCHEMA)
    assert brief(result) == [f"MT104 a.md:{where}"]
    finding = result.only()
    assert finding["message"] == f"schema: the key {field.rpartition('.')[2]!r} is required"
    assert (finding["field"], finding["document"]) == (field, "a.md")


def test_required_by_contract_and_schema_is_one_finding(check_header: Callable[..., Result]) -> None:
    assert brief(check_header("title: A\n", **TABLE, schema=SCHEMA)) == ["MT104 a.md"]
