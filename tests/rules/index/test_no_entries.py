"""IX102: nothing in the index names a document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

TABLE = "| Title |\n| ----- |\n"
NAMING = {
    "a table": f"{TABLE}| [A](a.md) |\n",
    "a list": "- [A](a.md)\n",
    "a paragraph": "[A](a.md)\n",
    "a table under prose and another table": f"Prose.\n\n| x |\n| - |\n| 1 |\n\n{TABLE}| [A](a.md) |\n",
    "a row whose document is missing": f"{TABLE}| [A](b.md) |\n",
}
SILENT = {
    "an empty file": "",
    "a heading": "# Seeds\n",
    "a table without rows": TABLE,
    "rows that only hold a place": f"{TABLE}| reserved |\n| - |\n",
    "links to other sites": "- [A](https://example.org/a.md)\n",
    "a table in a code fence": f"```\n{TABLE}| [A](a.md) |\n```\n",
    "a table in a comment": f"<!--\n{TABLE}| [A](a.md) |\n-->\n",
    "a code fence that is never closed": f"```\n{TABLE}| [A](a.md) |\n",
}


@pytest.mark.parametrize("index", NAMING.values(), ids=NAMING)
def test_an_index_that_names_a_document_has_entries(index: str, check: Callable[..., Result]) -> None:
    assert "IX102" not in check({"INDEX.md": index, "a.md": "# A\n"}).codes


@pytest.mark.parametrize("index", SILENT.values(), ids=SILENT)
def test_an_index_that_names_nothing_is_no_success(index: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": index, "a.md": "# A\n"})
    assert brief(result) == ["IX102 INDEX.md"]
    assert result.code == 2, "no document was checked"


def test_documents_that_are_there_all_the_same_are_named_too(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f'---\nmanifest: 1\ndocuments: "*.md"\n---\n{TABLE}', "a.md": "# A\n"})
    assert brief(result) == ["IX102 INDEX.md", "IX104 INDEX.md:1:1-1:1"]
    assert result.code == 1


def test_a_section_that_is_not_there_says_why_nothing_is_named(check: Callable[..., Result]) -> None:
    front = "---\nmanifest: 1\nsection: Documents\n---\n"
    result = check({"INDEX.md": f"{front}## Documnets\n\n{TABLE}| [A](a.md) |\n", "a.md": "# A\n"})
    assert "IX102" not in result.codes
    assert result.codes


def test_an_index_in_utf16_is_no_text_and_so_has_no_entries(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{TABLE}| [A](a.md) |\n".encode("utf-16"), "a.md": "# A\n"})
    assert result.codes == ["FS101"]


def test_an_index_in_utf_16_names_nothing_that_could_be_read(check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": "| T |\n| - |\n| [A](a.md) |\n".encode("utf-16"), "a.md": "# A\n"}).codes == ["FS101"]


def test_an_index_that_breaks_off_before_its_first_entry_is_said_to_break_off(check: Callable[..., Result]) -> None:
    config = "corpora: [{index: toc.json, documents: '*.md'}]\n"
    assert check({"indexlint.yaml": config, "toc.json": '[{"path": ', "a.md": "# A\n"}).codes == ["MT101"]
