"""JSON Schema: plain words, exact pointers, jsonschema's verdicts, and nothing that stalls or is fetched."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from validator.schema import MAX_VIOLATIONS, SchemaError, Violation, build, load, nearest, own_schema

DRAFT4 = "http://json-schema.org/draft-04/schema#"
DRAFT2019 = "https://json-schema.org/draft/2019-09/schema"
DRAFT7 = "http://json-schema.org/draft-07/schema#"


def messages(schema: object, value: object) -> list[str]:
    return [violation.message for violation in build(schema).violations(value)]


@pytest.mark.parametrize(
    ("schema", "value", "message"),
    [
        ({"type": "string"}, 5, "5 is a number, where text is wanted"),
        ({"type": ["string", "null"]}, 5, "5 is a number, where text or nothing is wanted"),
        ({"type": ["string", "array"]}, None, "it is empty (so are `null` and `~`), where text or a list is wanted"),
        ({"type": "integer"}, True, "true is a truth value, where a whole number is wanted"),
        ({"enum": ["Draft", "Final"]}, "Fnal", "\"Fnal\" is not one of \"Draft\", \"Final\"; did you mean 'Final'?"),
        ({"enum": ["Draft", 1]}, "x", '"x" is not one of "Draft", 1'),
        ({"enum": [True, "any"]}, "True", "\"True\" is not one of true, \"any\"; did you mean 'true'?"),
        ({"enum": ["a"]}, ["a"], '["a"] is not one of "a"'),
        ({"const": {"a": 1}}, "ü", '"ü" is not {"a": 1}'),
        ({"pattern": "^a+$"}, "b", "'b' does not match '^a+$'"),
        ({"pattern": "^a+$", "description": "a row of a"}, "b", '"b" is not a row of a'),
        ({"pattern": "^a$"}, "a\n", "'a\\n' does not match '^a$'"),
        ({"minLength": 2}, "é", '"é" is too short: at least 2 characters are wanted'),
        ({"maxLength": 2}, "x" * 500, f'"{"x" * 78}… is too long: at most 2 characters are wanted'),
        ({"minItems": 1}, [], "[] has too few items: at least 1 is wanted"),
        ({"maxItems": 1}, [1, 2], "[1, 2] has too many items: at most 1 is wanted"),
        ({"minProperties": 1}, {}, "{} has too few keys: at least 1 is wanted"),
        ({"maxProperties": 0}, {"a": 1}, '{"a": 1} has too many keys: at most 0 are wanted'),
        ({"minimum": 3}, 2, "2 is less than the minimum of 3"),
        ({"multipleOf": 2}, 3, "3 is not a multiple of 2"),
        ({"format": "date"}, "2026-02-30", '"2026-02-30" is not of the format date'),
        ({"not": {"type": "string"}}, "a", '"a" is not allowed here'),
        ({"anyOf": [{"type": "string"}, {"const": 3}]}, 2, "2 is a number, where text is wanted; or 2 is not 3"),
        ({"anyOf": [{"type": "string"}, {"type": "string"}]}, 2, "2 is a number, where text is wanted"),
        ({"oneOf": [{"required": ["a"]}, {"type": "null"}]}, {}, "the key 'a' is required; or {} is a mapping, where nothing is wanted"),  # noqa: E501
        ({"oneOf": [{"type": "integer"}, {"minimum": 1}]}, 5, "5 is valid under each of"),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, "'b' is a dependency of 'a'"),
        ({"propertyNames": {"pattern": "^a"}}, {"b": 1}, "the key 'b' does not match '^a'"),
        ({"uniqueItems": True}, [1, True, 1.0], "1.0 stands twice, first as number 1"),
        ({"uniqueItems": True}, [{"a": [1]}, {"a": [1.0]}], '{"a": [1.0]} stands twice, first as number 1'),
        ({"required": ["a"]}, {}, "the key 'a' is required"),
        (False, {"a": 1}, "nothing may stand here"),
    ],
)  # fmt: skip
def test_a_message_says_what_is_wrong_and_what_is_allowed(schema: object, value: object, message: str) -> None:
    (found,) = messages(schema, value)
    assert found.startswith(message)
    assert found == message or message.endswith("each of")


@pytest.mark.parametrize(
    ("schema", "value", "pointer"),
    [
        ({"properties": {"a": {"type": "string"}}}, {"a": 1}, ("a",)),
        ({"items": {"properties": {"é": {"minimum": 3}}}}, [{"é": 5}, {"é": 1}], (1, "é")),
        ({"patternProperties": {"^x-": {"type": "string"}}}, {"x-a": 1, "y": 1}, ("x-a",)),
        ({"additionalProperties": {"type": "string"}}, {"a": 1}, ("a",)),
        ({"anyOf": [{"properties": {"a": {"type": "string"}}}, {"type": "null"}]}, {"a": 1}, ("a",)),
        ({"allOf": [{"items": {"const": 1}}]}, [1, 2], (1,)),
        ({"uniqueItems": True}, ["a", "b", "a"], (2,)),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"b": False}}}}, {"b": 1}, ("b",)),
        ({"if": {"required": ["a"]}, "then": {"properties": {"b": {"const": 1}}}}, {"a": 1, "b": 2}, ("b",)),
    ],
)
def test_the_pointer_leads_to_the_value(schema: object, value: object, pointer: tuple[str | int, ...]) -> None:
    (found,) = build(schema).violations(value)
    assert (found.pointer, found.key, found.at_key) == (pointer, None, False)


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ({"title": 1, "x-own": 1}, []),
        ({"titel": 1, "title": 1}, [("titel", "title")]),
        ({"TITLE": 1, "title": 1, "colour": 1}, [("TITLE", "title"), ("colour", None)]),
    ],
)
def test_unknown_keys_come_with_the_nearest_known_one(
    value: dict[str, int], keys: list[tuple[str, str | None]]
) -> None:
    schema = {
        "properties": {"title": {}, "status": {}},
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
    }
    found = build(schema).violations(value)
    assert found == [
        Violation(
            (key,), "additionalProperties",
            f"unknown key {key!r}{f'; did you mean {meant!r}? A' if meant else '; a'}llowed are title, status",
            key, meant, at_key=True,
        )
        for key, meant in keys
    ]  # fmt: skip


def test_where_no_key_is_known_none_is_listed() -> None:
    assert messages({"additionalProperties": False}, {"a": 1}) == ["unknown key 'a'"]


def test_the_name_of_a_key_is_at_fault_and_not_its_value() -> None:
    (found,) = build({"properties": {"a": {"propertyNames": {"maxLength": 1}}}}).violations({"a": {"b": 1, "cc": 1}})
    assert (found.pointer, found.key, found.at_key) == (("a", "cc"), "cc", True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"titel": 1}, [("additionalProperties", "titel")]),
        ({"colour": 1}, [("required", "title"), ("additionalProperties", "colour")]),
        ({"inner": {"nmae": 1}, "title": 1}, [("additionalProperties", "nmae")]),
        ({"titel": 1, "inner": {}}, [("required", "name"), ("additionalProperties", "titel")]),
    ],
)
def test_a_misspelt_required_key_is_one_violation(value: object, expected: list[tuple[str, str]]) -> None:
    inner = {"required": ["name"], "properties": {"name": {}}, "additionalProperties": False}
    schema = {"required": ["title"], "properties": {"title": {}, "inner": inner}, "additionalProperties": False}
    found = build(schema).violations(value)
    assert sorted((item.keyword, item.key or "") for item in found) == sorted(expected)


def test_required_keys_are_told_apart() -> None:
    found = build({"required": ["a", "x'a'", 'y"a"']}).violations({"a": 1})
    assert [item.key for item in found] == ["x'a'", 'y"a"']


def test_violations_stand_in_one_order() -> None:
    schema = {"properties": {"b": {"type": "string", "const": "x"}, "a": {"type": "string"}}}
    found = build(schema).violations({"b": 1, "a": 1})
    assert [(item.pointer, item.message) for item in found] == [
        (("a",), "1 is a number, where text is wanted"),
        (("b",), "1 is a number, where text is wanted"),
        (("b",), '1 is not "x"'),
    ]


def test_of_very_many_violations_the_first_are_shown() -> None:
    validator = build({"items": {"const": 2}})
    assert len(validator.violations([1] * MAX_VIOLATIONS)) == MAX_VIOLATIONS
    found = validator.violations([1] * (MAX_VIOLATIONS + 1))
    assert (len(found), found[0].pointer) == (MAX_VIOLATIONS + 1, ())
    assert found[0].message == f"there are more than {MAX_VIOLATIONS:,} faults; the others are not shown"


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("date", ["2026-01-31", 5], ["2026-02-30", "x"]),
        (
            "date-time",
            ["2026-01-31T10:00:00Z", "2026-01-31t10:00:00.5+02:00", 5],
            ["2026-01-31", "2026-01-31T25:00:00Z"],
        ),
        ("uri", ["https://example.org/a?b#c", "urn:isbn:1", 5], ["example", "https://example.org/a b", "x:é"]),
        ("email", ["a@example.org"], ["a"]),
        ("regex", ["^(a|b)+$", "\\p{L}", 5], ["(", "(?=a)", "(" * 5000]),
        ("uuid", ["12345678-1234-1234-1234-123456789abc"], ["12"]),
        ("ipv4", ["127.0.0.1"], ["300.0.0.1"]),
        ("unheard-of", ["what you like"], []),
    ],
)
def test_formats(name: str, good: list[object], bad: list[object]) -> None:
    validator = build({"format": name})
    assert [value for value in good if validator.violations(value)] == []
    assert [value for value in bad if not validator.violations(value)] == []


@pytest.mark.parametrize(
    ("schema", "value", "fine"),
    [
        pytest.param({"$schema": DRAFT4, "maximum": 3, "exclusiveMaximum": True}, 3, False, id="draft 4"),
        pytest.param({"exclusiveMaximum": 3}, 3, False, id="2020-12 is the default"),
        pytest.param({"$schema": DRAFT7, "items": [{"type": "string"}]}, [1], False, id="draft 7"),
        pytest.param({"$schema": DRAFT7.rstrip("#"), "dependencies": {"a": ["b"]}}, {"a": 1}, False, id="without #"),
        pytest.param({"$schema": DRAFT2019, "items": [True, False]}, [1, 1], False, id="2019-09"),
        pytest.param({"$schema": "https://example.org/mine", "type": "string"}, "a", True, id="one that nobody knows"),
        pytest.param(
            {"$ref": "https://json-schema.org/draft/2020-12/schema"}, {"type": 5}, False, id="a dialect's own"
        ),
        pytest.param(
            {"$schema": DRAFT7, "$ref": "#/definitions/a", "definitions": {"a": False}}, 1, False, id="definitions"
        ),
    ],
)
def test_dialects(schema: object, value: object, fine: bool) -> None:  # noqa: FBT001
    assert (build(schema).violations(value) == []) is fine


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        pytest.param(5, "a schema is an object or a boolean", id="a number"),
        pytest.param([], "a schema is an object or a boolean", id="a list"),
        pytest.param({"$schema": 5}, r"`\$schema` is the address of a dialect", id="a dialect that is a number"),
        pytest.param({"type": "strnig"}, "at /type: .* did you mean 'string'", id="a misspelt type"),
        pytest.param(
            {"items": {"minLength": "3"}},
            'at /items/minLength: "3" is text, where a whole number is wanted',
            id="far inside",
        ),
        pytest.param({"$id": 5}, "at /\\$id", id="an ID that is a number"),
        pytest.param({"pattern": "("}, "a pattern in it cannot be used: missing", id="a broken pattern"),
        pytest.param({"properties": {"a": {"pattern": "(?=x)"}}}, "no look-around", id="a pattern that looks around"),
        pytest.param({"patternProperties": {"(?!x)": {}}}, "no look-around", id="a pattern for keys"),
        pytest.param({"pattern": "\ud800"}, "half of a character", id="half a character"),
        pytest.param({"$ref": "#/nowhere"}, "it refers to '#/nowhere', which is not in it", id="a pointer to nowhere"),
        pytest.param({"items": {"$ref": "#x"}}, "it refers to '#x', which is not in it", id="an anchor that is none"),
        pytest.param({"$dynamicRef": "#x"}, "it refers to '#x', which is not in it", id="a dynamic one"),
        pytest.param({"$ref": "other.json"}, "nothing is fetched", id="another file"),
        pytest.param({"not": {"$ref": "https://example.org/x"}}, "nothing is fetched", id="the network"),
        pytest.param({"$ref": "http://["}, "nothing is fetched|address", id="no address"),
        pytest.param(
            {"$id": "http://a/", "items": {"$id": "http://["}}, "an address in it is none", id="no address as an ID"
        ),
        pytest.param({"$schema": DRAFT4, "$ref": 5}, "it refers to 5", id="a reference that is a number"),
        pytest.param({"title": "x", "$ref": "#/title"}, 'at /: "x" is text, where', id="a reference to a text"),
        pytest.param({"x": {"type": 5}, "$ref": "#/x"}, "at /type", id="a reference to what is no schema"),
        pytest.param({"not": {"$schema": DRAFT4}}, "a part of it is of another dialect", id="two dialects"),
        pytest.param({"multipleOf": float("nan")}, "a number that JSON has not", id="no number"),
        pytest.param({"maximum": float("inf")}, "a number that JSON has not", id="a number without end"),
        pytest.param(
            {"unevaluatedProperties": False, "patternProperties": {"^(a|b)": {}}},
            "only plain patterns",
            id="an open engine",
        ),
    ],
)
def test_a_schema_that_cannot_be_used_says_why(schema: object, words: str) -> None:
    with pytest.raises(SchemaError, match=words):
        build(schema)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is not JSON"),
        ("{", "it is not JSON"),
        ("[" * 100_000, "no end"),
        ('{"maximum": ' + "9" * 5000 + "}", "no end"),
        ('{"not": ' * 200 + "{}" + "}" * 200, "nested deeper than 100 levels"),
        ("NaN", "an object or a boolean"),
    ],
)
def test_a_text_that_is_no_schema_says_why(text: str, words: str) -> None:
    with pytest.raises(SchemaError, match=words):
        load(text)


def test_a_schema_is_read_once() -> None:
    assert load('{"type": "string"}') is load('{"type": "string"}')


HOSTILE: dict[str, tuple[object, object]] = {
    "a pattern": ({"pattern": "^([0-9a-f]+)+x$"}, "a" * 100_000),
    "a pattern for keys": (
        {"patternProperties": {"^([a-z]+)+$": {}}, "additionalProperties": False},
        {"a" * 30 + "!": 1},
    ),
    "a pattern behind a reference to the root": (
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "pattern": "^(a|a)*$", "items": {"$ref": "#"}},
        ["a" * 40 + "!"],
    ),
    "a format": ({"format": "regex"}, "a{99999999999}"),
    "a list without doubles": ({"uniqueItems": True}, [{"a": number} for number in range(20_000)]),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_schema_ends_at_once(case: str) -> None:
    schema, value = HOSTILE[case]
    started = time.process_time()
    build(schema).violations(value)
    assert time.process_time() - started < 3


def chained(links: int, link: Callable[[dict[str, str]], object]) -> dict[str, object]:
    """Schemas, each of which refers to the next."""
    defs = {f"d{number}": link({"$ref": f"#/$defs/d{number + 1}"}) for number in range(links)}
    return {"$ref": "#/$defs/d0", "$defs": {**defs, f"d{links}": {}}}


@pytest.mark.parametrize(
    ("schema", "value", "words"),
    [
        pytest.param({"$ref": "#"}, 1, "round in a circle", id="a circle"),
        pytest.param(
            {"if": {"type": "integer"}, "then": {"$ref": "#"}}, 1, "round in a circle", id="one to be entered"
        ),
        pytest.param(
            {"unevaluatedProperties": False, "$ref": "#"}, {"a": 1}, "round in a circle", id="an unevaluated one"
        ),
        pytest.param(chained(500, lambda next_one: next_one), 1, "nested too deep", id="a long chain"),
        pytest.param(
            chained(30, lambda next_one: {"allOf": [next_one] * 2}), 1, "than 50,000 steps", id="one that doubles"
        ),
    ],
)
def test_references_without_an_end_are_stopped(schema: object, value: object, words: str) -> None:
    validator = build(schema)
    started = time.process_time()
    with pytest.raises(SchemaError, match=words):
        validator.violations(value)
    assert time.process_time() - started < 10
    with pytest.raises(SchemaError, match=words):
        validator.violations(value)


def test_the_own_schemas_are_schemas() -> None:
    load((ROOT / "schemas" / "contract.schema.json").read_text("utf-8"))
    assert own_schema("contract.schema.json").violations({"manifest": 1}) == []
    assert own_schema("contract.schema.json", "configuration").violations({"exclude": "x"}) == []


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [("titel", ["title", "status"], "title"), ("TITLE", ["title"], "title"), ("x", ["title"], None), ("a", [], None)],
)
def test_the_nearest_word(word: str, known: list[str], expected: str | None) -> None:
    assert nearest(word, known) == expected


def test_a_word_has_to_be_as_like_as_is_asked_for() -> None:
    assert (nearest("index", ["indexlint"]), nearest("index", ["indexlint"], 0.8)) == ("indexlint", None)


NAMES = st.sampled_from("ab")
SUBSCHEMA: st.SearchStrategy[Any] = st.deferred(lambda: st.booleans() | SCHEMA)
SCHEMA: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {},
    optional={
        "$ref": st.sampled_from(["#", "#/$defs/a", "#/$defs/b", "#/properties/a", "#x", "http://["]),
        "$dynamicRef": st.just("#x"),
        "$dynamicAnchor": st.just("x"),
        "$id": st.sampled_from(["http://example.org/a", "urn:x", "y"]),
        "$schema": st.sampled_from([DRAFT4, DRAFT7, "https://json-schema.org/draft/2020-12/schema"]),
        "$defs": st.dictionaries(NAMES, SUBSCHEMA, max_size=2),
        "type": st.sampled_from(["string", "object", "array", "integer", ["string", "null"]]),
        "properties": st.dictionaries(NAMES, SUBSCHEMA, max_size=2),
        "patternProperties": st.dictionaries(st.sampled_from(["^a", "(a|b)"]), SUBSCHEMA, max_size=2),
        "additionalProperties": SUBSCHEMA,
        "unevaluatedProperties": SUBSCHEMA,
        "items": SUBSCHEMA,
        "allOf": st.lists(SUBSCHEMA, min_size=1, max_size=2),
        "anyOf": st.lists(SUBSCHEMA, min_size=1, max_size=2),
        "oneOf": st.lists(SUBSCHEMA, min_size=1, max_size=2),
        "not": SUBSCHEMA,
        "if": SUBSCHEMA,
        "then": SUBSCHEMA,
        "required": st.lists(NAMES, unique=True),
        "propertyNames": SUBSCHEMA,
        "uniqueItems": st.booleans(),
        "enum": st.lists(st.sampled_from([None, True, 1, 1.0, "a", []]), min_size=1, max_size=2),
        "pattern": st.sampled_from(["a", "(b)"]),
        "minItems": st.integers(0, 2),
        "multipleOf": st.sampled_from([1, 0.1, 1e-300]),
    },
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([None, True, False, 0, 1, 1.0, -2, 0.1, "a", "b", "ab"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(SCHEMA, st.lists(VALUES, max_size=3))
def test_the_verdict_is_that_of_jsonschema(schema: dict[str, Any], values: list[Any]) -> None:
    try:
        validator = build(schema)
    except SchemaError:
        return
    oracle = jsonschema.validators.validator_for(schema, jsonschema.Draft202012Validator)(schema)
    for value in values:
        try:
            found = validator.violations(value)
        except SchemaError:
            continue
        assert (found == []) == oracle.is_valid(value)


def test_many_keys_beside_many_others_cost_no_long_time() -> None:
    schema = {"properties": {f"key{number:05}": {} for number in range(1500)}, "additionalProperties": False}
    started = time.process_time()
    found = build(schema).violations({f"kay{number:05}": 1 for number in range(1500)})
    assert time.process_time() - started < 5
    assert len(found) > 100
