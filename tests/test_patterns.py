"""Patterns of strangers: one syntax on both engines, bounded in time, and what cannot run says why."""

from __future__ import annotations

import re
import time

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.patterns import PatternError, compile_pattern

PIECES = ["a", "b", "[ab]", "[^a]", "[0-9]", "-", r"\.", r"\-", "0", " ", "{2}", "+", "*", "^", "$", "(a|b)", "."]
SUBJECTS = st.text("ab0-. \né", max_size=8)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), SUBJECTS)
def test_both_engines_say_the_same(source: str, subject: str) -> None:
    options = re2.Options()
    options.log_errors = False
    try:
        wanted = re2.compile(source, options)
    except re2.error:
        with pytest.raises(PatternError):
            compile_pattern(source)
        return
    pattern = compile_pattern(source)
    assert pattern.fullmatch(subject) == (wanted.fullmatch(subject) is not None)
    assert pattern.search(subject) == (wanted.search(subject) is not None)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("(?=a)", "no look-around"),
        (r"(a)\1", "no look-around"),
        ("(", "missing"),
        ("[b-a]", "invalid character class range"),
        ("a{2}{3}(", "bad repetition"),
        ("\ud800(", "half of a character"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(source: str, words: str) -> None:
    with pytest.raises(PatternError, match=words):
        compile_pattern(source)


@pytest.mark.parametrize("source", ["([0-9a-f]+)+x", "(a|a)*b", "a?" * 30 + "a" * 30, "[a-f]+$", "^(a+)+$", ".*.*.*b"])
def test_a_hostile_pattern_ends_at_once(source: str) -> None:
    pattern = compile_pattern(source)
    started = time.process_time()
    pattern.search("a" * 100_000)
    pattern.fullmatch("a" * 100_000)
    assert time.process_time() - started < 1


def test_a_name_that_is_no_text_can_be_matched() -> None:
    assert compile_pattern("(a).").fullmatch("a\udcff")


def test_what_matches_is_taken_away() -> None:
    assert compile_pattern(" *$").remove("a  ") == "a"
    assert compile_pattern("[xy]").remove("xaybz") == "abz"
    assert compile_pattern("n(o)").remove("no one") == " one"


def test_the_first_group_is_found_where_it_stands() -> None:
    pattern = compile_pattern("has ([0-9]+)")
    assert (pattern.groups, pattern.group_span("it has 12"), pattern.group_span("nothing")) == (1, (7, 9), None)


ATOMS = [
    "a",
    "0",
    " ",
    "-",
    "_",
    "é",
    r"\.",
    r"\$",
    r"\-",
    r"\\",
    "[ab]",
    "[^a]",
    "[0-9a]",
    "[a-c-]",
    r"[\]\-]",
    "[b-a]",
]
PLAIN = st.tuples(
    st.sampled_from(["", "^"]),
    st.lists(st.sampled_from([atom + count for atom in ATOMS for count in ("", "{0}", "{2}")]), max_size=4).map(
        "".join
    ),
    st.sampled_from(["", "$", *(f"{atom}{count}" for atom in ATOMS for count in "+*")]),
).map("".join)


@settings(max_examples=500)
@given(PLAIN, st.text("ab0c- _.$]\\\n😀é", max_size=8))
def test_what_may_run_on_the_library_agrees_with_re2(source: str, subject: str) -> None:
    options = re2.Options()
    options.log_errors = False
    try:
        wanted = re2.compile(source, options)
    except re2.error:
        with pytest.raises(PatternError, match="invalid character class range"):
            compile_pattern(source)
        return
    pattern = compile_pattern(source)
    assert pattern.fullmatch(subject) == (wanted.fullmatch(subject) is not None)
    assert pattern.search(subject) == (wanted.search(subject) is not None)
    assert pattern.remove(subject) == wanted.sub("", subject)


@pytest.mark.parametrize(
    ("source", "plain"),
    [("^[0-9a-f]{16}$", True), ("CIP-[0-9]+", True), ("", True), ("(a)", False), ("a+b", False), ("a" * 101, False)],
)
def test_only_short_patterns_that_cannot_backtrack_run_on_the_library(source: str, plain: bool) -> None:  # noqa: FBT001
    assert isinstance(compile_pattern(source).engine, re.Pattern) is plain


@pytest.mark.parametrize("source", ["^ab$", "ab$", "a[b]$", "(ab)$"])
def test_a_dollar_is_the_very_end(source: str) -> None:
    assert compile_pattern(source).search("ab")
    assert not compile_pattern(source).search("ab\n")


@pytest.mark.parametrize("source", ["[a&&b]", "[~~a]", "[--a]", "[a||b]", "[[a]"])
def test_what_python_may_read_in_another_way_one_day_is_re2s(source: str) -> None:
    assert not isinstance(compile_pattern(source).engine, re.Pattern)


@pytest.mark.parametrize("source", ["a{999}", "a{999}" * 16, "[^b]{999}" * 11, "(a?){300}b", "(x+x+)+y"])
def test_a_pattern_of_many_counts_takes_no_long_time(source: str) -> None:
    started = time.process_time()
    compile_pattern(source).search("a" * 50_000)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("source", ["(.?){1000}x", "(.?){500}x", "(?:.?){333}.{500}x"])
def test_a_large_pattern_sees_a_bounded_part(source: str) -> None:
    pattern, subject = compile_pattern(source), "a" * 100_000
    start = time.process_time()
    assert not pattern.search(subject)
    assert time.process_time() - start < 1
    assert not pattern.fullmatch(subject)
    assert pattern.search("a" * 600 + "x")
    assert pattern.remove("b" * 600 + "x" + subject).strip("b") == subject
