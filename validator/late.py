"""Regular expressions of our own that are compiled when they are first used.

There are some two hundred of them, and a run uses a dozen. Compiling them all takes longer than checking a thousand
documents, so only what is used is compiled.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives for a pattern and its flags, only later: a faulty pattern raises at its first use."""
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))


class _Late:
    """Looks like a compiled pattern. Each method is looked up once and then found in the object itself, at no cost."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has by that name
        if name.startswith("__"):
            raise AttributeError(name)  # A copy that is not filled yet is asked for such names.
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found
