"""What the library says of a value, as violations with places, in plain words, with what was meant."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from validator.schema.spelling import nearest
from validator.text import shorten

MAX_VIOLATIONS = 1000


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


MORE = Violation((), "limit", f"there are more than {MAX_VIOLATIONS:,} faults; the others are not shown")


def violation_of(error: Any, *, hint: bool) -> Violation:  # noqa: ANN401 - a ValidationError, whose stubs say Unset everywhere
    """The violation that an error of the library is; with `hint`, an unknown key comes with the one that it is like."""
    pointer = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword == "additionalProperties":
        meant = nearest(pointer[-1], error.schema.get("properties", ())) if hint else None
        return Violation(pointer, keyword, error.message, pointer[-1], meant, at_key=True)
    if keyword == "propertyNames":
        return Violation(pointer, keyword, error.message, pointer[-1], at_key=True)
    if keyword == "required":
        return Violation(pointer, keyword, words_of(error), _missing(error))
    if error.context:
        deepest = max(len(inner.absolute_path) for inner in error.context)
        best = [inner for inner in error.context if len(inner.absolute_path) == deepest]
        words = dict.fromkeys(words_of(inner) for inner in best if inner.absolute_path == best[0].absolute_path)
        return Violation(tuple(best[0].absolute_path), keyword, "; or ".join(words))
    return Violation(pointer, keyword, words_of(error))


def _missing(error: Any) -> str:  # noqa: ANN401
    return next(str(key) for key in error.validator_value if f"{key!r} is a required property" == error.message)


def json_of(value: object) -> str:
    """A value as JSON, shortened for a message."""
    return shorten(json.dumps(value, ensure_ascii=False, default=str), 80)


_TEMPLATES = {
    "const": "{shown} is not {limit}",
    "format": "{shown} is not of the format {limit}",
    "minLength": "{shown} is too short: at least {limit} {are} wanted",
    "maxLength": "{shown} is too long: at most {limit} {are} wanted",
    "minItems": "{shown} has too few items: at least {limit} {are} wanted",
    "maxItems": "{shown} has too many items: at most {limit} {are} wanted",
    "minProperties": "{shown} has too few keys: at least {limit} {are} wanted",
    "maxProperties": "{shown} has too many keys: at most {limit} {are} wanted",
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


def words_of(error: Any) -> str:  # noqa: ANN401
    """What is wrong and what is allowed, in one line."""
    shown, keyword, limit = json_of(error.instance), str(error.validator), error.validator_value
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
        words = limit if keyword == "format" else json_of(limit)
        if keyword.endswith("Length"):
            words += " character" if limit == 1 else " characters"
        return _TEMPLATES[keyword].format(shown=shown, limit=words, are="is" if limit == 1 else "are")
    return shorten(error.message.replace("\n", " "), 200)


def _nearest(value: object, allowed: Iterable[object]) -> str:
    words = [item if isinstance(item, str) else json.dumps(item) for item in allowed]
    near = nearest(value, words) if isinstance(value, str) else None
    return f"; did you mean {near!r}?" if near else ""


def allowed_beside(key: str, known: list[str]) -> str:
    """What to say behind a key that is none of the `known` ones."""
    near = nearest(key, known)
    listed = f"llowed are {shorten(', '.join(known), 300)}" if known else ""
    if near:
        return f"; did you mean {near!r}?" + (f" A{listed}" if listed else "")
    return f"; a{listed}" if listed else ""
