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

from validator.contract import ONE_A_LINE, Delimiters
from validator.delimiters.cutter import Cutter, Part, Window
from validator.delimiters.lines import Lines
from validator.delimiters.marks import Finder
from validator.delimiters.pairs import Pairs
from validator.delimiters.rows import Rows

__all__ = ["Part", "cut"]


def cut(delimiters: Delimiters, pieces: Iterable[bytes]) -> Iterator[Part]:
    """The documents of a file, in its order; at least one. `pieces` are the bytes of the file. Never raises itself.

    Faults of the file as a whole are those of its first part, or of the part that follows them.
    """
    window = Window()
    if delimiters.header == ONE_A_LINE:
        cutter: Cutter = Rows(window)
    elif delimiters.begin and delimiters.end:
        cutter = Pairs(window)
    else:
        cutter = Lines(window, delimiters)
    yield from _settled(cutter, delimiters, _cut(cutter, delimiters, pieces))


def _cut(cutter: Cutter, delimiters: Delimiters, pieces: Iterable[bytes]) -> Iterator[Part]:
    finder = Finder(delimiters) if delimiters.begin or delimiters.end else None
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


def _settled(cutter: Cutter, delimiters: Delimiters, parts: Iterable[Part]) -> Iterator[Part]:
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
