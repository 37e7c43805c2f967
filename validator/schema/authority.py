"""The library that judges schemas and values, with our keywords, within a budget, and with nothing ever fetched.

To import it takes 60 ms, which a run without faults need not pay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from math import isfinite
from typing import Any

import jsonschema
from jsonschema.validators import SPECIFICATIONS  # type: ignore[attr-defined] # not in its stubs
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import specification_with

from validator.patterns import Pattern, PatternError, compile_pattern
from validator.schema.keywords import FORMATS, KEYWORDS, error_of
from validator.schema.validator import SchemaError, Validator

MAX_SCHEMA_STEPS = 1_000_000
MAX_NESTING = 100
_DEFAULT_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def authority_of(schema: object) -> Any:  # noqa: ANN401 - a class made at run time
    """The library's validator of a schema, once the schema is judged.

    Raises:
        SchemaError: it is not a valid schema.
    """
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
    return _validator(base, schema, {**base.FORMAT_CHECKER.checkers, **FORMATS})


def own(schema: object) -> Any:  # noqa: ANN401 - as above
    """The library's validator of one of the project's own schemas, which need no judging."""
    return _validator(jsonschema.Draft202012Validator, schema, {})


def _dialects() -> dict[str, Any]:
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
    checker = jsonschema.FormatChecker(())
    checker.checkers = dict(formats)
    registry: Registry[Any] = Registry()
    return _guarded(base)(schema, registry=registry, format_checker=checker)


@lru_cache(maxsize=8)
def _guarded(base: Any) -> Any:  # noqa: ANN401
    """The class of a dialect's validators with our own keywords and a budget.

    It stays itself where a subschema names a dialect, and a schema `false` knows the place that it faults.
    """
    extend: Any = jsonschema.validators.extend
    guarded = extend(base, KEYWORDS)
    evolve, descend = guarded.evolve, guarded.descend

    def spend(self: Any, **changes: Any) -> Any:  # noqa: ANN401
        guarded.budget.spend()
        inner = changes.get("schema")
        if isinstance(inner, dict) and "$schema" in inner:
            changes["schema"] = {key: value for key, value in inner.items() if key != "$schema"}
        return evolve(self, **changes)

    def look(self: Any, instance: object, schema: object, path: Any = None, **others: Any) -> Any:  # noqa: ANN401
        if schema is False:
            return iter([error_of("nothing may stand here", *([] if path is None else [path]), validator=None)])
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
