"""What all ways to take a file apart share: what is kept of the file, and the documents that are ready."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from validator.delimiters.marks import LONGEST_LINE, Mark, claim_of
from validator.header.block import body_start
from validator.late import regex
from validator.model import Claim, Fault, Span
from validator.text import line_end, next_line

LARGEST = 2**28
SOLID = regex(rb"\S")


class Part(NamedTuple):
    """One document of a file. `at` is the line to point at (`None`: the document is the whole file).

    `body` is what stands between its delimiter lines, at byte `start` of the file; it is `None` where the document has
    more than `LARGEST` bytes, and for a file that cannot be taken apart. `claims` are what its delimiter lines capture.
    Places are those of the file. `sure` says that its bounds are where its delimiters are, so that facts of its content
    hold; `begun`, that its begin is.
    """

    at: Span | None
    start: int
    body: bytes | None
    claims: tuple[Claim, ...] = ()
    faults: tuple[Fault, ...] = ()
    sure: bool = True
    begun: bool = True


class Window:
    """The bytes of a file that may still be wanted."""

    def __init__(self) -> None:
        self.first = 0
        self.size = 0
        self.pieces: list[bytes] = []

    def add(self, piece: bytes, wanted: int) -> None:
        """Take the next piece; what stands before `wanted`, or is too much, is let go."""
        self.pieces.append(piece)
        self.size += len(piece)
        while self.pieces and (
            self.first + len(self.pieces[0]) <= wanted or self.size - self.first > LARGEST + len(piece)
        ):
            self.first += len(self.pieces.pop(0))

    def text(self, start: int, end: int) -> bytes | None:
        """What stands from `start` to `end`; `None` where it is not kept any more."""
        if start < self.first:
            return None
        found: list[bytes] = []
        at = self.size
        for piece in reversed(self.pieces):
            at -= len(piece)
            if at < end:
                found.append(piece[max(start - at, 0) : end - at])
            if at <= start:
                break
        return b"".join(reversed(found))


class Cutter:
    """What all shapes share: the window, the parts that are ready, the faults that wait for a part to belong to."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.edge = 0
        self.ready: list[Part] = []
        self.waiting: list[Fault] = []

    @property
    def wanted(self) -> int:
        """Where the text begins that is still wanted."""
        return self.edge

    def taken(self) -> list[Part]:
        """The parts that are ready, once."""
        ready, self.ready = self.ready, []
        return ready

    def mark(self, mark: Mark) -> None:
        """Take the next delimiter line."""

    def piece(self, piece: bytes) -> None:
        """Take the next piece, where lines that are no delimiters count too."""

    def close(self) -> None:
        """The file has ended."""

    def is_blank(self, start: int, end: int) -> bool:
        """Whether nothing but blanks stands between two offsets."""
        near = min(end, start + LONGEST_LINE)
        first = self.window.text(start, near)
        if first is None or SOLID.search(first, body_start(first) if start == 0 else 0):
            return False
        return near == end or self.solid(near, end) is None

    def solid(self, start: int, end: int) -> Span | None:
        """The text between two offsets, blanks and blank lines around it left out; `None` where there is none."""
        text = self.window.text(start, end)
        if text is None:
            return Span(start, end)
        if start == 0:
            start = body_start(text)
            text = text[start:]
        first = SOLID.search(text)
        if first is None:
            return None
        return Span(start + text.rfind(b"\n", 0, first.start()) + 1, start + len(text.rstrip()))

    def first_line(self, span: Span) -> Span:
        """The first line of a stretch of text."""
        text = self.window.text(span.start, min(span.end, span.start + LONGEST_LINE))
        return Span(span.start, span.start + (0 if text is None else line_end(text, 0)))

    def part(
        self,
        at: Span | None,
        start: int,
        end: int,
        claims: tuple[Claim, ...] = (),
        faults: Iterable[Fault] = (),
        *,
        sure: bool = True,
        begun: bool = True,
    ) -> None:
        """A document is finished."""
        body = self.window.text(start, end)
        if body is None or len(body) > LARGEST:
            body = None
            faults = (*faults, Fault("too-large", at, ("document", f"{end - start:,}", f"{LARGEST:,}")))
        self.ready.append(Part(at, start, body, claims, (*self.waiting, *faults), sure, begun))
        self.waiting = []

    def opened(self, begin: Mark, start: int, end: int) -> tuple[int, tuple[Claim, ...], tuple[Fault, ...]]:
        """Where the body of a document begins, and what its begin says: the lines from `start` on may be part of it."""
        claims, faults = begin.claims, begin.faults()
        for template in begin.template[1:]:
            text = self.window.text(start, min(end, start + 2 * LONGEST_LINE)) or b""
            span = Span(start, start + line_end(text, 0))
            line = text[: span.end - start].decode("utf-8", "surrogateescape")
            match = template.match(line)
            if match is None or match.reason:
                reason = match.reason if match else "another line stands there, or none"
                faults = (*faults, Fault("malformed-delimiter", span, ("begin", reason, f"`{template.source}`")))
            if match is None:
                break
            claims = (*claims, *(claim_of("begin", line, start, field) for field in match.fields))
            start += next_line(text, 0)
        return start, claims, faults

    def nothing(self, detail: str) -> None:
        """A file without any delimiter, which cannot be taken apart, if it is not blank."""
        text = self.solid(0, self.window.size)
        if text is not None:
            fault = Fault("missing-delimiter", self.first_line(text), (detail,))
            self.ready.append(Part(None, 0, None, faults=(fault,)))


def unbalanced(kind: str, mark: Mark, other: Mark | None) -> Fault:
    """A delimiter that does not pair up, and the line that it has to do with."""
    place = () if other is None else (str(other.start), str(other.end))
    return Fault("unbalanced-delimiter", mark.span, (kind, mark.which, *place))
