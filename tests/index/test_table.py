"""Tables: which cells a row has, what they say, where they stand, and what is wrong with a row."""

from __future__ import annotations

import pytest

from tests.index.conftest import at, faults, place_of, read, said, targets
from validator.index.table import is_separator
from validator.rows import split_row

HEAD = "| Title | Note |\n| ----- | ---- |\n"

ROWS = {
    "outer pipes": ("| a | b |", ["a", "b"]),
    "no outer pipes": ("a | b", ["a", "b"]),
    "a pipe in front only": ("| a | b", ["a", "b"]),
    "a pipe behind only": ("a | b |", ["a", "b"]),
    "indented": ("   | a | b |  ", ["a", "b"]),
    "tabs": ("|\ta\t|\tb\t|", ["a", "b"]),
    "no blanks": ("|a|b|", ["a", "b"]),
    "empty cells": ("| | |", ["", ""]),
    "two pipes": ("||", [""]),
    "three pipes": ("|||", ["", ""]),
    "one pipe": ("|", [""]),
    "nothing": ("", [""]),
    "an escaped pipe": (r"| a \| b | c |", [r"a \| b", "c"]),
    "an escaped pipe in a code span": (r"| `a\|b` | c |", [r"`a\|b`", "c"]),
    "a bare pipe in a code span divides": ("| `a|b` |", ["`a", "b`"]),
    "an escaped pipe at the end is no bound": (r"| a | b \|", ["a", r"b \|"]),
    "two backslashes escape it too": (r"| a \\| b |", [r"a \\| b"]),
}


@pytest.mark.parametrize(("row", "cells"), ROWS.values(), ids=ROWS)
def test_a_row_is_divided_at_its_bare_pipes(row: str, cells: list[str]) -> None:
    assert [row[start:end] for start, end in split_row(row)] == cells


SEPARATORS = {
    "| --- | :-: |": True,
    "|---|": True,
    ":-- | --:": True,
    "--- | ---": True,
    " |-| ": True,
    "---": False,
    "| a | --- |": False,
    "| |": False,
    "| - - | --- |": False,
    "": False,
}


@pytest.mark.parametrize(("line", "expected"), SEPARATORS.items(), ids=list(SEPARATORS))
def test_a_separator_row_is_known(line: str, *, expected: bool) -> None:
    assert is_separator(line) is expected


CELLS = {
    "plain": ("Apples", "Apples"),
    "non-ASCII": ("Grüße 日本", "Grüße 日本"),
    "emphasis": ("*A* and **B** and ~~C~~", "A and B and C"),
    "an underscore within a word": ("snake_case_name", "snake_case_name"),
    "code": ("`x = 1`", "x = 1"),
    "code with blanks at both ends": ("` a `", "a"),
    "code in two backticks": ("`` a`b ``", "a`b"),
    "code beside text": ("`a` b", "a b"),
    "an escaped pipe": (r"a \| b", "a | b"),
    "an escaped pipe in code": (r"`a \| b`", "a | b"),
    "an escaped star": (r"2 \* 3", "2 * 3"),
    "an entity": ("Q&amp;A", "Q&A"),
    "an entity in code is as written": ("`a&amp;b`", "a&amp;b"),
    "a no-break space that is written out is a blank": ("a&nbsp;b&#160;c", "a b c"),
    "a bare no-break space stays": ("a\u00a0b", "a\u00a0b"),
    "a line break": ("a<br />b<BR>c", "a b c"),
    "other tags say nothing": ("<code>a</code> <sup>1</sup>", "a 1"),
    "a comment says nothing": ("a <!-- hidden -->", "a"),
    "a link": ("[A title](a.md)", "A title"),
    "a link with emphasis": ("[**A** title](a.md)", "A title"),
    "text round a link": ("see [A](a.md), please", "see A, please"),
    "an image beside text says nothing": ("A ![badge](b.svg)", "A"),
    "an image alone speaks through its description": ("![Accepted](b.svg)", "Accepted"),
    "an image as a link": ("[![Accepted](b.svg)](a.md)", "Accepted"),
    "an address": ("<https://example.org/a>", "https://example.org/a"),
    "broken markup is text": ("[a](b", "[a](b"),
    "a lone star": ("*", "*"),
    "a tag that is none": ("a < b", "a < b"),
}


@pytest.mark.parametrize(("cell", "text"), CELLS.values(), ids=CELLS)
def test_a_cell_is_read_with_its_markdown_taken_off(cell: str, text: str) -> None:
    index = read(f"| Link | Cell |\n| ---- | ---- |\n| [x](x.md) | {cell} |\n")
    assert said(index) == [("x", text)]


LINKS = {
    "plain": ("[A](a.md)", ["a.md"]),
    "non-ASCII": ("[Ä](grüße/日本.md)", ["grüße/日本.md"]),
    "percent escapes are taken off": ("[A](gr%C3%BC%C3%9Fe%20x.md)", ["grüße x.md"]),
    "a percent sign that is none": ("[A](100%.md)", ["100%.md"]),
    "in angle brackets": ("[A](<a b.md>)", ["a b.md"]),
    "with a title": ('[A](a.md "The title")', ["a.md"]),
    "with an anchor": ("[A](a.md#part)", ["a.md#part"]),
    "with brackets": ("[A](a(1).md)", ["a(1).md"]),
    "with an entity": ("[A](a&amp;b.md)", ["a&b.md"]),
    "by reference": ("[A][one]", ["one.md"]),
    "by a collapsed reference": ("[one][]", ["one.md"]),
    "by a short reference": ("[one]", ["one.md"]),
    "by a reference that is nowhere": ("[A][two]", [""]),
    "two of them": ("[A](a.md) [B](b.md)", ["a.md"]),
    "another site first": ("[site](https://example.org/) [A](a.md)", ["a.md"]),
    "another file first": ("[log](log.txt) [A](a.md)", ["a.md"]),
    "another site alone": ("[site](https://example.org/)", [""]),
    "of a scheme that renderers refuse": ("[A](file:///a.md)", [""]),
    "none": ("A", [""]),
    "in code": ("`[A](a.md)`", [""]),
    "in HTML": ('<a class="x" href="a.md">A</a>', ["a.md"]),
    "in HTML with single quotes and entities": ("<a href='a&amp;b.md'>A</a>", ["a&b.md"]),
    "in HTML without quotes": ("<a href=a.md>A</a>", ["a.md"]),
    "HTML without a target": ("<a name=x>A</a>", [""]),
    "an image": ("![A](a.md)", [""]),
    "struck out": ("~~[A](a.md)~~", ["a.md"]),
    "a control character ends no destination": ("[A](a\x01.md)", [""]),
}


@pytest.mark.parametrize(("cell", "expected"), LINKS.values(), ids=LINKS)
def test_a_link_leads_where_it_says(cell: str, expected: list[str]) -> None:
    index = read(f"| T |\n| - |\n| {cell} |\n| [z](z.md) |\n\n[one]: one.md\n")
    assert targets(index) == [*expected, "z.md"]


PLACES = {
    "a cell": ("| [A](a.md) | note |", "Note", "3:15-3:19"),
    "a cell behind wide letters": ("| [日本](a.md) | note |", "Note", "3:16-3:20"),
    "a cell without blanks": ("|[A](a.md)|note|", "Note", "3:12-3:16"),
    "a cell behind an escaped pipe": (r"| [A](a.md) \| B | note |", "Note", "3:20-3:24"),
    "a cell that is not there": ("| [A](a.md) |", "Note", "3:1-3:14"),
    "a column that is not there": ("| [A](a.md) | note |", "Other", "3:1-3:21"),
    "the row": ("| [A](a.md) | note |", None, "3:1-3:21"),
    "the destination": ("| [A](a.md) | note |", "link.target", "3:7-3:11"),
    "the link's text": ("| [A](a.md) | note |", "link.text", "3:4-3:5"),
    "the text of a link that is marked up": ("| [**A**](a.md) | note |", "link.text", "3:3-3:16"),
    "a destination with percent escapes": ("| [A](a%20b.md) | note |", "link.target", "3:7-3:15"),
    "a destination in angle brackets": ("| [A](<a b.md>) | note |", "link.target", "3:8-3:14"),
    "a destination behind one that begins like it": ("| [A](a.md.txt) [B](a.md) | n |", "link.target", "3:21-3:25"),
    "a destination behind another cell's": ("| [x](a.txt) | [B](a.md) |", "link.target", "3:20-3:24"),
    "a destination by reference is its cell": ("| [A][one] | note |", "link.target", "3:3-3:11"),
    "no destination": ("| A | note |", "link.target", "3:1-3:13"),
    "the heading above is no place in a row": ("| [A](a.md) | note |", "section", "3:1-3:21"),
}


@pytest.mark.parametrize(("row", "name", "expected"), PLACES.values(), ids=PLACES)
def test_a_value_stands_at_its_exact_place(row: str, name: str | None, expected: str) -> None:
    index = read(f"{HEAD}{row}\n| [z](z.md) | |\n\n[one]: one.md\n")
    assert place_of(index, index.entries[0], name) == expected


def test_the_last_row_ends_before_its_line_end() -> None:
    for end in ("", "\n", "\r\n", "\n\n"):
        index = read(f"{HEAD}| [A](a.md) | note |{end}")
        assert at(index, index.entries[0].span) == "3:1-3:21"


WIDTHS = {
    "as wide as the header": ("| [A](a.md) | b |", [], ("A", "b")),
    "a cell too many": ("| [A](a.md) | b | c |", [("row-width", "3:19-3:20")], ("A", None)),
    "three too many": ("| [A](a.md) | b | c | | d |", [("row-width", "3:19-3:26")], ("A", None)),
    "an empty one too many": ("| [A](a.md) | b | |", [("row-width", "3:19-3:20")], ("A", None)),
    "a cell too few": ("| [A](a.md) |", [("row-width", "3:1-3:14")], ("A", None)),
    "indented and too few": ("  | [A](a.md) |", [("row-width", "3:3-3:16")], ("A", None)),
    "too many and no link": ("| A | b | c |", [("row-width", "3:11-3:12")], (None, None)),
    "one too many before the link": ("| A | [b](b.md) | c |", [("row-width", "3:3-3:4")], (None, None)),
    "two too many before it": ("| A | B | [b](b.md) | c |", [("row-width", "3:3-3:8")], (None, None)),
    "one before it and one behind": ("| A | [b](b.md) | c | d |", [("row-width", "3:19-3:24")], (None, None)),
    "a bare pipe in the text of the link": ("| [A | B](a.md) | c |", [("row-width", "3:3-3:16")], (None, None)),
    "two in its text": ("| [A | B | [C]](a.md) | c |", [("row-width", "3:3-3:22")], (None, None)),
    "a bracket in its text that is no pair": (r"| [A \[ | B](a.md) | c |", [("row-width", "3:22-3:23")], (None, None)),
    "one in its text and one behind": ("| [A | B](a.md) | c | d |", [("row-width", "3:19-3:24")], (None, None)),
    "a bare pipe in a code span": ("| [A](a.md) | `b|c` |", [("row-width", "3:18-3:20")], ("A", None)),
}


@pytest.mark.parametrize(("row", "expected", "values"), WIDTHS.values(), ids=WIDTHS)
def test_of_a_row_of_another_width_only_the_cells_up_to_the_link_are_trusted(
    row: str, expected: list[tuple[str, str]], values: tuple[str | None, ...]
) -> None:
    index = read(f"{HEAD}{row}\n| [z](z.md) | |\n")
    assert faults(index) == expected
    assert said(index)[0] == values


def test_without_another_row_nothing_tells_which_cell_is_too_many() -> None:
    index = read(f"{HEAD}| A | [b](b.md) | c |\n")
    assert faults(index) == [("row-width", "3:19-3:20")]


def test_a_second_separator_row_of_another_width_is_no_row() -> None:
    index = read(f"{HEAD}| [A](a.md) | b |\n| --- |\n| [B](b.md) | c |\n")
    assert said(index) == [("A", "b"), ("B", "c")]
    assert faults(index) == []


BROKEN = {
    "no separator row": ("| T | N |\n| [A](a.md) | n |\n", "1:1-1:10"),
    "a separator row too wide": ("| T | N |\n|---|---|---|\n| [A](a.md) | n |\n", "2:1-2:14"),
    "a separator row too narrow": ("| T | N |\n|---|\n| [A](a.md) | n |\n", "2:1-2:6"),
    "a separator row too narrow, in rows without outer pipes": ("T | N | O\n---|---\n[A](a.md) | n | o\n", "2:1-2:8"),
}


@pytest.mark.parametrize(("text", "where"), BROKEN.values(), ids=BROKEN)
def test_a_table_whose_separator_row_is_wrong_is_read_all_the_same(text: str, where: str) -> None:
    index = read(text)
    assert faults(index) == [("broken-table", where)]
    assert targets(index) == ["a.md"]
    assert [block.columns[:2] for block in index.blocks] == [("T", "N")]


HEADLESS = {
    "of its header and separator row": ("| [A](a.md) | n |\n| [B](b.md) | m |\n", ["a.md", "b.md"]),
    "of its separator row": ("| T | N |\n| [A](a.md) | n |\n", ["a.md"]),
    "of both, another table behind it": (
        "| [A](a.md) |\n| [B](b.md) |\n| [C](c.md) |\n| T |\n|---|\n| [D](d.md) |\n", ["a.md", "b.md", "c.md", "d.md"],
    ),
    "of both, in a conflict": (
        "| [A](a.md) |\n<<<<<<< x\n| [B](b.md) |\n=======\n| [C](c.md) |\n>>>>>>> y\n", ["a.md", "b.md", "c.md"],
    ),
    "of its separator row, long": ("| T |\n" + "| [A](a.md) |\n" * 5, ["a.md"] * 5),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADLESS.values(), ids=HEADLESS)
def test_a_table_that_has_lost_its_head_keeps_its_rows(text: str, expected: list[str]) -> None:
    index = read(text)
    assert targets(index) == expected
    assert [kind for kind, _ in faults(index) if kind == "broken-table"] == ["broken-table"]


CUT_OFF = {
    "a row": (f"{HEAD}| [A](a.md) | n |\n\n| [B](b.md) | m |\n", ["5:1-5:18"]),
    "two rows": (f"{HEAD}| [A](a.md) | n |\n\n| [B](b.md) | m |\n| [C](c.md) | m |\n", ["5:1-5:18"]),
    "two rows, each": (
        f"{HEAD}| [A](a.md) | n |\n\n| [B](b.md) | m |\n\n| [C](c.md) | m |\n",
        ["5:1-5:18", "7:1-7:18"],
    ),
    "behind a comment": (f"{HEAD}| [A](a.md) | n |\n<!-- x -->\n| [B](b.md) | m |\n", ["5:1-5:18"]),
    "a row that only holds a place": (f"{HEAD}| [A](a.md) | n |\n\n| - | - |\n", []),
    "a row of another width": (f"{HEAD}| [A](a.md) | n |\n\n| [B](b.md) |\n", []),
    "a row behind words": (f"{HEAD}| [A](a.md) | n |\n\nAnd then:\n\n| [B](b.md) | m |\n", []),
    "a row far below": (f"{HEAD}| [A](a.md) | n |\n" + "\n" * 12 + "| [B](b.md) | m |\n", []),
}


@pytest.mark.parametrize(("text", "where"), CUT_OFF.values(), ids=CUT_OFF)
def test_rows_that_are_cut_off_from_their_table_belong_to_it(text: str, where: list[str]) -> None:
    index = read(text)
    assert faults(index) == [("broken-table", place) for place in where]
    rows = [entry for entry in index.entries if entry.block > 0]
    assert [index.blocks[entry.block].columns for entry in rows] == [("Title", "Note")] * len(rows)
    assert len(rows) >= len(where)


def test_a_column_that_the_contract_binds_to_the_path_names_documents_without_a_link() -> None:
    contract = "fields: {file: {column: File, document: path}}\n"
    index = read("| File | T |\n| - | - |\n| `a.md` | A |\n| [b](b.md) | B |\n| - | C |\n", contract=contract)
    assert targets(index) == ["a.md", "b.md", ""]
    assert place_of(index, index.entries[0], "link.target") == "3:3-3:9"
    assert targets(read("| T |\n| - |\n| [A](a.md) |\n", contract=contract)) == ["a.md"]


def test_lines_with_pipes_that_name_no_document_are_no_table() -> None:
    index = read("| just |\n| a frame |\n\n|\n\n[A](a.md)\n")
    assert faults(index) == []
    assert targets(index) == ["a.md"]


def test_a_table_of_one_column_needs_no_pipe_in_its_separator_row() -> None:
    index = read("| T |\n---\n| [A](a.md) |\n")
    assert faults(index) == []
    assert said(index) == [("A",)]


def test_a_table_may_begin_on_the_line_of_its_list_item() -> None:
    index = read("- | T | N |\n  | - | - |\n  | [A](a.md) | n |\n")
    assert faults(index) == []
    assert index.blocks[0].columns == ("T", "N")
    assert said(index) == [("A", "n")]


def test_a_cell_that_is_not_utf8_is_not_trusted() -> None:
    index = read(b"| T |\n| - |\n| [A](a.md) |\n| [caf\xe9](b.md) |\n")
    assert said(index) == [("A",), (None,)]
    assert faults(index) == [("not-utf8", "4:7-4:8")]


def test_a_row_that_reads_like_the_header_and_links_a_document_is_an_entry() -> None:
    found = read("| A |\n| - |\n| [A](a.md) |\n")
    assert [entry.links[0].target for entry in found.entries] == ["a.md"]


@pytest.mark.parametrize(
    "row", ["| 1 | [Foo | bar](a.md) |", "| 1 | [`a|b`](a.md) |", "| [1 | x](a.md) | y |", "1 | [Foo | bar](a.md)"]
)
def test_a_link_that_a_bare_pipe_cuts_in_two_still_leads_somewhere(row: str) -> None:
    index = read(f"| ID | Title |\n| -- | ----- |\n{row}\n| [2](b.md) | B |\n")
    assert targets(index) == ["a.md", "b.md"]
    assert [fault.kind for fault in index.faults] == ["row-width"]
    assert not any(value and ("[" in value or "]" in value) for value in index.entries[0].values)
