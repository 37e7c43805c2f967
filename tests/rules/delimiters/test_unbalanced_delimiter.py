"""DL110: `begin` and `end` lines that do not pair up."""

from __future__ import annotations

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

NESTED = "=== 1 ===\nOne\n=== 2 ===\nTwo\n=== end 2 ===\nMore.\n=== end 1 ===\n=== 3 ===\nThree\n=== end 3 ===\n"
DOUBLED = f"=== 1 ===\n=== 1 ===\nOne\n=== end 1 ===\nMore.\n=== end 1 ===\n{GOOD[GOOD.index('=== 2') :]}"
CROSSED = "=== 1 ===\nOne\n=== 2 ===\nTwo\n=== end 1 ===\nMore.\n=== end 2 ===\n=== 3 ===\nThree\n=== end 3 ===\n"


@pytest.mark.parametrize(
    ("contract", "text"),
    [
        pytest.param(PAIRS, GOOD.replace("\n===", "\n\n==="), id="blank lines"),
        pytest.param(PAIRS, GOOD.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(PAIRS, GOOD.removesuffix("\n"), id="a last line without a line end"),
        pytest.param(PAIRS, "\ufeff" + GOOD, id="a byte-order mark"),
        pytest.param(PAIRS, GOOD.replace("Text.", "a === 2 === b"), id="inside a line"),
        pytest.param(PAIRS, GOOD.replace("Text.", " === end 7 ==="), id="nearly, inside a document"),
        pytest.param(PAIRS, GOOD.replace("Text.", " === 7 ==="), id="nearly a begin, inside a document"),
        pytest.param(BEGINS, GOOD_BEGINS.replace("Text.", "x" * 5000 + " ==="), id="a long line"),
    ],
)
def test_what_pairs_up(contract: str, text: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": contract, "all.txt": text}).findings == []


@pytest.mark.parametrize(
    ("contract", "text", "found"),
    [
        pytest.param(PAIRS, changed(GOOD, "=== end 1 ===", ""), "1:1-1:10", id="not ended"),
        pytest.param(PAIRS, changed(GOOD, "=== end 2 ===", ""), "6:1-6:10", id="not ended, in the middle"),
        pytest.param(PAIRS, changed(GOOD, "=== end 3 ===", ""), "10:1-10:10", id="not ended, the last"),
        pytest.param(PAIRS, GOOD.replace("\n=== end 3", "\nnot === end 3"), "10:1-10:10", id="text before it"),
        pytest.param(PAIRS, GOOD.replace("=== 2 ===", "=== 2 ===\n=== 2 ==="), "7:1-7:10", id="begun twice"),
        pytest.param(PAIRS, GOOD.replace("=== 2 ===", "=== 2 ===\n\n===  2 ==="), "8:1-8:11", id="begun twice, nearly"),
        pytest.param(PAIRS, GOOD.replace("=== end 2 ===", "=== end 2 ===\n" * 2), "10:1-10:14", id="ended twice"),
        pytest.param(PAIRS, GOOD + "=== end 3 ===\n", "14:1-14:14", id="ended twice, the last"),
        pytest.param(PAIRS, "=== end 1 ===\n" + GOOD, "1:1-1:14", id="ended before it is begun"),
        pytest.param(PAIRS, NESTED, "3:1-3:10", id="nested"),
        pytest.param(PAIRS, NESTED.replace("More.\n", ""), "3:1-3:10", id="nested, both ends together"),
        pytest.param(PAIRS, CROSSED, "5:1-5:14", id="crossed"),
        pytest.param(
            PAIRS,
            CROSSED.replace("Two\n=== end 1 ===\nMore.", "=== end 1 ===\nTwo"),
            "4:1-4:14",
            id="crossed, the end directly behind the begin",
        ),
        pytest.param(PAIRS, DOUBLED, "2:1-2:10", id="two pairs"),
        pytest.param(PAIRS, DOUBLED.replace("More.\n", ""), "2:1-2:10", id="two pairs, both ends together"),
        pytest.param(BEGINS, GOOD_BEGINS.replace("=== 2 ===", "=== 2 ===\n=== 2 ==="), "5:1-5:10", id="begins alone"),
        pytest.param(BETWEEN, GOOD_BETWEEN.replace("%%", "%%\n%%", 1), "6:1-6:3", id="separators"),
        pytest.param(ENDS, GOOD_ENDS.replace("//", "//\n//", 1), "6:1-6:3", id="ends alone"),
        pytest.param(DOC, GOOD_DOC.replace("<DOC>", "<DOC>\n<DOC>", 1), "2:1-2:6", id="begun twice, of two lines"),
        pytest.param(DOC, GOOD_DOC.replace("</DOC>", "</DOC>\n</DOC>", 1), "5:1-5:7", id="ended twice, without an ID"),
        pytest.param(DOC, GOOD_DOC.replace("</DOC>\n", "", 1), "1:1-1:6", id="not ended, without an ID"),
    ],
)  # fmt: skip
def test_the_place_is_the_line_that_does_not_fit(
    contract: str, text: str, found: str, check: Callable[..., Result]
) -> None:
    assert brief(check({"INDEX.md": contract, "all.txt": text})) == [f"DL110 all.txt:{found}"]


@pytest.mark.parametrize(
    ("text", "related"),
    [
        pytest.param(NESTED, ["all.txt:1:1-1:10", "INDEX.md:4:21-4:35"], id="nested"),
        pytest.param(DOUBLED, ["all.txt:1:1-1:10", "INDEX.md:4:21-4:35"], id="doubled"),
        pytest.param(GOOD + "=== end 3 ===\n", ["all.txt:13:1-13:14", "INDEX.md:4:42-4:60"], id="repeated"),
        pytest.param(changed(GOOD, "=== end 3 ===", ""), ["INDEX.md:4:21-4:35"], id="unclosed"),
    ],
)
def test_it_names_the_other_line(text: str, related: list[str], check: Callable[..., Result]) -> None:
    finding = check({"INDEX.md": PAIRS, "all.txt": text}).only()
    assert [place(other) for other in finding["related"]] == related


def test_of_what_is_begun_three_times_and_ended_twice_the_innermost_pair_is_whole(check: Callable[..., Result]) -> None:
    text = GOOD.replace("=== 1 ===\n", "=== 1 ===\n" * 3).replace("=== end 1 ===\n", "=== end 1 ===\n" * 2)
    messages = [(place(found), found["message"]) for found in check({"INDEX.md": PAIRS, "all.txt": text}).findings]
    assert messages == [
        ("all.txt:2:1-2:10", "this `begin` line repeats the one before it"),
        ("all.txt:3:1-3:10", "this `begin` line and its `end` stand inside another pair"),
    ]


def test_two_documents_in_a_row_are_not_ended(check: Callable[..., Result]) -> None:
    text = changed(changed(GOOD, "=== end 1 ===", ""), "=== end 2 ===", "")
    assert brief(check({"INDEX.md": PAIRS, "all.txt": text})) == ["DL110 all.txt:1:1-1:10", "DL110 all.txt:5:1-5:10"]


def test_the_last_two_documents_are_not_ended(check: Callable[..., Result]) -> None:
    text = changed(changed(GOOD, "=== end 2 ===", ""), "=== end 3 ===", "")
    assert brief(check({"INDEX.md": PAIRS, "all.txt": text})) == ["DL110 all.txt:6:1-6:10", "DL110 all.txt:9:1-9:10"]


def test_a_file_of_nothing_but_an_end(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": PAIRS, "all.txt": "=== end 1 ===\n"})
    assert brief(result) == ["DL110 all.txt:1:1-1:14"]


def test_an_end_of_another_id_ends_no_second_pair(check: Callable[..., Result]) -> None:
    text = DOUBLED.replace("end 1 ===\nMore.", "end 4 ===\nMore.")
    assert brief(check({"INDEX.md": PAIRS, "all.txt": text})) == ["DL110 all.txt:2:1-2:10", "DL112 all.txt:4:1-4:14"]


NESTS = {
    "IDs": (
        PAIRS,
        "=== 1 ===\nOne\n=== 2 ===\nTwo\n=== 3 ===\nThree\n=== end 3 ===\n=== end 2 ===\nx\n=== end 1 ===\n",
    ),
    "no IDs": (
        index('{begin: "<DOC>", end: "</DOC>", header: rfc822}', fields="{title: header.title}"),
        (
            "<DOC>\nid: 1\ntitle: One\n\nx\n<DOC>\nid: 2\ntitle: Two\n\nx\n<DOC>\nid: 3\ntitle: Three\n\nx\n"
            "</DOC>\nMore.\n</DOC>\n\n</DOC>\n"
        ),
    ),
}


@pytest.mark.parametrize("name", NESTS)
@pytest.mark.parametrize("more", ["", "Text behind it.\n"], ids=["nothing behind", "text behind"])
def test_three_documents_one_inside_another_are_one_finding(name: str, more: str, check: Callable[..., Result]) -> None:
    contract, text = NESTS[name]
    found = check({"INDEX.md": contract, "all.txt": text + more}).findings
    assert [item["code"] for item in found] == (["DL110", "DL111"] if more else ["DL110"])
    assert found[0]["message"] == "this document begins and ends inside another one"
    lines = [
        line
        for line, words in enumerate(text.split("\n"), 1)
        if words.startswith(("=== ", "<DOC")) and "end" not in words
    ]
    assert found[0]["line"] == lines[1]
    assert [(item["line"], item["message"]) for item in found[0]["related"][:2]] == [
        (lines[0], "the other one begins here"),
        (lines[2], "and in this one begins another"),
    ]


def test_a_nest_leaves_its_neighbours_alone(check: Callable[..., Result]) -> None:
    text = NESTS["IDs"][1].replace("1 ===", "7 ===").replace("2 ===", "8 ===").replace("3 ===", "9 ===")
    result = check({"INDEX.md": PAIRS, "all.txt": changed(GOOD, "=== end 3 ===", "") + text + "=== end 5 ===\n"})
    found = [(item["line"], item["message"]) for item in result.findings if item["code"] == "DL110"]
    assert found == [
        (10, "this document is begun and never ended"),
        (15, "this document begins and ends inside another one"),
        (23, "this `end` line ends nothing"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("=== end 1 ===\n", ["DL110 all.txt:3:1-3:10", "DL110 all.txt:4:1-4:10"], id="in a third one"),
        pytest.param("", ["DL110 all.txt:1:1-1:10", "DL110 all.txt:4:1-4:10"], id="behind one that is not ended"),
    ],
)
def test_two_pairs_with_text_between_their_ends(text: str, found: list[str], check: Callable[..., Result]) -> None:
    doubled = "=== 1 ===\nOne\n=== 2 ===\n=== 2 ===\nTwo\n=== end 2 ===\nMore.\n=== end 2 ===\n"
    text = doubled + text + GOOD[GOOD.index("=== 3 ===") :]
    assert sorted(brief(check({"INDEX.md": PAIRS, "all.txt": text}))) == found
