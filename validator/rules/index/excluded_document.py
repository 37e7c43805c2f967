"""IX112."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Pair, Place
from validator.rules.rule import rule


@rule(Corpus, "IX112", since="0.1")
def excluded_document(corpus: Corpus) -> Iterator[Problem]:
    """An entry names a file that exists but is no document of this corpus.

    Git ignores or does not track it, so nobody else will have it; it lies in a submodule; or `documents` or `exclude`
    takes it away.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: ["*.md", "!draft-*"]
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        | [B](draft-b.md) |
        -- a.md --
        # A
        -- draft-b.md --
        # B

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: ["*.md", "!draft-*"]
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
        -- draft-b.md --
        # B
    """
    for number, pair in enumerate(corpus.pairs):
        if pair.status != "excluded" or number in corpus.doubled:
            continue
        yield Problem(
            corpus.entry_place(pair.entry, "link.target"),
            f"{pair.target} exists, but {pair.detail}"
            if "submodule" not in pair.detail
            else f"{pair.target}: {pair.detail}",
            (Related(Place(pair.target or ""), "the file that is left out"),),
            document=pair.target,
            id=pair.id,
            advice=_advice(pair),
        )


def _advice(pair: Pair) -> str:
    if "submodule" in pair.detail:
        return "link to a file of this repository, or keep an index in the submodule"
    if "git" not in pair.detail:
        return "widen `documents`, or remove the row"
    return f"git add {'-f ' if 'ignores' in pair.detail else ''}{pair.target}"
