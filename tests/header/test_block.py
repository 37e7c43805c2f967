"""The lines that delimit a block of metadata, and the lines that can stand in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.header.block import Line, body_start, dash_fault, line_at, looks_like_key, looks_like_metadata
from validator.model import Span

KEYS = [
    "a:",
    "a: b",
    "a : b: c",
    "A b.c-d_e: x",
    "a\t: b",
    '"a: b": c',
    "'a' : b",
    "größe: 1",
    "_x: y",
    "a:\tb",
    "a:\r",
]
NO_KEYS = ["", "a", "a:b", ": b", "- a: b", " a: b", "# a: b", "12: b", "http://a.b", '"a: b', "--- a: b", "a\n: b"]
METADATA = ["", " ", "# c", "  # c", "- a", "-", "  - a", "\ttext", "  text", "\r", *KEYS]
PROSE = ["text", "-a", "--", "---", "> q", "| a |", "```", "* a", "12", "12: b", "Text, and: more"]


def whole(text: str) -> tuple[bytes, Line]:
    """Text as the first line of a file."""
    data = text.encode()
    return data, line_at(data, 0)


@pytest.mark.parametrize("text", KEYS)
def test_a_line_that_reads_as_a_key(text: str) -> None:
    assert looks_like_key(*whole(text))


@pytest.mark.parametrize("text", NO_KEYS)
def test_a_line_that_reads_as_no_key(text: str) -> None:
    assert not looks_like_key(*whole(text))


@pytest.mark.parametrize("text", METADATA)
def test_a_line_that_can_stand_in_metadata(text: str) -> None:
    assert looks_like_metadata(*whole(text))


@pytest.mark.parametrize("text", PROSE)
def test_a_line_that_cannot_stand_in_metadata(text: str) -> None:
    assert not looks_like_metadata(*whole(text))


@pytest.mark.parametrize(
    "text",
    ["---", "", " ", "text", "--- a", "- a", "- - -", "***", "___", "===", "+++", "\u00a0", "...", "|---|", "-" * 121],
)
def test_a_line_that_is_no_malformed_delimiter(text: str) -> None:
    assert dash_fault(*whole(text)) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-", "it has 1 dash instead of 3"),
        ("--", "it has 2 dashes instead of 3"),
        ("----", "it has 4 dashes instead of 3"),
        ("-" * 120, "it has 120 dashes instead of 3"),
        (" --", "it has 2 dashes instead of 3"),
        (" ---", "it is indented"),
        ("\t--- ", "it is indented"),
        ("--- ", "it has trailing blanks"),
        ("---\t\t", "it has trailing blanks"),
        ("---\u00a0", "it holds a character that cannot be seen, or a blank that is no space"),
        ("\u200b---", "it holds a character that cannot be seen, or a blank that is no space"),
        ("\ufeff---", "it holds a character that cannot be seen, or a blank that is no space"),
        ("---\x0b", "it holds a character that cannot be seen, or a blank that is no space"),
        ("—", "its dashes only look like `-`"),
        (" –––", "its dashes only look like `-`"),
        ("--\u00ad-", "its dashes only look like `-`"),
        ("\u2212\u2212\u2212", "its dashes only look like `-`"),
        ("\uff0d\uff0d\uff0d", "its dashes only look like `-`"),
        ("\u2e3b", "its dashes only look like `-`"),
    ],
)
def test_why_a_line_is_no_delimiter(text: str, reason: str) -> None:
    assert dash_fault(*whole(text)) == reason
    assert dash_fault(*whole(f"{text}\r\nmore")) == reason


def test_bytes_that_are_no_text_are_no_delimiter() -> None:
    assert dash_fault(b"--\xff", Line(0, 3, 3)) is None


def test_text_begins_behind_a_byte_order_mark() -> None:
    assert body_start(b"\xef\xbb\xbf---") == 3
    assert body_start(b"---\xef\xbb\xbf") == 0


@given(st.lists(st.sampled_from([b"a", b"\r", b"\n", b"\r\n", b"\x0b", b"\xc2\x85"])).map(b"".join))
def test_the_lines_of_a_file_are_all_of_it(data: bytes) -> None:
    offset, read = 0, []
    while offset < len(data):
        line = line_at(data, offset)
        assert line.span == Span(line.start, line.end)
        read.append(data[line.start : line.end])
        offset = line.next
    ends = data.split(b"\n")
    assert read == [text.removesuffix(b"\r") for text in ends[:-1]] + [ends[-1]] * bool(ends[-1])
