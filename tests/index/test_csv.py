"""CSV and TSV: cells, their places, and what is wrong with a row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.conftest import faults, place_of, read, said, targets
from validator.index.csv import _csv_rows

ROWS = {
    "plain": ("file,title\na.md,A\nb.md,B\n", [("a.md", "A"), ("b.md", "B")]),
    "no line end at the end": ("file,title\na.md,A", [("a.md", "A")]),
    "blanks round cells": ("file , title\n a.md ,\tA \n", [("a.md", "A")]),
    "blank lines": ("\nfile,title\n\na.md,A\n\n  \n", [("a.md", "A")]),
    "quotes": ('"file","title"\n"a.md","A, ""b"""\n', [("a.md", 'A, "b"')]),
    "a line end in quotes": ('file,title\na.md,"A\nB"\nb.md,B\n', [("a.md", "A\nB"), ("b.md", "B")]),
    "a quote within a cell": ('file,title\na.md,5" pipe\n', [("a.md", '5" pipe')]),
    "empty cells": ('file,title\na.md,\nb.md,""\n', [("a.md", ""), ("b.md", "")]),
    "semicolons": ("file;title\na.md;A, B\n", [("a.md", "A, B")]),
    "semicolons in a value": ("file,title\na.md,A; B\n", [("a.md", "A; B")]),
    "non-ASCII": ("file,title\na.md,Grüße\n", [("a.md", "Grüße")]),
    "nothing": ("", []),
    "a header alone": ("file,title\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_row_is_an_entry(text: str, expected: list[tuple[str, str]], end: str) -> None:
    index = read(text.replace("\n", end), "index.csv")
    assert [tuple(value or "" for value in values) for values in said(index)] == expected
    assert faults(index) == []


CELLS = st.lists(st.lists(st.text(alphabet='ab,;"\n é', max_size=6), min_size=2, max_size=4), min_size=1, max_size=4)


@given(CELLS, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.sampled_from([",", ";"]))
@settings(max_examples=80)
def test_it_reads_what_the_library_writes(rows: list[list[str]], quoting: int, delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=quoting, delimiter=delimiter, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    found = _csv_rows(out.getvalue().encode().decode("latin-1"), 0, delimiter)
    expected = [
        [cell.strip(" \n") for cell in row] for row in csv.reader(io.StringIO(out.getvalue()), delimiter=delimiter)
    ]
    assert [[cell.text for cell in row] for row in found] == expected


def test_cells_stand_at_their_places() -> None:
    index = read('file,title,note\na.md, "Ü, x" ,\nb.md,,n\n', "index.csv")
    first, second = index.entries
    assert [place_of(index, first, name) for name in ("file", "title", "note", None)] == [
        "2:1-2:5", "2:7-2:13", "2:15-2:15", "2:1-2:15",
    ]  # fmt: skip
    assert place_of(index, second, "title") == "3:6-3:6"
    assert place_of(index, second, "other") == "3:1-3:8"


BROKEN = {
    "a cell too many": ("file,title\na.md,A,b\nb.md,B\n", [("row-width", "2:8-2:9")], [("a.md", None), ("b.md", "B")]),
    "a cell too few": ("file,title\na.md\nb.md,B\n", [("row-width", "2:1-2:5")], [("a.md", None), ("b.md", "B")]),
    "a quote never closed": (
        'file,title\na.md,"A\nb.md,B\n', [("index-syntax", "2:6-2:8")], [("a.md", None), ("b.md", "B")],
    ),
    "a quote never closed round the path": (
        'file,title\n"a.md,A\nb.md,B\n', [("index-syntax", "2:1-2:6")], [("a.md", None), ("b.md", "B")],
    ),
    "a quote closed by the next row's": (
        'file,title\na.md,"A\n"b.md",B\n', [("index-syntax", "2:6-2:8")], [("a.md", None), ("b.md", "B")],
    ),
    "text behind a quote": (
        'file,title\na.md,"A" b\nb.md,B\n', [("index-syntax", "2:6-2:11")], [("a.md", None), ("b.md", "B")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "values"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_row_that_is_not_in_order_costs_itself_alone(
    text: str, expected: list[tuple[str, str]], values: list[tuple[str | None, ...]], end: str
) -> None:
    index = read(text.replace("\n", end), "index.csv")
    assert faults(index) == expected
    assert said(index) == values
    assert targets(index) == ["a.md", "b.md"]


def test_a_line_end_inside_quotes_is_one_character() -> None:
    index = read('file,title\r\na.md,"B\r\nC"\r\n', "index.csv")
    assert said(index) == [("a.md", "B\nC")]
    assert place_of(index, index.entries[0], "title") == "2:6-3:3"


def test_tabs_divide_and_quotes_round_a_value_are_taken_off() -> None:
    index = read('file\ttitle\na.md\tA, "b"\nb.md\t"say ""B"""\nc.md\t"\n', "index.tsv")
    assert said(index) == [("a.md", 'A, "b"'), ("b.md", 'say "B"'), ("c.md", '"')]
    assert place_of(index, index.entries[1], "title") == "3:6-3:17"
    assert read("x\ty\n", "other.txt", "format: tsv\n").blocks[0].kind == "tsv"


KEYS = {
    "a path by name": ("title,File Name\nA,a.md\n", "documents: '*'\n", ["a.md"]),
    "a path that the contract names": ("title,x\nA,a.md\n", "fields: {p: {column: X, document: path}}\n", ["a.md"]),
    "a path whose column is gone": ("title,y\nA,a.md\n", "fields: {p: {column: x, document: path}}\n", [""]),
    "an ID": ("id,title\n1,A\n", "id: {pattern: '[0-9]'}\n", [""]),
    "an ID that nobody declared": ("id,title\n1,A\n", "documents: '*'\n", []),
    "neither": ("x,y\n1,2\n", "documents: '*'\n", []),
    "a path that is empty": ("file,title\n-,A\na.md,B\n", "documents: '*'\n", ["", "a.md"]),
}


@pytest.mark.parametrize(("text", "contract", "expected"), KEYS.values(), ids=KEYS)
def test_a_column_names_the_documents(text: str, contract: str, expected: list[str]) -> None:
    assert targets(read(text, "index.csv", contract)) == expected
