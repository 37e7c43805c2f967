"""Indexes: bytes to entries. One reader a file; which of the readers' blocks are the index is decided here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from validator.contract import Contract
from validator.index.lists import COLUMNS, read_item, read_links
from validator.index.markdown import Lines, Outline, Part, outline
from validator.index.regions import region_faults
from validator.index.table import Table, cell_span, is_separator, read_table
from validator.model import Block, Entry, Fault, Index, Link, Span, column_numbers, folded_name
from validator.rows import real
from validator.text import bad_utf8

__all__ = ["LINK_VALUES", "MARKDOWN", "Resolved", "column_of", "read_index", "value_of", "value_span"]

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
LINK_VALUES = ("link.text", "link.target", "section")


class Resolved(NamedTuple):
    """Where a link leads.

    `rank` is 2 where it names a document, there or missing; 1 for any other local path; 0 for an anchor or another
    site.
    """

    rank: int
    path: str


Resolve = Callable[[str], Resolved]
_DESTINATION = re.compile(r"\]\([ \t]*(?:<([^<>\n]+)>|([^\s()<>]+))")


class _Group(NamedTuple):
    """A block that may be part of the index, with what was read of it. `shares` is how many items it has in all."""

    block: Block
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    shares: int
    headless: bool = False


def read_index(path: str, data: bytes, contract: Contract, resolve: Resolve) -> Index:
    """Read a Markdown index. `resolve` tells where a link leads; never raises.

    Taken are the tables, lists and link paragraphs whose items name documents, within the contract's section and of
    the contract's format. Where a table already names a document, a list that mentions it too is no second entry.
    """
    text = data.decode("latin-1")
    content = outline(text, contract.body)
    faults = [*_encoding_faults(data), *_conflict_faults(content), *region_faults(content)]
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
    bad = _faulty_lines(data) if any(fault.kind == "not-utf8" for fault in faults) else ()
    entries = [_without_faulty(entry, bad) for entry in entries] if bad else entries
    conflicts = tuple(content.lines.span(region[0], region[2]) for region in content.conflicts)
    return Index(path, text, tuple(blocks), tuple(entries), (*faults, *more), conflicts, bad)


def _groups(content: Outline, parts: list[Part], contract: Contract, resolve: Resolve) -> list[_Group]:
    """The blocks of the wanted formats that are part of the index, their entries with the naming link first."""
    readers = {"table": _tables, "list": _lists, "links": _paragraphs}
    found: list[_Group] = []
    for kind in (contract.format,) if contract.format else readers:
        for group in readers[kind](content, parts):
            named = group._replace(entries=tuple(_key_first(entry, resolve) for entry in group.entries))
            named = _first_row_judged(named, resolve) if named.headless else named
            if _belongs(named, contract, resolve):
                found.append(named)
    return found


def _tables(content: Outline, parts: Iterable[Part]) -> Iterator[_Group]:
    for part in parts:
        if part.kind == "table" or (part.kind == "paragraph" and _is_broken_table(content, part)):
            table: Table = read_table(content.lines, part, 0, content.hidden, content.references)
            yield _Group(table.block, table.entries, table.faults, len(table.entries), table.headless)


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


def _lists(content: Outline, parts: Iterable[Part]) -> Iterator[_Group]:
    groups: dict[tuple[int, tuple[str, ...]], list[Part]] = {}
    for part in parts:
        if part.kind == "item":
            groups.setdefault((part.group, part.headings), []).append(part)
    for members in groups.values():
        found = [entry for entry in (read_item(content.lines, part, 0) for part in members) if entry is not None]
        yield _group("list", content.lines, members, found, len(members))


def _paragraphs(content: Outline, parts: Iterable[Part]) -> Iterator[_Group]:
    """The paragraphs under one heading that consist of links are one run."""
    groups: dict[tuple[str, ...], list[tuple[Part, list[Entry]]]] = {}
    for part in parts:
        found = read_links(content.lines, part, 0) if part.kind == "paragraph" else []
        if found:
            groups.setdefault(part.headings, []).append((part, found))
    for members in groups.values():
        entries = [entry for _, found in members for entry in found]
        yield _group("links", content.lines, [part for part, _ in members], entries, len(entries))


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
    column = contract.id.column or ("ID" if contract.id.declared or contract.delimiters.several else None)
    return naming > 0 or (column is not None and column_of(group.block, column) is not None)


def _key_first(entry: Entry, resolve: Resolve) -> Entry:
    """The entry with the link that names its document first; links to other sites are none of the index's business."""
    if len(entry.links) == 1:
        return entry if resolve(entry.links[0].target).rank else entry._replace(links=())
    ranked = sorted((-resolve(link.target).rank, number, link) for number, link in enumerate(entry.links))
    return entry._replace(links=tuple(link for rank, _, link in ranked if rank))


def _in_section(content: Outline, contract: Contract) -> tuple[list[Part], list[Fault]]:
    """The parts that the contract's `section` leaves, and a fault for each section that is not there."""
    parts = list(content.parts)
    if contract.markers is not None:
        return _between(content, parts, contract.markers)
    if not contract.section:
        return parts, []
    wanted = {_folded(name): name for name in contract.section}
    seen = {_folded(heading) for part in parts for heading in part.headings}
    missing = [Fault("missing-section", None, (name,)) for folded, name in wanted.items() if folded not in seen]
    return [part for part in parts if any(_folded(heading) in wanted for heading in part.headings)], missing


def _folded(heading: str) -> str:
    return " ".join(heading.lstrip("#").split()).casefold()


def _between(content: Outline, parts: list[Part], markers: tuple[str, str]) -> tuple[list[Part], list[Fault]]:
    bounds: list[int] = []
    missing: list[Fault] = []
    for marker in markers:
        lines = [
            number for part in parts if part.kind == "html" for number in range(part.first, part.end)
            if marker in content.lines.get(number)
        ]  # fmt: skip
        if not lines:
            missing.append(Fault("missing-section", None, (marker,)))
        bounds.append(lines[0] if lines else 0)
    if missing:
        return [], missing
    return [part for part in parts if bounds[0] < part.first < bounds[1]], []


def _encoding_faults(data: bytes) -> Iterator[Fault]:
    bad = bad_utf8(data)
    if bad is not None:
        yield Fault("not-utf8", bad, (str(bad.start), _looks_like(data)))


def _looks_like(data: bytes) -> str:
    return "UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ""


def _faulty_lines(data: bytes) -> tuple[Span, ...]:
    found: list[Span] = []
    start = 0
    for line in data.split(b"\n"):
        if bad_utf8(line) is not None:
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def _without_faulty(entry: Entry, bad: tuple[Span, ...]) -> Entry:
    """Nothing that stands on a line with a broken character is compared."""
    if any(line.start < entry.span.end and entry.span.start < line.end for line in bad):
        return entry._replace(values=(None,) * len(entry.values))
    return entry


def _conflict_faults(content: Outline) -> Iterator[Fault]:
    for opened, middle, closed in content.conflicts:
        detail = tuple(str(content.lines.number(content.lines.starts[line]) + 1) for line in (middle, closed))
        yield Fault("conflict-marker", content.lines.span(opened), detail)


def column_of(block: Block, name: str) -> int | None:
    """The number of the column of this header text (case and blanks aside), or `None`."""
    number = block.numbers.get(name)
    return number if number is not None else block.numbers.get(folded_name(name))


def value_of(index: Index, entry: Entry, name: str) -> str | None:
    """What an entry says in a column, or for `link.text`, `link.target`, `section`; `None` where it says nothing."""
    block = index.blocks[entry.block]
    column = column_of(block, name)
    if column is not None:
        return entry.values[column] if column < len(entry.values) else None
    if name == "section":
        return block.section
    if entry.links and name in LINK_VALUES:
        return entry.links[0].text if name == "link.text" else entry.links[0].target
    return None


def value_span(index: Index, entry: Entry, name: str | None) -> Span:
    """Where an entry says it: the cell, the link's text or destination, else the whole row."""
    block = index.blocks[entry.block]
    column = None if name is None or block.kind != "table" else column_of(block, name)
    if column is not None:
        return cell_span(index.text, entry, column)
    if name in {"link.text", "link.target"} and entry.links:
        return _link_span(index, entry, entry.links[0], name)
    return entry.span


def _link_span(index: Index, entry: Entry, link: Link, name: str) -> Span:
    """Where a link's text or destination stands; the cell or the row where the link is written some other way."""
    is_table = index.blocks[entry.block].kind == "table"
    around = cell_span(index.text, entry, link.cell) if is_table else entry.span
    for match in _DESTINATION.finditer(index.text, *around):
        if unquote(real(match[1] or match[2])) == link.target:
            start, end = match.span(1 if match[1] else 2)
            if name == "link.target":
                return Span(start, end)
            text = link.text.encode().decode("latin-1")
            before = match.start() - len(text)
            if index.text.startswith(f"[{text}", before - 1):
                return Span(before, match.start())
    return around
