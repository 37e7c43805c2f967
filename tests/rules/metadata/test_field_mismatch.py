"""MT108: index and document state different values."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param("[A](a.md)", "A", id="the same"),
        pytest.param("[A](a.md)  ", "'  A '", id="blanks around"),
        pytest.param("[**A** `b`](a.md)", "A b", id="Markdown taken off the cell"),
        pytest.param("[A &amp; B](a.md)", "A & B", id="an entity"),
        pytest.param("*A* [](a.md)", "'*A* [](a.md)'", id="Markdown on both sides"),
        pytest.param("[A \\| B](a.md)", "A | B", id="an escaped pipe"),
        pytest.param("[e\u0301](a.md)", "é", id="another normal form"),
        pytest.param("[0010](a.md)", '"0010"', id="a number is what is written"),
    ],
)
def test_the_same_value_is_fine(cell: str, value: str, check_header: Callable[..., Result]) -> None:
    assert check_header(f"title: {value}\n", row=cell).findings == []


@pytest.mark.parametrize(
    ("cell", "value", "where", "says", "document"),
    [
        pytest.param("[A](a.md)", "B", "9:3-9:12", "A", (2, 8, 9), id="plain"),
        pytest.param("[größer](a.md) 😀", "klein", "9:3-9:19", "größer 😀", (2, 8, 13), id="not ASCII"),
        pytest.param("[**A**](a.md)", "B", "9:3-9:16", "A", (2, 8, 9), id="markup"),
        pytest.param("[1.5](a.md)", '"15"', "9:3-9:14", "1.5", (2, 8, 12), id="a point between figures"),
        pytest.param("[C](a.md)", "C++", "9:3-9:12", "C", (2, 8, 11), id="a symbol"),
        pytest.param("[A](a.md)", "n/a", "9:3-9:12", "A", (2, 8, 11), id="a document that says there is none"),
        pytest.param("[10](a.md)", '"0010"', "9:3-9:13", "10", (2, 8, 14), id="zeros in front"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_both_places_are_named(
    cell: str,
    value: str,
    where: str,
    says: str,
    document: tuple[int, int, int],
    end: str,
    check_header: Callable[..., Result],
) -> None:
    result = check_header(f"title: {value}{end}", row=cell)
    assert brief(result) == [f"MT108 INDEX.md:{where}"]
    finding, related = result.only(), result.only()["related"][0]
    bare = value.strip('"')
    assert finding["message"] == f"title: the index says {says!r}, the document says {bare!r}"
    assert finding["values"] == {"index": says, "document": bare}
    assert (finding["index"], finding["document"], finding["field"]) == ("INDEX.md", "a.md", "title")
    assert (related["path"], related["line"], related["column"], related["end_column"]) == ("a.md", *document)
    assert related["message"] == f"the document says {bare!r}"


@pytest.mark.parametrize(
    ("spec", "cell", "value", "codes"),
    [
        pytest.param("{compare: number}", "1,234", "'1234'", [], id="number"),
        pytest.param("{compare: number}", "1,234", "'1235'", ["MT108"], id="another number"),
        pytest.param("{compare: date}", "5 Jan 2026", "2026-01-05", [], id="date"),
        pytest.param("{compare: date}", "6 Jan 2026", "2026-01-05", ["MT108"], id="another date"),
        pytest.param("{compare: set}", "b; a", "[a, b]", [], id="set"),
        pytest.param("{compare: set}", "a", "[a, b]", ["MT108"], id="another set"),
        pytest.param("{compare: prefix}", "A long…", "A long title", [], id="prefix"),
        pytest.param("{compare: text}", "A Title!", "a title", [], id="text"),
        pytest.param("{compare: text}", "A Title!", "another title", ["MT108"], id="another text"),
        pytest.param("{compare: digest}", "ABC", "abc", [], id="digest"),
        pytest.param("{map: {F: Final}}", "F", "Final", [], id="map"),
        pytest.param("{map: {F: Final}}", "D", "Final", ["MT108"], id="what the map leaves"),
        pytest.param("{map: {F: 1.50}}", "F", "'1.50'", [], id="a map of numbers is written as it is"),
        pytest.param("{strip: '^v'}", "v1", "'1'", [], id="strip"),
        pytest.param("{strip: ['^v', ' .*']}", "v1 final", "'1'", [], id="several strips"),
    ],
)
def test_comparators(spec: str, cell: str, value: str, codes: list[str], check_header: Callable[..., Result]) -> None:
    contract = f"fields: {{n: {{document: header.n, {spec[1:]}}}"
    assert (
        check_header(f"n: {value}\n", contract=contract, columns="N | File", row=f"{cell} | [A](a.md)").codes == codes
    )


def test_an_empty_side_is_no_mismatch(check_header: Callable[..., Result]) -> None:
    assert "MT108" not in check_header("title:\n").codes


def test_a_field_in_the_body_is_placed_there(check: Callable[..., Result]) -> None:
    index = "---\nmanifest: 1\nfields: {title: heading}\n---\n| Title |\n| - |\n| [A](a.md) |\n"
    finding = check({"INDEX.md": index, "a.md": "Text.\n\n# Ü B\n"}).only()
    assert (finding["code"], place(finding["related"][0])) == ("MT108", "a.md:3:3-3:6")


def test_a_field_of_the_name_has_no_line(check: Callable[..., Result]) -> None:
    index = '---\nmanifest: 1\nname: "{slug}.md"\nfields: {title: name.slug}\n---\n| Title |\n| - |\n| [B](a.md) |\n'
    finding = check({"INDEX.md": index, "a.md": "Text.\n"}).only()
    assert (finding["code"], place(finding["related"][0])) == ("MT108", "a.md")


def test_the_id_is_that_of_the_row_though_another_row_names_the_document_first(check: Callable[..., Result]) -> None:
    rows = "| ID | Title |\n| -- | ----- |\n| [1](a.md) | A |\n| [2](a.md) | B |\n"
    result = check({"INDEX.md": rows, "a.md": "# A\n"})
    assert [finding["id"] for finding in result.findings if finding["code"] == "MT108"] == ["2"]
