"""`indexlint show`: the contract, what is compared with what, and the join, for people and as JSON."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import git, write
from tests.reporters.conftest import validator
from validator.cli import main

CONTRACT = """---
manifest: 1
documents: "*.md"
name: "{id}-{slug}.md"
id: {pattern: "[0-9]+"}
delimiters: {header: yaml}
---
"""
ROWS = """| ID | Title | Mood |
| -- | ----- | ---- |
| [1](1-a.md) | A | \u202egood |
| 2 | B | |
| [3](3-c.md) | C | |
| [1](4-d.md) | D | |
| [5](../x.md) | E | |
| [7](7-U.md) | F | |
| [6](notes.txt) | G | |
| [8](sub) | H | |
|  | nothing | here |
| [9](9-i.md) | I |
"""
FILES = {
    "INDEX.md": CONTRACT + ROWS,
    "1-a.md": "---\ntitle: A\n---\nText.\n",
    "2-b.md": "---\ntitle: B\n---\nText.\n",
    "4-d.md": "---\ntitle: D\n---\nText.\n",
    "9-i.md": "---\ntitle: I\n---\nText.\n",
    "7-u.md": "---\ntitle: F\n---\nText.\n",
    "10-u.md": "---\ntitle: U\n---\nText.\n",
    "notes.txt": "x\n",
    "sub/x.bin": "x\n",
}


Show = Callable[..., tuple[int, str, str]]


@pytest.fixture(name="show")
def _show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Show:
    """Run `indexlint show` in the temporary folder, a git repository."""

    def run(files: dict[str, str], *arguments: str) -> tuple[int, str, str]:
        write(tmp_path, files)
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "-A")
        monkeypatch.chdir(tmp_path)
        capsys.readouterr()
        code = main(["show", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_people_see_the_contract_the_fields_and_the_join(show: Show, tmp_path: Path) -> None:
    code, out, err = show(FILES)
    assert (code, err) == (0, "")
    assert (
        out
        == inspect.cleandoc(
            f"""
        project {tmp_path}
        configuration none

        index INDEX.md
          contract     delimiters, documents, id, manifest, name
          documents    *.md: 6
          header       yaml
          id           column ID = name.id, header.id, of the pattern [0-9]+
          read as      table: 10, columns 'ID', 'Title', 'Mood'
          field        title: column Title = header.title (exact)
          not compared Mood: no document states it
          entries      10
            1 -> 1-a.md (by its link)
            2 -> 2-b.md (by its ID)
            3 -> 3-c.md (its document does not exist)
            1 -> 4-d.md (by its link)
            5 -> ../x.md (leads out of the project)
            7 -> 7-u.md (differs in case)
            6 -> notes.txt (is no document of this corpus: the contract's `documents` do not choose it)
            8 -> sub (is a folder)
             | nothing | here -> nothing (names nothing)
            9 -> 9-i.md (by its link)
            (no entry) <- 10-u.md (no entry links to it or has the ID 10)
        """
        )
        + "\n"
    )


def test_programs_see_the_same(show: Show, tmp_path: Path) -> None:
    code, out, _ = show(FILES, "--format", "json")
    value = json.loads(out)
    assert code == 0
    assert out.isascii()
    assert (value["version"], value["root"], value["configuration"]) == (1, str(tmp_path), None)
    (corpus,) = value["corpora"]
    assert list(corpus) == ["index", "missing", "contract", "id", "fields", "unbound", "entries", "unlisted"]
    assert corpus["fields"] == [{"field": "title", "column": "Title", "document": "header.title", "compare": "exact"}]
    assert corpus["unbound"] == ["Mood"]
    assert corpus["id"] == {"column": "ID", "document": ["name.id", "header.id"], "pattern": "[0-9]+"}
    assert [(entry["id"], entry["target"], entry["status"]) for entry in corpus["entries"]][:3] == [
        ("1", "1-a.md", "linked"), ("2", None, "by-id"), ("3", "3-c.md", "missing"),
    ]  # fmt: skip
    assert corpus["entries"][0]["values"] == {"ID": "1", "Title": "A", "Mood": "\u202egood"}
    assert corpus["entries"][-1]["values"] == {"ID": "9", "Title": None, "Mood": None}
    document = corpus["entries"][0]["document"]
    assert document["path"] == "1-a.md"
    assert document["claims"].items() >= {"name.id": "1", "header.title": "A"}.items()
    assert [document["path"] for document in corpus["unlisted"]] == ["10-u.md"]


CORPORA: dict[str, dict[str, str]] = {
    "all sorts": FILES,
    "no contract": {"INDEX.md": "| T | T |\n| - | - |\n| [A](a.md) | b |\n", "a.md": "# A\n"},
    "a list": {"INDEX.md": "- [A](a.md): about it\n", "a.md": "# A\n"},
    "a renamed document": {"INDEX.md": "- [Apple](apple.md)\n- [B](b.md)\n", "apples.md": "# Apple\n", "b.md": "# B\n"},
    "a wrong link": {
        "INDEX.md": '---\nmanifest: 1\nname: "{id}.md"\n---\n| ID |\n| -- |\n| [1](1.md) |\n| [2](1.md) |\n',
        "1.md": "# One\n",
        "2.md": "# Two\n",
    },
    "no index": {"indexlint.yaml": 'corpora:\n  - index: none\n    documents: "*.md"\n', "a.md": "# A\n"},
    "an index that is not there": {"indexlint.yaml": "corpora:\n  - index: gone.md\n", "a.md": "# A\n"},
}  # fmt: skip


@pytest.mark.parametrize("files", CORPORA.values(), ids=CORPORA)
def test_entries_and_documents_are_as_their_schemas_say(files: dict[str, str], show: Show) -> None:
    code, out, _ = show(files, "--format", "json")
    assert code == 0
    for corpus in json.loads(out)["corpora"]:
        for entry in corpus["entries"]:
            validator("entry").validate(entry)
        for document in corpus["unlisted"]:
            validator("document").validate(document)
    text = show(files)[1]
    assert not any(ord(character) < 32 for line in text.split("\n") for character in line)
    assert "\u202e" not in text


SPOILT: dict[str, Callable[[dict[str, Any]], object]] = {
    "a key too many": lambda entry: entry.update(extra=1),
    "a key left out": lambda entry: entry.pop("target"),
    "an unknown status": lambda entry: entry.update(status="lost"),
    "a document without claims": lambda entry: entry["document"].pop("claims"),
    "a claim of no source": lambda entry: entry["document"]["claims"].update(other="x"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_the_schema_refuses_what_is_no_entry(spoil: Callable[[dict[str, Any]], object], show: Show) -> None:
    entry = json.loads(show(FILES, "--format", "json")[1])["corpora"][0]["entries"][0]
    spoil(entry)
    assert not validator("entry").is_valid(entry)


def test_of_two_columns_of_one_name_the_first_is_shown(show: Show) -> None:
    entry = json.loads(show(CORPORA["no contract"], "--format", "json")[1])["corpora"][0]["entries"][0]
    assert entry["values"] == {"T": "A"}


LINES = {
    "a missing index": (CORPORA["an index that is not there"], "index gone.md (missing)\n"),
    "no index": (CORPORA["no index"], "index none\n"),
    "no contract": (CORPORA["no contract"], "  contract     nothing; the defaults hold\n"),
    "siblings": (CORPORA["no contract"], "  documents    the siblings of those that are listed: 1\n"),
    "an undeclared header": (CORPORA["no contract"], "  header       undeclared\n"),
    "a configuration file": (CORPORA["no index"], "configuration indexlint.yaml\n"),
    "a renamed document": (CORPORA["a renamed document"], "    apple.md -> apples.md (its document was renamed)\n"),
    "a wrong link": (CORPORA["a wrong link"], "    2 -> 2.md (links to another entry's document)\n"),
    "a contract that is overridden": (
        {**FILES, "indexlint.yaml": 'corpora:\n  - index: INDEX.md\n    documents: "1*.md"\n'},
        "  overridden   the configuration file wins over the front matter in documents\n",
    ),
}


@pytest.mark.parametrize(("files", "line"), LINES.values(), ids=LINES)
def test_each_trait_has_its_line(files: dict[str, str], line: str, show: Show) -> None:
    assert f"\n{line}" in f"\n{show(files)[1]}"


def test_without_an_index_there_is_nothing_to_show(show: Show) -> None:
    code, out, err = show({"x.txt": "x"})
    assert code == 2
    assert out.startswith("project ")
    assert err == ("indexlint: no index found: an index is a tracked INDEX.md, or a file that indexlint.yaml lists\n")


def test_a_path_names_the_corpus_to_show(show: Show) -> None:
    files = {f"{folder}/{name}": text for folder in "xy" for name, text in CORPORA["a list"].items()}
    value = json.loads(show(files, "--format", "json", "y/a.md")[1])
    assert [corpus["index"] for corpus in value["corpora"]] == ["y/INDEX.md"]


def test_a_field_that_is_compared_with_nothing_says_why(show: Show) -> None:
    contract = "---\nmanifest: 1\nfields: {status: header.status, name: {column: Name, document: heading}}\n---\n"
    _, out, _ = show({"INDEX.md": f"{contract}# All\n\n| Status |\n| - |\n| [A](a.md) |\n", "a.md": "# A\n"})
    assert "  read as      table under 'All': 1, columns 'Status'\n" in out
    assert "  field        status: column status = header.status (exact); no document states it\n" in out
    assert "  field        name: column Name = heading (exact); the index has no such column\n" in out


def test_an_index_that_is_a_list_has_no_columns_to_show(show: Show) -> None:
    _, out, _ = show({"INDEX.md": "- [A](a.md)\n", "a.md": "# A\n"})
    assert "  read as      list: 1\n" in out
