"""ID105."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.rules.rule import rule


@rule(Corpus, "ID105", since="0.1")
def lookalike_id(corpus: Corpus) -> Iterator[Problem]:
    """Two IDs differ only by case, by padding, or by letters that look alike.

    `7` and `007`, `ab` and `AB`, `1O` and `10`: people, and file systems that fold case, take one for the other.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        ---
        | ID | Title |
        | -- | ----- |
        | [7](7.md) | A |
        | [007](007.md) | B |
        -- 7.md --
        # A
        -- 007.md --
        # B

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        ---
        | ID | Title |
        | -- | ----- |
        | [007](007.md) | A |
        | [008](008.md) | B |
        -- 007.md --
        # A
        -- 008.md --
        # B
    """
    for first, other in corpus.lookalike_ids():
        path = other.document.path
        related = [Related(corpus.stated_place(first), f"{first.value!r} stands here")]
        related += [Related(other.document.place, f"the document of {other.value!r}")] if other.pair else []
        yield Problem(
            corpus.stated_place(other),
            f"the ID {other.value!r} is easily taken for {first.value!r}",
            tuple(related),
            document=path,
            id=other.value,
            advice="write IDs in one way: one case, one padding, one alphabet",
        )
