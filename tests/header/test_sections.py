"""The dialect `sections`: a heading of level 2 a key; what is done to a heading gives one finding."""

from __future__ import annotations

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
delimiters: {header: sections, newline: any, bom: any}
fields:
  title: {document: heading}
  status: {document: header.Status, required: true}
---

| Document    | Title | Status   |
| ----------- | ----- | -------- |
| [A](a.md)   | A b   | accepted |
"""
H, S = "# A b\n\n", "## Status\n\naccepted\n"
TEXT = "\n## Context\n\nText.\n\n```\n## Status\n```\n"


def read(text: str) -> Header:
    return read_header(text.encode(), "sections")


def values(text: str) -> dict[str, str | list[str]]:
    return {
        field.key: [item.text for item in field.node.items] if field.node.items else field.node.text
        for field in read(text).fields
    }


CLEAN = {
    "a record": H + S,
    "no blank lines": "# A b\n## Status\naccepted\n",
    "text in front": H + "Text.\n\n" + S,
    "closing signs": H + "## Status ##\n\naccepted\n",
    "indented by three": H + "   ## Status\n\naccepted\n",
    "trailing blanks": H + "## Status  \n\naccepted  \n",
    "underlined": "A b\n===\n\nStatus\n------\n\naccepted\n",
    "underlined by one": H + "Status\n-\naccepted\n",
    "Markdown": H + "## *Status*\n\n[**accepted**](x.md) <!-- or rejected -->\n",
    "a comment first": H + "## Status\n\n<!-- one of\n\n## Status\n-->\n\naccepted\n",
    "a fence first": H + "## Status\n\n```\nrejected\n## Status\n```\n\naccepted\n",
    "raw HTML first": H + "## Status\n\n<pre>\n\n## Status\n</pre>\n\naccepted\n",
    "HTML first": H + "## Status\n\n<div>\nno\n</div>\n\naccepted\n",
    "a quotation first": H + "## Status\n\n> no\n\naccepted\n",
    "a table first": H + "## Status\n\n| a |\n| - |\n\naccepted\n",
    "a rule first": H + "## Status\n\n***\n\naccepted\n",
    "code first": H + "## Status\n\n    no\n\naccepted\n",
    "a second paragraph": H + S + "\nSuperseded by 2.\n",
    "a list behind": H + S + "\n- remark\n  ## Status\n\n  ## Status\n",
    "a list directly behind": H + S + "- remark\nlazy\n",
    "code behind": H + S + "\n    ## Status\n    more\n",
    "code of one paragraph": H + S + "\nText\n    ## Status\n",
    "a list is the value": H + "## Status\n\n- accepted\n",
    "other levels": H + S + "\n### Status\n\n#### Status\n",
    "an escaped heading": H + S + "\n\\## Status\n",
    "front matter": "---\ntitle: x\n---\n" + H + S,
    "a reference": H + "## [Status][s]\n\n[accepted][]\n\n[s]: x.md\n[accepted]: x.md\n",
    "an empty heading": H + S + "\n##\n\nText.\n",
}


@pytest.mark.parametrize("head", CLEAN.values(), ids=CLEAN)
@pytest.mark.parametrize("form", ["lf", "crlf", "bom", "no text"])
def test_what_is_a_header_gives_nothing(head: str, form: str, check: Callable[..., Result]) -> None:
    document = {
        "lf": head + TEXT, "crlf": (head + TEXT).replace("\n", "\r\n"), "bom": "\ufeff" + head + TEXT,
        "no text": head.removesuffix("\n"),
    }[form]  # fmt: skip
    result = check({"INDEX.md": INDEX, "a.md": document.encode()})
    assert brief(result) == []
    assert result.code == 0, result.err


MUTATED = {
    "no heading of level 2": (H + "Text.\n", ["DL101 a.md:1:1-1:6"]),
    "in a code fence": (H + "```\n" + S + "```\n", ["DL101 a.md:1:1-1:6"]),
    "in a quotation": (H + "> ## Status\n> accepted\n", ["DL101 a.md:1:1-1:6"]),
    "front matter instead": ("---\nStatus: accepted\n---\n# A b\n", ["DL102 a.md:1:1-4:1"]),
    "heading removed": (H + "accepted\n" + TEXT, ["MT104 a.md"]),
    "heading doubled": (H + "## Status\n" + S, ["MT103 a.md:4:4-4:10"]),
    "a line doubled": (H + "Date: 1\nDate: 2\n\n" + S, ["MT103 a.md:4:1-4:5"]),
    "lines and no section": (H + "Status: accepted\n", ["DL101 a.md:1:1-1:6"]),
    "section doubled": (H + S + S, ["MT103 a.md:6:4-6:10"]),
    "level 3": (H + "### Status\n\naccepted\n" + TEXT, ["MT104 a.md"]),
    "no blank": (H + "##Status\n\naccepted\n", ["DL105 a.md:3:1-3:3"]),
    "a no-break space": (H + "##\u00a0Status\n\naccepted\n", ["DL105 a.md:3:1-3:4"]),
    "signs that look alike": (H + "＃＃ Status\n\naccepted\n", ["DL105 a.md:3:1-3:4"]),
    "sharp signs": (H + "♯♯ Status\n\naccepted\n" + TEXT, ["DL105 a.md:3:1-3:4"]),
    "indented by four": (H + "    ## Status\n\naccepted\n", ["DL105 a.md:3:1-3:8"]),
    "indented by a tab": (H + "\t## Status\n\naccepted\n" + TEXT, ["DL105 a.md:3:1-3:5"]),
    "an empty section": (H + "## Status\n" + TEXT, ["MT104 a.md:3:4-3:10"]),
    "the last line, no line end": (H + "## Status", ["MT104 a.md:3:4-3:10"]),
    "a heading below": (H + "## Status\n\n### Now\n\naccepted\n", ["MT104 a.md:3:4-3:10"]),
    "nothing else": (S, ["CT105 a.md"]),
}


@pytest.mark.parametrize(("document", "expected"), MUTATED.values(), ids=MUTATED)
@pytest.mark.parametrize("form", ["lf", "crlf", "bom"])
def test_a_mutation_gives_one_finding_at_its_place(
    document: str, expected: list[str], form: str, check: Callable[..., Result]
) -> None:
    document = {"lf": document, "crlf": document.replace("\n", "\r\n"), "bom": "\ufeff" + document}[form]
    result = check({"INDEX.md": INDEX, "a.md": document.encode()})
    assert brief(result) == expected


VALUES = {
    "two lines": (H + "## A\n\none\ntwo\n", {"A": "one two"}),
    "a list, more of an item, another": ("## A\n\n- one\n  more\n- two\n\n  apart\n", {"A": ["one more", "two"]}),
    "a numbered list, then text": ("## A\n1. one\n2. two\n\ntext\n\n- three\n", {"A": ["one", "two"]}),
    "a heading of two lines": ("## A\n\none\ntwo\n---\n\nthree\n", {"A": "", "one two": "three"}),
    "a title underlined below": ("## A\n\none\n===\n\ntwo\n", {"A": ""}),
    "a fence that never closes": ("## A\n\none\n\n```\n## B\n", {"A": "one"}),
    "raw HTML that never closes": ("## A\n\none\n\n<pre>\n## B\n", {"A": "one"}),
    "a line behind the title": (H + "Date: 2018-01-02\n\n" + S, {"Date": "2018-01-02", "Status": "accepted"}),
    "lines behind it": (
        H + "Last updated: today  \n**Tags:** a, [b](c)\n__By__: x: y\n## A\none\n",
        {"Last updated": "today", "Tags": "a, b", "By": "x: y", "A": "one"},
    ),
    "lines around it": (
        "a: 1\n\nTitle: x\n=====\n<!-- b: 2\n-->\n\nc-d: 3\n\n## A\n\none\n",
        {"c-d": "3", "A": "one"},
    ),
    "one key in two paragraphs": (H + "Note: 1\n\nNote: 2\n\n## A\n\none\n", {"Note": "1", "A": "one"}),
    "lines behind a second title": (H + "b: 1\n\n# More\n\nc: 2\n\n## A\n\none\n", {"b": "1", "A": "one"}),
    "a line of the same name as a section": ("A: two\n\n## A\n\none\n", {"A": "one"}),
    "lines among others": (H + "a: 1\nand so on\n\nb: 2\n\n## A\n\none\n", {"A": "one"}),
    "lines behind others": (H + "Text.\n\nb: 2\n\n## A\n\none\n", {"A": "one"}),
    "a line that is underlined": (H + "a: 1\n---\n\n## A\n\none\n", {"a: 1": "", "A": "one"}),
    "lines behind a heading below": (H + "### B\n\na: 1\n\n## A\n\none\n", {"A": "one"}),
    "what is no line of this kind": (H + "see https://x.org\n\nhttps://x.org\na:b\n\n## A\n\none\n", {"A": "one"}),
    "text before any heading": ("- one\n\n```\n```\n\n***\n## A\n\none\n", {"A": "one"}),
}


@pytest.mark.parametrize(("text", "expected"), VALUES.values(), ids=VALUES)
def test_values(text: str, expected: dict[str, str | list[str]]) -> None:
    assert values(text) == expected
    assert read(text).faults == ()


def test_a_line_has_its_places() -> None:
    text = H + "**Date**:  2018-01-02 \n\n" + S
    field = read(text).fields[0]
    assert (text[slice(*field.key_span)], text[slice(*field.node.span)]) == ("Date", "2018-01-02")


def test_the_block_is_the_first_section() -> None:
    text = H + S + TEXT
    header = read(text)
    assert (text[header.start : header.end] + "\n", header.body) == (S, 0)


WORDS = st.text("aZé9日/()&'+-.:", min_size=1, max_size=4).map(lambda word: f"k{word}s")
KEYS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
PLAIN = st.text("abcé日 \u2028\u00a0:;,.-*_`[]()<>&#!\\|~'\"/0=+{}$^%@?", max_size=12).map(
    lambda text: " ".join(text.split())
)
FORMS = st.sampled_from(("## {}\n", "## {} ##\n", "{}\n---\n", "## **{}**\n", "  ##\t{}\n\n"))


def escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign.isascii() and not sign.isalnum() and sign != " " else sign for sign in text)


@given(
    st.dictionaries(KEYS, PLAIN, min_size=1, max_size=5),
    FORMS, st.sampled_from(("\n", "\r\n")), st.sampled_from(("", "# Heading\n\n", "\ufeff", "\n\n", "Text.\n\n")),
)  # fmt: skip
def test_what_is_written_is_read(stated: dict[str, str], form: str, end: str, head: str) -> None:
    text = head + "".join(f"{form.format(escaped(key))}{escaped(value)}\n\n" for key, value in stated.items())
    data = text.replace("\n", end).encode()
    header = read_header(data, "sections")
    assert header.faults == ()
    assert {field.key: field.node.text for field in header.fields} == stated
    for field in header.fields:
        assert data[slice(*field.key_span)].decode().strip("*") == escaped(field.key)
        assert data[slice(*field.node.span)].decode() == escaped(field.node.text)


BODY = st.lists(
    st.sampled_from(("a", "- ", "B: c", "\n", "\n\n", "#", "*", "```\n", "<!--", "é", " ", ":")), max_size=9
)


@given(BODY)
def test_the_end_is_found_where_it_was_put(pieces: list[str]) -> None:
    header = read(S + "\n# Heading\n" + "".join(pieces))
    assert header.end == len(S) - 1


@given(
    st.binary(max_size=80),
    st.lists(st.sampled_from((b"## ", b"a", b"\n", b"  ", b"---", b"- ", b"\xff", b"#")), max_size=20),
)
def test_no_bytes_raise(data: bytes, pieces: list[bytes]) -> None:
    for text in (data, b"".join(pieces), b"".join(pieces) + data):
        header = read_header(text, "sections")
        assert 0 <= header.start <= header.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "## A\n",
        "a\n",
        "- ",
        "- a\n",
        "<!--",
        "<pre>",
        "```\n",
        "a\n-\n",
        "## [\n",
        "# A: b\n",
        "A: b\n",
        "    ## a\n\n",
        "##a\n",
        "| a\n",
    ],
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    started = time.process_time()
    read("## A\n" + piece * (100_000 // len(piece)))
    assert time.process_time() - started < 10
