"""JSON Schema: the project's own schemas, and the ones that a contract names.

jsonschema is the authority on verdicts. What is added here: every violation knows its place in the value, an unknown
key comes with the nearest known one, patterns run on an engine that cannot be stalled, and nothing is ever fetched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.patterns import PatternError, compile_pattern
from validator.text import shorten

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_HERE = os.path.dirname(os.path.abspath(__file__))


class Violation(NamedTuple):
    """One way in which a value breaks a schema.

    `pointer` leads to the value at fault (keys and positions from the root); `keyword` is the schema keyword that it
    breaks; `key` is the unknown or missing key where the keyword is about one.
    """

    pointer: tuple[str | int, ...]
    keyword: str
    message: str
    key: str | None = None


class SchemaError(ValueError):
    """A schema that is none, refers outside itself, or uses a pattern that cannot be run; the message says which."""


class Validator(NamedTuple):
    """A schema, ready to check values."""

    engine: Any

    def violations(self, value: object) -> list[Violation]:
        """All violations in `value`, in a stable order.

        Raises:
            SchemaError: the schema refers to something that is not in it.
        """
        from referencing.exceptions import Unresolvable  # noqa: PLC0415 - only with jsonschema

        try:
            found = [violation for error in self.engine.iter_errors(value) for violation in _violations(error)]
        except Unresolvable as error:
            raise SchemaError(f"it refers to {error.ref!r}, which is not in it; nothing is fetched") from None
        except PatternError as error:
            raise SchemaError(f"a pattern in it cannot be used: {error}") from None
        return sorted(found, key=lambda violation: ([str(step) for step in violation.pointer], violation.message))


def schema_path(name: str) -> str:
    """The file of one of the project's own schemas: beside the package in a checkout, inside it in a wheel."""
    inside = os.path.join(_HERE, "schemas", name)
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(_HERE), "schemas", name)


@lru_cache(maxsize=8)
def own_schema(name: str) -> Validator:
    """The validator of one of the project's own schemas, as `contract.schema.json`."""
    with open(schema_path(name), encoding="utf-8") as file:
        return load(file.read())


@lru_cache(maxsize=64)
def load(text: str) -> Validator:
    """Make a validator of a JSON Schema's text (JSON). The dialect is what `$schema` says, else 2020-12.

    Raises:
        SchemaError: it is not JSON, or not a valid schema.
    """
    try:
        return build(json.loads(text))
    except (json.JSONDecodeError, RecursionError) as error:
        raise SchemaError(f"it is not JSON: {error}") from None


def build(schema: object) -> Validator:
    """Make a validator of a JSON Schema.

    Raises:
        SchemaError: it is not a valid schema.
    """
    import jsonschema  # noqa: PLC0415 - 60 ms that a run without schemas need not pay
    from referencing import Registry  # noqa: PLC0415

    if not isinstance(schema, dict | bool):
        raise SchemaError("a schema is an object or a boolean")
    base = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    try:
        base.check_schema(schema)  # type: ignore[arg-type]  # a boolean is a schema too
    except jsonschema.SchemaError as error:
        where = "/".join(str(step) for step in error.absolute_path)
        raise SchemaError(f"at /{where}: {error.message}") from None
    extend: Any = jsonschema.validators.extend
    guarded = extend(base, {"pattern": _pattern, "patternProperties": _pattern_properties})
    registry: Registry[Any] = Registry()
    return Validator(guarded(schema, registry=registry, format_checker=base.FORMAT_CHECKER))


def _pattern(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    from jsonschema.exceptions import ValidationError  # noqa: PLC0415

    if isinstance(value, str) and not compile_pattern(pattern).search(value):
        yield ValidationError(f"{shorten(value)!r} does not match {pattern!r}")


def _pattern_properties(
    validator: Any,  # noqa: ANN401 - a class made at run time
    properties: Mapping[str, object],
    value: object,
    _schema: object,
) -> Iterator[ValidationError]:
    if not isinstance(value, Mapping):
        return
    for pattern, subschema in properties.items():
        compiled = compile_pattern(pattern)
        for key, item in value.items():
            if compiled.search(key):
                yield from validator.descend(item, subschema, path=key, schema_path=pattern)


def _violations(error: Any) -> Iterator[Violation]:  # noqa: ANN401 - a ValidationError, whose stubs say Unset everywhere
    pointer = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword == "additionalProperties" and isinstance(error.instance, Mapping):
        known = list(error.schema.get("properties", {}))
        patterns = [compile_pattern(source) for source in error.schema.get("patternProperties", {})]
        for key in error.instance:
            if key not in known and not any(pattern.search(key) for pattern in patterns):
                yield Violation((*pointer, key), keyword, f"unknown key {key!r}{_allowed(key, known)}", key)
    elif keyword == "required":
        missing = next((key for key in error.validator_value if repr(key) in error.message), "")
        yield Violation(pointer, keyword, f"the key {missing!r} is required", missing)
    elif keyword in {"anyOf", "oneOf"} and error.context:
        best = max(error.context, key=lambda inner: (len(inner.absolute_path), -len(inner.message)))
        yield Violation(tuple(best.absolute_path), keyword, _words(best))
    else:
        yield Violation(pointer, keyword, _words(error))


def _words(error: Any) -> str:  # noqa: ANN401
    """What is wrong and what is allowed, in one line."""
    shown = shorten(json.dumps(error.instance, ensure_ascii=False, default=str), 80)
    if error.validator == "enum":
        allowed = [json.dumps(value, ensure_ascii=False) for value in error.validator_value]
        return f"{shown} is not one of {', '.join(allowed)}{_nearest(error.instance, error.validator_value)}"
    if error.validator == "const":
        return f"{shown} is not {json.dumps(error.validator_value, ensure_ascii=False)}"
    if error.validator == "type":
        wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
        return f"{shown} is not of type {' or '.join(wanted)}"
    if error.validator == "pattern" and error.schema.get("description"):
        return f"{shown} is not {error.schema['description']}"
    return shorten(error.message.replace("\n", " "), 200)


def _nearest(value: object, allowed: Iterable[object]) -> str:
    near = nearest(value, [str(item) for item in allowed]) if isinstance(value, str) else None
    return f"; did you mean {near!r}?" if near else ""


def _allowed(key: str, known: list[str]) -> str:
    near = nearest(key, known)
    listed = f"; allowed are {', '.join(known)}" if known else ""
    return (f"; did you mean {near!r}?" if near else "") + listed


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is likest to `word`, if any is like it."""
    import difflib  # noqa: PLC0415 - only for messages

    folded = {item.casefold(): item for item in known}
    match = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[match[0]] if match else None
