"""IX106."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Pair, Place
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
    first: dict[str, Pair] = {}
    for pair in corpus.pairs:
        path = pair.document.path if pair.document else pair.target if pair.status == "missing" else None
        if path is None or pair.status == "wrong-link":
            continue
        if path in first and not corpus.in_conflict(first[path].entry, pair.entry):
            yield Problem(
                corpus.entry_place(pair.entry),
                f"{path} is listed twice",
                (
                    Related(corpus.entry_place(first[path].entry), "it is listed here first"),
                    Related(Place(path), "the document"),
                ),
                document=path,
                id=pair.id,
                advice="remove one of the two rows",
            )
        first.setdefault(path, pair)
