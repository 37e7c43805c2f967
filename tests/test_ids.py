"""IDs: normalized for comparison, folded to find those that only look alike."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.ids import folded, normalized, skeleton

STEPS = ("strip", "casefold", "unpad")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.mark.parametrize(
    ("value", "steps", "expected"),
    [
        ("007", (), "007"),
        (" Ab ", (), " Ab "),
        (" Ab\t", ("strip",), "Ab"),
        ("\u00a0x\u3000", ("strip",), "x"),
        ("STRAßE", ("casefold",), "strasse"),
        ("007", ("unpad",), "7"),
        ("0", ("unpad",), "0"),
        ("000", ("unpad",), "0"),
        ("100", ("unpad",), "100"),
        ("1.007", ("unpad",), "1.7"),
        ("CIP-0046-05", ("unpad",), "CIP-46-5"),
        ("0x0F", ("unpad",), "0x0F"),
        ("a0b", ("unpad",), "a0b"),
        ("٠٧", ("unpad",), "٠٧"),
        ("ADR-12", ("unprefix",), "12"),
        ("No. 007", ("unprefix", "unpad"), "7"),
        ("X-Y_3-4", ("unprefix",), "3-4"),
        ("§5", ("unprefix",), "5"),
        ("v2", ("unprefix",), "v2"),
        ("ADR-a1", ("unprefix",), "ADR-a1"),
        ("5A", ("unprefix",), "5A"),
        ("Über-1", ("unprefix",), "1"),
        ("ÄÖ1", ("unprefix",), "ÄÖ1"),
        ("ADR-", ("unprefix",), "ADR-"),
        (" CIP-007 ", STEPS, "cip-7"),
        ("", STEPS, ""),
        ("a\u0308", (), "\u00e4"),
    ],
)
def test_an_id_is_compared_as_the_contract_wants(value: str, steps: tuple[str, ...], expected: str) -> None:
    assert normalized(value, steps) == expected


@given(TEXT, st.permutations(STEPS))
def test_what_is_normalized_stays_as_it_is(value: str, steps: list[str]) -> None:
    once = normalized(value, steps)
    assert normalized(once, ["unpad", "strip"]) == normalized(once, ["strip", "unpad"])
    assert normalized(once, ("unpad",)) == once


@given(TEXT, st.permutations(("strip", "casefold", "unpad", "unprefix")))
def test_a_word_is_taken_off_once(value: str, steps: list[str]) -> None:
    once = normalized(value, steps)
    assert normalized(once, ("unprefix",)) == normalized(normalized(once, ("unprefix",)), ("unprefix",))


@given(st.lists(st.text("ab-_. 01", max_size=6), max_size=6))
def test_many_ids_are_normalized_a_line_each(values: list[str]) -> None:
    together = normalized("\n".join(values), ("unprefix", "unpad"))
    assert together == "\n".join(normalized(value, ("unprefix", "unpad")) for value in values)


@given(TEXT)
def test_unicode_forms_do_not_count(value: str) -> None:
    assert normalized(unicodedata.normalize("NFD", value), ()) == unicodedata.normalize("NFC", value)


@pytest.mark.parametrize(("first", "second"), [("007", "7"), ("AB", "ab"), ("ﬁ", "FI"), ("１", "1"), ("ẞ", "ss")])
def test_case_padding_and_forms_fold(first: str, second: str) -> None:
    assert folded(first) == folded(second)


@pytest.mark.parametrize(("first", "second"), [("10", "100"), ("1", "l"), ("ä", "a"), ("", "0")])
def test_other_letters_do_not_fold(first: str, second: str) -> None:
    assert folded(first) != folded(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("O", "0"), ("l", "I"), ("|", "1"), ("\u0430", "a"), ("\u03bf", "0"), ("\u043e", "0"), ("\u0410\u0392", "AB")],
)
def test_letters_that_are_drawn_alike_have_one_skeleton(first: str, second: str) -> None:
    assert skeleton(first) == skeleton(second)


@pytest.mark.parametrize(("first", "second"), [("S", "5"), ("B", "8"), ("a", "A"), ("01", "1")])
def test_letters_that_are_not_have_two(first: str, second: str) -> None:
    assert skeleton(first) != skeleton(second)


@given(st.text("0019aZ.-\n٠", max_size=12))
def test_padding_is_the_zeros_that_a_number_begins_with(value: str) -> None:
    expected = re.sub("[0-9]+", lambda number: number[0].lstrip("0") or "0", value)
    assert normalized(value, ["unpad"]) == expected
