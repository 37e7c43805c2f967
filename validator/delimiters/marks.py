"""Lines that are delimiters, or nearly, found in a file that comes in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from validator.contract import Delimiters
from validator.header.block import body_start
from validator.late import compiled
from validator.lines import LineTemplate, line_template
from validator.model import Claim, Fault, Span
from validator.text import bad_utf8, line_end, next_line

LONGEST_LINE = 4096


class Mark(NamedTuple):
    """A line that is a delimiter, or nearly one: `reason` says why it is none."""

    which: str
    template: tuple[LineTemplate, ...]
    start: int
    end: int
    next: int
    text: str
    claims: tuple[Claim, ...]
    reason: str
    is_utf8: bool

    @property
    def span(self) -> Span:
        """The line without its line end."""
        return Span(self.start, self.end)

    @property
    def label(self) -> str | None:
        """The ID that the line states."""
        return next((claim.value for claim in self.claims if claim.source == f"{self.which}.id"), None)

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the line alone."""
        found = [] if self.is_utf8 else [Fault("not-utf8", self.span, (str(self.start), ""))]
        if self.reason:
            wanted = f"`{self.template[0].source}`"
            found.append(Fault("malformed-delimiter", self.span, (self.which, self.reason, wanted)))
        return tuple(found)


class Finder:
    """Finds the lines that are delimiters, or nearly, in a file that comes in pieces."""

    def __init__(self, delimiters: Delimiters) -> None:
        sources = [("begin", source) for source in delimiters.begin] + [("end", source) for source in delimiters.end]
        templates = [(which, line_template(source)) for which, source in sources]
        # Of two that a line fits, the one that says more of it is meant: `=== end {id} ===`, not `=== {id} ===`.
        self.templates = sorted(templates, key=lambda item: -item[1][0].weight)
        self.pattern = compiled(b"\n(?:" + b"|".join({lines[0].start: None for _, lines in templates}) + b")")
        self.rest = b""
        self.at = 0
        self.begun = False
        self.is_long = False

    def marks(self, piece: bytes) -> Iterator[Mark]:
        """The marks among the lines that this piece ends."""
        if not self.begun:
            self.begun = True
            self.at = body_start(piece)
            piece = piece[self.at :]
        if self.is_long:
            end = piece.find(b"\n") + 1
            if not end:
                self.at += len(piece)
                return
            piece, self.at, self.is_long = piece[end:], self.at + end, False
        text = self.rest + piece
        end = text.rfind(b"\n") + 1
        yield from self._in(text[:end])
        self.at += end
        self.rest = text[end:]
        if len(self.rest) > LONGEST_LINE:
            self.at, self.rest, self.is_long = self.at + len(self.rest), b"", True

    def last(self) -> Iterator[Mark]:
        """The mark in a last line that has no line end."""
        yield from self._in(self.rest)

    def _in(self, lines: bytes) -> Iterator[Mark]:
        block = b"\n" + lines
        for found in self.pattern.finditer(block):
            mark = self._mark(lines, found.start())
            if mark is not None:
                yield mark

    def _mark(self, lines: bytes, start: int) -> Mark | None:
        end, after = line_end(lines, start), next_line(lines, start)
        if end - start > LONGEST_LINE:
            return None
        raw = lines[start:end]
        line = raw.decode("utf-8", "surrogateescape")
        for which, template in self.templates:
            match = template[0].match(line)
            if match is not None:
                base = self.at + start
                claims = tuple(claim_of(which, line, base, field) for field in match.fields)
                is_utf8 = raw.isascii() or bad_utf8(raw) is None
                return Mark(which, template, base, self.at + end, self.at + after, line, claims, match.reason, is_utf8)
        return None


def claim_of(which: str, line: str, base: int, field: tuple[str, str, int, int]) -> Claim:
    """What a delimiter line, at byte `base` of its file, states: a field as `LineTemplate.match` gives it."""
    name, _, start, end = field
    first = base + len(line[:start].encode("utf-8", "surrogateescape"))
    raw = line[start:end].encode("utf-8", "surrogateescape")
    return Claim(f"{which}.{name}", raw.decode("utf-8", "replace"), Span(first, first + len(raw)))
