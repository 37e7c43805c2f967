"""YAML: raw scalars with their places, read as headers are."""

from __future__ import annotations

from validator.compose import Composed, compose
from validator.contract import Contract
from validator.index.links import Reading, Resolve
from validator.index.mkdocs import is_mkdocs, navs_of
from validator.index.tree import doubled, read_tree
from validator.model import Fault
from validator.text import decode_sized

MAX_VALUES = 1_000_000


def read_yaml(path: str, text: str, contract: Contract, resolve: Resolve) -> Reading:
    """Read an index in YAML. Of several YAML documents in it the first counts."""
    source = decode_sized(text[contract.body :].encode("latin-1"))
    composed = compose(source, contract.body, limit=MAX_VALUES)
    faults = tuple(map(_of_index, composed.faults))
    if not is_mkdocs(path) or contract.section:
        return read_tree("yaml", Composed(composed.root, faults), contract, resolve)
    navs = navs_of(composed.root)
    root = navs[-1][1] if navs else None
    return read_tree("yaml", Composed(root, (*faults, *doubled(key for key, _ in navs))), contract, resolve)


def _of_index(fault: Fault) -> Fault:
    """A fault of YAML as one of an index: behind it nothing is read."""
    return fault._replace(kind="index-syntax", detail=(*fault.detail, "cut")) if fault.kind == "yaml-syntax" else fault
