"""IX108: an entry links to a document that states another entry's ID."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Files, Result, brief

FRONT = '---\nmanifest: 1\ndocuments: "*.md"\n'
HEAD = "| ID | Title |\n| -- | ----- |\n"
NAMES = f'{FRONT}name: "{{id}}.md"\n---\n{HEAD}'
HEADERS = f"{FRONT}delimiters: {{header: yaml}}\n---\n{HEAD}"
TWO = {"1.md": "# One\n", "2.md": "# Two\n"}


def _document(identity: str, title: str) -> str:
    return f"---\nid: {identity}\n---\n# {title}\n"


RIGHT: dict[str, Files] = {
    "each its own": {"INDEX.md": f"{NAMES}| [1](1.md) | One |\n| [2](2.md) | Two |\n", **TWO},
    "normalized": {
        "INDEX.md": f"{FRONT}name: '{{id}}.md'\nid: {{normalize: unpad}}\n---\n{HEAD}| [1](01.md) | One |\n"
        "| [002](2.md) | Two |\n",
        "01.md": "# One\n", "2.md": "# Two\n",
    },
    "documents without an ID": {
        "INDEX.md": f"{HEAD}| [1](b.md) | One |\n| [2](a.md) | Two |\n", "a.md": "# Two\n", "b.md": "# One\n",
    },
    "an ID that one document may share": {
        "INDEX.md": f"{FRONT}name: '{{id}}-{{slug}}.md'\nid: {{unique: false}}\n---\n{HEAD}| [1](1-a.md) | One |\n"
        "| [1](1-b.md) | Two |\n",
        "1-a.md": "# One\n", "1-b.md": "# Two\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("files", RIGHT.values(), ids=RIGHT)
def test_right_links_are_fine(files: Files, check: Callable[..., Result]) -> None:
    assert check(files).findings == []


def test_swapped_links_are_one_finding_each_and_no_other_field_is_compared(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{NAMES}| [1](2.md) | One |\n| [2](1.md) | Two |\n", **TWO})
    assert brief(result) == ["IX108 INDEX.md:8:7-8:11", "IX108 INDEX.md:9:7-9:11"]
    first = result.findings[0]
    assert (first["id"], first["document"], first["values"]) == ("1", "2.md", {"index": "1", "document": "2"})
    assert [spot["path"] for spot in first["related"]] == ["2.md", "1.md"]
    assert first["message"] == "the entry '1' links to 2.md, which is '2'; '1' is 1.md"


def test_three_links_that_went_round(check: Callable[..., Result]) -> None:
    rows = "| [1](2.md) | One |\n| [2](3.md) | Two |\n| [3](1.md) | Three |\n"
    result = check({"INDEX.md": NAMES + rows, **TWO, "3.md": "# Three\n"})
    assert result.codes == ["IX108"] * 3


def test_ids_in_headers_count_as_well(check: Callable[..., Result]) -> None:
    rows = "| [1](b.md) | One |\n| [2](a.md) | Two |\n"
    result = check({"INDEX.md": HEADERS + rows, "a.md": _document("1", "One"), "b.md": _document("2", "Two")})
    assert brief(result) == ["IX108 INDEX.md:8:7-8:11", "IX108 INDEX.md:9:7-9:11"]


def test_a_link_that_was_copied_leaves_no_document_unlisted(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{NAMES}| [1](1.md) | One |\n| [2](1.md) | Two |\n", **TWO})
    assert brief(result) == ["IX108 INDEX.md:9:7-9:11"]


def test_the_entrys_own_document_may_not_exist(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{NAMES}| [1](1.md) | One |\n| [2](1.md) | Two |\n", "1.md": "# One\n"})
    assert brief(result) == ["IX108 INDEX.md:9:7-9:11"]
    assert result.only()["message"] == "the entry '2' links to 1.md, which is '1'"
    assert [spot["path"] for spot in result.only()["related"]] == ["1.md"]


def test_the_other_entry_may_have_no_link(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{NAMES}| [1](2.md) | One |\n| 2 | Two |\n", **TWO})
    assert brief(result) == ["IX108 INDEX.md:8:7-8:11"]


def test_a_wrong_link_of_wrong_case_is_a_wrong_link(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{NAMES}| [a](a.md) | One |\n| [b](A.md) | Two |\n", "a.md": "# One\n", "b.md": "# Two\n"}
    assert brief(check(files)) == ["IX108 INDEX.md:9:7-9:11"]


def test_a_wrong_id_that_no_other_entry_has_is_an_id_mismatch(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{NAMES}| [1](1.md) | One |\n| [3](2.md) | Two |\n", **TWO})
    assert brief(result) == ["ID104 INDEX.md:9:3-9:12"]


def test_an_id_pasted_into_another_row_is_an_id_mismatch(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{NAMES}| [1](1.md) | One |\n| [1](2.md) | Two |\n", **TWO})
    assert brief(result) == ["ID104 INDEX.md:9:3-9:12"]


def test_an_id_that_both_documents_state_is_a_duplicate_id(check: Callable[..., Result]) -> None:
    rows = "| [1](a.md) | One |\n| [2](b.md) | Two |\n"
    result = check({"INDEX.md": HEADERS + rows, "a.md": _document("1", "One"), "b.md": _document("1", "Two")})
    assert brief(result) == ["ID103 b.md:2:5-2:6"]


def test_of_a_document_that_contradicts_itself_one_side_is_right(check: Callable[..., Result]) -> None:
    front = f"{FRONT}name: '{{id}}.md'\ndelimiters: {{header: yaml}}\n---\n{HEAD}"
    files = {"1.md": _document("1", "One"), "2.md": _document("1", "Two")}
    result = check({"INDEX.md": f"{front}| [1](1.md) | One |\n| [2](2.md) | Two |\n", **files})
    assert brief(result) == ["ID104 2.md:2:5-2:6"]
