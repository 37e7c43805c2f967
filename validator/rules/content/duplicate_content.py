"""CT104."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Document
from validator.rules.rule import rule


@rule(Corpus, "CT104", since="0.1")
def duplicate_content(corpus: Corpus) -> Iterator[Problem]:
    """Two documents have the same content, byte for byte.

    One of them was copied and never written, or the collection holds a text twice.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.txt) |
        | [A](b.txt) |
        -- a.txt --
        A
        -- b.txt --
        A

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.txt) |
        | [B](b.txt) |
        -- a.txt --
        A
        -- b.txt --
        B
    """
    first: dict[bytes, Document] = {}
    for document in corpus.documents:
        if document.digest is None:
            continue
        other = first.setdefault(document.digest, document)
        if other is not document and other.name != document.name:  # One ID for two is a fault of its own.
            yield Problem(
                document.place,
                f"{document.name} has the same content as {other.name}",
                (Related(other.place, "the same content"),),
                document=document.path,
                id=corpus.id_of(document),
                advice="remove one of the two",
            )
