"""A Markdown page: which of its tables, lists and paragraphs are the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from validator.contract import Contract
from validator.index.links import NOTHING, Reading, Resolve, id_name, key_first, path_column, path_columns
from validator.index.lists import COLUMNS, read_heading, read_item, read_links
from validator.index.markdown import outline
from validator.index.parts import Lines, Outline, Part
from validator.index.regions import parts_between, region_faults, section_bounds
from validator.index.table import is_separator, read_rows, read_table
from validator.index.values import column_of
from validator.markdown import without_attributes
from validator.model import Block, Entry, Fault, Link, Span, column_numbers
from validator.rows import split_row

_MOST_BETWEEN = 8


class _Group(NamedTuple):
    """A block that may be part of the index, with what was read of it. `shares` is how many items it has in all."""

    block: Block
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    shares: int
    headless: bool = False


def read_page(
    text: str,
    contract: Contract,
    resolve: Resolve,
    unread: Sequence[Span],
    left_out: Sequence[Span] = (),
    structure: Callable[[str, int, Sequence[Span], Sequence[Span]], Outline] | None = None,
) -> Reading:
    """Read a Markdown index. `resolve` tells where a link leads; never raises.

    `unread` are lines that say nothing, `left_out` are rows of tables that are not read here (see `uniform`).
    `structure` is how the structure of the page is had, if it is known already.

    Taken are the tables, lists and link paragraphs whose items name documents, within the contract's section and of
    the contract's format. Where a table already names a document, a list that mentions it too is no second entry.
    """
    content = (structure or outline)(text, contract.body, unread, left_out)
    faults = list(region_faults(content))
    parts, more = _in_section(content, contract)
    groups = _groups(content, parts, contract, resolve)
    blocks: list[Block] = []
    entries: list[Entry] = []
    named: set[str] = set()
    for kind in ("table", "list", "links"):
        paths: set[str] = set()
        for group in groups:
            if group.block.kind == kind:
                for entry in group.entries:
                    target = resolve(entry.links[0].target).path if entry.links else ""
                    if not target or target not in named:
                        entries.append(entry._replace(block=len(blocks)))
                        paths.add(target)
                blocks.append(group.block)
                faults.extend(group.faults)
        named |= paths
    entries.sort(key=lambda entry: entry.span)
    return Reading(tuple(blocks), tuple(entries), (*faults, *more))


def _groups(content: Outline, parts: list[Part], contract: Contract, resolve: Resolve) -> list[_Group]:
    """The blocks of the wanted formats that are part of the index, their entries with the naming link first."""
    readers: dict[str, Callable[[Outline, list[Part]], Iterator[_Group]]] = {
        "table": _tables,
        "list": partial(_lists, resolve),
        "links": partial(_paragraphs, resolve),
    }
    found: list[_Group] = []
    for kind in (contract.format,) if contract.format else readers:
        for group in readers[kind](content, parts):
            entries = _with_paths(group, contract) if kind == "table" and path_column(contract) else group.entries
            named = group._replace(entries=tuple(key_first(entry, resolve) for entry in entries))
            named = _first_row_judged(named, resolve) if named.headless else named
            if _belongs(named, contract, resolve):
                found.append(named)
    return found


def _with_paths(group: _Group, contract: Contract) -> tuple[Entry, ...]:
    """The rows of a table, those without a link with the path that the contract's column for it states."""
    columns = path_columns(contract, group.block.columns)
    return tuple(_with_path(entry, columns[0]) if columns else entry for entry in group.entries)


def _with_path(entry: Entry, column: int) -> Entry:
    value = entry.values[column]
    if entry.links or not value or value in NOTHING:
        return entry
    return entry._replace(links=(Link(value, column, value),))


def _tables(content: Outline, parts: Iterable[Part]) -> Iterator[_Group]:
    before: tuple[Part, Block] | None = None
    for part in parts:
        if part.kind == "paragraph" and before is not None and _is_cut_off(content, *before, part):
            table = read_rows(content.lines, part, before[1], content.hidden, content.references)
            yield _Group(table.block, table.entries, table.faults, len(table.entries))
            before = (part, before[1])
        elif part.kind == "table" or (part.kind == "paragraph" and _is_broken_table(content, part)):
            table = read_table(content.lines, part, 0, content.hidden, content.references)
            yield _Group(table.block, table.entries, table.faults, len(table.entries), table.headless)
            before = None if table.headless else (part, table.block)
        elif part.kind != "html":
            before = None


def _is_cut_off(content: Outline, table: Part, block: Block, part: Part) -> bool:
    """Whether a paragraph is rows of a table that blank lines or a comment cut off: as wide, and nothing between."""
    rows = [content.lines.get(number).strip() for number in range(part.first, part.end) if number not in content.hidden]
    between = range(table.end, part.first)
    return (
        part.depth == table.depth
        and all(row.startswith("|") and row.endswith("|") and len(split_row(row)) == len(block.columns) for row in rows)
        and not any(is_separator(row) for row in rows)
        and len(between) <= _MOST_BETWEEN
    )


def _first_row_judged(group: _Group, resolve: Resolve) -> _Group:
    """A table without a separator row has lost its header too where the first of its rows names a document."""
    first = group.entries[0]
    if not first.links or resolve(first.links[0].target).rank < 2:  # noqa: PLR2004 - see `Resolved`
        return group._replace(entries=group.entries[1:])
    return group._replace(block=group.block._replace(columns=("",) * len(first.values), numbers={}))


def _is_broken_table(content: Outline, part: Part) -> bool:
    """Whether a paragraph is meant as a table: rows in pipes whose separator row is missing or does not fit."""
    rows = [content.lines.get(number) for number in range(part.first, part.end) if number not in content.hidden]
    if len(rows) > 1 and "|" in rows[0] and is_separator(rows[1]):
        return True
    return len(rows) > 1 and all(row.lstrip().startswith("|") and row.rstrip().endswith("|") for row in rows)


def _lists(resolve: Resolve, content: Outline, parts: Iterable[Part]) -> Iterator[_Group]:
    groups: dict[tuple[int, tuple[str, ...]], list[Part]] = {}
    for part in parts:
        if part.kind == "item":
            groups.setdefault((part.group, part.headings), []).append(part)
    for members in groups.values():
        items = (read_item(content.lines, part, 0, resolve) for part in members)
        found = [entry for entry in items if entry is not None]
        yield _group("list", content.lines, members, found, len(members))


def _paragraphs(resolve: Resolve, content: Outline, parts: Iterable[Part]) -> Iterator[_Group]:
    """The paragraphs and headings under one heading that consist of links are one run."""
    groups: dict[tuple[str, ...], list[tuple[Part, list[Entry]]]] = {}
    for part in parts:
        found = read_links(content.lines, part, 0) if part.kind == "paragraph" else []
        above = part.headings
        heading = read_heading(content.lines, part, 0) if part.kind == "heading" else None
        if heading is not None and not resolve(heading.links[0].target).is_page:
            found, above = [heading], above[:-1]
        if found:
            groups.setdefault(above, []).append((part, found))
    for above, members in groups.items():
        entries = [entry for _, found in members for entry in found]
        section = above[-1] if above else ""
        group = _group("links", content.lines, [part for part, _ in members], entries, len(entries))
        yield group._replace(block=group.block._replace(section=section))


def _group(kind: str, lines: Lines, members: list[Part], entries: list[Entry], shares: int) -> _Group:
    span = lines.span(members[0].first, members[-1].end - 1)
    block = Block(kind, COLUMNS, members[0].section, span, lines.span(members[0].first), column_numbers(COLUMNS))
    return _Group(block, tuple(entries), (), shares)


def _belongs(group: _Group, contract: Contract, resolve: Resolve) -> bool:
    """Whether a block is part of the index.

    A table is when a row names a document, or when it has the column that the IDs stand in; a list when half of its
    items lead with a document (one item will do where the contract declares the format).
    """
    naming = sum(1 for entry in group.entries if entry.links and resolve(entry.links[0].target).rank > 1)
    if group.block.kind != "table":
        return naming > 0 and (contract.format is not None or 2 * naming >= group.shares)
    column = id_name(contract)
    return naming > 0 or (column is not None and column_of(group.block, column) is not None)


def _in_section(content: Outline, contract: Contract) -> tuple[list[Part], list[Fault]]:
    """The parts that the contract's `section` leaves, and a fault for each section that is not there."""
    if contract.markers is not None:
        bounds, faults = section_bounds(content, contract.markers)
        return parts_between(content, bounds), faults
    parts = list(content.parts)
    if not contract.section:
        return parts, []
    wanted = {_folded(without_attributes(name)): name for name in contract.section}
    seen = {_folded(heading) for part in parts for heading in part.headings}
    missing = [Fault("missing-section", None, (name,)) for folded, name in wanted.items() if folded not in seen]
    return [part for part in parts if any(_folded(heading) in wanted for heading in part.headings)], missing


def _folded(heading: str) -> str:
    return " ".join(heading.lstrip("#").split()).casefold()
