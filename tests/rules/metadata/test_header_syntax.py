"""MT101: the header does not parse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief
from validator.cli import main

REQUIRED = "fields: {title: {document: header.title, required: true}}"


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("title: A\n", id="plain"),
        pytest.param('title: "A"\nnote: "one: two"\n', id="quoted"),
        pytest.param("title: A\nurl: https://example.org/x#y\n", id="a colon without a blank"),
        pytest.param("title: A\nnote: |\n  one: two\n  [three\n", id="a block of text"),
        pytest.param("title: A\nbase: &x {a: 1}\nother: *x\n", id="an alias with its anchor"),
        pytest.param("title: A\nwhen: !!timestamp 2026-01-01\n", id="a tag"),
        pytest.param("title: A\ntags: [a, b]\nauthor: {name: B}\n", id="flow collections"),
        pytest.param("title: A\r\nnote: b\r\n", id="CRLF"),
        pytest.param("title: A\nname: 😀é\n", id="not ASCII"),
    ],
)
def test_yaml_is_silent(header: str, check_header: Callable[..., Result]) -> None:
    assert check_header(header).findings == []


@pytest.mark.parametrize(
    ("value", "columns", "reason"),
    [
        pytest.param("A: b", "9-2:10", "a value holds a colon and a space; quote the value", id="a colon"),
        pytest.param("é: b", "9-2:10", "a value holds a colon and a space; quote the value", id="behind two bytes"),
        pytest.param("[A", "8-2:9", "the `[` that stands here is never closed", id="a bracket"),
        pytest.param("{A: 1", "8-2:9", "the `{` that stands here is never closed", id="a brace"),
        pytest.param('"A', "8-2:9", 'the `"` that stands here is never closed', id="a quotation mark"),
        pytest.param("'A", "8-2:9", "the `'` that stands here is never closed", id="an apostrophe"),
        pytest.param(
            '"A" of B', "12-2:13", "the value has already ended here; quote the whole of it", id="text behind quotes"
        ),
        pytest.param("*A*", "8-2:11", '`*A*` is an alias to YAML; quote it: "*A*"', id="an asterisk"),
        pytest.param("*A", "8-2:10", "the alias *A refers to no anchor", id="an alias without anchor"),
        pytest.param("@A", "8-2:9", "a value may not begin with this character; quote the value", id="an at sign"),
        pytest.param("`A`", "8-2:9", "a value may not begin with this character; quote the value", id="a backquote"),
        pytest.param(
            "{{ A }}", "9-2:14", "a key may not be a list or a mapping; quote the value", id="a placeholder in braces"
        ),
        pytest.param("\x07A", "8-2:9", "the character U+0007 is not allowed in YAML", id="a control character"),
        pytest.param("é\x07", "9-2:10", "the character U+0007 is not allowed in YAML", id="a control behind two bytes"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_place_is_exact_and_the_reason_plain(
    value: str, columns: str, reason: str, end: str, check_header: Callable[..., Result]
) -> None:
    result = check_header(f"title: {value}{end}", contract=REQUIRED)
    assert brief(result) == [f"MT101 a.md:2:{columns}"]
    finding = result.only()
    assert finding["message"] == f"the header does not parse: {reason}"
    assert (finding["document"], finding["field"], result.code) == ("a.md", "title", 1)


def test_a_tab_that_indents_is_named(check_header: Callable[..., Result]) -> None:
    result = check_header("title: A\nnote:\n\tx: y\n")
    assert brief(result) == ["MT101 a.md:4:1-4:2"]
    assert result.only()["message"] == "the header does not parse: a tab may not indent; use spaces"


MENDED: dict[str, tuple[str, str, str]] = {
    "a value to quote": ("note: *A", "quote the value", 'note: "*A"'),
    "a tab": ("note:\n\tx: y", "", "note:\n  x: y"),
    "a blank that is no space": ("note:\u00a0x", "write a space there", "note: x"),
    "a bracket": ("note: [a, b", "close it, or quote the value", "note: [a, b]"),
    "a colon": ("note b", "write `key: value`", "note: b"),
    "a key": ("x: {a: 1}\n  b: 2", "write `key: value`, indented as the keys above it", "x: {a: 1}\nb: 2"),
    "an item": ("note:\n  - a\n  b: c", "begin each item with `- `", "note:\n  - a\n  - b: c"),
    "a character": ("note: \x07b", "remove it", "note: b"),
}


@pytest.mark.parametrize(("bad", "advice", "good"), MENDED.values(), ids=MENDED)
def test_the_advice_mends_it(
    bad: str, advice: str, good: str, check_header: Callable[..., Result], capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_header(f"title: A\n{bad}\n").codes == ["MT101"]
    main(["check"])
    assert (f"help: {advice}\n" if advice else "MT101") in (shown := capsys.readouterr().out)
    assert advice or "help:" not in shown
    assert check_header(f"title: A\n{good}\n").findings == []


def test_the_other_keys_are_compared_all_the_same(check_header: Callable[..., Result]) -> None:
    assert check_header("note: [\ntitle: B\n").codes == ["MT108", "MT101"]


def test_each_faulty_value_is_a_finding(check_header: Callable[..., Result]) -> None:
    result = check_header("title: A\none: a: b\ntwo: [c\n")
    assert brief(result) == ["MT101 a.md:3:7-3:8", "MT101 a.md:4:6-4:7"]


def test_a_faulted_field_breaks_no_schema(check_header: Callable[..., Result]) -> None:
    schema = '{"required": ["title", "n"], "properties": {"n": {"type": "integer"}}}'
    assert brief(check_header("title: A\nn: 1: 2\n", schema=schema)) == ["MT101 a.md:3:5-3:6"]
