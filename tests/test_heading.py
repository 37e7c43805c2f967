"""The first H1 of a body: what markdown-it says, wherever it stands."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Result, brief, place
from validator.heading import find_heading, part_span, split_heading, title_span
from validator.markdown import parser, plain


def by_markdown_it(text: str, level: int | None = 1) -> str | None:
    """The text of the first heading that stands in nothing else, as the library reads the whole text."""
    for token, inner in pairwise(parser().parse(text)):
        if token.type == "heading_open" and token.level == 0 and level in {None, int(token.tag[1:])}:
            return re.sub(r"[ \t\r\n]+", " ", plain(inner)).strip() or None
    return None


NO_HEADING = {
    "nothing": "",
    "prose": "Text.\n\nMore.\n",
    "a lower heading": "## A\n\n### B\n\nC\n-\n",
    "no blank behind the sign": "#A\n\n#A #\n",
    "indented code": "    # A\n\n\t# B\n\n    A\n    ===\n",
    "a fence": "```\n# A\n```\n",
    "a fence that never ends": "~~~ md\n# A\n```\n# B\n",
    "a longer fence": "````\n```\n# A\n````\n",
    "a comment": "<!--\n# A\n-->\n",
    "a comment that never ends": "Text.\n<!-- x\n# A\n",
    "a quotation": "> # A\n",
    "a list": "- # A\n- text\n  # B\n\n1. text\n\n   # C\n",
    "a block of HTML": "<div>\n# A\n</div>\n",
    "an underline of its own": "===\n",
    "an underline behind a blank line": "A\n\n===\n",
    "an underline behind a quotation": "> A\n===\n",
    "an underline behind a definition": "[a]: b\n===\n",
    "a row of a table": "| A |\n| - |\n===\n",
    "an empty heading": "#\n\n# A\n",
    "an empty heading with a closing": "# #\n",
    "a heading of a comment alone": "# <!-- x -->\n",
}


@pytest.mark.parametrize("text", NO_HEADING.values(), ids=NO_HEADING)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_no_heading(text: str, end: str) -> None:
    assert find_heading(text.replace("\n", end).encode(), 0) is None
    assert by_markdown_it(text) is None


HEADINGS = {
    "alone": ("# A\n", "A", "A"),
    "without a line end": ("# A", "A", "A"),
    "closed": ("#  A b  ## \n", "A b", "A b"),
    "closed without a blank": ("# A#\n", "A#", "A#"),
    "closed with an escape": ("# A \\#\n", "A #", "A \\#"),
    "indented": ("   # A\n", "A", "A"),
    "behind a tab": ("#\tA\n", "A", "A"),
    "of letters beyond ASCII": ("# Größe 💧\n", "Größe 💧", "Größe 💧"),
    "with markup": ("# *A* `b` [c](d) &amp; **e**\n", "A b c & e", "*A* `b` [c](d) &amp; **e**"),
    "with a reference": ("# [A][b]\n\n[b]: /c\n", "A", "[A][b]"),
    "with brackets": ("# [A] b\n", "[A] b", "[A] b"),
    "behind prose": ("Text.\n# A\n", "A", "A"),
    "behind a lower one": ("## B\n\n# A\n", "A", "A"),
    "behind a fence": ("```\n# B\n```\n# A\n", "A", "A"),
    "behind a fence closed with blanks": ("~~~\n# B\n   ~~~~ \n# A\n", "A", "A"),
    "behind a comment": ("<!-- # B\n-->\n# A\n", "A", "A"),
    "behind a short comment": ("<!-->\n# A\n", "A", "A"),
    "behind a comment in a paragraph": ("Text.\n<!-- x -->\n# A\n", "A", "A"),
    "behind a rule": ("***\n# A\n", "A", "A"),
    "behind a list": ("- B\n\n# A\n", "A", "A"),
    "behind a quotation": ("> # B\n\n# A\n", "A", "A"),
    "behind HTML": ("<div>\n# B\n</div>\n\n# A\n", "A", "A"),
    "behind a table": ("| B |\n| - |\n\n# A #\n", "A", "A"),
    "underlined": ("A\n===\n", "A", "A"),
    "underlined by one": (" A b \n   =  \n", "A b", "A b"),
    "underlined with a sign": ("A #\n===\n", "A #", "A #"),
    "underlined, of two lines": ("A\n    b\n===\n", "A b", "A\n    b"),
    "underlined behind one underlined otherwise": ("B\n-\nA\n=\n", "A", "A"),
    "underlined behind code": ("  \tB\n\nA\n=\n", "A", "A"),
    "underlined behind a list": ("- B\n\n A\n===\n", "A", "A"),
    "an underline underlined": ("===\n===\n", "===", "==="),
    "a mixed rule underlined": ("*-_\n===\n", "*-_", "*-_"),
}


@pytest.mark.parametrize(("text", "heading", "written"), HEADINGS.values(), ids=HEADINGS)
@pytest.mark.parametrize("front", ["", "---\ntitle: x\n---\n", "\ufeff"], ids=["alone", "behind a header", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_heading_and_its_place(text: str, heading: str, written: str, front: str, end: str) -> None:
    data = (front + text).replace("\n", end).encode()
    found = find_heading(data, len(front.replace("\n", end).encode()))
    assert found is not None
    assert found[0] == heading == by_markdown_it(text)
    assert data[found[1].start : found[1].end].decode() == written.replace("\n", end)


def test_a_lone_carriage_return_ends_no_line() -> None:
    assert find_heading(b"- a\r# B\n\n# A\r# C\n", 0) == ("A # C", (11, 16))
    assert find_heading(b"Text\r# B\n", 0) is None


def test_a_heading_that_is_not_utf8_has_its_place() -> None:
    assert find_heading(b"# A\xe9\xe8b  #\n", 0) == ("A\ufffd\ufffdb", (2, 6))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"#" * 100_000 + b"x\n# " + b"#" * 100_000 + b"x", id="many signs"),
        pytest.param(b"# " + b" #" * 100_000, id="many closings"),
        pytest.param(b"=" * 100_000 + b" x\n= \n", id="many underlines"),
        pytest.param(b"text\n" * 50_000 + b"# A\n", id="many lines"),
        pytest.param(b"* " * 20_000 + b"x\n# A\n", id="many blanks and stars"),
        pytest.param(b"> " * 5_000 + b"x\n\n# A\n", id="deep quotations"),
        pytest.param(b"- [" + b"[" * 20_000 + b"\n\n# A\n", id="many brackets"),
        pytest.param(b"- a\n" * 10_000 + b"\n# A\n", id="a long list"),
    ],
)
def test_a_hostile_body_takes_no_long_time(data: bytes) -> None:
    started = time.process_time()
    find_heading(data, 0)
    assert time.process_time() - started < 20


LINES = (
    *("", "Title", "text", "# H", "#", "# ", "## H2", "   # in", "    # code", "\t# tab", "===", "=", "---", "--", "-"),
    *("- item", "- # no", "  # in item", "> quote", "> # no", "1. one", "   # three", "2. two", "+", "1)", "* * *"),
    *(
        "```",
        "````",
        "~~~",
        "``` x",
        "    ```",
        "  ```",
        "<!-- c -->",
        "<!-- open",
        "--> # x",
        "<div>",
        "</div>",
        "<b>",
    ),
    *(
        "[a]: /u",
        "[a]",
        "# [a]",
        "# a #",
        "# a \\#",
        "# a `b` *c*",
        "# # #",
        "# ##",
        "# a\\",
        "C #",
        "#x",
        "#\tT",
        "Ä ö",
    ),
    *(
        "| a | b |",
        "| - | - |",
        "|---|---|",
        "a | b",
        "***",
        "_-*",
        "-*_",
        "  \tx",
        "# &amp; x",
        "# \u00a0x",
        "\u00a0# x",
    ),
)
PLAIN = tuple(line for line in LINES if "|" not in line and line.lstrip()[:1] not in set("-+12>[<"))
MARKDOWN = (
    st.lists(st.sampled_from(LINES), max_size=9).map("\n".join)
    | st.lists(st.sampled_from(PLAIN), max_size=9).map("\n".join)
    | st.text("#= \t\nab`~<!->*_\\[]:;&é|", max_size=25)
)


# What makers of sites take off a heading, and what they leave: the text, and the place of it.
ATTRIBUTES = {
    "an anchor": ("# A b {#c}\n", "A b", "A b"),
    "with blanks": ("# A { #c }  \r\n", "A", "A"),
    "with a colon": ("# A {: #c .d e=f }\n", "A", "A"),
    "a class": ("# A {.unnumbered}\n", "A", "A"),
    "a quoted value": ('# Größe {#größe e="f g"}\n', "Größe", "Größe"),
    "behind a closing": ("# A ## {#c}\n", "A", "A"),
    "behind a closing and a label": ("# A [x] ## {#c}\n\n[x]: y\n", "A x", "A [x]"),
    "behind a sign of an underlined heading": ("A # {#c}\n===\n", "A #", "A #"),
    "of an underlined heading": ("A { #c }\n===\n", "A", "A"),
    "behind a list": ("- x\n\n# A à { #c }\n", "A à", "A à"),
    "behind markup": ("# *A* {#c}\n", "A", "*A*"),
    "alone": ("# {#c}\n", "{#c}", "{#c}"),
    "in the middle": ("# A {#c} d\n", "A {#c} d", "A {#c} d"),
    "in code": ("# A `{#c}`\n", "A {#c}", "A `{#c}`"),
    "escaped": ("# A \\{#c}\n", "A {#c}", "A \\{#c}"),
    "words": ("# A {c}\n", "A {c}", "A {c}"),
    "without a blank": ("# A{#c}\n", "A{#c}", "A{#c}"),
    "words behind it": ("# A {#c d}\n", "A {#c d}", "A {#c d}"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "at"), ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_attributes_are_no_part_of_a_heading(text: str, expected: str, at: str) -> None:
    data = text.encode()
    found = find_heading(data, 0)
    assert found is not None
    assert (found[0], data[slice(*found[1])].decode()) == (expected, at)


@pytest.mark.parametrize("above", ["", "- x\n\n"])
def test_attributes_of_a_heading_above_entries_are_no_part_of_it(above: str, check: Callable[..., Result]) -> None:
    front = "---\nmanifest: 1\nfields: {status: {column: section, document: header.status}}\n---\n"
    index = f"{front}{above}## final {{: .wide }}\n\n| A |\n| - |\n| [A](a.md) |\n"
    assert check({"INDEX.md": index, "a.md": "---\nstatus: final\n---\nA\n"}).codes == []


@pytest.mark.parametrize("section", ["Notes", "notes {#n}", "'## Notes'"])
@pytest.mark.parametrize("heading", ["## Notes {#n}", "## Notes ## {#n}", "Notes {#n}\n---"])
def test_a_section_is_found_with_its_attributes_and_without(
    section: str, heading: str, check: Callable[..., Result]
) -> None:
    index = f"---\nmanifest: 1\nsection: {section}\n---\n{heading}\n\n- [A](a.md)\n\n## More\n\n- [B](b.md)\n"
    assert check({"INDEX.md": index, "a.md": "# A\n"}).codes == []


@pytest.mark.parametrize(("title", "codes"), [("A {#a}", []), ("A", []), ("B {#a}", ["MT108"])])
def test_an_index_may_repeat_the_attributes_of_a_heading(
    title: str, codes: list[str], check: Callable[..., Result]
) -> None:
    index = f"| Title |\n| - |\n| [{title}](a.md) |\n"
    assert check({"INDEX.md": index, "a.md": "# A {#a}\n"}).codes == codes


@given(MARKDOWN)
@settings(max_examples=200)
def test_it_is_the_heading_that_markdown_it_finds(text: str) -> None:
    data = text.encode()
    found = find_heading(data, 0)
    assert (found[0] if found else None) == by_markdown_it(text)
    if found is not None:
        written = data[found[1].start : found[1].end]
        assert written == written.strip()
        assert written


@given(MARKDOWN, st.sampled_from([None, 2, 3]))
@settings(max_examples=200)
def test_it_is_the_heading_of_any_level_that_markdown_it_finds(text: str, level: int | None) -> None:
    found = find_heading(text.encode(), 0, level)
    assert (found[0] if found else None) == by_markdown_it(text, level)


@pytest.mark.parametrize(
    ("level", "heading", "written"),
    [
        (1, "H1", "H1"),
        (2, "Under it", "Under `it`"),
        (3, "H3", "H3"),
        (4, None, ""),
        (None, "Under it", "Under `it`"),
    ],
)
def test_levels(level: int | None, heading: str | None, written: str) -> None:
    text = "Text.\n\nUnder `it`\n---\n\n### H3 ###\n\n- # no\n\nH1\n===\n"
    found = find_heading(text.encode(), 0, level)
    assert (found[0] if found else None) == heading
    if found is not None:
        assert text[found[1].start : found[1].end] == written


def test_expressions_of_levels(check: Callable[..., Result]) -> None:
    index = "| File | Title | Part |\n| - | - | - |\n| [a](a.md) | A | B |\n"
    contract = "---\nmanifest: 1\nfields: {title: heading.any, part: heading.2}\n---\n"
    files = {"INDEX.md": contract + index, "a.md": "### A\n\n## C\n"}
    assert brief(check(files)) == ["MT108 INDEX.md:7:19-7:20"]
    files["INDEX.md"] = files["INDEX.md"].replace("heading.2", "heading.7")
    assert "CF101" in check(files).codes


@given(st.binary(max_size=60) | MARKDOWN.map(str.encode), st.integers(0, 60))
def test_any_bytes_from_anywhere(data: bytes, start: int) -> None:
    found = find_heading(data, min(start, len(data)))
    if found is not None:
        assert found[0]
        assert min(start, len(data)) <= found[1].start < found[1].end <= len(data)


PARTS = {
    ("CIP-0001: Title", None): ("CIP-0001", "Title"),
    ("CIP-0001", None): ("CIP-0001", ""),
    ("1. Title", None): ("1", "Title"),
    ("1.2: Title", None): ("1.2", "Title"),
    ("1.2. Title", None): ("1.2", "Title"),
    ("ADR 7 - Title", None): ("7", "Title"),
    ("ADR #7 \u2014 Title - and more", None): ("7", "Title - and more"),
    ("[RFC-7] Title", None): ("RFC-7", "Title"),
    ("(7) Title", None): ("7", "Title"),
    ("5A: Title", None): ("5A", "Title"),
    ("2026-01-02: Title", None): ("2026-01-02", "Title"),
    ("0001 | Title", None): ("0001", "Title"),
    ("1. .NET 8", None): ("1", ".NET 8"),
    ("2. --dry-run flag", None): ("2", "--dry-run flag"),
    ("3. -Wall by default", "[0-9]+"): ("3", "-Wall by default"),
    ("4: | pipe", None): ("4", "| pipe"),
    ("5 -- Title", "[0-9]+"): ("5", "Title"),
    ("[6]: Title", "[0-9]+"): ("6", "Title"),
    ("3 blind mice", None): None,
    ("Title: 1", None): None,
    ("Title", None): None,
    ("A 4-letter word", None): None,
    ("7 Title", "[0-9]+"): ("7", "Title"),
    ("ADR 7 - Title", "[0-9]+"): ("7", "Title"),
    ("ADR 7 - Title", "ADR [0-9]+"): ("ADR 7", "Title"),
    ("ADR-7 Title", "[0-9]+"): ("7", "Title"),
    ("BE: Title", "[0-9A-F]{2}"): ("BE", "Title"),
    ("0046-05: Title", "[0-9]{4}(-[0-9]{2})?"): ("0046-05", "Title"),
    ("CIP-001: Title", "^CIP-[0-9]{4}$"): ("CIP-001", "Title"),
    ("CIP-0001", "^CIP-[0-9]{4}$"): ("CIP-0001", ""),
    ("Title", "[0-9]+"): None,
    ("x" * 200, "x+"): None,
}


@pytest.mark.parametrize(("given", "expected"), PARTS.items(), ids=lambda value: str(value)[:40])
def test_a_heading_may_begin_with_an_id(given: tuple[str, str | None], expected: tuple[str, str] | None) -> None:
    assert split_heading(*given) == expected


@settings(max_examples=100)
@given(
    st.sampled_from(("", "ADR ", "RFC-", "[", "No. ")),
    st.from_regex(r"[0-9]{1,4}", fullmatch=True),
    st.sampled_from((": ", ". ", " - ", " \u2013 ", ") ", "] ", ":")),
    st.from_regex(r"[A-Za-z]\w{0,6}( \w{1,6}){0,2}", fullmatch=True),
)
def test_both_parts_stand_where_they_are_found(label: str, number: str, between: str, words: str) -> None:
    data = f"# {label}{number}{between}{words}\n".encode()
    found = find_heading(data, 0)
    assert found is not None
    parts = split_heading(found[0], "[0-9]+")
    assert parts == (number, words)
    assert data[slice(*part_span(data, found[1], parts.id))] == number.encode()
    assert data[slice(*title_span(data, found[1], parts.title))].decode() == words


INDEX = """---
manifest: 1
documents: "*.md"
name: "{id:04}.md"
id: {document: [name.id, heading], normalize: unpad}
---
| ID | Title |
| -- | ----- |
| [0001](0001.md) | Use tables |
"""


def test_the_id_of_a_heading_is_compared_and_its_title_alone(check: Callable[..., Result]) -> None:
    for heading in ("1. Use tables", "ADR 1 - Use *tables*", "0001: Use tables #", "[1] Use tables"):
        assert check({"INDEX.md": INDEX, "0001.md": f"# {heading}\n"}).findings == []
    result = check({"INDEX.md": INDEX, "0001.md": "# ADR 2 - Use lists\n"})
    assert brief(result) == ["ID104 0001.md:1:7-1:8", "MT108 INDEX.md:9:21-9:31"]
    assert result.findings[0]["message"] == "the heading says ID '2', the index and the file name say '0001'"
    assert place(result.findings[1]["related"][0]) == "0001.md:1:11-1:20"
    assert brief(check({"INDEX.md": INDEX, "0001.md": "# `1`. Use `lists`\n"})) == ["MT108 INDEX.md:9:21-9:31"]


def test_the_index_may_state_the_id_in_the_title_too(check: Callable[..., Result]) -> None:
    index = INDEX.replace("Use tables", "1. Use tables")
    assert check({"INDEX.md": index, "0001.md": "# 1. Use tables\n"}).findings == []
    assert brief(check({"INDEX.md": index, "0001.md": "# 1. Use lists\n"})) == ["MT108 INDEX.md:9:21-9:34"]
    assert brief(check({"INDEX.md": index.replace("1. Use", "2. Use"), "0001.md": "# 1. Use tables\n"})) == [
        "MT108 INDEX.md:9:21-9:34"
    ]


def test_a_heading_without_an_id_states_none(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": INDEX, "0001.md": "Text.\n\n# Use tables\n"})
    assert brief(result) == ["ID101 0001.md:3:3-3:13"]
    assert result.only()["message"] == "this document states no ID: its heading begins with none"
    assert brief(check({"INDEX.md": INDEX.replace("Title", "Name"), "0001.md": "Text.\n"})) == ["ID101 0001.md"]


def test_an_id_alone_leaves_the_title_empty(check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": INDEX, "0001.md": "# ADR 1\n"})) == ["MT110 0001.md:1:3-1:8"]


def test_the_parts_may_be_named(check: Callable[..., Result]) -> None:
    index = INDEX.replace("heading]", "heading.id]").replace("---\n| ID", "fields: {title: heading.title}\n---\n| ID")
    assert check({"INDEX.md": index, "0001.md": "# 1. Use tables\n"}).findings == []
    index = index.replace("heading.title", "heading")
    assert check({"INDEX.md": index, "0001.md": "# 1. Use tables\n"}).findings == []
