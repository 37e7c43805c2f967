"""CF106."""

from __future__ import annotations

from collections.abc import Iterator

from validator.findings import Problem
from validator.rules.rule import Aftermath, rule


@rule(Aftermath, "CF106", since="0.1")
def stale_baseline(aftermath: Aftermath) -> Iterator[Problem]:
    """An entry of the baseline (`--baseline FILE`) no longer occurs.

    The finding is mended, so the entry would only accept it should it come back. Judged for the rules that run and the
    indexes that are checked.

    Good:

        -- INDEX.md --
        | Title |
        | ----- |
        | [A](a.md) |
        -- a.md --
        # A
    """
    for entry in aftermath.stale:
        where = f" in {entry.index_path}" if entry.index_path else ""
        yield Problem(
            entry.place,
            f"this {entry.code}{where} no longer occurs",
            advice="remove the line, or write the baseline anew with --write-baseline",
        )
