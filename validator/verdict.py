"""Whether a value certainly fits a JSON Schema: a short cut for the many values that are sound.

A schema of the plain kind (types, enumerations, limits, patterns, properties, items, references within it) becomes one
function, which says yes, or nothing. A yes is as good as the authority's, `schema`; whatever is not a yes, and every
schema with a keyword that is not known here, goes to the authority, which also has the words for what is wrong. So
jsonschema, which takes 60 ms to import and 50 µs a document, is there for faults alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from math import inf, isfinite
from typing import Any, NamedTuple

from validator.late import regex
from validator.patterns import PatternError, compile_pattern

Verdict = Callable[[Any], bool]
Patterns = Callable[[str], Callable[[str], object]]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ADDRESS = regex(r"(?:urn:[a-z]+:|https?://)[A-Za-z0-9./_-]+")
_NOTES = frozenset({"title", "description", "$comment", "default", "examples", "deprecated", "readOnly", "writeOnly"})
_DATE = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DEEPEST = 32


class _DoubtError(Exception):
    """Something in a schema that only the authority may judge."""


def compile_verdict(
    schema: object, patterns: Patterns | None = None, *, is_sound: bool = False
) -> tuple[Verdict, int] | None:
    """A function that is true for values that certainly fit a schema (2020-12), and how many subschemas it looks into.

    `None` for a schema that is not wholly of the plain kind, and so for every schema that is none. `patterns` compiles
    a pattern to its search; left out, patterns are a stranger's (see `patterns`). Of a schema that `is_sound`, and so
    certainly of the plain kind, properties are compiled when a value has them; only what is at once is counted.
    """
    try:
        return _Compiler(schema, patterns or _strange, is_sound=is_sound).run()
    except (_DoubtError, PatternError):
        return None


class FieldVerdicts(NamedTuple):
    """A schema for a mapping of scalars, key by key: what has to be there, and what certainly fits each key.

    `other` judges the values of keys that are not `known`; it is `None` where there may be no others.
    """

    required: frozenset[str]
    known: Mapping[str, Verdict]
    other: Verdict | None

    def of(self, key: str) -> Verdict | None:
        """What judges the value of a key; `None` where the key may not be."""
        return self.known.get(key, self.other)


def compile_fields(schema: object) -> FieldVerdicts | None:
    """The same taken apart for flat mappings, whose values are scalars; `None` where it says more than that."""
    if compile_verdict(schema) is None or not isinstance(schema, dict):
        return None
    about = {"$schema", "$id", "$defs", "type", "required", "properties", "additionalProperties", *_NOTES}
    if not schema.keys() <= about or schema.get("type", "object") != "object":
        return None
    compiler = _Compiler(schema, _strange)
    more = schema.get("additionalProperties", True)
    return FieldVerdicts(
        frozenset(schema.get("required", ())),
        {key: compiler.compile(inner) for key, inner in schema.get("properties", {}).items()},
        None if more is False else compiler.compile(more),
    )


def _strange(source: str) -> Callable[[str], object]:
    return compile_pattern(source).finder


def size(value: object, most: int) -> int:
    """How many values there are in a value, itself included; counting stops beyond `most`."""
    count = 1
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        count += size(item, most - count) if isinstance(item, dict | list) else 1
        if count > most:
            break
    return count


def _need(*conditions: bool) -> None:
    if not all(conditions):
        raise _DoubtError


def _is_bounded(value: object, depth: int) -> bool:
    """Whether a value has no number without end, is not nested deep, and names no dialect further inside."""
    if isinstance(value, float):
        return isfinite(value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth > 0 and all(
        _is_bounded(item, depth - 1) and not (isinstance(item, dict) and "$schema" in item) for item in inner
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: dict[str, frozenset[type]] = {
    "null": frozenset({type(None)}),
    "boolean": frozenset({bool}),
    "string": frozenset({str}),
    "integer": frozenset({int}),
    "number": frozenset({int, float}),
    "array": frozenset({list}),
    "object": frozenset({dict}),
}


class _Later:
    """A subschema of a sound schema, compiled at its first use."""

    def __init__(self, compiler: _Compiler, schema: object) -> None:
        self.compiler = compiler
        self.schema = schema

    def __call__(self, value: Any) -> bool:  # noqa: ANN401 - any value
        return self._verdict(value)

    @cached_property
    def _verdict(self) -> Verdict:
        return self.compiler.compile(self.schema)


class _Compiler:
    def __init__(self, schema: object, patterns: Patterns, *, is_sound: bool = False) -> None:
        self.root = schema
        self.is_sound = is_sound
        self.patterns = patterns
        self.count = 0
        self.depth = 0

    def run(self) -> tuple[Verdict, int]:
        """Compile the whole, and also what nothing refers to: it has to be a schema all the same."""
        _need(isinstance(self.root, dict), _is_bounded(self.root, _DEEPEST))
        schema = dict(self.root) if isinstance(self.root, dict) else {}
        _need(schema.pop("$schema", _DIALECT) == _DIALECT)
        address = schema.pop("$id", "urn:x:x")
        _need(isinstance(address, str) and _ADDRESS.fullmatch(address) is not None)
        definitions = schema.pop("$defs", {})
        _need(isinstance(definitions, dict))
        for inner in () if self.is_sound else definitions.values():
            self.compile(inner)
        return self.compile(schema), self.count

    def compile(self, schema: object) -> Verdict:
        """One subschema as a function.

        Raises:
            _DoubtError: it is more than plain, or none.
        """
        self.count += 1
        self.depth += 1
        _need(self.depth < _DEEPEST)  # A circle of references ends here too.
        try:
            return self._compiled(schema)
        finally:
            self.depth -= 1

    def later(self, schema: object) -> Verdict:
        """One subschema as a function that is made when it is first asked."""
        return _Later(self, schema)

    def _compiled(self, schema: object) -> Verdict:
        if schema is True:
            return lambda _: True
        _need(isinstance(schema, dict))
        assert isinstance(schema, dict)
        keywords = {key: value for key, value in schema.items() if key not in _NOTES}
        for note in _NOTES & schema.keys() - {"default", "examples"}:
            _need(isinstance(schema[note], bool if note in {"deprecated", "readOnly", "writeOnly"} else str))
        _need(isinstance(schema.get("examples", []), list))
        if keywords.keys() <= _OF_TEXTS and keywords.get("type") == "string":
            return self.text(keywords)
        checks = [
            check for names, compiler in _COMPILERS if names & keywords.keys() for check in compiler(self, keywords)
        ]
        _need(keywords.keys() <= _KNOWN)
        return _all(checks)

    def referred(self, keywords: Mapping[str, Any]) -> list[Verdict]:
        address = keywords["$ref"]
        _need(isinstance(address, str) and address.startswith("#/$defs/"))
        name = address.removeprefix("#/$defs/")
        definitions = self.root.get("$defs", {}) if isinstance(self.root, dict) else {}
        _need(name in definitions and not set("/%~") & set(name))
        return [self.compile(definitions[name])]

    def values(self, keywords: Mapping[str, Any]) -> list[Verdict]:
        """`type`, `enum` and `const`, with values of scalars alone."""
        checks: list[Verdict] = []
        if "type" in keywords:
            names = keywords["type"]
            names = [names] if isinstance(names, str) else names
            _need(isinstance(names, list) and bool(names))
            _need(all(isinstance(name, str) and name in _TYPES for name in names), len(set(names)) == len(names))
            kinds = frozenset().union(*(_TYPES[name] for name in names))
            checks.append(lambda value: type(value) in kinds)
        for allowed in [keywords["enum"]] if "enum" in keywords else []:
            _need(isinstance(allowed, list) and bool(allowed))
            checks.append(_among(allowed))
        if "const" in keywords:
            checks.append(_among([keywords["const"]]))
        return checks

    def texts(self, keywords: Mapping[str, Any]) -> list[Verdict]:
        checks = _limits(keywords, "minLength", "maxLength", str)
        if "pattern" in keywords:
            _need(isinstance(keywords["pattern"], str))
            checks.append(_of(str, self.patterns(keywords["pattern"])))
        if "format" in keywords:
            _need(keywords["format"] == "date")
            checks.append(_of(str, _is_date))
        return checks

    def text(self, keywords: Mapping[str, Any]) -> Verdict:
        """The commonest subschema of all, a text of some length and look, in one step."""
        low, high = _bounds(keywords, "minLength", "maxLength")
        if "pattern" not in keywords:
            if low <= 1 and high == inf:
                return some_text if low else any_text
            return lambda value: type(value) is str and low <= len(value) <= high
        _need(isinstance(keywords["pattern"], str))
        search = self.patterns(keywords["pattern"])
        if (low, high) == (0, inf):
            return lambda value: type(value) is str and bool(search(value))
        return lambda value: type(value) is str and low <= len(value) <= high and bool(search(value))

    def numbers(self, keywords: Mapping[str, Any]) -> list[Verdict]:
        for name in _NUMBERS & keywords.keys():
            _need(_is_number(keywords[name]))
        low, high = keywords.get("minimum"), keywords.get("maximum")
        above, below = keywords.get("exclusiveMinimum"), keywords.get("exclusiveMaximum")

        def fits(value: Any) -> bool:  # noqa: ANN401
            return not _is_number(value) or (
                (low is None or value >= low)
                and (high is None or value <= high)
                and (above is None or value > above)
                and (below is None or value < below)
            )

        return [fits]

    def arrays(self, keywords: Mapping[str, Any]) -> list[Verdict]:
        checks = _limits(keywords, "minItems", "maxItems", list)
        if "items" in keywords:
            item = self.compile(keywords["items"])
            checks.append(_of(list, lambda value: all(map(item, value))))
        if "uniqueItems" in keywords:
            _need(isinstance(keywords["uniqueItems"], bool))
            if keywords["uniqueItems"]:
                checks.append(_of(list, _are_unique))
        return checks

    def objects(self, keywords: Mapping[str, Any]) -> list[Verdict]:
        checks = _limits(keywords, "minProperties", "maxProperties", dict)
        if "required" in keywords:
            wanted = keywords["required"]
            _need(isinstance(wanted, list) and all(isinstance(key, str) for key in wanted))
            _need(len(set(wanted)) == len(wanted))
            needed = frozenset(wanted)
            checks.append(_of(dict, lambda value: needed <= value.keys()))
        if "propertyNames" in keywords:
            name = self.compile(keywords["propertyNames"])
            checks.append(_of(dict, lambda value: all(map(name, value))))
        return checks

    def properties(self, keywords: Mapping[str, Any]) -> list[Verdict]:
        properties = keywords.get("properties", {})
        _need(isinstance(properties, dict))
        known = {key: (self.later if self.is_sound else self.compile)(schema) for key, schema in properties.items()}
        more = keywords.get("additionalProperties", True)
        other: Verdict = (lambda _: False) if more is False else self.compile(more)

        def fits(value: Any) -> bool:  # noqa: ANN401
            if not isinstance(value, dict):
                return True
            for key, item in value.items():  # noqa: SIM110 - a generator takes twice as long
                if not known.get(key, other)(item):
                    return False
            return True

        return [fits]


_OF_TEXTS = frozenset({"type", "minLength", "maxLength", "pattern"})
_NUMBERS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
_COMPILERS: tuple[tuple[frozenset[str], Callable[[_Compiler, Mapping[str, Any]], list[Verdict]]], ...] = (
    (frozenset({"type", "enum", "const"}), _Compiler.values),
    (frozenset({"minLength", "maxLength", "pattern", "format"}), _Compiler.texts),
    (_NUMBERS, _Compiler.numbers),
    (frozenset({"minItems", "maxItems", "items", "uniqueItems"}), _Compiler.arrays),
    (frozenset({"minProperties", "maxProperties", "required", "propertyNames"}), _Compiler.objects),
    (frozenset({"properties", "additionalProperties"}), _Compiler.properties),
    (frozenset({"$ref"}), _Compiler.referred),
)
_KNOWN = frozenset().union(*(names for names, _ in _COMPILERS))


def any_text(value: object) -> bool:
    """The verdict of `{"type": "string"}`."""
    return type(value) is str


def some_text(value: object) -> bool:
    """The same with `"minLength": 1`."""
    return type(value) is str and bool(value)


def _all(checks: list[Verdict]) -> Verdict:
    if not checks:
        return lambda _: True
    first, *others = checks
    if not others:
        return first
    if len(others) == 1:
        second = others[0]
        return lambda value: first(value) and second(value)
    return lambda value: all(check(value) for check in checks)


def _of(kind: type, check: Callable[[Any], object]) -> Verdict:
    """A check that only values of one kind have to pass."""
    return lambda value: not isinstance(value, kind) or bool(check(value))


def _among(allowed: list[Any]) -> Verdict:
    """Whether a value is one of these: text as text, true and 1 apart. Of collections the authority decides."""
    kinds = {(type(item), item) for item in allowed if isinstance(item, str | int | float | bool | None)}

    def fits(value: Any) -> bool:  # noqa: ANN401
        return isinstance(value, str | int | float | bool | None) and (type(value), value) in kinds

    return fits


def _bounds(keywords: Mapping[str, Any], least: str, most: str) -> tuple[float, float]:
    low, high = keywords.get(least, 0), keywords.get(most, inf)
    _need(_is_count(low), most not in keywords or _is_count(high))
    return low, high


def _limits(keywords: Mapping[str, Any], least: str, most: str, kind: type) -> list[Verdict]:
    low, high = _bounds(keywords, least, most)
    if not {least, most} & keywords.keys():
        return []
    return [_of(kind, lambda value: low <= len(value) <= high)]


def _is_date(value: str) -> bool:
    try:
        return _DATE.fullmatch(value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _are_unique(items: list[Any]) -> bool:
    return all(isinstance(item, str) for item in items) and len(set(items)) == len(items)
