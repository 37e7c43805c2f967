"""Dialect `none`: a document that is all body, where a header is a fault."""

from __future__ import annotations

from validator.header.block import Header, body_start
from validator.header.undeclared import read_undeclared
from validator.model import Fault, Span


def read_none(data: bytes) -> Header:
    """No header is wanted; one that is there all the same is a fault, and the body begins behind it."""
    found = read_undeclared(data)
    start = body_start(data)
    if found.dialect is None or not found.fields:
        return Header(None, start, start, start)
    return Header(
        None,
        start,
        found.end,
        found.body,
        faults=(Fault("unexpected-header", Span(start, found.end), (found.dialect,)),),
    )
