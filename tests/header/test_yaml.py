"""Front matter between lines `---`: what is done to a delimiter line gives one finding, where it was done."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.conftest import Result, brief
from validator.header import Header, read_header

INDEX = """---
manifest: 1
documents: "*.md"
id: {document: header.id, pattern: "[a-z]+"}
delimiters: {header: yaml, newline: %s, bom: %s}
fields: {title: {document: header.title, required: true}, head: {document: heading}}
---

| ID | Title | Head |
| -- | ----- | ---- |
| [x](a.md) | A | H |
"""
DASHES, KEYS = "---\n", "title: A\nid: x\n"
BODIES = {
    "heading and rule": "# H\n\nText.\n\n---\n\nMore.\n",
    "prose and rule": "Text.\n\n---\n\nMore.\n",
    "blank line first": "\nText.\n\n---\n",
    "underlined heading": "H\n=\n\nText.\n",
    "list": "- one\n- two\n",
    "list and rule": "\n- one\n- two\n\n---\n\nMore.\n",
    "key-like": "Note: this is text.\n",
    "table": "| a | b |\n| - | - |\n",
    "fenced header": "Text.\n\n```yaml\n---\ntitle: B\n---\n```\n",
    "rules": "Text.\n\n----\n\nMore.\n\n***\n\n - - -\n",
}
# What is written for a delimiter line, and why it is none.
MALFORMED = {
    "one blank in front": " ---",
    "four blanks in front": "    ---",
    "a tab in front": "\t---",
    "a blank behind": "--- ",
    "a tab behind": "---\t",
    "a no-break space behind": "---\u00a0",
    "a zero-width space behind": "---\u200b",
    "two carriage returns behind": "---\r\r",
    "four dashes": "----",
    "eighty dashes": "-" * 80,
    "two dashes": "--",
    "one dash": "-",
    "an em dash": "—",
    "three em dashes": "———",
    "three en dashes": "–––",
    "an em dash and a hyphen": "—-",
    "minus signs": "−−−",
    "box lines": "───",
    "full-width hyphens": "－－－",
    "a soft hyphen among them": "-\u00ad-",
}


@pytest.fixture
def findings(check: Callable[..., Result]) -> Callable[..., list[str]]:
    """The findings on one document whose contract wants YAML front matter."""

    def findings_of(document: str, newline: str = "any", bom: str = "false") -> list[str]:
        return brief(check({"INDEX.md": INDEX % (newline, bom), "a.md": document}))

    return findings_of


CLEAN = {
    "as it should be": (DASHES + KEYS + DASHES + "# H\n", "any", "false"),
    "closed by ...": (DASHES + KEYS + "...\n" + "# H\n", "any", "false"),
    "closed by the last line of its kind": (DASHES + KEYS + DASHES + "Text.\n---\n", "any", "false"),
    "CRLF": ((DASHES + KEYS + DASHES + "# H\n").replace("\n", "\r\n"), "crlf", "false"),
    "CRLF in the first line alone": ("---\r\n" + KEYS + DASHES + "# H\n", "any", "false"),
    "a declared byte-order mark": ("\ufeff" + DASHES + KEYS + DASHES + "# H\n", "any", "true"),
    "blank lines inside": (DASHES + "\ntitle: A\n\nid: x\n\n" + DASHES + "Text.\n", "any", "false"),
    "a comment of dashes": (DASHES + KEYS + "# ---\n" + DASHES + "Text.\n", "any", "false"),
    "dashes in a plain value": (DASHES + KEYS + "note: a --- b ---\n" + DASHES + "Text.\n", "any", "false"),
    "dashes alone in a plain value": (DASHES + KEYS + "note: ---\n" + DASHES + "Text.\n", "any", "false"),
    "dashes in a quoted value": (DASHES + KEYS + 'note: "---"\n' + DASHES + "Text.\n", "any", "false"),
    "a line of a quoted value": (DASHES + KEYS + 'note: "a\n  ---\n  b"\n' + DASHES + "Text.\n", "any", "false"),
    "a line of a block value": (DASHES + KEYS + "note: |\n  a\n  ---\n  b\n" + DASHES + "Text.\n", "any", "false"),
    "the last line of a block value": (DASHES + KEYS + "note: |\n  ---\n" + DASHES + "Text.\n", "any", "false"),
    "a long line of a folded value": (DASHES + KEYS + "note: >\n  ----\n\n  b\n" + DASHES + "Text.\n", "any", "false"),
    "two dashes in a plain value": (DASHES + KEYS + "note: a\n  --\n  b\n" + DASHES + "Text.\n", "any", "false"),
    "an empty item": (DASHES + KEYS + "note:\n-\n- b\n" + DASHES + "Text.\n", "any", "false"),
    "a key of several lines": (DASHES + KEYS + '? "a\n\n  b"\n: c\n' + DASHES + "Text.\n", "any", "false"),
    "a key that is not ASCII": (DASHES + "größe: 1\n" + KEYS + DASHES + "Text.\n", "any", "false"),
    "a rule behind a blank line": (DASHES + KEYS + DASHES + "\n---\n\nText.\n", "any", "false"),
    "a longer rule at once": (DASHES + KEYS + DASHES + "----\nText.\n", "any", "false"),
}


@pytest.mark.parametrize(("document", "newline", "bom"), CLEAN.values(), ids=CLEAN)
def test_delimiters_that_are_right_give_nothing(
    document: str, newline: str, bom: str, findings: Callable[..., list[str]]
) -> None:
    assert findings(document, newline, bom) == []


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_body_is_no_matter_of_the_header(body: str, findings: Callable[..., list[str]]) -> None:
    assert findings(DASHES + KEYS + DASHES + body) == []


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize(
    ("header", "finding"),
    [
        pytest.param(KEYS + DASHES, "DL101 a.md:1:1-1:9", id="opening line removed"),
        pytest.param(DASHES + KEYS, "DL103 a.md:1:1-1:4", id="closing line removed"),
        pytest.param(DASHES + DASHES + KEYS + DASHES, "DL118 a.md:2:1-2:4", id="opening line doubled"),
        pytest.param(DASHES + KEYS + DASHES + DASHES, "DL118 a.md:5:1-5:4", id="closing line doubled"),
        pytest.param(DASHES + KEYS + "...\n" + DASHES, "DL118 a.md:5:1-5:4", id="closed twice"),
        pytest.param("\n" + DASHES + KEYS + DASHES, "DL104 a.md:1:1-1:1", id="a blank line before"),
        pytest.param(" \n\n" + DASHES + KEYS + DASHES, "DL104 a.md:1:1-2:1", id="two blank lines before"),
        pytest.param("Intro: text.\n" + DASHES + KEYS + DASHES, "DL104 a.md:1:1-1:13", id="a line of text before"),
        pytest.param("<!-- x -->\n\n" + DASHES + KEYS + DASHES, "DL104 a.md:1:1-2:1", id="a comment before"),
        pytest.param("\ufeff" + DASHES + KEYS + DASHES, "DL106 a.md:1:1-1:1", id="a byte-order mark before"),
        pytest.param("```\n" + DASHES + KEYS + DASHES + "```\n", "DL101 a.md:1:1-1:4", id="inside a code fence"),
        pytest.param("Text.\n\n~~~\n" + DASHES + KEYS + DASHES + "~~~\n", "DL101 a.md:1:1-1:6", id="in a fence below"),
        pytest.param("", "DL101 a.md:1:1-1:", id="everything removed"),
    ],
)
def test_one_deed_gives_one_finding(header: str, finding: str, body: str, findings: Callable[..., list[str]]) -> None:
    found = findings(header + body)
    assert len(found) == 1, found
    assert found[0].startswith(finding)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("line", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_line_is_found_where_it_stands(line: str, body: str, findings: Callable[..., list[str]]) -> None:
    width = len(line.removesuffix("\r")) + 1
    opening, closing = f"DL105 a.md:1:1-1:{width}", f"DL105 a.md:4:1-4:{width}"
    assert findings(f"{line}\n{KEYS}{DASHES}{body}") == [opening]
    assert findings(f"{DASHES}{KEYS}{line}\n{body}") == [closing]
    assert findings(f"{line}\n{KEYS}{line}\n{body}") == [opening, closing]


SPECIAL = {
    "the closing line is the last, without a line end": ("---\ntitle: A\nid: x\n---", ["CT105 a.md"]),
    "unclosed up to the end": ("---\ntitle: A\nid: x", ["DL103 a.md:1:1-1:4"]),
    "nothing but the opening line": ("---", ["DL103 a.md:1:1-1:4"]),
    "nothing at all": ("", ["CT105 a.md"]),
    "nothing but blanks": ("\r\n \n", ["CT105 a.md"]),
    "nothing but a byte-order mark": ("\ufeff", ["CT105 a.md", "DL106 a.md:1:1-1:1"]),
    "no opening line and no body": (KEYS + DASHES, ["CT105 a.md", "DL101 a.md:1:1-1:9"]),
    "unclosed before an underlined heading": (DASHES + KEYS + "\nH\n---\n\nText.\n", ["DL103 a.md:1:1-1:4"]),
    "unclosed before a longer underline": (DASHES + KEYS + "\nH\n-----\n\nText.\n", ["DL103 a.md:1:1-1:4"]),
    "unclosed behind a list of its own": (
        DASHES + KEYS + "tags:\n- b\n-\n  c\nend: 1\n\n- item\n\n---\n\nMore.\n",
        ["DL103 a.md:1:1-1:4"],
    ),
    "unclosed behind a comment": (DASHES + KEYS + "# note\nend: 1\n# H\n\nText.\n", ["DL103 a.md:1:1-1:4"]),
    "a blank line with CRLF before": ("\r\n---\r\ntitle: A\r\nid: x\r\n---\r\nText.\r\n", ["DL104 a.md:1:1-1:1"]),
    "a closing line of three dashes, indented behind a value, and a rule below": (
        DASHES + KEYS + " ---\nNote: this reads as a key.\n\n---\n",
        ["DL105 a.md:4:1-4:5"],
    ),
    "a malformed line behind a block value that holds one": (
        DASHES + KEYS + "note: |\n  ----\n  b\n----\nText.\n",
        ["DL105 a.md:7:1-7:5"],
    ),
    "a key without a colon": (DASHES + "id: x\ntitle A\n" + DASHES + "Text.\n", ["MT101 a.md:3:1-3:2"]),
    "a key without a colon, first": (DASHES + "title A\nid: x\n" + DASHES + "Text.\n", ["MT101 a.md:3:3-3:4"]),
    "a second header": (DASHES + KEYS + DASHES + DASHES + "title: B\n---\nText.\n", ["DL118 a.md:5:1-5:4"]),
    "a rule before key-like text": ("Text.\n\n---\n\nNote: this.\n\n---\n", ["DL101 a.md:1:1-1:6"]),
    "the header behind fifty lines": ("Text.\n" * 50 + DASHES + KEYS + DASHES, ["DL101 a.md:1:1-1:6"]),
    "a text that begins with dashes": ("--- Title ---\n\nText.\n", ["DL101 a.md:1:1-1:14"]),
    "a title that reads as a key": ("Kiev: strikes\n\nText.\n\n---\n", ["DL101 a.md:1:1-1:14"]),
}


@pytest.mark.parametrize(("document", "expected"), SPECIAL.values(), ids=SPECIAL)
def test_a_special_case(document: str, expected: list[str], findings: Callable[..., list[str]]) -> None:
    assert findings(document) == expected


def test_a_line_ended_by_crlf_alone_is_of_the_line_ends(findings: Callable[..., list[str]]) -> None:
    assert findings("---\r\n" + KEYS + DASHES + "Text.\n", newline="lf") == ["DL107 a.md:1:4-2:1"]


# Undeclared

UNDECLARED = {
    "a header": (DASHES + KEYS + DASHES + "Text.\n", ["title", "id"], "Text.\n"),
    "behind a byte-order mark": ("\ufeff---\ntitle: A\n---\nText.\n", ["title"], "Text.\n"),
    "with blanks behind its dashes": ("--- \ntitle: A\n---\t\nText.\n", ["title"], "Text.\n"),
    "a comment first": ("---\n# note\n\ntitle: A\n---\nText.\n", ["title"], "Text.\n"),
    "an empty header": ("---\n---\nText.\n", [], "Text.\n"),
    "not on line one": ("\n---\ntitle: A\n---\n", None, "\n---\ntitle: A\n---\n"),
    "not closed": ("---\ntitle: A\n\nText.\n", None, "---\ntitle: A\n\nText.\n"),
    "a rule and prose": ("---\n\nText.\n\n---\n", None, "---\n\nText.\n\n---\n"),
    "a rule, key-like text and prose": ("---\nNote: x\n\nText.\n\n---\n", None, "---\nNote: x\n\nText.\n\n---\n"),
    "four dashes": ("----\ntitle: A\n---\n", None, "----\ntitle: A\n---\n"),
    "a title with a colon": ("Kiev: strikes\n---\nText.\n", None, "Kiev: strikes\n---\nText.\n"),
    "only dashes": ("---", None, "---"),
    "only comments": ("---\n# a\n", None, "---\n# a\n"),
    "nothing": ("", None, ""),
}


@pytest.mark.parametrize(("document", "keys", "body"), UNDECLARED.values(), ids=UNDECLARED)
def test_undeclared_it_is_a_header_only_where_nothing_is_in_doubt(
    document: str, keys: list[str] | None, body: str
) -> None:
    data = document.encode()
    header = read_header(data, None)
    assert header.faults == ()
    assert header.dialect == (None if keys is None else "yaml")
    assert [field.key for field in header.fields] == (keys or [])
    assert data[header.body :].decode() == body


# What is read

READ = {
    "behind an unclosed header": ("---\ntitle: A\nid: x\nText.\n", {"title": "A", "id": "x"}, "Text.\n"),
    "an unclosed list": ("---\ntags:\n- a\n-\n  b\nText.\n", {"tags": ""}, "Text.\n"),
    "behind a removed opening line": ("title: A\n---\nText.\n", {"title": "A"}, "Text.\n"),
    "behind a doubled opening line": ("---\n---\ntitle: A\n---\nText.\n", {"title": "A"}, "Text.\n"),
    "of the first of two headers": ("---\ntitle: A\n---\n---\ntitle: B\n---\nText.\n", {"title": "A"}, "Text.\n"),
    "of the second, where the first is empty": (
        "---\n# none\n---\n---\ntitle: B\n---\nText.\n",
        {"title": "B"},
        "Text.\n",
    ),
    "behind a doubled closing line, with a rule further down": (
        "---\ntitle: A\n---\n---\nNote: x\n\n---\n",
        {"title": "A"},
        "Note: x\n\n---\n",
    ),
    "an empty header and a rule below key-like text": ("---\n---\nNote: x\n\n---\n", {}, "Note: x\n\n---\n"),
    "an empty mapping before key-like text": ("---\n{}\n---\nNote: x\n---\n", {}, "Note: x\n---\n"),
    "beside a value that does not parse": (
        "---\ntitle: A: B\nid: x\nid: y\n---\nText.\n",
        {"id": "x"},
        "Text.\n",
    ),
    "a value in another encoding": (b"---\ntitle: \xe9\nid: x\n---\n".decode("latin-1"), {"title": "é", "id": "x"}, ""),
    "a list": ("---\n- a\n---\nText.\n", {}, "Text.\n"),
    "text alone": ("---\nText\n---\nText.\n", {}, "Text.\n"),
    "a text that is no YAML": ("---\n@ @\n---\nText.\n", {}, "Text.\n"),
}


@pytest.mark.parametrize(("document", "values", "body"), READ.values(), ids=READ)
def test_the_metadata_and_the_body_are_read_all_the_same(document: str, values: dict[str, str], body: str) -> None:
    data = document.encode()
    header = read_header(data, "yaml")
    assert {field.key: field.node.text for field in header.fields} == values
    assert data[header.body :].decode() == body


def test_a_bomb_is_no_open_end() -> None:
    header = read_header(f"---\nc: {'[' * 80}\n\ntext\n---\nText.\n".encode(), "none")
    assert header.faults == ()
    header = read_header(f"---\nc: {'[' * 80}\n---\nText.\n".encode(), "yaml")
    assert [fault.kind for fault in header.faults] == ["too-deep"]


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(b"---\n" + b"a" + b" " * 300_000 + b"\n", id="one long line"),
        pytest.param(b"---\na: |\n" + b"  ---\n" * 5_000, id="many lines of dashes in a value"),
        pytest.param(b"---\n" + b"----\n" * 5_000, id="many lines of dashes"),
        pytest.param(b"---\n" + b"a: b\n" * 1_000 + b"\ntext\n\n---\n", id="many keys"),
        pytest.param(b"Text.\n" + b"---\na: b\n" * 5_000, id="many openings"),
    ],
)
def test_a_hostile_header_takes_no_long_time(document: bytes) -> None:
    started = time.process_time()
    assert read_header(document, "yaml").faults
    assert time.process_time() - started < 20


# Round trips

LINES = st.sampled_from(["---", "----", " ---", "...", "key: v", "", "text", "- item", "# c", "'", '"', "é — x", "|"])
TEXT = st.lists(LINES | st.text(max_size=8), max_size=6).map("\n".join) | st.text()
FIGURES = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = TEXT | FIGURES | st.booleans() | st.none() | st.dates()
VALUES = st.recursive(
    SCALARS,
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=6,
)
METADATA = st.dictionaries(st.text("abAB -_.é:?", min_size=1, max_size=6) | st.text(max_size=140), VALUES, max_size=5)


def reread(header: Header, data: bytes) -> dict[str, Any]:
    """The values that stand at the places of a header's fields."""
    values: dict[str, Any] = {}
    for field in header.fields:
        start, end = field.node.span
        before = data[:start].decode().rpartition("\n")[2].removeprefix("\ufeff")
        values[field.key] = yaml.safe_load(" " * len(before) + data[start:end].decode())
    return values


STYLES = st.fixed_dictionaries(
    {"default_flow_style": st.sampled_from([None, True, False]), "allow_unicode": st.booleans()}
)


@given(METADATA, TEXT, STYLES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_what_pyyaml_writes_is_read_where_it_stands(
    metadata: dict[str, Any], body: str, style: dict[str, Any], newline: str, mark: str
) -> None:
    assume(body.partition("\n")[0].rstrip("\r") != "---")
    written = yaml.safe_dump(metadata, sort_keys=False, **style)
    assume(yaml.safe_load(written) == metadata)
    front = mark + f"---\n{written}---\n".replace("\n", newline)
    data = (front + body).encode()
    header = read_header(data, "yaml")
    assert header.faults == ()
    assert data[: header.body].decode() == front
    assert reread(header, data) == metadata
    for field in header.fields:
        if isinstance(metadata[field.key], str):
            assert field.node.text == metadata[field.key]


NAMES = st.from_regex(r"[A-Za-z_][\w .-]{0,5}\w", fullmatch=True)


@given(st.dictionaries(NAMES, SCALARS, min_size=1, max_size=4), TEXT)
def test_undeclared_front_matter_ends_where_it_was_closed(metadata: dict[str, Any], body: str) -> None:
    assume(body.partition("\n")[0].rstrip("\r") != "---")
    front = f"---\n{yaml.safe_dump(metadata, sort_keys=False)}---\n"
    header = read_header((front + body).encode(), None)
    assert (header.dialect, header.body, header.faults) == ("yaml", len(front.encode()), ())
    assert [field.key for field in header.fields] == list(metadata)


@given(st.binary() | TEXT.map(str.encode), st.sampled_from(["yaml", "none", None]))
def test_a_header_lies_within_its_document(data: bytes, dialect: str | None) -> None:
    header = read_header(data, dialect)
    assert 0 <= header.start <= header.end <= len(data)
    assert header.start <= header.body <= len(data)
    for fault in header.faults:
        assert fault.span is not None
        assert 0 <= fault.span.start <= fault.span.end <= len(data)
