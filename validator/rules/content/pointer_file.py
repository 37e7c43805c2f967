"""CT106."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "CT106", since="0.1")
def pointer_file(corpus: Corpus) -> Iterator[Problem]:
    """A large-file pointer stands where the document should be.

    git-lfs or git-annex keeps the content elsewhere and it was not fetched, so the document cannot be checked.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        version https://git-lfs.github.com/spec/v1
        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        size 12345

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for found in corpus.faults.get("pointer-file", ()):
        yield problem(
            corpus,
            found,
            "this is a large-file pointer, not the document",
            advice="fetch the content (git lfs pull, git annex get)",
        )
