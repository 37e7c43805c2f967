"""From what files state of a corpus to its contract: merged, held against its schema, made a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from validator.compose import Value
from validator.contract.front_matter import FrontMatter
from validator.contract.values import (
    ONE_A_LINE,
    Contract,
    ContractFault,
    Delimiters,
    IdSpec,
    Ignore,
    Limits,
    Pointer,
    Reference,
    Statement,
)
from validator.lines import line_template
from validator.model import Binding, Place
from validator.names import TemplateError, template
from validator.patterns import PatternError, compile_pattern
from validator.schema import (
    SchemaError,
    Violation,
    allowed_beside,
    build,
    misspelt_keywords,
    nearest,
    own_keys,
    own_schema,
)

_FIRST_LINES = {"yaml": "---", "toml": "+++"}
# What an expression begins with, and what may stand behind `content.`.
_SOURCES = ("name", "path", "header", "sidecar", "begin", "end", "heading", "first-line", "content")
_WITHOUT_KEY = frozenset({"path", "heading", "first-line"})
_ALIKE = 0.75
_FACTS = ("bytes", "chars", "lines", "words", "sha256", "sha512", "sha384", "sha224", "sha1", "md5", "blake2b")


def read_contract(index: str | None, folder: str, statements: list[Statement], front: FrontMatter | None) -> Contract:
    """Merge what several files state of one corpus (the first wins, key by key) and validate it.

    `index` is the path of the index (`None` for documents without one); `folder` is what its globs are relative to.
    """
    faults: list[ContractFault] = list(front.faults) if front else []
    merged: dict[str, Value] = {}
    origin: dict[str, Statement] = {}
    overridden: list[str] = []
    unbounded = front is not None and "delimiters" in front.spoiled
    for statement in statements:
        sound, found, spoils_bounds = _sound(statement, is_own=front is not None and statement is front.statement)
        faults += found
        unbounded = (unbounded or spoils_bounds) and "delimiters" not in merged
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
    if unbounded:
        contract = contract._replace(delimiters=contract.delimiters._replace(begin=(), end=(), judged=False))
    return contract._replace(
        front_matter=front.span if front else None, body=front.body if front else 0, overridden=tuple(overridden)
    )


# Keys of the configuration file, which are none of a contract.
_OF_CONFIGURATION = ("corpora", "exclude")


def _sound(statement: Statement, *, is_own: bool) -> tuple[dict[str, Value], list[ContractFault], bool]:
    """The keys of a statement that its schema accepts, a fault for each violation, and whether one spoils `delimiters`.

    `is_own` says that it is the index's own front matter, which cannot say which index it is of.
    """
    value = {key: _copied(item) for key, item in statement.value.items()}
    faults: list[ContractFault] = []
    spoils_bounds = False
    for violation in own_schema("contract.schema.json").violations(value):
        hint = _meant(dict(statement.value), violation)
        message = _unknown_in_front_matter(violation) if is_own and _is_unknown(violation) else violation.message
        faults.append(ContractFault(statement.place(violation.pointer, key=violation.at_key), message + hint))
        _drop(value, violation.pointer)
        spoils_bounds = spoils_bounds or _spoils_bounds(violation, statement.value)
    return value, faults, spoils_bounds


# Keys under `delimiters` that say nothing of where a document begins and ends.
_OF_TEXT = frozenset({"newline", "final_newline", "bom", "list"})


def _spoils_bounds(violation: Violation, value: Mapping[str, Value]) -> bool:
    """Whether, for this violation, nobody knows which lines bound a document: a key unlike any other may say it too."""
    if violation.pointer[:1] != ("delimiters",):
        return False
    key = violation.pointer[1] if len(violation.pointer) > 1 else None
    if key == "header":  # Any other dialect is that of a file which is one document.
        return "json" in str(_mapping(value["delimiters"])["header"]).casefold()
    return key not in _OF_TEXT and violation.meant not in {*_OF_TEXT, "header"}


def _is_unknown(violation: Violation) -> bool:
    return violation.keyword == "additionalProperties" and len(violation.pointer) == 1


def _unknown_in_front_matter(violation: Violation) -> str:
    known = [key for key in own_keys("contract.schema.json") if key != "index"]
    return f"unknown key {violation.key!r}{allowed_beside(str(violation.key), known)}"


def _meant(value: Value, violation: Violation) -> str:
    """What somebody meant perhaps who wrote another version of the contract, or an expression that is none."""
    pointer = violation.pointer
    if pointer == ("manifest",) and violation.keyword == "const":
        unquoted = ": take the quotes off" if value["manifest"] == "1" else ""  # type: ignore[index, call-overload]
        return f", the version of the contract that this indexlint knows{unquoted}"
    if len(pointer) == 1 and pointer[0] in _OF_CONFIGURATION:
        return f"; `{pointer[0]}` belongs to the configuration file"
    for step in pointer:
        value = value[step] if isinstance(value, dict | list) else None  # type: ignore[index]
    if violation.keyword != "pattern" or not _is_expression(pointer) or not isinstance(value, str) or not value:
        return ""
    kind, dot, rest = value.partition(".")
    near = nearest(kind, _SOURCES, _ALIKE)
    if near == "content":
        fact = nearest(rest, _FACTS)
        return f"; did you mean 'content.{fact}'?" if fact else f"; facts are {', '.join(_FACTS)}"
    if near is not None and (near != kind or not dot):
        key = "" if near in _WITHOUT_KEY else f".{rest or 'KEY'}"
        return f"; did you mean '{near}{key}'?"
    if dot:
        return ""
    return f"; did you mean 'content.{kind}'?" if kind in _FACTS else f"; a key of the header is 'header.{kind}'"


def _is_expression(pointer: Pointer) -> bool:
    """Whether an expression is to stand where a pointer leads."""
    if pointer[0] in {"fields", "references"}:
        return len(pointer) == 2 or pointer[2:3] == ("document",)  # noqa: PLR2004 - the key and the name
    return pointer[:2] == ("id", "document")


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
        bounds = self._bounds(stated, header)
        begin, end = bounds or ((), ())
        return Delimiters(
            header=header,
            newline=str(stated.get("newline", "any")),
            final_newline=str(stated.get("final_newline", "any")),
            bom=str(stated.get("bom", False)).casefold(),
            begin=begin,
            end=end,
            judged=bounds is not None,
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

    def _bounds(
        self, stated: Mapping[str, Value], header: str | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The templates of `begin` and `end`; where one of them cannot be used, neither is, and there is `None`."""
        before = len(self.faults)
        begin, end = self._templates(stated, "begin"), self._templates(stated, "end")
        if header == ONE_A_LINE and (begin or end):
            self._fault(("delimiters", "header"), "in JSON Lines each line is a document: there is no begin and no end")
        for source in sorted({*begin} & {*end}):
            self._fault(("delimiters", "end"), f"`begin` and `end` are both {source!r}, so they cannot be told apart")
        if _FIRST_LINES.get(header or "") in begin:
            message = f"{_FIRST_LINES[header or '']!r} begins a header too, so they cannot be told apart"
            self._fault(("delimiters", "begin"), message)
        if header == ONE_A_LINE:
            return (), ()
        return (begin, end) if len(self.faults) == before else None

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
        for pointer, keyword, near in misspelt_keywords(schema):
            place = self.origin["fields"].place(("fields", name, "schema", *pointer), key=True)
            self.faults.append(ContractFault(place, f"unknown keyword {keyword!r} in a schema; did you mean {near!r}?"))
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
