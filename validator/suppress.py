"""Which findings are shown: rules selected by code, prefix or name, and the contract's ignores with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from validator.contract import Contract, Ignore
from validator.findings import Finding
from validator.globs import matches


class Verdict(NamedTuple):
    """The findings that stay, how many were silenced, and which ignores silenced something."""

    kept: tuple[Finding, ...]
    suppressed: int
    used: frozenset[Ignore]


def names_rule(selector: str, code: str, name: str) -> bool:
    """Whether a selector (`MT108`, `MT`, `field-mismatch`, `ALL`) means this rule. Case does not matter."""
    folded = selector.casefold()
    return folded == "all" or code.casefold().startswith(folded) or folded == name.casefold()


def applies(ignore: Ignore, contract: Contract, finding: Finding, today: str) -> bool:
    """Whether an ignore silences a finding of its corpus. `today` is a date as YYYY-MM-DD."""
    if ignore.until is not None and ignore.until < today:
        return False
    if not names_rule(ignore.rule, finding.code, finding.name):
        return False
    return ignore.document is None or names_document(ignore.document, contract, finding.document, finding.id)


def names_document(wanted: str, contract: Contract, path: str | None, identity: str | None) -> bool:
    """Whether a glob (relative to the folder of the index) or an ID means this document."""
    if wanted == identity:
        return True
    prefix = f"{contract.folder}/" if contract.folder else ""
    return path is not None and path.startswith(prefix) and matches(wanted, path.removeprefix(prefix))


def suppress(findings: Iterable[Finding], contract: Contract | None, today: str) -> Verdict:
    """Take away what the contract's ignores name; without a contract, nothing."""
    if contract is None:
        return Verdict(tuple(findings), 0, frozenset())
    kept: list[Finding] = []
    used: set[Ignore] = set()
    count = 0
    for finding in findings:
        hits = [ignore for ignore in contract.ignore if applies(ignore, contract, finding, today)]
        if hits:
            used.update(hits)
            count += 1
        else:
            kept.append(finding)
    return Verdict(tuple(kept), count, frozenset(used))
