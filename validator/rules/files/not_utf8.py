"""FS101."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "FS101", since="0.1")
def not_utf8(corpus: Corpus) -> Iterator[Problem]:
    """A file is not UTF-8.

    With the byte offset of the first byte that is wrong. The file is still checked as far as it can be: only what
    stands on the faulty lines is not compared.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A

        caf«E9»

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A

        café
    """
    for found in corpus.faults.get("not-utf8", ()):
        offset, looks_like = found.fault.detail
        hint = f"; it looks like {looks_like}" if looks_like else ""
        yield problem(
            corpus, found, f"not UTF-8 from byte {offset} on (counted from 0){hint}", advice="save the file as UTF-8"
        )
