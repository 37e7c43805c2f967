"""Comparators: when what the index states and what the document states are the same."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from validator.compare import (
    DIGEST_LENGTHS,
    agree,
    as_date,
    as_items,
    as_numbers,
    default_comparator,
    difference,
    folded_text,
    is_spelling,
    prepared,
)
from validator.model import Binding

SHA = hashlib.sha256(b"").hexdigest()


def binding(compare: str | None = None, mapped: dict[str, str] | None = None, strip: tuple[str, ...] = ()) -> Binding:
    return Binding("f", "F", ("header.f",), compare, map=tuple((mapped or {}).items()), strip=strip)


@pytest.mark.parametrize(
    ("expression", "comparator"),
    [
        ("header.title", "exact"),
        ("heading", "exact"),
        ("path", "exact"),
        ("header.content.bytes", "exact"),
        ("content.bytes", "number"),
        ("content.words", "number"),
        *((f"content.{name}", "digest") for name in DIGEST_LENGTHS),
    ],
)
def test_the_default_goes_by_the_expression(expression: str, comparator: str) -> None:
    assert default_comparator(expression) == comparator


@pytest.mark.parametrize(
    ("expression", "compare", "stated", "claimed", "kind"),
    [
        pytest.param("header.f", None, "A", "A", None, id="the same"),
        pytest.param("content.bytes", None, "0.158", "158", "size", id="no thousands before a point"),
        pytest.param("header.f", None, "A ", "A", None, id="blanks around"),
        pytest.param("header.f", None, "é", "e\u0301", None, id="another normal form"),
        pytest.param("header.f", None, "A", "a", "spelling", id="case"),
        pytest.param("header.f", "exact", "A", "a", "spelling", id="case, where exact is asked for"),
        pytest.param("header.f", None, "A", "B", "value", id="another"),
        pytest.param("header.f", "text", "A!", "a", None, id="text"),
        pytest.param("header.f", "text", "A", "B", "value", id="another text"),
        pytest.param("header.f", "date", "5 Jan 2026", "2026-01-05", None, id="a date"),
        pytest.param("header.f", "date", "soon", "SOON", "value", id="no dates"),
        pytest.param("header.f", "digest", SHA.upper(), f"sha256:{SHA}", None, id="a digest in a header"),
        pytest.param("header.f", "digest", SHA[:-1], SHA, "value", id="another digest in a header"),
        pytest.param("content.bytes", None, "1,234", "1234", None, id="a size"),
        pytest.param("content.bytes", None, "1,235", "1234", "size", id="another size"),
        pytest.param("content.bytes", None, "many", "1234", "size", id="no size"),
        pytest.param("content.bytes", "prefix", "12…", "1234", None, id="a size cut short"),
        pytest.param("content.sha256", None, SHA, SHA, None, id="a digest"),
        pytest.param("content.sha256", None, SHA.upper(), SHA, None, id="a digest in upper case"),
        pytest.param("content.sha256", None, f"SHA256: {SHA}", SHA, None, id="a digest with its algorithm"),
        pytest.param("content.sha256", None, "0" * 64, SHA, "digest", id="another digest"),
        pytest.param("content.sha256", None, f"sha256:{'0' * 64}", SHA, "digest", id="another with its algorithm"),
        pytest.param("content.sha256", None, SHA[:-1], SHA, "malformed-digest", id="a digit short"),
        pytest.param("content.sha256", None, "g" * 64, SHA, "malformed-digest", id="no hex"),
        pytest.param("content.sha256", None, "٣" * 64, SHA, "malformed-digest", id="figures of another script"),
        pytest.param("content.sha256", "prefix", SHA[:12], SHA, None, id="the beginning of a digest"),
        pytest.param("content.sha256", "prefix", "0" * 12, SHA, "digest", id="the beginning of another"),
        pytest.param("content.sha256", "exact", SHA.upper(), SHA, "digest", id="a digest compared exactly"),
    ],
)
def test_the_kind_of_a_difference(
    expression: str, compare: str | None, stated: str, claimed: str, kind: str | None
) -> None:
    assert difference(binding(compare), expression, stated, claimed) == kind


@pytest.mark.parametrize(
    ("mapped", "strip", "stated", "claimed", "kind"),
    [
        pytest.param({"F": "Final"}, (), "F", "Final", None, id="mapped"),
        pytest.param({"F": "Final"}, (), "F", "Draft", "value", id="mapped to another"),
        pytest.param({"F": "Final"}, (), "Draft", "Draft", None, id="not in the map"),
        pytest.param({"Final": "F"}, (), "Final", "Final", "value", id="equal, where the map says it may not be"),
        pytest.param({"F": "Final"}, (), "Final", "F", "value", id="the map goes one way"),
        pytest.param({}, ("^v",), "v1", "1", None, id="stripped in the index"),
        pytest.param({}, ("^v",), "1", "v1", None, id="stripped in the document"),
        pytest.param({}, (r"\s*\(.*\)$",), "A (draft)", "A", None, id="blanks before it"),
        pytest.param({}, ("^v", "-rc[0-9]+"), "v1-rc2", "1", None, id="several"),
        pytest.param({"1": "one"}, ("^v",), "v1", "one", None, id="stripped, then mapped"),
        pytest.param({}, ("(a|a)*b",), "a" * 100_000, "c" * 100_000, "value", id="a hostile one"),
    ],
)
def test_map_and_strip(
    mapped: dict[str, str], strip: tuple[str, ...], stated: str, claimed: str, kind: str | None
) -> None:
    assert difference(binding(mapped=mapped, strip=strip), "header.f", stated, claimed) == kind


def test_values_are_prepared_once() -> None:
    assert prepared(binding(strip=("x",), mapped={"a": "b"}), " xa ", "e\u0301x") == ("b", "é")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1,234", "1234"), ("1 234", "1234"), ("1\u00a0234", "1234"), ("1\u202f234", "1234"), ("1'234", "1234"),
        ("1’234", "1234"), ("1_234", "1234"), ("1.234", "1234"), ("1,234,567", "1234567"), ("1.234.567,5", "1234567.5"),
        ("1,234.50", "1234.5"), ("1 234,5", "1234.5"), ("-1,234", "-1234"), ("+5", "5"), ("-0", "0"), ("007", "7"),
        ("0.500", "0.5"), ("1.234", "1.2340"), ("0,5", "0.5"), ("5.0", "5"), ("9007199254740993", "9007199254740993.0"),
        ("0" * 50 + "1", "1"), ("9" * 5000, "0" + "9" * 5000),
    ],
)  # fmt: skip
def test_numbers_in_common_notations(left: str, right: str) -> None:
    assert agree("number", left, right)
    assert agree("number", right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1,234", "1235"), ("1,23", "123"), ("12,34", "1234"), ("1,234 567", "1234567"), ("5", "-5"), ("1.5", "15"),
        ("9007199254740993", "9007199254740992"), ("0.1", "0.10000000000000000001"), ("one", "One"), ("", "0"),
        ("1e3", "1000"), ("0x10", "16"), ("٣", "3"), (".", "0"), ("-", "0"), ("1.", "2"), ("5 B", "5"), ("NaN", "nan"),
    ],
)  # fmt: skip
def test_other_numbers_and_none(left: str, right: str) -> None:
    assert not agree("number", left, right)


@given(st.integers(-(10**12), 10**12), st.sampled_from(", _'.\u00a0\u202f"))
@example(1234, ".")
def test_a_grouped_number_is_that_number(number: int, separator: str) -> None:
    assert agree("number", f"{number:,}".replace(",", separator), str(number))


@given(st.integers(), st.integers())
def test_two_numbers_are_two(left: int, right: int) -> None:
    assume(left != right)
    assert as_numbers(str(left)).isdisjoint(as_numbers(str(right)))


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05", "2026-1-5", "2026/01/05", "2026.01.05", "20260105", "2026-01-05T10:00:00Z", "2026-01-05 10:00",
        "5 Jan 2026", "5 January 2026", "05-Jan-2026", "5th January 2026", "5. January 2026", "5 JAN. 2026",
        "Mon, 5 Jan 2026 10:00:00 +0100", "Monday, 5 January 2026", "Jan 5, 2026", "January 5, 2026", "Jan. 5th 2026",
        "Monday, January 5, 2026", "January 5, 2026, 10:00", "5.1.2026", "05.01.2026", "5. 1. 2026",
    ],
)  # fmt: skip
def test_dates_in_common_notations(text: str) -> None:
    assert as_date(text) == date(2026, 1, 5)
    assert agree("date", text, "2026-01-05")


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2026", "2026-01", "Jan 2026", "01/05/2026", "2026-02-30", "2026-13-01", "0000-01-01", "30.02.2026",
        "31 Feb 2026", "5 Janx 2026", "Marble 5, 2026", "5 Ja 2026", "2026-01-05x", "٢٠٢٦-٠١-٠٥", "20261301",
    ],
)  # fmt: skip
def test_what_is_no_date_or_may_be_two(text: str) -> None:
    assert as_date(text) is None
    assert not agree("date", text, text + " ")


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y", "%d-%B-%Y"]))
def test_every_day_is_read_in_every_notation(day: date, notation: str) -> None:
    year = f"{day.year:04}"
    text = day.replace(year=2000 + day.year % 4).strftime(notation.replace("%Y", "YYYY")).replace("YYYY", year)
    assert as_date(text) == day


@pytest.mark.parametrize(
    "month", ["Jan", "feb", "MAR", "April", "may", "June", "Jul", "August", "Sept", "Sep", "octo", "Nov", "Dec"]
)
def test_months_by_their_beginning(month: str) -> None:
    found = as_date(f"1 {month} 2026")
    assert found is not None
    assert found.strftime("%B").casefold().startswith(month.casefold())


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("a, b", "b; a", True), ("a", "a, a", True), ("a,,b,", "a, b", True), ("", " , ", True), ("a, b", "a", False),
        ("A", "a", False), ("a b", "a, b", False),
    ],
)  # fmt: skip
def test_sets(left: str, right: str, same: bool) -> None:  # noqa: FBT001
    assert agree("set", left, right) is same


def test_the_items_of_a_set() -> None:
    assert as_items(" a ;b,, é ") == ("a", "b", "é")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("A long", "A long title", True), ("A long…", "A long title", True), ("A long ...", "A long title", True),
        ("A long title", "A long title", True), ("A long title…", "A long", False), ("long", "A long title", False),
        ("…", "A", False), ("", "A", False), ("a", "A", False),
    ],
)  # fmt: skip
def test_prefixes(left: str, right: str, same: bool) -> None:  # noqa: FBT001
    assert agree("prefix", left, right) is same


@pytest.mark.parametrize("comparator", ["exact", "text", "number", "date", "set", "prefix", "digest"])
@pytest.mark.parametrize("value", ["", "A", "é 1", "…", "2026-01-05", "1,2"])
def test_what_is_equal_agrees_to_every_comparator(comparator: str, value: str) -> None:
    assert agree(comparator, value, value)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hello World", "hello world"), ("A - B", "A–B"), ("A/B", "A B"), ("A  B", "A B"), ("don't", "don’t"),
        ("“A”", '"A"'), ("A: B.", "A B"), ("Straße", "STRASSE"), ("ﬁne", "fine"), ("Ａ", "A"), ("x²", "x2"),
        ("e\u0301", "é"), ("A\u200bB", "AB"), ("co\u00adop", "coop"), ("❤\ufe0f", "❤"), ("1\u200b2", "12"),
        ("50 %", "50%"), ("20,000 leagues", "20000 Leagues"), ("20 000", "20'000"), ("1.5", "1,5"), ("1-2", "1/2"),
        ("日本", "日 本"), ("**A**", "A"), ("a_b", "ab"),
    ],
)  # fmt: skip
def test_titles_that_differ_only_in_spelling(left: str, right: str) -> None:
    assert is_spelling(left, right)
    assert agree("text", left, right)
    assert difference(binding(), "header.f", left, right) in {"spelling", None}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Kiev", "Kyiv"), ("naive", "naïve"), ("C", "C++"), ("C", "C#"), ("50", "50%"), ("RD", "R&D"), ("5", "€5"),
        ("a<b", "a>b"), ("1.5", "15"), ("v1.10", "v11.0"), ("Vol. 1, 2", "Vol. 12"), ("10-12", "1012"), ("A 1", "A 2"),
        ("1,23", "123"), ("A", ""), ("???", "!!!"), ("…", "-"), ("👍", "👎"), ("x", "χ"), ("का", "क"),
    ],
)  # fmt: skip
def test_titles_that_differ_in_more(left: str, right: str) -> None:
    assert not is_spelling(left, right)
    assert not agree("text", left, right)
    assert difference(binding(), "header.f", left, right) == "value"


@given(st.text())
def test_folding_is_done_once(text: str) -> None:
    folded = folded_text(text)
    assert is_spelling(text, text) is bool(folded)
    assert folded_text(f"  {text}. ") == folded


@given(st.text(), st.text())
def test_comparing_goes_both_ways(left: str, right: str) -> None:
    for comparator in ("exact", "text", "number", "date", "set", "digest"):
        assert agree(comparator, left, right) == agree(comparator, right, left)
