"""Header delimiters: where a document's metadata ends and its body begins.

One dialect a file. Each gives a `Header`: where it stands, what it states, what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from validator.header.block import Field, Header, body_start
from validator.header.sidecar import Beside, document_name, read_sidecar, sidecar_names
from validator.model import Fault, Span

__all__ = [
    "DIALECTS",
    "Beside",
    "Field",
    "Header",
    "body_start",
    "document_name",
    "other_headers",
    "read_header",
    "read_sidecar",
    "sidecar_names",
]

_Read = Callable[[bytes], Header]

# Each dialect with the module here that reads it, by a function `read_MODULE`. A run imports those alone that it needs.
_MODULES = {
    "none": "none",
    "sidecar": "none",
    "yaml": "yaml",
    "toml": "toml",
    "rfc822": "rfc822",
    "rst": "rst",
    "fenced": "fenced",
    "bullets": "bullets",
    "sections": "sections",
    "table": "table",
    "json-lines": "json_lines",
}
DIALECTS = tuple(_MODULES)
# What may stand there instead of what is declared, beside front matter. A code fence or a section is likely body.
_OTHERS = ("rfc822", "rst", "bullets", "table")
_NOT_AT_THE_TOP = frozenset({"missing-header", "text-before-header"})


@cache
def _reader(dialect: str | None) -> _Read:
    name = _MODULES.get(dialect or "", "undeclared")
    read: _Read = getattr(import_module(f"validator.header.{name}"), f"read_{name}")
    return read


def read_header(data: bytes, dialect: str | None) -> Header:
    """Read the header of a document.

    `data` is the whole document in bytes; `dialect` is what the contract declares, or `None` where it declares nothing.
    Never raises; offsets in the result are bytes of `data`.
    """
    header = _reader(dialect)(data)
    if any(fault.kind in _NOT_AT_THE_TOP for fault in header.faults):
        return _of_another_dialect(data, dialect) or header
    return header


def _of_another_dialect(data: bytes, dialect: str | None) -> Header | None:
    """The front matter that stands there instead of what is declared; it is read all the same."""
    found = _reader(None)(data)
    if found.dialect in {None, dialect} or not found.fields:
        return None
    fault = Fault("unexpected-header", Span(found.start, found.end), (found.dialect or "",))
    return found._replace(faults=(fault, *found.faults))


def other_headers(data: bytes, dialect: str) -> Iterator[Header]:
    """What reads without a fault as a header of another dialect than the one that is declared and missing.

    It may be body: only its keys can tell. A line, item or row alone below a heading is, and so is all that there is.
    """
    start = body_start(data)
    for other in _OTHERS:
        header = _reader(other)(data) if other != dialect else None
        if header is None or header.faults or len(header.fields) < 1 + (header.start > start):
            continue
        if data[start : header.start].strip() or data[max(header.body, header.end) :].strip():
            fault = Fault("unexpected-header", Span(header.start, header.end), (other,))
            yield header._replace(faults=(fault,))
