"""The contract in the front matter of an index: where it begins and ends, and what is wrong with how it is written."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from validator.compose import Node, Value, scalar_value
from validator.contract.values import ContractFault, Locate, Located, Pointer, Statement
from validator.header.block import Field, Line, dash_fault, line_at, lines_from, looks_like_key
from validator.header.yaml import metadata, read_undeclared, unclosed
from validator.late import regex
from validator.model import Fault, Place, Span
from validator.schema import nearest
from validator.text import BOM, decode_sized

_TELLING = {"documents", "delimiters", "fields"}
_OURS = regex(rb"""^(?:[-{][ \t]*)?(["']?)(?:manifest|indexlint)\1[ \t]*:""", re.MULTILINE)
_PATH = regex(r"[./]")
# What people put before front matter and should not: blank lines and comments.
_BEFORE = regex(rb"(?:[ \t\r]*\n|[ \t]*<!--(?:[^-]|-(?!->))*+-->[ \t\r]*\n)*+")
_ALIKE = 0.8


class FrontMatter(NamedTuple):
    """The front matter of an index: the contract in it, if it holds one, and where the body begins.

    `spoiled` are the keys whose values YAML could not read, so that nobody knows what they state.
    """

    statement: Statement | None
    faults: tuple[ContractFault, ...]
    index_faults: tuple[Fault, ...]
    span: Span | None
    body: int
    spoiled: frozenset[str] = frozenset()


def read_front_matter(path: str, data: bytes) -> FrontMatter:
    """Find the contract in an index's front matter. `path` names the file; never raises."""
    start = len(BOM) if data.startswith(BOM) else 0
    nothing = FrontMatter(None, (), (), None, start)
    opening, misplaced = _opening(data, start)
    if opening is None:
        return nothing
    close = _closing(data, opening.next)
    if misplaced and (close is None or _OURS.search(data, opening.next, close.start) is None):
        return nothing
    if close is None:
        header = unclosed(data, opening)
        inner, body = header.root or Span(opening.next, opening.next), header.body
        index_faults = tuple(fault for fault in header.faults if fault.kind == "unclosed-header")
    else:
        inner, body, index_faults = Span(opening.next, close.start), close.next, misplaced
    fields, yaml_faults = metadata(data, inner.start, inner.end, tags=False)
    marked = _OURS.search(data, *inner)
    statement, faults = _contract_in(path, fields, inner, is_marked=marked is not None)
    if statement is not None or (marked is not None and not _is_foreign(fields)):
        part = _part_of(data, inner, marked.start()) if marked is not None and b"indexlint" in marked.group() else inner
        own = (fault for fault in yaml_faults if _concerns(fault, part))
        said = {fault.place for fault in faults}
        faults = (*(fault for fault in (yaml_fault(path, item) for item in own) if fault.place not in said), *faults)
    elif close is None or misplaced or read_undeclared(data).dialect is None:
        return nothing
    spoiled = frozenset(_lost(data, inner, fields)) if yaml_faults else frozenset()
    return FrontMatter(statement, faults, index_faults, Span(start, body), body, spoiled)


def _opening(data: bytes, start: int) -> tuple[Line | None, tuple[Fault, ...]]:
    """The line that opens front matter, and what is wrong with it: how it is written, or what stands before."""
    begin = _BEFORE.match(data, start)
    line = line_at(data, begin.end() if begin else start)
    text = data[line.start : line.end]
    faults: list[Fault] = []
    if line.start > start:
        what = "text" if data[start : line.start].strip() else "blank lines"
        end = line.start - (2 if data[line.start - 2 : line.start - 1] == b"\r" else 1)
        faults.append(Fault("text-before-header", Span(start, max(end, start)), (what,)))
    if text.rstrip(b" \t") != b"---":
        reason = dash_fault(data, line)
        if reason is None:
            return None, ()
        faults.append(Fault("malformed-delimiter", line.span, ("opening", reason)))
    return line, tuple(faults)


def _lost(data: bytes, inner: Span, fields: tuple[Field, ...]) -> Iterator[str]:
    """The keys that are written and were not read, because their values are no YAML."""
    known = _keys(fields)
    for line in lines_from(data[: inner.end], inner.start):
        if looks_like_key(data, line):
            key = decode_sized(data[line.start : line.end].partition(b":")[0]).strip(" \t\"'")
            if key not in known:
                yield key


def _keys(fields: tuple[Field, ...]) -> dict[str, Field]:
    return {field.key: field for field in fields}


def _is_foreign(fields: tuple[Field, ...]) -> bool:
    """Whether a key `manifest` is somebody else's: it leads to a file or holds more keys, and no contract is near."""
    keys = _keys(fields)
    if "manifest" not in keys or "indexlint" in keys or _TELLING & keys.keys():
        return False
    node = keys["manifest"].node
    return node.kind != "scalar" or (isinstance(scalar_value(node.text), str) and bool(_PATH.search(node.text)))


def _part_of(data: bytes, inner: Span, start: int) -> Span:
    """The lines of the key that stands at `start`: up to the next key that is not indented."""
    line = line_at(data, start)
    while line.next < inner.end and not looks_like_key(data, line_at(data, line.next)):
        line = line_at(data, line.next)
    return Span(start, line.next)


def _concerns(fault: Fault, part: Span) -> bool:
    """Whether a fault of YAML is one of the contract, and not of the keys beside it."""
    if fault.span is None or fault.kind == "too-deep" or fault.detail[:1] == ("indexlint",):
        return True
    return part.start <= fault.span.start <= part.end


def _closing(data: bytes, start: int) -> Line | None:
    while start < len(data):
        line = line_at(data, start)
        if data[line.start : line.end].rstrip(b" \t") in {b"---", b"..."}:
            return line
        start = line.next
    return None


def _contract_in(
    path: str, fields: tuple[Field, ...], inner: Span, *, is_marked: bool
) -> tuple[Statement | None, tuple[ContractFault, ...]]:
    """The contract in front matter. Front matter of another kind (Jekyll, Hugo) is none of our business.

    `is_marked` says that the key which marks one is written there, be it that it cannot be read.
    """
    keys = _keys(fields)
    if "indexlint" in keys:
        key_span, node = keys["indexlint"].key_span, keys["indexlint"].node
        if node.kind != "mapping":
            place = Place(path, node.span if node.text or node.items else key_span)
            return None, (ContractFault(place, "`indexlint:` holds no contract: a mapping is wanted"),)
        return _of_index(path, node)
    if "manifest" in keys:
        if _is_foreign(fields):
            return None, ()
        items = tuple(node for field in fields for node in (Node("scalar", field.key_span, field.key), field.node))
        return _of_index(path, Node("mapping", inner, items=items))
    for field in fields:
        near = nearest(field.key, ("manifest", "indexlint"), _ALIKE)
        if near == "manifest" and (field.node.text.isdigit() or _TELLING & keys.keys()):
            return None, (_unmarked(path, field, near),)
        if near == "indexlint" and field.node.kind == "mapping":
            return None, (_unmarked(path, field, near),)
    if len(_TELLING & keys.keys()) > 1 and not is_marked:
        message = "this reads as a contract, but the key that marks one is missing: add `manifest: 1`"
        return None, (ContractFault(Place(path, fields[0].key_span), message),)
    return None, ()


def _of_index(path: str, root: Node) -> tuple[Statement, tuple[ContractFault, ...]]:
    """The contract of an index in its own front matter, which need not and cannot say which index it is of."""
    statement, faults = statement_of(path, root)
    if "index" not in statement.value:
        return statement, faults
    message = "`index` belongs to the configuration file: a contract in front matter is that of the file it stands in"
    value = {key: item for key, item in statement.value.items() if key != "index"}
    return statement._replace(value=value), (*faults, ContractFault(statement.place(("index",), key=True), message))


def _unmarked(path: str, field: Field, near: str) -> ContractFault:
    message = f"unknown key {field.key!r}; did you mean {near!r}? Without it this front matter is no contract"
    return ContractFault(Place(path, field.key_span), message)


def statement_of(path: str, root: Node) -> tuple[Statement, tuple[ContractFault, ...]]:
    """A contract's or a configuration file's mapping as a statement, and a fault for each key that stands twice."""
    value = _raw_value(root, ())
    return Statement(path, value if isinstance(value, dict) else {}, node_locator(root)), _doubled(path, root)


def _raw_value(node: Node, pointer: Pointer) -> Value:
    """The node as values: scalars as they are written, save where the contract wants a number or a boolean."""
    if node.kind == "mapping":
        value: dict[str, Value] = {}
        for key, item in node.pairs():
            if key.text not in value:
                value[key.text] = _raw_value(item, (*pointer, key.text))
        return value
    if node.kind == "sequence":
        return [_raw_value(item, (*pointer, number)) for number, item in enumerate(node.items)]
    return scalar_value(node.text) if node.plain and (not node.text or _is_typed(pointer)) else node.text


def _is_typed(pointer: Pointer) -> bool:
    """Whether what stands here is not text: versions, switches, sizes, and the schema of a field."""
    match pointer:
        case ("corpora", int(), *inner):
            return _is_typed(tuple(inner))
        case ("manifest",) | ("id", "unique" | "sequence") | ("delimiters", "bom") | ("limits", _):
            return True
        case ("fields", _, "required") | ("fields", _, "schema", *_):
            return True
    return False


def yaml_fault(path: str, fault: Fault) -> ContractFault:
    """A fault of YAML in a contract or configuration file, in words."""
    detail = fault.detail[0] if fault.detail else ""
    words = {
        "duplicate-key": f"the key {detail!r} stands twice",
        "header-type": "this is no mapping of keys to values",
        "too-deep": f"this YAML is {detail}",
        "second-document": "a second YAML document begins here; there can be only one",
    }
    return ContractFault(Place(path, fault.span), words.get(fault.kind, f"YAML syntax: {detail}"))


def _doubled(path: str, node: Node) -> tuple[ContractFault, ...]:
    """Keys that stand twice, anywhere below `node`."""
    found: list[ContractFault] = []
    seen: set[str] = set()
    if node.kind == "mapping":
        for key, value in node.pairs():
            if key.text in seen:
                found.append(ContractFault(Place(path, key.span), f"the key {key.text!r} stands twice"))
            seen.add(key.text)
            found.extend(_doubled(path, value))
    else:
        for item in node.items:
            found.extend(_doubled(path, item))
    return tuple(found)


def node_locator(root: Node) -> Locate:
    """Finds the places of a pointer's last key and of its value in a node tree; the nearest above, where it is not."""
    tables: dict[int, dict[str | int, tuple[Node, Node]]] = {}

    def table(node: Node) -> dict[str | int, tuple[Node, Node]]:
        if id(node) not in tables:
            tables[id(node)] = {key.text: (key, value) for key, value in reversed(list(node.pairs()))}
        return tables[id(node)]

    def locate(pointer: Pointer) -> Located:
        node, found = root, Located(root.span, root.span)
        for step in pointer:
            if node.kind == "mapping" and step in table(node):
                key, node = table(node)[step]
                found = Located(key.span, node.span if node.kind == "scalar" and node.text else key.span)
            elif node.kind == "sequence" and isinstance(step, int):
                node = node.items[step]
                found = Located(node.span, node.span)
            else:
                break
        return found

    return locate
