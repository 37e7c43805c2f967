"""IX109."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.rules.rule import rule
from validator.sequences import misplaced


@rule(Corpus, "IX109", since="0.1")
def unsorted_entries(corpus: Corpus) -> Iterator[Problem]:
    """Entries stand out of the order that the contract declares with `order`.

    Numbers in a value count as numbers (`2` before `10`), case does not count. Each table and each list is in order
    of its own. Reported are the fewest entries that would have to move.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        order: id
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | Document 1 |
        | [3](3.md) | Document 3 |
        | [2](2.md) | Document 2 |
        -- 1.md --
        # Document 1
        -- 2.md --
        # Document 2
        -- 3.md --
        # Document 3

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        order: id
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
    field = (corpus.contract.order or "").removeprefix("-")
    for found in misplaced(corpus):
        where = "behind" if found.behind else "in front of"
        yield Problem(
            corpus.entry_place(found.pair.entry),
            f"{field} {found.value!r} is out of order: it stands {where} {found.other_value!r}",
            (
                Related(corpus.entry_place(found.other.entry), f"{found.other_value!r} stands here"),
                Related(corpus.contract.place("order"), "the order"),
            ),
            document=found.pair.document.path if found.pair.document else found.pair.target,
            id=found.pair.id,
            field=field,
            advice="move the entry to its place",
        )
