"""Records of data files: named values with their places, as the block and the entries of an index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from validator.contract import Contract
from validator.index.links import NOTHING, Reading, Resolve, id_name, key_first, path_column, path_columns
from validator.index.values import column_of
from validator.model import Block, Entry, Fault, Link, Span, column_numbers


class Record(NamedTuple):
    """What one row, mapping or line says: its values in the order of its block's columns, each with its place.

    `key` is the number of the column that the structure itself says is a path; `title` is what the link is called.
    """

    span: Span
    values: tuple[str | None, ...]
    places: tuple[Span | None, ...]
    key: int | None = None
    title: str = ""


def make_block(kind: str, columns: Sequence[str], section: str, whole: Span, head: Span) -> Block:
    """The block that the records of one list or file make. `head` is where its columns are named."""
    names = tuple(columns)
    return Block(kind, names, section, whole, head, column_numbers(names))


class Maker:
    """Makes the entries of one block of its records."""

    def __init__(self, block: Block, number: int, contract: Contract, resolve: Resolve) -> None:
        self.number = number
        self.resolve = resolve
        self.paths = path_columns(contract, block.columns)
        # What the contract calls an ID is a path only where it leads to a file.
        declared = None if path_column(contract) is not None else contract.id.column
        self.ids = None if declared is None else column_of(block, declared)

    def entry(self, record: Record) -> Entry:
        """A record as an entry, with the path that names its document as its link."""
        keys = self.paths if record.key is None else (record.key,)
        links = tuple(
            Link(value, column, record.title)
            for column in keys
            if (value := record.values[column])
            and value.strip() not in NOTHING
            and (column != self.ids or self.resolve(value).there)
        )
        entry = Entry(self.number, record.span, record.values, links, places=record.places)
        return key_first(entry, self.resolve) if links else entry


def has_ids(contract: Contract, block: Block) -> bool:
    """Whether a block has the column that the contract's IDs stand in."""
    name = id_name(contract)
    return name is not None and column_of(block, name) is not None


def rows_reading(
    block: Block, records: Sequence[Record], contract: Contract, resolve: Resolve, faults: Sequence[Fault]
) -> Reading:
    """The reading of a file that is one block. Where nothing says how its rows name documents, none is an entry."""
    maker = Maker(block, 0, contract, resolve)
    entries = tuple(map(maker.entry, records))
    if not any(entry.links for entry in entries) and not has_ids(contract, block) and path_column(contract) is None:
        entries = ()
    return Reading((block,), entries, tuple(faults))
