"""Globs of a contract: `*` and `?` stop at `/`, `**` crosses it, `[…]` is a class, `!` in front takes away."""

from __future__ import annotations

import re
from functools import lru_cache

from validator.patterns import Pattern, PatternError, compile_pattern

_TOKEN = re.compile(r"(?<![^/])\*\*/|\*+|\?|\[!?\]?[^\]]*\]")
_FEW = 2


@lru_cache(maxsize=512)
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


@lru_cache(maxsize=64)
def _choosers(globs: tuple[str, ...]) -> tuple[tuple[bool, str], ...]:
    return tuple((not glob.startswith("!"), glob.removeprefix("!")) for glob in globs)


def chosen(globs: tuple[str, ...], path: str) -> bool:
    """Whether the globs keep `path`: the last one that matches wins, `!glob` takes away."""
    return next((keep for keep, glob in reversed(_choosers(globs)) if matches(glob, path)), False)
