"""CT101."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.mismatch import mismatch
from validator.rules.rule import rule


@rule(Corpus, "CT101", since="0.1")
def digest_mismatch(corpus: Corpus) -> Iterator[Problem]:
    """The digest in the index is not the digest of the document.

    The document was changed and the index was not, or the wrong digest was pasted. Both are shown in full.

    Bad:

        -- INDEX.md --
        | Title | SHA-256 |
        | ----- | ----- |
        | [A](a.txt) | 0000000000000000000000000000000000000000000000000000000000000000 |
        -- a.txt --
        A

    Good:

        -- INDEX.md --
        | Title | SHA-256 |
        | ----- | ----- |
        | [A](a.txt) | 06f961b802bc46ee168555f066d28f4f0e9afdf3f88174c1ee6f9de004fc30a0 |
        -- a.txt --
        A
    """
    for difference in corpus.differences:
        if difference.kind == "digest":
            yield mismatch(
                corpus,
                difference,
                "the index states",
                "the content has",
                "write the real digest, or restore the document",
            )
