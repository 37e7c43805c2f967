"""One document: what it states, its facts, and that a scan never raises."""

from __future__ import annotations

import hashlib
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.contract import Delimiters, Limits
from validator.model import Document, Fault, Span
from validator.scan import Plan, key_of, scan, unread

FACTS = tuple(f"content.{fact}" for fact in ("bytes", "chars", "lines", "words", "sha256", "sha1", "md5", "blake2b"))
STATED = ("path", "name.id", "name.slug", "header.id", "header.title", "heading", "first-line")
EVERYTHING = (*STATED, *FACTS)


def stated(document: Document, source: str) -> tuple[str, Span | None] | None:
    """What a document states for an expression, and where."""
    claim = next((claim for claim in document.claims if claim is not None and claim.source == source), None)
    return None if claim is None else (claim.value, claim.span)


def look(data: bytes, source: str, **plan: object) -> tuple[str, Span | None] | None:
    """What one expression gives for a document."""
    return stated(scan(Plan("d")._replace(expressions=(source,), **plan), "d/1-a.md", data), source)  # type: ignore[arg-type]


# Facts


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        pytest.param(b"", ("0", "0", "0", "0"), id="nothing"),
        pytest.param(b"a", ("1", "1", "1", "1"), id="a letter"),
        pytest.param(b"a\n", ("2", "2", "1", "1"), id="a line"),
        pytest.param("é b\r\nc".encode(), ("7", "6", "2", "3"), id="CRLF and a last line without an end"),
        pytest.param("a\u2028b\x0cc\x85\n".encode(), ("10", "7", "1", "3"), id="other line ends"),
        pytest.param(b"\n\n", ("2", "2", "2", "0"), id="empty lines"),
        pytest.param(b"\xe9\xe9 x", ("4", "4", "1", "2"), id="not UTF-8"),
        pytest.param(b"---\nid: x\n---\nb\n", ("16", "16", "4", "5"), id="the header counts"),
        pytest.param(b"\xef\xbb\xbf\na b\n", ("8", "5", "2", "2"), id="a byte-order mark is no text"),
        pytest.param(b"a \xef\xbb\xbf\n", ("6", "4", "1", "2"), id="its character elsewhere is"),
    ],
)
def test_facts_are_of_the_whole_file(data: bytes, facts: tuple[str, ...]) -> None:
    assert tuple(look(data, source) for source in FACTS[:4]) == tuple((fact, None) for fact in facts)


@given(st.binary())
def test_digests_are_of_all_bytes(data: bytes) -> None:
    for name in ("sha256", "sha1", "md5", "blake2b"):
        document = scan(Plan("")._replace(expressions=(f"content.{name}",)), "a", data)
        if document.faults and document.faults[0].kind == "pointer-file":
            continue
        assert stated(document, f"content.{name}") == (hashlib.new(name, data).hexdigest(), None)


def test_copies_are_told_by_a_digest_and_empty_documents_have_none() -> None:
    assert scan(Plan(""), "a", b"a").digest == hashlib.sha256(b"a").digest()
    assert scan(Plan("")._replace(digest=False), "a", b"a").digest is None
    assert scan(Plan(""), "a", b"\n").digest is None


# What is stated

HEADED = b"\xef\xbb\xbf---\ntitle: T\nOther Key: [a, {b: c}]\nid:\n---\n\n First \r\n# H *x*\n"
YAML = Delimiters(header="yaml", bom="any")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("path", ("1-a.md", None), id="path"),
        pytest.param("name.id", ("1", None), id="name"),
        pytest.param("name.slug", ("a", None), id="another field of the name"),
        pytest.param("name.other", None, id="no field of the name"),
        pytest.param("header.title", ("T", Span(14, 15)), id="header"),
        pytest.param("header.Other Key", ("a, {b: c}", Span(27, 38)), id="a list in the header"),
        pytest.param("header.id", ("", Span(39, 41)), id="an empty key stands where its name does"),
        pytest.param("header.Title", None, id="another spelling of a key"),
        pytest.param("heading", ("H x", Span(59, 64)), id="heading"),
        pytest.param("first-line", (" First ", Span(48, 55)), id="first line"),
    ],
)
def test_where_values_come_from(source: str, expected: tuple[str, Span | None] | None) -> None:
    assert look(HEADED, source, name="{id}-{slug}.md", delimiters=YAML) == expected


@pytest.mark.parametrize("key", ["title", "TITLE", "t-it le", "t_i_t_l_e"])
def test_loosely_a_key_is_found_however_it_is_spelled(key: str) -> None:
    data = f"---\n{key}: T\n---\nText.\n".encode()
    found = look(data, "header.title", loose=frozenset({"header.title"}))
    assert found is not None
    assert found[0] == "T"


def test_the_first_line_of_a_document_without_a_header_may_be_empty() -> None:
    assert look(b"\nText.\n", "first-line") == ("", Span(0, 0))
    assert look(b"\nText.\n", "first-line", loose=frozenset({"first-line"})) is None
    assert look(b"\xef\xbb\xbfText.", "first-line") == ("Text.", Span(3, 8))
    assert look(b"", "first-line") is None
    assert look(b"---\nid: x\n---\n\n", "first-line") is None


def test_a_path_is_told_from_the_folder_of_the_index() -> None:
    plan = Plan("")._replace(expressions=("path",))
    assert stated(scan(plan, "x/a.md", b""), "path") == ("x/a.md", None)
    assert stated(scan(plan._replace(folder="x"), "x/y/a.md", b""), "path") == ("y/a.md", None)


def test_a_key_is_the_same_without_case_spaces_hyphens_and_underscores() -> None:
    assert key_of("Other-Key_of\tÄ") == "otherkeyofä"


# Faults


def kinds(document: Document) -> list[str]:
    return [fault.kind for fault in document.faults]


def test_the_faulty_line_states_nothing_and_the_others_do() -> None:
    plan = Plan("")._replace(expressions=("header.a", "header.b", "heading"), delimiters=Delimiters(header="yaml"))
    document = scan(plan, "a", b"---\na: \xe9\nb: B\n---\n# H\n")
    assert [claim and claim.value for claim in document.claims] == [None, "B", "H"]
    assert (kinds(document), document.spoiled, document.broken) == (["not-utf8"], ("a",), False)


def test_a_key_that_is_not_utf8_is_one_fault() -> None:
    schema = '{"required": ["id"], "additionalProperties": false}'
    plan = Plan("", ("header.id",), ("header.id",), ("header.id",), schema=schema)
    document = scan(plan, "a", b"---\ni\xe9: x\n---\nText.\n")
    assert (kinds(document), document.broken) == (["not-utf8"], True)


def test_utf_16_states_nothing_but_its_bytes_and_its_name() -> None:
    plan = Plan("d")._replace(expressions=EVERYTHING, name="{id}-{slug}.md", delimiters=Delimiters("yaml", "lf"))
    document = scan(plan, "d/1-a.md", "---\r\nid: x\r\n---\r\n# H\r\n".encode("utf-16"))
    given_claims = {claim.source for claim in document.claims if claim is not None}
    assert given_claims == {"path", "name.id", "name.slug", "content.bytes", *FACTS[4:]}
    assert kinds(document) == ["not-utf8"]
    assert document.broken


def test_a_document_that_cannot_be_read_states_what_its_name_does() -> None:
    plan = Plan("d")._replace(expressions=EVERYTHING, name="{id}-{slug}.md", ids=("name.id", "header.id"))
    fault = Fault("unreadable", None, ("why",))
    document = unread(plan, "d/1-a.md", fault)
    assert {claim.source: claim.value for claim in document.claims if claim} == {
        "path": "1-a.md", "name.id": "1", "name.slug": "a",
    }  # fmt: skip
    assert ([claim.value for claim in document.ids], document.faults, document.broken) == (["1"], (fault,), True)


@pytest.mark.parametrize("value", ["", '""', "' '"])
def test_an_id_that_is_empty_is_missing_where_it_stands(value: str) -> None:
    plan = Plan("", ("header.id",), ("header.id",), ("header.id",))
    document = scan(plan, "a", f"---\nid: {value}\n---\nText.\n".encode())
    place = Span(8, 8 + len(value)) if value.strip("'\" ") or value == "' '" else Span(4, 6)
    assert document.faults == (Fault("missing-id", place, ("empty", "header.id")),)
    assert document.ids == ()


SILENT = {
    "a header without the ID": (b"---\na: b\n---\nText.\n", ["missing-id"]),
    "no header": (b"Text.\n", ["missing-header"]),
    "a header that never ends": (b"---\na: b\n\nText.\n", ["unclosed-header"]),
    "a header that is a list": (b"---\n- a\n---\nText.\n", ["header-type"]),
    "a bomb": (b"---\na: " + b"[" * 99 + b"\n---\nText.\n", ["too-deep"]),
    "an ID that does not parse": (b"---\nid: [x\n---\nText.\n", ["yaml-syntax"]),
    "another value that does not parse": (b"---\na: [x\n---\nText.\n", ["yaml-syntax", "missing-id"]),
    "a line that does not parse": (b"---\na: b\nid x\n---\nText.\n", ["yaml-syntax"]),
    "an ID that is not UTF-8": (b"---\nid: \xe9\n---\nText.\n", ["not-utf8"]),
    "nothing at all": (b"", ["empty-document"]),
    "no body": (b"---\na: b\n---\n", ["empty-document", "missing-id"]),
}


@pytest.mark.parametrize(("data", "expected"), SILENT.values(), ids=SILENT)
def test_an_id_is_missed_only_where_nothing_else_explains_it(data: bytes, expected: list[str]) -> None:
    plan = Plan("", ("header.id",), ("header.id",), ("header.id",), delimiters=Delimiters(header="yaml"))
    assert kinds(scan(plan, "a", data)) == expected


@pytest.mark.parametrize(("data", "expected"), SILENT.values(), ids=SILENT)
def test_a_schema_misses_a_key_only_where_nothing_else_explains_it(data: bytes, expected: list[str]) -> None:
    plan = Plan("", delimiters=Delimiters(header="yaml"), schema='{"required": ["id"]}')
    expected = [kind.replace("missing-id", "schema-required") for kind in expected]
    found = kinds(scan(plan, "a", data))
    assert found == expected


SCHEMA = """{"type": "object", "required": ["title"], "additionalProperties": false, "properties": {
 "title": {"type": "string"}, "tags": {"items": {"enum": ["a", "b"]}},
 "by": {"properties": {"name": {"minLength": 2}}, "required": ["name"], "additionalProperties": false}}}"""


@pytest.mark.parametrize(
    ("header", "kind", "key", "place"),
    [
        pytest.param("title: 1", "schema", "title", "1", id="a value"),
        pytest.param("title: T\ntags: [a, c]", "schema", "tags.1", "c", id="an item"),
        pytest.param("title: T\nby: {name: x}", "schema", "by.name", "x", id="a value of a mapping"),
        pytest.param("title:", "schema", "title", "title", id="an empty value stands where its key does"),
        pytest.param("title: T\nother: 1", "schema-unknown", "other", "other", id="an unknown key"),
        pytest.param("title: T\nby: {name: xy, age: 1}", "schema-unknown", "by.age", "age", id="an unknown key below"),
        pytest.param("title: T\nby: {}", "schema-required", "by.name", "{}", id="a key that is missing below"),
        pytest.param("tags: []", "schema-required", "title", "---", id="a key that is missing"),
    ],
)
def test_the_place_of_what_breaks_a_schema(header: str, kind: str, key: str, place: str) -> None:
    data = f"---\n{header}\n---\nText.\n".encode()
    (fault,) = scan(Plan("", schema=SCHEMA), "a", data).faults
    assert (fault.kind, fault.detail[0]) == (kind, key)
    assert fault.span is not None
    assert data[fault.span.start : fault.span.end].decode() == place


def test_a_key_that_stands_twice_breaks_no_schema_as_well() -> None:
    document = scan(Plan("", schema=SCHEMA), "a", b"---\ntitle: 1\ntitle: T\n---\nText.\n")
    assert kinds(document) == ["duplicate-key"]


def test_a_schema_that_refers_out_of_itself_is_a_fault() -> None:
    document = scan(Plan("", schema='{"$ref": "https://example.org/x"}'), "a", b"---\na: b\n---\nText.\n")
    assert kinds(document) == ["bad-schema"]


def test_a_name_off_the_template_states_nothing() -> None:
    plan = Plan("", ("name.id",), ("name.id",), name="{id:03}.md")
    assert scan(plan, "12.md", b"Text.\n").faults == (Fault("missing-id", None, ("name", "{id:03}.md")),)
    assert scan(plan, "012.md", b"Text.\n").faults == ()


# Any bytes

DELIMITERS = st.builds(
    Delimiters,
    st.sampled_from([None, "none", "yaml"]),
    st.sampled_from(["lf", "crlf", "any"]),
    st.sampled_from(["required", "forbidden", "any"]),
    st.sampled_from(["true", "false", "any"]),
)
PIECES = st.sampled_from(
    [
        b"---\n",
        b"id: x\n",
        b"title: [\n",
        b"# H\n",
        b"\n",
        b"\r\n",
        b"\xff",
        b"\xef\xbb\xbf",
        b"- a\n",
        b"t: &a [*a]\n",
        b"%",
    ]
)


@given(st.binary() | st.lists(PIECES).map(b"".join), DELIMITERS, st.frozensets(st.sampled_from(EVERYTHING)))
def test_a_scan_never_raises_and_its_places_lie_in_the_file(
    data: bytes, delimiters: Delimiters, loose: frozenset[str]
) -> None:
    plan = Plan(
        "", EVERYTHING, ("name.id", "header.id", "heading"), ("header.id", "heading"), loose, "{id}-{slug}.md",
        delimiters=delimiters, limits=Limits(header=20, line=5), schema='{"required": ["id"]}',
    )  # fmt: skip
    document = scan(plan, "1-a.md", data)
    spans = [fault.span for fault in document.faults] + [claim.span for claim in document.claims if claim]
    for span in spans:
        assert span is None or 0 <= span.start <= span.end <= len(data) + 3
    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301 - our own bytes
