"""A contract as a frozen value, and what a file states of one before it is validated."""

import posixpath
from collections.abc import Callable, Mapping
from typing import NamedTuple

from validator.compose import Value
from validator.lines import line_template
from validator.model import Binding, Place, Span

Pointer = tuple[str | int, ...]


class Located(NamedTuple):
    """Where a key stands, and where its value does."""

    key: Span | None
    value: Span | None


Locate = Callable[[Pointer], Located]

ONE_A_LINE = "json-lines"
WHOLE = 2**31 - 1


class ContractFault(NamedTuple):
    """Something wrong in a contract or configuration file, at its place, or in a `file` that it names there."""

    place: Place
    message: str
    kind: str = "contract"
    file: str | None = None


class Ignore(NamedTuple):
    """A finding that is accepted: which rule, for which document (glob or ID; `None` for all), why, until when."""

    rule: str
    document: str | None
    reason: str
    until: str | None
    place: Place


class IdSpec(NamedTuple):
    """Where an ID stands and what it looks like; `declared` where the contract speaks of IDs at all."""

    column: str | None = None
    document: tuple[str, ...] | None = None
    pattern: str | None = None
    normalize: tuple[str, ...] = ()
    unique: bool = True
    sequence: bool = False
    retired: tuple[str, ...] = ()
    declared: bool = False
    judged: bool = True


class Reference(NamedTuple):
    """A field that names other documents by their IDs; `inverse` is the reference by which they have to answer."""

    name: str
    expression: str
    inverse: str | None = None


class Delimiters(NamedTuple):
    """What bounds a document and its parts. `header` is `None` where nothing is declared.

    `list` is what divides the items of a list in whatever field, `lists` the same for single fields. `begin` and `end`
    are the templates of the lines that bound one document of a file, each in its variants. `judged` is false where what
    the contract says of these cannot be used: then nobody knows which documents there are.
    """

    header: str | None = None
    newline: str = "any"
    final_newline: str = "any"
    bom: str = "false"
    list: str | None = None
    lists: tuple[tuple[str, str], ...] = ()
    begin: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    judged: bool = True

    @property
    def several(self) -> bool:
        """Whether a file may hold several documents."""
        return bool(self.begin or self.end) or self.header == ONE_A_LINE

    def captures(self, which: str, field: str) -> bool:
        """Whether a template of `which` (`begin` or `end`) captures a field."""
        sources = self.begin if which == "begin" else self.end
        return any(field in line.fields for source in sources for line in line_template(source))

    @property
    def name_documents(self) -> bool:
        """Whether the documents of a file are told apart by what these delimiters say."""
        return self.header == ONE_A_LINE or self.captures("begin", "id") or self.captures("end", "id")

    def of_field(self, field: str) -> str | None:
        """What divides the items of a field's lists, as far as the contract says so for this field."""
        return dict(self.lists).get(field)


class Limits(NamedTuple):
    """Sizes in bytes that nothing may exceed; `None` where none is declared."""

    file: int | None = None
    header: int = 2**20
    line: int | None = None

    @property
    def whole(self) -> int:
        """The size of a file that is read as a whole."""
        return WHOLE if self.file is None else self.file


class Contract(NamedTuple):
    """One corpus as its contract describes it. Paths are relative to the project's root, with `/`.

    `stated` says which keys the contract itself states; `places` where a key or glob stands, by pointer.
    """

    path: str | None
    folder: str
    stated: frozenset[str] = frozenset()
    documents: tuple[str, ...] | None = None
    format: str | None = None
    section: tuple[str, ...] = ()
    markers: tuple[str, str] | None = None
    name: str | None = None
    id: IdSpec = IdSpec()
    delimiters: Delimiters = Delimiters()
    fields: tuple[Binding, ...] | None = None
    references: tuple[Reference, ...] = ()
    order: str | None = None
    stated_count: str | None = None
    schema: str | None = None
    limits: Limits = Limits()
    ignore: tuple[Ignore, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    places: Mapping[Pointer, Place] = {}
    faults: tuple[ContractFault, ...] = ()
    front_matter: Span | None = None
    body: int = 0
    overridden: tuple[str, ...] = ()

    @property
    def names_ids(self) -> bool:
        """Whether entries may name documents by IDs alone: it speaks of IDs, or of several documents in a file."""
        return self.id.declared or self.delimiters.several

    @property
    def schema_path(self) -> str:
        """The path of the schema that it names, relative to the file that states it."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.place("schema").path), self.schema or ""))

    def place(self, *pointer: str | int) -> Place:
        """Where a key of the contract stands; the nearest key above it where that one is not known."""
        while pointer and pointer not in self.places:
            pointer = pointer[:-1]
        return self.places.get(pointer, Place(self.path or ""))


class Statement(NamedTuple):
    """A contract as one file states it, before it is validated: values, and where each of them stands."""

    file: str
    value: Mapping[str, Value]
    locate: Locate

    def place(self, pointer: Pointer, *, key: bool = False) -> Place:
        """The place of the value that a pointer leads to, or of its key."""
        located = self.locate(pointer)
        return Place(self.file, located.key if key else located.value)
