"""ID103: two documents, or two entries, with one ID: all are named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Files, Result, brief

HEAD = "| ID | Title |\n| -- | ----- |\n"
FRONT = '---\nmanifest: 1\ndocuments: "*.md"\n'
NAMES = f'{FRONT}name: "{{id}}-{{slug}}.md"\n'
HEADER = f"{FRONT}delimiters: {{header: yaml}}\n"
A, B = "# A\n", "# B\n"


def _headed(identity: str, title: str) -> str:
    return f"---\nid: {identity}\n---\n# {title}\n"


ROWS = "| [1](1-a.md) | A |\n| [1](1-b.md) | B |\n"
UNIQUE: dict[str, Files] = {
    "two IDs": {"INDEX.md": f"{NAMES}---\n{HEAD}{ROWS.replace('[1](1-b', '[2](2-b')}", "1-a.md": A, "2-b.md": B},
    "where one ID may be twice": {
        "INDEX.md": f"{NAMES}id: {{unique: false}}\n---\n{HEAD}{ROWS}", "1-a.md": A, "1-b.md": B,
    },
    "IDs that differ in padding": {
        "INDEX.md": f"{NAMES}---\n{HEAD}{ROWS.replace('1](1-b', '01](01-b')}", "1-a.md": A, "01-b.md": B,
    },
    "IDs that differ in case": {
        "INDEX.md": f"{NAMES}---\n{HEAD}| [x](x-a.md) | A |\n| [X](X-b.md) | B |\n", "x-a.md": A, "X-b.md": B,
    },
    "rows that only hold a place": {
        "INDEX.md": f"{NAMES}---\n{HEAD}| [1](1-a.md) | A |\n| 2 | reserved |\n| 2 | reserved |\n", "1-a.md": A,
    },
    "documents of another corpus": {
        "INDEX.md": f"{NAMES}---\n{HEAD}| [1](1-a.md) | A |\n", "1-a.md": A,
        "sub/INDEX.md": f"{NAMES}---\n{HEAD}| [1](1-b.md) | B |\n", "sub/1-b.md": B,
    },
}  # fmt: skip


@pytest.mark.parametrize("files", UNIQUE.values(), ids=UNIQUE)
def test_ids_that_are_unique_or_need_not_be_are_fine(files: Files, check: Callable[..., Result]) -> None:
    assert "ID103" not in check(files).codes


def test_two_entries_and_their_documents_are_one_finding_at_the_last_row(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{NAMES}---\n{HEAD}{ROWS}", "1-a.md": A, "1-b.md": B})
    assert brief(result) == ["ID103 INDEX.md:9:3-9:14"]
    finding = result.only()
    assert (finding["id"], finding["document"]) == ("1", "1-b.md")
    assert [(spot["path"], spot["line"]) for spot in finding["related"]] == [
        ("INDEX.md", 8), ("1-a.md", None), ("1-b.md", None),
    ]  # fmt: skip


def test_three_entries_are_one_finding_too(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{NAMES}---\n{HEAD}{ROWS}| [1](1-c.md) | C |\n", "1-a.md": A, "1-b.md": B, "1-c.md": "# C\n"}
    result = check(files)
    assert brief(result) == ["ID103 INDEX.md:10:3-10:14"]
    assert result.only()["message"] == "3 entries have the ID '1'"
    assert [spot["line"] for spot in result.only()["related"]] == [8, 9, None, None, None]


def test_entries_alone_state_it_where_documents_state_none(check: Callable[..., Result]) -> None:
    index = f"{HEAD}| [1](a.md) | A |\n| [1](b.md) | B |\n"
    assert brief(check({"INDEX.md": index, "a.md": A, "b.md": B})) == ["ID103 INDEX.md:4:3-4:12"]


def test_documents_alone_state_it_at_the_last_of_them(check: Callable[..., Result]) -> None:
    index = f"{HEADER}---\n| Title |\n| ----- |\n| [A](a.md) |\n| [B](b.md) |\n"
    result = check({"INDEX.md": index, "a.md": _headed("1", "A"), "b.md": _headed('"1"', "B")})
    assert brief(result) == ["ID103 b.md:2:5-2:8"]
    assert result.only()["document"] == "b.md"
    assert [(spot["path"], spot["line"]) for spot in result.only()["related"]] == [("a.md", 2)]


def test_a_document_that_no_entry_names_counts(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{NAMES}---\n{HEAD}| [1](1-a.md) | A |\n", "1-a.md": A, "1-b.md": B})
    assert brief(result) == ["ID103 1-b.md", "IX104 INDEX.md:8:1-8:20"]


def test_two_entries_name_the_unlisted_third_as_well(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{NAMES}---\n{HEAD}{ROWS}", "1-a.md": A, "1-b.md": B, "1-c.md": "# C\n"})
    assert brief(result) == ["IX104 INDEX.md:9:1-9:20", "ID103 INDEX.md:9:3-9:14"]
    paths = [spot["path"] for finding in result.findings if finding["code"] == "ID103" for spot in finding["related"]]
    assert paths == ["INDEX.md", "1-a.md", "1-b.md", "1-c.md"]


@pytest.mark.parametrize(
    ("step", "first", "second"),
    [("unpad", "7", "007"), ("unpad", "a-01", "a-1"), ("casefold", "ab", "AB"), ("casefold", "ss", "ß")],
)
def test_normalized_ids_are_the_same(step: str, first: str, second: str, check: Callable[..., Result]) -> None:
    rows = f"| [{first}](a.md) | A |\n| [{second}](b.md) | B |\n"
    index = f"{HEADER}id: {{normalize: {step}}}\n---\n{HEAD}{rows}"
    result = check({"INDEX.md": index, "a.md": _headed(f'"{first}"', "A"), "b.md": _headed(f'"{second}"', "B")})
    assert result.codes == ["ID103"]


def test_blanks_count_unless_they_are_stripped(check: Callable[..., Result]) -> None:
    files = {"a.md": _headed('"x"', "A"), "b.md": _headed('"x "', "B")}
    index = f"{HEADER}%s---\n| Title |\n| ----- |\n| [A](a.md) |\n| [B](b.md) |\n"
    assert "ID103" not in check({"INDEX.md": index % "", **files}).codes
    assert check({"INDEX.md": index % "id: {normalize: strip}\n", **files}).codes == ["ID103"]


def test_unicode_forms_do_not_tell_two_ids_apart(check: Callable[..., Result]) -> None:
    index = f"{HEADER}---\n| Title |\n| ----- |\n| [A](a.md) |\n| [B](b.md) |\n"
    result = check({"INDEX.md": index, "a.md": _headed("\u00e4", "A"), "b.md": _headed("a\u0308", "B")})
    assert result.codes == ["ID103"]


def test_one_document_twice_in_the_index_is_no_duplicate_id(check: Callable[..., Result]) -> None:
    index = f"{NAMES}---\n{HEAD}| [1](1-a.md) | A |\n| [1](1-a.md) | A |\n"
    assert check({"INDEX.md": index, "1-a.md": A}).codes == ["IX106"]


def test_both_sides_of_a_merge_conflict_may_state_it(check: Callable[..., Result]) -> None:
    rows = "<<<<<<< HEAD\n| [1](1-a.md) | A |\n=======\n| [1](1-b.md) | B |\n>>>>>>> other\n"
    assert "ID103" not in check({"INDEX.md": f"{HEAD}{rows}", "1-a.md": A, "1-b.md": B}).codes


def test_an_entry_outside_of_the_conflict_may_not(check: Callable[..., Result]) -> None:
    rows = "| [1](1-a.md) | A |\n<<<<<<< HEAD\n| [1](1-b.md) | B |\n=======\n| [1](1-c.md) | C |\n>>>>>>> other\n"
    result = check({"INDEX.md": f"{HEAD}{rows}", "1-a.md": A, "1-b.md": B, "1-c.md": "# C\n"})
    assert [finding["line"] for finding in result.findings if finding["code"] == "ID103"] == [5]


def test_a_document_that_contradicts_itself_is_none_of_them(check: Callable[..., Result]) -> None:
    index = f"{NAMES}delimiters: {{header: yaml}}\n---\n{HEAD}| [1](1-a.md) | A |\n| [2](2-b.md) | B |\n"
    result = check({"INDEX.md": index, "1-a.md": _headed("1", "A"), "2-b.md": _headed("1", "B")})
    assert brief(result) == ["ID104 2-b.md:2:5-2:6"]


def test_many_unique_ids_take_no_time(check: Callable[..., Result]) -> None:
    rows = "".join(f"| {number} | x |\n" for number in range(20_000))
    index = f"{NAMES}id: {{column: ID}}\n---\n{HEAD}| [x](x-a.md) | A |\n{rows}"
    result = check({"INDEX.md": index, "x-a.md": A}, "--select", "ID103,ID105")
    assert result.findings == []
    assert result.report["checked"]["seconds"] < 60
