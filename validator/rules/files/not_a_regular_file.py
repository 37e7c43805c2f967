"""FS104."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place
from validator.rules.rule import problem, rule


@rule(Corpus, "FS104", since="0.1")
def not_a_regular_file(corpus: Corpus) -> Iterator[Problem]:
    """An entry leads to a folder, a named pipe, a socket or a device instead of a file.

    A link to a folder means the page in it: `README.md`, `index.md` or `_index.md`; this one has none.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | [B](b/) |
        -- a.md --
        # A
        -- b/text.md --
        # B

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a/) |
        -- a/README.md --
        # A
    """
    for pair in corpus.with_status("folder"):
        what = f"{pair.detail}, not a file" if pair.detail else "a folder without a page (README.md, index.md)"
        yield Problem(
            corpus.entry_place(pair.entry, "link.target"),
            f"{pair.target} is {what}",
            (Related(Place(pair.target or ""), "what is there" if pair.detail else "the folder"),),
            document=pair.target,
            id=pair.id,
            advice="put a regular file in its place" if pair.detail else "link to a file in it",
        )
    for found in corpus.faults.get("not-a-file", ()):
        yield problem(
            corpus, found, f"this is {found.fault.detail[0]}, not a file", advice="put a regular file in its place"
        )
