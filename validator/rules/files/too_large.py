"""FS108."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "FS108", since="0.1")
def too_large(corpus: Corpus) -> Iterator[Problem]:
    """A file, a line or a header is larger than its limit.

    `limits: {file: …, line: …, header: …}` in the contract, in bytes. Without them a file may have 2 GiB less one
    byte and a header 1 MiB. A file of several documents is read in a stream: it may have any size unless `file` says
    otherwise, and each of its documents 256 MiB.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        limits: {file: 10}
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A, and more than ten bytes

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        limits: {file: 10}
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for found in corpus.faults.get("too-large", ()):
        what, size, limit = found.fault.detail
        yield problem(
            corpus,
            found,
            f"this {what} has {size} bytes, where {limit} are allowed",
            advice="split it, or raise the limit in the contract",
        )
