"""The rules that a user names."""

from __future__ import annotations

from collections.abc import Iterable

from validator.discover import UsageError
from validator.rules import ALL, Rule
from validator.schema import nearest
from validator.suppress import names_rule


def selected(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that `--select` and `--ignore` leave."""
    wanted = [word for value in select for word in value.replace(",", " ").split()]
    unwanted = [word for value in ignore for word in value.replace(",", " ").split()]
    for word in (*wanted, *unwanted):
        if not any(names_rule(word, rule.code, rule.name) for rule in ALL):
            raise UsageError(f"{word!r} is no rule{meant(word)}")
    chosen = {
        rule.code for rule in ALL
        if (not wanted or any(names_rule(word, rule.code, rule.name) for word in wanted))
        and not any(names_rule(word, rule.code, rule.name) for word in unwanted)
    }  # fmt: skip
    # What says that the run could not do its job is no matter of taste. That alone is no check, unless it is selected.
    if not chosen or not (wanted or any(rule.code in chosen for rule in ALL if not rule.fatal)):
        options = " and ".join(name for name, words in (("--select", wanted), ("--ignore", unwanted)) if words)
        raise UsageError(f"no rule is left to check with: {options} {'take' if wanted else 'takes'} away all of them")
    return tuple(rule for rule in ALL if rule.fatal or rule.code in chosen)


def meant(word: str) -> str:
    """The end of a message on a word that names no rule."""
    near = nearest(word, [name for rule in ALL for name in (rule.code, rule.name)])
    return f"; did you mean {near}?" if near else "; `indexlint rule` lists them all"
