"""IX110."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related, Values
from validator.rules.rule import rule
from validator.sequences import stated_count


@rule(Corpus, "IX110", since="0.1")
def wrong_count(corpus: Corpus) -> Iterator[Problem]:
    """The number that the index states of its entries or documents is not the real one.

    `count` in the contract is a regular expression whose one group finds the number in the text of the index. It may be
    the number of entries or of documents.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        count: 'has ([0-9]+) documents'
        ---
        This index has 3 documents.

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
        count: 'has ([0-9]+) documents'
        ---
        This index has 2 documents.

        | ID | Title |
        | -- | ----- |
        | [1](1.md) | Document 1 |
        | [2](2.md) | Document 2 |
        -- 1.md --
        # Document 1
        -- 2.md --
        # Document 2
    """
    stated = stated_count(corpus)
    entries, documents = corpus.entry_count, corpus.document_count
    if stated is not None and stated.number not in {entries, documents}:
        yield Problem(
            stated.place,
            f"the index states {stated.number}, but it has {entries} entries, and there are {documents} documents",
            (Related(corpus.contract.place("count"), "found by this pattern"),),
            values=Values(str(stated.number), str(documents)),
            advice="write the real number",
        )
