"""Keywords and formats of our own: patterns run on an engine that cannot be stalled, and keys know their place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from jsonschema.exceptions import ValidationError

from validator.late import regex
from validator.patterns import PatternError, compile_pattern
from validator.schema.violations import allowed_beside, json_of, words_of
from validator.text import shorten

_DATE_TIME = regex(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_URI = regex(r"""[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]*""")


def _pattern(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    if isinstance(value, str) and not compile_pattern(pattern).search(value):
        yield error_of(f"{shorten(value)!r} does not match {pattern!r}")


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
            yield error_of(f"unknown key {key!r}{allowed_beside(key, known)}", key)
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
            yield error_of(f"the key {words_of(error)}", key)


def _unique_items(_validator: object, wanted: object, value: object, _schema: object) -> Iterator[ValidationError]:
    seen: dict[str, int] = {}
    for number, item in enumerate(value if wanted and isinstance(value, list) else ()):
        first = seen.setdefault(json.dumps(_comparable(item), sort_keys=True), number)
        if first != number:
            yield error_of(f"{json_of(item)} stands twice, first as number {first + 1}", number)


def _comparable(value: object) -> object:
    """The value as JSON compares it: 1.0 is 1."""
    if isinstance(value, dict):
        return {key: _comparable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_comparable(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


KEYWORDS = {
    "pattern": _pattern,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "propertyNames": _property_names,
    "uniqueItems": _unique_items,
}


def error_of(message: str, *path: str | int, **others: Any) -> ValidationError:  # noqa: ANN401
    """An error of the library, whose value stands at `path` below the one that is judged."""
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
FORMATS: dict[str, tuple[Any, Any]] = {
    "regex": (_is_pattern, PatternError),
    "date-time": (_is_date_time, ValueError),
    "uri": (_is_uri, ()),
}
