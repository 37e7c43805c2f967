"""Documents that one kind of line bounds."""

from __future__ import annotations

from validator.contract import Delimiters
from validator.delimiters.cutter import Cutter, Window, unbalanced
from validator.delimiters.marks import Mark
from validator.lines import line_template
from validator.model import Fault, Span


class Lines(Cutter):
    """Documents that one kind of line bounds: each begins one, or stands between two, or ends one."""

    def __init__(self, window: Window, delimiters: Delimiters) -> None:
        super().__init__(window)
        self.which = "begin" if delimiters.begin else "end"
        self.between = self.which == "begin" and not any(line_template(source)[0].fields for source in delimiters.begin)
        self.last: Mark | None = None

    def mark(self, mark: Mark) -> None:
        """A line that bounds documents: of two that have nothing between them one is too many."""
        is_blank = self.is_blank(self.edge, mark.start)
        if is_blank and self._is_repeated(mark):
            self.waiting += [*mark.faults(), unbalanced("repeated", mark, self.last)]
        elif self.which == "end":
            text = None if is_blank else self.solid(self.edge, mark.start)
            self.part(self.first_line(text or mark.span), self.edge, mark.start, mark.claims, mark.faults(), sure=True)
        elif not is_blank or self.last is not None:
            self._document(mark.start)
        self.last, self.edge = mark, mark.next

    def _is_repeated(self, mark: Mark) -> bool:
        return self.last is not None and (self.last.text.split() == mark.text.split() or not mark.claims)

    def close(self) -> None:
        """What stands behind the last line, and a file without any."""
        size = self.window.size
        if self.last is None and self.between:
            self.part(None, 0, size)
        elif self.last is None:
            self.nothing(self.which)
        elif self.which == "begin":
            if not self.between or not self.is_blank(self.edge, size):
                self._document(size)
        elif (text := self.solid(self.edge, size)) is not None:
            at = self.first_line(text)
            self.part(at, self.edge, size, (), [Fault("missing-delimiter", at, ("end",))], sure=False)

    def _document(self, end: int) -> None:
        """The document that ends at `end`. What stands before the first begin may be one that lacks it, or none."""
        if self.last is not None:
            start, claims, faults = self.opened(self.last, self.edge, end)
            self.part(self.last.span, start, end, claims, faults, sure=True)
            return
        text = self.solid(self.edge, end) or Span(self.edge, end)
        if self.between:
            self.part(self.first_line(text), self.edge, end)
        else:
            self.part(self.first_line(text), text.start, end, (), [Fault("headless", text)], sure=False, begun=False)
