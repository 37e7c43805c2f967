"""CF102."""

from __future__ import annotations

from collections.abc import Iterator

from validator.findings import Problem, Related
from validator.rules.rule import Project, rule


@rule(Project, "CF102", since="0.1")
def unmatched_pattern(project: Project) -> Iterator[Problem]:
    """A glob, an ID or a field in the contract or configuration that matches nothing.

    A field matches nothing where the index states it and no document does, a `count` where it finds no number, a
    retired ID where it is not of the pattern. Mostly it is a typing error, or a folder that moved: what it was written
    for is not checked any more, or not ignored.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: ["*.md", "notes/*.md"]
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: ["*.md"]
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for corpus in project.corpora:
        for place, words in corpus.unmatched:
            yield Problem(place, words, advice="correct it, or remove it")
        for found in corpus.faults.get("missing-section", ()):
            message = f"{found.fault.detail[0]!r} is no heading or marker of this index"
            if found.fault.span is None:
                yield Problem(corpus.contract.place("section"), message, advice="correct `section`")
                continue
            partner = Related(found.place, "the other marker stands here")
            advice = "put it into the index, or correct `section`"
            yield Problem(corpus.contract.place("section"), message, (partner,), advice=advice)
    for place, words in project.unmatched:
        yield Problem(place, words, advice="correct it, or remove it")
