"""IX101."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place
from validator.rules.rule import rule

_RELATIVE = "correct the path; it is relative to the configuration file"
_NO_GLOB = "`index` is the path of one file, and no glob: list each index as an item of its own"


@rule(Corpus, "IX101", since="0.1")
def missing_index(corpus: Corpus) -> Iterator[Problem]:
    """The index that a contract names does not exist, or was deleted while its documents remain.

    Without the index nothing says which documents there should be, so nothing else about them can be checked.

    Bad:

        -- indexlint.yaml --
        corpora:
          - index: docs/INDEX.md
        -- docs/a.md --
        # A

    Good:

        -- indexlint.yaml --
        corpora:
          - index: docs/INDEX.md
        -- docs/INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- docs/a.md --
        # A
    """
    if not corpus.missing or corpus.path is None:
        return
    if corpus.remaining:
        message = f"the index {corpus.path} is gone, but {len(corpus.remaining)} of its documents remain"
        related = tuple(Related(Place(path), "this document remains") for path in corpus.remaining[:3])
        yield Problem(Place(corpus.path), message, related, advice="restore the index, or remove its documents with it")
        return
    yield Problem(
        corpus.contract.place("index"),
        f"the index {corpus.path} does not exist",
        (Related(Place(corpus.path), "there is no such file"),),
        advice=_advice(corpus.path, corpus.meant),
    )


def _advice(path: str, meant: str | None) -> str:
    if "*" in path or "?" in path:
        return _NO_GLOB
    return f"did you mean {meant}?" if meant else _RELATIVE
