"""IX107: the contract names a column the index has not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

ROW = "| [A](1.md) | 1 |\n"
HEADS = {
    "as the contract writes it": "Title",
    "in other case": "TITLE",
    "with other blanks": " Ti\ttle ".replace("\t", ""),
    "in bold": "**Title**",
    "in code": "`Title`",
}
BOUND = {
    "a column of its own": ("fields: {title: {column: Name, document: heading}}", "title", "Name", "3:26-3:30"),
    "the column of its name": ("fields: {name: {document: heading}}", "name", "name", "3:10-3:14"),
    "the column of its name, in short": ("fields: {name: heading}", "name", "name", "3:16-3:23"),
    "the ID's": ('id: {column: Key, pattern: "[0-9]"}', "id", "Key", "3:14-3:17"),
}


def _index(contract: str, table: str) -> str:
    return f"---\nmanifest: 1\n{contract}\n---\n{table}"


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_column_is_found_by_its_header_text(head: str, check: Callable[..., Result]) -> None:
    index = _index("fields: {title: {column: Title, document: heading}}", f"| {head} | No. |\n| - | - |\n{ROW}")
    assert check({"INDEX.md": index, "1.md": "# A\n"}).findings == []


@pytest.mark.parametrize(
    "table",
    [
        f"| Title | No. |\n| - | - |\n{ROW}\n## More\n\n| Name |\n| - |\n| [B](2.md) |\n",
        f"| Name | No. |\n| - | - |\n{ROW}\n## More\n\n| Title |\n| - |\n| [B](2.md) |\n",
    ],
    ids=["in the first", "in the second"],
)
def test_one_table_of_several_has_it(table: str, check: Callable[..., Result]) -> None:
    index = _index("fields: {title: {document: heading}}", table)
    assert check({"INDEX.md": index, "1.md": "# A\n", "2.md": "# B\n"}).findings == []


@pytest.mark.parametrize("column", ["link.text", "link.target", "section"])
def test_what_a_link_or_a_heading_says_needs_no_column(column: str, check: Callable[..., Result]) -> None:
    index = _index(f"fields: {{x: {{column: {column}, document: header.none}}}}", f"| T | No. |\n| - | - |\n{ROW}")
    assert check({"INDEX.md": index, "1.md": "# A\n"}).findings == []


@pytest.mark.parametrize(
    "table",
    ["- [A](1.md)\n", "[A](1.md)\n", "| Title |\n| ----- |\n", "| Title |\n| ----- |\n| reserved |\n"],
    ids=["a list", "a paragraph", "a table without rows", "a table of held places"],
)
def test_an_index_without_rows_has_no_column_to_miss(table: str, check: Callable[..., Result]) -> None:
    index = _index("fields: {name: {document: heading}}", table)
    assert "IX107" not in check({"INDEX.md": index, "1.md": "# A\n"}).codes


@pytest.mark.parametrize(("contract", "field", "column", "bound"), BOUND.values(), ids=BOUND)
def test_a_column_that_no_table_has_is_found_at_the_header_row(
    contract: str, field: str, column: str, bound: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": _index(contract, f"| Title | No. |\n| - | - |\n{ROW}"), "1.md": "# A\n"})
    assert brief(result) == ["IX107 INDEX.md:5:1-5:16"]
    finding = result.only()
    assert finding["field"] == field
    assert repr(column) in finding["message"]
    spot = finding["related"][0]
    assert f"{spot['line']}:{spot['column']}-{spot['end_line']}:{spot['end_column']}" == bound


def test_the_header_row_is_that_of_the_first_table_with_rows(check: Callable[..., Result]) -> None:
    table = f"| x |\n| - |\n\n| Title | No. |\n| - | - |\n{ROW}"
    result = check({"INDEX.md": _index("fields: {name: {document: heading}}", table), "1.md": "# A\n"})
    assert brief(result) == ["IX107 INDEX.md:8:1-8:16"]


def test_each_column_is_a_finding_and_a_required_one_no_second(check: Callable[..., Result]) -> None:
    contract = "fields:\n  a: {document: heading, required: true}\n  b: {document: heading}"
    result = check({"INDEX.md": _index(contract, f"| Title | No. |\n| - | - |\n{ROW}"), "1.md": "# A\n"})
    assert [finding["field"] for finding in result.findings] == ["a", "b"]
    assert set(result.codes) == {"IX107"}


def test_windows_line_ends_and_a_byte_order_mark_do_not_move_the_place(check: Callable[..., Result]) -> None:
    index = _index("fields: {name: {document: heading}}", f"| Ü | No. |\n| - | - |\n{ROW}").replace("\n", "\r\n")
    result = check({"INDEX.md": "\ufeff" + index, "1.md": "# A\n"}, "--select", "IX")
    assert brief(result) == ["IX107 INDEX.md:5:1-5:12"]


@pytest.mark.parametrize(
    ("contract", "hint"),
    [
        ("fields: {title: {column: Titel, document: heading}}", "; did you mean 'Title'?"),
        ("fields: {title: heading, titel: heading}", ""),
        ("fields: {name: {column: Nmae, document: heading}}", ""),
        ("id: {column: Noo.}", "; did you mean 'No.'?"),
    ],
    ids=["alike", "alike one that is bound", "like none", "the ID's"],
)
def test_the_column_that_is_meant_perhaps(contract: str, hint: str, check: Callable[..., Result]) -> None:
    index = _index(contract, f"| Title | No. |\n| - | - |\n{ROW}")
    (finding,) = [item for item in check({"INDEX.md": index, "1.md": "# A\n"}).findings if item["code"] == "IX107"]
    assert finding["message"].endswith(f"which this index has not{hint}")


def test_a_table_that_lacks_what_is_required(check: Callable[..., Result]) -> None:
    contract = "fields: {title: {column: Title, document: heading, required: true}}"
    index = _index(contract, "| Title |\n| - |\n| [A](1.md) |\n\n## More\n\n| Name |\n| - |\n| [B](2.md) |\n")
    result = check({"INDEX.md": index, "1.md": "# A\n", "2.md": "# B\n"})
    assert brief(result) == ["IX107 INDEX.md:11:1-11:9"]
    assert result.only()["message"] == "title is required, and this table has no column 'Title'"
    assert brief(check({"INDEX.md": index.replace(", required: true", "")})) == []
