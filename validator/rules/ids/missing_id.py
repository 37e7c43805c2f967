"""ID101."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus, Found
from validator.findings import Problem, Related
from validator.rules.rule import problem, rule

_ADVICE = "state the ID, or correct the contract"


@rule(Corpus, "ID101", since="0.1")
def missing_id(corpus: Corpus) -> Iterator[Problem]:
    """A document or an entry states no ID, where the contract says that it does.

    A file whose name does not fit the contract's `name` states none; nor does an entry whose ID cell is empty.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}-{slug}.md"
        ---
        | Title |
        | ----- |
        | [A](1-a.md) |
        | [B](b.md) |
        -- 1-a.md --
        # A
        -- b.md --
        # B

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        name: "{id}-{slug}.md"
        ---
        | Title |
        | ----- |
        | [A](1-a.md) |
        | [B](2-b.md) |
        -- 1-a.md --
        # A
        -- 2-b.md --
        # B
    """
    for pair in corpus.pairs:
        if pair.id is None and pair.status != "keyless" and corpus.states_no_id(pair.entry):
            related = (Related(pair.document.place, "the document"),) if pair.document else ()
            yield Problem(
                corpus.id_place(pair), "this entry states no ID", related,
                document=pair.document.path if pair.document else None, advice="write the document's ID in this cell",
            )  # fmt: skip
    for found in corpus.faults.get("missing-id", ()):
        if found.fault.detail == ("empty", "header.id") and corpus.contract.delimiters.header is None:
            continue  # Nobody declared that headers state IDs.
        if found.document is not None and not corpus.is_renamed(found.document):
            yield _silent(corpus, found)
    for document in corpus.documents_without_id():
        listing = corpus.by_document.get(document.key)
        entry = (Related(corpus.entry_place(listing.entry), "its entry"),) if listing is not None else ()
        yield Problem(
            document.place, "this document states no ID, and others here do",
            (*entry, Related(corpus.contract.place("id"), "IDs are declared here")),
            document=document.path, id=listing.id if listing is not None else None, advice=_ADVICE,
        )  # fmt: skip


def _silent(corpus: Corpus, found: Found) -> Problem:
    kind, what = found.fault.detail
    if kind == "name":
        states_none = ", so it states no ID" if "{id" in what else ""
        message, place = f"this file name does not fit the template {what!r}{states_none}", "name"
    else:
        lacks = f"its {what} is empty" if kind == "empty" else f"it has no {what}"
        lacks = "its heading begins with none" if what == "heading.id" else lacks
        message, place = f"this document states no ID: {lacks}", "id"
    related = (Related(corpus.contract.place(place), "declared here"),)
    return problem(corpus, found, message, related=related, advice=_ADVICE)
