"""CT103."""

from __future__ import annotations

from collections.abc import Iterator

from validator.compare import DIGEST_LENGTHS
from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.mismatch import mismatch
from validator.rules.rule import rule
from validator.text import shorten


@rule(Corpus, "CT103", since="0.1")
def malformed_digest(corpus: Corpus) -> Iterator[Problem]:
    """What stands in a digest's column is no digest of that kind.

    It has another length, another alphabet, or is of another algorithm than the field is bound to.

    Bad:

        -- INDEX.md --
        | Title | SHA-256 |
        | ----- | ----- |
        | [A](a.txt) | 06f961b802bc46ee168555f066d28f4f0e9afdf3f88174c1ee6f9de004fc30a |
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
        if difference.kind == "malformed-digest":
            name = difference.claim.source.removeprefix("content.")
            problem = mismatch(corpus, difference, "the index states", "the content has", "write the real digest")
            length = DIGEST_LENGTHS.get(name, 0)
            yield problem._replace(
                message=f"{difference.field}: this is no {name} digest, which has {length} hexadecimal digits: "
                f"{shorten(difference.stated, 140)!r}"
            )
