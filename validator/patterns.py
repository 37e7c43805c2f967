r"""Regular expressions that come from a contract, a schema or a document's neighbour: bounded in time.

Such a pattern may come from a stranger's pull request, so it must not be able to stall a run. Patterns that cannot
backtrack (literals, classes, fixed counts, one open repetition at the very end) run on the standard library's engine;
every other runs on RE2, whose time grows with the length of the subject and not with its powers. RE2 (google-re2, BSD
licence, kept by Google) has no look-around and no back-reference: such a pattern is an error in the contract, said as
one. The syntax is RE2's in both cases: `\d`, `\w` and `\s` are ASCII.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

_ATOM = (
    r"(?:[A-Za-z0-9 _/:;,=@#%&~!<>'\"-]|\\[-./+*?()\[\]{}|^$\\]|\[\^?(?:[A-Za-z0-9 _/:;,.=@#%&~!+*-]|\\[-.\]\\])+\])"
)
_PLAIN = re.compile(rf"\^?(?:{_ATOM}(?:\{{[0-9]{{1,3}}\}})?)*(?:\$|{_ATOM}[+*])?")


class _Engine(Protocol):
    def fullmatch(self, subject: str, /) -> Any: ...  # noqa: ANN401 - two libraries' match objects
    def search(self, subject: str, /) -> Any: ...  # noqa: ANN401
    def sub(self, repl: str, subject: str, /) -> Any: ...  # noqa: ANN401


class PatternError(ValueError):
    """The pattern is not one that can be used; the message says why, for people."""


class Pattern(NamedTuple):
    """A compiled pattern."""

    source: str
    engine: _Engine

    def fullmatch(self, subject: str) -> bool:
        """Whether the whole subject matches."""
        return self.engine.fullmatch(subject) is not None

    def search(self, subject: str) -> bool:
        """Whether some part of the subject matches."""
        return self.engine.search(subject) is not None

    def group(self, subject: str) -> str | None:
        """The first group (the whole match where there is no group) of the first match, or `None`."""
        match = self.engine.search(subject)
        if match is None:
            return None
        text: str | None = match.group(1 if match.re.groups else 0)
        return text

    def remove(self, subject: str) -> str:
        """The subject without what matches."""
        text: str = self.engine.sub("", subject)
        return text


@lru_cache(maxsize=512)
def compile_pattern(source: str) -> Pattern:
    """Compile a stranger's pattern.

    Raises:
        PatternError: the syntax is wrong, or needs look-around or back-references.
    """
    if _PLAIN.fullmatch(source):
        return Pattern(source, re.compile(source, re.ASCII))
    import re2  # noqa: PLC0415 - 10 ms that most runs need not pay

    options = re2.Options()
    options.log_errors = False
    try:
        return Pattern(source, re2.compile(source, options))
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if error.args else "it cannot be read"
        raise PatternError(f"{reason} (patterns are RE2's: no look-around, no back-references)") from None
