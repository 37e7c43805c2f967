"""IX108."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related, Values
from validator.model import Place
from validator.rules.rule import rule


@rule(Corpus, "IX108", since="0.1")
def wrong_link(corpus: Corpus) -> Iterator[Problem]:
    """An entry links to the document of another entry.

    The document states an ID that the index gives to another row: the link was copied and not changed. The row's other
    fields are not compared with a document that it does not mean.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | One |
        | [2](1.md) | Two |
        -- 1.md --
        # One
        -- 2.md --
        # Two

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}.md"
        ---
        | ID | Title |
        | -- | ----- |
        | [1](1.md) | One |
        | [2](2.md) | Two |
        -- 1.md --
        # One
        -- 2.md --
        # Two
    """
    for pair in corpus.with_status("wrong-link"):
        target = pair.target or ""
        linked = next((item.place for item in corpus.documents if item.name == pair.meant), Place(target))
        meant = f"; {pair.id!r} is {pair.document.name}" if pair.document else ""
        related = [Related(linked, f"states the ID {pair.detail!r}")]
        related += [Related(pair.document.place, f"states the ID {pair.id!r}")] if pair.document else []
        yield Problem(
            corpus.entry_place(pair.entry, "link.target"),
            f"the entry {pair.id!r} links to {pair.meant}, which is {pair.detail!r}{meant}",
            tuple(related),
            document=target,
            id=pair.id,
            values=Values(pair.id, pair.detail),
            advice="link to the document of this ID",
        )
