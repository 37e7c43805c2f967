"""Header delimiters: where a document's metadata ends and its body begins.

One dialect a file. Each gives a `Header`: where it stands, what it states, what is wrong with it.
"""

from __future__ import annotations

from validator.header.block import Field, Header
from validator.header.none import read_none
from validator.header.yaml import read_undeclared, read_yaml

__all__ = ["DIALECTS", "Field", "Header", "read_header"]

DIALECTS = ("none", "yaml")


def read_header(data: bytes, dialect: str | None) -> Header:
    """Read the header of a document.

    `data` is the whole document in bytes; `dialect` is what the contract declares, or `None` where it declares nothing.
    Never raises; offsets in the result are bytes of `data`.
    """
    if dialect == "yaml":
        return read_yaml(data)
    if dialect == "none":
        return read_none(data)
    return read_undeclared(data)
