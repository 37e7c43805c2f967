"""What an entry says in a column, and where it says it."""

from __future__ import annotations

from validator.index.table import cell_span
from validator.late import regex
from validator.model import Block, Entry, Index, Link, Span, folded_name
from validator.text import real, unescaped

# Blocks whose columns are no more than names for the parts of an item.
WRITTEN = frozenset({"list", "links"})
# Kinds of blocks whose entries name each of their values, so that one without a name is not there.
MAPPINGS = frozenset({"yaml", "json"})
LINK_VALUES = ("link.text", "link.target", "section")
_DESTINATION = regex(
    r"\]\([ \t]*(?:<((?:\\.|[^<>\\\n])++)>|((?:\\[!-/:-@\[-`{-~]|\([^\s()<>\\]*+\)|[^\s()<>\\]|\\)++))"
)


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
    column = None if name is None or block.kind in WRITTEN else column_of(block, name)
    if column is not None:
        return _value_place(index, entry, column)
    if entry.places and entry.links and name == "link.target":
        return entry.places[entry.links[0].cell] or entry.span
    if name in {"link.text", "link.target"} and entry.links and not entry.places:
        return _link_span(index, entry, entry.links[0], name)
    return entry.span


def _value_place(index: Index, entry: Entry, column: int) -> Span:
    if not entry.places:
        return cell_span(index.text, entry, column)
    return entry.places[column] or entry.span


def _link_span(index: Index, entry: Entry, link: Link, name: str) -> Span:
    """Where a link's text or destination stands; the cell or the row where the link is written some other way."""
    is_table = index.blocks[entry.block].kind == "table"
    around = cell_span(index.text, entry, link.cell) if is_table else entry.span
    for match in _DESTINATION.finditer(index.text, *around):
        if _target(real(match[1] or match[2])) == link.target:
            start, end = match.span(1 if match[1] else 2)
            if name == "link.target":
                return Span(start, end)
            text = link.text.encode().decode("latin-1")
            before = match.start() - len(text)
            if index.text.startswith(f"[{text}", before - 1):
                return Span(before, match.start())
    return around


def _target(written: str) -> str:
    """Where a link leads, as Markdown reads its destination: escapes and character references taken off."""
    if "\\" in written or "&" in written:
        from markdown_it.common.utils import unescapeAll  # noqa: PLC0415 - for findings alone, and few links have any

        written = unescapeAll(written)
    return unescaped(written)
