"""Documents between a begin and an end, whatever is wrong with the pairs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from validator.delimiters.cutter import Cutter, Window, unbalanced
from validator.delimiters.marks import Mark
from validator.model import Fault, Span

# How many documents that lack their end are held back at most, because they may stand around those behind them, and
# behind how many bytes all but the last one of these are not.
_MOST_OUTER = 16
_FARTHEST = 2**24


class _Document:
    """A document of a file with pairs, as far as it is read. `first` is where its body begins, `end` what ends it.

    `twice` tells which of its faults say that its begin is repeated, as long as its end is not; `filled`, that its body
    is known to hold text; `inner` are the documents that begin and end in it; `sure` says that its end is not
    in doubt. One object goes with a document, because a file of begins gives one of them as many faults.
    """

    def __init__(self, begin: Mark, first: int, end: Mark | None = None) -> None:
        self.begin = begin
        self.first = first
        self.end = end
        self.faults: list[Fault] = []
        self.twice: list[int] = []
        self.filled = False
        self.inner: list[_Document] = []
        self.sure = True

    @property
    def closing(self) -> Mark:
        assert self.end is not None, "asked of documents alone that are ended"
        return self.end


class Pairs(Cutter):
    """Documents between a begin and an end.

    `open` is the document that is being read; `outer` those before it that lack their end so far; `done` the last one
    that has its end, held back because the next line may show that this end was a line of its body, or that it stands
    in the last of `outer`.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.open: _Document | None = None
        self.outer: list[_Document] = []
        self.done: _Document | None = None
        self.nearly: Mark | None = None
        self.crossed: Mark | None = None
        self.any = False

    @property
    def wanted(self) -> int:
        """Where the first document begins that is not finished."""
        held = [held.begin.start for held in (*self.outer[:1], self.done, self.open) if held is not None]
        return min([self.edge, *held])

    def mark(self, mark: Mark) -> None:
        """A begin or an end, at its place or not."""
        self.any = True
        if mark.which == "begin":
            self._begin(mark)
        else:
            self._end(mark)

    def _begin(self, mark: Mark) -> None:
        opened = self.open
        if opened is None:
            self._settle()
            self._outside(mark.start)
            self.open = _Document(mark, mark.next)
        elif opened.begin.text.split() == mark.text.split() and self._is_empty(opened, mark.start):
            opened.first = mark.next
            opened.twice.append(len(opened.faults))
            opened.faults.append(unbalanced("repeated", mark, opened.begin))
        elif mark.reason and not self.nearly:
            return  # It is a line of the body.
        elif self.nearly is not None:
            self._close(self.nearly)
            self._begin(mark)
        elif mark.label is not None and mark.label == opened.begin.label:
            opened.faults.append(_in_body(mark, opened.begin))
        else:
            self.outer.append(opened)
            self.open = _Document(mark, mark.next)
            while len(self.outer) > 1 and self._is_too_much(mark):
                self._unclosed(self.outer.pop(0), self.outer[0].begin.start)

    def _is_too_much(self, mark: Mark) -> bool:
        """Whether the first document of `outer` is no longer held back."""
        return len(self.outer) > _MOST_OUTER or mark.start - self.outer[0].begin.start > _FARTHEST

    def _is_empty(self, document: _Document, end: int) -> bool:
        """Whether the body of a document is blank up to `end`; that it is not is found out once."""
        document.filled = document.filled or not self.is_blank(document.first, end)
        return not document.filled

    def _end(self, mark: Mark) -> None:
        if self.open is None:
            self._end_outside(mark)
        elif mark.reason:
            self.nearly = mark
        elif self._ends_outer(mark):
            self.crossed, self.open = self.open.begin, self.outer.pop()
            self._all_unclosed(self.open.begin.start)
            self._close(mark)
        else:
            self._close(mark)

    def _ends_outer(self, mark: Mark) -> bool:
        """Whether an end names not the document that was begun last but the one before it."""
        if not self.outer or self.open is None or mark.label is None:
            return False
        return mark.label == self.outer[-1].begin.label != self.open.begin.label

    def _close(self, mark: Mark) -> None:
        """The open document ends."""
        assert self.open is not None, "only an open document is closed"
        self.open.end = mark
        self.done, self.open, self.nearly = self.open, None, None
        self.edge = mark.next

    def _end_outside(self, mark: Mark) -> None:
        done = self.done
        if mark.reason and done is not None:
            return  # It is text that stands outside, and will be reported as such.
        is_nested = bool(self.outer) and (mark.label is None or mark.label == self.outer[-1].begin.label)
        if done is not None and done.inner and not is_nested:
            self._settle()
            done = None
        text = self.solid(self.edge, mark.start)
        if self.crossed is not None and mark.label is not None and mark.label == self.crossed.label:
            self._crossed(mark)
        elif is_nested:
            self._nested(mark)
        elif done is not None and mark.label == done.closing.label and done.twice:
            self._doubled(mark, text)
        elif done is not None and text is None and not self._is_body(done, mark):
            done.faults.append(unbalanced("repeated", mark, done.closing))
            self.edge = mark.next
        elif done is not None and mark.label is not None and mark.label == done.begin.label:
            done.faults.append(_in_body(done.closing, mark))
            done.end = mark
            self.edge = mark.next
        else:
            self._headless(mark, text)

    def _is_body(self, done: _Document, mark: Mark) -> bool:
        """Whether what seemed to end a document is a line of its body: this line has its ID, and that one had not."""
        return mark.label == done.begin.label != done.closing.label

    def _crossed(self, mark: Mark) -> None:
        """What seemed to be a line of a body is the begin of a document that ends behind the end of its outer one."""
        assert self.done is not None, "an outer document has ended"
        assert self.crossed is not None, "as the caller knows"
        end, begin = self.done.closing, self.crossed
        self._emit(self.done, (unbalanced("crossed", end, begin),), stop=begin.start)
        first = end.next if self.is_blank(begin.next, end.start) else begin.next  # That end is no text of either.
        self._emit(_Document(begin, first, mark), (), stop=mark.start)
        self.done = self.crossed = None
        self.edge = mark.next

    def _nested(self, mark: Mark) -> None:
        """A whole document stands inside another one, which may itself stand in one that is not ended yet."""
        assert self.done is not None, "an outer document is left behind by an inner one"
        around = self.outer.pop()
        around.end = mark
        around.inner = [self.done, *self.done.inner]
        self.done, self.edge = around, mark.next
        if not self.outer:
            self._settle()

    def _doubled(self, mark: Mark, text: Span | None) -> None:
        """A document that was begun twice is ended twice: one pair stands in another, `text` behind it or none."""
        assert self.done is not None, "as the caller knows"
        faults, at = self.done.faults, self.done.twice.pop()
        faults[at] = faults[at]._replace(detail=("doubled", *faults[at].detail[1:]))
        if text is not None:
            self.done.end, self.done.sure = mark, False
            if not self.outer:
                self._settle()
        self.edge = mark.next

    def _headless(self, mark: Mark, text: Span | None) -> None:
        """An end that no begin belongs to: the text before it is a document all the same."""
        self._settle()
        if text is None:
            self.waiting += [*mark.faults(), unbalanced("unopened", mark, None)]
        else:
            at = self.first_line(text)
            fault = Fault("missing-delimiter", at, ("begin", str(mark.start), str(mark.end)))
            self.part(at, text.start, mark.start, mark.claims, [*mark.faults(), fault], sure=False, begun=False)
        self.edge = mark.next

    def _settle(self) -> None:
        """What was held back is what it seemed to be."""
        if self.done is not None:
            self._all_unclosed(self.done.begin.start)
            self._emit_with_inner(self.done, [] if self.crossed is None else [_in_body(self.crossed, self.done.begin)])
        self.done = self.crossed = None

    def _all_unclosed(self, stop: int) -> None:
        """None of the documents that lack their end will get it: each reaches up to the next, the last up to `stop`."""
        stops = [*(document.begin.start for document in self.outer[1:]), stop]
        for document, end in zip(self.outer, stops, strict=False):
            self._unclosed(document, end)
        self.outer = []

    def _emit_with_inner(self, document: _Document, faults: Iterable[Fault]) -> None:
        """A document is finished, and those inside it: of the first of these it is said, which names the others."""
        nest = [document, *document.inner]
        for number, (outer, inner) in enumerate(pairwise(nest)):
            self._emit(outer, faults if number == 0 else (), stop=inner.begin.start)
            if number == 0:
                deeper = (str(offset) for each in nest[2:] for offset in each.begin.span)
                fault = unbalanced("nested", inner.begin, document.begin)
                inner.faults.append(fault._replace(detail=(*fault.detail, *deeper)))
        last = nest[-1]
        self._emit(last, () if document.inner else faults, stop=None if last.sure else last.closing.start)

    def _unclosed(self, document: _Document, stop: int) -> None:
        """A document that never got its end reaches up to `stop`."""
        self._emit(document, [unbalanced("unclosed", document.begin, None)], stop=stop)

    def _emit(self, document: _Document, faults: Iterable[Fault], *, stop: int | None = None) -> None:
        """A document is finished: at its end, or at `stop`, which is not sure."""
        limit = document.closing.start if stop is None else stop
        start, claims, wrong = self.opened(document.begin, document.first, limit)
        if document.end is not None:
            claims, wrong = (*claims, *document.end.claims), (*wrong, *document.end.faults())
        faults = (*wrong, *document.faults, *faults)
        self.part(document.begin.span, start, limit, claims, faults, sure=stop is None)

    def _outside(self, end: int) -> None:
        """Text between the last document and `end` belongs to none."""
        text = self.solid(self.edge, end)
        if text is not None:
            self.waiting.append(Fault("text-outside", text))

    def close(self) -> None:
        """What is open stays so, and what is held back is what it seems to be."""
        size = self.window.size
        if not self.any:
            self.nothing("begin and end")
            return
        if self.open is not None and self.nearly is not None:
            self._close(self.nearly)
        if self.open is not None:
            self._all_unclosed(self.open.begin.start)
            self._unclosed(self.open, size)
        else:
            self._settle()
            self._outside(size)


def _in_body(mark: Mark, other: Mark) -> Fault:
    """A line of a body that reads as a delimiter, and the begin or end of its document that tells it for one."""
    return Fault("delimiter-in-body", mark.span, (mark.which, str(other.start), str(other.end)))
