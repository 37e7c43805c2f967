"""The dialect `table`: two columns, a row a field; what is done to a row gives one finding."""

from __future__ import annotations

import html
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Result, brief
from validator.header import Header, read_header

INDEX = """---
manifest: 1
documents: "*.md"
delimiters: {header: table, newline: any, bom: any}
fields:
  title: {document: header.Title, required: true}
  status: {document: header.Status, required: true}
---

| Document    | Title | Status   |
| ----------- | ----- | -------- |
| [A](a.md)   | A b   | accepted |
"""
E, P, T, S = "| | |\n", "| --- | --- |\n", "| Title | A b |\n", "| Status | accepted |\n"
X = "<table>\n<tr><td>Title</td><td>A b</td></tr>\n<tr><td>Status</td><td>accepted</td></tr>\n</table>\n"
ROW = "<table><tr><td>Note</td><td>x</td></tr>"
TEXT = "\nText.\n\n| a | b | c |\n| - | - | - |\n| Status | no | no |\n"


def read(text: str) -> Header:
    return read_header(text.encode(), "table")


CLEAN = {
    "an empty header row": E + P + T + S,
    "labels": "| Field | Value |\n" + P + T + S,
    "the first row is a field": T + P + S,
    "behind a heading": "# Heading\n\n" + T + P + S,
    "behind a comment": "<!-- | a | b | -->\n" + T + P + S,
    "no outer pipes": "Title | A b\n--- | ---\nStatus | accepted\n",
    "alignment": T + "|:-|-:|\n" + S,
    "long dashes": T + "| -------- | :-------: |\n" + S,
    "indented by three": "   " + T + "   " + P + "   " + S,
    "trailing blanks": "| Title | A b |  \n| --- | --- |  \n| Status | accepted |\t\n",
    "Markdown": "| **Title** | [A b](x.md) |\n" + P + "| `Status:` | *accepted* <!-- or not --> |\n",
    "a pipe in a value": T + P + S + "| Note | a \\| b |\n",
    "a reference": "| Title | [A b][] |\n" + P + S + "\n[A b]: x.md\n",
    "another table behind": T + P + S + "\n| x | y |\n| - | - |\n| Status | no |\n",
    "a heading directly behind": T + P + S + "## Heading\n",
    "a fence directly behind": T + P + S + "```\n| Status | no |\n```\n",
    "an empty row": T + P + "| | |\n" + S,
    "HTML": X,
    "HTML with header cells": X.replace("<td>T", "<th>T").replace("<td>S", "<TH class='k'>S"),
    "HTML behind a heading": "# Heading\n\n" + X,
    "HTML with sections": X.replace("<table>", "<table border=1><tbody>").replace("</table>", "</tbody></table>"),
    "HTML without optional end tags": "<table>\n<tr><td>Title<td>A b\n<tr><td>Status<td>accepted\n</table>\n",
    "HTML with tags, breaks and entities": X.replace("A b", "<b>A</b><br/>&#98;").replace("Title", "Title:"),
    "HTML with a comment": X.replace("<tr>", "<!-- <tr><td>no</td></tr> --><tr>"),
    "HTML with a title row": X.replace("<table>", "<table><tr><th colspan=2>About</th></tr>"),
    "HTML on one line": X.replace("\n", "") + "\n",
    "text behind the end tag": X.removesuffix("\n") + " text\n",
}


@pytest.mark.parametrize("head", CLEAN.values(), ids=CLEAN)
@pytest.mark.parametrize("form", ["lf", "crlf", "bom", "no text"])
def test_what_is_a_header_gives_nothing(head: str, form: str, check: Callable[..., Result]) -> None:
    document = {
        "lf": head + TEXT, "crlf": (head + TEXT).replace("\n", "\r\n"), "bom": "\ufeff" + head + TEXT,
        "no text": "# H\n\n" + head.removesuffix("\n"),
    }[form]  # fmt: skip
    result = check({"INDEX.md": INDEX, "a.md": document.encode()})
    assert brief(result) == []
    assert result.code == 0, result.err


MUTATED = {
    "no table": ("Text.\n", ["DL101 a.md:1:1-1:6"]),
    "another table": ("| a | b | c |\n| - | - | - |\n", ["DL101 a.md:1:1-1:14"]),
    "one line of pipes": ("a | b\n", ["DL101 a.md:1:1-1:6"]),
    "in a code fence": ("```\n" + T + P + S + "```\n", ["DL101 a.md:1:1-1:4"]),
    "in a quotation": ("> " + T + "> " + P, ["DL101 a.md:1:1-1:18"]),
    "code": ("    " + T + "    " + P, ["DL101 a.md:1:1-1:20"]),
    "no row": ("<table></table>\n\nText.\n", ["DL101 a.md:1:1-1:16"]),
    "behind text": ("Text.\n\nMore.\n\n" + T + P + S, ["DL104 a.md:1:1-3:6"]),
    "HTML behind text": ("Text.\n\n" + X, ["DL104 a.md:1:1-1:6"]),
    "behind text and a heading": ("Text.\n\n# H\n\n" + T + P, ["DL101 a.md:1:1-1:6"]),
    "behind text, faulty": ("Text.\n\n" + T + S, ["DL101 a.md:1:1-1:6"]),
    "separator removed": (T + S + TEXT, ["DL114 a.md:1:1-1:16"]),
    "separator doubled": (T + P + P + S + TEXT, ["MT101 a.md:3:1-3:14"]),
    "separator of one cell": (T + "| --- |\n" + S + TEXT, ["DL114 a.md:2:1-2:8"]),
    "separator of three cells": (T + "|-|-|-|\n" + S + TEXT, ["DL114 a.md:2:1-2:8"]),
    "separator indented by four": (T + "    " + P + S + TEXT, ["DL105 a.md:2:1-2:18"]),
    "dashes that look alike": (T + "| –– | –– |\n" + S + TEXT, ["DL105 a.md:2:1-2:12"]),
    "other signs": (T + "|====|====|\n" + S + TEXT, ["DL105 a.md:2:1-2:12"]),
    "first row of three cells": ("| Title | A | b |\n" + P + S + TEXT, ["DL113 a.md:1:1-1:18"]),
    "a row of three cells": (T + P + "| Status | accepted | now |\n" + TEXT, ["DL113 a.md:3:1-3:28"]),
    "a row of one cell": (T + P + "| Status accepted |\n" + TEXT, ["DL113 a.md:3:1-3:20"]),
    "a row without its key": (T + P + "| | accepted |\n" + TEXT, ["MT101 a.md:3:5-3:13"]),
    "a row doubled": (T + P + S + S + TEXT, ["MT103 a.md:4:3-4:9"]),
    "a row removed": (T + P + TEXT, ["MT104 a.md"]),
    "an empty line between": (T + P + "\n" + S + "| x | y |\n" + TEXT, ["MT101 a.md:4:1-4:22"]),
    "no empty line behind": (T + P + S + "Text.\n", ["DL103 a.md:4:1-4:6"]),
    "HTML never closed": (X.replace("</table>", "") + TEXT, ["DL103 a.md:1:1-1:8"]),
    "HTML opened twice": (X.replace("</table>", "<table>") + TEXT, ["DL103 a.md:1:1-1:8"]),
    "HTML cell removed": (X.replace("<td>accepted</td>", "") + TEXT, ["DL113 a.md:3:5-3:20"]),
    "HTML row end and start removed": (
        X.replace("</tr>\n<tr>", "\n").replace("<table>", ROW) + TEXT,
        ["DL113 a.md:2:5-3:33"],
    ),
    "HTML comment never closed": (X.replace("</table>", "<!-- </table>") + TEXT, ["DL103 a.md:1:1-1:8"]),
    "nothing but the table": (T + P + S, ["CT105 a.md"]),
    "front matter instead": ("---\nTitle: A b\nStatus: accepted\n---\nText.\n", ["DL102 a.md:1:1-5:1"]),
}


@pytest.mark.parametrize(("document", "expected"), MUTATED.values(), ids=MUTATED)
@pytest.mark.parametrize("form", ["lf", "crlf", "bom"])
def test_a_mutation_gives_one_finding_at_its_place(
    document: str, expected: list[str], form: str, check: Callable[..., Result]
) -> None:
    document = {"lf": document, "crlf": document.replace("\n", "\r\n"), "bom": "\ufeff" + document}[form]
    result = check({"INDEX.md": INDEX, "a.md": document.encode()})
    assert brief(result) == expected


WORDS = st.text("aZé9日/()&'+-.", min_size=1, max_size=4).map(lambda word: f"k{word}s")
KEYS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
PLAIN = st.text("abcé日 :;,.-*_`[]()<>&#!\\|~'\"/0=+{}$^%@?", max_size=12).map(lambda text: " ".join(text.split()))


def escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign.isascii() and not sign.isalnum() and sign != " " else sign for sign in text)


@given(
    st.dictionaries(KEYS, PLAIN, min_size=1, max_size=5),
    st.sampled_from(("\n", "\r\n")), st.sampled_from(("", "# Heading\n\n", "\ufeff", "\n\n")),
    st.sampled_from(("Markdown", "HTML")),
)  # fmt: skip
def test_what_is_written_is_read(stated: dict[str, str], end: str, head: str, form: str) -> None:
    tags = form == "HTML"
    quote = html.escape if tags else escaped
    row = "<tr><th>{}</th><td> {} </td></tr>\n" if tags else "| {} | {} |\n"
    rows = "".join(row.format(quote(key), quote(value)) for key, value in stated.items())
    data = (head + (f"<table>\n{rows}</table>\n" if tags else E + P + rows)).replace("\n", end).encode()
    header = read_header(data, "table")
    assert (header.faults, header.end) == ((), len(data))
    assert {field.key: field.node.text for field in header.fields} == stated
    for field in header.fields:
        assert data[slice(*field.key_span)].decode() == quote(field.key)
        assert data[slice(*field.node.span)].decode() == quote(field.node.text)


BODY = st.lists(
    st.sampled_from(("a", "- ", "B: c", "\n", "\n\n", "|", "*", "```\n", "<!--", "é", "<td>", ":")), max_size=9
)


@given(BODY, st.sampled_from((T + P + S, X)))
def test_the_end_is_found_where_it_was_put(pieces: list[str], head: str) -> None:
    header = read(head + "\n# Heading\n" + "".join(pieces))
    assert (header.end, header.faults) == (len(head), ())


@given(
    st.binary(max_size=80),
    st.lists(st.sampled_from((b"<table>", b"<td>", b"a", b"\n", b"|", b"-", b"\xff", b"<tr>")), max_size=20),
)
def test_no_bytes_raise(data: bytes, pieces: list[bytes]) -> None:
    for text in (data, b"".join(pieces), b"".join(pieces) + data):
        header = read_header(text, "table")
        assert 0 <= header.start <= header.end <= len(text)


@pytest.mark.parametrize("start", [T + P, "<table>"])
@pytest.mark.parametrize(
    "piece",
    [
        "| a | b |\n",
        "|",
        " ",
        "-|",
        "| [ | ] |\n",
        "<td>",
        "<tr>",
        "<",
        "<!--",
        "<td",
        "\n\n| a | b |",
        "<tr><td>a<td>b",
    ],
)
def test_time_grows_with_the_text_alone(start: str, piece: str) -> None:
    started = time.process_time()
    read(start + piece * (100_000 // len(piece)))
    assert time.process_time() - started < 10
