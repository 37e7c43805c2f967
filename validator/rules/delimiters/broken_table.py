"""DL114."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "DL114", since="0.1")
def broken_table(corpus: Corpus) -> Iterator[Problem]:
    """The separator row of a table is missing or of another width than the header, or rows are cut off from it.

    Without a fitting separator row, or behind a blank line, the lines are no table to Markdown, but a paragraph full of
    pipes. They are checked as a table all the same.

    Bad:

        -- INDEX.md --
        | Title | Note |
        | ----- |
        | [A](a.md) | this |
        -- a.md --
        # A

    Good:

        -- INDEX.md --
        | Title | Note |
        | ----- | ---- |
        | [A](a.md) | this |
        -- a.md --
        # A
    """
    for found in corpus.faults.get("broken-table", ()):
        kind, wanted, there = found.fault.detail
        columns = "1 column" if wanted == "1" else f"{wanted} columns"
        if kind == "missing":
            message = "no separator row follows this table header, so these lines are no table"
            advice = f"put a row such as |{' --- |' * int(wanted)} under it"
        elif kind == "cut-off":
            rows = "this row" if there == "1" else f"these {there} rows"
            message = f"blank lines or a comment cut {rows} off from the table above"
            advice = "remove what stands between"
        elif kind == "alike":
            message = "the dashes of this separator row only look like `-`, so these lines are no table"
            advice = "write hyphens"
        else:
            message = f"the separator row is for {there}, the header has {columns}, so these lines are no table"
            advice = "give both the same number of cells"
        yield problem(corpus, found, message, advice=advice)
