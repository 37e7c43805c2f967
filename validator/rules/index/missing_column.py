"""IX107."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.rules.rule import rule
from validator.schema import nearest


@rule(Corpus, "IX107", since="0.1")
def missing_column(corpus: Corpus) -> Iterator[Problem]:
    """The contract names a column that the index has not.

    The column was renamed or removed, so what the contract promises of it is not checked any more. Columns are found by
    their header text; case and blanks do not matter. A field that is required has to have its column in each table.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        fields:
          title: {column: Name, document: heading}
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
        fields:
          title: {column: Title, document: heading}
        ---
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    header = corpus.table_header()
    if header is None:
        return
    for field, column, pointer in corpus.absent_columns():
        if not corpus.has_columns() and pointer not in corpus.contract.places:
            continue  # A list has no columns; only one that is named is missed.
        yield Problem(
            header,
            f"the contract binds {field} to a column {column!r}, which this index has not{_meant(corpus, column)}",
            (Related(corpus.contract.place(*pointer), "bound here"),),
            field=field,
            advice="rename the column, or name the right one with `column` in the contract",
        )
    for binding, column, place in corpus.partly_absent_columns():
        yield Problem(
            place,
            f"{binding.field} is required, and this table has no column {column!r}",
            (Related(corpus.contract.place("fields", binding.field), "required here"),),
            field=binding.field,
            advice="give the table that column, or require the field no more",
        )


def _meant(corpus: Corpus, column: str) -> str:
    near = nearest(column, corpus.free_columns())
    return f"; did you mean {near!r}?" if near else ""
