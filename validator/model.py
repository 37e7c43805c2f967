"""The values that every room speaks: spans, claims, faults, entries, documents, pairs, corpora.

Every offset is in bytes from the start of a file, counted from 0; every end is exclusive.
All values are named tuples: frozen, cheap to make by the hundred thousand, and fit to travel between processes.
"""

from collections.abc import Mapping
from typing import NamedTuple

# The comparators of lists.
LISTS = frozenset({"set", "sequence"})


class Span(NamedTuple):
    """A stretch of bytes in a file: `start` inclusive, `end` exclusive, counted from 0."""

    start: int
    end: int


class Place(NamedTuple):
    """Where something stands: a file, and the span in it (`None`: the whole file, or its name)."""

    path: str
    span: Span | None = None


class Claim(NamedTuple):
    """One source says: this is the value. `source` is the expression of design 2.2 (`name.id`, `header.title`).

    `path` is the file that it stands in, where that is not the document itself; `listed` says that the value is a list
    there, and `value` its items joined.
    """

    source: str
    value: str
    span: Span | None
    path: str | None = None
    listed: bool = False


class Fault(NamedTuple):
    """Something that could not be read or is not as declared; an ordinary rule turns it into a finding.

    `kind` says what it is, `detail` holds the words that a message needs. `path` is the file that it is in, where that
    is not the document or index itself.
    """

    kind: str
    span: Span | None = None
    detail: tuple[str, ...] = ()
    path: str | None = None


class Link(NamedTuple):
    """A link of an entry: where it leads (percent escapes taken off), the cell it stands in, and its text."""

    target: str
    cell: int
    text: str


class Block(NamedTuple):
    """A table, a list or a run of link paragraphs: what its entries' values are called, and where it stands.

    `numbers` finds a column by its name, as written and with case and blanks folded (`column_numbers`).
    """

    kind: str
    columns: tuple[str, ...]
    section: str
    span: Span
    header: Span
    numbers: Mapping[str, int] = {}


def folded_name(name: str) -> str:
    """A column's name without regard to case and to the number of blanks."""
    return " ".join(name.split()).casefold()


def column_numbers(columns: tuple[str, ...]) -> dict[str, int]:
    """The number of each column by its name; of two with one name the first counts."""
    numbers = {folded_name(column): number for number, column in reversed(list(enumerate(columns)))}
    return {**numbers, **{column: number for number, column in reversed(list(enumerate(columns)))}}


class Entry(NamedTuple):
    """One row or item. `values` stand in the order of the block's columns; `None` is a cell that cannot be trusted.

    `links` lead to files, the key first; `elsewhere` says that all there are lead to other sites. `places` are where
    the values stand, for formats whose lines do not tell; a value that is `None` and has no place is not there.
    """

    block: int
    span: Span
    values: tuple[str | None, ...]
    links: tuple[Link, ...]
    elsewhere: bool = False
    places: tuple[Span | None, ...] = ()


class Index(NamedTuple):
    """What an index file says: its blocks, its entries in the order of the file, and what is wrong with the file.

    `text` is the file's bytes, each as one character (Latin-1), so that an offset in it is an offset in the file.
    """

    path: str
    text: str
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    conflicts: tuple[Span, ...] = ()
    faulty_lines: tuple[Span, ...] = ()

    def is_spoiled(self, entry: Entry) -> bool:
        """Whether an entry stands on a line with a broken character."""
        return any(line.start < entry.span.end and entry.span.start < line.end for line in self.faulty_lines)

    def last_row(self) -> Span | None:
        """The place where the next entry would be written after."""
        if self.entries:
            return self.entries[-1].span
        if self.blocks:
            return self.blocks[-1].header
        return None


class Waiver(NamedTuple):
    """A comment that accepts findings: of which rules, until which day, why, and where it stands.

    In an index it holds for its row or item and the document of that; in a header for its document. One that
    `is_misspelt` is meant to, and accepts nothing.
    """

    rules: tuple[str, ...]
    until: str | None
    reason: str
    span: Span
    is_misspelt: bool = False


class Document(NamedTuple):
    """What one document says of itself. `claims` stand in the order of the plan's expressions.

    `spoiled` are the keys of its header that could not be read; `empty` says that it has no body; `broken`, that it
    could not be read or that its header as a whole is faulty, so that silence of it means nothing;
    `sidecar` is the path of the metadata file that was read with it. `at` is the line to point at for one document of
    several in a file, `None` for one that is its whole file.
    """

    path: str
    claims: tuple[Claim | None, ...]
    ids: tuple[Claim, ...]
    digest: bytes | None
    faults: tuple[Fault, ...]
    spoiled: tuple[str, ...] = ()
    empty: bool = False
    broken: bool = False
    sidecar: str | None = None
    waivers: tuple[Waiver, ...] = ()
    at: Span | None = None

    @property
    def key(self) -> str:
        """What tells it from all other documents: its path, and where in the file it stands."""
        return self.path if self.at is None else f"{self.path}\0{self.at.start}"

    @property
    def is_nameless(self) -> bool:
        """Whether it is one of several in a file and may have an ID that a fault keeps from being known."""
        return self.at is not None and bool(self.faults) and not self.ids

    @property
    def place(self) -> Place:
        """Where to point for a fact of the document as a whole."""
        return Place(self.path, self.at)

    @property
    def name(self) -> str:
        """What people call it: its path, and for one of several in a file its ID too."""
        return self.path if self.at is None or not self.ids else f"{self.path}#{self.ids[0].value}"


class Binding(NamedTuple):
    """A field that both sides state: the column on the index's side, the expression on the document's.

    `document` holds candidates in order of preference; the join leaves the one that this corpus uses. `declared` fields
    are the contract's; `by_name` says that the contract names no expression, so that a header key is found whatever
    its case, spaces and hyphens. `delimiter` is what divides the items of a list, where the contract says so.
    """

    field: str
    column: str | None
    document: tuple[str, ...]
    compare: str | None = None
    required: bool = False
    map: tuple[tuple[str, str], ...] = ()
    strip: tuple[str, ...] = ()
    schema: Mapping[str, object] | bool | None = None
    declared: bool = False
    by_name: bool = False
    delimiter: str | None = None

    @property
    def is_list(self) -> bool:
        """Whether both sides state a list."""
        return self.compare in LISTS


class Pair(NamedTuple):
    """An entry, the document it is taken for, and how the two were joined.

    `status` is one of `linked`, `by-id`, `renamed`, `wrong-link`, `missing`, `escape`, `case`, `excluded`,
    `folder`, `ambiguous`, `keyless`. `target` is the path the entry's link leads to, if it has one, and `fragment`
    names one of the documents in that file; `linked` is the key of the document that the link leads to. `candidates`
    are the documents that an ambiguous entry may mean.
    """

    entry: Entry
    status: str
    document: Document | None
    target: str | None = None
    link: Link | None = None
    id: str | None = None
    detail: str = ""
    candidates: tuple[Document, ...] = ()
    fragment: str = ""
    linked: str = ""

    @property
    def meant(self) -> str | None:
        """What the link says: a path, and for one of several documents in a file the ID behind it."""
        return self.target if self.target is None or not self.fragment else f"{self.target}#{self.fragment}"


class Difference(NamedTuple):
    """Two claims about one field that are not the same. `kind` names the sort of difference (see `compare`)."""

    kind: str
    pair: Pair
    field: str
    stated: str
    claim: Claim
    shown: str


class Accord(NamedTuple):
    """The pairs of a corpus that were left out: their paths with their IDs (empty: none), and what they answer."""

    ids: Mapping[str, str] = {}
    answers: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.ids)
