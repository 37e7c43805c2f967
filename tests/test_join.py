"""Entries and documents joined: which field is bound to what, and that one cause gives one finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Files, Result, brief, commit_all, write
from validator.cli import main
from validator.join import by_name

FRONT = '---\nmanifest: 1\ndocuments: "*.md"\n'
NAME = f'{FRONT}name: "{{id}}-{{slug}}.md"\n---\n'
PATTERN = NAME.replace("name:", 'id: {pattern: "[0-9]"}\nname:')
COLUMN = NAME.replace("name:", "id: {column: ID}\nname:")
HEADER = f"{FRONT}delimiters: {{header: yaml}}\nid: {{document: header.id}}\n---\n"
HEAD = "| ID | Title |\n| -- | ----- |\n"
ONE = "| [1](1-a.md) | A |\n"
A = {"1-a.md": "# A\n"}


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Write files, run `indexlint show --format json`, and give the one corpus there is."""

    def show_files(files: Files) -> Any:  # noqa: ANN401 - JSON
        write(tmp_path, files)
        monkeypatch.chdir(tmp_path)
        assert main(["show", "--format", "json"]) == 0
        (corpus,) = json.loads(capsys.readouterr().out)["corpora"]
        return corpus

    return show_files


# One cause gives one finding: each line of the design's list that concerns the index and IDs.

CAUSES: dict[str, tuple[Files, list[str]]] = {
    "a link out of the project is no missing document": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](../2-b.md) | B |\n", **A}, ["FS106"],
    ),
    "a link of other case is no missing document": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](2-B.md) | B |\n", **A, "2-b.md": "# B\n"}, ["IX111"],
    ),
    "a link to what is left out is no missing document": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](2-b.txt) | B |\n", **A, "2-b.txt": "B\n"}, ["IX112"],
    ),
    "a link to a folder is no missing document": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](2-b) | B |\n", **A, "2-b/x.txt": "B\n"}, ["FS104"],
    ),
    "a document of the row's ID is not unlisted where its link leads out": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](../2-b.md) | B |\n", **A, "2-b.md": "# B\n"}, ["FS106"],
    ),
    "a renamed document is neither missing nor unlisted nor of another ID": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](2-b.md) | B |\n", **A, "3-b.md": "# B\n"}, ["IX105"],
    ),
    "a renamed document states no ID by its new name": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](2-b.md) | B |\n", **A, "b.md": "# B\n"}, ["IX105"],
    ),
    "the other fields of a renamed document are compared": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](2-b.md) | B |\n", **A, "2-c.md": "# C\n"}, ["IX105", "MT108"],
    ),
    "a wrong link is no other ID and has no other fields": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](1-a.md) | B |\n", **A, "2-b.md": "# B\n"}, ["IX108"],
    ),
    "a row without a key is not without an ID": (
        {"INDEX.md": f"{HEADER}{HEAD}| [1](1-a.md) | A |\n| | B |\n", "1-a.md": "---\nid: 1\n---\n# A\n"}, ["IX113"],
    ),
    "a held place is no entry": ({"INDEX.md": f"{NAME}{HEAD}{ONE}| 2 | _Does not exist_ |\n", **A}, []),
    "a table without rows lacks no column": (
        {"INDEX.md": f"{FRONT}fields: {{x: heading}}\n---\n| Title |\n| - |\n", **A}, ["IX102", "IX104"],
    ),
    "cells behind a stray pipe are not compared": (
        {"INDEX.md": f"{NAME}| Title | ID |\n| - | - |\n| [A](1-a.md) | b | 2 |\n", **A}, ["DL113"],
    ),
    "the link before a stray pipe is": (
        {"INDEX.md": f"{NAME}| Title | ID |\n| - | - |\n| [A](1-a.md) | 1 |\n| [B](2-b.md) | b | 2 |\n", **A},
        ["DL113", "IX103"],
    ),
    "a row on a line that is not UTF-8 states no ID": (
        {"INDEX.md": f"{NAME}{HEAD}".encode() + b"| [2](1-a.md) | \xff |\n", **A}, ["FS101"],
    ),
    "both sides of a merge conflict name one document": (
        {"INDEX.md": f"{NAME}{HEAD}<<<<<<< a\n{ONE}=======\n{ONE}>>>>>>> b\n", **A}, ["DL117"],
    ),
    "a header that is wanted and is not there states no ID": (
        {"INDEX.md": f"{HEADER}{HEAD}{ONE}", **A}, ["DL101"],
    ),
    "a name off the template states no ID": (
        {"INDEX.md": f"{NAME}{HEAD}| [1](a.md) | A |\n", "a.md": "# A\n"}, ["ID101"],
    ),
    "a name that fits states one, off the pattern": (
        {"INDEX.md": f"{PATTERN}{HEAD}| [1](x-a.md) | A |\n",
         "x-a.md": "# A\n"}, ["ID102"],
    ),
    "an ID whose pattern cannot be used is not judged": (
        {"INDEX.md": f"{PATTERN.replace('[0-9]', '(')}{HEAD}| [2](1-a.md) | A |\n", **A}, ["CF101"],
    ),
    "an empty document states no other size": (
        {"INDEX.md": f"{NAME}| ID | Title | Bytes | SHA-256 |\n| - | - | - | - |\n| [1](1-a.md) | A | 5 | x |\n",
         "1-a.md": ""}, ["CT105"],
    ),
    "one ID twice is no mismatch": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [1](1-b.md) | B |\n", **A, "1-b.md": "# B\n"}, ["ID103"],
    ),
    "one row twice is no ID twice": ({"INDEX.md": f"{NAME}{HEAD}{ONE}{ONE}", **A}, ["IX106"]),
}  # fmt: skip


@pytest.mark.parametrize(("files", "codes"), CAUSES.values(), ids=CAUSES)
def test_one_cause_gives_one_finding(files: Files, codes: list[str], check: Callable[..., Result]) -> None:
    assert sorted(check(files).codes) == codes


def test_findings_of_several_causes_do_not_hide_each_other(check: Callable[..., Result]) -> None:
    rows = f"{ONE}| [2](2-b.md) | Z |\n| [3](3-c.md) | C |\n| [5](4-d.md) | D |\n| [6](6-f.md) | F |\n| | G |\n"
    files = {"2-b.md": "# B\n", "4-d.md": "# D\n", "6-f.md": "# F\n", "7-h.md": "# H\n"}
    front = NAME.replace("name:", "id: {column: ID}\nname:")
    result = check({"INDEX.md": f"{front}{HEAD}{rows}{ONE}", **A, **files})
    assert brief(result) == [
        "MT108 INDEX.md:10:17-10:18",
        "IX103 INDEX.md:11:7-11:13",
        "ID104 INDEX.md:12:3-12:14",
        "IX113 INDEX.md:14:1-14:8",
        "IX104 INDEX.md:15:1-15:20",
        "IX106 INDEX.md:15:1-15:20",
    ]


# Which columns are bound to what.


@pytest.mark.parametrize(
    ("column", "expressions"),
    [
        ("Title", ("header.title", "heading", "first-line")),
        ("SHA-256", ("header.sha256", "content.sha256")),
        ("Sha_256", ("header.sha256", "content.sha256")),
        ("Checksum", ("header.checksum", "content.sha256")),
        ("Size", ("header.size", "content.bytes")),
        ("No. of words", ("header.no.ofwords",)),
        ("STATUS", ("header.status",)),
        ("Date-Added", ("header.dateadded",)),
        ("Länge", ("header.länge",)),
        ("- -", ()),
        ("", ()),
    ],
)
def test_a_column_is_bound_by_its_name(column: str, expressions: tuple[str, ...]) -> None:
    assert by_name(column) == expressions


BOUND: dict[str, tuple[Files, dict[str, str], list[str]]] = {
    "the header goes before the content": (
        {"INDEX.md": "| Title | Size |\n| - | - |\n| [A](a.md) | big |\n", "a.md": "---\nsize: big\n---\n# A\n"},
        {"title": "heading", "size": "header.size"}, [],
    ),
    "the heading goes before the first line": (
        {"INDEX.md": "| Title |\n| - |\n| [A](a.md) |\n", "a.md": "Draft\n\n# A\n"}, {"title": "heading"}, [],
    ),
    "the first line stands in": (
        {"INDEX.md": "| Title |\n| - |\n| [A](a.txt) |\n", "a.txt": "A\n"}, {"title": "first-line"}, [],
    ),
    "no partner": (
        {"INDEX.md": "| No. | Title | Mood |\n| - | - | - |\n| 1 | [A](a.md) | good |\n", "a.md": "# A\n"},
        {"title": "heading"}, ["No.", "Mood"],
    ),
    "the ID is no field": (
        {"INDEX.md": "| id | Title |\n| - | - |\n| 1 | [A](a.md) |\n", "a.md": "---\nid: 1\n---\n# A\n"},
        {"title": "heading"}, [],
    ),
    "a column of several tables is bound once": (
        {"INDEX.md": "| Title |\n| - |\n| [A](a.md) |\n\n| title | Mood |\n| - | - |\n| [B](b.md) | x |\n",
         "a.md": "# A\n", "b.md": "# B\n"},
        {"title": "heading"}, ["Mood"],
    ),
    "a column without a name": (
        {"INDEX.md": "| | Title |\n| - | - |\n| 1 | [A](a.md) |\n", "a.md": "# A\n"}, {"title": "heading"}, [],
    ),
    "a list has no columns": ({"INDEX.md": "- [A](a.md)\n", "a.md": "# A\n"}, {}, []),
}  # fmt: skip


@pytest.mark.parametrize(("files", "bound", "unbound"), BOUND.values(), ids=BOUND)
def test_columns_and_expressions(
    files: Files, bound: dict[str, str], unbound: list[str], show: Callable[..., Any]
) -> None:
    corpus = show(files)
    assert {field["field"]: field["document"] for field in corpus["fields"]} == bound
    assert corpus["unbound"] == unbound


def test_declared_fields_are_exactly_those_that_are_compared(show: Callable[..., Any]) -> None:
    index = f"{FRONT}fields:\n  name: {{column: Title, document: heading}}\n  mood: {{}}\n---\n{HEAD}{ONE}"
    corpus = show({"INDEX.md": index, **A})
    assert [(field["field"], field["column"], field["document"]) for field in corpus["fields"]] == [
        ("name", "Title", "heading")
    ]
    assert corpus["unbound"] == ["mood"]


def test_tables_of_different_columns_are_read_each_by_its_own_header(check: Callable[..., Result]) -> None:
    index = (
        f"{FRONT}name: '{{id}}-{{slug}}.md'\nid: {{column: ID}}\n"
        "fields: {title: heading, bytes: content.bytes}\n---\n"
        "| Title | ID |\n| - | - |\n| [A](1-a.md) | 1 |\n\n"
        "## More\n\n| Bytes | Title | ID |\n| - | - | - |\n| 5 | [B](2-b.md) | 3 |\n\n"
        "## Others\n\n| Person | Age |\n| - | - |\n| Jane | 30 |\n"
    )
    result = check({"INDEX.md": index, **A, "2-b.md": "# B\n"})
    assert brief(result) == ["CT102 INDEX.md:16:3-16:4", "ID104 INDEX.md:16:21-16:22"]


def test_a_list_beside_a_table_adds_what_the_table_does_not_name(check: Callable[..., Result]) -> None:
    index = f"- [A](1-a.md)\n- [B](2-b.md)\n- [C](3-c.md)\n\n{HEAD}{ONE}"
    result = check({"INDEX.md": index, **A, "2-b.md": "# B\n"})
    assert brief(result) == ["IX103 INDEX.md:3:7-3:13"]
    assert result.report["checked"]["entries"] == 3


def test_prose_and_other_tables_are_no_index(check: Callable[..., Result]) -> None:
    prose = "See [the site](https://example.org), [notes](notes.rst) and [A](1-a.md).\n\n"
    other = "- plain\n- items\n- [source](x.py)\n\n| Who | What |\n| - | - |\n| Jane | all |\n\n"
    result = check({"INDEX.md": f"{prose}{other}{HEAD}{ONE}", **A, "x.py": "", "notes.rst": ""})
    assert (result.findings, result.report["checked"]["entries"]) == ([], 1)


# How an entry finds its document.

JOINED: dict[str, tuple[Files, list[tuple[str, str | None]]]] = {
    "by its link": ({"INDEX.md": f"{NAME}{HEAD}{ONE}", **A}, [("linked", "1-a.md")]),
    "by its ID": (
        {"INDEX.md": f"{COLUMN}{HEAD}| 1 | A |\n", **A},
        [("by-id", "1-a.md")],
    ),
    "by its link, whatever its ID": (
        {"INDEX.md": f"{NAME}{HEAD}| [2](1-a.md) | A |\n", **A}, [("linked", "1-a.md")],
    ),
    "by its ID, where the link leads to another site": (
        {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](https://example.org/2) | B |\n", **A, "2-b.md": "# B\n"},
        [("linked", "1-a.md"), ("by-id", "2-b.md")],
    ),
    "by the link to a document, not by one before it": (
        {"INDEX.md": f"{NAME}| Title | ID |\n| - | - |\n| [x](x.py) [A](1-a.md) | 1 |\n", **A, "x.py": ""},
        [("linked", "1-a.md")],
    ),
    "by the ID that only one document states alone": (
        {"INDEX.md": f"{FRONT}name: '{{id}}.md'\ndelimiters: {{header: yaml}}\nid: {{column: ID}}\n---\n{HEAD}"
         "| 1 | A |\n| 2 | B |\n", "1.md": "---\nid: 1\n---\n# A\n", "2.md": "---\nid: 1\n---\n# B\n"},
        [("by-id", "1.md"), ("by-id", "2.md")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "pairs"), JOINED.values(), ids=JOINED)
def test_how_an_entry_finds_its_document(
    files: Files, pairs: list[tuple[str, str | None]], show: Callable[..., Any]
) -> None:
    entries = show(files)["entries"]
    assert [(entry["status"], entry["document"] and entry["document"]["path"]) for entry in entries] == pairs


def test_a_file_that_vanished_after_git_listed_it_is_missing(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": f"{NAME}{HEAD}{ONE}| [2](2-b.md) | B |\n", **A, "2-b.md": "# B\n"})
    commit_all(tmp_path)
    (tmp_path / "2-b.md").unlink()
    result = run(tmp_path)
    assert result.codes == ["IX103"]
    assert result.report["checked"]["documents"] == 1


@pytest.mark.parametrize(
    ("form", "place"), [("- [{}]({})", "9:4-9:5"), ("[{}]({})", "9:2-9:3")], ids=["a list", "paragraphs"]
)
def test_the_text_of_a_link_can_be_the_id(form: str, place: str, check: Callable[..., Result]) -> None:
    front = NAME.replace("name:", "id: {column: link.text}\nname:")
    index = f"{front}{form.format(1, '1-a.md')}\n\n{form.format(3, '2-b.md')}\n"
    result = check({"INDEX.md": index, **A, "2-b.md": "# B\n"})
    assert brief(result) == [f"ID104 INDEX.md:{place}"]


def test_markdown_that_stands_on_both_sides_is_the_same(check: Callable[..., Result]) -> None:
    index = "| Title | File |\n| - | - |\n| The `x` *and* a \\| b | [1](1-a.md) |\n"
    assert check({"INDEX.md": index, "1-a.md": "---\ntitle: The `x` *and* a | b\n---\nText\n"}).findings == []


@pytest.mark.parametrize(
    "line", ["## T", "<h1>T</h1>", "[![badge](b.svg)](x)", "![T](t.svg)", "> T", "- T", "```", "***"]
)
def test_a_markdown_line_that_plainly_is_no_title_is_not_taken_for_one(line: str, check: Callable[..., Result]) -> None:
    head = "| Title |\n| ----- |\n"
    files = {"INDEX.md": f"{head}| [T](a.md) |\n| [U](b.md) |\n", "a.md": f"{line}\n\nText.\n", "b.md": "U\n\nText.\n"}
    assert check(files).findings == []
    files["INDEX.md"] = "---\nmanifest: 1\nfields: {title: first-line}\n---\n" + files["INDEX.md"]
    assert check(files).codes != []


NUMBERED = "| ID | Title |\n| -- | ----- |\n| [{id}](0001-a.md) | Record |\n"


@pytest.mark.parametrize(
    ("identity", "heading", "codes"),
    [
        ("1", "1. Record", []),
        ("0001", "1. Record", []),
        ("ADR-0001", "ADR-0001: Record", []),
        ("ADR-0001", "1. Record", []),
        ("1", "1. Recorded", ["MT108"]),
        ("2", "1. Record", ["MT108"]),
        ("-", "1. Record", ["MT108"]),
        ("1-2", "1. Record", ["MT108"]),
    ],
)
def test_a_heading_with_the_row_s_own_id_in_front_is_the_title(
    identity: str, heading: str, codes: list[str], check: Callable[..., Result]
) -> None:
    assert check({"INDEX.md": NUMBERED.format(id=identity), "0001-a.md": f"# {heading}\n"}).codes == codes


@pytest.mark.parametrize("word", ["_withdrawn_", "Unused", "unassigned"])
def test_a_row_that_says_that_its_number_is_not_used_is_no_entry(word: str, check: Callable[..., Result]) -> None:
    rows = f"{NUMBERED.format(id=1)}| 3 | {word} |\n"
    assert check({"INDEX.md": rows, "0001-a.md": "# Record\n"}).findings == []


def test_blanks_that_a_heading_has_more_of_are_no_difference(check: Callable[..., Result]) -> None:
    head = "| Title |\n| ----- |\n"
    assert check({"INDEX.md": f"{head}| [One  thing](a.md) |\n", "a.md": "# One  thing\n"}).findings == []
    assert check({"INDEX.md": f"{head}| [One thing](a.md) |\n", "a.md": "# One  thing\n"}).findings == []
