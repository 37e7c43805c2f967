"""ID106."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.rules.rule import rule
from validator.sequences import gaps


@rule(Corpus, "ID106", since="0.1")
def id_gap(corpus: Corpus) -> Iterator[Problem]:
    """A hole in the numbers of the IDs, where the contract declares that they run without holes.

    `id: {sequence: true}`. The number of an ID is its last run of digits. An ID that is `retired` leaves no hole.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        id: {sequence: true}
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | Document 1 |
        | [3](3.md) | Document 3 |
        -- 1.md --
        # Document 1
        -- 3.md --
        # Document 3

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        id: {sequence: true}
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | Document 1 |
        | [2](2.md) | Document 2 |
        | [3](3.md) | Document 3 |
        -- 1.md --
        # Document 1
        -- 2.md --
        # Document 2
        -- 3.md --
        # Document 3
    """
    for gap in gaps(corpus):
        missing = (
            f"the number {gap.first} is" if gap.first == gap.last else f"the numbers {gap.first} to {gap.last} are"
        )
        yield Problem(
            gap.place,
            f"{missing} missing {'after' if gap.before else 'before'} {gap.id!r}",
            (Related(corpus.contract.place("id", "sequence"), "declared without holes"),),
            id=gap.id,
            advice="add what is missing, or list its IDs under `retired`",
        )
