"""`Key: value` lines: what the dialects `rfc822`, `fenced` and `rst` share.

A line that is deeper than its key goes on with the value above it (RFC 5322, 2.2.3, calls it folding).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from validator.compose import Node
from validator.header.block import Field, Line, lines_from
from validator.late import regex
from validator.model import Fault, Span
from validator.text import decode_sized
from validator.unseen import invisible

_MEANT = regex(r"\s*(?P<key>[^\s:：∶﹕꞉][^:：∶﹕꞉]{0,60}?)(?P<gap>\s*)(?P<colon>[:：∶﹕꞉])(?!//)(?P<blank>\s|$)?")  # noqa: RUF001
_ONE_WORD = regex(r"\s*[^\s:：∶﹕꞉]{1,40}\s*[:：∶﹕꞉](?![:/])")  # noqa: RUF001
_BLANKS = b" \t"
_LONGEST = 400


class Layout(NamedTuple):
    """How a dialect writes a field: `key` matches a line up to where its value begins, its group `key` is the key.

    `advice` says what a line that is no field ought to be.
    """

    key: re.Pattern[bytes]
    advice: str


class _Part(NamedTuple):
    """A line that begins something, and the stretches of bytes that its value is made of."""

    line: Line
    key: Span | None
    value: list[Span]


def is_blank(data: bytes, line: Line) -> bool:
    """Whether a line is empty or holds nothing but spaces and tabs."""
    return not data[line.start : line.end].strip(_BLANKS)


def is_unseen(data: bytes, line: Line) -> bool:
    """Whether a line that is not empty looks empty: blanks of any kind, and characters without a width."""
    raw = data[line.start : line.end]
    return 0 < len(raw) <= _LONGEST and not b"!" <= raw[:1] <= b"~" and not _seen(decode_sized(raw))


def _seen(text: str) -> str:
    return "".join(character for character in text if unicodedata.category(character)[0] not in "CZ")


def indent_of(data: bytes, line: Line) -> int:
    """The number of blanks (spaces, tabs) that a line begins with."""
    text = data[line.start : line.end]
    return len(text) - len(text.lstrip(_BLANKS))


def is_field(data: bytes, line: Line, layout: Layout, indent: int = 0) -> bool:
    """Whether a line begins a field behind exactly `indent` blanks."""
    return layout.key.match(data, line.start + indent, line.end) is not None and indent_of(data, line) == indent


def is_meant(data: bytes, line: Line) -> bool:
    """Whether a line that is no field was to be one: a word, and something like a colon."""
    return _ONE_WORD.match(decode_sized(data[line.start : min(line.end, line.start + _LONGEST)])) is not None


def read_fields(
    data: bytes, start: int, end: int, layout: Layout, indent: int = 0
) -> tuple[tuple[Field, ...], tuple[Fault, ...]]:
    """The fields in `data[start:end]`, each behind `indent` blanks; deeper lines go on with the value above them.

    A line that is no field is a fault `header-syntax` and costs only itself; a key that stands twice is a
    `duplicate-key`, and the first one counts.
    """
    fields: dict[str, Field] = {}
    faults: list[Fault] = []
    for part in _parts(data[:end], start, layout, indent):
        if part.key is None:
            faults.append(_odd(data, part, layout))
            continue
        key = decode_sized(data[part.key.start : part.key.end])
        if key in fields:
            first = fields[key].key_span
            faults.append(Fault("duplicate-key", part.key, (key, str(first.start), str(first.end))))
        else:
            fields[key] = Field(key, part.key, _value(data, part.value))
    return tuple(fields.values()), tuple(faults)


def _parts(data: bytes, start: int, layout: Layout, indent: int) -> list[_Part]:
    parts: list[_Part] = []
    for line in lines_from(data, start):
        if is_blank(data, line):
            continue
        match = layout.key.match(data, line.start + indent, line.end) if indent_of(data, line) == indent else None
        rest = Span(line.start, line.end)
        if match is not None:
            parts.append(_Part(line, Span(*match.span("key")), [Span(match.end(), line.end)]))
        elif parts and (indent_of(data, line) > indent or (parts[-1].key is None and not is_meant(data, line))):
            parts[-1].value.append(rest)
        else:
            parts.append(_Part(line, None, [rest]))
    return parts


def _value(data: bytes, pieces: list[Span]) -> Node:
    """The pieces of a value joined by one space; its place runs from the first to the last byte that is no blank."""
    trimmed = [_trimmed(data, piece) for piece in pieces]
    solid = [piece for piece in trimmed if piece.end > piece.start] or trimmed[:1]
    text = " ".join(decode_sized(data[piece.start : piece.end]) for piece in solid)
    return Node("scalar", Span(solid[0].start, solid[-1].end), text)


def _trimmed(data: bytes, piece: Span) -> Span:
    text = data[piece.start : piece.end]
    end = piece.start + len(text.rstrip(_BLANKS))
    return Span(min(end, piece.start + len(text) - len(text.lstrip(_BLANKS))), end)


def _odd(data: bytes, part: _Part, layout: Layout) -> Fault:
    """Why a line is no field, and the key that it was to be, as far as that can be told."""
    text = decode_sized(data[part.line.start : min(part.line.end, part.line.start + _LONGEST)])
    meant = _MEANT.match(text)
    if meant is None:
        words = _seen_words(text)
        return Fault("header-syntax", Span(part.line.start, part.value[-1].end), (layout.advice, words))
    key = meant["key"]
    if meant["colon"] != ":":
        reason = "the colon only looks like `:`"
    elif meant["gap"]:
        reason = "a blank stands before the colon"
    elif text[:1].isspace():
        reason = "a key may not be indented"
    elif not key.isprintable() or key != "".join(key.split()):
        reason = "the key holds a blank, or a character that cannot be seen"
    elif meant["blank"] is None or meant["blank"] not in {" ", "\t", ""}:
        reason = "a blank is missing behind the colon"
        unseen = invisible(text[meant.end("colon") : meant.end("colon") + 1])
        reason = f"{unseen} stands behind the colon where a space is wanted" if unseen else reason
    else:
        reason = f"`{key}` is not a key"
    return Fault("header-syntax", part.line.span, (reason, _seen(key)))


def _seen_words(text: str) -> str:
    """The first word of a line: the key, if its colon is what is missing."""
    words = text.split(maxsplit=1)
    return words[0] if words and re.fullmatch(r"[\w.-]+", words[0]) else ""
