"""DL109: a document without its `begin` or `end`."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place
from tests.rules.delimiters.several import (
    BEGINS,
    BETWEEN,
    DOC,
    ENDS,
    GOOD,
    GOOD_BEGINS,
    GOOD_BETWEEN,
    GOOD_DOC,
    GOOD_ENDS,
    PAIRS,
    changed,
    index,
)


@pytest.mark.parametrize(
    ("contract", "text"),
    [
        pytest.param(PAIRS, GOOD, id="pairs"),
        pytest.param(DOC, GOOD_DOC, id="a begin of two lines"),
        pytest.param(BEGINS, GOOD_BEGINS, id="begins alone"),
        pytest.param(ENDS, GOOD_ENDS, id="ends alone"),
        pytest.param(BETWEEN, GOOD_BETWEEN, id="separators"),
        pytest.param(BETWEEN, "%%\n" + GOOD_BETWEEN + "%%\n", id="separators around all"),
    ],
)
def test_every_document_has_what_it_needs(contract: str, text: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": contract, "all.txt": text})
    assert result.findings == []
    assert result.report["checked"]["documents"] == 3


def test_one_document_without_a_separator_is_the_whole_file(check: Callable[..., Result]) -> None:
    row = BETWEEN.partition("| 1 |")[0] + "| 1 | One |\n"
    assert check({"INDEX.md": row, "all.txt": "id: 1\ntitle: One\n\nText.\n"}).findings == []


@pytest.mark.parametrize(
    ("contract", "text", "found"),
    [
        pytest.param(PAIRS, changed(GOOD, "=== 1 ===", ""), "1:1-1:4", id="the first begin is gone"),
        pytest.param(PAIRS, changed(GOOD, "=== 2 ===", ""), "6:1-6:4", id="a begin is gone"),
        pytest.param(PAIRS, GOOD.replace("=== 2 ===", "Not this. === 2 ==="), "6:1-6:20", id="text before it"),
        pytest.param(BEGINS, changed(GOOD_BEGINS, "=== 1 ===", ""), "1:1-1:4", id="begins alone"),
        pytest.param(BEGINS, changed(GOOD_BEGINS, "=== 1 ===", "\n"), "2:1-2:4", id="begins alone, blank lines"),
        pytest.param(DOC, "\n".join(GOOD_DOC.split("\n")[2:]), "1:1-1:4", id="a begin of two lines"),
        pytest.param(ENDS, GOOD_ENDS.removesuffix("//\n"), "11:1-11:6", id="ends alone"),
        pytest.param(PAIRS, re.sub("=== end .*\n", "", GOOD), "1:1-1:10", id="no end at all"),
        pytest.param(PAIRS, re.sub("=== [0-9] .*\n", "", GOOD), "1:1-1:4", id="no begin at all"),
        pytest.param(PAIRS, "One\n\nText.\n", "1:1-1:4", id="neither"),
        pytest.param(BEGINS, "\nOne\n", "2:1-2:4", id="begins alone, none at all"),
        pytest.param(ENDS, "One\n", "1:1-1:4", id="ends alone, none at all"),
    ],
)  # fmt: skip
def test_the_place_is_the_text_that_lacks_it(
    contract: str, text: str, found: str, check: Callable[..., Result]
) -> None:
    assert brief(check({"INDEX.md": contract, "all.txt": text})) == [f"DL109 all.txt:{found}"]


def test_one_document_in_its_wrapping(check: Callable[..., Result]) -> None:
    contract = (
        index('{begin: "--- BEGIN {title} ---", end: "--- END ---"}').partition("| 1 |")[0] + "| [One](a.txt) | One |\n"
    )
    contract = contract.replace("| ID |", "| Link |")
    text = "A licence.\n--- BEGIN One ---\nOne\n"
    assert brief(check({"INDEX.md": contract, "a.txt": text})) == ["DL109 a.txt:2:1-2:18"]


def test_it_names_both_places(check: Callable[..., Result]) -> None:
    finding = check({"INDEX.md": PAIRS, "all.txt": changed(GOOD, "=== 2 ===", "")}).only()
    assert finding["message"] == "this document has no `begin` line"
    assert (finding["document"], finding["id"]) == ("all.txt", "2")
    assert [place(related) for related in finding["related"]] == ["all.txt:8:1-8:14", "INDEX.md:4:21-4:35"]


def test_text_before_the_first_begin_is_a_document_only_where_one_is_missed(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": BEGINS, "all.txt": "A word before.\n" + GOOD_BEGINS})
    assert brief(result) == ["DL111 all.txt:1:1-1:15"]
