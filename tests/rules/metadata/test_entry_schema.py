"""MT111: what an entry states breaks the schema that the contract gives for its field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief


def check_cell(check: Callable[..., Result], schema: str, cell: str) -> Result:
    contract = f"---\nmanifest: 1\nfields: {{n: {{document: header.n, schema: {schema}}}}}\n---\n"
    index = f"{contract}| Title | N |\n| - | - |\n| [A](a.md) | {cell} |\n"
    return check({"INDEX.md": index, "a.md": f"---\nn: '{cell}'\n---\nText.\n"})


@pytest.mark.parametrize(
    ("schema", "cell"),
    [
        pytest.param("{enum: [Draft, Final]}", "Final", id="one of them"),
        pytest.param("{enum: [1, 2]}", "2", id="a number as a number"),
        pytest.param("{type: string}", "2", id="a number as a text"),
        pytest.param('{pattern: "^[0-9]{4}$"}', "0010", id="figures as a text"),
        pytest.param("{type: integer}", "-", id="nothing stated"),
        pytest.param("true", "what you like", id="a schema that allows all"),
        pytest.param('{pattern: "^\\\\p{L}+$"}', "Größe", id="letters"),
    ],
)
def test_what_the_schema_allows(schema: str, cell: str, check: Callable[..., Result]) -> None:
    assert check_cell(check, schema, cell).findings == []


@pytest.mark.parametrize(
    ("schema", "cell", "message"),
    [
        pytest.param(
            "{enum: [Draft, Final]}", "Fnal", "\"Fnal\" is not one of \"Draft\", \"Final\"; did you mean 'Final'?",
            id="none of them",
        ),
        pytest.param("{type: integer}", "1.5", "1.5 is a number, where a whole number is wanted", id="another type"),
        pytest.param("{type: integer, minimum: 3}", "2", "2 is less than the minimum of 3", id="too small"),
        pytest.param('{pattern: "^[0-9]+$"}', "ü", "'ü' does not match '^[0-9]+$'", id="another pattern"),
        pytest.param("false", "x", "nothing may stand here", id="a schema that allows nothing"),
    ],
)  # fmt: skip
def test_the_cell_is_the_place_and_the_schema_is_related(
    schema: str, cell: str, message: str, check: Callable[..., Result]
) -> None:
    result = check_cell(check, schema, cell)
    assert brief(result) == [f"MT111 INDEX.md:7:15-7:{15 + len(cell)}"]
    finding, related = result.only(), result.only()["related"][0]
    assert finding["message"] == f"n: {message}"
    assert finding["values"] == {"index": cell, "document": None}
    assert (finding["field"], finding["document"]) == ("n", "a.md")
    assert (related["path"], related["line"], related["message"]) == ("INDEX.md", 3, "the schema of this field")


def test_a_missing_document_has_an_entry_all_the_same(check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\nfields: {n: {document: header.n, schema: {type: integer}}}\n---\n"
    index = f"{contract}| Title | N |\n| - | - |\n| [A](a.md) | 1 |\n| [B](gone.md) | x |\n"
    result = check({"INDEX.md": index, "a.md": "---\nn: 1\n---\nText.\n"})
    assert [(finding["code"], finding["document"]) for finding in result.findings] == [
        ("IX103", "gone.md"),
        ("MT111", "gone.md"),
    ]


def test_documents_without_an_index_have_no_entries(check: Callable[..., Result]) -> None:
    config = "corpora:\n- index: none\n  documents: '*.md'\n  fields: {n: {document: header.n, schema: false}}\n"
    assert check({"indexlint.yaml": config, "a.md": "---\nn: 1\n---\nText.\n"}).findings == []


def test_a_schema_without_an_end_is_said_at_the_cell(check: Callable[..., Result]) -> None:
    result = check_cell(check, '{if: {type: integer}, then: {$ref: "#"}}', "5")
    assert result.codes == ["MT111"]
    assert result.only()["message"].endswith("it goes round in a circle, or is nested too deep")


def test_a_table_without_the_column_states_nothing_that_could_break_it(check: Callable[..., Result]) -> None:
    text = (
        "---\nmanifest: 1\nfields: {status: {document: header.status, schema: {enum: [Final]}}}\n---\n\n"
        "| Title | Status |\n| ----- | ------ |\n| [A](a.md) | Final |\n\n| Title |\n| ----- |\n| [B](b.md) |\n"
    )
    files = {"INDEX.md": text, "a.md": "---\nstatus: Final\n---\nA.\n", "b.md": "---\nstatus: Final\n---\nB.\n"}
    assert check(files).findings == []


@pytest.mark.parametrize("column", ["Zz", "Since"])
def test_a_field_that_no_document_states_is_held_to_its_schema(column: str, check: Callable[..., Result]) -> None:
    contract = f"---\nmanifest: 1\nfields: {{title: heading, {column}: {{schema: {{type: integer}}}}}}\n---\n"
    rows = "".join(f"| [{name}]({name}.md) | {name} |\n" for name in ("1", "x"))
    files = {"INDEX.md": f"{contract}| Title | {column} |\n| - | - |\n{rows}", "1.md": "# 1\n", "x.md": "# x\n"}
    result = check(files)
    assert brief(result) == ["MT111 INDEX.md:8:15-8:16"]
    assert result.only()["message"] == f'{column}: "x" is text, where a whole number is wanted'
