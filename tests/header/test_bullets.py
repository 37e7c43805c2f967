"""The dialect `bullets`: a list at the top, an item a field; what is done to it gives one finding."""

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
delimiters: {header: bullets, newline: any, bom: any}
fields:
  title: {document: header.Title, required: true}
  status: {document: header.Status, required: true}
---

| Document    | Title | Status   |
| ----------- | ----- | -------- |
| [A](a.md)   | A b   | accepted |
"""
TEXT = "\nText.\n\n## Part\n\n- Other: list\n"


def read(text: str) -> Header:
    return read_header(text.encode(), "bullets")


def values(text: str) -> dict[str, object]:
    """The fields; a list as a list of texts."""
    return {
        field.key: [item.text for item in field.node.items] if field.node.items else field.node.text
        for field in read(text).fields
    }


CLEAN = {
    "dashes": "- Title: A b\n- Status: accepted\n",
    "stars": "* Title: A b\n* Status: accepted\n",
    "plus signs": "+ Title: A b\n+ Status: accepted\n",
    "bold key and colon": "* **Title:** A b\n* **Status:** accepted\n",
    "bold key": "- **Title**: A b\n- __Status__: accepted\n",
    "leaning key": "- *Title*: A b\n- _Status:_ accepted\n",
    "key in code": "- `Title`: A b\n- `Status:` accepted\n",
    "values with Markdown": "- Title: [A](x.md) `b`\n- Status: **accepted** <!-- or rejected -->\n",
    "a reference": "- Title: [A b][t]\n- Status: [accepted][]\n\n[t]: x.md\n[accepted]: y.md\n",
    "behind a heading": "# Heading\n\n- Title: A b\n- Status: accepted\n",
    "behind a heading, no blank line": "# Heading\n- Title: A b\n- Status: accepted\n",
    "behind an underlined heading": "Heading\n=======\n\n- Title: A b\n- Status: accepted\n",
    "behind two headings": "# Heading\n\n## Metadata\n\n- Title: A b\n- Status: accepted\n",
    "behind a comment": "<!-- a\n- Title: no\n-->\n\n- Title: A b\n- Status: accepted\n",
    "behind blank lines": "\n\n\n- Title: A b\n- Status: accepted\n",
    "a loose list": "- Title: A b\n\n- Status: accepted\n",
    "a comment between": "- Title: A b\n<!-- one of these -->\n- Status: accepted\n",
    "a value on two lines": "- Title: A\n  b\n- Status: accepted\n",
    "a paragraph below a value": "- Title: A b\n\n  More.\n- Status: accepted\n",
    "remarks below a value": "- Title: A b\n  - a remark\n- Status: accepted\n",
    "code below a value": "- Title: A b\n  ```\n  code\n  ```\n  more\n- Status: accepted\n",
    "one blank in front": " - Title: A b\n - Status: accepted\n",
    "an item one blank deeper": "- Title: A b\n - Status: accepted\n",
    "wide gaps": "-   Title:   A b\n-\tStatus:\taccepted\n",
    "trailing blanks": "- Title: A b  \n- Status: accepted\t\n",
    "blank before the colon": "- Title : A b\n- Status : accepted\n",
    "a list of values": "- Title: A b\n- Status: accepted\n- Authors:\n  - One\n  - Two\n    and more\n",
    "an address": "- Title: A b\n- Status: accepted\n- Link: https://example.org/\n",
    "a bullet inside a value": "- Title: A b\n- Status: accepted\n- Note: a - Status: b * c\n",
    "another list behind": "- Title: A b\n- Status: accepted\n\n* Good: it works\n",
    "an item that is prose behind": "- Title: A b\n- Status: accepted\n\n- And this is prose.\n",
    "a rule behind": "- Title: A b\n- Status: accepted\n---\n",
    "a heading behind": "- Title: A b\n- Status: accepted\n# Heading\n",
    "a fence behind": "- Title: A b\n- Status: accepted\n```\n- Status: no\n```\n",
    "a table behind": "- Title: A b\n- Status: accepted\n\n| a |\n| - |\n",
}


@pytest.mark.parametrize("head", CLEAN.values(), ids=CLEAN)
@pytest.mark.parametrize("form", ["lf", "crlf", "bom", "no text"])
def test_what_is_a_header_gives_nothing(head: str, form: str, check: Callable[..., Result]) -> None:
    document = {
        "lf": head + TEXT, "crlf": (head + TEXT).replace("\n", "\r\n"), "bom": "\ufeff" + head + TEXT,
        "no text": "# H\n\n" + head.removesuffix("\n") if head.startswith(("-", "*", "+")) else head + TEXT,
    }[form]  # fmt: skip
    result = check({"INDEX.md": INDEX, "a.md": document.encode()})
    assert brief(result) == []
    assert result.code == 0, result.err


HEADING = "# H\n\n"
T, S = "- Title: A b\n", "- Status: accepted\n"
MUTATED = {
    "no header": ("Text.\n", ["DL101 a.md:1:1-1:6"]),
    "no header, lists further down": ("Text.\n\n- Note: one\n- two\n", ["DL101 a.md:1:1-1:6"]),
    "no header, prose with one note": ("Text.\n\n- Note: one\n", ["DL101 a.md:1:1-1:6"]),
    "a list of prose": ("- one\n- two\n- Note: three\n", ["DL101 a.md:1:1-1:6"]),
    "every bullet removed": ("Title: A b\nStatus: accepted\n", ["DL101 a.md:1:1-1:11"]),
    "bullets removed, a list behind": ("Title: A b\n\n- Status: accepted\n- X: y\n", ["MT101 a.md:1:1-1:6"]),
    "in a code fence": ("```\n" + T + S + "```\nText.\n", ["DL101 a.md:1:1-1:4"]),
    "in a quotation": ("> " + T + "> " + S, ["DL101 a.md:1:1-1:15"]),
    "numbered": ("1. Title: A b\n2. Status: accepted\n", ["DL101 a.md:1:1-1:14"]),
    "all indented by four": ("    " + T + "    " + S + "\nText.\n", ["DL101 a.md:1:1-1:17"]),
    "behind text": ("Text.\n\nMore.\n\n" + T + S, ["DL104 a.md:1:1-3:6"]),
    "behind text and a heading": ("Text.\n\n# H\n\n" + T + S, ["DL101 a.md:1:1-1:6"]),
    "behind text and a heading of its own": ("# H\n\nText.\n\n" + T + S, ["DL104 a.md:3:1-3:6"]),
    "first bullet removed": ("Title: A b\n" + S, ["MT101 a.md:1:1-1:6"]),
    "last bullet removed": (T + "Status: accepted\n", ["MT101 a.md:2:1-2:7"]),
    "first bullet doubled": ("- " + T + S, ["DL105 a.md:1:1-1:5"]),
    "last bullet doubled": (T + "- " + S, ["DL105 a.md:2:1-2:5"]),
    "two dashes": (T + "-" + S, ["DL105 a.md:2:1-2:4"]),
    "no blank behind the bullet": (T + "-Status: accepted\n", ["DL105 a.md:2:1-2:2"]),
    "no blank behind the star": ("* Title: A b\n*Status: accepted\n", ["DL105 a.md:2:1-2:2"]),
    "a no-break space behind the bullet": (T + "-\u00a0Status: accepted\n", ["DL105 a.md:2:1-2:3"]),
    "five blanks behind the bullet": (T + "-     Status: accepted\n", ["DL105 a.md:2:1-2:7"]),
    "first indented by four": ("    " + T + S, ["DL105 a.md:1:1-1:7"]),
    "last indented by two": (T + "  " + S, ["DL105 a.md:2:1-2:5"]),
    "last indented by a tab": (T + "\t" + S, ["DL105 a.md:2:1-2:4"]),
    "first bullet an en dash": ("– Title: A b\n" + S, ["DL105 a.md:1:1-1:3"]),
    "last bullet a dot": (T + "• Status: accepted\n", ["DL105 a.md:2:1-2:3"]),
    "all bullets dots": ("• Title: A b\n• Status: accepted\n", ["DL105 a.md:1:1-1:3"]),
    "another bullet": (T + "* Status: accepted\n", ["DL105 a.md:2:1-2:3"]),
    "no colon": (T + "- Status accepted\n", ["MT101 a.md:2:1-2:18"]),
    "a colon that looks alike": (T + "- Status： accepted\n", ["MT101 a.md:2:3-2:9"]),
    "no blank behind the colon": (T + "- Status:accepted\n", ["MT101 a.md:2:3-2:9"]),
    "colon doubled": (T + "- Status:: accepted\n", ["MT101 a.md:2:3-2:9"]),
    "all bold": (T + "- **Status: accepted**\n", ["MT101 a.md:2:5-2:11"]),
    "half bold": (T + "- Status:** accepted\n", ["MT101 a.md:2:3-2:9"]),
    "an item doubled": (T + S + S, ["MT103 a.md:3:3-3:9"]),
    "an item doubled, first empty": (T + "- Status:\n" + S, ["MT103 a.md:3:3-3:9"]),
    "no empty line behind": (T + S + "Text\n", ["DL103 a.md:3:1-3:5"]),
    "an item removed": (T, ["MT104 a.md"]),
    "last, no line end": (HEADING + T + "-Status: accepted", ["DL105 a.md:4:1-4:2"]),
    "nothing but the list": (T + S, []),
    "a yaml header": ("---\nTitle: A b\nStatus: accepted\n---\nText.\n", ["DL102 a.md:1:1-5:1"]),
}


@pytest.mark.parametrize(("head", "expected"), MUTATED.values(), ids=MUTATED)
@pytest.mark.parametrize("form", ["lf", "crlf", "bom"])
def test_a_mutation_gives_one_finding_at_its_place(
    head: str, expected: list[str], form: str, check: Callable[..., Result]
) -> None:
    bare = not expected
    document = head + (
        "" if bare or not head.endswith("\n") or expected[0][:5] in {"DL101", "DL103", "DL104"} else "\n# H\n\nText.\n"
    )
    document = {"lf": document, "crlf": document.replace("\n", "\r\n"), "bom": "\ufeff" + document}[form]
    result = check({"INDEX.md": INDEX, "a.md": document.encode()})
    if bare:
        assert brief(result) == ["CT105 a.md"]
    else:
        assert brief(result) == expected


def test_a_header_behind_a_heading_leaves_the_heading_to_the_body() -> None:
    text = HEADING + T + S
    header = read(text)
    assert (text[header.start : header.end], header.body) == (T + S, 0)


def test_a_header_at_the_top_is_no_body() -> None:
    header = read(T + S + "\nText.\n")
    assert (header.start, header.end, header.body) == (0, len(T + S), len(T + S))


def test_messages_say_what_to_write(check: Callable[..., Result]) -> None:
    said = check({"INDEX.md": INDEX, "a.md": T + "+ Status: accepted\n\nText.\n"}).only()["message"]
    assert said == "the bullet of this field is not `- `: the list began with `-`, so this begins another"


WORDS = st.text("aZé9日/()&'+-.", min_size=1, max_size=4).map(lambda word: f"k{word}s")
KEYS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
PLAIN = st.text("abcé日 \u2028\u00a0:;,.-*_`[]()<>&#!\\|~'\"/0=+{}$^%@?", max_size=12).map(
    lambda text: " ".join(text.split())
)
FORMS = st.sampled_from(("{}:", "**{}:**", "**{}**:", "*{}*:", "__{}:__", "`{}`:"))


def escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign.isascii() and not sign.isalnum() and sign != " " else sign for sign in text)


@given(
    st.dictionaries(KEYS, PLAIN | st.lists(PLAIN.filter(bool), min_size=1, max_size=3), min_size=2, max_size=5),
    FORMS, st.sampled_from("-*+"), st.sampled_from(("\n", "\r\n")), st.sampled_from(("", HEADING, "\ufeff", "\n\n")),
)  # fmt: skip
def test_what_is_written_is_read(stated: dict[str, str | list[str]], form: str, mark: str, end: str, head: str) -> None:
    lines: list[str] = []
    for key, value in stated.items():
        above = f"{mark} {form.format(key)}"
        lines += (
            [f"{above} {escaped(value)}"]
            if isinstance(value, str)
            else [above, *(f"  {mark} {escaped(item)}" for item in value)]
        )
    text = head + "".join(line + "\n" for line in lines)
    data = text.replace("\n", end).encode()
    header = read_header(data, "bullets")
    assert header.faults == ()
    assert [field.key for field in header.fields] == list(stated)
    for field, value in zip(header.fields, stated.values(), strict=True):
        assert data[slice(*field.key_span)].decode() == field.key
        nodes = field.node.items or (field.node,)
        assert [node.text for node in nodes] == ([value] if isinstance(value, str) else value)
        for node in nodes:
            assert data[slice(*node.span)].decode() == escaped(node.text)


@given(
    st.lists(st.sampled_from(("a", "- ", "B: c", "\n", "\n\n", "#", "*", "```\n", "<!--", "é", " ", ":")), max_size=9)
)
def test_the_end_is_found_where_it_was_put(pieces: list[str]) -> None:
    body = "\n# Heading\n" + "".join(pieces)
    header = read(T + S + body)
    assert (header.end, header.faults) == (len(T + S), ())


@given(
    st.binary(max_size=80),
    st.lists(st.sampled_from((b"- ", b"a: ", b"\n", b"  ", b"* ", b"**", b"\xff", b"#")), max_size=20),
)
def test_no_bytes_raise(data: bytes, pieces: list[bytes]) -> None:
    for text in (data, b"".join(pieces), b"".join(pieces) + data):
        header = read_header(text, "bullets")
        assert 0 <= header.start <= header.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "- A: [",
        "- A: b\n",
        "- ",
        "**",
        "`",
        "<!--",
        "- a: **",
        "\n- a",
        "a: b\n",
        "- a:\n  - b\n",
        "[a]: b\n",
        "– a: b\n",
    ],
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    started = time.process_time()
    read("- A: b\n" + piece * (100_000 // len(piece)))
    assert time.process_time() - started < 10
