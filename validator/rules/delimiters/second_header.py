"""DL118."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.findings import Problem, Related
from validator.model import Place
from validator.rules.rule import problem, rule


@rule(Corpus, "DL118", since="0.1")
def second_header(corpus: Corpus) -> Iterator[Problem]:
    """A second header, or a second YAML document, follows the header directly.

    Two headers were pasted together, or the delimiter was doubled. Which of them counts is different from reader to
    reader. A rule `---` with an empty line behind it is none; a second sidecar of one document is one.

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
        ---
        ---
        title: B
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
    for found in (*corpus.faults.get("second-header", ()), *corpus.faults.get("second-document", ())):
        if found.fault.detail[:1] == ("sidecar",):
            first = found.fault.detail[1]
            related = (Related(Place(first), "the sidecar that counts"),)
            message = f"the document has a second sidecar beside {first.rpartition('/')[2]}"
            yield problem(corpus, found, message, related=related, advice="keep one of the two")
            continue
        if found.document is None:
            yield problem(corpus, found, "a second YAML document begins here; only the first is read as the index")
            continue
        yield problem(
            corpus,
            found,
            "a second header begins directly behind the first",
            advice="keep one header; a rule in the body needs a blank line before it",
        )
