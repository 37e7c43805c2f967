"""Dialect `json-lines`: the document is one line, and the line is a JSON object whose keys are its metadata.

Source: jsonlines.org; RFC 8259. Each value stays as it is written, with its place; only the keys of the object itself
have places, what stands deeper has that of the value it belongs to.
"""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import Any, NoReturn

from validator.compose import MAX_DEPTH, Node, Offsets
from validator.header.block import Field, Header
from validator.model import Fault, Span
from validator.text import decode_sized

_BLANK = re.compile(r"[ \t\r\n]*")
_OPENING = re.compile(r'"(?:[^"\\]|\\.)*+"|([\[{])|([\]}])', re.DOTALL)


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


class _Pairs(list[tuple[str, Any]]):
    """The keys and values of an object, in their order, doubled ones too."""


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = JSONDecoder(object_pairs_hook=_Pairs, parse_int=_Number, parse_float=_Number, parse_constant=_no_constant)


def read_json_line(data: bytes) -> Header:
    """The object that a line holds. The whole line is header; there is no body."""
    text = decode_sized(data)
    offsets = Offsets(text, 0)
    whole = Span(0, len(data))
    start = _blanks(text, 0)
    if start == len(text):
        return Header("json-lines", 0, len(data), len(data))
    depth = _depth(text)
    if depth > MAX_DEPTH:
        faults: tuple[Fault, ...] = (Fault("too-deep", whole, (f"nested deeper than {MAX_DEPTH} levels",)),)
        return Header("json-lines", 0, len(data), len(data), (), faults, whole)
    fields: dict[str, Field] = {}
    faults = ()
    try:
        faults = tuple(_object(text, start, offsets, fields) if text[start : start + 1] == "{" else _other(text, whole))
    except JSONDecodeError as error:
        faults = (_syntax(text, error.pos, error.msg, offsets),)
    except ValueError as error:
        faults = (Fault("header-syntax", whole, (str(error),)),)
    return Header("json-lines", 0, len(data), len(data), tuple(fields.values()), faults, whole)


def _blanks(text: str, start: int) -> int:
    """Where the blanks from `start` on end."""
    found = _BLANK.match(text, start)
    return start if found is None else found.end()


def _depth(text: str) -> int:
    """How deep the brackets are nested, those in strings left aside."""
    depth = deepest = 0
    for match in _OPENING.finditer(text) if text.count("[") + text.count("{") > MAX_DEPTH else ():
        depth += (match[1] is not None) - (match[2] is not None)
        deepest = max(deepest, depth)
    return deepest


def _other(text: str, whole: Span) -> list[Fault]:
    """A line that is another value: it has no keys. One that is no JSON at all is a fault of syntax."""
    value, end = _DECODER.raw_decode(text, _blanks(text, 0))
    _end(text, end)
    return [Fault("header-type", whole, ("sequence" if isinstance(value, list) else "scalar",))]


def _end(text: str, at: int) -> None:
    """Nothing may follow the value."""
    at = _blanks(text, at)
    if at < len(text):
        raise JSONDecodeError("Extra data", text, at)


def _object(text: str, start: int, offsets: Offsets, fields: dict[str, Field]) -> list[Fault]:
    """Put the keys of the object at `start` into `fields`, as far as it can be read; of two equal ones the first.

    Raises:
        ValueError: from here on it cannot be read.
    """
    faults: list[Fault] = []
    at = _blanks(text, start + 1)
    while text[at : at + 1] != "}":
        if text[at : at + 1] != '"':
            raise JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
        key, end = _DECODER.raw_decode(text, at)
        key_span = offsets.span(at, end)
        at = _blanks(text, end)
        if text[at : at + 1] != ":":
            raise JSONDecodeError("Expecting ':' delimiter", text, at)
        at = _blanks(text, at + 1)
        value, end = _DECODER.raw_decode(text, at)
        if key in fields:
            first = fields[key].key_span
            faults.append(Fault("duplicate-key", key_span, (key, str(first.start), str(first.end))))
        else:
            fields[key] = Field(key, key_span, _node(value, _inside(text, at, end, offsets)))
        at = _blanks(text, end)
        if text[at : at + 1] == "," and text[_blanks(text, at + 1) : _blanks(text, at + 1) + 1] != "}":
            at = _blanks(text, at + 1)
        elif text[at : at + 1] != "}":
            raise JSONDecodeError("Expecting ',' delimiter", text, at)
    _end(text, at + 1)
    return faults


def _inside(text: str, start: int, end: int, offsets: Offsets) -> Span:
    """The place of a value; of a text without its quotation marks, if something stands between them."""
    is_text = text[start] == '"' and end - start > len('""')
    return offsets.span(start + is_text, end - is_text)


def _node(value: Any, span: Span) -> Node:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, _Pairs):
        items = [node for key, item in value for node in (Node("scalar", span, key), _node(item, span))]
        return Node("mapping", span, items=tuple(items))
    if isinstance(value, list):
        return Node("sequence", span, items=tuple(_node(item, span) for item in value))
    if isinstance(value, _Number):
        return Node("scalar", span, str(value), plain=True)
    if isinstance(value, str):
        return Node("scalar", span, value)
    return Node("scalar", span, {None: "null", True: "true", False: "false"}[value], plain=True)


_REASONS = {
    "Expecting value": "a value was expected here",
    "Expecting property name enclosed in double quotes": "a key in double quotes was expected here",
    "Expecting ':' delimiter": "`:` was expected here",
    "Expecting ',' delimiter": "`,` or `}` was expected here",
    "Extra data": "the object has already ended here",
    "Unterminated string starting at": 'the `"` that stands here is never closed',
}


def _syntax(text: str, at: int, message: str, offsets: Offsets) -> Fault:
    at = min(at, len(text))
    return Fault("header-syntax", offsets.span(at, min(at + 1, len(text))), (_REASONS.get(message, message),))
