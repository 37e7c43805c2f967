"""FS107."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Document, Place
from validator.rules.rule import rule
from validator.tree import fold


@rule(Corpus, "FS107", since="0.1")
def name_clash(corpus: Corpus) -> Iterator[Problem]:
    """Two names are equal but for case or Unicode normal form.

    On a file system that folds them (macOS, Windows) a checkout keeps only one of the two.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | [B](A.md) |
        -- a.md --
        # A
        -- A.md --
        # B

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | [B](b.md) |
        -- a.md --
        # A
        -- b.md --
        # B
    """
    first: dict[str, Document] = {}
    for document in corpus.documents:
        other = first.setdefault(fold(document.path), document)
        if other.path != document.path:
            names = f"{document.path} and {other.path}"
            if normalize("NFC", document.path) == normalize("NFC", other.path):
                names = f"{document.path!a} and {other.path!a}"
            yield Problem(
                Place(document.path),
                f"{names} are one name where case or Unicode form is folded",
                (Related(Place(other.path), "the other name"),),
                document=document.path,
                id=corpus.id_of(document),
                advice="rename one of the two",
            )
