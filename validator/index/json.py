"""Indexes in JSON, as far as they can be read."""

from __future__ import annotations

from validator.compose_json import compose_json
from validator.contract import Contract
from validator.index.links import Reading, Resolve
from validator.index.tree import read_tree


def read_json(path: str, text: str, contract: Contract, resolve: Resolve) -> Reading:  # noqa: ARG001 - as all readers
    """Read an index in JSON (one character a byte)."""
    composed = compose_json(text, contract.body)
    faults = (
        fault._replace(kind="index-syntax") if fault.kind == "json-syntax" else fault for fault in composed.faults
    )
    return read_tree("json", composed._replace(faults=tuple(faults)), contract, resolve)
