"""MT109: index and document state values that differ only by case, punctuation, spacing or markup."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief


@pytest.mark.parametrize("value", ["A Title", "a-title", "A  TITLE!", "‘A’ title"])
def test_compare_text_takes_them_for_the_same(value: str, check_header: Callable[..., Result]) -> None:
    contract = "fields: {title: {document: header.title, compare: text}}"
    assert check_header(f"title: {value}\n", contract=contract, row="[A Title](a.md)").findings == []


@pytest.mark.parametrize("value", ["Another title", "A Titel", "A Title 2", "C++"])
def test_other_words_are_more_than_spelling(value: str, check_header: Callable[..., Result]) -> None:
    assert check_header(f"title: {value}\n", row="[A Title](a.md)").codes == ["MT108"]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("a title", id="case"),
        pytest.param("A-Title.", id="punctuation"),
        pytest.param("A  Title", id="spacing"),
        pytest.param('"**A** Title"', id="markup"),
        pytest.param("Ａ Ｔitle", id="letters of full width"),
    ],
)
def test_both_places_are_named_and_it_is_a_warning(value: str, check_header: Callable[..., Result]) -> None:
    result = check_header(f"title: {value}\n", row="[A Title](a.md)")
    assert brief(result) == ["MT109 INDEX.md:9:3-9:18"]
    finding, related = result.only(), result.only()["related"][0]
    bare = value.strip('"')
    assert finding["message"] == f"title: the index spells 'A Title', the document spells {bare!r}"
    assert finding["values"] == {"index": "A Title", "document": bare}
    assert (finding["severity"], result.code) == ("warning", 1)
    assert (related["path"], related["line"], related["column"]) == ("a.md", 2, 8)


@pytest.mark.parametrize("comparator", ["set", "prefix", "date"])
def test_only_an_exact_comparison_speaks_of_spelling(comparator: str, check_header: Callable[..., Result]) -> None:
    contract = f"fields: {{title: {{document: header.title, compare: {comparator}}}}}"
    assert check_header("title: a title\n", contract=contract, row="[A Title](a.md)").codes == ["MT108"]


def test_what_to_do_where_spelling_is_no_matter(render_example: Callable[[str, str], str]) -> None:
    shown = render_example("-- INDEX.md --\n| Title |\n| - |\n| [A](a.md) |\n-- a.md --\n# a\n", "full")
    assert "help: correct the side that is wrong, or declare `compare: text` for the field" in shown
