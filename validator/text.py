"""Bytes to text: line ends, encoding faults, the place of an offset as people count it, and safe display.

A line ends with LF or CR LF and with nothing else: form feed, NEL and U+2028 are ordinary characters, as they are to
git and to most editors.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import accumulate

from validator.late import regex
from validator.model import Span

_STEP = 4096
_CONTINUATIONS = bytes(range(0x80, 0xC0))
BOM = b"\xef\xbb\xbf"
_MOST_BREAKS = 8
_NEWLINE = regex(rb"\n")
_BLOCK = 1 << 16
_ESCAPED = regex(
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


def real(text: str) -> str:
    """Text that was read one character a byte, as the characters that its bytes are."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "replace")


def decode_sized(data: bytes) -> str:
    """The text of `data`, each byte that is not UTF-8 as `_`: as many bytes as before, and nothing that YAML reads."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return re.sub("[\udc80-\udcff]", "_", data.decode("utf-8", "surrogateescape"))


def unescaped(target: str) -> str:
    """The target of a link, its percent escapes taken off (RFC 3986, 2.1)."""
    if "%" not in target:
        return target
    from urllib.parse import unquote  # noqa: PLC0415 - 3 ms, and few links have an escape

    return unquote(target)


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


def faulty_lines(data: bytes) -> tuple[Span, ...]:
    """The lines that hold a byte which is not UTF-8."""
    found: list[Span] = []
    start = 0
    for line in data.split(b"\n"):
        if bad_utf8(line) is not None:
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


# To find all lines of a file takes as long as to count them up to so many places.
_OFTEN = 8


class Positions:
    """Turns offsets of one file into lines and columns as people count them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._asked = 0
        self._found: dict[int, int] = {}
        self._last: tuple[int, str] = (0, "")
        self._counts: tuple[int, tuple[int, ...] | None] = (-1, None)

    @cached_property
    def starts(self) -> list[int]:
        """Where the lines start."""
        return [0, *[match.end() for match in re.finditer(b"\n", self.data)]]

    def _line_at(self, offset: int) -> tuple[int, int]:
        """The line (from 1) of an offset, and where it starts."""
        self._asked += 1
        if self._asked <= _OFTEN:
            line, start = self.data.count(b"\n", 0, offset) + 1, self.data.rfind(b"\n", 0, offset) + 1
            self._found[line] = start
            return line, start
        line = bisect_right(self.starts, offset)
        return line, self.starts[line - 1]

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return len(self.data)

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in characters. A byte-order mark is no column."""
        line, start = self._line_at(offset)
        if start == 0 and offset >= len(BOM) and self.data.startswith(BOM):
            start = len(BOM)
        return line, self._characters(start, offset) + 1

    def _characters(self, start: int, offset: int) -> int:
        """How many characters stand from `start`, where a line begins, to `offset`.

        Of a long line, as of JSON that is all on one, every so many bytes are counted once.
        """
        counts = self._counted(start) if offset - start > _STEP else None
        if counts is None:
            return len(decode(self.data[start:offset]))
        number = (offset - start) // _STEP
        return counts[number] + len(self.data[start + number * _STEP : offset].translate(None, _CONTINUATIONS))

    def _counted(self, start: int) -> tuple[int, ...] | None:
        """The characters of a line up to each step of bytes; `None` for one that is not UTF-8."""
        if self._counts[0] != start:
            line = self.data[start : line_end(self.data, start)]
            steps = (line[at : at + _STEP].translate(None, _CONTINUATIONS) for at in range(0, len(line), _STEP))
            sound = line.isascii() or bad_utf8(line) is None
            self._counts = (start, tuple(accumulate(map(len, steps), initial=0)) if sound else None)
        return self._counts[1]

    def line(self, number: int) -> str:
        """The text of a line (from 1) without its line end and without a byte-order mark."""
        if self._last[0] != number:
            start = self._found[number] if number in self._found else self.starts[number - 1]
            text = self.data[start : line_end(self.data, start)]
            self._last = (number, decode(text.removeprefix(BOM) if start == 0 else text))
        return self._last[1]


def _column(start: int, head: bytes) -> int:
    """The column behind `head`, which begins the line at byte `start` of its file."""
    return len(decode(head.removeprefix(BOM) if start == 0 else head)) + 1


class StreamedPositions:
    """The same for a file that is not held in memory: it is read once for its lines, then where somebody asks.

    `stream` gives the bytes of the file from an offset on, in pieces.
    """

    def __init__(self, stream: Callable[[int], Iterable[bytes]]) -> None:
        self.stream = stream
        self.size = 0
        self.blocks = [0]
        self.lines = [0]
        self.ends = [-1]
        self.kept = (0, b"")
        self._breaks: dict[int, list[int]] = {}
        for piece in stream(0):
            for start in range(0, len(piece), _BLOCK):
                self._count(piece[start : start + _BLOCK])

    def _count(self, block: bytes) -> None:
        """Note how many lines have ended behind this block, and where the last of them did."""
        last = block.rfind(b"\n")
        self.lines.append(self.lines[-1] + block.count(b"\n"))
        self.ends.append(self.ends[-1] if last < 0 else self.size + last)
        self.size += len(block)
        self.blocks.append(self.size)

    def _read(self, start: int, end: int) -> bytes:
        """What stands from `start` to `end`; the pieces that it was found in are kept for the next question."""
        first, data = self.kept
        if not first <= start <= end <= first + len(data):
            data = b""
            for piece in self.stream(start):
                data += piece
                if start + len(data) >= end:
                    break
            first, self.kept = start, (start, data)
        return data[start - first : end - first]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in characters. A byte-order mark is no column."""
        number = bisect_right(self.blocks, offset) - 1
        block = self._read(self.blocks[number], offset)
        last = block.rfind(b"\n")
        start = (self.ends[number] if last < 0 else self.blocks[number] + last) + 1
        return self.lines[number] + block.count(b"\n") + 1, _column(start, self._read(start, offset))

    def line(self, number: int) -> str:
        """The text of a line (from 1) without its line end and a byte-order mark; of a long one the first part."""
        block = max(bisect_left(self.lines, number - 1) - 1, 0)
        behind = number - 1 - self.lines[block]
        start = self.blocks[block] + (self._breaks_in(block)[behind - 1] if behind else 0)
        text = self._read(start, min(start + _BLOCK, self.size))
        text = text[: line_end(text, 0)]
        return decode(text.removeprefix(BOM) if start == 0 else text)

    def _breaks_in(self, block: int) -> list[int]:
        """Where the lines of a block end, from its begin on. A few blocks are kept: findings stand side by side."""
        if block not in self._breaks:
            if len(self._breaks) >= _MOST_BREAKS:
                self._breaks.clear()
            data = self._read(*self.blocks[block : block + 2])
            self._breaks[block] = [found.end() for found in _NEWLINE.finditer(data)]
        return self._breaks[block]


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


_VALUE = regex(r"""(?<!\w)'(?:[^'\\]|\\.)*'(?!\w)|(?<!\w)"(?:[^"\\]|\\.)*"(?!\w)|[^\s'"]+""")


def _middle(value: str, limit: int) -> str:
    kept = (limit - 1) // 2
    return value if len(value) <= limit else f"{value[:kept]}…{value[-kept:]}"


def contrasted(value: str, other: str, limit: int = 160) -> tuple[str, str]:
    """Two different values with at most some `limit` characters each: of long ones the part where they begin to differ.

    An ellipsis stands for what is left out on either side.
    """
    if max(len(value), len(other)) <= limit:
        return value, other
    first = next((at for at, pair in enumerate(zip(value, other, strict=False)) if pair[0] != pair[1]), None)
    first = min(len(value), len(other)) if first is None else first
    start = 0 if first < limit * 3 // 4 else first - limit // 2
    front = "…" if start else ""
    return front + shorten(value[start:], limit), front + shorten(other[start:], limit)


def shorten(value: str, limit: int = 160) -> str:
    """`value`, or its beginning and an ellipsis where it is longer than `limit` characters."""
    return value if len(value) <= limit else value[: limit - 1] + "…"
