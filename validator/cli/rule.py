"""`indexlint rule`."""

from __future__ import annotations

import json
from types import SimpleNamespace

from validator import docs
from validator.cli.output import OK, emit
from validator.cli.selection import meant
from validator.discover import UsageError
from validator.rules import ALL, Rule


def rule(arguments: SimpleNamespace) -> int:
    """Explain one rule, or list several. Gives the exit code."""
    rules = ALL
    if arguments.rule is not None:
        wanted = arguments.rule.casefold()
        rules = tuple(rule for rule in ALL if wanted in {rule.code.casefold(), rule.name})
        rules = rules or tuple(rule for rule in ALL if wanted and rule.code.casefold().startswith(wanted))
        if not rules:
            raise UsageError(f"{arguments.rule!r} is no rule{meant(arguments.rule)}")
    if arguments.format == "json":
        emit([json.dumps([_rule_object(rule) for rule in rules], indent=1) + "\n"])
    elif arguments.rule is not None and len(rules) == 1:
        emit(docs.explain(rules[0]))
    else:
        emit(f"{rule.code}  {rule.name:24} {rule.severity:8} {rule.summary}\n" for rule in rules)
    return OK


def _rule_object(rule: Rule) -> dict[str, str | None]:
    page = docs.page(rule)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "since": rule.since,
        "summary": rule.summary,
        "text": page.text,
        "bad": page.bad,
        "good": page.good,
    }
