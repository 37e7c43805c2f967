"""DL102: a header where the contract wants none, or another dialect."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place

ROWS = "| Title |\n| ----- |\n| [A](a.txt) |\n"
NONE = f"---\nmanifest: 1\ndocuments: '*.txt'\ndelimiters:\n  header: none\nfields: {{title: first-line}}\n---\n{ROWS}"
HEADER = "---\ntitle: B\n---\n"


@pytest.mark.parametrize(
    ("index", "document"),
    [
        pytest.param(NONE, "A\n", id="no header"),
        pytest.param(NONE, "A\n\n" + HEADER, id="a header further down"),
        pytest.param(NONE, "A\n\n---\n\nText.\n\n---\n", id="rules"),
        pytest.param(NONE.replace("first-line", "heading"), "---\n\n# A\n\n---\n", id="rules round the text"),
        pytest.param(ROWS, HEADER.replace("B", "A") + "Text.\n", id="nothing declared"),
    ],
)
def test_text_without_a_header_is_fine(index: str, document: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index, "a.txt": document}).findings == []


@pytest.mark.parametrize(
    ("document", "where"),
    [
        pytest.param(HEADER + "A\n", "a.txt:1:1-4:1", id="a header"),
        pytest.param((HEADER + "A\n").replace("\n", "\r\n"), "a.txt:1:1-4:1", id="with CRLF"),
        pytest.param(HEADER + HEADER + "A\n", "a.txt:1:1-7:1", id="two headers"),
        pytest.param(HEADER + "\nA\n", "a.txt:1:1-4:1", id="a blank line behind it"),
    ],
)
def test_a_header_is_one_finding_with_the_declaration_beside_it(
    document: str, where: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": NONE, "a.txt": document})
    assert brief(result) == [f"DL102 {where}"]
    finding = result.only()
    assert finding["message"] == "there is a yaml header, where the contract wants none"
    assert [place(spot) for spot in finding["related"]] == ["INDEX.md:5:11-5:15"]


def test_a_header_alone_leaves_no_body(check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": NONE, "a.txt": HEADER})) == ["CT105 a.txt", "DL102 a.txt:1:1-4:1"]


@pytest.mark.parametrize(
    ("wanted", "document", "message"),
    [
        pytest.param(
            "yaml",
            "+++\ntitle = 'A'\n+++\nText.\n",
            "there is a toml header, where the contract wants a yaml one",
            id="TOML instead of YAML",
        ),
        pytest.param(
            "toml",
            "---\ntitle: A\n---\nText.\n",
            "there is a yaml header, where the contract wants a toml one",
            id="YAML instead of TOML",
        ),
        pytest.param(
            "rfc822",
            "---\ntitle: A\n---\nText.\n",
            "there is a yaml header, where the contract wants an rfc822 one",
            id="YAML instead of lines",
        ),
    ],
)
def test_another_dialect_is_one_finding_and_its_metadata_is_read(
    wanted: str, document: str, message: str, check: Callable[..., Result]
) -> None:
    index = NONE.replace("header: none", f"header: {wanted}").replace("first-line", "header.title")
    result = check({"INDEX.md": index, "a.txt": document})
    assert brief(result) == ["DL102 a.txt:1:1-4:1"]
    assert result.only()["message"] == message


FIELDS = {
    "rfc822": ("Title: A\nNo-of-pages: 7\nMore: x\n\nText.\n", "1:1-5:1"),
    "rst": (":title: A\n:No of pages: 7\n\nText.\n", "1:1-3:1"),
    "bullets": ("# A\n\n- Title: A\n- No of pages: 7\n\nText.\n", "3:1-5:1"),
    "table": ("# A\n\n| Key | Value |\n| - | - |\n| Title | A |\n| No-of-Pages | 7 |\n\nText.\n", "3:1-7:1"),
}
BOUND = "{title: header.title, pages: {document: header.no_of_pages, required: true}}"
SCHEMA = '{"properties": {"no_of_pages": {"type": "integer"}}, "additionalProperties": false}'


def wanting(dialect: str, fields: str = f"fields: {BOUND}\n") -> str:
    rows = "| Title | Pages |\n| ----- | ----- |\n| [B](a.txt) | 8 |\n"
    return f"---\nmanifest: 1\nschema: s.json\ndelimiters: {{header: {dialect}}}\n{fields}---\n{rows}"


@pytest.mark.parametrize("wanted", ["yaml", "toml", "fenced", "sections", *FIELDS])
@pytest.mark.parametrize(("dialect", "document", "where"), [(name, *case) for name, case in FIELDS.items()])
def test_fields_in_another_form_are_one_finding(
    dialect: str, document: str, where: str, wanted: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": wanting(wanted), "a.txt": document, "s.json": SCHEMA})
    if dialect == wanted:
        assert "DL102" not in result.codes
    else:
        assert brief(result) == [f"DL102 a.txt:{where}"]
        assert f"there is {'an' if dialect[0] == 'r' else 'a'} {dialect} header, where" in result.only()["message"]


def test_keys_that_columns_are_bound_to_by_name_tell_as_well(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": wanting("yaml", ""), "a.txt": "Title: A\nMore: x\n\nText.\n", "s.json": SCHEMA}
    assert brief(check(files)) == ["DL102 a.txt:1:1-4:1"]


@pytest.mark.parametrize(
    ("document", "fields"),
    [
        pytest.param("Kiev: strikes\n\nText.\n", "", id="a title with a colon"),
        pytest.param("Title: A\n\nText.\n", f"fields: {BOUND}\n", id="not all of the keys that are declared"),
        pytest.param("Title: A\nno-of-pages: 7\nText.\n", f"fields: {BOUND}\n", id="not closed"),
        pytest.param("Title: A\nNo-of-pages: 7\n", f"fields: {BOUND}\n", id="all that there is"),
        pytest.param("# A\n\n- Title: A\n\nText.\n", "fields: {title: header.title}\n", id="an item alone"),
        pytest.param("Text.\n\n- Title: A\n- No of pages: 7\n", f"fields: {BOUND}\n", id="a list behind text"),
        pytest.param("```\nTitle: A\nNo-of-pages: 7\n```\n\nText.\n", f"fields: {BOUND}\n", id="an example"),
        pytest.param("Title: A\n\nText.\n", "fields: {title: first-line}\n", id="no key is asked for"),
    ],
)
def test_what_may_be_text_is_no_header(document: str, fields: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": wanting("yaml", fields), "a.txt": document, "s.json": SCHEMA})
    assert [code for code in result.codes if code.startswith("DL")] == ["DL101"]
