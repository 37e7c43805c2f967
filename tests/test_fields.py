"""What the two sides of a field state or fail to state, asked of one joined corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Files, write
from validator.corpus import Corpus
from validator.discover import find_config, find_sources, find_tree, prepare
from validator.engine import build
from validator.fields import empty_fields, invisible_characters, missing_fields, stated_fields
from validator.model import Place, Span
from validator.unseen import invisible

HIDDEN = "\u200b"
NAME = "U+200B (ZERO WIDTH SPACE)"


def corpus(folder: Path, fields: str, rows: str, documents: Files, more: str = "") -> Corpus:
    """One corpus of a folder, read and joined; `more` is a further line of its contract."""
    lines = ["---", "manifest: 1", "documents: '*.md'", *([more] if more else []), f"fields: {fields}", "---"]
    table = f"| File | Status |\n| - | - |\n{rows}"
    write(folder, {"INDEX.md": "\n".join(lines) + "\n" + table, **documents})
    tree = find_tree([], str(folder))
    config = find_config(tree, None, str(folder))
    (prepared,) = prepare(tree, config, find_sources(tree, config, ()))
    return build(prepared, tree)


def header(text: str) -> str:
    return f"---\n{text}\n---\nText of its own: {text}.\n"


def test_every_stated_field_that_has_a_schema_cell_by_cell(tmp_path: Path) -> None:
    rows = "| [a](a.md) | x |\n| [b](gone.md) | |\n"
    fields = "{file: header.file, status: {document: header.status, schema: true}, gone: {schema: true}}"
    found = corpus(tmp_path, fields, rows, {"a.md": header("status: x")})
    assert [(pair.target, binding.field, stated) for pair, binding, stated in stated_fields(found)] == [
        ("a.md", "status", "x"),
        ("gone.md", "status", ""),
    ]


def test_a_corpus_without_an_index_states_nothing(tmp_path: Path) -> None:
    config = (
        "corpora:\n- index: none\n  documents: '*.md'\n  fields: {status: {document: header.status, required: true}}\n"
    )
    write(tmp_path, {"indexlint.yaml": config, "a.md": header("status: x"), "b.md": header("other: x")})
    tree = find_tree([], str(tmp_path))
    found_config = find_config(tree, None, str(tmp_path))
    (prepared,) = prepare(tree, found_config, find_sources(tree, found_config, ()))
    found = build(prepared, tree)
    assert list(stated_fields(found)) == []
    assert list(empty_fields(found)) == []
    assert list(invisible_characters(found)) == []
    assert [(lack.place, lack.related) for lack in missing_fields(found)] == [(Place("b.md"), ())]


REQUIRED = "{status: {document: header.status, required: true}}"


@pytest.mark.parametrize(
    ("cell", "status", "expected"),
    [
        pytest.param("x", "status: x", [], id="both state it"),
        pytest.param("x", "other: y", [("a.md", "x", None)], id="not the document"),
        pytest.param("x", "status:", [("a.md", "x", "")], id="the document has nothing there"),
        pytest.param("-", "status: x", [("INDEX.md", "", "x")], id="not the index"),
        pytest.param("-", "other: y", [("INDEX.md", "", None)], id="neither"),
    ],
)
def test_required_fields_that_are_missing(
    cell: str, status: str, expected: list[tuple[str, str, str | None]], tmp_path: Path
) -> None:
    found = corpus(tmp_path, REQUIRED, f"| [a](a.md) | {cell} |\n", {"a.md": header(status)})
    lacks = list(missing_fields(found))
    assert [(lack.place.path, lack.stated, lack.claimed) for lack in lacks] == expected
    assert all((lack.document, lack.field, lack.source) == ("a.md", "status", "header.status") for lack in lacks)
    assert all(len(lack.related) == 1 for lack in lacks)


def test_a_row_that_names_another_document_is_not_asked(tmp_path: Path) -> None:
    rows = "| [b](a.md) | x |\n| [a](b.md) | x |\n"
    more = "id: {column: File, document: header.id}"
    documents = {"a.md": header("id: a"), "b.md": header("id: b")}
    found = corpus(tmp_path, REQUIRED, rows, documents, more)
    assert [(lack.place.path, lack.related) for lack in missing_fields(found)] == [("a.md", ()), ("b.md", ())]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        pytest.param("", "heading", id="a document without a body has no heading"),
        pytest.param(" \n", "first-line", id="nor a first line"),
        pytest.param("---\nstatus: a: b\n---\nText.\n", "header.status", id="a value that cannot be read"),
        pytest.param("---\n- status\n---\nText.\n", "header.status", id="a header that is a list"),
        pytest.param(b"---\nstatus: caf\xe9\n---\nText.\n", "header.status", id="a broken character"),
        pytest.param("version https://git-lfs.github.com/spec/v1\n", "header.status", id="a pointer"),
    ],
)
def test_silence_that_says_nothing(text: str | bytes, expression: str, tmp_path: Path) -> None:
    fields = f"{{file: header.file, status: {{document: {expression}, required: true}}}}"
    found = corpus(tmp_path, fields, "| [a](a.md) | x |\n", {"a.md": text}, "delimiters: {header: yaml}")
    assert list(missing_fields(found)) == []


@pytest.mark.parametrize(
    ("cell", "status", "expected"),
    [
        pytest.param("x", "status: x", [], id="neither"),
        pytest.param("-", "status:", [], id="both"),
        pytest.param("x", "other: y", [], id="a key that is not there is not empty"),
        pytest.param("-", "other: y", [], id="nor is one that nobody states"),
        pytest.param("-", "status: x", [("INDEX.md", "", "x")], id="the index"),
        pytest.param("x", "status:", [("a.md", "x", "")], id="the document"),
    ],
)
def test_fields_that_are_empty_on_one_side(
    cell: str, status: str, expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    found = corpus(tmp_path, "{status: header.status}", f"| [a](a.md) | {cell} |\n", {"a.md": header(status)})
    assert [(lack.place.path, lack.stated, lack.claimed) for lack in empty_fields(found)] == expected


def test_what_the_schema_faults_is_not_empty_too(tmp_path: Path) -> None:
    documents = {"a.md": header("status:"), "s.json": '{"properties": {"status": {"type": "string"}}}'}
    found = corpus(tmp_path, "{status: header.status}", "| [a](a.md) | x |\n", documents, "schema: s.json")
    assert list(empty_fields(found)) == []


@pytest.mark.parametrize(
    ("cell", "status", "paths"),
    [
        pytest.param("x", "x", [], id="neither"),
        pytest.param(f"x{HIDDEN}", "x", ["INDEX.md"], id="the index"),
        pytest.param("x", f"x{HIDDEN}", ["a.md"], id="the document"),
        pytest.param(f"x{HIDDEN}", f"x{HIDDEN}", ["INDEX.md", "a.md"], id="both"),
    ],
)
def test_a_hidden_character_is_one_finding_for_both_sides(
    cell: str, status: str, paths: list[str], tmp_path: Path
) -> None:
    found = corpus(
        tmp_path, "{status: header.status}", f"| [a](a.md) | {cell} |\n", {"a.md": header(f'status: "{status}"')}
    )
    seen = list(invisible_characters(found))
    assert [place.path for item in seen for place in (item.place, *item.related)] == paths
    assert all((item.character, item.stated, item.claimed) == (NAME, cell, status) for item in seen)


def test_names_and_contents_are_not_looked_into(tmp_path: Path) -> None:
    fields = "{status: content.bytes, other: {column: Status, document: name.id}}"
    found = corpus(tmp_path, fields, f"| [a](a.md) | 5{HIDDEN} |\n", {"a.md": "Text\n"}, "name: '{id}.md'")
    assert list(invisible_characters(found)) == []


@pytest.mark.parametrize(
    "value",
    ["", "a b", "ä", "a\tb", "日本", "👩\u200d💻", "نمی\u200cخواهم", "a\u2013b", "e\u0301", "\U0001f3f4", "٣"],
)
def test_what_can_be_seen(value: str) -> None:
    assert invisible(value) is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("a\u200bb", NAME),
        ("a\u00a0b", "U+00A0 (NO-BREAK SPACE)"),
        ("\ufeffa", "U+FEFF (ZERO WIDTH NO-BREAK SPACE)"),
        ("a\x00", "U+0000 (a control character)"),
        ("a\x7f", "U+007F (a control character)"),
        ("a\x85", "U+0085 (a control character)"),
        ("a\u202eb", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("a\u2066b", "U+2066 (LEFT-TO-RIGHT ISOLATE)"),
        ("co\u00adop", "U+00AD (SOFT HYPHEN)"),
        ("a\u200db", "U+200D (ZERO WIDTH JOINER)"),
        ("\u200d", "U+200D (ZERO WIDTH JOINER)"),
        ("👩\u200d💻 a\u200db", "U+200D (ZERO WIDTH JOINER)"),
        ("é\u200b\u200c", NAME),
    ],
)
def test_what_cannot_be_seen(value: str, name: str) -> None:
    assert invisible(value) == name


def test_places_are_spans_of_the_value(tmp_path: Path) -> None:
    found = corpus(tmp_path, REQUIRED, "| [a](a.md) | – |\n", {"a.md": header("status: é")})
    (lack,) = missing_fields(found)
    text = (tmp_path / "INDEX.md").read_bytes()
    assert isinstance(lack.place.span, Span)
    assert text[slice(*lack.place.span)].decode() == "–"
    (other, words) = lack.related[0]
    assert isinstance(other.span, Span)
    assert (tmp_path / "a.md").read_bytes()[slice(*other.span)].decode() == "é"
    assert words == "the document says 'é'"
