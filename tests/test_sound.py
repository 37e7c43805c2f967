"""The short path of a scan: wherever it says anything, it says what the whole scan says."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validator.contract import Delimiters, Limits
from validator.scan import Plan, scan
from validator.sound import LARGE, DoubtError, Reader, Sound, compile_sound, of_document

SOURCES = (
    "name.id", "name.slug", "name.none", "path", "header.id", "header.title", "header.Title", "heading", "first-line",
    "content.bytes", "content.chars", "content.lines", "content.words", "content.sha256", "content.md5",
)  # fmt: skip
SCHEMA = {
    "type": "object",
    "required": ["title"],
    "properties": {"title": {"type": "string", "minLength": 2}, "n": {"type": "integer"}, "id": {"enum": ["1", "2"]}},
    "additionalProperties": {"type": ["string", "null"]},
}
BASE = Plan("d", SOURCES, ids=("name.id", "header.id"), name="{id}-{slug}.md")
PLANS = [
    BASE._replace(delimiters=delimiters, schema=schema, loose=loose, required_ids=required, limits=limits)
    for delimiters in (
        Delimiters("yaml", "lf", "required"),
        Delimiters("none", "any", "forbidden"),
        Delimiters(None),
    )
    for schema in (None, json.dumps(SCHEMA), json.dumps({"additionalProperties": False, "properties": {"title": True}}))
    for loose in (frozenset[str](), frozenset({"header.title", "first-line"}), frozenset({"header.id"}))
    for required in ((), ("header.id",))
    for limits in (Limits(), Limits(header=40))
]
KEYS = ["id", "title", "Title", "TITLE", "n", "a-b", "_x", "title ", "1", "é", ""]
VALUES = [
    "1", "'1'", '"2"', "3", "A title", '"A title"', "a", "", "0010", "no", "~", "null", "1e3", "2024-13-45",
    "2024-01-31",
    "[a, b]", "x # y", "x #y", "x: y", "x:y", "&a b", "*a", "|", "Ä", "Ä\u00a0b", "a\u200bb", "'", '"a\\n"', "- a",
    "12", "-",
]  # fmt: skip
BODIES = [
    "",
    "\n",
    " ",
    "Text\n",
    "Text",
    "\n\n# Head\n\nText.\n",
    "# `a` *b*\n",
    "---\nb\n",
    "<<<<<<< a\n",
    "a\r\nb\n",
    "é“\n",
]


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    fields = draw(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), max_size=4))
    block = "".join(f"{key}: {value}\n" for key, value in fields)
    opening = draw(st.sampled_from(["---\n", "---\n", "---\n", "", "--- \n", "\n---\n", "+++\n", "\ufeff---\n"]))
    closing = draw(st.sampled_from(["---\n", "---\n", "---\n", "", "...\n", "---", "---\n---\n"]))
    data = (opening + block + closing + draw(st.sampled_from(BODIES))).encode()
    return data + draw(st.sampled_from([b"", b"", b"\xff", b"\0", b"end\n"]))


def tried(read: Reader, path: str, data: bytes) -> Sound | None:
    """What the short path says, or `None` where it doubts."""
    try:
        return read(path, data)
    except DoubtError:
        return None


PATHS = st.sampled_from(["d/1-a.md", "d/2-b-c.txt", "d/x.md", "d/é-a.md", "d/-a.md", "d/1-a/2-b.md"])


@given(st.sampled_from(PLANS), PATHS, documents())
@example(PLANS[0], "d/1-a.md", b"---\ntitle: A title\nid: '1'\n---\nText\n")
def test_it_says_what_the_whole_scan_says(plan: Plan, path: str, data: bytes) -> None:
    read = compile_sound(plan)
    assert read is not None
    first, again = tried(read, path, data), tried(read, path, data)
    assert first == again
    if first is not None:
        assert first == of_document(scan(plan, path, data))


FRONT = b"---\nid: '1'\ntitle: A title\n---\n"


@pytest.mark.parametrize(
    ("plan", "data"),
    [
        pytest.param(PLANS[0], FRONT + b"Text\n", id="front matter"),
        pytest.param(BASE, FRONT + b"Text", id="front matter that nobody declared"),
        pytest.param(BASE, b"Text\n", id="text alone"),
        pytest.param(BASE._replace(schema=json.dumps(SCHEMA)), FRONT + b"Text\n", id="metadata that fits its schema"),
    ],
)
def test_a_sound_document_is_read(plan: Plan, data: bytes) -> None:
    read = compile_sound(plan)
    assert read is not None
    found = read("d/1-a.md", data)
    assert isinstance(found, Sound)
    assert found == of_document(scan(plan, "d/1-a.md", data))


@pytest.mark.parametrize("loose", [frozenset[str](), frozenset({"first-line"})], ids=["a title", "no title"])
def test_a_first_line_without_text_is_a_fault_where_it_is_called_the_title(loose: frozenset[str]) -> None:
    read = compile_sound(BASE._replace(loose=loose, name=None, ids=()))
    assert read is not None
    assert (tried(read, "d/a.txt", b"\nText\n") is None) is (not loose)


def test_one_form_of_header_follows_another() -> None:
    read = compile_sound(BASE)
    assert read is not None
    other = b"---\nother: x\nid: '1'\n---\nText\n"
    title = SOURCES.index("header.title")
    found = [read("d/1-a.md", data) for data in (FRONT + b"Text\n", other, FRONT + b"Text\n")]
    assert [item.values[title] for item in found] == [b"A title", None, b"A title"]


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(BASE._replace(delimiters=Delimiters("toml")), id="another dialect"),
        pytest.param(BASE._replace(delimiters=Delimiters(newline="crlf")), id="CRLF"),
        pytest.param(BASE._replace(delimiters=Delimiters(bom="true")), id="a byte-order mark"),
        pytest.param(BASE._replace(delimiters=Delimiters(begin=("<DOC>",))), id="several documents"),
        pytest.param(BASE._replace(expressions=("sidecar.title",)), id="sidecars"),
        pytest.param(BASE._replace(expressions=("heading.id",)), id="an ID in the heading"),
        pytest.param(BASE._replace(limits=Limits(line=80)), id="a limit for lines"),
        pytest.param(BASE._replace(schema='{"minProperties": 1}'), id="a schema that is not judged key by key"),
    ],
)
def test_other_plans_are_not_for_it(plan: Plan) -> None:
    assert compile_sound(plan) is None


@pytest.mark.parametrize(
    ("tail", "is_sound"),
    [
        pytest.param("“more” ".encode() * (LARGE // 5), True, id="text"),
        pytest.param(b"a" * LARGE, True, id="ASCII"),
        pytest.param("“more” ".encode() * (LARGE // 5) + b"\xe2\x80", False, id="half a character at the end"),
        pytest.param("é".encode() * LARGE + b"\xff" + b"a" * LARGE, False, id="a broken character inside"),
    ],
)
def test_a_large_document_is_read_as_any_other(tail: bytes, is_sound: bool) -> None:  # noqa: FBT001 - a parameter
    read = compile_sound(BASE)
    assert read is not None
    for shift in range(4):  # Wherever a character is cut by the stretches that are looked at.
        data = FRONT + b"a" * shift + tail
        found = tried(read, "d/1-a.md", data)
        assert (found is not None) is is_sound
        assert found == of_document(scan(BASE, "d/1-a.md", data))


def test_without_a_digest_none_is_computed() -> None:
    plan = BASE._replace(digest=False)
    read = compile_sound(plan)
    assert read is not None
    data = FRONT + b"Text\n"
    assert read("d/1-a.md", data) == of_document(scan(plan, "d/1-a.md", data))


ORDINARY = FRONT + b"Text\n"


@pytest.mark.parametrize(
    ("plan", "data"),
    [
        pytest.param(BASE._replace(required_ids=("header.id",)), b"---\ntitle: A title\n---\nText\n", id="no ID"),
        pytest.param(BASE, b"---\nid: '  '\n---\nText\n", id="an empty ID"),
        pytest.param(BASE._replace(limits=Limits(header=20)), ORDINARY, id="a header over the limit"),
        pytest.param(BASE, b"---\nid: '1'\nid: '1'\n---\nText\n", id="a key twice"),
        pytest.param(BASE._replace(schema=json.dumps(SCHEMA)), b"---\nid: '1'\n---\nText\n", id="a key that is wanted"),
        pytest.param(BASE._replace(delimiters=Delimiters("none")), ORDINARY, id="a header that is not wanted"),
        pytest.param(BASE._replace(delimiters=Delimiters("yaml")), b"Text\n", id="no header that is wanted"),
        pytest.param(BASE, FRONT, id="no body"),
        pytest.param(BASE, FRONT + b"---\nText\n", id="a second header"),
        pytest.param(
            BASE._replace(delimiters=Delimiters("yaml")), b"---\ntitle: no\n---\nText\n", id="a value misread"
        ),
        pytest.param(BASE, FRONT + b"a\n<<<<<<< b\n", id="a conflict"),
        pytest.param(BASE, b"\xef\xbb\xbfText\n", id="a byte-order mark"),
        pytest.param(BASE, b"version https://git-lfs.github.com/spec/v1\noid 1\n", id="a pointer"),
    ],
)
def test_it_doubts(plan: Plan, data: bytes) -> None:
    read = compile_sound(plan)
    assert read is not None
    assert tried(read, "d/1-a.md", data) is None


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        pytest.param("d/1-a.md", b"A line\n", b"A line", id="a first line"),
        pytest.param("d/1-a.md", b"## A heading\n", None, id="a block of Markdown, which nobody called a title"),
        pytest.param("d/1-a.txt", b"## A heading\n", b"## A heading", id="the same in a text"),
        pytest.param("d/1-a.md", ORDINARY, None, id="text behind a header"),
    ],
)
def test_a_first_line_that_nobody_declared(path: str, data: bytes, expected: bytes | None) -> None:
    plan = BASE._replace(loose=frozenset({"first-line"}), name=None, ids=())
    read = compile_sound(plan)
    assert read is not None
    found = tried(read, path, data)
    assert found == of_document(scan(plan, path, data))
    assert found is not None
    assert found.values[SOURCES.index("first-line")] == expected


def test_no_more_is_remembered_than_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.sound._REMEMBERED", 1)
    monkeypatch.setattr("validator.sound._MOST_FORMS", 1)
    plan = BASE._replace(delimiters=Delimiters("yaml"))
    read = compile_sound(plan)
    assert read is not None
    for number in range(3):
        for key in ("a", "b", "a"):
            data = f"---\nid: '{number}'\n{key}: 1{number}\n---\nText\n".encode()
            assert tried(read, "d/1-a.md", data) == of_document(scan(plan, "d/1-a.md", data))
