"""FS102."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.fields import invisible_characters
from validator.findings import Problem, Related, Values
from validator.rules.rule import rule


@rule(Corpus, "FS102", since="0.1")
def invisible_character(corpus: Corpus) -> Iterator[Problem]:
    """A field holds a character that cannot be seen.

    NUL and other controls, bidirectional overrides, zero-width characters, no-break spaces: two values that look the
    same are not. Joiners are allowed where a script needs them.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A«E2»«80»«8B»B](a.md) |
        -- a.md --
        # A«E2»«80»«8B»B

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [AB](a.md) |
        -- a.md --
        # AB
    """
    for seen in invisible_characters(corpus):
        yield Problem(
            seen.place,
            f"{seen.field}: the value holds {seen.character}",
            tuple(Related(place, "it stands here too") for place in seen.related),
            document=seen.document,
            id=seen.id,
            field=seen.field,
            values=Values(seen.stated, seen.claimed),
            advice="remove it, or write the visible character that is meant",
        )
