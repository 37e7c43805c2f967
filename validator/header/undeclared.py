"""A header that nobody declared: front matter on line one, closed. Anything else is body."""

from __future__ import annotations

from validator.header import toml, yaml
from validator.header.block import Header


def read_undeclared(data: bytes) -> Header:
    """The front matter of a document whose contract says nothing of headers; none of its delimiters is a fault."""
    found = yaml.read_undeclared(data)
    return toml.read_undeclared(data) if found.dialect is None else found
