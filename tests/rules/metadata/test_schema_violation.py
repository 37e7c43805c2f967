"""MT106: a value that the schema does not allow."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Result, brief

GOOD: dict[str, tuple[str, Any]] = {
    "a number as JSON writes it": ("12", {"type": "integer"}),
    "a fraction": ("1.5", {"type": "number"}),
    "true": ("true", {"type": "boolean"}),
    "null": ("null", {"type": "null"}),
    "a date is a text": ("2026-01-31", {"type": "string", "format": "date"}),
    "an address": ("https://example.org/x", {"format": "uri"}),
    "a time with its zone": ("2026-01-31T10:00:00Z", {"format": "date-time"}),
    "a number in quotes is a text": ('"12"', {"type": "string"}),
    "one of them": ("Final", {"enum": ["Draft", "Final"]}),
    "letters of any script": ("Ünï", {"pattern": "^\\p{L}+$"}),
    "a list": ("[a, b]", {"type": "array", "items": {"type": "string"}, "uniqueItems": True}),
    "nothing, where nothing may stand": ("", {"type": ["string", "null"]}),
}
BAD: dict[str, tuple[str, Any, str, str]] = {
    "type": ("five", {"type": "integer"}, "4-3:8", '"five" is text, where a whole number is wanted'),
    "a number with zeros in front is a text": (
        "0012", {"type": "integer"}, "4-3:8", '"0012" is text, where a whole number is wanted',
    ),
    "a number where a text is wanted": ("12", {"type": "string"}, "4-3:6", "12 is a number, where text is wanted"),
    "yes is a text": ("yes", {"type": "boolean"}, "4-3:7", '"yes" is text, where `true` or `false` is wanted'),
    "enum": (
        "Fnal", {"enum": ["Draft", "Final"]}, "4-3:8",
        '"Fnal" is not one of "Draft", "Final"; did you mean \'Final\'?',
    ),
    "const": ("2", {"const": 1}, "4-3:5", "2 is not 1"),
    "pattern": ("ab12", {"pattern": "^[0-9]+$"}, "4-3:8", "'ab12' does not match '^[0-9]+$'"),
    "too short": ("é", {"minLength": 2}, "4-3:5", '"é" is too short: at least 2 characters are wanted'),
    "too long": ("abc", {"maxLength": 2}, "4-3:7", '"abc" is too long: at most 2 characters are wanted'),
    "too small": ("0", {"minimum": 1}, "4-3:5", "0 is less than the minimum of 1"),
    "a date that does not exist": (
        "2026-02-30", {"format": "date"}, "4-3:14", '"2026-02-30" is not of the format date',
    ),
    "no address": ("not a uri", {"format": "uri"}, "4-3:13", '"not a uri" is not of the format uri'),
    "behind an emoji": ("[😀, 5]", {"items": {"type": "string"}}, "8-3:9", "5 is a number, where text is wanted"),
    "twice in a list": ("[a, a]", {"uniqueItems": True}, "8-3:9", '"a" stands twice, first as number 1'),
    "too few items": ("[]", {"minItems": 1}, "4-3:6", "[] has too few items: at least 1 is wanted"),
    "none of several": (
        "null", {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "4-3:8",
        "; or ".join(f"it is empty (so are `null` and `~`), where {what} is wanted" for what in ("text", "a whole number")),  # noqa: E501
    ),
    "empty": ("", {"type": "string"}, "1-3:2", "it is empty (so are `null` and `~`), where text is wanted"),
}  # fmt: skip


@pytest.mark.parametrize("case", GOOD)
def test_what_the_schema_allows(case: str, check_header: Callable[..., Result]) -> None:
    value, schema = GOOD[case]
    assert check_header(f"title: A\nn: {value}\n", schema=json.dumps({"properties": {"n": schema}})).findings == []


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("case", BAD)
def test_the_value_is_the_place_and_the_message_says_what_is_allowed(
    case: str, end: str, check_header: Callable[..., Result]
) -> None:
    value, schema, columns, message = BAD[case]
    result = check_header(
        f"title: é{end}n: {value}{end}", contract="fields: {}", schema=json.dumps({"properties": {"n": schema}})
    )
    assert brief(result) == [f"MT106 a.md:3:{columns}"]
    finding = result.only()
    field = finding["field"]
    assert field == ("n.1" if value.startswith("[") and value != "[]" else "n")
    assert finding["message"] == f"schema: {field}: {message}"
    assert finding["document"] == "a.md"


def test_a_value_inside_a_value(check_header: Callable[..., Result]) -> None:
    schema = '{"properties": {"author": {"properties": {"name": {"minLength": 3}}}}}'
    result = check_header("title: A\nauthor:\n  name: X\n", schema=schema)
    assert brief(result) == ["MT106 a.md:4:9-4:10"]
    assert result.only()["field"] == "author.name"


def test_a_fault_of_the_whole_header(check_header: Callable[..., Result]) -> None:
    result = check_header("title: A\n", schema='{"minProperties": 2}')
    assert brief(result) == ["MT106 a.md:1:1-1:4"]
    assert result.only()["field"] is None


def test_what_the_schema_faults_is_not_misread_or_empty_too(check_header: Callable[..., Result]) -> None:
    schema = '{"properties": {"title": {"type": "string"}, "n": {"type": "integer"}}}'
    assert check_header("title:\nn: 0012\n", schema=schema).codes == ["MT106", "MT106"]
