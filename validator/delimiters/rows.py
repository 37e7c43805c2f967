"""JSON Lines."""

from __future__ import annotations

from validator.delimiters.cutter import SOLID, Cutter, Part
from validator.header.block import body_start
from validator.model import Span
from validator.text import line_end


class Rows(Cutter):
    """JSON Lines: each line that is not blank is a document."""

    def piece(self, piece: bytes) -> None:
        """The lines that this piece ends."""
        if b"\n" not in piece:
            return
        text, at = self.window.text(self.edge, self.window.size), 0
        if text is None:
            end = self.window.size - len(piece) + piece.index(b"\n")
            self.part(Span(self.edge, self.edge), self.edge, end, sure=False)
            self.edge, text = end + 1, piece[piece.index(b"\n") + 1 :]
        end = text.rfind(b"\n") + 1
        while at < end:
            after = text.index(b"\n", at) + 1
            self._row(text[at:after], self.edge + at)
            at = after
        self.edge += end

    def close(self) -> None:
        """A last line that has no line end."""
        text = self.window.text(self.edge, self.window.size)
        if text is None:
            self.part(Span(self.edge, self.edge), self.edge, self.window.size, sure=False)
        else:
            self._row(text, self.edge)

    def _row(self, line: bytes, start: int) -> None:
        if start == 0:
            start = body_start(line)
            line = line[start:]
        if SOLID.search(line):
            end = line_end(line, 0)
            self.ready.append(Part(Span(start, start + end), start, line[:end]))
