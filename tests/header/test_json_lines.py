"""`header: json-lines`: each line of a file is a document, and a JSON object of its metadata."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Result, brief
from tests.rules.delimiters.several import index
from validator.compose import plain_value
from validator.header import read_header

JSON = index("{header: json-lines, bom: any}", fields="{title: header.title}")
GOOD = '{"id": "1", "title": "One"}\n{"id": "2", "title": "Two"}\n{"id": "3", "title": "Three"}\n'

CLEAN = {
    "as it should be": GOOD,
    "CRLF": GOOD.replace("\n", "\r\n"),
    "after a byte-order mark": "\ufeff" + GOOD,
    "no line end at the end": GOOD[:-1],
    "blank lines": GOOD.replace("\n", "\n \n"),
    "other keys": GOOD.replace("}", ', "tags": [1, {"a": null}], "n": 1e3}'),
    "escapes": GOOD.replace("Two", "T\\u0077o"),
    "a number as ID": GOOD.replace('"2"', "2"),
    "a delimiter of YAML": GOOD.replace('"2",', '"2", "text": "---\\n---",'),
}


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_nothing_to_find(text: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": JSON, "all.txt": text})
    assert result.findings == []
    assert result.report["checked"]["documents"] == 3


TWO = '{"id": "2", "title": "Two"}'
MUTATIONS = {
    "a line removed": (GOOD.replace(TWO + "\n", ""), "IX103 INDEX.md:10:3-10:4"),
    "a comma removed": (GOOD.replace('"2", ', '"2" '), "MT101 all.txt:2:12-2:13"),
    "a colon removed": (GOOD.replace('"id": "2"', '"id" "2"'), "MT101 all.txt:2:7-2:8"),
    "a brace removed": (GOOD.replace('Two"}', 'Two"'), "MT101 all.txt:2:1-2:2"),
    "a quotation mark removed": (GOOD.replace('Two"}', "Two}"), "MT101 all.txt:2:22-2:23"),
    "text behind it": (GOOD.replace(TWO, TWO + " x"), "MT101 all.txt:2:29-2:30"),
    "a list": (GOOD.replace(TWO, "[1]"), "MT102 all.txt:2:1-2:4"),
    "a text": (GOOD.replace(TWO, '"2"'), "MT102 all.txt:2:1-2:4"),
    "not UTF-8": (GOOD.encode().replace(b"Two", b"T\xffo"), "FS101 all.txt:2:24-2:25"),
    "the title of another": (GOOD.replace("Two", "Too"), "MT108 INDEX.md:10:7-10:10"),
    "no line": ("", "CT105 all.txt"),
    "blank lines alone": ("\n \n", "CT105 all.txt"),
}  # fmt: skip


def test_an_object_on_two_lines_costs_these_and_its_entry_is_not_missing(check: Callable[..., Result]) -> None:
    text = GOOD.replace('"2", ', '"2",\n')
    assert brief(check({"INDEX.md": JSON, "all.txt": text})) == ["MT101 all.txt:2:1-2:2", "MT101 all.txt:3:8-3:9"]


@pytest.mark.parametrize(
    ("text", "found"),
    [pytest.param(text, found, id=name) for name, (text, found) in MUTATIONS.items()],
)
def test_each_mutation_is_one_finding(text: str | bytes, found: str, check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": JSON, "all.txt": text})) == [found]


def test_a_key_that_stands_twice_names_the_first(check: Callable[..., Result]) -> None:
    finding = check({"INDEX.md": JSON, "all.txt": GOOD.replace('"Two"', '"Two", "title": "x"')}).only()
    assert brief(Result(1, {"findings": [finding]}, "")) == ["MT103 all.txt:2:29-2:36"]
    assert finding["related"][0]["line"] == 2
    assert finding["related"][0]["column"] == 13


def test_what_a_document_states_is_of_its_line(check: Callable[..., Result]) -> None:
    contract = index("{header: json-lines}", fields="{title: content.bytes}").replace("Two", "27")
    result = check({"INDEX.md": contract.replace("One", "27").replace("Three", "28"), "all.txt": GOOD})
    assert brief(result) == ["CT102 INDEX.md:11:7-11:9"]
    assert result.only()["related"][0]["line"] == 3


def test_a_schema_holds_for_each_line(check: Callable[..., Result]) -> None:
    contract = JSON.replace("fields:", "schema: s.json\nfields:")
    schema = '{"required": ["id", "title"], "properties": {"title": {"maxLength": 3}}}'
    result = check({"INDEX.md": contract, "s.json": schema, "all.txt": GOOD})
    assert brief(result) == ["MT106 all.txt:3:22-3:29"]


@pytest.mark.parametrize("key", ["begin", "end"])
def test_lines_need_no_delimiters(key: str, check: Callable[..., Result]) -> None:
    contract = JSON.replace("json-lines,", f'json-lines, {key}: "%%",')
    result = check({"INDEX.md": contract, "all.txt": GOOD})
    assert result.codes == ["CF101"]
    assert result.report["checked"]["documents"] == 3


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=50)
@given(st.dictionaries(st.text("abcä", min_size=1, max_size=3), _VALUES, max_size=4), st.booleans())
def test_what_is_written_is_read(written: dict[str, object], ascii_only: bool) -> None:  # noqa: FBT001 - hypothesis draws it
    data = json.dumps(written, ensure_ascii=ascii_only).encode()
    header = read_header(data, "json-lines")
    assert header.faults == ()
    assert [field.key for field in header.fields] == list(written)
    for field, value in zip(header.fields, written.values(), strict=True):
        assert json.loads(data[slice(*field.key_span)]) == field.key
        assert plain_value(field.node) == value
