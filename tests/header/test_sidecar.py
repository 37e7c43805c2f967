"""`header: sidecar`: metadata in a file beside the document."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Result, brief, commit_all, place, write
from validator.header.sidecar import Beside, document_name, read_sidecar, sidecar_names

INDEX = """---
manifest: 1
documents: "*.txt"
delimiters: {header: sidecar}
fields:
  title: {document: sidecar.title, required: true}
  status: {document: header.status, required: true}
---
| Title | Status |
| ----- | ------ |
| [One thing](a.txt) | Final |
"""
YAML = "title: One thing\nstatus: Final\n"
JSON = '{"title": "One thing", "status": "Final"}\n'
TEXT = {"INDEX.md": INDEX, "a.txt": "Text.\n"}

CLEAN: dict[str, dict[str, str]] = {
    "YAML": {"a.txt.meta.yaml": YAML},
    "JSON": {"a.txt.meta.json": JSON},
    "without the suffix": {"a.meta.yaml": YAML},
    "JSON without the suffix": {"a.meta.json": JSON},
    "a document mark": {"a.txt.meta.yaml": "---\n" + YAML},
    "CRLF": {"a.txt.meta.yaml": YAML.replace("\n", "\r\n")},
    "a byte-order mark": {"a.txt.meta.yaml": "\ufeff" + YAML},
    "a byte-order mark in JSON": {"a.txt.meta.json": "\ufeff" + JSON},
    "no line end at the end": {"a.txt.meta.yaml": YAML[:-1]},
    "tabs in JSON": {"a.txt.meta.json": JSON.replace(" ", "\n\t", 1)},
    "rules in the document": {"a.txt.meta.yaml": YAML, "a.txt": "---\nText: x\n\nMore.\n---\n"},
    "a sidecar of another file": {"a.txt.meta.yaml": YAML, "b.csv.meta.yaml": YAML, "c.meta.yaml": YAML, "c.csv": "x"},
    "a name that is none": {"a.txt.meta.yaml": YAML, ".meta.yaml": YAML},
}


@pytest.mark.parametrize("files", CLEAN.values(), ids=CLEAN)
def test_nothing_to_find(files: dict[str, str], check: Callable[..., Result]) -> None:
    result = check({**TEXT, **files})
    assert result.findings == []
    assert result.code == 0


# What was done to the files, and the one finding that it costs.
MUTATIONS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "no sidecar": ({}, "DL101 a.txt"),
    "a sidecar of another suffix": ({"a.txt.meta.yml": YAML}, "DL101 a.txt"),
    "a sidecar in another folder": ({"b/a.txt.meta.yaml": YAML}, "DL101 a.txt"),
    "front matter instead": ({"a.txt": f"---\n{YAML}---\nText.\n"}, "DL102 a.txt:1:1-5:1"),
    "front matter beside it": (
        {"a.txt": f"---\n{YAML}---\nText.\n", "a.txt.meta.yaml": YAML}, "DL102 a.txt:1:1-5:1",
    ),
    "two sidecars": ({"a.txt.meta.yaml": YAML, "a.txt.meta.json": JSON}, "DL118 a.txt.meta.json"),
    "two sidecars, one without the suffix": (
        {"a.txt.meta.yaml": YAML, "a.meta.yaml": YAML}, "DL118 a.meta.yaml",
    ),
    "two YAML documents": ({"a.txt.meta.yaml": YAML + "---\nx: 1\n"}, "DL118 a.txt.meta.yaml:3:1-3:4"),
    "a document gone": ({"a.txt.meta.yaml": YAML, "b.txt.meta.yaml": YAML}, "IX103 b.txt.meta.yaml"),
    "a document gone, named without its suffix": (
        {"a.txt.meta.yaml": YAML, "b.meta.json": JSON}, "IX103 b.meta.json",
    ),
    "a list": ({"a.txt.meta.yaml": "- title: x\n"}, "MT102 a.txt.meta.yaml:1:1-1:11"),
    "a JSON list": ({"a.txt.meta.json": "[1]"}, "MT102 a.txt.meta.json:1:1-1:4"),
    "a key twice": ({"a.txt.meta.yaml": YAML + "title: x\n"}, "MT103 a.txt.meta.yaml:3:1-3:6"),
    "a key twice in JSON": ({"a.txt.meta.json": JSON.replace("{", '{"status": "Final", ')},
        "MT103 a.txt.meta.json:1:43-1:51"),
    "a colon unquoted": ({"a.txt.meta.yaml": YAML + "x: a: b\n"}, "MT101 a.txt.meta.yaml:3:5-3:6"),
    "a comma too many": ({"a.txt.meta.json": JSON.replace("}", ",}")}, "MT101 a.txt.meta.json:1:41-1:42"),
    "an empty JSON file": ({"a.txt.meta.json": ""}, "MT101 a.txt.meta.json:1:1-1:1"),
    "a value read otherwise": ({"a.txt.meta.yaml": YAML + "no: 0010\n"}, "MT107 a.txt.meta.yaml:3:5-3:9"),
    "a required key gone": ({"a.txt.meta.yaml": "title: One thing\n"}, "MT104 a.txt.meta.yaml"),
    "another value": ({"a.txt.meta.yaml": YAML.replace("Final", "Draft")}, "MT108 INDEX.md:11:24-11:29"),
    "an empty value": (
        {"INDEX.md": INDEX.replace(", required: true", ""), "a.txt.meta.yaml": "title:\nstatus: Final\n"},
        "MT110 a.txt.meta.yaml:1:1-1:6",
    ),
    "Latin-1": ({"a.txt.meta.yaml": YAML.encode() + b"x: \xe9\n"}, "FS101 a.txt.meta.yaml:3:4-3:5"),
    "too large": (
        {"INDEX.md": INDEX.replace("fields:", "limits: {header: 9}\nfields:"), "a.txt.meta.yaml": YAML},
        "FS108 a.txt.meta.yaml",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), MUTATIONS.values(), ids=MUTATIONS)
def test_each_fault_gives_its_one_finding(
    files: dict[str, str | bytes], expected: str, check: Callable[..., Result]
) -> None:
    result = check({**TEXT, **files})
    assert brief(result) == [expected]
    assert result.only()["document"] in {"a.txt", "b.txt"}


def test_a_mismatch_names_the_place_in_the_sidecar(check: Callable[..., Result]) -> None:
    finding = check({**TEXT, "a.meta.json": JSON.replace("Final", "Draft")}).only()
    assert [place(item) for item in finding["related"]] == ["a.meta.json:1:34-1:41"]
    assert finding["values"] == {"index": "Final", "document": "Draft"}


def test_what_the_messages_say(check: Callable[..., Result]) -> None:
    assert check(TEXT).only()["message"] == "no sidecar stands beside this document, where the contract wants one"
    (found,) = check({**TEXT, "a.meta.yaml": YAML, "a.txt.meta.json": JSON}).findings
    assert found["message"] == "the document has a second sidecar beside a.txt.meta.json"
    assert place(found["related"][0]) == "a.txt.meta.json"


def test_the_schema_judges_the_sidecar(check: Callable[..., Result]) -> None:
    index = INDEX.replace("fields:", "schema: s.json\nfields:")
    schema = '{"properties": {"n": {"type": "object", "additionalProperties": false}, "k": {"type": "string"}}}'
    files = {**TEXT, "INDEX.md": index, "s.json": schema, "a.txt.meta.yaml": YAML + "k: 12\nn:\n  odd: 1\n"}
    assert brief(check(files)) == ["MT106 a.txt.meta.yaml:3:4-3:6", "MT105 a.txt.meta.yaml:5:3-5:6"]
    files["s.json"] = '{"required": ["z"]}'
    assert brief(check(files)) == ["MT104 a.txt.meta.yaml:1:1-1:17"]


def test_a_document_may_have_a_header_and_a_sidecar(check: Callable[..., Result]) -> None:
    index = INDEX.replace("header: sidecar", "header: yaml")
    files = {
        **TEXT,
        "INDEX.md": index,
        "a.txt": "---\nstatus: Final\n---\nText.\n",
        "a.txt.meta.yaml": "title: One thing\n",
    }
    assert check(files).findings == []
    files["a.txt.meta.yaml"] = "title: Two\nstatus: Draft\n"
    assert brief(check(files)) == ["MT108 INDEX.md:11:3-11:21"]


def test_the_id_may_stand_in_the_sidecar(check: Callable[..., Result]) -> None:
    index = INDEX.replace("fields:", 'name: "{id}.txt"\nid: {document: [name.id, sidecar.id]}\nfields:')
    assert brief(check({**TEXT, "INDEX.md": index, "a.txt.meta.yaml": YAML})) == ["ID101 a.txt.meta.yaml"]
    assert brief(check({**TEXT, "INDEX.md": index, "a.txt.meta.yaml": YAML + "id: b\n"})) == ["ID104 a.txt"]
    assert brief(check({**TEXT, "INDEX.md": index, "a.txt.meta.yaml": YAML + "id: ''\n"})) == [
        "ID101 a.txt.meta.yaml:3:1-3:3"
    ]


def test_a_renamed_document_that_left_its_sidecar_behind(check: Callable[..., Result]) -> None:
    index = INDEX.replace("(a.txt)", "(things.txt)")
    files = {"INDEX.md": index, "thing.txt": "Text.\n", "things.txt.meta.yaml": YAML}
    assert set(brief(check(files))) == {"DL101 thing.txt", "IX105 INDEX.md:11:15-11:25"}


def test_a_sidecar_may_not_lead_out_of_the_project(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"x.yaml": YAML, "p/INDEX.md": INDEX, "p/a.txt": "Text.\n"})
    (tmp_path / "p" / "a.txt.meta.yaml").symlink_to("../x.yaml")
    commit_all(tmp_path / "p")
    assert brief(run(tmp_path / "p")) == ["FS105 a.txt.meta.yaml"]


def test_a_sidecar_that_git_does_not_track_is_missing(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, TEXT)
    commit_all(tmp_path)
    write(tmp_path, {"a.txt.meta.yaml": YAML})
    assert brief(run(tmp_path)) == ["DL101 a.txt"]
    commit_all(tmp_path)
    assert run(tmp_path).findings == []
    (tmp_path / "a.txt.meta.yaml").unlink()
    assert brief(run(tmp_path)) == ["DL101 a.txt"]


def test_names() -> None:
    assert sidecar_names("x/a.txt")[::2] == ("x/a.txt.meta.yaml", "x/a.meta.yaml")
    assert sidecar_names("x/a") == ("x/a.meta.yaml", "x/a.meta.json")
    assert [document_name(name) for name in ("a.txt.meta.json", "a.txt", ".meta.yaml")] == ["a.txt", None, None]


SCALARS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=6), st.integers(0, 99)
)
METADATA = st.dictionaries(
    st.text("abcdé", min_size=1, max_size=4), st.one_of(SCALARS, st.lists(SCALARS, max_size=3)), min_size=1, max_size=4
)


@settings(max_examples=60)
@given(METADATA, st.booleans())
def test_what_is_written_is_read_where_it_stands(metadata: dict[str, object], as_json: bool) -> None:  # noqa: FBT001
    if as_json:
        path, text = "a.meta.json", json.dumps(metadata, ensure_ascii=False, indent=1)
    else:
        path, text = "a.meta.yaml", yaml.safe_dump(metadata, allow_unicode=True)
    header = read_sidecar((Beside(path, text.encode()),))
    assert header.faults == ()
    found = {field.key: [item.text for item in field.node.items or (field.node,)] for field in header.fields}
    assert found == {
        key: [str(item) for item in value] or [""] if isinstance(value, list) else [str(value)]
        for key, value in metadata.items()
    }
    for field in header.fields:
        assert field.key in text.encode()[slice(*field.key_span)].decode()
