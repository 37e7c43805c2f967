"""Pairs in accord: an entry and its document that agree to the letter and share nothing with any other.

No rule has anything to say of such a pair, and in a corpus that is kept well nearly all are. So they are not made into
entries, documents and pairs, which would be most of what a run costs: they are found on the way, counted and left out.
What is left is read, joined and judged as if it were all there is.

That must not be seen in any finding. A pair is in accord only if

* its row is one of a uniform stretch (`uniform`), neither the first nor the last, and links straight to its document;
* its document is sound (`sound`), states one ID, the row's, and agrees with the row in each field that is compared;
* nothing else is, or looks like, that ID, has that content, or has that path in another case; no other row means it.

At the first doubt a pair is left in. A contract whose promises look at all entries together (`order`, references,
sequences, lists) has none in accord. Tests hold the findings of every case and of invented corpora to those of a run
that leaves nothing out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

from validator.compare import EMPTY, difference
from validator.conflicts import conflicts
from validator.contract import Contract
from validator.ids import folded, normalized, skeleton
from validator.index import LINK_VALUES, column_of, value_of
from validator.index.uniform import Shape, Stretch, between, stretches
from validator.join import fields_of, id_column_of
from validator.model import Accord, Binding, Block, Document, Index, Span
from validator.patterns import compile_pattern
from validator.scan import Plan, scan
from validator.sound import DoubtError, Sound, compile_sound, of_document
from validator.text import bad_utf8
from validator.tree import MODE_FILE, ReadError, Tree, fold
from validator.universe import Target
from validator.unseen import invisible

_SIZE = 32
_SAMPLE = 32
_EMPTY = frozenset(word.encode() for word in EMPTY)


class Rows(NamedTuple):
    """The rows of an index (`data`) that may be in accord: where each starts, by the path that it links to."""

    data: bytes
    stretches: tuple[Stretch, ...]
    starts: Mapping[str, int]

    def spans(self, paths: Iterable[str]) -> tuple[Span, ...]:
        """The rows of these paths as runs of whole lines, in order."""
        hidden = frozenset(map(self.starts.__getitem__, paths))
        if len(hidden) == sum(len(stretch.starts) - 2 for stretch in self.stretches):  # All but the first and the last.
            return tuple(Span(stretch.starts[1], stretch.starts[-1]) for stretch in self.stretches)
        return tuple(span for stretch in self.stretches for span in between(stretch, hidden))

    def only(self, paths: frozenset[str]) -> Rows:
        """Those of them that link to one of these paths."""
        if self.starts.keys() <= paths:
            return self
        return self._replace(starts={path: start for path, start in self.starts.items() if path in paths})

    def text(self, path: str) -> bytes:
        """The row of a path, without its line end."""
        start = self.starts[path]
        return self.data[start : self.data.index(b"\n", start)]


def may_be_sparing(data: bytes) -> bool:
    """Whether rows of an index may be left out at all: not where a merge or broken characters left it in doubt."""
    return not conflicts(data) and bad_utf8(data) is None


def candidates(data: bytes, start: int, folder: str, files: Mapping[str, str]) -> Rows | None:
    """The uniform rows of an index from byte `start` on that lead straight to files, each to another one.

    `folder` is the index's, `files` are those of the universe with their modes. `None` where there are none.
    """
    prefix = f"{folder}/" if folder else ""
    found: dict[str, int] = {}
    odd: set[str] = set()
    runs: list[Stretch] = []
    for stretch in stretches(data, start):
        targets = b"\n".join(stretch.targets).decode().split("\n")
        paths = [prefix + target.removeprefix("./") for target in targets]
        rows = dict(zip(paths, stretch.starts, strict=True))
        if len(rows) < len(paths) or not found.keys().isdisjoint(rows):
            odd |= found.keys() & rows.keys()
            odd.update(path for path, count in Counter(paths).items() if count > 1)
        odd |= {paths[0], paths[-1]}
        found |= rows
        # What the rows link to is known now, and a hundred thousand of them take room.
        runs.append(stretch._replace(targets=()))
    if {*map(files.get, found)} != {MODE_FILE}:
        odd.update(path for path in found if files.get(path) != MODE_FILE)
    for path in odd:
        found.pop(path, None)
    return Rows(data, tuple(runs), found) if found else None


def placed(rows: Rows, index: Index) -> Rows | None:
    """The rows of those stretches that stand in a table of the index, which was read without them."""
    blocks = _blocks_of(rows, index)
    if all(block is not None for block in blocks):
        return rows
    lost = [stretch for stretch, block in zip(rows.stretches, blocks, strict=True) if block is None]
    gone = {row for stretch in lost for row in stretch.starts}
    kept = {path: row for path, row in rows.starts.items() if row not in gone}
    return rows._replace(starts=kept) if kept else None


def _blocks_of(rows: Rows, index: Index) -> list[Block | None]:
    """The table of each stretch: the one that its first and its last row are entries of."""
    entries = {entry.span.start: entry for entry in index.entries}

    def block_of(stretch: Stretch) -> Block | None:
        first, last = entries.get(stretch.starts[0]), entries.get(stretch.starts[-1])
        if first is None or last is None or first.block != last.block:
            return None
        block, shape = index.blocks[first.block], stretch.shape
        is_ours = block.kind == "table" and len(block.columns) == len(shape.kinds)
        key = first.links[:1]
        return block if is_ours and key and key[0].cell == last.links[0].cell == shape.link else None

    return [block_of(stretch) for stretch in rows.stretches]


# Which part of a row a cell is, and what reads it; `None` where the table has no such column.
_Cell = tuple[int, Callable[[bytes], bytes]] | None


class _Side(NamedTuple):
    """A field that is compared: the position of what documents state, the cell that states it too."""

    position: int
    cell: _Cell
    binding: Binding


class _Terms(NamedTuple):
    """What has to be the same in the rows of one stretch and their documents.

    `id` is the cell that states the ID; `ids` are the positions of what documents state of it; those of
    `silent` are expressions that no document may answer, because then another one would be compared.
    """

    shape: Shape
    id: _Cell
    ids: tuple[int, ...]
    sides: tuple[_Side, ...]
    silent: tuple[int, ...]
    pattern: Callable[[str], object] | None

    def question(self) -> tuple[object, ...]:
        """The terms as plain values; the pattern of IDs is the plan's."""
        sides = tuple((side.position, side.cell and side.cell[0], side.binding) for side in self.sides)
        return self.shape.kinds, self.id and self.id[0], self.ids, sides, self.silent

    def agreed(self, row: bytes, values: Sequence[bytes | None]) -> bytes | None:
        """The ID that both sides state (empty: none has any); `None` where they are not in accord."""
        parts = row.split(b"|")
        stated = self._id(parts, values)
        if stated is None:
            return None
        for position, cell, binding in self.sides:
            value = values[position]
            told = None if cell is None else cell[1](parts[cell[0]])
            if value is None or told is None:
                if not _is_fine_alone(value, told, binding):
                    return None
            elif value == told and not binding.map:
                # A cell of such a row holds no controls, and no blanks at its ends.
                if told in _EMPTY or not (told.isascii() or _is_clear(told)):
                    return None
            elif not _is_said_otherwise(binding, told, value):
                return None
        for position in self.silent:
            if values[position] is not None:
                return None
        return stated

    def _id(self, parts: Sequence[bytes], values: Sequence[bytes | None]) -> bytes | None:
        stated = None if self.id is None else self.id[1](parts[self.id[0]])
        said = None
        for position in self.ids:
            value = values[position]
            if value is not None:
                said = value
                if stated is None:
                    stated = value
                elif value != stated:
                    return None
        if self.ids and said is None:
            return None
        if stated is None:
            return b""
        is_fine = _is_plain(stated) and (self.pattern is None or self.pattern(stated.decode()))
        return stated if is_fine else None


_PLAIN = re.compile(rb"[!-~](?:[ -~]*[!-~])?")


def _is_plain(value: bytes) -> bool:
    """Whether a value is ASCII without controls, does not begin or end with blanks, and says something."""
    return _PLAIN.fullmatch(value) is not None and value not in _EMPTY


def _is_clear(value: bytes) -> bool:
    """Whether a value says something, with nothing in it that cannot be seen."""
    if value.isascii():
        return _is_plain(value)
    text = value.decode()
    return text.strip() == text and text not in EMPTY and invisible(text) is None


def _is_fine_alone(value: bytes | None, cell: bytes | None, binding: Binding) -> bool:
    """Whether nothing is to be said of a field that at most one side states."""
    if value is None and binding.required:
        return False
    return all(said is None or said in _EMPTY or _is_clear(said) for said in (cell,)) and (
        value is None or _is_clear(value)
    )


def _is_said_otherwise(binding: Binding, cell: bytes, value: bytes) -> bool:
    """Whether both sides say the same in the notations of the contract."""
    expression = binding.document[0]
    if expression.startswith("heading") or not (_is_plain(cell) and _is_plain(value)):
        return False
    return difference(binding, expression, cell.decode(), value.decode()) is None


class Treaty(NamedTuple):
    """What pairs of one corpus have to agree on: the terms of each stretch, and the expressions that are answered."""

    terms: tuple[_Terms | None, ...]
    answers: frozenset[str]

    def question(self) -> tuple[object, ...]:
        """What a result depends on besides plan, row and document."""
        return (*(terms and terms.question() for terms in self.terms), sorted(self.answers))


def negotiate(
    contract: Contract, plan: Plan, index: Index, rows: Rows, read: Callable[[str], tuple[Document, ...]]
) -> Treaty | None:
    """What is compared with what, as a sample of the documents shows; `None` where no pair may be left out.

    `index` was read without the rows, `read` scans the documents of a path.
    """
    if not _is_local(contract, plan):
        return None
    id_column = id_column_of(contract, index)
    bindings = tuple(fields_of(contract, index, id_column))
    answered = _answered(rows, read, {binding.document[0] for binding in bindings if binding.document})
    sides, silent, answers = [], [], set[str]()
    for binding in bindings:
        used = next((expression for expression in binding.document if expression in answered), None)
        if used is None and binding.declared:
            return None  # Whether any document answers is a question to all of them.
        if used is not None:
            sides.append(binding._replace(document=(used,)))
            answers.add(used)
        before = binding.document if used is None else binding.document[: binding.document.index(used)]
        silent += [plan.expressions.index(expression) for expression in before]
    blocks = _blocks_of(rows, index)
    terms = tuple(
        None if block is None else _terms(contract, plan, stretch.shape, block, id_column, sides, tuple(silent))
        for stretch, block in zip(rows.stretches, blocks, strict=True)
    )
    return Treaty(terms, frozenset(answers)) if any(terms) else None


def _answered(rows: Rows, read: Callable[[str], tuple[Document, ...]], wanted: AbstractSet[str]) -> set[str]:
    """The expressions that documents of a sample answer, which is as small as will do for those that are `wanted`."""
    paths = list(rows.starts)
    answered: set[str] = set()
    for path in paths[:: max(len(paths) // _SAMPLE, 1)]:
        for document in read(path):
            answered.update(claim.source for claim in document.claims if claim is not None)
        if wanted <= answered:
            break
    return answered


def _is_local(contract: Contract, plan: Plan) -> bool:
    """Whether what the contract promises of a pair has nothing to do with other pairs but for what is the same in both.

    A contract that is at fault itself promises who knows what.
    """
    lists = contract.delimiters.list or contract.delimiters.lists
    together = contract.order or contract.references or contract.id.sequence or lists or contract.delimiters.several
    fields = contract.fields or ()
    return not (
        together or contract.faults or plan.reads_sidecars or any(field.is_list or field.schema for field in fields)
    )


def _terms(
    contract: Contract, plan: Plan, shape: Shape, block: Block, id_column: str | None, bindings: Sequence[Binding],
    silent: tuple[int, ...],
) -> _Terms | None:  # fmt: skip
    """The terms for rows of a shape in a table; `None` where a field stands elsewhere than in its cells."""
    column = column_of(block, id_column) if id_column is not None else None
    names = [binding.column or binding.field for binding in bindings]
    cells = [column_of(block, name) for name in names]
    if (id_column is not None and column is None) or any(
        cell is None and name in LINK_VALUES for name, cell in zip(names, cells, strict=True)
    ):
        return None
    sides = (
        _Side(plan.expressions.index(binding.document[0]), None if cell is None else shape.reader(cell), binding)
        for binding, cell in zip(bindings, cells, strict=True)
    )
    ids = tuple(number for number, source in enumerate(plan.expressions) if source in plan.ids)
    pattern = compile_pattern(contract.id.pattern).matcher if contract.id.pattern is not None else None
    return _Terms(shape, None if column is None else shape.reader(column), ids, tuple(sides), silent, pattern)


Found = bytes | tuple[Document, ...]


def _doubt(*_: object) -> Sound:
    raise DoubtError


class Reader:
    """Reads the documents of a corpus: for one in accord with its row its digest and its ID, else what `read` gives."""

    def __init__(
        self, plan: Plan, tree: Tree, rows: Rows, treaty: Treaty, read: Callable[[str], tuple[Document, ...]]
    ) -> None:
        self.plan = plan
        self.content = partial(tree.read, limit=plan.limits.whole)
        self.rows = rows
        self.starts, self.index = rows.starts, rows.data
        self.firsts = [stretch.starts[0] for stretch in rows.stretches]
        self.terms = treaty.terms
        self.read = read
        self.sound = compile_sound(plan) or _doubt

    def __call__(self, path: str) -> Found:
        """What there is to know of a path."""
        row = self.starts.get(path)
        terms = None if row is None else self.terms[bisect_right(self.firsts, row) - 1]
        if row is None or terms is None:
            return self.read(path)
        try:
            data = self.content(path)
        except ReadError:
            return self.read(path)
        document = None
        try:
            sound: Sound | None = self.sound(path, data)
        except DoubtError:
            document = scan(self.plan, path, data)
            sound = of_document(document)
        if sound is not None:
            agreed = terms.agreed(self.index[row : self.index.index(b"\n", row)], sound.values)
            if agreed is not None:
                return sound.digest + agreed
        return (document or scan(self.plan, path, data),)

    def identity(self, path: str) -> str:
        """What a result depends on besides the document: the text of its row."""
        if path not in self.rows.starts:
            return ""
        return blake2b(self.rows.text(path), digest_size=12).hexdigest()


class Rest(NamedTuple):
    """What there is to judge: the index without the rows in accord, the other documents, and what was left out."""

    manifest: Index | None
    documents: dict[str, tuple[Document, ...]]
    accord: Accord


def settle(
    contract: Contract, plan: Plan, sketch: Index, rows: Rows, found: Mapping[str, Found], treaty: Treaty,
    read: Callable[[str], tuple[Document, ...]], reading: Callable[[tuple[Span, ...]], Index],
    follow: Callable[[str], Target],
) -> Rest:  # fmt: skip
    """Keep those pairs apart that have nothing in common with anything else; all others are read as ever.

    `found` is what a `Reader` gave for each path, `reading` reads the index without some of its rows; the `sketch` is
    without all of them.
    """
    size = _SIZE if plan.digest else 0
    agreed = {path: item for path, item in found.items() if isinstance(item, bytes)}
    rest = {path: item for path, item in found.items() if not isinstance(item, bytes)}
    if not _is_kept(plan, treaty, rest.values()):
        rest |= {path: read(path) for path in agreed}
        agreed = {}
    marks = _Marks(agreed, size, contract.id.normalize)
    doubtful = marks.shared()
    while True:
        for path in doubtful:
            rest[path] = read(path)
            del agreed[path]
        index = sketch if len(agreed) == len(rows.starts) else reading(rows.spans(agreed))
        doubtful = agreed.keys() & marks.meant(_stated(contract, index, rest.values()))
        doubtful |= agreed.keys() & _targets(index, follow)
        if not doubtful:
            break
    is_whole = len(marks.ids) == len(agreed) == len(found) - len(rest)
    ids = marks.ids if is_whole else {path: marks.ids.get(path, "") for path in agreed}
    documents = {path: rest[path] for path in found if path in rest}
    return Rest(index, documents, Accord(ids, treaty.answers if ids else frozenset()))


def _is_kept(plan: Plan, treaty: Treaty, rest: Iterable[tuple[Document, ...]]) -> bool:
    """Whether the other documents answer nothing that would be compared instead."""
    silent = {position for terms in treaty.terms if terms is not None for position in terms.silent}
    keys = {position: plan.expressions[position].removeprefix("header.") for position in silent}
    return not any(
        document.claims[position] is not None or keys[position] in document.spoiled
        for documents in rest
        for document in documents
        for position in silent
    )


class _Said(NamedTuple):
    """What the rest of a corpus says that a pair in accord may not share: IDs, digests, paths."""

    ids: frozenset[str]
    digests: frozenset[bytes]
    paths: frozenset[str]


def _stated(contract: Contract, index: Index, rest: Iterable[tuple[Document, ...]]) -> _Said:
    column = id_column_of(contract, index)
    ids = {*contract.id.retired}
    if column is not None:
        ids |= {value for entry in index.entries if (value := value_of(index, entry, column))}
    documents = [document for found in rest for document in found]
    ids |= {claim.value for document in documents for claim in document.ids}
    return _Said(
        frozenset(normalized(value, contract.id.normalize) for value in ids),
        frozenset(document.digest for document in documents if document.digest is not None),
        frozenset(document.path for document in documents),
    )


def _targets(index: Index, follow: Callable[[str], Target]) -> set[str]:
    """The files that the entries of an index mean."""
    found = (follow(link.target) for entry in index.entries for link in entry.links[:1])
    return {target.detail if target.kind == "case" else target.path for target in found}


class _Marks:
    """What tells the pairs in accord from each other and from everything else: folded IDs, digests, folded paths."""

    def __init__(self, agreed: Mapping[str, bytes], size: int, steps: tuple[str, ...]) -> None:
        paths = list(agreed)
        owners = [path for path, item in agreed.items() if len(item) > size]
        # All at once, a line each: they are ASCII without controls and blanks at their ends, so no step crosses a line.
        stated = b"\n".join([item[size:] for item in agreed.values() if len(item) > size]).decode()
        self.ids = dict(zip(owners, stated.split("\n"), strict=False))
        ids = normalized(stated, steps)
        self.kinds: list[tuple[Sequence[str | bytes], list[str]]] = [
            (folded(ids).split("\n") if owners else [], owners),
            (skeleton(ids).split("\n") if owners else [], owners),
            ([item[:size] for item in agreed.values()] if size else [], paths if size else []),
            (_folded(paths), paths),
        ]

    def shared(self) -> set[str]:
        """The paths of those that share a mark."""
        return {path for marks, paths in self.kinds for path in _sharing(marks, paths)}

    def meant(self, said: _Said) -> set[str]:
        """The paths of those whose mark the rest of the corpus has too."""
        theirs: list[set[str] | set[bytes]] = [
            {folded(value) for value in said.ids},
            {skeleton(value) for value in said.ids},
            {*said.digests},
            {fold(path) for path in said.paths},
        ]
        return {
            path
            for (marks, paths), others in zip(self.kinds, theirs, strict=True)
            if not others.isdisjoint(marks)
            for mark, path in zip(marks, paths, strict=True)
            if mark in others
        }


def _folded(paths: list[str]) -> list[str]:
    """The paths as a file system without case sees them; of plain ones all at once."""
    text = "\n".join(paths)
    if text.isascii() and text.count("\n") == len(paths) - 1:
        return fold(text).split("\n")
    return list(map(fold, paths))


def _sharing(marks: Sequence[str | bytes], paths: list[str]) -> Iterator[str]:
    if len(set(marks)) == len(marks):
        return
    counts = Counter(marks)
    yield from (path for mark, path in zip(marks, paths, strict=True) if counts[mark] > 1)
