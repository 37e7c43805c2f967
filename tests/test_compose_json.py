"""JSON as nodes: the values of the standard library at the places where they stand."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.compose import MAX_DEPTH, MAX_EVENTS, Node, plain_value
from validator.compose_json import compose_json

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-99, 10**9), st.text(max_size=6), st.sampled_from((0.5, -2.25))),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=4), inner, max_size=4)),
    max_leaves=12,
)


def nodes(node: Node) -> list[Node]:
    return [node, *(deeper for item in node.items for deeper in nodes(item))]


@settings(max_examples=60)
@given(VALUES, st.booleans(), st.sampled_from((None, 1, "\t")))
def test_what_is_written_is_read_where_it_stands(value: object, ascii_only: bool, indent: int | str | None) -> None:  # noqa: FBT001
    text = "\n é"[: 1 if ascii_only else 2] + json.dumps(value, ensure_ascii=ascii_only, indent=indent) + "\r\n"
    composed = compose_json(text, 7)
    assert composed.faults == ()
    assert composed.root is not None
    assert plain_value(composed.root) == json.loads(text)
    data = b"-" * 7 + text.encode()
    for node in nodes(composed.root):
        assert plain_value(node) == json.loads(data[slice(*node.span)])


@settings(max_examples=150)
@given(st.text(st.sampled_from('{}[]:,"\\u0a19.-+eE trufalsn\t\n'), max_size=14))
def test_it_accepts_what_the_standard_library_accepts(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        assert compose_json(text).root is None
    else:
        assert compose_json(text).faults == ()


FAULTS = {
    "": (0, 0, "the text ends before the value does"),
    "{": (1, 1, "a key in double quotes was expected here"),
    "[1": (2, 2, "`,` or `]` was expected here"),
    '{"a": 1,}': (7, 8, "a comma stands in front of `}`"),
    '{"a" 1}': (5, 6, "a colon was expected behind the key"),
    '{"a": 1 "b": 2}': (8, 9, "`,` or `}` was expected here"),
    "{a: 1}": (1, 2, "a key in double quotes was expected here"),
    '{"a": 01}': (6, 7, "a value was expected here"),
    '{"a": Truth}': (6, 7, "a value was expected here"),
    '["a]': (1, 2, "the text that begins here is never closed"),
    '["a\tb"]': (3, 4, "a tab or a line end in a text is written `\\t` or `\\n`"),
    '["\\x"]': (2, 3, "there is no such escape; a backslash is written twice"),
    '["\\u12"]': (3, 4, "four hexadecimal digits were expected behind `\\u`"),
    '["\\ud800"]': (1, 9, "an escape in this text is half of a character"),
    "{} {}": (3, 4, "text stands behind the value"),
    '{"a": 1} # x': (9, 10, "text stands behind the value"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAULTS.items(), ids=FAULTS)
def test_a_fault_has_its_place_and_reason(text: str, expected: tuple[int, int, str]) -> None:
    composed = compose_json(text)
    assert composed.root is None
    (fault,) = composed.faults
    assert (fault.kind, *(fault.span or ()), *fault.detail) == ("header-syntax", *expected)


def test_depth_and_number_have_limits() -> None:
    deep = compose_json("[" * (MAX_DEPTH + 1))
    many = compose_json("[" + "1," * MAX_EVENTS + "1]")
    assert [fault.kind for fault in (*deep.faults, *many.faults)] == ["too-deep", "too-deep"]
    assert compose_json("[" * MAX_DEPTH + "]" * MAX_DEPTH).faults == ()


@pytest.mark.parametrize("piece", ["[", " ", '{"a":', '"', "1,", "\\"])
def test_time_grows_with_the_size_alone(piece: str) -> None:
    start = time.process_time()
    compose_json(piece * 100_000)
    assert time.process_time() - start < 1
