"""Bytes to text: line ends, encoding faults, the place of an offset as people count it, and safe display.

A line ends with LF or CR LF and with nothing else: form feed, NEL and U+2028 are ordinary characters, as they are to
git and to most editors.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from validator.model import Span

BOM = b"\xef\xbb\xbf"
_ESCAPED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    # What begins a command in the log of some CI systems (`##[error]`, `##vso[…]`), wherever in a line it stands.
    r"|(?<=#)#(?=\w*\[)"
)


def bad_utf8(data: bytes) -> Span | None:
    """The first stretch of bytes that is not UTF-8, or `None`."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return Span(error.start, error.end)
    return None


def decode(data: bytes) -> str:
    """The text of `data`; each byte that is not UTF-8 becomes one character (U+FFFD)."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return re.sub("[\udc80-\udcff]", "\ufffd", data.decode("utf-8", "surrogateescape"))


def decode_sized(data: bytes) -> str:
    """The text of `data`, each byte that is not UTF-8 as `_`: as many bytes as before, and nothing that YAML reads."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return re.sub("[\udc80-\udcff]", "_", data.decode("utf-8", "surrogateescape"))


def line_start(data: bytes, offset: int) -> int:
    """The offset of the first byte of the line that `offset` stands in."""
    return data.rfind(b"\n", 0, offset) + 1


def line_end(data: bytes, offset: int) -> int:
    """The offset just behind the last byte of the line at `offset`, its line end left out."""
    end = data.find(b"\n", offset)
    if end < 0:
        return len(data)
    return end - 1 if end > offset and data[end - 1 : end] == b"\r" else end


def next_line(data: bytes, offset: int) -> int:
    """The offset of the first byte of the line after the one at `offset`, or the length of `data`."""
    end = data.find(b"\n", offset)
    return len(data) if end < 0 else end + 1


class Positions:
    """Turns offsets of one file into lines and columns as people count them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.starts = [0, *(match.end() for match in re.finditer(b"\n", data))]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in characters. A byte-order mark is no column."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        head = self.data[start:offset]
        if start == 0 and head.startswith(BOM):
            head = head[len(BOM) :]
        return line, len(decode(head)) + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1) without its line end and without a byte-order mark."""
        start = self.starts[number - 1]
        text = self.data[start : line_end(self.data, start)]
        return decode(text.removeprefix(BOM) if start == 0 else text)


def normal(value: str) -> str:
    """NFC and trimmed: what `exact` compares."""
    return value.strip() if value.isascii() else unicodedata.normalize("NFC", value).strip()


def printable(value: str) -> str:
    """`value` with everything that could steer a terminal, a log or the reading direction made visible."""
    return _ESCAPED.sub(lambda match: _spelled(match[0]), value)


def spelled(value: str) -> list[str]:
    """The characters of `value`, each as `printable` shows it beside its neighbours: to cut what is shown in pieces."""
    characters = list(value)
    for match in _ESCAPED.finditer(value):
        characters[match.start()] = _spelled(match[0])
    return characters


def _spelled(character: str) -> str:
    return "\\x23" if character == "#" else character.encode("unicode_escape").decode()


def abridged(message: str, limit: int = 200) -> str:
    """A message whose values, what stands in quotes or without a blank, have `limit` characters at most.

    A longer value keeps its beginning and its end, with an ellipsis between; the words of the message stay.
    """
    if len(message) <= limit:
        return message
    return _VALUE.sub(lambda match: _middle(match[0], limit), message)


_VALUE = re.compile(r"""(?<!\w)'(?:[^'\\]|\\.)*'(?!\w)|(?<!\w)"(?:[^"\\]|\\.)*"(?!\w)|[^\s'"]+""")


def _middle(value: str, limit: int) -> str:
    kept = (limit - 1) // 2
    return value if len(value) <= limit else f"{value[:kept]}…{value[-kept:]}"


def shorten(value: str, limit: int = 160) -> str:
    """`value`, or its beginning and an ellipsis where it is longer than `limit` characters."""
    return value if len(value) <= limit else value[: limit - 1] + "…"
