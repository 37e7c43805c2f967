"""GFM tables: rows split by our own code, one pass, places made only when a finding needs them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from validator.index.parts import Lines, Part
from validator.late import regex
from validator.markdown import inline
from validator.model import Block, Entry, Fault, Link, Span, column_numbers
from validator.rows import BLANKS, UNICODE_BLANKS, split_row
from validator.text import real, unescaped

_SEPARATOR_CELL = regex(r":?-+:?")
_DASHES = regex(r"[|:\- \t\v\f\r]+")
_MARKUP = regex(r"[\\`*_\[\]<>&!~]")
_CODE = regex(r"`([^`\\]+)`")
_LINK = regex(r"\[([^\[\]`<>*_&!\\~|]+)\]\(([^()\s\x00-\x1f\x7f<>\\&%|]+)\)")
_LIKE_DASHES = regex("[\u00ad\u058a\u2010-\u2015\u2043\u2212\u2500\u2501\ufe58\ufe63\uff0d]")
_BULLETS = regex(r"[ \t]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]+)*")


class Cell(NamedTuple):
    """What a cell says, and the links in it."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


def read_cell(raw: str, references: dict[str, object]) -> Cell:
    """What a cell (one character a byte) says, with Markdown taken off."""
    if not _MARKUP.search(raw):
        return Cell(real(raw).strip())
    if match := _CODE.fullmatch(raw):
        return Cell(_code_text(real(match[1])))
    if match := _LINK.fullmatch(raw):
        text, target = real(match[1]).strip(), real(match[2])
        return Cell(text, ((text if text == target else target, text),))
    found = inline(real(raw).replace("\\|", "|").strip(UNICODE_BLANKS), references)
    return Cell(found.text, tuple((unescaped(target), text) for target, text in found.links))


def _code_text(text: str) -> str:
    """CommonMark 6.1: one blank is taken off on either side, where both are there and something stands between."""
    if text[0] == text[-1] == " " and text.strip(" "):
        text = text[1:-1]
    return text.strip()


def is_separator(line: str) -> bool:
    """Whether a line is the delimiter row of a table, of whatever width."""
    if not _DASHES.fullmatch(line) or "-" not in line or "|" not in line:
        return False
    return all(_SEPARATOR_CELL.fullmatch(line[a:b]) for a, b in split_row(line))


def _is_like_separator(line: str) -> bool:
    """Whether a line is a separator row but for dashes that only look like `-`."""
    return not line.isascii() and "|" in line and is_separator(_LIKE_DASHES.sub("-", real(line)))


class Table(NamedTuple):
    """A table read: the block, its entries, the faults of its rows.

    Of a `headless` one no separator row tells whether the first row is a header, so it is among the entries too.
    """

    block: Block
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    headless: bool


def read_table(lines: Lines, part: Part, number: int, hidden: frozenset[int], references: dict[str, object]) -> Table:
    """Read the table on the lines of `part`. `number` is its block's; `hidden` are lines that are no rows.

    Header and separator row may come again, where both sides of a conflict have the whole table: they are no entries.
    """
    rows = [row for row in range(part.first, part.end) if row not in hidden]
    # A table may begin on the line of the list item that it stands in.
    head = _BULLETS.sub("", lines.get(rows[0]), count=1) if part.depth else lines.get(rows[0])
    header = [read_cell(head[a:b], references).text for a, b in split_row(head)]
    separator = part.kind == "table" or (len(rows) > 1 and is_separator(lines.get(rows[1])))
    columns = tuple(header)
    block = Block(
        "table",
        columns,
        part.section,
        lines.span(rows[0], rows[-1]),
        lines.span(rows[1 if separator else 0]),
        column_numbers(columns),
    )
    faults = list(_separator_faults(lines, rows, len(header), separator=separator))
    entries = [] if separator else [_read_row(lines.get(rows[0]), lines.starts[rows[0]], number, references)]
    odd: dict[int, int] = {}
    for row in rows[1 + separator :]:
        line = lines.get(row)
        entry = _read_row(line, lines.starts[row], number, references)
        if (entry.values == columns and not entry.links) or is_separator(line) or _is_like_separator(line):
            continue
        if len(entry.values) != len(header):
            entry = entry if entry.links else _with_cut_link(line, entry, references)
            odd[len(entries)] = row
        entries.append(entry)
    sound = (entry for place, entry in enumerate(entries) if place not in odd and entry.links) if odd else iter(())
    usual = next((entry.links[0].cell for entry in sound), None)
    for place, row in odd.items():
        faults.append(_row_fault(lines, row, entries[place], len(header), usual))
        entries[place] = _distrusted(entries[place], len(header), usual or 0)
    return Table(block, tuple(entries), tuple(faults), headless=not separator)


def read_rows(lines: Lines, part: Part, block: Block, hidden: frozenset[int], references: dict[str, object]) -> Table:
    """Read rows that blank lines or a comment cut off from their table, whose columns they have."""
    rows = [row for row in range(part.first, part.end) if row not in hidden]
    entries = tuple(_read_row(lines.get(row), lines.starts[row], 0, references) for row in rows)
    span = lines.span(rows[0], rows[-1])
    fault = Fault("broken-table", lines.span(rows[0]), ("cut-off", str(len(block.columns)), str(len(rows))))
    return Table(block._replace(span=span, header=span), entries, (fault,), headless=False)


def _separator_faults(lines: Lines, rows: list[int], width: int, *, separator: bool) -> Iterator[Fault]:
    if not separator:
        alike = len(rows) > 1 and _is_like_separator(lines.get(rows[1]))
        kind, row = ("alike", rows[1]) if alike else ("missing", rows[0])
        yield Fault("broken-table", lines.span(row), (kind, str(width), "0"))
        return
    found = len(split_row(lines.get(rows[1]).strip(BLANKS)))
    if found != width:
        yield Fault("broken-table", lines.span(rows[1]), ("width", str(width), str(found)))


def _row_fault(lines: Lines, row: int, entry: Entry, width: int, usual: int | None) -> Fault:
    """The fault of a row of another width, at the cells that are too many, or at the row that has too few.

    Those at the end may not be the ones. The link tells: a pipe divides its text, or moves it from its `usual` column.
    """
    line, start = lines.get(row), lines.starts[row]
    cells = split_row(line)
    surplus = len(cells) - width
    first, last, where = width, len(cells) - 1, ""
    column = entry.links[0].cell if entry.links else 0
    if entry.links and entry.values[column] is None:
        end = _end_of_cut_link(line, cells, column)
        if end - column == surplus:
            first, last, where = column, end, "in-link"
    elif entry.links and usual is not None and column - usual == surplus:
        first, last, where = 0, column - 1, "before-link"
    detail = (str(width), str(len(cells)), where)
    if surplus < 0:
        return Fault("row-width", lines.span(row)._replace(start=start + len(line) - len(line.lstrip())), detail)
    left = cells[first][0]
    return Fault("row-width", Span(start + left, start + max(cells[last][1], left + 1)), detail)


def _end_of_cut_link(line: str, cells: list[tuple[int, int]], column: int) -> int:
    """The cell in which the text of a link ends that begins in another one."""
    depth = 0
    for number, (left, right) in enumerate(cells[column:], column):
        depth += line.count("[", left, right) - line.count("]", left, right)
        if depth <= 0:
            return number
    return len(cells)


def _read_row(line: str, start: int, number: int, references: dict[str, object]) -> Entry:
    values: list[str | None] = []
    links: list[Link] = []
    for column, raw in enumerate(_raw_cells(line)):
        if not _MARKUP.search(raw):
            values.append(real(raw).strip())
            continue
        cell = read_cell(raw, references)
        values.append(cell.text)
        links.extend(Link(target, column, text) for target, text in cell.links)
    return Entry(number, Span(start, start + len(line)), tuple(values), tuple(links))


def _with_cut_link(line: str, entry: Entry, references: dict[str, object]) -> Entry:
    """A row with the link that a bare pipe in its text cuts in two; its cells from there on say nothing."""
    found = read_cell(line.strip(BLANKS).strip("|"), references)
    if not found.links:
        return entry
    column = next((number for number, raw in enumerate(_raw_cells(line)) if raw.count("[") > raw.count("]")), 0)
    values = (*entry.values[:column], *[None] * (len(entry.values) - column))
    return entry._replace(values=values, links=tuple(Link(target, column, text) for target, text in found.links[:1]))


def _raw_cells(line: str) -> list[str]:
    """The cells of a row without their places, which most rows never need."""
    if "\\" in line:
        return [line[start:end] for start, end in split_row(line)]
    cells = line.split("|")
    if len(cells) > 1 and not real(cells[0]).strip(UNICODE_BLANKS):
        del cells[0]
    if len(cells) > 1 and not real(cells[-1]).strip(UNICODE_BLANKS):
        del cells[-1]
    return [cell.strip(BLANKS) for cell in cells]


def _distrusted(entry: Entry, width: int, usual: int) -> Entry:
    """A row of another width: behind the link nothing says which cell is which, for a stray pipe may stand there.

    In front of it, only where the link stands in its `usual` column: a stray pipe may stand there as well.
    """
    in_place = bool(entry.links) and entry.links[0].cell == usual
    known = entry.links[0].cell + 1 if in_place else 0
    values = [value if column < known else None for column, value in enumerate(entry.values[:width])]
    return entry._replace(values=(*values, *[None] * (width - len(values))))


def cell_span(text: str, entry: Entry, column: int) -> Span:
    """The place of a cell of a row, its blanks left out; the row where it has no such cell."""
    line = text[entry.span.start : entry.span.end]
    cells = split_row(line)
    if column >= len(cells):
        return entry.span
    start, end = cells[column]
    return Span(entry.span.start + start, entry.span.start + max(end, start + 1))
