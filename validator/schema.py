"""JSON Schema: the project's own schemas, and the ones that a contract names.

jsonschema is the authority on verdicts. What is added here: every violation knows its place in the value, an unknown
key comes with the nearest known one, patterns run on an engine that cannot be stalled, references and nesting cannot
multiply without end, and nothing is ever fetched. A schema is judged as a whole before it judges anything.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache, lru_cache, partial
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.late import regex
from validator.patterns import Pattern, PatternError, compile_pattern
from validator.text import shorten
from validator.verdict import Verdict, compile_verdict, size

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

MAX_STEPS = 50_000
MAX_SCHEMA_STEPS = 1_000_000
MAX_OWN_STEPS = 100_000_000  # What a contract can hold at most is bounded where it is read.
MAX_VIOLATIONS = 1000
_MOST_KNOWN = 300
_MOST_HINTS = 50
MAX_NESTING = 100
_DEFAULT_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FRAMES_LEFT = 300  # What the library needs above us; a part of it that is compiled cannot bear to run out of frames.

_HERE = os.path.dirname(os.path.abspath(__file__))
_DATE_TIME = regex(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_URI = regex(r"""[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]*""")


class Violation(NamedTuple):
    """One way in which a value breaks a schema.

    `pointer` leads to the value at fault (keys and positions from the root); `keyword` is the schema keyword that it
    breaks; `key` is the unknown or missing key where the keyword is about one, `meant` the known one that it is like.
    With `at_key` the last key of the pointer is itself at fault, and not its value.
    """

    pointer: tuple[str | int, ...]
    keyword: str
    message: str
    key: str | None = None
    meant: str | None = None
    at_key: bool = False


_MORE = Violation((), "limit", f"there are more than {MAX_VIOLATIONS:,} faults; the others are not shown")


class SchemaError(ValueError):
    """A schema that is none, refers outside itself, or uses a pattern that cannot be run; the message says which."""


class _Budget:
    """How many more subschemas may be looked into, and how deep: references multiply where they are nested."""

    def __init__(self, limit: int) -> None:
        self.limit = self.left = limit

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise SchemaError(f"it takes more than {self.limit:,} steps")
        if _is_deep():
            raise SchemaError("it goes round in a circle, or is nested too deep")


def _is_deep() -> bool:
    """Whether few frames are left."""
    try:
        sys._getframe(sys.getrecursionlimit() - _FRAMES_LEFT)  # noqa: SLF001 - there is no other way to ask
    except ValueError:
        return False
    return True


class Validator(NamedTuple):
    """A schema, ready to check values.

    `verdict` says of most sound values that they are (`None`: of none); `size` is up to how many values in one.
    `authority` gives the library's validator, which judges all others within `steps`.
    """

    authority: Callable[[], Any]
    steps: int
    verdict: Verdict | None = None
    size: int = 0

    def violations(self, value: object) -> list[Violation]:
        """The violations in `value`, in a stable order. A required key that is only misspelt is one violation.

        Of more than `MAX_VIOLATIONS` the first that are met, and one of the whole that says so.

        Raises:
            SchemaError: checking this value has no end, or takes too long.
        """
        if self.verdict is not None and size(value, self.size) <= self.size and self.verdict(value):
            return []
        return self.judged(value)

    def judged(self, value: object) -> list[Violation]:
        """The same without the short cut: what the library says."""
        engine = self.authority()
        type(engine).budget = _Budget(self.steps)
        errors = islice(engine.iter_errors(value), MAX_VIOLATIONS + 1)
        found = [_violation(error, hint=number < _MOST_HINTS) for number, error in enumerate(errors)]
        found[MAX_VIOLATIONS:] = [_MORE] if len(found) > MAX_VIOLATIONS else []
        misspelt = {(item.pointer[:-1], item.meant) for item in found if item.meant is not None}
        kept = (item for item in found if item.keyword != "required" or (item.pointer, item.key) not in misspelt)
        return sorted(kept, key=lambda item: ([str(step) for step in item.pointer], item.message))

    def prove(self) -> None:
        """See that the schema can be used on a value.

        Raises:
            SchemaError: it cannot.
        """
        if self.verdict is None:
            self.judged({})


def _quick(authority: Callable[[], Any], steps: int, compiled: tuple[Verdict, int] | None) -> Validator:
    """A validator whose library waits for the first value that is not certainly sound.

    The short cut takes no value for which the library could come near its limit of steps.
    """
    verdict, count = compiled or (None, 1)
    return Validator(cache(authority), steps, verdict, steps // (4 * count))


def schema_path(name: str) -> str:
    """The file of one of the project's own schemas: beside the package in a checkout, inside it in a wheel."""
    inside = os.path.join(_HERE, "schemas", name)
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(_HERE), "schemas", name)


@lru_cache(maxsize=8)
def own_schema(name: str, definition: str | None = None) -> Validator:
    """The validator of one of the project's own schemas, as `contract.schema.json`, or of one of its definitions."""
    with open(schema_path(name), encoding="utf-8") as file:
        schema = json.load(file)
    if definition is not None:
        schema = {"$defs": schema["$defs"], "$ref": f"#/$defs/{definition}"}

    def authority() -> Any:  # noqa: ANN401 - a class made at run time
        import jsonschema  # noqa: PLC0415 - as in `_authority`

        return _validator(jsonschema.Draft202012Validator, schema, {})

    return _quick(authority, MAX_OWN_STEPS, compile_verdict(schema, _own_pattern))


def _own_pattern(source: str) -> Callable[[str], object]:
    """A pattern of our own schemas as its search, on the standard library: RE2 would cost every start 10 ms."""
    return re.compile(source.removesuffix("$") + (r"\Z" if source.endswith("$") else ""), re.ASCII).search


@lru_cache(maxsize=64)
def load(text: str) -> Validator:
    """Make a validator of a JSON Schema's text (JSON). The dialect is what `$schema` says, else 2020-12.

    Raises:
        SchemaError: it is not JSON, or not a valid schema.
    """
    try:
        schema = json.loads(text)
    except json.JSONDecodeError as error:
        raise SchemaError(f"it is not JSON: {error}") from None
    except (RecursionError, ValueError):
        raise SchemaError("it is not JSON that can be read: its nesting or a number has no end") from None
    return build(schema)


def build(schema: object) -> Validator:
    """Make a validator of a JSON Schema.

    Raises:
        SchemaError: it is not a valid schema.
    """
    compiled = compile_verdict(schema)
    if compiled is not None:
        return _quick(partial(_authority, schema), MAX_STEPS, compiled)
    engine = _authority(schema)
    return Validator(lambda: engine, MAX_STEPS)


def _authority(schema: object) -> Any:  # noqa: ANN401 - a class made at run time
    """The library's validator of a schema, once the schema is judged.

    Raises:
        SchemaError: it is not a valid schema.
    """
    import jsonschema  # noqa: PLC0415 - 60 ms that a run without faults need not pay

    if not isinstance(schema, dict | bool):
        raise SchemaError("a schema is an object or a boolean")
    dialect = schema.get("$schema", _DEFAULT_DIALECT) if isinstance(schema, dict) else _DEFAULT_DIALECT
    if not isinstance(dialect, str):
        raise SchemaError("`$schema` is the address of a dialect")
    base = _dialects().get(dialect.rstrip("#"), jsonschema.Draft202012Validator)
    _judge_values(schema, dialect)
    try:
        _judge(schema, base)
    except SchemaError:
        raise
    except ValueError as error:
        raise SchemaError(f"an address in it is none: {error}") from None
    return _validator(base, schema, {**base.FORMAT_CHECKER.checkers, **_FORMATS})


def _dialects() -> dict[str, Any]:
    import jsonschema  # noqa: PLC0415 - as above

    known = (
        jsonschema.Draft4Validator,
        jsonschema.Draft6Validator,
        jsonschema.Draft7Validator,
        jsonschema.Draft201909Validator,
        jsonschema.Draft202012Validator,
    )
    return {str(base.ID_OF(base.META_SCHEMA)).rstrip("#"): base for base in known}


def _validator(
    base: Any,  # noqa: ANN401 - a class made at run time
    schema: object,
    formats: Mapping[str, tuple[Any, Any]],
) -> Any:  # noqa: ANN401
    import jsonschema  # noqa: PLC0415 - as above
    from referencing import Registry  # noqa: PLC0415

    checker = jsonschema.FormatChecker(())
    checker.checkers = dict(formats)
    registry: Registry[Any] = Registry()
    return _guarded(base)(schema, registry=registry, format_checker=checker)


@lru_cache(maxsize=8)
def _guarded(base: Any) -> Any:  # noqa: ANN401
    """The class of a dialect's validators with our own keywords and a budget.

    It stays itself where a subschema names a dialect, and a schema `false` knows the place that it faults.
    """
    import jsonschema  # noqa: PLC0415 - as above

    extend: Any = jsonschema.validators.extend
    guarded = extend(base, _KEYWORDS)
    evolve, descend = guarded.evolve, guarded.descend

    def spend(self: Any, **changes: Any) -> Any:  # noqa: ANN401
        guarded.budget.spend()
        inner = changes.get("schema")
        if isinstance(inner, dict) and "$schema" in inner:
            changes["schema"] = {key: value for key, value in inner.items() if key != "$schema"}
        return evolve(self, **changes)

    def look(self: Any, instance: object, schema: object, path: Any = None, **others: Any) -> Any:  # noqa: ANN401
        if schema is False:
            return iter([_error("nothing may stand here", *([] if path is None else [path]), validator=None)])
        return descend(self, instance, schema, path, **others)

    guarded.evolve, guarded.descend = spend, look
    return guarded


@lru_cache(maxsize=8)
def _meta(base: Any) -> Validator:  # noqa: ANN401
    """The validator of a dialect's schemas."""
    engine = _validator(base, base.META_SCHEMA, {})
    return Validator(lambda: engine, MAX_SCHEMA_STEPS)


def _judge_values(schema: object, dialect: str) -> None:
    """Look for nesting and numbers without end, and for parts of another dialect, which the library cannot follow.

    Raises:
        SchemaError: there is one.
    """
    waiting = [(schema, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_NESTING:
            raise SchemaError(f"it is nested deeper than {MAX_NESTING} levels")
        if isinstance(value, float) and not isfinite(value):
            raise SchemaError(f"it holds a number that JSON has not: {value}")
        named = value.get("$schema", dialect) if isinstance(value, dict) else dialect
        if isinstance(named, str) and named != dialect:
            raise SchemaError(f"a part of it is of another dialect: {named}")
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(item, depth + 1) for item in inner]


def _judge(schema: object, base: Any) -> None:  # noqa: ANN401
    """Look at the whole of a schema: is it one, is all that it refers to in it, can its patterns be run.

    Raises:
        SchemaError: it cannot be used.
    """
    from jsonschema.validators import SPECIFICATIONS  # type: ignore[attr-defined]  # noqa: PLC0415 - not in its stubs
    from referencing.exceptions import Unresolvable  # noqa: PLC0415
    from referencing.jsonschema import specification_with  # noqa: PLC0415

    specification = specification_with(str(base.ID_OF(base.META_SCHEMA)))
    _judge_form(base, schema)
    root = specification.create_resource(schema)
    waiting = [(root, SPECIFICATIONS.resolver_with_root(root))]
    seen: set[int] = set()
    keywords: set[str] = set()
    patterns: list[Pattern] = []
    while waiting:
        resource, resolver = waiting.pop()
        contents = resource.contents
        if id(contents) in seen or not isinstance(contents, dict):
            continue
        seen.add(id(contents))
        keywords.update(contents)
        patterns += _patterns(contents)
        for keyword in {"$ref", "$dynamicRef"} & contents.keys():
            try:
                found = resolver.lookup(contents[keyword])
            except (Unresolvable, AttributeError):
                message = f"it refers to {contents[keyword]!r}, which is not in it; nothing is fetched"
                raise SchemaError(message) from None
            _judge_form(base, found.contents)
            waiting.append((specification.create_resource(found.contents), found.resolver))
        waiting += [(inner, resolver.in_subresource(inner)) for inner in resource.subresources()]
    # jsonschema holds the names of keys against them itself, and not on our engine.
    if "unevaluatedProperties" in keywords and not all(isinstance(item.engine, re.Pattern) for item in patterns):
        raise SchemaError("beside `unevaluatedProperties` only plain patterns can be used")


def _judge_form(base: Any, schema: object) -> None:  # noqa: ANN401
    """Hold a schema against the schema of its dialect.

    Raises:
        SchemaError: it breaks it.
    """
    for wrong in _meta(base).violations(schema):
        raise SchemaError(f"at /{'/'.join(str(step) for step in wrong.pointer)}: {wrong.message}")


def _patterns(contents: Mapping[str, Any]) -> list[Pattern]:
    """The patterns of one subschema, those for the names of keys as objects.

    Raises:
        SchemaError: one of them cannot be run.
    """
    try:
        if "pattern" in contents:
            compile_pattern(contents["pattern"])
        return [compile_pattern(source) for source in contents.get("patternProperties", ())]
    except PatternError as error:
        raise SchemaError(f"a pattern in it cannot be used: {error}") from None


def _pattern(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    if isinstance(value, str) and not compile_pattern(pattern).search(value):
        yield _error(f"{shorten(value)!r} does not match {pattern!r}")


def _pattern_properties(
    validator: Any,  # noqa: ANN401 - a class made at run time
    properties: Mapping[str, object],
    value: object,
    _schema: object,
) -> Iterator[ValidationError]:
    for pattern, subschema in properties.items():
        compiled = compile_pattern(pattern)
        for key, item in value.items() if isinstance(value, Mapping) else ():
            if compiled.search(key):
                yield from validator.descend(item, subschema, path=key, schema_path=pattern)


def _additional_properties(
    validator: Any,  # noqa: ANN401 - as above
    wanted: object,
    value: object,
    schema: Mapping[str, Any],
) -> Iterator[ValidationError]:
    known = list(schema.get("properties", ()))
    patterns = [compile_pattern(source) for source in schema.get("patternProperties", ())]
    for key, item in value.items() if isinstance(value, Mapping) else ():
        if key in known or any(pattern.search(key) for pattern in patterns):
            continue
        if wanted is False:
            yield _error(f"unknown key {key!r}{_allowed(key, known)}", key)
        else:
            yield from validator.descend(item, wanted, path=key)


def _property_names(
    validator: Any,  # noqa: ANN401 - as above
    names: object,
    value: object,
    _schema: object,
) -> Iterator[ValidationError]:
    for key in value if isinstance(value, Mapping) else ():
        for error in validator.descend(key, names):
            yield _error(f"the key {_words(error)}", key)


def _unique_items(_validator: object, wanted: object, value: object, _schema: object) -> Iterator[ValidationError]:
    seen: dict[str, int] = {}
    for number, item in enumerate(value if wanted and isinstance(value, list) else ()):
        first = seen.setdefault(json.dumps(_comparable(item), sort_keys=True), number)
        if first != number:
            yield _error(f"{_shown(item)} stands twice, first as number {first + 1}", number)


def _comparable(value: object) -> object:
    """The value as JSON compares it: 1.0 is 1."""
    if isinstance(value, dict):
        return {key: _comparable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_comparable(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


_KEYWORDS = {
    "pattern": _pattern,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "propertyNames": _property_names,
    "uniqueItems": _unique_items,
}


def _error(message: str, *path: str | int, **others: Any) -> ValidationError:  # noqa: ANN401
    from jsonschema.exceptions import ValidationError  # noqa: PLC0415 - with jsonschema

    return ValidationError(message, path=path, **others)


def _is_pattern(value: object) -> bool:
    if isinstance(value, str):
        compile_pattern(value)
    return True


def _is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not _DATE_TIME.fullmatch(value):
        return False
    datetime.fromisoformat(value[:19].upper())
    return True


def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or _URI.fullmatch(value) is not None


# What the library checks only with further libraries, or with an engine that can be stalled.
_FORMATS: dict[str, tuple[Any, Any]] = {
    "regex": (_is_pattern, PatternError),
    "date-time": (_is_date_time, ValueError),
    "uri": (_is_uri, ()),
}


def _violation(error: Any, *, hint: bool) -> Violation:  # noqa: ANN401 - a ValidationError, whose stubs say Unset everywhere
    pointer = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword == "additionalProperties":
        meant = nearest(pointer[-1], error.schema.get("properties", ())) if hint else None
        return Violation(pointer, keyword, error.message, pointer[-1], meant, at_key=True)
    if keyword == "propertyNames":
        return Violation(pointer, keyword, error.message, pointer[-1], at_key=True)
    if keyword == "required":
        return Violation(pointer, keyword, _words(error), _missing(error))
    if error.context:
        deepest = max(len(inner.absolute_path) for inner in error.context)
        best = [inner for inner in error.context if len(inner.absolute_path) == deepest]
        words = dict.fromkeys(_words(inner) for inner in best if inner.absolute_path == best[0].absolute_path)
        return Violation(tuple(best[0].absolute_path), keyword, "; or ".join(words))
    return Violation(pointer, keyword, _words(error))


def _missing(error: Any) -> str:  # noqa: ANN401
    return next(str(key) for key in error.validator_value if f"{key!r} is a required property" == error.message)


def _shown(value: object) -> str:
    return shorten(json.dumps(value, ensure_ascii=False, default=str), 80)


_TEMPLATES = {
    "const": "{shown} is not {limit}",
    "format": "{shown} is not of the format {limit}",
    "minLength": "{shown} is too short: at least {limit} characters are wanted",
    "maxLength": "{shown} is too long: at most {limit} characters are wanted",
    "minItems": "{shown} has too few items: at least {limit} are wanted",
    "maxItems": "{shown} has too many items: at most {limit} are wanted",
    "minProperties": "{shown} has too few keys: at least {limit} are wanted",
    "maxProperties": "{shown} has too many keys: at most {limit} are wanted",
    "not": "{shown} is not allowed here",
    "None": "nothing may stand here",
}


_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def _kind(value: object) -> str:
    """What a value is, in words."""
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, str):
        return "text"
    return "a number" if isinstance(value, int | float) else _TYPES["array" if isinstance(value, list) else "object"]


def _words(error: Any) -> str:  # noqa: ANN401
    """What is wrong and what is allowed, in one line."""
    shown, keyword, limit = _shown(error.instance), str(error.validator), error.validator_value
    if keyword == "enum":
        allowed = ", ".join(json.dumps(value, ensure_ascii=False) for value in limit)
        return f"{shown} is not one of {shorten(allowed, 400)}{_nearest(error.instance, limit)}"
    if keyword == "type":
        wanted = " or ".join(_TYPES[name] for name in (limit if isinstance(limit, list) else [limit]))
        if error.instance is None:
            return f"it is empty (so are `null` and `~`), where {wanted} is wanted"
        return f"{shown} is {_kind(error.instance)}, where {wanted} is wanted"
    if keyword == "required":
        return f"the key {_missing(error)!r} is required"
    if keyword == "pattern" and error.schema.get("description"):
        return f"{shown} is not {error.schema['description']}"
    if keyword in _TEMPLATES:
        return _TEMPLATES[keyword].format(shown=shown, limit=limit if keyword == "format" else _shown(limit))
    return shorten(error.message.replace("\n", " "), 200)


def _nearest(value: object, allowed: Iterable[object]) -> str:
    words = [item if isinstance(item, str) else json.dumps(item) for item in allowed]
    near = nearest(value, words) if isinstance(value, str) else None
    return f"; did you mean {near!r}?" if near else ""


def _allowed(key: str, known: list[str]) -> str:
    near = nearest(key, known)
    listed = f"llowed are {shorten(', '.join(known), 300)}" if known else ""
    if near:
        return f"; did you mean {near!r}?" + (f" A{listed}" if listed else "")
    return f"; a{listed}" if listed else ""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that is likest to `word`, if any is like it. `likeness` is between 0 and 1 (the same)."""
    import difflib  # noqa: PLC0415 - only for messages

    folded = {item.casefold(): item for item in known}
    if len(folded) > _MOST_KNOWN:  # Comparing each with each would take a long time, and a long list is rarely misread.
        folded = dict([pair for pair in folded.items() if pair[0][:2] == word[:2].casefold()][:_MOST_KNOWN])
    match = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=likeness)
    return folded[match[0]] if match else None


# The keywords that judge a value, in any draft; of these, those that apply schemas to the same value.
_COMBINING = frozenset({"allOf", "anyOf", "else", "if", "not", "oneOf", "then"})
_JUDGING = _COMBINING | {
    "additionalItems", "additionalProperties", "const", "contains", "dependencies", "dependentRequired",
    "dependentSchemas", "enum", "exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxContains", "maxItems",
    "maxLength", "maxProperties", "maximum", "minContains", "minItems", "minLength", "minProperties", "minimum",
    "multipleOf", "pattern", "patternProperties", "prefixItems", "properties", "propertyNames", "required", "type",
    "unevaluatedItems", "unevaluatedProperties", "uniqueItems",
}  # fmt: skip
# Keywords of other dialects (older drafts, OpenAPI, editors) that are like one of these and meant as they are written.
_FOREIGN = frozenset(
    {"enumDescriptions", "enumNames", "formatMaximum", "formatMinimum", "patternErrorMessage", "typeof"}
)
_SURELY = 0.85


def misspelt_keywords(
    schema: object, pointer: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """The keywords of a plain value's schema that are nearly one that judges it: where each stands, and what is meant.

    A keyword that nobody knows says nothing, by the standard. One that is like none may be somebody's own.
    """
    if isinstance(schema, list):
        for number, item in enumerate(schema):
            yield from misspelt_keywords(item, (*pointer, number))
    for keyword, value in schema.items() if isinstance(schema, dict) else ():
        if keyword in _COMBINING:
            yield from misspelt_keywords(value, (*pointer, keyword))
        elif keyword not in _JUDGING and keyword not in _FOREIGN and not keyword.startswith(("$", "x-")):
            near = nearest(keyword, _JUDGING - {"if", "not"}, _SURELY)  # What is like these two is a word of its own.
            if near is not None:
                yield (*pointer, keyword), keyword, near
