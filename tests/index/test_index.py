"""A whole index file: which of its tables, lists and paragraphs are the index, and what is wrong with the file."""

from __future__ import annotations

import pytest

from tests.index.conftest import at, faults, read, said, targets
from validator.index import column_of, value_of
from validator.model import Span

TABLE = "| Title |\n| ----- |\n| [A](a.md) |\n| [B](b.md) |\n"
OTHER = "| Name | Mail |\n| ---- | ---- |\n| x | [y](mailto:y@example.org) |\n"
COLUMNS = "| ID | Title |\n| -- | ----- |\n| 1 | One |\n| 2 | Two |\n"

BLOCKS = {
    "nothing": ("", []),
    "blank lines alone": ("\n\n\n", []),
    "prose": ("# All\n\nNothing but [a word](a.md) of prose.\n", []),
    "one table": (TABLE, ["a.md", "b.md"]),
    "a table that names no document": (OTHER, []),
    "a table among others": (f"{OTHER}\n{TABLE}\n{OTHER}", ["a.md", "b.md"]),
    "two tables": (f"{TABLE}\n| X | Y |\n| - | - |\n| 1 | [C](c.md) |\n", ["a.md", "b.md", "c.md"]),
    "a table of other files": ("| T |\n| - |\n| [log](log.txt) |\n", []),
    "a table in a code fence": (f"```\n{TABLE}```\n", []),
    "a table in a fence with tildes": (f"~~~ markdown\n{TABLE}~~~\n", []),
    "a table in a fence that is never closed": (f"{TABLE}\n```\n| T |\n| - |\n| [C](c.md) |\n", ["a.md", "b.md"]),
    "an indented table": ("".join(f"    {line}\n" for line in TABLE.splitlines()), []),
    "a table in a comment": (f"<!--\n{TABLE}-->\n", []),
    "a template row in a comment": (f"{TABLE}<!-- | [New](new.md) | -->\n", ["a.md", "b.md"]),
    "rows behind a comment": (f"{TABLE}<!-- x -->\n| [C](c.md) |\n| [D](d.md) |\n", [f"{n}.md" for n in "abcd"]),
    "rows in a script that one of them ends": (
        "<script>\n| a |\n| b |\n| </script> |\n| c |\n| d |\n\n[A](a.md)\n", ["a.md"],
    ),
    "rows in a declaration that one of them ends": (
        "<!X\n| a |\n| b |\n| > |\n| c |\n| d |\n\n[A](a.md)\n", ["a.md"],
    ),
    "a table in HTML": (f"<div>\n{TABLE}</div>\n", []),
    "a table in a quotation": ("".join(f"> {line}\n" for line in TABLE.splitlines()), []),
    "a table in a list item": ("- All:\n\n" + "".join(f"  {line}\n" for line in TABLE.splitlines()), ["a.md", "b.md"]),
    "a list that names what the table names": (f"{TABLE}\n- [A](a.md)\n- [B](b.md)\n", ["a.md", "b.md"]),
    "a list in front of the table that names it": (f"- [A](a.md)\n\n{TABLE}", ["a.md", "b.md"]),
    "a list that names more than the table": (f"{TABLE}\n- [A](a.md)\n- [C](c.md)\n", ["a.md", "b.md", "c.md"]),
    "paragraphs that name what the list names": ("- [A](a.md)\n\n[A](a.md)\n\n[B](b.md)\n", ["a.md", "b.md"]),
    "a document twice in one table is for a rule to say": (f"{TABLE}| [A](a.md) |\n", ["a.md", "b.md", "a.md"]),
    "a document in two tables too": (f"{TABLE}\n{TABLE}", ["a.md", "b.md", "a.md", "b.md"]),
    "a document in two lists too": ("- [A](a.md)\n\n1. [A](a.md)\n", ["a.md", "a.md"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_index_is_whatever_names_documents(text: str, line_end: str, expected: list[str]) -> None:
    index = read(text.replace("\n", line_end))
    assert targets(index) == expected
    assert [fault for fault in faults(index) if fault[0] != "broken-table"] == []


def test_entries_stand_in_the_order_of_the_file_whatever_they_are() -> None:
    index = read(f"- [C](c.md)\n\n{TABLE}\n[D](d.md)\n")
    assert targets(index) == ["c.md", "a.md", "b.md", "d.md"]
    assert [index.blocks[entry.block].kind for entry in index.entries] == ["list", "table", "table", "links"]


FORMATS = {"table": ["a.md", "b.md"], "list": ["c.md"], "links": ["d.md"]}


@pytest.mark.parametrize(("form", "expected"), FORMATS.items(), ids=list(FORMATS))
def test_the_contract_can_say_which_of_them_is_the_index(form: str, expected: list[str]) -> None:
    index = read(f"---\nmanifest: 1\nformat: {form}\n---\n{TABLE}\n- [C](c.md)\n\n[D](d.md)\n")
    assert targets(index) == expected


def test_a_table_with_the_column_of_the_ids_is_the_index_without_any_link() -> None:
    assert said(read(COLUMNS)) == []
    assert said(read(f"---\nmanifest: 1\nid: {{pattern: '[0-9]'}}\n---\n{COLUMNS}")) == [("1", "One"), ("2", "Two")]
    assert said(read(f"---\nmanifest: 1\nid: {{column: title}}\n---\n{COLUMNS}")) == [("1", "One"), ("2", "Two")]
    assert said(read(f"---\nmanifest: 1\nid: {{column: other}}\n---\n{COLUMNS}")) == []


SECTIONS = (
    f"# All\n\n{TABLE}\n## [Old](old.md) ones\n\n- [C](c.md)\n\n### Older\n\n[D](d.md)\n\n## New\n\n- [E](e.md)\n"
)
WANTED = {
    "the top, with all below": ("All", ["a.md", "b.md", "c.md", "d.md", "e.md"]),
    "one with those below": ("Old ones", ["c.md", "d.md"]),
    "case and blanks aside": ("'## old  ONES'", ["c.md", "d.md"]),
    "two": ("[Older, New]", ["d.md", "e.md"]),
}


@pytest.mark.parametrize(("section", "expected"), WANTED.values(), ids=WANTED)
def test_a_section_leaves_what_stands_under_its_heading(section: str, expected: list[str]) -> None:
    index = read(f"---\nmanifest: 1\nsection: {section}\n---\n{SECTIONS}")
    assert targets(index) == expected
    assert faults(index) == []


def test_each_entry_knows_the_heading_above_it() -> None:
    index = read(SECTIONS)
    found = {entry.links[0].target: value_of(index, entry, "section") for entry in index.entries}
    assert found == {"a.md": "All", "b.md": "All", "c.md": "Old ones", "d.md": "Older", "e.md": "New"}


def test_a_section_that_is_not_there_is_a_fault() -> None:
    index = read(f"---\nmanifest: 1\nsection: [All, Gone]\n---\n{SECTIONS}")
    assert [(fault.kind, fault.detail) for fault in index.faults] == [("missing-section", ("Gone",))]


MARKERS = "---\nmanifest: 1\nsection: {begin: '<!-- from -->', end: '<!-- to -->'}\n---\n"
BETWEEN = {
    "between them": (f"- [X](x.md)\n\n<!-- from -->\n{TABLE}\n<!-- to -->\n\n[Y](y.md)\n", ["a.md", "b.md"], []),
    "the second is missing": (f"<!-- from -->\n\n{TABLE}", [], [("<!-- to -->",)]),
    "both are missing": (TABLE, [], [("<!-- from -->",), ("<!-- to -->",)]),
    "the first only in code": (f"`<!-- from -->`\n\n{TABLE}\n<!-- to -->\n", [], [("<!-- from -->",)]),
    "beside other comments": (
        f"<!-- a note -->\n\n<!-- from -->\n{TABLE}\n<!-- to -->\n\n[Y](y.md)\n",
        ["a.md", "b.md"],
        [],
    ),
    "the other way round": (f"<!-- to -->\n\n{TABLE}\n<!-- from -->\n", ["a.md", "b.md"], []),
}


@pytest.mark.parametrize(("text", "expected", "missing"), BETWEEN.values(), ids=BETWEEN)
def test_markers_leave_what_stands_between_them(text: str, expected: list[str], missing: list[tuple[str, ...]]) -> None:
    index = read(MARKERS + text)
    assert targets(index) == expected
    assert [fault.detail for fault in index.faults if fault.kind == "missing-section"] == missing


FRONT = {
    "none": "",
    "a contract": "---\nmanifest: 1\n---\n",
    "another's": "---\nlayout: page\ntitle: All\n---\n",
    "with a table in it": "---\nlayout: |\n  | T |\n  | - |\n  | [X](x.md) |\n---\n",
    "with a byte-order mark": "\ufeff---\nmanifest: 1\n---\n",
    "a byte-order mark alone": "\ufeff",
    "a rule that is never closed": "---\n\n",
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("front", FRONT.values(), ids=FRONT)
def test_front_matter_is_no_part_of_the_table_and_counts_its_lines(front: str, line_end: str) -> None:
    index = read((front + TABLE).replace("\n", line_end))
    assert targets(index) == ["a.md", "b.md"]
    line = front.count("\n") + 3
    assert [at(index, entry.span) for entry in index.entries] == [f"{n}:1-{n}:14" for n in (line, line + 1)]


CONFLICTS = {
    "in a table": (
        "| T |\n|-|\n| [A](a.md) |\n<<<<<<< HEAD\n| [B](b.md) |\n=======\n| [C](c.md) |\n>>>>>>> x\n| [D](d.md) |\n",
        ["a.md", "b.md", "c.md", "d.md"], [("conflict-marker", "4:1-4:13")],
    ),
    "with the common ancestor": (
        "| T |\n|-|\n<<<<<<< HEAD\n| [B](b.md) |\n||||||| 123\n| [X](x.md) |\n=======\n| [C](c.md) |\n>>>>>>> other\n",
        ["b.md", "c.md"], [("conflict-marker", "3:1-3:13")],
    ),
    "with an ancestor that is empty": (
        "| T |\n| - |\n<<<<<<< HEAD\n| [B](b.md) |\n|||||||\n=======\n| [C](c.md) |\n>>>>>>> other\n",
        ["b.md", "c.md"], [("conflict-marker", "3:1-3:13")],
    ),
    "in a list": (
        "- [A](a.md)\n<<<<<<< HEAD\n- [B](b.md)\n=======\n- [C](c.md)\n>>>>>>> other\n- [D](d.md)\n",
        ["a.md", "b.md", "c.md", "d.md"], [("conflict-marker", "2:1-2:13")],
    ),
    "in a list, with the common ancestor": (
        "- [A](a.md)\n<<<<<<< HEAD\n- [B](b.md)\n|||||||\n- [X](x.md)\n- [Y](y.md)\n=======\n- [C](c.md)\n>>>>>>> x\n",
        ["a.md", "b.md", "c.md"], [("conflict-marker", "2:1-2:13")],
    ),
    "round a whole table": (
        f"<<<<<<< HEAD\n{TABLE}=======\n{TABLE}>>>>>>> other\n",
        ["a.md", "b.md", "a.md", "b.md"], [("conflict-marker", "1:1-1:13")],
    ),
    "of an empty side": (
        "| T |\n| - |\n<<<<<<< HEAD\n=======\n| [C](c.md) |\n>>>>>>> other\n",
        ["c.md"], [("conflict-marker", "3:1-3:13")],
    ),
    "two of them": (
        "<<<<<<< a\n- [A](a.md)\n=======\n>>>>>>> b\n- [B](b.md)\n<<<<<<< a\n=======\n- [C](c.md)\n>>>>>>> b\n",
        ["a.md", "b.md", "c.md"], [("conflict-marker", "1:1-1:10"), ("conflict-marker", "6:1-6:10")],
    ),
    "a heading's underline is none": ("All\n=======\n\n- [A](a.md)\n", ["a.md"], []),
    "an opening one alone": ("<<<<<<< HEAD\n\n- [A](a.md)\n", ["a.md"], [("conflict-marker", "1:1-1:13")]),
    "an opening one alone in a table": (
        "| T |\n|-|\n| [A](a.md) |\n<<<<<<< HEAD\n| [B](b.md) |\n", ["a.md", "b.md"], [("conflict-marker", "4:1-4:13")],
    ),
    "an opening one twice": (
        "<<<<<<< a\n- [A](a.md)\n<<<<<<< b\n=======\n>>>>>>> c\n", ["a.md"],
        [("conflict-marker", "1:1-1:10"), ("conflict-marker", "3:1-3:10")],
    ),
    "without the middle": (
        "<<<<<<< HEAD\n\n- [A](a.md)\n\n>>>>>>> other\n", ["a.md"], [("conflict-marker", "1:1-1:13")],
    ),
    "the wrong way round": (
        ">>>>>>> other\n=======\n<<<<<<< HEAD\n\n- [A](a.md)\n", ["a.md"], [("conflict-marker", "3:1-3:13")],
    ),
    "in a code fence": ("- [A](a.md)\n\n```\n<<<<<<< a\n=======\n>>>>>>> b\n```\n", ["a.md"], []),
    "behind a code fence": (
        "```\nx\n```\n<<<<<<< a\n- [A](a.md)\n=======\n>>>>>>> b\n", ["a.md"], [("conflict-marker", "4:1-4:10")],
    ),
    "closed alone": ("- [A](a.md)\n\n>>>>>>> b\n", ["a.md"], []),
    "eight of them": ("<<<<<<<< HEAD\n\n- [A](a.md)\n\n=======\n\n>>>>>>>> other\n", ["a.md"], []),
    "without a blank behind": ("<<<<<<<HEAD\n\n- [A](a.md)\n\n=======\n\n>>>>>>>other\n", ["a.md"], []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "found"), CONFLICTS.values(), ids=CONFLICTS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_markers_of_a_conflict_are_no_rows(
    text: str, line_end: str, expected: list[str], found: list[tuple[str, str]]
) -> None:
    index = read(text.replace("\n", line_end))
    assert targets(index) == expected
    assert faults(index) == found


def test_a_conflict_tells_the_lines_of_its_other_markers() -> None:
    index = read("x\n<<<<<<< HEAD\n- [A](a.md)\n=======\n- [B](b.md)\n>>>>>>> other\n")
    assert index.faults[0].detail == ("4", "6")
    assert [at(index, span) for span in index.conflicts] == ["2:1-6:14"]


def test_an_index_that_is_not_utf8_is_read_as_far_as_it_can_be() -> None:
    index = read(b"# Caf\xe9\n\n| T | N |\n| - | - |\n| [A](a.md) | \xe9 |\n| [B](b.md) | \xc3\xa9 |\n")
    assert said(index) == [(None, None), ("B", "é")]
    assert targets(index) == ["a.md", "b.md"]
    assert faults(index) == [("not-utf8", "1:6-1:7")]
    assert [at(index, span) for span in index.faulty_lines] == ["1:1-1:7", "5:1-5:18"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_an_index_in_utf16_is_told_from_other_bytes(encoding: str) -> None:
    index = read("\ufeff".encode(encoding) + TABLE.encode(encoding))
    assert [fault.detail for fault in index.faults] == [("0", "UTF-16")]


ODD = {
    "form feed": "\x0c",
    "vertical tab": "\x0b",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "a carriage return alone": "\r",
    "NUL": "\0",
}


@pytest.mark.parametrize("character", ODD.values(), ids=ODD)
def test_only_a_line_feed_ends_a_line(character: str) -> None:
    index = read(f"x{character}y\n\n| T |\n| - |\n| [a{character}b](a.md) |\n| [B](b.md) |\n")
    assert targets(index) == ["a.md", "b.md"]
    assert [at(index, entry.span)[:4] for entry in index.entries] == ["5:1-", "6:1-"]
    value = said(index)[0][0]
    assert value is not None
    assert len(value) == 3


NAMES = {"Title": 0, "title": 0, " TITLE ": 0, "See  also": 1, "see also": 1, "Other": None, "": None}


@pytest.mark.parametrize(("name", "number"), NAMES.items(), ids=[repr(name) for name in NAMES])
def test_a_column_is_found_by_its_header_text(name: str, number: int | None) -> None:
    index = read("| Title | See *also* |\n| - | - |\n| [A](a.md) | b |\n")
    assert column_of(index.blocks[0], name) == number


def test_of_two_columns_of_one_name_the_first_counts() -> None:
    index = read("| Title | Title |\n| - | - |\n| [A](a.md) | b |\n")
    assert value_of(index, index.entries[0], "title") == "A"


VALUES = {"Title": "A", "link.text": "A", "link.target": "a.md", "section": "All", "Other": None}


@pytest.mark.parametrize(("name", "value"), VALUES.items(), ids=list(VALUES))
def test_an_entry_says_something_for_each_source(name: str, value: str | None) -> None:
    index = read(f"# All\n\n{TABLE}")
    assert value_of(index, index.entries[0], name) == value


def test_the_next_entry_would_stand_behind_the_last_row_or_under_the_header() -> None:
    contract = "---\nmanifest: 1\nid: {column: ID}\n---\n"
    places: dict[str, str | None] = {
        TABLE: "4:1-4:14",
        f"{contract}| ID |\n| -- |\n": "6:1-6:7",
        "": None,
    }
    for text, expected in places.items():
        index = read(text)
        span: Span | None = index.last_row()
        assert (span and at(index, span)) == expected


def test_a_paragraph_of_open_brackets_is_text() -> None:
    assert targets(read(f"{'[' * 200}\n\n- [A](a.md)\n")) == ["a.md"]
    assert targets(read(f"| T | U |\n| - | - |\n| [A](a.md) | {'![' * 200} |\n")) == ["a.md"]
