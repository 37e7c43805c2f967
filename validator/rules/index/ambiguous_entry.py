"""IX113."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.late import regex
from validator.model import Document, Entry, Fault
from validator.rules.rule import rule

_MOST_SHOWN = 20
# What is written like a link, but is none: its target holds a blank and does not stand in `<>`.
_BROKEN_LINK = regex(r"(?<!!)\[[^\[\]]*\]\(([^()<>\s]+(?: +[^()<>\s]+)+)\)")
_HOLDS_PLACE = "link the document; a row that only holds a place says `-`, `TBD` or `reserved`"


def _advice(entry: Entry) -> str:
    for value in entry.values:
        link = _BROKEN_LINK.search(value or "")
        if link is not None:
            return f"a target with blanks is no link unless it stands in `<>`: write (<{link[1]}>)"
    return _HOLDS_PLACE


def _doubt(documents: tuple[Document, ...]) -> str:
    """The rule that finds delimiters missing, where a file may hold but one document for all that the others say."""
    found = [next((fault.kind for fault in document.faults if _is_of_bounds(fault)), "") for document in documents]
    return next(filter(None, found), "") if found.count("") <= 1 else ""


def _is_of_bounds(fault: Fault) -> bool:
    """Whether a document with this fault may be a part of the one beside it."""
    kinds = {"nested", "unclosed"}
    return fault.kind == "missing-delimiter" or (fault.kind == "unbalanced-delimiter" and fault.detail[0] in kinds)


@rule(Corpus, "IX113", since="0.1")
def ambiguous_entry(corpus: Corpus) -> Iterator[Problem]:
    """An entry that names no document, or two.

    It has neither a link nor an ID that would say which document it means; or it has an ID alone, and two documents
    state that one (where IDs have to be unique, that is ID103). A row that only holds a place (`-`, `TBD`, `reserved`)
    is no entry.

    Bad:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | B |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        | reserved |
        -- a.md --
        # A
    """
    for pair in corpus.with_status("keyless") if not corpus.lost_key() else ():
        yield Problem(
            corpus.entry_place(pair.entry),
            "this entry names no document: it has neither a link to a file nor an ID",
            advice=_advice(pair.entry),
        )
    for pair in corpus.with_status("ambiguous"):
        if pair.target is not None:
            yield Problem(
                corpus.entry_place(pair.entry, "link.target"),
                f"{pair.target} holds {len(pair.candidates)} documents, and this entry does not say which",
                tuple(Related(document.place, "one of them") for document in pair.candidates[:_MOST_SHOWN]),
                document=pair.target,
                advice="state the document's ID in the row, or behind `#` in the link",
                said_by=_doubt(pair.candidates),
            )
        elif not corpus.contract.id.unique:
            yield Problem(
                corpus.id_place(pair),
                f"the ID {pair.id!r} alone names {len(pair.candidates)} documents",
                tuple(Related(document.place, "states this ID") for document in pair.candidates[:_MOST_SHOWN]),
                id=pair.id,
                advice="link the document that is meant",
            )
