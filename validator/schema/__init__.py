"""JSON Schema: the project's own schemas, and the ones that a contract names.

jsonschema is the authority on verdicts. What is added here: every violation knows its place in the value, an unknown
key comes with the nearest known one, patterns run on an engine that cannot be stalled, references and nesting cannot
multiply without end, and nothing is ever fetched. A schema is judged as a whole before it judges anything.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from validator.schema.spelling import misspelt_keywords, nearest
from validator.schema.validator import SchemaError, Validator, quick
from validator.schema.violations import MAX_VIOLATIONS, Violation, allowed_beside
from validator.verdict import compile_verdict

__all__ = [
    "MAX_VIOLATIONS",
    "SchemaError",
    "Validator",
    "Violation",
    "allowed_beside",
    "build",
    "load",
    "misspelt_keywords",
    "nearest",
    "own_keys",
    "own_schema",
    "schema_path",
]
MAX_STEPS = 50_000
MAX_OWN_STEPS = 100_000_000  # What a contract can hold at most is bounded where it is read.
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def schema_path(name: str) -> str:
    """The file of one of the project's own schemas: beside the package in a checkout, inside it in a wheel."""
    inside = os.path.join(_PACKAGE, "schemas", name)
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(_PACKAGE), "schemas", name)


@lru_cache(maxsize=8)
def own_schema(name: str, definition: str | None = None) -> Validator:
    """The validator of one of the project's own schemas, as `contract.schema.json`, or of one of its definitions."""
    with open(schema_path(name), encoding="utf-8") as file:
        schema = json.load(file)
    if definition is not None:
        schema = {"$defs": schema["$defs"], "$ref": f"#/$defs/{definition}"}

    def authority() -> Any:  # noqa: ANN401 - a class made at run time
        from validator.schema.authority import own  # noqa: PLC0415 - as in `build`

        return own(schema)

    return quick(authority, MAX_OWN_STEPS, compile_verdict(schema, _own_pattern, is_sound=True))


def _own_pattern(source: str) -> Callable[[str], object]:
    """A pattern of our own schemas as its search, on the standard library: RE2 would cost every start 10 ms."""
    return re.compile(source.removesuffix("$") + (r"\Z" if source.endswith("$") else ""), re.ASCII).search


def own_keys(name: str) -> list[str]:
    """The keys that one of the project's own schemas knows."""
    with open(schema_path(name), encoding="utf-8") as file:
        return list(json.load(file)["properties"])


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

    def authority() -> Any:  # noqa: ANN401 - a class made at run time
        from validator.schema.authority import authority_of  # noqa: PLC0415 - a run without faults need not pay for it

        return authority_of(schema)

    compiled = compile_verdict(schema)
    if compiled is not None:
        return quick(authority, MAX_STEPS, compiled)
    engine = authority()
    return Validator(lambda: engine, MAX_STEPS)
