"""A header that nobody declared: front matter on line one, closed. Anything else is body."""

from __future__ import annotations

from validator.header import yaml
from validator.header.block import Header, body_start

_TOML = b"+++"


def read_undeclared(data: bytes) -> Header:
    """The front matter of a document whose contract says nothing of headers; none of its delimiters is a fault."""
    found = yaml.read_undeclared(data)
    if found.dialect is not None or not data.startswith(_TOML, body_start(data)):
        return found
    from validator.header import toml  # noqa: PLC0415 - 5 ms, which corpora without TOML need not pay

    return toml.read_undeclared(data)
