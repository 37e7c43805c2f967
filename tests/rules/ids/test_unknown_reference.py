"""ID108, and the documents whose references the tests of ID109 share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, place

Check = Callable[..., Result]
BOTH = "{replaces: {document: header.replaces, inverse: superseded-by}, superseded-by: header.superseded-by}"


def corpus(references: str, *, extra: str = "", **headers: str) -> dict[str, str]:
    """Documents without an index, their IDs in their names; `headers` are the lines of their headers."""
    config = (
        "corpora:\n  - index: none\n    documents: 'docs/*.md'\n    name: '{id}.md'\n"
        f"    delimiters: {{header: yaml}}\n    references: {references}\n{extra}"
    )
    documents = {f"docs/{name.strip('_')}.md": f"---\n{lines}\n---\nText {name}.\n" for name, lines in headers.items()}
    return {"indexlint.yaml": config, **documents}


@pytest.mark.parametrize(
    ("references", "first", "second"),
    [
        ("{requires: header.requires}", "title: One", "requires: 1"),
        ("{requires: header.requires}", "title: One", "requires: 1, 2"),
        ("{requires: header.requires}", "title: One", "requires: [1, 2]"),
        ("{requires: header.requires}", "title: One", "requires:"),
        (BOTH, "superseded-by: 2", "replaces: 1"),
        ("{replaces: header.replaces}", "title: One", "replaces: 1"),
    ],
    ids=["one", "several", "a YAML list", "empty", "both ways", "no inverse declared"],
)
def test_references_that_are_answered(references: str, first: str, second: str, check: Check) -> None:
    assert check(corpus(references, _1=first, _2=second)).findings == []


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("requires: 7", "docs/2.md:2:11-2:12"),
        ("requires: 1, 77", "docs/2.md:2:14-2:16"),
        ('requires: "1 7"', "docs/2.md:2:11-2:16"),
        ("requires:\n- 1\n- 7", "docs/2.md:3:1-4:4"),
    ],
    ids=["one", "the second of two", "in quotes", "in a list"],
)
def test_an_unknown_id_is_found_where_it_stands(line: str, where: str, check: Check) -> None:
    finding = check(corpus("{requires: header.requires}", _1="title: One", _2=line)).only()
    assert (finding["code"], finding["field"], finding["id"]) == ("ID108", "requires", "2")
    assert place(finding) == where
    assert finding["values"]["document"] in {"7", "77"}
    assert finding["related"][0]["path"] == "indexlint.yaml"


def test_an_unknown_id_is_no_one_way_reference_besides(check: Check) -> None:
    assert check(corpus(BOTH, _1="replaces: 9")).codes == ["ID108"]


def test_an_id_of_another_corpus_is_known(check: Check) -> None:
    other = "  - index: none\n    documents: 'notes/*.md'\n    name: '{id}.md'\n"
    files = corpus("{requires: header.requires}", extra=other, _1="requires: n7")
    assert check({**files, "notes/n7.md": "# N\n"}).findings == []
