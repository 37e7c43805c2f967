"""What the tests of the readers share: an index read from text, and what is said of it in places that people read."""

from __future__ import annotations

from validator.contract import Contract, read_contract, read_front_matter
from validator.index import Resolved, read_index, value_span
from validator.model import Entry, Index, Span
from validator.text import Positions


def resolve(target: str) -> Resolved:
    """A world in which every local `.md` is a document, `.txt` another file, and the rest leads elsewhere."""
    path = target.partition("#")[0]
    rank = 0 if ":" in path or not path else 2 if path.endswith(".md") else 1
    return Resolved(rank, path, there="missing" not in path)


def contract_of(data: bytes) -> Contract:
    """The contract in the front matter of an index."""
    front = read_front_matter("INDEX.md", data)
    return read_contract("INDEX.md", "", [front.statement] if front.statement else [], front)


def read(text: str | bytes, path: str = "INDEX.md", contract: str = "") -> Index:
    """An index read with the contract that it holds, or with one that stands beside it."""
    data = text if isinstance(text, bytes) else text.encode()
    stated = contract_of(f"---\nmanifest: 1\n{contract}---\n".encode())._replace(body=0)
    return read_index(path, data, stated if contract else contract_of(data), resolve)


def said(index: Index) -> list[tuple[str | None, ...]]:
    """What the entries say, in their order."""
    return [entry.values for entry in index.entries]


def targets(index: Index) -> list[str]:
    """Where the entries lead: the first link of each."""
    return [entry.links[0].target if entry.links else "" for entry in index.entries]


def at(index: Index, span: Span | None) -> str:
    """A span as `line:column-end_line:end_column`."""
    assert span is not None
    positions = Positions(index.text.encode("latin-1"))
    (line, column), (end_line, end_column) = positions.at(span.start), positions.at(span.end)
    return f"{line}:{column}-{end_line}:{end_column}"


def place_of(index: Index, entry: Entry, name: str | None) -> str:
    """Where an entry says something."""
    return at(index, value_span(index, entry, name))


def faults(index: Index) -> list[tuple[str, str]]:
    """The kinds and places of what is wrong with an index."""
    return [(fault.kind, at(index, fault.span) if fault.span else "") for fault in index.faults]
