"""Command lines as hooks have them: `indexlint check`, with hardly an option. Read without the library.

To import it and to describe all options to it takes longer than to check a hundred documents. Whatever is not the
plainest of such lines is left to `arguments`. A test holds what is read here to what the library reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import NamedTuple


class Brief(NamedTuple):
    """What a check of the whole project was told; `is_all` says that it was told nothing else."""

    quiet: bool = False
    staged: bool = False
    no_cache: bool = False
    cache_dir: str | None = None
    color: str = "auto"
    is_all: bool = True


# Options that do not change which project is checked, nor from where its content comes but for `--staged`.
_FLAGS = frozenset({"--quiet", "--staged", "--no-cache", "--statistics"})
_VALUES = frozenset({"--cache-dir", "--color", "--format", "--jobs", "--fail-on", "--select", "--ignore", "--report"})
_COLORS = frozenset({"auto", "always", "never"})


def brief(words: Sequence[str]) -> Brief | None:
    """What the words behind `indexlint` say; `None` for whatever had better be read by the library alone."""
    if not words or words[0] != "check":
        return None
    said = Brief()
    waiting = list(reversed(words[1:]))
    while waiting:
        option = waiting.pop()
        if option not in _FLAGS and (option not in _VALUES or not waiting):
            return None
        value = waiting.pop() if option in _VALUES else ""
        if option in _VALUES and (not value.strip() or value.startswith("-")):
            return None  # There are words for an empty value, and for an option in its place.
        if option == "--quiet":
            said = said._replace(quiet=True)
        elif option == "--staged":
            said = said._replace(staged=True)
        elif option == "--cache-dir":
            said = said._replace(cache_dir=value)
        elif option == "--no-cache":
            said = said._replace(no_cache=True)
        elif option == "--color" and value in _COLORS:
            said = said._replace(color=value)
        else:
            said = said._replace(is_all=False)
    return said


def in_full(said: Brief) -> SimpleNamespace:
    """All arguments of a check that was told nothing else, as the library gives them."""
    return SimpleNamespace(
        command="check", paths=[], config=None, staged=said.staged, rev=None, format=None, report=[], statistics=False,
        select=[], ignore=[], fail_on="warning", against=None, new_only=False, require_base=False, baseline=None,
        write_baseline=False, jobs=None, no_cache=said.no_cache, cache_dir=said.cache_dir, color=said.color,
        quiet=said.quiet,
    )  # fmt: skip
