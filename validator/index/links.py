"""Where the links of an index lead, and which of them is the key of its entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from validator.contract import Contract
from validator.model import Block, Entry, Fault, folded_name
from validator.names import template

# What stands in a cell that says nothing.
NOTHING = frozenset({"", "-", "--", "–", "—", "n/a", "N/A"})
# What a column or key is called that holds a path, in the order in which they are asked.
_NAMES = (
    "path", "file", "filename", "filepath", "relativepath", "relpath", "href", "link", "local", "location", "document",
    "doc", "src", "url", "uri",
)  # fmt: skip


class Resolved(NamedTuple):
    """Where a link leads.

    `rank` is 2 where it names a document, there or missing; 1 for any other local path; 0 for an anchor or another
    site. `there` says that the path exists, `is_page` that it is the page of a folder that the link names.
    """

    rank: int
    path: str
    there: bool = True
    is_page: bool = False


class Reading(NamedTuple):
    """What a reader makes of an index: its blocks, its entries in the order of the file, and what is wrong with it."""

    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


Resolve = Callable[[str], Resolved]


def path_column(contract: Contract) -> str | None:
    """The column that the contract binds to the document's path: what stands there is the key of its entry."""
    return next((field.column for field in contract.fields or () if field.document == ("path",)), None)


def id_name(contract: Contract) -> str | None:
    """The column by which rows without a link may name documents, where the contract speaks of IDs."""
    if contract.id.column is not None:
        return contract.id.column
    in_names = contract.name is not None and "id" in template(contract.name).fields
    return "ID" if contract.names_ids or in_names else None


def path_columns(contract: Contract, columns: Sequence[str]) -> tuple[int, ...]:
    """The columns that hold paths: the one that the contract binds to `path`, else those that are called so."""
    bound = path_column(contract)
    if bound is not None:
        return tuple(number for number, name in enumerate(columns) if folded_name(name) == folded_name(bound))[:1]
    known: dict[str, int] = {}
    for number, name in enumerate(columns):
        known.setdefault(_bare(name), number)
    return tuple(known[name] for name in _NAMES if name in known)


@lru_cache(maxsize=1024)
def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def key_first(entry: Entry, resolve: Resolve) -> Entry:
    """The entry with the link that names its document first. Links to other sites are none of the index's business."""
    if len(entry.links) == 1:
        return entry if resolve(entry.links[0].target).rank else entry._replace(links=(), elsewhere=True)
    ranked = sorted((-resolve(link.target).rank, number, link) for number, link in enumerate(entry.links))
    kept = tuple(link for rank, _, link in ranked if rank)
    return entry._replace(links=kept, elsewhere=bool(ranked) and not kept)
