"""YAML and JSON: the entries of a tree, wherever in it they stand.

An entry is a mapping that holds a path or an ID (`{path: a.md, title: A}`), also in nested tables of contents; a
mapping under a key that is one (`a.md: {title: A}`); a pair of a title and a path (`Start: start.md`); or a path alone
in a list. What only may be a path is taken for one where it, or others beside it, lead to files that are there.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from validator.compose import Composed, Node
from validator.contract import Contract
from validator.index.links import Reading, Resolve, id_name, path_column, path_columns
from validator.index.records import Maker, Record, has_ids, make_block
from validator.markdown import SUFFIXES
from validator.model import Block, Entry, Fault, Span, folded_name

_MOST_CELLS = 2_000_000
_TITLES = ("title", "name", "label", "text", "caption", "part", "heading", "section", "group", "category")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_KEY, _VALUE = "key", "value"

_Values = Mapping[str, tuple[str, Span]]


class _Item(NamedTuple):
    """What may be an entry. `key` names the value that its structure makes a path, where that is not its own name."""

    span: Span
    values: _Values
    key: str | None = None
    title: str = ""


class _Run(NamedTuple):
    """The items of one list or mapping, and the title above them. `sure` ones are entries whatever they lead to.

    `depth` is how many entries they stand inside.
    """

    section: str
    span: Span
    items: list[_Item]
    sure: bool
    depth: int


def read_tree(kind: str, composed: Composed, contract: Contract, resolve: Resolve) -> Reading:
    """Make an index of a tree: of all that it holds, or of what stands under the contract's `section`."""
    walk = _Walk(contract)
    faults = list(composed.faults)
    if composed.root is not None and contract.section:
        for path in contract.section:
            nodes = list(_below(composed.root, path.replace("[]", "").strip("$.")))
            if not nodes:
                faults.append(Fault("missing-section", None, (path,)))
            for node in nodes:
                walk.run(node, path, sure=True)
    elif composed.root is not None:
        walk.run(composed.root, "", sure=walk.keyed)
    blocks, entries = _taken(kind, walk.runs, contract, resolve)
    return Reading(blocks, entries, (*faults, *walk.faults))


def _below(node: Node, path: str) -> Iterator[Node]:
    """The nodes that a path of keys leads to, through every item of the lists on the way. A key may hold dots."""
    if not path:
        yield node
    elif node.kind == "sequence":
        for item in node.items:
            yield from _below(item, path)
    else:
        for key, value in node.pairs():
            if path == key.text or path.startswith(f"{key.text}."):
                yield from _below(value, path[len(key.text) + 1 :])


class _Walk:
    """Goes through a tree and gathers what may be entries."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.key_is_path = path_column(contract) == _KEY
        self.key_is_id = contract.id.column == _KEY
        self.keyed = self.key_is_path or self.key_is_id
        ids = id_name(contract)
        self.ids = None if ids is None else folded_name(ids)
        self.runs: list[_Run] = []
        self.faults: list[Fault] = []

    def run(self, node: Node, section: str, *, sure: bool = False, depth: int = 0) -> None:
        """Gather what stands below `node`; with `sure`, its own items are entries because the contract says so."""
        run = _Run(section, node.span, [], sure, depth)
        self.runs.append(run)
        if node.kind == "sequence":
            for item in node.items:
                self._item(item, run)
        elif node.kind == "mapping":
            self._mapping(node, run)

    def _item(self, item: Node, run: _Run) -> None:
        """One item of a list."""
        if item.kind == "scalar":
            text = _text(item)
            run.items.append(_Item(item.span, {_VALUE: (text, item.span)}, _VALUE))
        elif item.kind == "sequence":
            self.run(item, run.section, sure=run.sure, depth=run.depth)
        elif self._is_entry(item):
            self._entry(item, run, None)
        elif len(item.items) == 2 and not _is_title(*item.items):  # noqa: PLR2004 - a key, a value
            self._pair(item, *item.items, run)
        else:
            self._group(item, run)

    def _mapping(self, node: Node, run: _Run) -> None:
        """A mapping that is no item of a list: an entry itself, or one of entries, or with entries somewhere in it."""
        self.faults.extend(doubled(key for key, _ in node.pairs()))
        if self._is_entry(node) and not (run.sure and self.keyed):
            self._entry(node, run, None)
            return
        for key, value in node.pairs():
            if value.kind == "scalar":
                self._pair(node, key, value, run)
            elif value.kind == "mapping" and (self._is_entry(value) or "." in key.text or (run.sure and self.keyed)):
                self._entry(value, run, key)
            else:
                self.run(value, _title(node) or key.text, depth=run.depth)

    def _pair(self, around: Node, key: Node, value: Node, run: _Run) -> None:
        """A key and what stands under it: a path and a value, a title and a path, or a title with more below."""
        if value.kind != "scalar":
            self.run(value, key.text, depth=run.depth)
            return
        text = _text(value)
        values = {_KEY: (key.text, key.span), _VALUE: (text, value.span)}
        span = Span(key.span.start, max(key.span.end, value.span.end)) if len(around.items) > 2 else around.span  # noqa: PLR2004
        run.items.append(_Item(span, values, self._path_of(key.text, text), key.text))

    def _path_of(self, key: str, value: str) -> str | None:
        """Which of a key and its value is the path."""
        if self.key_is_path or (not self.key_is_id and "." in key and "." not in value):
            return _KEY
        return None if self.key_is_id and "." not in value else _VALUE

    def _group(self, node: Node, run: _Run) -> None:
        """An item without a path or an ID: a title over entries, or an entry that lacks its key."""
        self.faults.extend(doubled(key for key, _ in node.pairs()))
        inner = [value for _, value in node.pairs() if _holds_more(value)]
        for value in inner:
            self.run(value, _title(node) or run.section, depth=run.depth)
        if node.items and not inner:
            run.items.append(_Item(node.span, _flat(node), None, _title(node)))

    def _entry(self, node: Node, run: _Run, key: Node | None) -> None:
        """A mapping that is an entry, and the entries nested in it."""
        self.faults.extend(doubled(key for key, _ in node.pairs()))
        values = dict(_flat(node))
        span = node.span
        named: str | None = None
        if key is not None:
            span = Span(key.span.start, max(key.span.end, node.span.end))
            values.setdefault(_KEY, (key.text, key.span))
            named = _KEY if self.key_is_path or not (self.key_is_id or self._has_path(node)) else None
        run.items.append(_Item(span, values, named, _title(node)))
        for _, value in node.pairs():
            if _holds_more(value):
                self.run(value, _title(node) or run.section, depth=run.depth + 1)

    def _is_entry(self, node: Node) -> bool:
        """Whether a mapping holds a path, or the ID that the contract speaks of."""
        return self._has_path(node) or (
            self.ids is not None and any(folded_name(key.text) == self.ids for key, _ in node.pairs())
        )

    def _has_path(self, node: Node) -> bool:
        names = [key.text for key, value in node.pairs() if value.kind == "scalar"]
        return bool(path_columns(self.contract, names))


def doubled(keys: Iterable[Node]) -> Iterator[Fault]:
    """A fault for each key of a mapping that stands there already."""
    seen: dict[str, Span] = {}
    for key in keys:
        if key.text in seen:
            first = seen[key.text]
            yield Fault("duplicate-key", key.span, (key.text, str(first.start), str(first.end)))
        seen.setdefault(key.text, key.span)


def _text(node: Node) -> str:
    return "" if node.plain and node.text in _NULLS else node.text


def _title(node: Node) -> str:
    """What a mapping calls itself."""
    found = {key.text.casefold(): _text(value) for key, value in node.pairs() if value.kind == "scalar"}
    return next((found[name] for name in _TITLES if found.get(name)), "")


def _is_title(key: Node, value: Node) -> bool:
    """Whether a key says that its value is a title; a page may itself be called `Group` in a pair of title and path."""
    return key.text.casefold() in _TITLES and not (value.kind == "scalar" and value.text.endswith(SUFFIXES))


def _holds_more(node: Node) -> bool:
    """Whether a value is a list in which entries of their own may stand."""
    return node.kind == "sequence" and any(item.kind != "scalar" for item in node.items)


def _flat(node: Node, prefix: str = "") -> dict[str, tuple[str, Span]]:
    """The values of a mapping by their keys: a list as its items with commas between, a mapping's with a dot."""
    values: dict[str, tuple[str, Span]] = {}
    for key, value in node.pairs():
        name = prefix + key.text
        if value.kind == "mapping":
            for inner, found in _flat(value, f"{name}.").items():
                values.setdefault(inner, found)
        elif value.kind == "scalar":
            values.setdefault(name, (_text(value), value.span if value.text else key.span))
        elif not _holds_more(value):
            values.setdefault(name, (", ".join(map(_text, value.items)), value.span))
    return values


def _taken(
    kind: str, runs: list[_Run], contract: Contract, resolve: Resolve
) -> tuple[tuple[Block, ...], tuple[Entry, ...]]:
    """The blocks and entries of the runs that are part of the index.

    What is nested in an entry and names a document that one further out names too is a mention of it.
    """
    made = [(run, *_made(kind, run, contract, resolve)) for run in runs if run.items]
    endings = {
        _suffix(entry) for _, _, entries in made for entry in entries if entry.links and _is_there(entry, resolve)
    }
    blocks: list[Block] = []
    taken: list[Entry] = []
    named: set[str] = set()
    for depth in sorted({run.depth for run in runs}):
        inside: set[str] = set()
        for run, block, entries in made:
            if run.depth == depth:
                kept = [
                    entry for entry in _kept(run, block, entries, contract, resolve, endings)
                    if not entry.links or resolve(entry.links[0].target).path not in named
                ]  # fmt: skip
                inside.update(resolve(entry.links[0].target).path for entry in kept if entry.links)
                taken += [entry._replace(block=len(blocks)) for entry in kept]
                blocks += [block] if kept else []
        named |= inside
    return tuple(blocks), tuple(sorted(taken, key=lambda entry: entry.span))


def _made(kind: str, run: _Run, contract: Contract, resolve: Resolve) -> tuple[Block, list[Entry]]:
    columns = _columns(run.items, contract)
    block = make_block(kind, columns, run.section, run.span, run.items[0].span)
    maker = Maker(block, 0, contract, resolve)
    numbers = {name: number for number, name in enumerate(columns)}
    entries: list[Entry] = []
    for item in run.items:
        found = [item.values.get(name) for name in columns]
        values = tuple(None if value is None else value[0] for value in found)
        places = tuple(None if value is None else value[1] for value in found)
        key = None if item.key is None else numbers[item.key]
        entries.append(maker.entry(Record(item.span, values, places, key, item.title)))
    return block, entries


def _columns(items: list[_Item], contract: Contract) -> tuple[str, ...]:
    """The names of all values, in their order. Of very many, as of items that share no key, only those that count."""
    counts = Counter(name for item in items for name in item.values)
    if len(counts) * len(items) <= _MOST_CELLS:
        return tuple(counts)
    bound = {contract.id.column, *(field.column for field in contract.fields or ()), *_TITLES, _KEY, _VALUE}
    sure = [name for name in counts if name in bound or path_columns(contract, [name])]
    others = [name for name, _ in counts.most_common() if name not in sure]
    return (*sure, *others[: max(_MOST_CELLS // len(items) - len(sure), 0)])


def _kept(
    run: _Run, block: Block, entries: list[Entry], contract: Contract, resolve: Resolve, endings: set[str]
) -> list[Entry]:
    """The entries of a run. Paths alone and pairs count where half of them name documents, mappings where one does."""
    if run.sure:
        return entries
    naming = {id(entry) for entry in entries if _names(entry, resolve, endings)}
    plain = {id(entry) for entry, item in zip(entries, run.items, strict=True) if item.key is not None}
    named_plain = len(naming & plain)
    rich = len(naming) > named_plain or has_ids(contract, block)
    return [
        entry for entry in entries
        if (rich if id(entry) not in plain else 2 * named_plain >= len(plain) and named_plain > 0)
    ]  # fmt: skip


def _names(entry: Entry, resolve: Resolve, endings: set[str]) -> bool:
    """Whether the link of an entry leads to a document, or would to one of the kind that others lead to."""
    if not entry.links:
        return False
    found = resolve(entry.links[0].target)
    return found.rank > 1 and (found.there or _suffix(entry) in endings)


def _is_there(entry: Entry, resolve: Resolve) -> bool:
    found = resolve(entry.links[0].target)
    return found.rank > 1 and found.there


def _suffix(entry: Entry) -> str:
    return posixpath.splitext(entry.links[0].target)[1] if entry.links else ""
