from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from validator.schema import SchemaError, Validator, build, own_schema
from validator.schema.authority import authority_of
from validator.verdict import compile_fields, compile_verdict, size

SUITE = os.environ.get("JSON_SCHEMA_TEST_SUITE")  # As the tests of jsonschema itself have it: a checkout of the suite.

_SCALARS = st.sampled_from(["", "a", "abc", "2026-01-01", "2026-13-01", "é", 0, 1, 2, 1.0, 2.5, -1, True, False, None])
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=6,
)
_TYPES = st.sampled_from(["null", "boolean", "string", "integer", "number", "array", "object"])
_COUNTS = st.integers(0, 3)
_PLAIN = {
    "type": _TYPES | st.lists(_TYPES, min_size=1, max_size=3, unique=True),
    "enum": st.lists(_VALUES, min_size=1, max_size=3),
    "const": _VALUES,
    "minLength": _COUNTS,
    "maxLength": _COUNTS,
    "pattern": st.sampled_from(["a", "^a*$", "^(?:a|b)+$", "[0-9]"]),
    "format": st.sampled_from(["date", "uri"]),
    "minimum": st.sampled_from([0, 1, 1.5]),
    "maximum": st.sampled_from([0, 1, 1.5]),
    "exclusiveMinimum": st.sampled_from([0, 1]),
    "exclusiveMaximum": st.sampled_from([1, 2]),
    "minItems": _COUNTS,
    "maxItems": _COUNTS,
    "uniqueItems": st.booleans(),
    "minProperties": _COUNTS,
    "maxProperties": _COUNTS,
    "required": st.lists(st.sampled_from("abc"), max_size=2, unique=True),
    "description": st.just("words"),
    "$ref": st.sampled_from(["#/$defs/x", "#/$defs/y"]),
}


def _some(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    nested = {
        "items": inner,
        "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
        "additionalProperties": inner,
        "propertyNames": inner,
    }
    return st.lists(st.sampled_from([*_PLAIN, *nested]), max_size=4, unique=True).flatmap(
        lambda keys: st.fixed_dictionaries({key: (_PLAIN | nested)[key] for key in keys})
    )


_SCHEMAS = st.recursive(st.booleans() | _some(st.just(value=True)), _some, max_leaves=3)


def judged(schema: object, value: object) -> bool:
    """What the authority says, without the short cut; `False` too where it does not take the schema."""
    try:
        engine = authority_of(schema)
    except SchemaError:
        return False
    return not Validator(lambda: engine, 50_000).judged(value)


@settings(max_examples=250, deadline=None)
@given(_SCHEMAS, _SCHEMAS, _SCHEMAS, st.lists(_VALUES, min_size=1, max_size=8))
def test_what_is_certainly_sound_is_sound_to_the_authority(
    schema: object, first: object, second: object, values: list[object]
) -> None:
    whole = {**schema, "$defs": {"x": first, "y": second}} if isinstance(schema, dict) else schema
    compiled = compile_verdict(whole)
    for value in values if compiled else ():
        assert compiled is not None
        assert not compiled[0](value) or judged(whole, value)
    # Of a schema that is sound, what is compiled when it is asked for says the same, also the second time.
    later = compile_verdict(whole, is_sound=True) if compiled else None
    for value in [*values, *values] if compiled else ():
        assert compiled is not None
        assert later is not None
        assert later[0](value) == compiled[0](value)


def _suite() -> Iterator[tuple[str, object, object]]:
    for path in sorted(Path(SUITE or ".").glob("tests/draft2020-12/**/*.json")) if SUITE else ():
        for group in json.loads(path.read_text("utf-8")):
            for test in group["tests"]:
                yield f"{path.stem}: {test['description']}", group["schema"], test["data"]


@pytest.mark.skipif(SUITE is None, reason="JSON_SCHEMA_TEST_SUITE names no checkout of the official suite")
def test_it_never_says_yes_in_the_official_suite_where_the_authority_says_no() -> None:
    sure = 0
    for name, schema, value in _suite():
        compiled = compile_verdict(schema)
        if compiled is not None and compiled[0](value):
            sure += 1
            assert judged(schema, value), name  # The dialect of patterns is ours, so the authority is asked.
    assert sure > 100


SOUND = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://example.org/schemas/document.json",
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9]+$", "minLength": 2, "maxLength": 4},
        "date": {"format": "date"},
        "kind": {"enum": ["a", "b", 1], "description": "a kind"},
        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True, "maxItems": 2},
        "pages": {"type": ["integer", "null"], "minimum": 1, "exclusiveMaximum": 9},
        "more": {"$ref": "#/$defs/more"},
        "one": {"const": 1},
        "notes": {"type": "array", "uniqueItems": False},
    },
    "$defs": {"more": {"type": "object", "propertyNames": {"maxLength": 1}, "minProperties": 1}},
}


@pytest.mark.parametrize(
    "value",
    [
        {"id": "12"}, {"id": "12", "date": "2026-02-28"}, {"id": "12", "kind": 1}, {"id": "12", "tags": ["a", "b"]},
        {"id": "12", "pages": None}, {"id": "12", "pages": 8}, {"id": "12", "more": {"a": 1}}, {"id": "12", "one": 1},
        {"id": "12", "notes": ["a", "a"]},
    ],
)  # fmt: skip
def test_a_sound_value_needs_no_authority(value: object) -> None:
    compiled = compile_verdict(SOUND)
    assert compiled is not None
    assert compiled[0](value)
    assert judged(SOUND, value)


@pytest.mark.parametrize(
    "value",
    [
        [], {}, {"id": "1"}, {"id": "12345"}, {"id": "ab"}, {"id": 12}, {"id": "12", "date": "2026-02-30"},
        {"id": "12", "kind": "c"}, {"id": "12", "kind": True}, {"id": "12", "tags": ["a", "a"]},
        {"id": "12", "tags": ["a", "b", "c"]}, {"id": "12", "tags": [1]}, {"id": "12", "pages": 0},
        {"id": "12", "pages": 9}, {"id": "12", "more": {}}, {"id": "12", "more": {"ab": 1}}, {"id": "12", "x": 1},
        {"id": "12", "one": True},
    ],
)  # fmt: skip
def test_a_faulty_value_goes_to_the_authority(value: object) -> None:
    compiled = compile_verdict(SOUND)
    assert compiled is not None
    assert not compiled[0](value)
    assert build(SOUND).violations(value) != []


@pytest.mark.parametrize(
    "schema",
    [
        True, "x", {"anyOf": [True]}, {"$schema": "http://json-schema.org/draft-07/schema#"}, {"$id": "a b"},
        {"$defs": []}, {"$ref": "#"}, {"$ref": "#/$defs/no"}, {"$ref": 1}, {"$defs": {"a": {"$ref": "#/$defs/a"}}},
        {"type": "text"}, {"type": []}, {"type": ["null", "null"]}, {"enum": []}, {"pattern": 1}, {"pattern": "(?=a)"},
        {"format": "uri"}, {"minimum": "1"}, {"minimum": float("inf")}, {"minLength": -1}, {"maxLength": None},
        {"uniqueItems": 1}, {"required": "a"}, {"required": ["a", "a"]},
        {"properties": []}, {"properties": {"a": False}},
        {"description": 1}, {"examples": 1}, {"deprecated": "x"}, {"items": {"$schema": "x"}}, {"items": []},
        {"default": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]},
    ],
)  # fmt: skip
def test_a_schema_that_is_not_plain_goes_to_the_authority(schema: object) -> None:
    assert compile_verdict(schema) is None


def test_a_value_that_could_take_long_goes_to_the_authority() -> None:
    validator = build({"type": "array", "items": {"type": "integer"}})
    assert validator.verdict is not None
    assert validator.violations([1] * 10) == []
    assert size([1] * validator.size, validator.size) > validator.size
    with pytest.raises(SchemaError, match="steps"):
        validator.violations([1] * 60_000)


def test_the_size_of_a_value_counts_what_is_in_it() -> None:
    assert size({"a": [1, 2], "b": 3}, 100) == 5
    assert size([[1] * 100, 2], 10) > 10


def test_a_schema_that_only_the_authority_knows_is_tried_on_a_value() -> None:
    build({"type": "object"}).prove()
    with pytest.raises(SchemaError):
        build({"$ref": "#"}).prove()


@pytest.mark.parametrize("definition", [None, "configuration"])
def test_our_own_schemas_are_plain_so_that_a_run_need_not_import_the_library(definition: str | None) -> None:
    schema = json.loads((ROOT / "schemas" / "contract.schema.json").read_text("utf-8"))
    whole = {"$defs": schema["$defs"], "$ref": f"#/$defs/{definition}"} if definition else schema
    assert compile_verdict(whole, lambda source: re.compile(source).search) is not None
    assert own_schema("contract.schema.json", definition).verdict is not None


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {"type": "array"},
        {"minProperties": 1},
        {"type": ["object"]},
        {"propertyNames": {}},
        {"not": {}},
        {"required": 1},
    ],
    ids=str,
)
def test_a_schema_that_says_more_than_what_each_key_holds_is_not_taken_apart(schema: object) -> None:
    assert compile_fields(schema) is None


def test_a_schema_is_taken_apart_key_by_key() -> None:
    fields = compile_fields({"required": ["a"], "properties": {"a": {"type": "string"}}, "additionalProperties": False})
    assert fields is not None
    known, other = fields.of("a"), fields.of("b")
    assert fields.required == {"a"}
    assert other is None
    assert known is not None
    assert (known("x"), known(1)) == (True, False)


@pytest.mark.parametrize(
    "schema", [{"type": "string"}, {"type": "string", "minLength": 1}, {"type": "string", "maxLength": 2}]
)
@pytest.mark.parametrize("value", ["", "a", "ab", "abc", 1, None])
def test_texts_are_judged_as_the_authority_judges_them(schema: dict[str, object], value: object) -> None:
    compiled = compile_verdict(schema)
    assert compiled is not None
    assert compiled[0](value) is (build(schema).judged(value) == [])
