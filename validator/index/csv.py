"""CSV and TSV: a header row, then an entry a row, with the places of the cells.

Cells in quotes are RFC 4180's. A quote that is never closed would swallow the rest of the file: such a cell ends with
its line, and the rows behind it are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.contract import Contract
from validator.index.links import Reading, Resolve, path_columns
from validator.index.records import Record, make_block, rows_reading
from validator.late import regex
from validator.model import Fault, Span
from validator.text import real

_QUOTED = regex(r'[ \t]*("(?:[^"]|"")*+")[ \t]*')


class Cell(NamedTuple):
    """One cell: its text, its place (quotes included, blanks around it not), and whether its quotes are in order."""

    text: str
    span: Span
    sound: bool = True


def read_csv(path: str, text: str, contract: Contract, resolve: Resolve) -> Reading:  # noqa: ARG001 - as all readers
    """Read an index of values between commas, or between semicolons where the header row has no comma."""
    head = text[contract.body :].lstrip().partition("\n")[0]
    return _reading(
        list(_csv_rows(text, contract.body, "," if "," in head or ";" not in head else ";")), contract, resolve
    )


def read_tsv(path: str, text: str, contract: Contract, resolve: Resolve) -> Reading:  # noqa: ARG001 - as all readers
    """Read an index of values between tabs. A tab or a line end cannot stand in a value; quotes are not needed."""
    rows = [_plain_row(text, start, end, "\t", quoted=True) for start, end in _lines(text, contract.body)]
    return _reading(rows, contract, resolve, "tsv")


def _reading(rows: Sequence[Sequence[Cell]], contract: Contract, resolve: Resolve, kind: str = "csv") -> Reading:
    rows = [row for row in rows if len(row) > 1 or row[0].text or not row[0].sound]
    if not rows:
        return Reading((), (), ())
    header, *body = rows
    head = Span(header[0].span.start, header[-1].span.end)
    block = make_block(kind, [cell.text for cell in header], "", Span(head.start, rows[-1][-1].span.end), head)
    faults = [fault for row in rows for fault in _row_faults(row, len(header))]
    paths = path_columns(contract, block.columns)
    records = [_record(row, len(header), paths) for row in body]
    return rows_reading(block, records, contract, resolve, faults)


def _row_faults(row: Sequence[Cell], width: int) -> Iterator[Fault]:
    for cell in row:
        if not cell.sound:
            reason = "the quote that opens this cell is never closed, or text stands behind the closing one"
            yield Fault("index-syntax", cell.span, (reason,))
            return
    if len(row) > width:
        yield Fault(
            "row-width", Span(row[width].span.start, row[-1].span.end), (str(width), str(len(row)), "delimiter")
        )
    elif len(row) < width:
        yield Fault("row-width", Span(row[0].span.start, row[-1].span.end), (str(width), str(len(row)), "delimiter"))


def _record(row: Sequence[Cell], width: int, paths: Sequence[int]) -> Record:
    """A row as a record. Of one that is not in order, only the path and what stands before it is trusted."""
    span = Span(row[0].span.start, row[-1].span.end)
    bad = next((number for number, cell in enumerate(row) if not cell.sound), None)
    trusted = width
    if bad is not None:
        trusted = bad + (bad in paths)
    elif len(row) != width:
        trusted = 1 + min(paths, default=0)
    kept = row[: min(trusted, width)]
    gone = (None,) * (width - len(kept))
    values = (cell.text if cell.sound else cell.text.strip('"') for cell in kept)
    return Record(span, (*values, *gone), (*(cell.span for cell in kept), *gone))


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The lines of a text as offsets, their ends left out."""
    while start < len(text):
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        yield start, stop - (stop > start and text[stop - 1] == "\r")
        start = stop + 1


def _csv_rows(text: str, start: int, delimiter: str) -> Iterator[Sequence[Cell]]:
    while start < len(text):
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        if '"' not in text[start:stop]:
            yield _plain_row(text, start, stop - (stop > start and text[stop - 1] == "\r"), delimiter)
            start = stop + 1
        else:
            row, start = _quoted_row(text, start, delimiter)
            yield row


def _plain_row(text: str, start: int, end: int, delimiter: str, *, quoted: bool = False) -> Sequence[Cell]:
    """The cells of a line; with `quoted`, quotes round a whole cell are taken off."""
    cells: list[Cell] = []
    for raw in text[start:end].split(delimiter):
        kept = raw.strip(" \t\v\f\r")
        at = start + raw.find(kept) if kept else start + len(raw)
        value = kept
        if quoted and len(kept) > 1 and kept[0] == kept[-1] == '"':
            value = kept[1:-1].replace('""', '"')
        cells.append(Cell(real(value), Span(at, at + len(kept))))
        start += len(raw) + 1
    return cells


def _quoted_row(text: str, start: int, delimiter: str) -> tuple[Sequence[Cell], int]:
    """The cells of a row in which quotes stand, and where the next row begins."""
    cells: list[Cell] = []
    bare = re.compile(rf"[^{delimiter}\n]*")
    while True:
        quoted = _QUOTED.match(text, start)
        if quoted and _ends_cell(text, quoted.end(), delimiter):
            inner = quoted[1][1:-1].replace('""', '"').replace("\r\n", "\n").strip(" \t\v\f\r\n")
            cells.append(Cell(real(inner), Span(*quoted.span(1))))
            end = quoted.end()
        else:
            end = _end(bare, text, start)
            (cell,) = _plain_row(text, start, end - (text[end - 1 : end] == "\r"), "\n")
            cells.append(cell._replace(sound=not cell.text.startswith('"')))
        if text[end : end + 1] != delimiter:
            return cells, end + 1 + text.startswith("\r\n", end)
        start = end + 1


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    assert match is not None, "nothing matches too"
    return match.end()


def _ends_cell(text: str, position: int, delimiter: str) -> bool:
    return position >= len(text) or text[position] in {delimiter, "\n"} or text.startswith("\r\n", position)
