"""ID107."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.rules.rule import rule
from validator.sequences import reused


@rule(Corpus, "ID107", since="0.1")
def reused_id(corpus: Corpus) -> Iterator[Problem]:
    """An ID that the contract retires is in use.

    Whoever follows an old reference to it finds another document than was meant. With `--against REV` what the contract
    retires there is retired here too.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        id: {retired: ["2"]}
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | Document 1 |
        | [2](2.md) | Document 2 |
        -- 1.md --
        # Document 1
        -- 2.md --
        # Document 2

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        id: {retired: ["2"]}
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | Document 1 |
        | [3](3.md) | Document 3 |
        -- 1.md --
        # Document 1
        -- 3.md --
        # Document 3
    """
    for used in reused(corpus):
        yield Problem(
            used.place,
            f"the ID {used.id!r} is retired and may not be used again",
            (Related(corpus.contract.place("id", "retired"), _where(corpus, used.id)),),
            document=used.document,
            id=used.id,
            advice="give the document a new ID",
        )


def _where(corpus: Corpus, identity: str) -> str:
    past = corpus.past
    if past is not None and corpus.normal_id(identity) in past.retired:
        return f"retired by this contract at {past.name}"
    return "retired here"
