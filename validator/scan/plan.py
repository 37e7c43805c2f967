"""What a scan is to look for."""

import re
from typing import NamedTuple

from validator.contract import Delimiters, Limits


class Plan(NamedTuple):
    """All that a scan needs to know: what to look for in a document, and what is declared of it.

    `expressions` are evaluated in this order; `ids` are those of them that state the ID. For those in `loose`, header
    keys are found without regard to case, spaces, hyphens and underscores. `joined` says what the items of a list are
    joined with, where that is not a comma.
    """

    folder: str
    expressions: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    required_ids: tuple[str, ...] = ()
    loose: frozenset[str] = frozenset()
    name: str | None = None
    pattern: str | None = None
    delimiters: Delimiters = Delimiters()
    limits: Limits = Limits()
    digest: bool = True
    schema: str | None = None
    joined: tuple[tuple[str, str], ...] = ()

    @property
    def reads_sidecars(self) -> bool:
        """Whether the contract promises metadata in a file beside each document."""
        return self.delimiters.header == "sidecar" or any(of_sidecar(source) for source in self.expressions)


def of_name(source: str) -> bool:
    """Whether the name of a file answers an expression."""
    return source == "path" or source.startswith("name.")


def of_sidecar(source: str) -> bool:
    """Whether a file beside the document answers an expression."""
    return source.startswith("sidecar.")


def of_delimiter(source: str) -> bool:
    """Whether a line that delimits the document answers an expression."""
    return source.startswith(("begin.", "end."))


def key_of(text: str) -> str:
    """A name without case, spaces, hyphens and underscores."""
    return re.sub(r"[\s_-]+", "", text).casefold()
