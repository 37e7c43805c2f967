"""DL116: a list that is divided by another sign than declared; and how lists are compared."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place
from validator.compare import as_items, other_delimiter, stray_delimiter

CONTRACT = """---
manifest: 1
documents: "*.md"
delimiters: {header: yaml, list: LIST}
fields: {tags: FIELD}
---
| Title | Tags |
| ----- | ---- |
| [A](a.md) | CELL |
"""
DEFAULT = "header.tags"


def corpus(delimiter: str, cell: str, value: str, field: str = DEFAULT) -> dict[str, str]:
    index = CONTRACT.replace("LIST", delimiter).replace("FIELD", field).replace("CELL", cell)
    return {"INDEX.md": index, "a.md": f"---\ntags: {value}\n---\n# A\n"}


FOR_TAGS = '{tags: ","}'
FINE = {
    "a list": ('","', "a, b", "[a, b]", DEFAULT),
    "a list in another order": ('","', "b, a", "[a, b]", DEFAULT),
    "a list of lines": ('","', "b, a", "\n- a\n- b", DEFAULT),
    "an item twice": ('","', "a, b", "[a, b, a]", DEFAULT),
    "declared for the field": (FOR_TAGS, "b, a", "a, b", DEFAULT),
    "no blank behind it": (FOR_TAGS, "b,a", "a , b", DEFAULT),
    "compare set": ('","', "b, a", "a, b", "{document: header.tags, compare: set}"),
    "a sequence": ('","', "a, b, a", "[a, b, a]", "{document: header.tags, compare: sequence}"),
    "commas inside items": ('{tags: ";"}', "Doe, J.; Roe, R.", "Roe, R.; Doe, J.", DEFAULT),
    "commas inside items of a list": ('";"', "Doe, J.; Roe, R.", '["Roe, R.", "Doe, J."]', DEFAULT),
    "one item with a comma": ('{tags: ";"}', "Doe, J.", "Doe, J.", DEFAULT),
    "a delimiter of blanks": ('{tags: " "}', "b  a", "a b", DEFAULT),
    "a word between": ('{tags: " and "}', "b and a", "a and b", DEFAULT),
    "text that is no list": ('","', "a; b, c", "a; b, c", DEFAULT),
    "compared in another way": ('","', "a; b", "[A B]", "{document: header.tags, compare: text}"),
    "items that are mapped": ('","', "D, F", "[final, draft]", "{document: header.tags, map: {D: draft, F: final}}"),
    "another field": ('{title: ","}', "a, b", "a, b", "header.tags, title: heading"),
}  # fmt: skip


@pytest.mark.parametrize(("delimiter", "cell", "value", "field"), FINE.values(), ids=FINE)
def test_nothing_to_find(delimiter: str, cell: str, value: str, field: str, check: Callable[..., Result]) -> None:
    assert check(corpus(delimiter, cell, value, field)).findings == []


SEQUENCE = "{document: header.tags, compare: sequence}"
CELL, VALUE = "INDEX.md:9:15-9:{}", "a.md:2:7-2:{}"
FAULTS = {
    "semicolon in the index": ('","', "a; b", "[a, b]", DEFAULT, "DL116 " + CELL.format(19)),
    "one of two": ('","', "a, b; c", "[a, b, c]", DEFAULT, "DL116 " + CELL.format(22)),
    "semicolon in the document": (FOR_TAGS, "a, b", "a; b", DEFAULT, "DL116 " + VALUE.format(11)),
    "semicolon in text": ('","', "a, b", "a; b", DEFAULT, "DL116 " + VALUE.format(11)),
    "semicolon in the index, text": ('","', "a; b", "a, b", DEFAULT, "DL116 " + CELL.format(19)),
    "a pipe": ('","', "a \\| b", "[a, b]", DEFAULT, "DL116 " + CELL.format(21)),
    "a full-width comma": ('","', "a\uff0c b", "[a, b]", DEFAULT, "DL116 " + CELL.format(19)),
    "a comma": ('";"', "a, b", "[a, b]", DEFAULT, "DL116 " + CELL.format(19)),
    "a comma in the document": ('{tags: ";"}', "a; b", "a, b", DEFAULT, "DL116 " + VALUE.format(11)),
    "a comma in a sequence": ('";"', "a; b", "a, b", SEQUENCE, "DL116 " + VALUE.format(11)),
    "a comma in an item": ('{tags: ";"}', "a; b", '["a, b"]', DEFAULT, "MT108 " + CELL.format(19)),
    "a comma in what is mapped": (
        '{tags: ";"}', "D", "[a, b]", "{document: header.tags, map: {D: 'a, b'}}", "MT108 " + CELL.format(16),
    ),
    "a comma in what is mapped, text": (
        '{tags: ";"}', "D", "a; b", "{document: header.tags, map: {D: 'a, b'}}", "MT108 " + CELL.format(16),
    ),
    "another item": ('","', "a, c", "[a, b]", DEFAULT, "MT108 " + CELL.format(19)),
    "another order": ('","', "b, a", "[a, b]", SEQUENCE, "MT108 " + CELL.format(19)),
    "an item twice": ('","', "a, a, b", "[a, b]", SEQUENCE, "MT108 " + CELL.format(22)),
    "text in another order": ('","', "b, a", "a, b", DEFAULT, "MT108 " + CELL.format(19)),
}  # fmt: skip


@pytest.mark.parametrize(("delimiter", "cell", "value", "field", "expected"), FAULTS.values(), ids=FAULTS)
def test_each_fault_gives_its_one_finding(
    delimiter: str, cell: str, value: str, field: str, expected: str, check: Callable[..., Result]
) -> None:
    assert brief(check(corpus(delimiter, cell, value, field))) == [expected]


def test_both_causes_are_told(check: Callable[..., Result]) -> None:
    result = check(corpus('","', "a; c", "[a, b]"))
    assert brief(result) == ["DL116 INDEX.md:9:15-9:19", "MT108 INDEX.md:9:15-9:19"]


def test_what_it_says(check: Callable[..., Result]) -> None:
    finding = check(corpus(FOR_TAGS, "a, b", "a; b")).only()
    assert finding["message"] == "tags: `;` divides 'a; b', where the contract declares `,`"
    assert (finding["field"], finding["values"]) == ("tags", {"index": "a, b", "document": "a; b"})
    assert [place(item) for item in finding["related"]] == ["INDEX.md:4:41-4:44"]


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("a, b", "[a, b]", "tags: `,` divides 'a, b', where the contract declares `;`"),
        ("a; b", '["a, b"]', "tags: the index says 'a; b', the document says 'a, b'"),
        ("p, q", "a, b", "tags: the index says 'p, q', the document says 'a, b'"),
    ],
)
def test_it_shows_what_stands_there(cell: str, value: str, words: str, check: Callable[..., Result]) -> None:
    assert check(corpus('{tags: ";"}', cell, value)).only()["message"] == words


def test_without_an_index_the_documents_are_judged(check: Callable[..., Result]) -> None:
    config = (
        "corpora:\n  - index: none\n    documents: '*.md'\n    delimiters: {header: yaml, list: {tags: ','}}\n"
        "    fields: {tags: header.tags}\n"
    )
    result = check(
        {"indexlint.yaml": config, "a.md": "---\ntags: a; b\n---\nText.\n", "b.md": "---\nx: 1\n---\nText.\n"}
    )
    assert brief(result) == ["DL116 a.md:2:7-2:11"]


def test_a_field_that_there_is_not_is_a_fault_of_the_contract(check: Callable[..., Result]) -> None:
    result = check(corpus('{tag: ","}', "a", "a"))
    assert brief(result) == ["CF101 INDEX.md:4:40-4:43"]
    assert result.only()["message"] == "'tag' is no field of this contract; did you mean 'tags'?"


def test_lists_of_columns_that_are_bound_by_name(check: Callable[..., Result]) -> None:
    files = corpus('";"', "Roe, R.; Doe, J.", '["Doe, J.", "Roe, R."]')
    assert check({**files, "INDEX.md": files["INDEX.md"].replace("fields: {tags: header.tags}\n", "")}).findings == []


def test_items() -> None:
    assert as_items("a b", " ") == ("a", "b")
    assert as_items("a, b; c", ";") == ("a, b", "c")
    assert stray_delimiter("a, b", "/") is None
    assert stray_delimiter("a; b", "/") == ";"
    assert other_delimiter("a / b, c", "/") is None
    assert other_delimiter("a b", ",") is None


@pytest.mark.parametrize("header", ["rfc822", "bullets", "table"])
def test_headers_that_know_no_lists_state_some_all_the_same(header: str, check: Callable[..., Result]) -> None:
    texts = {"rfc822": "tags: A; B\n\nText\n", "bullets": "# A\n\n- tags: A; B\n\nText\n"}
    text = texts.get(header, "# A\n\n| tags | A; B |\n| --- | --- |\n\nText\n")
    index = CONTRACT.replace("yaml, list: LIST", f'{header}, list: ";"').replace("FIELD", DEFAULT)
    assert check({"INDEX.md": index.replace("CELL", "B; A"), "a.md": text}).findings == []
    assert check({"INDEX.md": index.replace("CELL", "B; C"), "a.md": text}).codes == ["MT108"]
