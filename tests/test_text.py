"""Bytes to text: only LF and CR LF end a line, columns count characters, and nothing steers a terminal."""

from __future__ import annotations

import time
import unicodedata
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import text as text_room
from validator.model import Span
from validator.text import (
    BOM,
    Positions,
    StreamedPositions,
    abridged,
    bad_utf8,
    contrasted,
    decode,
    decode_sized,
    line_end,
    line_start,
    next_line,
    normal,
    printable,
    shorten,
)

BYTES = st.binary() | st.lists(
    st.sampled_from([b"a", "é".encode(), "💧".encode(), b"\xff", b"\r", b"\n", b"\r\n", b"\x0b", b"\xc2\x85", BOM])
).map(b"".join)


@pytest.mark.parametrize("text", ["", "a", "é 💧 \u2028", "\ufffd", "\U0010ffff", "\x00"])
def test_utf8_is_text(text: str) -> None:
    data = text.encode()
    assert bad_utf8(data) is None
    assert decode(data) == decode_sized(data) == text


@pytest.mark.parametrize(
    ("data", "bad", "text"),
    [
        pytest.param(b"\xe9", Span(0, 1), "\ufffd", id="Latin-1"),
        pytest.param(b"a\xe9b\xe8", Span(1, 2), "a\ufffdb\ufffd", id="the first of two"),
        pytest.param("é".encode() + b"\xf0\x9f\x92", Span(2, 5), "é\ufffd\ufffd\ufffd", id="cut off"),
        pytest.param(b"\xed\xa0\x80", Span(0, 1), "\ufffd\ufffd\ufffd", id="a surrogate"),
    ],
)
def test_what_is_not_utf8_is_one_character_a_byte(data: bytes, bad: Span, text: str) -> None:
    assert bad_utf8(data) == bad
    assert decode(data) == text
    assert decode_sized(data) == text.replace("\ufffd", "_")


@given(BYTES)
def test_text_of_the_same_size(data: bytes) -> None:
    assert len(decode_sized(data).encode()) == len(data)
    assert len(decode(data)) == len(decode_sized(data))
    bad = bad_utf8(data)
    assert (bad is None) == (decode_sized(data).encode() == data)
    if bad is not None:
        assert 0 <= bad.start < bad.end <= len(data)
        assert bad_utf8(data[: bad.start]) is None


@given(BYTES, st.integers(0, 40))
def test_the_lines_of_a_file(data: bytes, offset: int) -> None:
    offset = min(offset, len(data))
    start, end, following = line_start(data, offset), line_end(data, offset), next_line(data, offset)
    assert b"\n" not in data[start:offset]
    assert data[start - 1 : start] in {b"", b"\n"}
    assert b"\n" not in data[offset:end]
    assert data[end:following] in {b"", b"\n", b"\r\n"}
    assert following == len(data) or data[following - 1 : following] == b"\n"


@pytest.mark.parametrize(
    ("data", "offset", "place"),
    [
        pytest.param(b"", 0, (1, 1), id="nothing"),
        pytest.param(b"ab\ncd", 1, (1, 2), id="the first line"),
        pytest.param(b"ab\ncd", 2, (1, 3), id="the line end"),
        pytest.param(b"ab\ncd", 3, (2, 1), id="the next line"),
        pytest.param(b"ab\n", 3, (2, 1), id="behind the last line end"),
        pytest.param("é💧x".encode(), 6, (1, 3), id="characters of several bytes"),
        pytest.param(b"\xe9\xe9x", 2, (1, 3), id="bytes that are no characters"),
        pytest.param(b"a\rb\x0bc\x85\r\nd", 6, (1, 7), id="other line ends"),
        pytest.param(b"a\r\nb", 3, (2, 1), id="CRLF"),
        pytest.param(BOM + b"ab", 4, (1, 2), id="behind a byte-order mark"),
        pytest.param(BOM + b"ab", 3, (1, 1), id="directly behind it"),
        pytest.param(BOM + b"ab", 0, (1, 1), id="in front of it"),
        pytest.param(b"a\n" + BOM + b"b", 5, (2, 2), id="a mark in the second line counts"),
    ],
)
def test_places_are_counted_in_characters(data: bytes, offset: int, place: tuple[int, int]) -> None:
    assert Positions(data).at(offset) == place


@pytest.mark.parametrize(
    ("data", "number", "text"),
    [
        (b"ab\r\nc", 1, "ab"),
        (b"ab\r\nc", 2, "c"),
        (b"ab\n", 2, ""),
        (BOM + b"a", 1, "a"),
        (b"\n" + BOM + b"a", 2, "\ufeffa"),
        (b"\xff", 1, "\ufffd"),
        (b"", 1, ""),
    ],
)
def test_the_text_of_a_line(data: bytes, number: int, text: str) -> None:
    assert Positions(data).line(number) == text


@given(BYTES, st.lists(st.integers(0, 40), max_size=20))
def test_the_first_places_are_found_like_all_others(data: bytes, offsets: list[int]) -> None:
    first = Positions(data)
    for offset in offsets:
        positions = Positions(data)
        for _ in range(8):
            positions.at(0)
        place = positions.at(min(offset, len(data)))
        assert first.at(min(offset, len(data))) == place
        assert first.line(place[0]) == positions.line(place[0])


@given(BYTES, st.integers(0, 40))
def test_a_place_is_within_its_line(data: bytes, offset: int) -> None:
    positions = Positions(data)
    line, column = positions.at(min(offset, len(data)))
    assert positions.starts[line - 1] <= min(offset, len(data))
    assert 1 <= column <= len(positions.line(line)) + 3


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a", "a"), (" a\t", "a"), ("e\u0301", "é"), ("\u00a0é\u2003", "é"), ("Å", "Å"), ("ﬁ", "ﬁ"), ("", "")],
)
def test_normal_is_nfc_and_trimmed(value: str, expected: str) -> None:
    assert normal(value) == expected
    assert normal(unicodedata.normalize("NFD", value)) == expected


SAFE = ["a", "é", "💧", "\u00a0", "\u200d", "می\u200cخ", "¡", "\u3000", "\u2010"]
STEERING = {
    "\x00": "\\x00", "\x07": "\\x07", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x1b": "\\x1b", "\x7f": "\\x7f",
    "\x85": "\\x85", "\x9b": "\\x9b", "\u00ad": "\\xad", "\u061c": "\\u061c", "\u200b": "\\u200b", "\u200e": "\\u200e",
    "\u200f": "\\u200f", "\u2028": "\\u2028", "\u2029": "\\u2029", "\u202a": "\\u202a", "\u202e": "\\u202e",
    "\u2060": "\\u2060", "\u2066": "\\u2066", "\u2069": "\\u2069", "\ufeff": "\\ufeff", "\ufff9": "\\ufff9",
    "\udc80": "\\udc80", "\U000e0041": "\\U000e0041",
}  # fmt: skip


@pytest.mark.parametrize("value", SAFE)
def test_what_can_be_seen_is_shown_as_it_is(value: str) -> None:
    assert printable(value) == value


@pytest.mark.parametrize(("character", "shown"), STEERING.items(), ids=STEERING.values())
def test_what_could_steer_is_spelled(character: str, shown: str) -> None:
    assert printable(f"a{character}b") == f"a{shown}b"


@given(st.text(st.characters()))
def test_what_is_shown_holds_no_control_and_can_be_encoded(value: str) -> None:
    shown = printable(value)
    shown.encode()
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in shown)
    assert not any(unicodedata.bidirectional(character) in {"RLO", "LRO", "RLE", "LRE", "PDF"} for character in shown)
    assert not any(unicodedata.bidirectional(character) in {"RLI", "LRI", "FSI", "PDI"} for character in shown)


@pytest.mark.parametrize(
    ("value", "limit", "expected"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("é💧x", 2, "é…"), ("a" * 160, 160, "a" * 160), ("", 1, "")],
)
def test_long_values_are_cut(value: str, limit: int, expected: str) -> None:
    assert shorten(value, limit) == expected


ABRIDGED = {
    "a short one": ("title: 'a' is not 'b'", 10, "title: 'a' is not 'b'"),
    "a value in quotes": ("title: 'a b c d e f g h' is wrong", 11, "title: 'a b … g h' is wrong"),
    "a value with a quote in it": ("x: 'it\\'s all ours' here", 11, "x: 'it\\'…ours' here"),
    "a value in double quotes": ('x: "it\'s all ours" here', 11, 'x: "it\'s…ours" here'),
    "a path": ("docs/of/many/folders.md does not exist", 11, "docs/…rs.md does not exist"),
    "apostrophes": ("the entry's document's title", 14, "the entry's document's title"),
}


@pytest.mark.parametrize(("message", "limit", "expected"), ABRIDGED.values(), ids=ABRIDGED)
def test_values_in_messages_keep_both_ends(message: str, limit: int, expected: str) -> None:
    assert abridged(message, limit) == expected


@given(st.text("ab", max_size=60), st.text("ab", max_size=60), st.integers(8, 40))
def test_different_values_stay_different_when_they_are_cut(value: str, other: str, limit: int) -> None:
    shown = contrasted(value, other, limit)
    assert (shown[0] == shown[1]) == (value == other)
    assert max(map(len, shown)) <= limit + 1
    if max(len(value), len(other)) <= limit:
        assert shown == (value, other)
    for text, whole in zip(shown, (value, other), strict=True):
        assert text.removeprefix("…").removesuffix("…") in whole


def test_160_characters_are_not_too_long() -> None:
    assert shorten("é" * 160) == "é" * 160
    assert shorten("é" * 161) == "é" * 159 + "…"


@given(BYTES, st.data())
def test_a_file_that_is_streamed_has_the_same_places(data: bytes, draw: st.DataObject) -> None:
    size, block = draw.draw(st.integers(1, 9)), draw.draw(st.integers(1, 5))
    with mock.patch.object(text_room, "_BLOCK", block):
        streamed = StreamedPositions(lambda start: [data[at : at + size] for at in range(start, len(data), size)])
        whole = Positions(data)
        for offset in draw.draw(st.permutations(range(len(data) + 1))):
            place = whole.at(offset)
            assert streamed.at(offset) == place
            # A first part may end inside a character or a line end.
            assert whole.line(place[0]).startswith(streamed.line(place[0]).rstrip("\ufffd\r"))
    assert streamed.size == whole.size


def test_a_streamed_line_is_whole_unless_it_is_long() -> None:
    data = b"\xef\xbb\xbfone\r\n" + b"x" * 70_000 + b"\nlast"
    positions = StreamedPositions(lambda start: [data[start:]])
    assert [positions.line(number) for number in (3, 1)] == ["last", "one"]
    assert positions.line(2) == "x" * 65_536
    assert positions.at(len(data)) == (3, 5)


def test_streamed_lines_are_found_in_time() -> None:
    data = b"".join(b"%d\n" % number for number in range(1, 100_001))
    positions = StreamedPositions(lambda start: [data[start:]])
    started = time.process_time()
    assert all(positions.line(number) == str(number) for number in range(1, 100_001))
    assert time.process_time() - started < 5
