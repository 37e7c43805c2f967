"""Globs of a contract: `*` and `?` stop at `/`, `**` crosses it, `[…]` is a class, `!` in front takes away."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

from validator.late import regex
from validator.patterns import Pattern, PatternError, compile_pattern

_TOKEN = regex(r"(?<![^/])\*\*/|\*+|\?|\[!?\]?[^\]]*\]")
_FEW = 2


@lru_cache(maxsize=8192)
def _compiled(glob: str) -> Pattern:
    """A glob as a pattern. Many wildcards could backtrack without end, so those run on the linear engine."""
    parts: list[str] = []
    position = 0
    for match in _TOKEN.finditer(glob):
        parts.append(re.escape(glob[position : match.start()]))
        parts.append(_piece(match[0]))
        position = match.end()
    parts.append(re.escape(glob[position:]))
    source = "".join(parts)
    if len(_TOKEN.findall(glob)) > _FEW:
        return compile_pattern(source)
    return Pattern(source, re.compile(source))


def _piece(wildcard: str) -> str:
    if wildcard == "**/":
        return r"(?:[\s\S]*/)?"
    if wildcard.startswith("*"):
        return "[^/]*" if wildcard == "*" else r"[\s\S]*"
    if wildcard == "?":
        return "[^/]"
    negated = wildcard.startswith("[!")
    body = re.escape(wildcard[1 + negated : -1])
    body = body if r"\-\-" in body else body.replace(r"\-", "-")
    return f"[{'^/' if negated else ''}{body}]"


def matches(glob: str, path: str) -> bool:
    """Whether the whole of `path` (with `/`) is what `glob` describes."""
    try:
        return _compiled(glob.removeprefix("./")).fullmatch(path)
    except (re.error, PatternError):
        return glob == path


def literal(glob: str) -> str | None:
    """The one path that a glob without wildcards describes; `None` for any other."""
    return None if any(sign in glob for sign in "*?[") else glob.removeprefix("./")


@lru_cache(maxsize=64)
def _choosers(globs: tuple[str, ...]) -> tuple[tuple[bool, Callable[[str], object]], ...]:
    """The globs, the last one first: whether each keeps what it matches, and what says so."""
    return tuple((not glob.startswith("!"), _matcher(glob.removeprefix("!"))) for glob in reversed(globs))


def _matcher(glob: str) -> Callable[[str], object]:
    """`matches` for one glob and many paths."""
    try:
        return _compiled(glob.removeprefix("./")).matcher
    except (re.error, PatternError):
        return partial(matches, glob)


def chooser(globs: tuple[str, ...]) -> Callable[[str], object]:
    """`chosen` for the same globs and many paths: something true for those that they keep."""
    found = _choosers(globs)
    if len(found) == 1 and found[0][0]:
        return found[0][1]
    return partial(chosen, globs)


def chosen(globs: tuple[str, ...], path: str) -> bool:
    """Whether the globs keep `path`: the last one that matches wins, `!glob` takes away."""
    for keep, says in _choosers(globs):
        if says(path):
            return keep
    return False
