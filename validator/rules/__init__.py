"""The rules: one a file, a table a family, all of them here in the order of their codes."""

from __future__ import annotations

from validator.rules import config, content, delimiters, files, ids, index, metadata
from validator.rules.rule import Project, Rule

__all__ = ["ALL", "Project", "Rule"]

ALL: tuple[Rule, ...] = tuple(
    sorted(
        (
            *index.RULES,
            *ids.RULES,
            *delimiters.RULES,
            *metadata.RULES,
            *content.RULES,
            *files.RULES,
            *config.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
