"""Document delimiters: the pieces of a file in, one part for each of its documents out.

A file is read in a stream. Only what may still belong to a document that is not finished is kept, so memory grows with
the largest document and not with the file. Four shapes, by what the contract declares:

* `begin` and `end`: pairs. A line that only nearly is a delimiter counts as one where the pairs would not fit without.
* `begin` with a field: each such line begins a document, the next one or the end of the file ends it.
* `begin` without a field: a separator, between documents; at the start and at the end of a file it may stand or not.
* `end` alone: each such line ends a document.

And JSON Lines, where each line is a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from validator.contract import ONE_A_LINE, Delimiters
from validator.header.block import body_start
from validator.late import compiled, regex
from validator.lines import LineTemplate, line_template
from validator.model import Claim, Fault, Span
from validator.text import bad_utf8, line_end, next_line

LARGEST = 2**28
_LONGEST_LINE = 4096
_SOLID = regex(rb"\S")


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


class _Mark(NamedTuple):
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


class _Window:
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


def cut(delimiters: Delimiters, pieces: Iterable[bytes]) -> Iterator[Part]:
    """The documents of a file, in its order; at least one. `pieces` are the bytes of the file. Never raises itself.

    Faults of the file as a whole are those of its first part, or of the part that follows them.
    """
    window = _Window()
    if delimiters.header == ONE_A_LINE:
        cutter: _Cutter = _Rows(window)
    elif delimiters.begin and delimiters.end:
        cutter = _Pairs(window)
    else:
        cutter = _Lines(window, delimiters)
    yield from _settled(cutter, delimiters, _cut(cutter, delimiters, pieces))


def _cut(cutter: _Cutter, delimiters: Delimiters, pieces: Iterable[bytes]) -> Iterator[Part]:
    finder = _Finder(delimiters) if delimiters.begin or delimiters.end else None
    for piece in pieces:
        cutter.window.add(piece, cutter.wanted)
        if finder is None:
            cutter.piece(piece)
        else:
            for mark in finder.marks(piece):
                cutter.mark(mark)
        yield from cutter.taken()
    for mark in finder.last() if finder is not None else ():
        cutter.mark(mark)
    cutter.close()
    yield from cutter.taken()


def _settled(cutter: _Cutter, delimiters: Delimiters, parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, each held back until it is known whether it is the only one: then text around it is its wrapping.

    A document whose delimiters do not name it is known by its file: if it is alone there, its delimiters set it apart
    from what somebody else put around it, such as a licence.
    """
    held: Part | None = None
    count = 0
    for part in parts:
        if held is not None:
            yield held
        held, count = part, count + 1
    if held is None:
        held = Part(None, 0, None if cutter.waiting else b"")
    faults = (*held.faults, *cutter.waiting)
    if count == 1 and delimiters.begin and delimiters.end and not delimiters.name_documents:
        faults = tuple(fault for fault in faults if fault.kind != "text-outside")
    yield held._replace(faults=faults)


class _Finder:
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

    def marks(self, piece: bytes) -> Iterator[_Mark]:
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
        if len(self.rest) > _LONGEST_LINE:
            self.at, self.rest, self.is_long = self.at + len(self.rest), b"", True

    def last(self) -> Iterator[_Mark]:
        """The mark in a last line that has no line end."""
        yield from self._in(self.rest)

    def _in(self, lines: bytes) -> Iterator[_Mark]:
        block = b"\n" + lines
        for found in self.pattern.finditer(block):
            mark = self._mark(lines, found.start())
            if mark is not None:
                yield mark

    def _mark(self, lines: bytes, start: int) -> _Mark | None:
        end, after = line_end(lines, start), next_line(lines, start)
        if end - start > _LONGEST_LINE:
            return None
        raw = lines[start:end]
        line = raw.decode("utf-8", "surrogateescape")
        for which, template in self.templates:
            match = template[0].match(line)
            if match is not None:
                base = self.at + start
                claims = tuple(_claim(which, line, base, field) for field in match.fields)
                is_utf8 = raw.isascii() or bad_utf8(raw) is None
                return _Mark(which, template, base, self.at + end, self.at + after, line, claims, match.reason, is_utf8)
        return None


def _claim(which: str, line: str, base: int, field: tuple[str, str, int, int]) -> Claim:
    name, _, start, end = field
    first = base + len(line[:start].encode("utf-8", "surrogateescape"))
    raw = line[start:end].encode("utf-8", "surrogateescape")
    return Claim(f"{which}.{name}", raw.decode("utf-8", "replace"), Span(first, first + len(raw)))


class _Cutter:
    """What all shapes share: the window, the parts that are ready, the faults that wait for a part to belong to."""

    def __init__(self, window: _Window) -> None:
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

    def mark(self, mark: _Mark) -> None:
        """Take the next delimiter line."""

    def piece(self, piece: bytes) -> None:
        """Take the next piece, where lines that are no delimiters count too."""

    def close(self) -> None:
        """The file has ended."""

    def is_blank(self, start: int, end: int) -> bool:
        """Whether nothing but blanks stands between two offsets."""
        near = min(end, start + _LONGEST_LINE)
        first = self.window.text(start, near)
        if first is None or _SOLID.search(first, body_start(first) if start == 0 else 0):
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
        first = _SOLID.search(text)
        if first is None:
            return None
        return Span(start + text.rfind(b"\n", 0, first.start()) + 1, start + len(text.rstrip()))

    def first_line(self, span: Span) -> Span:
        """The first line of a stretch of text."""
        text = self.window.text(span.start, min(span.end, span.start + _LONGEST_LINE))
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

    def opened(self, begin: _Mark, start: int, end: int) -> tuple[int, tuple[Claim, ...], tuple[Fault, ...]]:
        """Where the body of a document begins, and what its begin says: the lines from `start` on may be part of it."""
        claims, faults = begin.claims, begin.faults()
        for template in begin.template[1:]:
            text = self.window.text(start, min(end, start + 2 * _LONGEST_LINE)) or b""
            span = Span(start, start + line_end(text, 0))
            line = text[: span.end - start].decode("utf-8", "surrogateescape")
            match = template.match(line)
            if match is None or match.reason:
                reason = match.reason if match else "another line stands there, or none"
                faults = (*faults, Fault("malformed-delimiter", span, ("begin", reason, f"`{template.source}`")))
            if match is None:
                break
            claims = (*claims, *(_claim("begin", line, start, field) for field in match.fields))
            start += next_line(text, 0)
        return start, claims, faults

    def nothing(self, detail: str) -> None:
        """A file without any delimiter, which cannot be taken apart, if it is not blank."""
        text = self.solid(0, self.window.size)
        if text is not None:
            fault = Fault("missing-delimiter", self.first_line(text), (detail,))
            self.ready.append(Part(None, 0, None, faults=(fault,)))


class _Rows(_Cutter):
    """JSON Lines: each line that is not blank is a document."""

    def piece(self, piece: bytes) -> None:
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
        text = self.window.text(self.edge, self.window.size)
        if text is None:
            self.part(Span(self.edge, self.edge), self.edge, self.window.size, sure=False)
        else:
            self._row(text, self.edge)

    def _row(self, line: bytes, start: int) -> None:
        if start == 0:
            start = body_start(line)
            line = line[start:]
        if _SOLID.search(line):
            end = line_end(line, 0)
            self.ready.append(Part(Span(start, start + end), start, line[:end]))


class _Lines(_Cutter):
    """Documents that one kind of line bounds: each begins one, or stands between two, or ends one."""

    def __init__(self, window: _Window, delimiters: Delimiters) -> None:
        super().__init__(window)
        self.which = "begin" if delimiters.begin else "end"
        self.between = self.which == "begin" and not any(line_template(source)[0].fields for source in delimiters.begin)
        self.last: _Mark | None = None

    def mark(self, mark: _Mark) -> None:
        is_blank = self.is_blank(self.edge, mark.start)
        if is_blank and self._is_repeated(mark):
            self.waiting += [*mark.faults(), _unbalanced("repeated", mark, self.last)]
        elif self.which == "end":
            text = None if is_blank else self.solid(self.edge, mark.start)
            self.part(self.first_line(text or mark.span), self.edge, mark.start, mark.claims, mark.faults(), sure=True)
        elif not is_blank or self.last is not None:
            self._document(mark.start)
        self.last, self.edge = mark, mark.next

    def _is_repeated(self, mark: _Mark) -> bool:
        return self.last is not None and (self.last.text.split() == mark.text.split() or not mark.claims)

    def close(self) -> None:
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


def _unbalanced(kind: str, mark: _Mark, other: _Mark | None) -> Fault:
    """A delimiter that does not pair up, and the line that it has to do with."""
    place = () if other is None else (str(other.start), str(other.end))
    return Fault("unbalanced-delimiter", mark.span, (kind, mark.which, *place))


def _in_body(mark: _Mark, other: _Mark) -> Fault:
    """A line of a body that reads as a delimiter, and the begin or end of its document that tells it for one."""
    return Fault("delimiter-in-body", mark.span, (mark.which, str(other.start), str(other.end)))


class _Document(NamedTuple):
    """A document of a file with pairs, as far as it is read. `first` is where its body begins, `end` what ends it."""

    begin: _Mark
    first: int
    end: _Mark | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def closing(self) -> _Mark:
        assert self.end is not None, "asked of documents alone that are ended"
        return self.end


class _Pairs(_Cutter):
    """Documents between a begin and an end.

    `open` is the document that is being read; `outer` one before it that lacks its end so far; `done` the last one that
    has its end, held back because the next line may show that this end was a line of its body.
    """

    def __init__(self, window: _Window) -> None:
        super().__init__(window)
        self.open: _Document | None = None
        self.outer: _Document | None = None
        self.done: _Document | None = None
        self.nearly: _Mark | None = None
        self.crossed: _Mark | None = None
        self.any = False

    @property
    def wanted(self) -> int:
        held = [held.begin.start for held in (self.outer, self.done, self.open) if held is not None]
        return min([self.edge, *held])

    def mark(self, mark: _Mark) -> None:
        self.any = True
        if mark.which == "begin":
            self._begin(mark)
        else:
            self._end(mark)

    def _begin(self, mark: _Mark) -> None:
        opened = self.open
        if opened is None:
            self._settle()
            self._outside(mark.start)
            self.open = _Document(mark, mark.next)
        elif opened.begin.text.split() == mark.text.split() and self.is_blank(opened.first, mark.start):
            fault = _unbalanced("repeated", mark, opened.begin)
            self.open = _Document(opened.begin, mark.next, None, (*opened.faults, fault))
        elif mark.reason and not self.nearly:
            return  # It is a line of the body.
        elif self.nearly is not None:
            self._close(self.nearly)
            self._begin(mark)
        elif mark.label is not None and mark.label == opened.begin.label:
            self.open = opened._replace(faults=(*opened.faults, _in_body(mark, opened.begin)))
        else:
            if self.outer is not None:
                self._unclosed(self.outer, opened.begin.start)
            self.outer, self.open = opened, _Document(mark, mark.next)

    def _end(self, mark: _Mark) -> None:
        if self.open is None:
            self._end_outside(mark)
        elif mark.reason:
            self.nearly = mark
        elif self._ends_outer(mark):
            assert self.outer is not None, "as just asked"
            inner, self.open = self.open, self.outer
            self.outer, self.crossed = None, inner.begin
            self._close(mark)
        else:
            self._close(mark)

    def _ends_outer(self, mark: _Mark) -> bool:
        """Whether an end names not the document that was begun last but the one before it."""
        if self.outer is None or self.open is None or mark.label is None:
            return False
        return mark.label == self.outer.begin.label != self.open.begin.label

    def _close(self, mark: _Mark) -> None:
        """The open document ends."""
        assert self.open is not None, "only an open document is closed"
        self.done = self.open._replace(end=mark)
        self.open = self.nearly = None
        self.edge = mark.next

    def _end_outside(self, mark: _Mark) -> None:
        done, text = self.done, self.solid(self.edge, mark.start)
        if mark.reason and done is not None:
            return  # It is text that stands outside, and will be reported as such.
        if self.crossed is not None and mark.label is not None and mark.label == self.crossed.label:
            self._crossed(mark)
        elif self.outer is not None and (mark.label is None or mark.label == self.outer.begin.label):
            self._nested(mark)
        elif done is not None and text is None and not self._is_body(done, mark):
            self.done = done._replace(faults=(*done.faults, _unbalanced("repeated", mark, done.closing)))
            self.edge = mark.next
        elif done is not None and mark.label is not None and mark.label == done.begin.label:
            self.done = done._replace(end=mark, faults=(*done.faults, _in_body(done.closing, mark)))
            self.edge = mark.next
        else:
            self._headless(mark, text)

    def _is_body(self, done: _Document, mark: _Mark) -> bool:
        """Whether what seemed to end a document is a line of its body: this line has its ID, and that one had not."""
        return mark.label == done.begin.label != done.closing.label

    def _crossed(self, mark: _Mark) -> None:
        """What seemed to be a line of a body is the begin of a document that ends behind the end of its outer one."""
        assert self.done is not None, "an outer document has ended"
        assert self.crossed is not None, "as the caller knows"
        fault = _unbalanced("crossed", self.done.closing, self.crossed)
        self._emit(self.done, (fault,), stop=self.crossed.start)
        self._emit(_Document(self.crossed, self.crossed.next, mark), (), stop=mark.start)
        self.done = self.crossed = None
        self.edge = mark.next

    def _nested(self, mark: _Mark) -> None:
        """A whole document stands inside another one."""
        assert self.done is not None, "an outer document is left behind by an inner one"
        assert self.outer is not None, "as the caller knows"
        fault = _unbalanced("nested", self.done.begin, self.outer.begin)
        self._emit(self.outer._replace(end=mark), (), stop=self.done.begin.start)
        self._emit(self.done, (fault,))
        self.done = self.outer = None
        self.edge = mark.next

    def _headless(self, mark: _Mark, text: Span | None) -> None:
        """An end that no begin belongs to: the text before it is a document all the same."""
        self._settle()
        if text is None:
            self.waiting += [*mark.faults(), _unbalanced("unopened", mark, None)]
        else:
            at = self.first_line(text)
            fault = Fault("missing-delimiter", at, ("begin", str(mark.start), str(mark.end)))
            self.part(at, text.start, mark.start, mark.claims, [*mark.faults(), fault], sure=False, begun=False)
        self.edge = mark.next

    def _settle(self) -> None:
        """What was held back is what it seemed to be."""
        if self.outer is not None and self.done is not None:
            self._unclosed(self.outer, self.done.begin.start)
        if self.done is not None:
            self._emit(self.done, [] if self.crossed is None else [_in_body(self.crossed, self.done.begin)])
        self.outer = self.done = self.crossed = None

    def _unclosed(self, document: _Document, stop: int) -> None:
        """A document that never got its end reaches up to `stop`."""
        self._emit(document, [_unbalanced("unclosed", document.begin, None)], stop=stop)

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
        size = self.window.size
        if not self.any:
            self.nothing("begin and end")
            return
        if self.open is not None and self.nearly is not None:
            self._close(self.nearly)
        if self.open is not None:
            if self.outer is not None:
                self._unclosed(self.outer, self.open.begin.start)
            self._unclosed(self.open, size)
        else:
            self._settle()
            self._outside(size)
