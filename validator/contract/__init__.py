"""The contract: what an index promises. Raw scalars in, checked by `schemas/contract.schema.json`, a frozen value out.

What is wrong in a contract is a fault of kind `contract` at its place; the rest of it holds all the same, save that a
faulted part is not judged by a default that nobody meant.
"""

from __future__ import annotations

from validator.contract.front_matter import FrontMatter, node_locator, read_front_matter, statement_of, yaml_fault
from validator.contract.reading import read_contract
from validator.contract.values import (
    ONE_A_LINE,
    Contract,
    ContractFault,
    Delimiters,
    IdSpec,
    Ignore,
    Limits,
    Located,
    Pointer,
    Reference,
    Statement,
)

__all__ = [
    "ONE_A_LINE",
    "Contract",
    "ContractFault",
    "Delimiters",
    "FrontMatter",
    "IdSpec",
    "Ignore",
    "Limits",
    "Located",
    "Pointer",
    "Reference",
    "Statement",
    "node_locator",
    "read_contract",
    "read_front_matter",
    "statement_of",
    "yaml_fault",
]
