"""Header delimiters: where a document's metadata ends and its body begins.

One dialect a file. Each gives a `Header`: where it stands, what it states, what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable

from validator.header.block import Field, Header, body_start
from validator.header.bullets import read_bullets
from validator.header.fenced import read_fenced
from validator.header.json_lines import read_json_line
from validator.header.none import read_none
from validator.header.rfc822 import read_rfc822
from validator.header.rst import read_rst
from validator.header.sections import read_sections
from validator.header.sidecar import Beside, document_name, read_sidecar, sidecar_names
from validator.header.table import read_table
from validator.header.toml import read_toml
from validator.header.undeclared import read_undeclared
from validator.header.yaml import read_yaml
from validator.model import Fault, Span

__all__ = [
    "DIALECTS",
    "Beside",
    "Field",
    "Header",
    "body_start",
    "document_name",
    "read_header",
    "read_sidecar",
    "sidecar_names",
]

_READERS: dict[str, Callable[[bytes], Header]] = {
    "none": read_none,
    "sidecar": read_none,
    "yaml": read_yaml,
    "toml": read_toml,
    "rfc822": read_rfc822,
    "rst": read_rst,
    "fenced": read_fenced,
    "bullets": read_bullets,
    "sections": read_sections,
    "table": read_table,
    "json-lines": read_json_line,
}
DIALECTS = tuple(_READERS)
_NOT_AT_THE_TOP = frozenset({"missing-header", "text-before-header"})


def read_header(data: bytes, dialect: str | None) -> Header:
    """Read the header of a document.

    `data` is the whole document in bytes; `dialect` is what the contract declares, or `None` where it declares nothing.
    Never raises; offsets in the result are bytes of `data`.
    """
    header = _READERS.get(dialect or "", read_undeclared)(data)
    if any(fault.kind in _NOT_AT_THE_TOP for fault in header.faults):
        return _of_another_dialect(data, dialect) or header
    return header


def _of_another_dialect(data: bytes, dialect: str | None) -> Header | None:
    """The front matter that stands there instead of what is declared; it is read all the same."""
    found = read_undeclared(data)
    if found.dialect in {None, dialect} or not found.fields:
        return None
    fault = Fault("unexpected-header", Span(found.start, found.end), (found.dialect or "",))
    return found._replace(faults=(fault, *found.faults))
