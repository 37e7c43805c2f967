from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validator.header.flat import read_flat
from validator.header.yaml import read_in_full, undeclared_in_full

_KEYS = st.sampled_from(["a", "b", "id", "title", "no", "A-b", "_c", "1", "é", "a b", "<<", "x" * 70, "- a", ""])
_ODD = "".join(map(chr, [0, 7, 9, 13, 0x7F, 0x85, 0xA0, 0xAD, 0xFEFF, 0x2028, 0x200B, 0xFFFE, 0x1F600, 0xE000]))
_SIGNS = "ab Z09_-.,:;#'\"[]{}&*!|>%@`?=~<^$+/\\()é“–" + _ODD
_VALUES = st.one_of(
    st.text(_SIGNS, max_size=12),
    st.builds('"{}"'.format, st.text(_SIGNS, max_size=8)),
    st.builds("'{}'".format, st.text(_SIGNS, max_size=8)),
    st.sampled_from(
        ["0010", "no", "2026-01-01", "a: b", "a #b", "a#b", "a:b", "a:", "---", "[a]", "a ", "a\n  b", "|"]
    ),
)
_LINES = st.lists(st.builds("{}: {}".format, _KEYS, _VALUES), max_size=4).map("\n".join)
_DOCUMENTS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["---\n", "---\n", "---\n", "--- \n", "---\r\n", "\ufeff---\n"]),
    _LINES,
    st.sampled_from(
        ["\n---\n", "\n---\n", "\n---\n", "\n...\n", "\n---", "\n---\n---\n", "\n---\r\n", "\n ---\n---\n"]
    ),
    st.sampled_from(["", "Text\n", "---\n", "\n---\na: b\n---\n"]),
)


def read(data: bytes) -> tuple[object, object, object]:
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    return read_flat(data, start), read_in_full(data, start), undeclared_in_full(data, start)


@settings(max_examples=400)
@given(_DOCUMENTS)
@example("---\na: b\n---\n")
@example("---\na: b\na: c\n---\n")
@example("---\na: é\u2028b\n---\n")
def test_it_says_what_the_full_reader_says_or_nothing(text: str) -> None:
    short, full, undeclared = read(text.encode("utf-8", "surrogatepass"))
    assert short is None or short == full == undeclared


@settings(max_examples=200)
@given(st.binary(max_size=12), st.binary(max_size=12))
def test_it_agrees_on_bytes_of_any_kind(value: bytes, tail: bytes) -> None:
    short, full, undeclared = read(b"---\ntitle: " + value + b"\nid: a" + tail + b"\n---\n")
    assert short is None or short == full == undeclared


@pytest.mark.parametrize(
    "value",
    [
        "word", "two words", "12", "0010", "a-b", "a:b", "a#b", "A (b), c.", "(a)", "/a/b", "2026-01-01T10:00:00Z",
        "https://example.org/a?b=c#d", '"quoted: text # and all"', "'single'", '""', "“Curled” – text", "a\u00e9",
        "日本",
    ],
)  # fmt: skip
def test_it_takes_what_headers_are_made_of(value: str) -> None:
    short, full, undeclared = read(f"---\nid: a\ntitle: {value}\n---\nText\n".encode())
    assert short is not None
    assert short == full == undeclared


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c", "a: b #c", "a: [b]", "a: {b: c}", "a: &b c", "a: *b", "a: !b c", "a: |", "a: - b", "a: b\n  c", "a:",
        "a: 'it''s'", 'a: "b\\n"', "a: b\na: c", "- a", "a: b ", "# a", "a: \u0085", "a: \ufeffb", "a: b\tc", "é: a",
    ],
)  # fmt: skip
def test_it_leaves_everything_else_to_the_full_reader(text: str) -> None:
    assert read_flat(f"---\n{text}\n---\nText\n".encode(), 0) is None


@pytest.mark.parametrize("data", [b"", b"---\n", b"---\na: b\n", b"---\na: b\n---", b"---\na: \xff\n---\n", b"a: b\n"])
def test_a_header_that_is_not_sound_is_not_its_business(data: bytes) -> None:
    assert read_flat(data, 0) is None


def test_a_second_header_is_not_its_business() -> None:
    assert read_flat(b"---\na: b\n---\n---\nc: d\n---\n", 0) is None


def test_a_very_long_header_is_not_its_business() -> None:
    assert read_flat(b"---\na: " + b"b" * 40_000 + b"\n---\n", 0) is None
