"""MT101."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "MT101", since="0.1")
def header_syntax(corpus: Corpus) -> Iterator[Problem]:
    """The header does not parse, or an index in YAML, JSON, CSV or of checksums does not.

    At the exact place, with the plain reason. The other keys of the header are read all the same, and of an index as
    much as can be.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml}
        fields: {title: header.title}
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        ---
        title: A
        note: one: two
        ---
        Text.

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml}
        fields: {title: header.title}
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        ---
        title: A
        ---
        Text.
    """
    for kind in ("yaml-syntax", "yaml-alias", "yaml-tag", "header-syntax"):
        for found in corpus.faults.get(kind, ()):
            reason, *key = found.fault.detail
            yield problem(
                corpus,
                found,
                f"the header does not parse: {reason}",
                field=(key[0] or None) if key else None,
                advice=_advice(reason) if kind != "header-syntax" else "",
            )
    for found in corpus.faults.get("index-syntax", ()):
        yield problem(corpus, found, f"the index does not parse: {found.fault.detail[0]}")


def _advice(reason: str) -> str:
    """What to do about a fault of YAML, where its reason does not say that."""
    return next((advice for words, advice in _ADVICE.items() if words in reason), "quote the value")


_ADVICE = {
    "quote": "",
    "use spaces": "",
    "where a space is wanted": "write a space there",
    "is never closed": "close it, or quote the value",
    "lacks its colon": "write `key: value`",
    "a key was expected": "write `key: value`, indented as the keys above it",
    "an item with `-`": "begin each item with `- `",
    "not allowed in YAML": "remove it",
}
