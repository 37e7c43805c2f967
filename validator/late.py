"""Regular expressions of our own that are compiled when they are first used.

There are some two hundred of them, and a run uses a dozen. Compiling them all takes longer than checking a thousand
documents, so only what is used is compiled.
"""

from __future__ import annotations

import re
import sys
from typing import Any, AnyStr, cast

# Before this version a group that is repeated possessively may fail to match what it should
# (https://github.com/python/cpython/issues/106052); some distributions still have an older one.
_MENDED = (3, 11, 5)


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `compiled` gives for a pattern and its flags, only later: a faulty pattern raises at its first use."""
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives for a pattern and its flags, also where possessive groups do not work."""
    return re.compile(pattern if sys.version_info >= _MENDED else atomic(pattern), flags)


def atomic(pattern: AnyStr) -> AnyStr:
    """The pattern with an atomic group (`(?>(?:…)*)`) for each group that is repeated possessively (`(?:…)*+`)."""
    if isinstance(pattern, str):
        return _atomic(pattern)
    return _atomic(pattern.decode("latin-1")).encode("latin-1")


def _atomic(text: str) -> str:
    opened: list[int] = []
    pieces: list[str] = []
    at = 0
    while at < len(text):
        end = _piece_end(text, at)
        piece = text[at:end]
        if piece == "(":
            opened.append(len(pieces))
        elif piece == ")" and opened:
            start, repeat = opened.pop(), _possessive(text, end)
            if repeat:
                pieces[start] = f"(?>{pieces[start]}"
                piece, end = f"){repeat})", end + len(repeat) + 1
        pieces.append(piece)
        at = end
    return "".join(pieces)


def _piece_end(text: str, at: int) -> int:
    """Where the character, the escape or the class of characters that begins at an offset ends."""
    if text[at] == "\\":
        return at + 2
    if text[at] != "[":
        return at + 1
    at += 2 if text[at + 1] == "^" else 1
    at += text[at] == "]"  # The first one stands for itself.
    while text[at] != "]":
        at += 2 if text[at] == "\\" else 1
    return at + 1


def _possessive(text: str, at: int) -> str:
    """What repeats possessively at an offset, without its `+`; empty where nothing does."""
    end = text.find("}", at) + 1 if text.startswith("{", at) else at + 1
    return text[at:end] if text[at : at + 1] in {"*", "+", "?", "{"} and text.startswith("+", end) else ""


class _Late:
    """Looks like a compiled pattern. Each method is looked up once and then found in the object itself, at no cost."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has by that name
        if name.startswith("__"):
            raise AttributeError(name)  # A copy that is not filled yet is asked for such names.
        pattern: Any = self.pattern
        found = getattr(compiled(pattern, self._flags), name)
        setattr(self, name, found)
        return found
