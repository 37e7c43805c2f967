"""Dialect `json-lines`: the document is one line, and the line is a JSON object whose keys are its metadata.

Source: jsonlines.org; RFC 8259. The whole line is header: such a document has no body.
"""

from __future__ import annotations

from validator.compose_json import compose_json
from validator.header.block import Header
from validator.header.yaml import fields_of
from validator.model import Span
from validator.text import decode_sized

NAME = "json-lines"


def read_json_lines(data: bytes) -> Header:
    """The object that a line holds; nothing where the line is blank."""
    size = len(data)
    if not data.strip():
        return Header(NAME, 0, size, size)
    fields, faults = fields_of(compose_json(decode_sized(data)))
    return Header(NAME, 0, size, size, fields, faults, Span(0, size))
