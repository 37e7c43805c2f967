"""Dialect `json-lines`: the document is one line, and the line is a JSON object whose keys are its metadata.

Source: jsonlines.org; RFC 8259. The whole line is header: such a document has no body.
"""

from __future__ import annotations

from validator.compose import MAX_EVENTS
from validator.compose_json import compose_json
from validator.header.block import Field, Header
from validator.header.yaml import fields_of
from validator.model import Fault, Span

NAME = "json-lines"


def read_json_lines(data: bytes) -> Header:
    """The object that a line holds; nothing where the line is blank."""
    size = len(data)
    if not data.strip():
        return Header(NAME, 0, size, size)
    fields, faults = json_metadata(data, 0)
    return Header(NAME, 0, size, size, fields, faults, Span(0, size))


def json_metadata(data: bytes, start: int) -> tuple[tuple[Field, ...], tuple[Fault, ...]]:
    """The fields of the JSON object from byte `start` on. One that breaks off states nothing for certain."""
    composed = compose_json(data.decode("latin-1"), start, MAX_EVENTS)
    faults = composed.faults
    if composed.root is None and not faults:
        faults = (Fault("json-syntax", Span(len(data), len(data)), ("there is no value",)),)
    if any(fault.detail[-1] == "cut" for fault in faults):
        composed = composed._replace(root=None)
    return fields_of(composed._replace(faults=tuple(map(_of_header, faults))))


def _of_header(fault: Fault) -> Fault:
    kind = "header-syntax" if fault.kind == "json-syntax" else fault.kind
    return fault._replace(kind=kind, detail=fault.detail[:1])
