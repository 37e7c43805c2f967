"""JSON as nodes: the values of the standard library at the places where they stand; of broken text what can be read."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.compose import MAX_DEPTH, MAX_EVENTS, Composed, Node, plain_value
from validator.compose_json import compose_json
from validator.header.json_lines import json_metadata
from validator.model import Span

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 10**9) | st.text(max_size=6) | st.sampled_from((0.5, -2.25)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def nodes(node: Node) -> list[Node]:
    return [node, *(deeper for item in node.items for deeper in nodes(item))]


def composed_of(text: str, start: int = 0) -> Composed:
    return compose_json(text.encode("utf-8", "surrogatepass").decode("latin-1"), start)


@settings(max_examples=60)
@given(VALUES, st.booleans(), st.sampled_from((None, 1, "\t")))
def test_what_is_written_is_read_where_it_stands(value: object, ascii_only: bool, indent: int | str | None) -> None:  # noqa: FBT001
    text = "-" * 7 + "\n " + json.dumps(value, ensure_ascii=ascii_only, indent=indent) + "\r\n"
    composed = composed_of(text, 7)
    assert composed.faults == ()
    assert composed.root is not None
    assert plain_value(composed.root) == json.loads(text[7:])
    for node in nodes(composed.root):
        assert plain_value(node) == json.loads(text.encode()[slice(*node.span)])


@settings(max_examples=300)
@given(st.text(st.sampled_from('{}[]:,"\\/u0a19.-+eE trufalsn\t\né'), max_size=20))
def test_it_accepts_what_the_standard_library_accepts(text: str) -> None:
    try:
        json.loads(text)
        is_sound = True
    except ValueError:
        is_sound = False
    composed = composed_of(text)
    assert (composed.root is not None and not composed.faults) is is_sound


ESCAPES = {
    r'"\u00e9"': "é",
    r'"\ud83d\ude00"': "😀",
    r'"\uD83D\uDE00"': "😀",
    r'"\"\\\/\b\f\n\r\t"': '"\\/\b\f\n\r\t',
}


@pytest.mark.parametrize(("text", "value"), ESCAPES.items(), ids=list(ESCAPES))
def test_escapes_are_taken_off(text: str, value: str) -> None:
    assert composed_of(text) == (Node("scalar", Span(0, len(text)), value), ())


FAULTS = {
    "{": (0, 1, "the `{` that stands here is never closed"),
    "[1": (0, 1, "the `[` that stands here is never closed"),
    '{"a": ': (6, 6, "the text ends before its last value does"),
    '{"a" 1}': (5, 6, "a key is followed by a colon"),
    '{"a": 1 "b": 2}': (8, 9, "`,` or `}` was expected here"),
    "{a: 1}": (1, 2, "a key in double quotes was expected here"),
    '{"a": 01}': (7, 8, "`,` or `}` was expected here"),
    '{"a": Truth}': (6, 7, "a value was expected here"),
    '{"a": truth}': (6, 7, "a value was expected here"),
    '["a]': (1, 2, "this string is never closed; a line end cannot stand in it"),
    '["a\nb"]': (1, 2, "this string is never closed; a line end cannot stand in it"),
    '["a\tb"]': (3, 4, "a control character in a string is written as an escape, a tab as `\\t`"),
    '{"é\x00b": 1}': (4, 5, "a control character in a string is written as an escape, a tab as `\\t`"),
    '["\\x"]': (2, 4, r"'\\x' is no escape of JSON"),
    '["\\u12"]': (2, 4, "four hexadecimal digits are expected behind `\\u`"),
    "{} {}": (3, 4, "the value ends before this"),
    '{"a": 1} # x': (9, 10, "the value ends before this"),
    "['a']": (1, 2, "a string stands in double quotes"),
    "// a": (0, 1, "JSON has no comments"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAULTS.items(), ids=FAULTS)
def test_a_fault_has_its_place_and_reason(text: str, expected: tuple[int, int, str]) -> None:
    (fault,) = composed_of(text).faults
    assert (fault.kind, *(fault.span or ()), *fault.detail) == ("json-syntax", *expected, "cut")
    fields, (fault,) = json_metadata(text.encode(), 0)
    assert (fields, fault.kind, *(fault.span or ()), *fault.detail) == ((), "header-syntax", *expected)


SLIPS = {
    '{"a": 1,}': (7, 8, "a comma stands behind the last value"),
    '{"a": "\\ud800"}': (7, 13, "this escape is half of a character"),
}


@pytest.mark.parametrize(("text", "expected"), SLIPS.items(), ids=SLIPS)
def test_a_slip_costs_a_fault_and_nothing_else(text: str, expected: tuple[int, int, str]) -> None:
    (fault,) = composed_of(text).faults
    assert (fault.kind, *(fault.span or ()), *fault.detail) == ("json-syntax", *expected)
    fields, (fault,) = json_metadata(text.encode(), 0)
    assert ([field.key for field in fields], fault.kind) == (["a"], "header-syntax")


def test_metadata_without_a_value_is_a_fault() -> None:
    assert compose_json(" \n") == (None, ())
    fields, (fault,) = json_metadata(b" \n", 0)
    assert (fields, fault.kind, fault.span, *fault.detail) == ((), "header-syntax", (2, 2), "there is no value")


def test_depth_and_number_have_limits() -> None:
    deep = compose_json("[" * (MAX_DEPTH + 1))
    many = compose_json("[" + "1," * MAX_EVENTS + "1]", 0, MAX_EVENTS)
    keys = compose_json('{"a":1,"b":2}', 0, 3)
    assert [fault.kind for fault in (*deep.faults, *many.faults, *keys.faults)] == ["too-deep"] * 3
    assert compose_json("[" + "1," * MAX_EVENTS + "1]").faults == ()
    assert compose_json("[" * MAX_DEPTH + "]" * MAX_DEPTH).faults == ()


@pytest.mark.parametrize("piece", ["[", " ", '{"a":', '"', "1,", "\\", '"a",', '"\t'])
def test_time_grows_with_the_size_alone(piece: str) -> None:
    start = time.process_time()
    compose_json(piece * 20_000)
    compose_json(f"[{piece * 20_000}]")
    assert time.process_time() - start < 1
