"""CF103: a schema that is no schema, cannot be read, or asks for the network."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Result, brief, place

TABLE = "| Title |\n| - |\n| [A](a.md) |\n"


def corpus(schema: object, header: str = "title: A\n", name: str = "schema.json") -> dict[str, str]:
    contract = f"---\nmanifest: 1\ndelimiters: {{header: yaml}}\nschema: {name}\n---\n"
    text = schema if isinstance(schema, str) else json.dumps(schema)
    return {"INDEX.md": contract + TABLE, "a.md": f"---\n{header}---\nText.\n", "schema.json": text}


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param({}, id="one that allows all"),
        pytest.param(True, id="true"),
        pytest.param(
            {"properties": {"title": {"$ref": "#/$defs/text"}}, "$defs": {"text": {}}}, id="a reference inside"
        ),
        pytest.param({"properties": {"inner": {"$ref": "#"}}}, id="one that holds itself"),
        pytest.param({"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {}}, id="another dialect"),
        pytest.param("\ufeff{}", id="a byte-order mark"),
    ],
)
def test_schemas_are_fine(schema: object, check: Callable[..., Result]) -> None:
    assert check(corpus(schema)).findings == []


BAD: dict[str, tuple[Any, str]] = {
    "no JSON": ("{", "it is not JSON: "),
    "nesting without end": ("[" * 100_000, "nesting or a number has no end"),
    "a number without end": ('{"maximum": ' + "9" * 5000 + "}", "nesting or a number has no end"),
    "no schema": ([1], "a schema is an object or a boolean"),
    "a misspelt type": ({"type": "strnig"}, "did you mean 'string'?"),
    "a fault far inside": ({"properties": {"a": {"minLength": "x"}}}, 'at /properties/a/minLength: "x" is text, where'),
    "a pattern that looks around": ({"properties": {"x": {"pattern": "(?=a)"}}}, "no look-around"),
    "the network": ({"properties": {"x": {"$ref": "https://example.org/x.json"}}}, "nothing is fetched"),
    "another file": ({"properties": {"x": {"$ref": "other.json"}}}, "nothing is fetched"),
    "a file by its address": ({"allOf": [{"$ref": "file:///etc/passwd"}]}, "nothing is fetched"),
    "a circle": ({"$ref": "#"}, "it goes round in a circle"),
}


@pytest.mark.parametrize("case", BAD)
def test_the_contracts_value_is_the_place(case: str, check: Callable[..., Result]) -> None:
    schema, words = BAD[case]
    result = check(corpus(schema))
    assert (result.code, brief(result)) == (2, ["CF103 INDEX.md:4:9-4:20"])
    message = result.only()["message"]
    assert message.startswith("the schema schema.json cannot be used: ")
    assert [(place(other), other["message"]) for other in result.only()["related"]] == [("schema.json", "this schema")]
    assert words in message


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("gone.json", "there is no such file", id="no such file"),
        pytest.param(
            "https://example.org/x.json", "nothing is fetched: it has to be a file of the project", id="a URL"
        ),
        pytest.param("../schema.json", "it leads outside the project", id="outside"),
        pytest.param("/etc/passwd", "it leads outside the project", id="absolute"),
        pytest.param(".", "a folder", id="a folder"),
    ],
)
def test_a_schema_that_cannot_be_read(name: str, reason: str, check: Callable[..., Result]) -> None:
    result = check(corpus({}, name=name))
    assert (result.code, result.codes) == (2, ["CF103"])
    assert reason in result.only()["message"]
    assert result.only()["related"] == []


def test_a_schema_that_is_not_utf8(check: Callable[..., Result]) -> None:
    result = check({**corpus({}), "schema.json": b'{"title": "caf\xe9"}'})
    assert (result.codes, result.only()["message"][-15:]) == (["CF103"], "it is not UTF-8")


def test_a_circle_that_one_document_enters_is_said_with_it(check: Callable[..., Result]) -> None:
    schema = {"properties": {"x": {"if": {"type": "integer"}, "then": {"$ref": "#/properties/x"}}}}
    files = corpus(schema) | {"b.md": "---\nx: 1\n---\nB.\n", "c.md": "---\nx: 2\n---\nC.\n"}
    files["INDEX.md"] += "| [B](b.md) |\n| [C](c.md) |\n"
    result = check(files)
    found = [finding for finding in result.findings if finding["code"] == "CF103"]
    assert (result.code, len(found)) == (2, 1)
    assert (found[0]["document"], found[0]["line"], found[0]["related"][0]["path"]) == ("b.md", 4, "b.md")
    assert place(found[0]["related"][1]) == "schema.json"


def test_the_schema_has_the_path_that_the_contract_means(check: Callable[..., Result]) -> None:
    files = {f"notes/{name}": text for name, text in corpus("{", name="../notes/schema.json").items()}
    assert place(check(files).only()["related"][0]) == "notes/schema.json"


def test_the_schema_of_a_field(check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\nfields: {title: {document: heading, schema: {pattern: '('}}}\n---\n"
    result = check({"INDEX.md": contract + TABLE, "a.md": "# B\n"})
    assert (result.code, brief(result)) == (2, ["CF103 INDEX.md:3:37-3:43"])
    assert result.only()["message"].startswith("the schema of the field 'title' is no schema: a pattern in it")
