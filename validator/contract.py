"""The contract: what an index promises. Raw scalars in, checked by `schemas/contract.schema.json`, a frozen value out.

What is wrong in a contract is a fault of kind `contract` at its place; the rest of it holds all the same, save that a
faulted part is not judged by a default that nobody meant.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from validator.compose import Node, Value, scalar_value
from validator.header.block import Field, Line, dash_fault, line_at, looks_like_key
from validator.header.yaml import metadata, read_undeclared, unclosed
from validator.late import regex
from validator.lines import line_template
from validator.model import Binding, Fault, Place, Span
from validator.names import TemplateError, template
from validator.patterns import PatternError, compile_pattern
from validator.schema import SchemaError, build, nearest, own_schema
from validator.text import BOM

Pointer = tuple[str | int, ...]


class Located(NamedTuple):
    """Where a key stands, and where its value does."""

    key: Span | None
    value: Span | None


Locate = Callable[[Pointer], Located]

ONE_A_LINE = "json-lines"
WHOLE = 2**31 - 1

_TELLING = {"documents", "delimiters", "fields"}
_OURS = regex(rb"""^(?:[-{][ \t]*)?(["']?)(?:manifest|indexlint)\1[ \t]*:""", re.MULTILINE)
_PATH = regex(r"[./]")
# What people put before front matter and should not: blank lines and comments.
_BEFORE = regex(rb"(?:[ \t\r]*\n|[ \t]*<!--(?:[^-]|-(?!->))*+-->[ \t\r]*\n)*+")
_ALIKE = 0.8
_FIRST_LINES = {"yaml": "---", "toml": "+++"}
# What an expression begins with, and what may stand behind `content.`.
_SOURCES = ("name", "path", "header", "sidecar", "begin", "end", "heading", "first-line", "content")
_FACTS = ("bytes", "chars", "lines", "words", "sha256", "sha512", "sha1", "md5", "blake2b")


class ContractFault(NamedTuple):
    """Something wrong in a contract or configuration file, at its place."""

    place: Place
    message: str
    kind: str = "contract"


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
    are the templates of the lines that bound one document of a file, each in its variants.
    """

    header: str | None = None
    newline: str = "any"
    final_newline: str = "any"
    bom: str = "false"
    list: str | None = None
    lists: tuple[tuple[str, str], ...] = ()
    begin: tuple[str, ...] = ()
    end: tuple[str, ...] = ()

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


class FrontMatter(NamedTuple):
    """The front matter of an index: the contract in it, if it holds one, and where the body begins."""

    statement: Statement | None
    faults: tuple[ContractFault, ...]
    index_faults: tuple[Fault, ...]
    span: Span | None
    body: int


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
        part = _part_of(data, inner, marked.start()) if marked is not None and "indexlint" in _keys(fields) else inner
        own = (fault for fault in yaml_faults if _concerns(fault, part))
        said = {fault.place for fault in faults}
        faults = (*(fault for fault in (yaml_fault(path, item) for item in own) if fault.place not in said), *faults)
    elif close is None or misplaced or read_undeclared(data).dialect is None:
        return nothing
    return FrontMatter(statement, faults, index_faults, Span(start, body), body)


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
        return statement_of(path, node)
    if "manifest" in keys:
        if _is_foreign(fields):
            return None, ()
        items = tuple(node for field in fields for node in (Node("scalar", field.key_span, field.key), field.node))
        return statement_of(path, Node("mapping", inner, items=items))
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


def read_contract(index: str | None, folder: str, statements: list[Statement], front: FrontMatter | None) -> Contract:
    """Merge what several files state of one corpus (the first wins, key by key) and validate it.

    `index` is the path of the index (`None` for documents without one); `folder` is what its globs are relative to.
    """
    faults: list[ContractFault] = list(front.faults) if front else []
    merged: dict[str, Value] = {}
    origin: dict[str, Statement] = {}
    overridden: list[str] = []
    for statement in statements:
        sound, found = _sound(statement)
        faults += found
        for key, value in sound.items():
            if key in merged:
                overridden += [key] if key not in {"manifest", "index"} else []
            else:
                merged[key], origin[key] = value, statement
    builder = _Reader(merged, origin, faults)
    contract = builder.read(index, folder)
    if front is not None and front.faults and not merged:
        # What the contract meant to compare is not known, so nothing is compared by a default that nobody meant.
        contract = contract._replace(fields=())
    return contract._replace(
        front_matter=front.span if front else None, body=front.body if front else 0, overridden=tuple(overridden)
    )


def _sound(statement: Statement) -> tuple[dict[str, Value], list[ContractFault]]:
    """The keys of a statement that its schema accepts, and a fault for each violation."""
    value = {key: _copied(item) for key, item in statement.value.items()}
    faults: list[ContractFault] = []
    for violation in own_schema("contract.schema.json").violations(value):
        hint = _meant(dict(statement.value), violation.pointer) if violation.keyword in {"const", "pattern"} else ""
        faults.append(ContractFault(statement.place(violation.pointer, key=violation.at_key), violation.message + hint))
        _drop(value, violation.pointer)
    return value, faults


def _meant(value: Value, pointer: Pointer) -> str:
    """What somebody meant perhaps who wrote another version of the contract, or an expression that is none."""
    for step in pointer:
        value = value[step] if isinstance(value, dict | list) else None  # type: ignore[index]
    if pointer == ("manifest",):
        return ", the version of the contract that this indexlint knows"
    if not isinstance(value, str):
        return ""
    kind, dot, rest = value.partition(".")
    near = nearest(kind, _SOURCES)
    if near == "content" and rest not in _FACTS:
        rest = nearest(rest, _FACTS) or ""
        return f"; did you mean 'content.{rest}'?" if rest else f"; facts are {', '.join(_FACTS)}"
    if near is not None and (near != kind or not dot):
        rest = rest or ("" if near in {"path", "heading", "first-line"} else "KEY")
        return f"; did you mean '{near}{'.' if rest else ''}{rest}'?"
    return "" if dot or not kind else f"; a key of the header is 'header.{kind}'"


def _copied(item: Value) -> Value:
    if isinstance(item, dict):
        return dict(item)
    return list(item) if isinstance(item, list) else item


def _drop(value: dict[str, Value], pointer: Pointer) -> None:
    """Take away what a violation spoils: a field, a delimiter, a limit, a severity, one ignore, else the whole key.

    What is left of `fields` and `id` says that they were stated, so that no default takes their place.
    """
    if not pointer:
        value.clear()
        return
    key, inner = str(pointer[0]), pointer[1:]
    held = value.get(key)
    if key == "id":
        value[key] = None
    elif key == "fields" and not inner:
        value[key] = {}
    elif inner and key in {"fields", "delimiters", "limits", "severity"} and isinstance(held, dict):
        held.pop(str(inner[0]), None)
    elif inner and key == "ignore" and isinstance(held, list):
        held[int(inner[0])] = None
    else:
        value.pop(key, None)


class _Reader:
    """Turns validated values into a `Contract`, and checks what a JSON Schema cannot say: patterns and templates."""

    def __init__(self, value: dict[str, Value], origin: dict[str, Statement], faults: list[ContractFault]) -> None:
        self.value = value
        self.origin = origin
        self.faults = faults

    def read(self, index: str | None, folder: str) -> Contract:
        section = self.value.get("section")
        self._check_captures()
        return Contract(
            path=index,
            folder=folder,
            stated=frozenset(self.value),
            documents=_strings(self.value.get("documents")),
            format=self._text("format"),
            section=() if isinstance(section, dict) else _strings(section) or (),
            markers=(str(section["begin"]), str(section["end"])) if isinstance(section, dict) else None,
            name=self._name(),
            id=self._id(),
            delimiters=self._delimiters(),
            fields=self._fields(),
            references=tuple(self._references()),
            order=self._order(),
            stated_count=self._count(),
            schema=self._text("schema"),
            limits=Limits(**{key: _number(item) for key, item in _mapping(self.value.get("limits")).items()}),
            ignore=self._ignore(),
            severity=tuple((rule, str(level)) for rule, level in _mapping(self.value.get("severity")).items()),
            places=self._places(),
            faults=tuple(self.faults),
        )

    def _fault(self, pointer: Pointer, message: str) -> None:
        self.faults.append(ContractFault(self.origin[str(pointer[0])].place(pointer), message))

    def _text(self, key: str) -> str | None:
        value = self.value.get(key)
        return None if value is None else str(value)

    def _name(self) -> str | None:
        source = self._text("name")
        if source is None:
            return None
        try:
            template(source)
        except TemplateError as error:
            self._fault(("name",), f"this file-name template cannot be read: {error}")
            return None
        return source

    def _check_captures(self) -> None:
        """Each `name.FIELD` needs a template that captures the field; without one it would be silent for ever."""
        source = self._text("name")
        try:
            captured = template(source).fields if source is not None else ()
        except TemplateError:
            return  # The template itself is what has to be mended, and that is said.
        for pointer, expression in self._expressions():
            field = expression.removeprefix("name.")
            if field in captured or field == expression:
                continue
            near = nearest(field, captured)
            hint = f"; did you mean 'name.{near}'?" if near else ""
            lacks = "there is no `name`" if source is None else f"`name` captures no {{{field}}}"
            self._fault(pointer, f"{expression!r} has no value: {lacks}{hint}")

    def _expressions(self) -> Iterable[tuple[Pointer, str]]:
        """The document-side expressions of the contract, and where each stands."""
        specs: list[tuple[Pointer, Value]] = [(("id",), self.value.get("id"))]
        specs += [((key, name), spec) for key in ("fields", "references")
                  for name, spec in _mapping(self.value.get(key)).items()]  # fmt: skip
        for pointer, spec in specs:
            stated = spec.get("document") if isinstance(spec, dict) else spec
            for expression in _strings(stated) or ():
                yield ((*pointer, "document") if isinstance(spec, dict) else pointer), expression

    def _references(self) -> Iterable[Reference]:
        specs = _mapping(self.value.get("references"))
        for name, spec in specs.items():
            inverse = _optional(spec.get("inverse")) if isinstance(spec, dict) else None
            if inverse is not None and inverse not in specs:
                near = nearest(inverse, specs)
                hint = f"; did you mean {near!r}?" if near else ""
                self._fault(("references", name, "inverse"), f"{inverse!r} is no reference of this contract{hint}")
                inverse = None
            yield Reference(name, str(spec["document"]) if isinstance(spec, dict) else str(spec), inverse)

    def _order(self) -> str | None:
        source = self._text("order")
        field = (source or "").removeprefix("-")
        known = ["id", *_mapping(self.value.get("fields"))] if "fields" in self.value else []
        if source is None or not known or field in known:
            return source
        near = nearest(field, known)
        hint = f"; did you mean {near!r}?" if near else f"; fields are {', '.join(known)}"
        self._fault(("order",), f"{field!r} is no field of this contract{hint}")
        return None

    def _count(self) -> str | None:
        source = self._text("count")
        if source is None or not self._usable(("count",), source):
            return None
        if compile_pattern(source).groups != 1:
            self._fault(("count",), "this pattern has to have just one group, round the number")
            return None
        return source

    def _id(self) -> IdSpec:
        if "id" not in self.value:
            return IdSpec()
        spec = self.value["id"]
        if not isinstance(spec, dict):
            return IdSpec(declared=True, judged=False)
        pattern = spec.get("pattern")
        if pattern is not None and not self._usable(("id", "pattern"), str(pattern)):
            return IdSpec(declared=True, judged=False)
        return IdSpec(
            column=_optional(spec.get("column")),
            document=_ids(_strings(spec.get("document"))),
            pattern=_optional(pattern),
            normalize=_strings(spec.get("normalize")) or (),
            unique=spec.get("unique") is not False,
            sequence=spec.get("sequence") is True,
            retired=_strings(spec.get("retired")) or (),
            declared=True,
        )

    def _usable(self, pointer: Pointer, source: str) -> bool:
        try:
            compile_pattern(source)
        except PatternError as error:
            self._fault(pointer, f"this pattern cannot be used: {error}")
            return False
        return True

    def _delimiters(self) -> Delimiters:
        stated = _mapping(self.value.get("delimiters"))
        header = _optional(stated.get("header"))
        begin, end = self._bounds(stated, header)
        return Delimiters(
            header=header,
            newline=str(stated.get("newline", "any")),
            final_newline=str(stated.get("final_newline", "any")),
            bom=str(stated.get("bom", False)).casefold(),
            begin=begin,
            end=end,
            list=None if isinstance(stated.get("list"), dict) else _optional(stated.get("list")),
            lists=self._lists(_mapping(stated.get("list"))),
        )

    def _lists(self, stated: dict[str, Value]) -> tuple[tuple[str, str], ...]:
        known = _mapping(self.value.get("fields"))
        for field in stated if known else ():
            if field not in known:
                near = nearest(field, known)
                hint = f"; did you mean {near!r}?" if near else ""
                self._fault(("delimiters", "list", field), f"{field!r} is no field of this contract{hint}")
        return tuple((field, _scalar(item)) for field, item in stated.items())

    def _bounds(self, stated: Mapping[str, Value], header: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The templates of `begin` and `end`; where one of them cannot be used, neither is."""
        before = len(self.faults)
        begin, end = self._templates(stated, "begin"), self._templates(stated, "end")
        if header == ONE_A_LINE and (begin or end):
            self._fault(("delimiters", "header"), "in JSON Lines each line is a document: there is no begin and no end")
        for source in sorted({*begin} & {*end}):
            self._fault(("delimiters", "end"), f"`begin` and `end` are both {source!r}, so they cannot be told apart")
        if _FIRST_LINES.get(header or "") in begin:
            message = f"{_FIRST_LINES[header or '']!r} begins a header too, so they cannot be told apart"
            self._fault(("delimiters", "begin"), message)
        return (begin, end) if len(self.faults) == before else ((), ())

    def _templates(self, stated: Mapping[str, Value], which: str) -> tuple[str, ...]:
        """The templates of a delimiter line that can be used, and a fault for each other."""
        found = []
        for source in _strings(stated.get(which)) or ():
            try:
                lines = line_template(source)
            except (TemplateError, PatternError) as error:
                self._fault(("delimiters", which), f"the template {source!r} of a line cannot be read: {error}")
                continue
            if which == "end" and len(lines) > 1:
                self._fault(("delimiters", which), "an `end` is one line; only a `begin` may have several")
                continue
            found.append(source)
        return tuple(found)

    def _fields(self) -> tuple[Binding, ...] | None:
        if "fields" not in self.value:
            return None
        found = (self._field(name, spec) for name, spec in _mapping(self.value["fields"]).items())
        return tuple(field for field in found if field is not None)

    def _field(self, name: str, spec: Value) -> Binding | None:
        if not isinstance(spec, dict):
            return Binding(name, name, (str(spec),), declared=True)
        strip = _strings(spec.get("strip")) or ()
        usable = [self._usable(("fields", name, "strip", number), source) for number, source in enumerate(strip)]
        schema = spec.get("schema")
        if not all(usable) or not self._good_schema(name, schema):
            return None
        document = _optional(spec.get("document"))
        return Binding(
            field=name,
            column=_optional(spec.get("column")) or name,
            document=() if document is None else (document,),
            compare=_optional(spec.get("compare")),
            required=spec.get("required") is True,
            map=tuple((key, _scalar(item)) for key, item in _mapping(spec.get("map")).items()),
            strip=strip,
            schema=schema if isinstance(schema, dict | bool) else None,
            declared=True,
        )

    def _good_schema(self, name: str, schema: Value) -> bool:
        if not isinstance(schema, dict):
            return True
        try:
            build(schema).violations("")
        except SchemaError as error:
            place = self.origin["fields"].place(("fields", name, "schema"))
            self.faults.append(
                ContractFault(place, f"the schema of the field {name!r} is no schema: {error}", "bad-schema")
            )
            return False
        return True

    def _ignore(self) -> tuple[Ignore, ...]:
        items = self.value.get("ignore")
        found = []
        for number, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, dict):
                rule, reason = str(item["rule"]), str(item["reason"])
                document, until = _optional(item.get("document")), _optional(item.get("until"))
                place = self.origin["ignore"].place(("ignore", number))
                found.append(Ignore(rule, document, reason, until, place))
                if until is not None and not _is_day(until):
                    self._fault(("ignore", number, "until"), f"there is no day {until}")
        return tuple(found)

    def _places(self) -> dict[Pointer, Place]:
        places: dict[Pointer, Place] = {}
        for key, statement in self.origin.items():
            value = self.value[key]
            places[(key,)] = statement.place((key,))
            for step, item in _children(value):
                places[(key, step)] = statement.place((key, step))
                for deeper, _ in _children(item):
                    places[(key, step, deeper)] = statement.place((key, step, deeper))
        return places


def _children(value: Value) -> Iterable[tuple[str | int, Value]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _mapping(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _strings(value: Value) -> tuple[str, ...] | None:
    if value is None:
        return None
    return tuple(_scalar(item) for item in value) if isinstance(value, list) else (_scalar(value),)


def _ids(expressions: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Where IDs stand; a heading states one at its beginning."""
    if expressions is None:
        return None
    return tuple("heading.id" if expression == "heading" else expression for expression in expressions)


def _optional(value: Value) -> str | None:
    return None if value is None else _scalar(value)


def _scalar(value: Value) -> str:
    return str(value).casefold() if isinstance(value, bool) else str(value)


def _number(value: Value) -> int:
    return int(value) if isinstance(value, int | float) else 0
