"""MT105: a field that the schema does not know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

SCHEMA = """{"required": ["title"], "additionalProperties": false, "patternProperties": {"^x-": {}},
"properties": {"title": {}, "status": {}, "author": {"properties": {"name": {}}, "additionalProperties": false}}}"""


@pytest.mark.parametrize(
    ("header", "schema"),
    [
        pytest.param("title: A\nstatus: Final\n", SCHEMA, id="known keys"),
        pytest.param("title: A\nx-mine: 1\n", SCHEMA, id="a key of a known pattern"),
        pytest.param("title: A\nstaus: Final\n", '{"properties": {"title": {}, "status": {}}}', id="an open schema"),
        pytest.param("title: A\nauthor: B\n", SCHEMA, id="a text where the schema speaks of keys"),
    ],
)
def test_known_keys_are_fine(header: str, schema: str, check_header: Callable[..., Result]) -> None:
    assert check_header(header, schema=schema).findings == []


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("header", "where", "hint"),
    [
        pytest.param("title: A\nstaus: Final\n", "3:1-3:6", "did you mean 'status'? A", id="misspelt"),
        pytest.param("title: A\nSTATUS: Final\n", "3:1-3:7", "did you mean 'status'? A", id="another case"),
        pytest.param("title: A\ncolour: red\n", "3:1-3:7", "a", id="like none"),
        pytest.param('title: A\n"größe": 1\n', "3:1-3:8", "a", id="in quotes, not ASCII"),
        pytest.param(
            "title: é\nstaus: 😀\n", "3:1-3:6", "did you mean 'status'? A", id="beside characters of more bytes"
        ),
    ],
)
def test_the_key_is_the_place(
    header: str, where: str, hint: str, end: str, check_header: Callable[..., Result]
) -> None:
    result = check_header(header.replace("\n", end), schema=SCHEMA, contract="fields: {}")
    assert brief(result) == [f"MT105 a.md:{where}"]
    finding = result.only()
    key = finding["field"]
    assert finding["message"] == f"schema: unknown key {key!r}; {hint}llowed are title, status, author"
    assert finding["document"] == "a.md"


def test_a_misspelt_required_key_is_not_missing_too(check_header: Callable[..., Result]) -> None:
    assert brief(check_header("titel: A\n", schema=SCHEMA, contract="fields: {}")) == ["MT105 a.md:2:1-2:6"]


def test_a_missing_key_beside_an_unknown_one_is_two_findings(check_header: Callable[..., Result]) -> None:
    assert check_header("colour: red\n", schema=SCHEMA, contract="fields: {}").codes == ["MT104", "MT105"]


def test_a_key_inside_a_key_is_named_in_full(check_header: Callable[..., Result]) -> None:
    result = check_header("title: A\nauthor: {nmae: B}\n", schema=SCHEMA)
    assert (result.codes, result.only()["field"], result.only()["line"]) == (["MT105"], "author.nmae", 3)
