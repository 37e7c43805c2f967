"""DL116."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.fields import odd_lists
from validator.findings import Problem, Related, Values
from validator.rules.rule import rule
from validator.text import shorten


@rule(Corpus, "DL116", since="0.1")
def list_delimiter(corpus: Corpus) -> Iterator[Problem]:
    """A list inside a value is divided by another sign than the contract declares.

    `delimiters: {list: ","}` promises that the items of a list stand apart by commas. Whoever divides `a, b; c` there
    takes it for two items. Where a semicolon is declared, a comma is part of an item, unless the other side shows that
    it divides.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml, list: {tags: ","}}
        fields: {tags: header.tags}
        ---
        | Title | Tags |
        | ----- | ---- |
        | [A](a.md) | red, green; blue |
        -- a.md --
        ---
        tags: [red, green, blue]
        ---
        Text.

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        documents: "*.md"
        delimiters: {header: yaml, list: {tags: ","}}
        fields: {tags: header.tags}
        ---
        | Title | Tags |
        | ----- | ---- |
        | [A](a.md) | red, green, blue |
        -- a.md --
        ---
        tags: [red, green, blue]
        ---
        Text.
    """
    for odd in odd_lists(corpus):
        declared = (odd.binding.delimiter or "").strip() or " "
        yield Problem(
            odd.place,
            f"{odd.binding.field}: `{odd.sign}` divides {shorten(odd.value)!r}, "
            f"where the contract declares `{declared}`",
            (Related(corpus.contract.place("delimiters", "list", odd.binding.field), "declared here"),),
            document=odd.document.path,
            id=corpus.id_of(odd.document),
            field=odd.binding.field,
            values=Values(odd.stated, odd.claimed),
            advice=f"write `{declared}` between the items",
        )
