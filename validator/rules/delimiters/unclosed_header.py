"""DL103."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "DL103", since="0.1")
def unclosed_header(corpus: Corpus) -> Iterator[Problem]:
    """A header opens and never closes.

    Without its closing line a header swallows the body, or is taken for text. The metadata is read as far as it reads
    as metadata, so that the rest of it is still checked.

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
    for found in corpus.faults.get("unclosed-header", ()):
        dialect = found.fault.detail[0] if found.fault.detail else "yaml"
        if dialect in _ENDED_BY_AN_EMPTY_LINE:
            message = "no empty line ends the header before this line"
            advice = "put an empty line before it; if it goes on with the value above, indent it"
        else:
            what = "header" if found.document else "front matter"
            message = f"the {what} that opens here is never closed"
            advice = _CLOSES.get(dialect, "")
        yield problem(corpus, found, message, advice=advice)


_ENDED_BY_AN_EMPTY_LINE = frozenset({"rfc822", "rst", "bullets", "table"})
_CLOSES = {
    "html-table": "put `</table>` behind the last row",
    "yaml": "put a line `---` behind the last key",
    "fenced": "put a line that closes it behind the last key",
    "toml": "put a line `+++` behind the last key",
}
