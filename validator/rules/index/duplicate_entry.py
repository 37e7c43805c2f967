"""IX106."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place
from validator.rules.rule import rule


@rule(Corpus, "IX106", since="0.1")
def duplicate_entry(corpus: Corpus) -> Iterator[Problem]:
    """Two entries name one document.

    One of them was pasted and not changed, or a merge kept both: sooner or later they say different things.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | [A](a.md) |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for number, earlier in corpus.doubled.items():
        pair, first = corpus.pairs[number], corpus.pairs[earlier]
        if corpus.in_conflict(first.entry, pair.entry):
            continue
        path = pair.document.path if pair.document else pair.target
        name = pair.document.name if pair.document else pair.meant
        related = [Related(corpus.entry_place(first.entry), "it is listed here first")]
        place = pair.document.place if pair.document else Place(path or "")
        related += [Related(place, "the document")] if path else []
        yield Problem(
            corpus.entry_place(pair.entry),
            f"{name or f'the ID {pair.id!r}'} is listed twice",
            tuple(related),
            document=path,
            id=pair.id,
            advice=_ONE_TABLE if pair.entry.block == first.entry.block else _TWO_TABLES,
        )


_ONE_TABLE = "remove one of the two rows"
_TWO_TABLES = f"{_ONE_TABLE}; where one part of the page only mentions documents, name the other in `section`"
