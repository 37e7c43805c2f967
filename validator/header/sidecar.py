"""Dialect `sidecar`: metadata in a file beside the document, `NAME.meta.yaml` or `NAME.meta.json`.

NAME is the document's whole name (`a.txt.meta.yaml`) or the one without its suffix (`a.meta.yaml`). The document itself
is all body. What is stated, and what is wrong with it, stands in the sidecar: its spans are offsets there.
"""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from validator.header.block import Field, Header, body_start
from validator.header.json_lines import json_metadata
from validator.header.yaml import metadata
from validator.model import Fault, Span
from validator.text import bad_utf8

_SUFFIXES = (".meta.yaml", ".meta.json")


class Beside(NamedTuple):
    """A sidecar as it was found: its path and content, or the fault that says why it could not be read."""

    path: str
    data: bytes
    fault: Fault | None = None


def sidecar_names(path: str) -> tuple[str, ...]:
    """The paths that a document's sidecar may have, in the order in which they count."""
    stem = posixpath.splitext(path)[0]
    names = (path, stem) if stem != path else (path,)
    return tuple(name + suffix for name in names for suffix in _SUFFIXES)


def document_name(path: str) -> str | None:
    """What a file is the sidecar of, with or without the document's suffix; `None` for a file that is none."""
    for suffix in _SUFFIXES:
        name = path.removesuffix(suffix)
        if name != path and posixpath.basename(name):
            return name
    return None


def read_sidecar(found: tuple[Beside, ...]) -> Header:
    """What the first of a document's sidecars states; a further one is a fault. Every fault names its file."""
    first = found[0]
    data, start = first.data, body_start(first.data)
    fields: tuple[Field, ...] = ()
    faults: tuple[Fault, ...] = ()
    if first.fault is not None:
        faults = (first.fault,)
    elif (bad := bad_utf8(data)) is not None:
        faults = (Fault("not-utf8", bad, (str(bad.start), "")),)
    elif first.path.endswith(".json"):
        fields, faults = json_metadata(data, start)
    else:
        fields, faults = metadata(data, start, len(data))
    seconds = (Fault("second-header", None, ("sidecar", first.path), other.path) for other in found[1:])
    faults = tuple(fault._replace(path=first.path) for fault in faults)
    return Header("sidecar", start, len(data), start, fields, (*faults, *seconds), Span(start, len(data)))
