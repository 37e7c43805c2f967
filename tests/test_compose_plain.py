"""The short path through plain YAML gives the tree that PyYAML's events give, or none."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validator.compose import Composed, Node, compose
from validator.compose.events import compose_events
from validator.compose.plain import LONGEST, compose_plain

_KEYS = st.sampled_from(["a", "b", "id", "sha-256", "b.c", "_x", "x" * 61])
_SIGNS = "ab Z09_-.,:;#'\"[]{}&*!|>%@`?=~<^$+/\\()é“\t\u0085\u2028\ufeff😀"
_SCALARS = st.one_of(
    st.text("ab 09-._/(:", min_size=1, max_size=8),
    st.text(_SIGNS, max_size=6),
    st.builds('"{}"'.format, st.text(_SIGNS, max_size=6)),
    st.builds("'{}'".format, st.text(_SIGNS, max_size=6)),
    st.sampled_from(["0010", "no", "~", "", "a: b", "a #b", "*.md", "|", "- a", "a\n  b", "---"]),
)
_FLOWS = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.builds("[{}]".format, st.lists(inner, max_size=3).map(", ".join)),
        st.builds("{{{}}}".format, st.lists(st.builds("{}: {}".format, _KEYS, inner), max_size=3).map(" ,".join)),
    ),
    max_leaves=4,
)
_PIECES = st.one_of(
    st.builds("{}: {}".format, _KEYS, _FLOWS),
    st.builds("{}:".format, _KEYS),
    st.builds("- {}".format, _FLOWS),
    st.builds("-  {}: {}".format, _KEYS, _FLOWS),
    st.builds("{}: {}  # {}".format, _KEYS, _FLOWS, st.text(_SIGNS, max_size=4)),
    st.sampled_from(["", "# a", "-", "- - a", "a", "...", "---", " "]),
)
_LINES = st.builds("{}{}\n".format, st.sampled_from(["", "", "  ", "  ", "    ", " "]), _PIECES)
_TEXTS = st.lists(_LINES, max_size=7).map("".join)


def agreed(text: str, base: int = 0) -> Node | None:
    """What the short path gives, once it is held against the long one."""
    found = compose_plain(text, base)
    if found is not None:
        assert Composed(found, ()) == compose_events(text, base, LONGEST, tags=True)
        assert Composed(found, ()) == compose_events(text, base, LONGEST, tags=False)
    return found


@settings(max_examples=600)
@given(_TEXTS)
@example("a:\n- b\n- c\nd: e\n")
@example("a: 1\n- b\n")
@example("a:\n    b: c\n  d: e\n")
@example("a: b\n# c\n\n")
@example("- a: b\n  c: d\n-  e: f\n   g: h\n")
def test_it_says_what_the_events_say_or_nothing(text: str) -> None:
    agreed(text)


@settings(max_examples=300)
@given(_TEXTS, st.integers(0, 60), st.text(_SIGNS + "\n\r", min_size=1, max_size=2))
def test_a_stray_character_is_no_surprise(text: str, place: int, stray: str) -> None:
    agreed(text[:place] + stray + text[place:])


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n", "a: [b, c]\n", "a: {b: c, d: [e, {f: g}]}\n", "a: []\nb: {}\n", "a: [ b , c ]\n",
        "a: {b: c,d: e}\n",
        "a:\n  b: c\n  d:\n    e: f\ng: h\n", "a:\n  - b\n  - c\n", "a:\n- b\n- c\nd: e\n", "- a\n- b\n",
        "# x\na: b\n",
        "- a: b\n  c: d\n- e: f\n", "-   a: b\n    c:\n      - d\n", "a: b  # c\n", "a:  # b\n  c: d\n\n# e\n",
        "a: 'b: #c'\n",
        "  a: b\n  c: d\n", 'a: "[b]"\n', "a: b c, d [e] {f}\n", "a: http://b/c#d\n", "a: b\n  ",
    ],
)  # fmt: skip
def test_it_takes_what_contracts_are_made_of(text: str) -> None:
    assert agreed(text, 7) is not None


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "a\n", "a: b", "a: ", "a:\n", "a:\nb: c\n", "a: b\n  c\n", "a: b\n  c: d\n",
        "a:\n    b: c\n  d: e\n", "a: 1\n- b\n",
        "- a\nb: c\n", "- - a\n", "-\n  a: b\n", "a: *b\n", "a: &b c\n", "a: !b c\n", "a: |\n  b\n", "a: b: c\n",
        "a: [b\n  c]\n",
        "a: [b, ]\n", "a: [b: c]\n", "a: {b}\n", "a: {b: }\n", "a: {b:c}\n", "a: [b] c\n", 'a: "b\\n"\n',
        "a: 'b''c'\n", "a:\tb\n",
        "a: b\r\n", "? a\n: b\n", "'a': b\n", "a: b\n---\nc: d\n", "---\na: b\n", "a: \u0085b\n", "a: é\n",
        "\ufeffa: b\n", f"{'x' * 62}: a\n",
        f"a: {'[' * 17}{']' * 17}\n", "".join(f"{'  ' * depth}a:\n" for depth in range(17)) + "  " * 17 + "a: b\n",
        f"a: {'b' * LONGEST}\n",
    ],
)  # fmt: skip
def test_it_leaves_everything_else_to_the_events(text: str) -> None:
    assert compose_plain(text, 0) is None


def test_few_events_are_counted_by_those_who_count_them() -> None:
    assert [fault.kind for fault in compose("a: b\n", limit=2).faults] == ["too-deep"]


def test_it_needs_no_stack_for_a_hostile_nest() -> None:
    depth = sys.getrecursionlimit() * 2
    assert compose_plain(f"a: {'[' * depth}\n", 0) is None
