"""DL104: text or blank lines before the header's opening line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

ROWS = "| Title |\n| ----- |\n| [A](a.md) |\n"
YAML = f"---\nmanifest: 1\ndelimiters: {{header: yaml, bom: any}}\nfields: {{title: header.title}}\n---\n{ROWS}"
HEADER = "---\ntitle: A\n---\nText.\n"


@pytest.mark.parametrize(
    ("index", "document"),
    [
        pytest.param(YAML, HEADER, id="on line one"),
        pytest.param(YAML, "\ufeff" + HEADER, id="behind a byte-order mark"),
        pytest.param(YAML, HEADER + HEADER, id="a header in the body"),
        pytest.param(ROWS, "\n" + HEADER + "\n# A\n", id="nothing declared"),
    ],
)
def test_nothing_stands_before_it(index: str, document: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index, "a.md": document}).findings == []


@pytest.mark.parametrize(
    ("before", "what", "end"),
    [
        pytest.param("\n", "blank lines", "1:1", id="a blank line"),
        pytest.param("\r\n", "blank lines", "1:1", id="a blank line with CRLF"),
        pytest.param(" \t\n\n", "blank lines", "2:1", id="two blank lines"),
        pytest.param("Größe\n", "text", "1:6", id="a line of text"),
        pytest.param("Text.\r\n\r\nMore\r\n", "text", "3:5", id="three lines with CRLF"),
        pytest.param("# A\n" * 49, "text", "49:4", id="as many lines as are searched"),
        pytest.param("Note: text\n", "text", "1:11", id="a line that reads as a key"),
    ],
)
def test_the_place_is_all_that_stands_before(before: str, what: str, end: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": YAML, "a.md": before + HEADER})
    assert brief(result) == [f"DL104 a.md:1:1-{end}"]
    assert result.only()["message"] == f"{what} before the header's opening line"


def test_the_metadata_is_read_all_the_same(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": YAML, "a.md": "\n---\ntitle: B\n---\nText.\n"})
    assert brief(result) == ["MT108 INDEX.md:8:3-8:12", "DL104 a.md:1:1-1:1"]


@pytest.mark.parametrize(
    "document", ["Text.\n\n---\n\nNote: a\n\n---\n", "```\n" + HEADER + "```\n", "A\n---\ntext\n---\n"]
)
def test_what_only_looks_like_a_header_further_down_is_none(document: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": YAML, "a.md": document}).codes == ["DL101"]
