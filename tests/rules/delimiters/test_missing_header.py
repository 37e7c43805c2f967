"""DL101: no header where the contract wants one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

ROWS = "| Title |\n| ----- |\n| [A](a.md) |\n"
YAML = (
    f'---\nmanifest: 1\ndocuments: "*.md"\ndelimiters: {{header: yaml}}\nfields: {{title: header.title}}\n---\n{ROWS}'
)
NONE = YAML.replace("header: yaml", "header: none").replace("header.title", "heading")


@pytest.mark.parametrize(
    ("index", "document"),
    [
        pytest.param(YAML, "---\ntitle: A\n---\nText.\n", id="a header"),
        pytest.param(YAML, "---\r\ntitle: A\r\n---\r\nText.\r\n", id="a header with CRLF"),
        pytest.param(ROWS, "# A\n", id="nothing declared"),
        pytest.param(ROWS, "Title: A\n\nText.\n\n# A\n", id="nothing declared, key-like text"),
        pytest.param(NONE, "# A\n", id="none declared"),
    ],
)
def test_a_header_is_missed_only_where_it_is_wanted(index: str, document: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index, "a.md": document}).findings == []


@pytest.mark.parametrize(
    ("document", "place"),
    [
        pytest.param("Text.\n", "a.md:1:1-1:6", id="text alone"),
        pytest.param("Größe\r\nText.\r\n", "a.md:1:1-1:6", id="text with CRLF"),
        pytest.param("\n\nText.\n", "a.md:1:1-1:1", id="a blank line first"),
        pytest.param("\ufeffText.", "a.md:1:1-1:6", id="behind a byte-order mark"),
        pytest.param("# Title\n\n| title | A |\n| ----- | - |\n", "a.md:1:1-1:8", id="a table"),
    ],
)
def test_the_place_is_the_first_line(document: str, place: str, check: Callable[..., Result]) -> None:
    index = YAML.replace("header: yaml", "header: yaml, bom: any")
    result = check({"INDEX.md": index, "a.md": document})
    assert brief(result) == [f"DL101 {place}"]
    assert result.only()["message"] == "there is no yaml header, where the contract wants one"


def test_a_lost_opening_line_is_said_to_be_one(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": YAML, "a.md": "title: A\n---\nText.\n"})
    assert brief(result) == ["DL101 a.md:1:1-1:9"]
    assert result.only()["message"] == "the header's opening line `---` is missing"
    assert (result.only()["document"], result.only()["index"]) == ("a.md", "INDEX.md")


def test_what_the_header_should_state_is_not_missed_as_well(check: Callable[..., Result]) -> None:
    fields = "fields: {title: {document: header.title, required: true}}\nid: {document: header.id}"
    index = YAML.replace("fields: {title: header.title}", fields)
    assert brief(check({"INDEX.md": index, "a.md": "Text.\n"})) == ["DL101 a.md:1:1-1:6"]


def test_each_document_is_judged(check: Callable[..., Result]) -> None:
    index = YAML + "| [B](b.md) |\n"
    assert check({"INDEX.md": index, "a.md": "Text.\n", "b.md": "Words.\n"}).codes == ["DL101", "DL101"]
