r"""Regular expressions that come from a contract, a schema or a document's neighbour: bounded in time.

Such a pattern may come from a stranger's pull request, so it must not be able to stall a run. Short patterns that
cannot backtrack (literals, classes, fixed counts, one open repetition at the very end) run on the standard library's
engine; every other runs on RE2, whose time grows with the length of the subject and not with its powers. RE2
(google-re2, BSD licence, kept by Google) has no look-around and no back-reference: such a pattern is an error in the
contract, said as one. The syntax is RE2's in both cases: `\d`, `\w` and `\s` are ASCII, `$` is the very end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from validator.late import regex

_CLASS = r"\[\^?(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9 _/:;,.=@#%!+*]|\\[-.\]\\])+-?\]"
_ATOM = rf"(?:[A-Za-z0-9 _/:;,=@#%&~!<>'\"-]|\\[-./+*?()\[\]{{}}|^$\\]|{_CLASS})"
_PLAIN = regex(rf"(?P<body>\^?(?:{_ATOM}(?:\{{[0-9]{{1,3}}\}})?)*)(?P<tail>\$|{_ATOM}[+*])?")
_MOST_PLAIN = 100
_LARGE = 1000
_MOST_STEPS = 50_000_000


class _Engine(Protocol):
    @property
    def groups(self) -> int: ...

    def fullmatch(self, subject: str, /) -> Any: ...  # noqa: ANN401 - two libraries' match objects
    def search(self, subject: str, /) -> Any: ...  # noqa: ANN401
    def sub(self, repl: str, subject: str, /) -> Any: ...  # noqa: ANN401


class PatternError(ValueError):
    """The pattern is not one that can be used; the message says why, for people."""


class Pattern(NamedTuple):
    """A compiled pattern. `most` is how many characters of a subject it may see, where it is not all of them.

    RE2's time grows with the length of the subject times the size of the pattern, which a repetition multiplies:
    `(.?){1000}x` has eleven thousand steps for each character.
    """

    source: str
    engine: _Engine
    most: int | None = None

    def fullmatch(self, subject: str) -> bool:
        """Whether the whole subject matches; one that is longer than the pattern may see never does."""
        is_seen = self.most is None or len(subject) <= self.most
        return is_seen and self.engine.fullmatch(encodable(subject)) is not None

    def search(self, subject: str) -> bool:
        """Whether some part of the subject matches, as far as the pattern may see."""
        return self.engine.search(encodable(subject[: self.most])) is not None

    @property
    def finder(self) -> Callable[[str], object]:
        """`search` for callers to whom a microsecond matters: something true where some part of a subject matches."""
        return self.engine.search if self.most is None and isinstance(self.engine, re.Pattern) else self.search

    @property
    def matcher(self) -> Callable[[str], object]:
        """The same of `fullmatch`."""
        return self.engine.fullmatch if self.most is None and isinstance(self.engine, re.Pattern) else self.fullmatch

    @property
    def groups(self) -> int:
        """How many groups it has."""
        count: int = self.engine.groups
        return count

    def group_span(self, subject: str) -> tuple[int, int] | None:
        """Where the first group of the first match stands, in characters from 0, or `None`."""
        match = self.engine.search(subject[: self.most])
        return None if match is None else (match.start(1), match.end(1))

    def remove(self, subject: str) -> str:
        """The subject without what matches."""
        text: str = self.engine.sub("", encodable(subject[: self.most]))
        return text if self.most is None else text + subject[self.most :]


def encodable(subject: str) -> str:
    """The subject with `?` for each lone surrogate, which a file name may hold and RE2 cannot read."""
    return subject if subject.isascii() else subject.encode("utf-8", "replace").decode()


@lru_cache(maxsize=512)
def compile_pattern(source: str) -> Pattern:
    """Compile a stranger's pattern.

    Raises:
        PatternError: the syntax is wrong, or needs look-around or back-references.
    """
    plain = _PLAIN.fullmatch(source) if len(source) <= _MOST_PLAIN else None
    if plain is not None:
        # `$` of the standard library would also match before a last newline.
        tail = r"\Z" if plain["tail"] == "$" else plain["tail"] or ""
        with suppress(re.error):  # RE2 finds the same fault, and says it in the words that all patterns get.
            return Pattern(source, re.compile(plain["body"] + tail, re.ASCII))
    import re2  # noqa: PLC0415 - 10 ms that most runs need not pay

    options = re2.Options()
    options.log_errors = False
    try:
        engine = re2.compile(source, options)
        return Pattern(source, engine, None if engine.programsize <= _LARGE else _MOST_STEPS // engine.programsize)
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace")
        raise PatternError(f"{reason} (patterns are RE2's: no look-around, no back-references)") from None
    except UnicodeEncodeError:
        raise PatternError("it holds half of a character (a lone surrogate)") from None
