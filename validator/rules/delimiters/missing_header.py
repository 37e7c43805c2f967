"""DL101."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.corpus import Corpus
from validator.findings import Problem
from validator.rules.rule import problem, rule


@rule(Corpus, "DL101", since="0.1")
def missing_header(corpus: Corpus) -> Iterator[Problem]:
    """A document has no header where the contract wants one.

    `delimiters: {header: yaml}` promises that each document begins with metadata between two lines `---`. Where only
    the opening line is gone, the finding says so. `header: sidecar` promises a file of metadata beside each document.

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
    for found in corpus.faults.get("missing-header", ()):
        header = corpus.contract.delimiters.header or ""
        opening, how = _FORMS.get(header, ("", ""))
        if found.fault.detail[:1] == ("sidecar",):
            message = "no sidecar stands beside this document, where the contract wants one"
            advice = f"write its metadata into {_listed(found.fault.detail[1:])}"
        elif found.fault.detail:
            message = f"the header's opening line{opening and ' ' + opening} is missing"
            advice = f"put a line {opening} in front of the first key" if opening else ""
        else:
            message = f"there is no {header} header, where the contract wants one"
            advice = how
        yield problem(corpus, found, message, advice=advice)


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


# The opening line of each dialect that has one, and what to do where there is no header.
_FORMS = {
    "yaml": ("`---`", "begin the document with metadata between two lines `---`"),
    "toml": ("`+++`", "begin the document with metadata between two lines `+++`"),
    "fenced": ("", "put lines `Key: value` into the first code fence, or into `<pre>`"),
    "rfc822": ("", "begin the document with lines `Key: value`, and an empty line behind them"),
    "rst": ("", "begin the document, or what follows its title, with a list of fields `:Key: value`"),
    "bullets": ("", "begin the document, or what follows its heading, with a list of items `- Key: value`"),
    "sections": ("", "write each key as a heading `## Key` and its value as the paragraph below"),
    "table": ("", "begin the document, or what follows its heading, with a table of two columns, a row a field"),
}
