"""What bounds a whole file: its byte-order mark, its line ends, its last line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.contract import Delimiters
from validator.header import body_start
from validator.late import regex
from validator.model import Fault, Span
from validator.text import BOM, line_end, next_line

_TAIL = 64
_PAIR = regex(rb"\r\n")
_LONE_LF = regex(rb"(?<!\r)\n")


class Ends:
    """What bounds a whole file, read in pieces: its byte-order mark, its line ends, its last line."""

    def __init__(self, delimiters: Delimiters) -> None:
        self.declared = delimiters
        self.marks = 0
        self.size = 0
        self.tail = b""
        self.pairs = self.singles = 0
        self.wrong: int | None = None

    def seen(self, first: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces, looked at."""
        self.marks = body_start(first)
        self._look(first)
        yield first
        for piece in pieces:
            self._look(piece)
            yield piece

    def _look(self, piece: bytes) -> None:
        if self.declared.newline != "any":
            text = self.tail[-1:] + piece if self.tail.endswith(b"\r") else piece
            pairs = text.count(b"\r\n")
            self.pairs += pairs
            self.singles += text.count(b"\n") - pairs
            if self.wrong is None:
                found = (_PAIR if self.declared.newline == "lf" else _LONE_LF).search(text)
                self.wrong = None if found is None else self.size + len(piece) - len(text) + found.start()
        self.size += len(piece)
        self.tail = (self.tail + piece[-_TAIL:])[-_TAIL:]

    def of_start(self) -> Iterator[Fault]:
        """What is wrong with the byte-order mark and the line ends."""
        declared = self.declared
        yield from wrong_marks(self.marks, declared.bom)
        if self.wrong is not None:
            yield _wrong_newline(declared.newline, self.wrong, self.pairs, self.singles)

    def of_end(self) -> Iterator[Fault]:
        """What is wrong with the end of the last line."""
        declared, size = self.declared.final_newline, self.size
        if declared == "required" and size and not self.tail.endswith(b"\n"):
            yield Fault("final-newline", Span(size, size), ("required",))
        elif declared == "forbidden" and self.tail.endswith(b"\n"):
            start = size - len(self.tail) + len(self.tail.rstrip(b"\r\n"))
            yield Fault("final-newline", Span(start, size), ("forbidden",))


def wrong_marks(marks: int, declared: str) -> Iterator[Fault]:
    """What is wrong with the byte-order marks of a file, which have so many bytes."""
    if (declared != "any" and bool(marks) != (declared == "true")) or marks > len(BOM):
        count = "" if marks <= len(BOM) else str(marks // len(BOM))
        yield Fault("byte-order-mark", Span(0, marks), (declared, count))


def newlines(data: bytes, declared: str) -> Iterator[Fault]:
    """The first line end of a file that is not as declared (`lf` or `crlf`)."""
    if declared == "lf" and b"\r" not in data:
        return
    pairs = data.count(b"\r\n")
    singles = data.count(b"\n") - pairs
    found = (_PAIR if declared == "lf" else _LONE_LF).search(data)
    if found is not None:
        yield _wrong_newline(declared, found.start(), pairs, singles)


def _wrong_newline(declared: str, at: int, pairs: int, singles: int) -> Fault:
    """The first line end of a file that is not as declared, and how many there are of each kind."""
    wrong, right = (pairs, singles) if declared == "lf" else (singles, pairs)
    span = Span(at, at + 2 if declared == "lf" else at + 1)
    return Fault("line-ending", span, (declared, str(wrong), "mixed" if right else ""))


def long_lines(data: bytes, limit: int) -> Iterator[Fault]:
    """The first line with more bytes than may be."""
    start = 0
    while start < len(data):
        end = line_end(data, start)
        if end - start > limit:
            yield Fault("too-large", Span(start, end), ("line", f"{end - start:,}", f"{limit:,}"))
            return
        start = next_line(data, start)
