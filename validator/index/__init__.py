"""Indexes: bytes to entries. One reader a file; which of them reads an index is decided here."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from validator.conflicts import Conflict, conflict_faults, conflicts
from validator.contract import Contract
from validator.index.encoding import encoding_faults, without_faulty
from validator.index.links import Reading, Resolve, Resolved, path_columns
from validator.index.values import LINK_VALUES, MAPPINGS, WRITTEN, column_of, value_of, value_span
from validator.late import regex
from validator.markdown import SUFFIXES
from validator.model import Index, Span
from validator.text import faulty_lines

if TYPE_CHECKING:
    from validator.index.parts import Outline

__all__ = [
    "LINK_VALUES",
    "MAPPINGS",
    "WRITTEN",
    "Resolved",
    "column_of",
    "format_of",
    "path_columns",
    "read_index",
    "value_of",
    "value_span",
]

MARKDOWN = frozenset({"table", "list", "links"})
Outliner = Callable[[str, int, Sequence[Span], Sequence[Span]], "Outline"]
_Reader = Callable[[str, str, Contract, Resolve], Reading]
# The module here that reads a format, by a function `read_FORMAT`. A run imports those alone that it needs.
_MODULES = {"yaml": "yaml", "json": "json", "csv": "csv", "tsv": "csv", "checksums": "checksums"}
_SUFFIXES = {
    **dict.fromkeys(SUFFIXES, "markdown"),
    **dict.fromkeys((".yaml", ".yml"), "yaml"),
    **dict.fromkeys((".json", ".webmanifest"), "json"),
    **dict.fromkeys((".csv",), "csv"),
    **dict.fromkeys((".tsv", ".tab"), "tsv"),
    **{
        f".{name}{end}": "checksums"
        for name in ("sha1", "sha224", "sha256", "sha384", "sha512", "md5", "b2")
        for end in ("", "sum")
    },
}
_SUMS = regex(
    r"(?:(?:sha-?(?:1|224|256|384|512)|md5|b2|blake2b?)sums?|checksums?)(?:\.(?:txt|asc))?"
    r"|(?:tag)?manifest-[a-z0-9]+\.txt",
    re.IGNORECASE,
)


def format_of(path: str, contract: Contract) -> str | None:
    """How an index is read: as the contract says, else by its name; `markdown` stands for tables, lists and links.

    `None` where neither tells.
    """
    if contract.format is not None:
        return "markdown" if contract.format in MARKDOWN else contract.format
    found = _SUFFIXES.get(posixpath.splitext(path)[1].casefold())
    if found is None and _SUMS.fullmatch(posixpath.basename(path)):
        return "checksums"
    return found


def read_index(
    path: str,
    data: bytes,
    contract: Contract,
    resolve: Resolve,
    left_out: Sequence[Span] = (),
    outline: Outliner | None = None,
) -> Index:
    """Read an index of whatever format. `resolve` tells where a link leads; never raises.

    Merge conflicts and bytes that are not UTF-8 are found here for all formats alike: the lines of markers say nothing,
    and what stands on a line with a broken character is not compared.

    `left_out` are rows of a Markdown index that are known to be sound, as runs of whole lines in order: they are not
    read. There are such rows only where the whole index is known to have neither conflicts nor broken characters.

    `outline` is how the structure of a Markdown page is had, for whoever reads one page by several contracts.
    """
    text = data.decode("latin-1")
    merges = [merge for merge in conflicts(data) if merge.opening.start >= contract.body] if not left_out else []
    faults = [*encoding_faults(data), *conflict_faults(data, merges)] if not left_out else []
    reading = _read(path, text, contract, resolve, merges, left_out, outline)
    bad = faulty_lines(data) if any(fault.kind == "not-utf8" for fault in faults) else ()
    entries = tuple(without_faulty(entry, bad) for entry in reading.entries) if bad else reading.entries
    spans = tuple(merge.span for merge in merges)
    return Index(path, text, reading.blocks, entries, (*faults, *reading.faults), spans, bad)


def _read(
    path: str,
    text: str,
    contract: Contract,
    resolve: Resolve,
    merges: Sequence[Conflict],
    left_out: Sequence[Span],
    outline: Outliner | None,
) -> Reading:
    unread = tuple(span for merge in merges for span in merge.hidden())
    name = format_of(path, contract) or ""
    if name not in _MODULES:
        from validator.index.page import read_page  # noqa: PLC0415 - as the others

        return read_page(text, contract, resolve, unread, left_out, outline)
    reader: _Reader = getattr(import_module(f"validator.index.{_MODULES[name]}"), f"read_{name}")
    reading = reader(path, _blanked(text, unread), contract, resolve)
    if not merges:
        return reading
    # Two sides of a conflict are seldom one sound file; that is not said a second time.
    faults = tuple(
        fault._replace(kind="cut-off") if fault.kind == "index-syntax" else fault for fault in reading.faults
    )
    return reading._replace(faults=faults)


def _blanked(text: str, unread: Sequence[Span]) -> str:
    """The text with blanks for what says nothing, so that every offset stays."""
    pieces: list[str] = []
    position = 0
    for span in unread:
        pieces += [text[position : span.start], re.sub(r"[^\r\n]", " ", text[slice(*span)])]
        position = span.end
    return "".join([*pieces, text[position:]])
