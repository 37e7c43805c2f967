"""DL102."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.rules.rule import problem, rule


@rule(Corpus, "DL102", since="0.1")
def unexpected_header(corpus: Corpus) -> Iterator[Problem]:
    """A header where the contract wants none, or one of another dialect.

    `delimiters: {header: none}` promises that a document is all body: whoever reads it by that promise takes the
    metadata for text. Lines `Key: value` count as a header of another dialect where they have the keys that the
    contract asks for; else a header is missing (DL101).

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.txt"
        delimiters: {header: none}
        ---
        | Title |
        | ----- |
        | [A](a.txt) |
        -- a.txt --
        ---
        title: A
        ---
        A

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.txt"
        delimiters: {header: none}
        ---
        | Title |
        | ----- |
        | [A](a.txt) |
        -- a.txt --
        A
    """
    for found in corpus.faults.get("unexpected-header", ()):
        wanted = corpus.contract.delimiters.header or "none"
        what = _WANTED.get(wanted, f"{_article(wanted)} {wanted} one")
        there = found.fault.detail[0]
        yield problem(
            corpus,
            found,
            f"there is {_article(there)} {there} header, where the contract wants {what}",
            related=(Related(corpus.contract.place("delimiters", "header"), "declared here"),),
            advice="remove the header, or declare it in the contract"
            if wanted == "none"
            else "write the header as declared, or declare what it is",
        )


_WANTED = {"none": "none", "sidecar": "a sidecar"}


def _article(dialect: str) -> str:
    return "an" if dialect in {"rfc822", "rst"} else "a"
