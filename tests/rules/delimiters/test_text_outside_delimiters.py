"""DL111: text between or around delimited documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief
from tests.rules.delimiters.several import BEGINS, DOC, GOOD, GOOD_BEGINS, GOOD_DOC, PAIRS

WRAPPED = """---
manifest: 1
documents: "*.txt"
delimiters:
  begin:
    - "*** START OF THE PROJECT GUTENBERG EBOOK {title} ***"
    - "*** START OF THIS PROJECT GUTENBERG EBOOK {title} ***"
    - "*** START OF THE PROJECT GUTENBERG EBOOK, {title} ***"
  end:
    - "*** END OF THE PROJECT GUTENBERG EBOOK {title} ***"
    - "*** END OF THIS PROJECT GUTENBERG EBOOK {title} ***"
    - "*** END OF THE PROJECT GUTENBERG EBOOK, {title} ***"
fields:
  title: {document: begin.title}
  bytes: {document: content.bytes}
---
| Title | Bytes |
| ----- | ----- |
| [PETER](peter.txt) | 16 |
"""
BOOK = """The eBook of Peter

*** START OF THE PROJECT GUTENBERG EBOOK PETER ***

PETER

A tale.
*** END OF THE PROJECT GUTENBERG EBOOK PETER ***

*** START: FULL LICENSE ***

The licence.
"""


@pytest.mark.parametrize(
    "book",
    [
        pytest.param(BOOK, id="with a licence behind it"),
        pytest.param(BOOK.replace(" OF THE ", " OF THIS "), id="this"),
        pytest.param(BOOK.replace("EBOOK P", "EBOOK, P"), id="with a comma"),
        pytest.param(BOOK[BOOK.index("***") :], id="nothing before it"),
        pytest.param(BOOK.replace("\n*** START: FULL LICENSE ***\n\nThe licence.\n", ""), id="nothing behind it"),
    ],
)
def test_what_somebody_else_put_around_a_single_document(book: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": WRAPPED, "peter.txt": book})
    assert result.findings == []
    assert result.report["checked"]["documents"] == 1


def test_what_it_states_is_its_own(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": WRAPPED, "peter.txt": BOOK.replace("A tale.", "A tail!!")})
    assert brief(result) == ["CT102 INDEX.md:19:24-19:26"]
    result = check({"INDEX.md": WRAPPED, "peter.txt": BOOK.replace("K PETER *", "K PAUL *")})
    assert brief(result) == ["MT108 INDEX.md:19:3-19:21"]


@pytest.mark.parametrize(
    ("contract", "text"),
    [
        pytest.param(PAIRS, GOOD.replace("\n\n", "\n \t\n\n\n"), id="blank lines"),
        pytest.param(BEGINS, "\n\n" + GOOD_BEGINS, id="blank lines in front"),
        pytest.param(PAIRS, "\ufeff\n" + GOOD + "\n\n", id="blank lines around"),
    ],
)
def test_blank_lines_are_no_text(contract: str, text: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": contract, "all.txt": text}).findings == []


@pytest.mark.parametrize(
    ("contract", "text", "found"),
    [
        pytest.param(PAIRS, "Before.\n" + GOOD, "1:1-1:8", id="before"),
        pytest.param(PAIRS, "\ufeffBefore.\n" + GOOD, "1:1-1:8", id="before, with a byte-order mark"),
        pytest.param(PAIRS, GOOD + "\nBehind.\nMore.\n", "15:1-16:6", id="behind"),
        pytest.param(PAIRS, GOOD.replace("\n\n", "\n  Between.\n\n"), "5:1-5:11", id="between"),
        pytest.param(PAIRS, GOOD.replace("\n\n", "\n === end 1 ===\n"), "5:1-5:15", id="nearly an end"),
        pytest.param(BEGINS, "Before.\n\n" + GOOD_BEGINS, "1:1-1:8", id="begins alone"),
        pytest.param(DOC, "Before.\n" + GOOD_DOC, "1:1-1:8", id="without an ID in the line"),
    ],
)
def test_the_place_is_the_text(contract: str, text: str, found: str, check: Callable[..., Result]) -> None:
    finding = check({"INDEX.md": contract, "all.txt": text}).only()
    assert finding["id"] is None
    assert brief(check({"INDEX.md": contract, "all.txt": text})) == [f"DL111 all.txt:{found}"]


def test_text_in_two_places_is_two_findings(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": PAIRS, "all.txt": "Before.\n" + GOOD + "Behind.\n"})
    assert brief(result) == ["DL111 all.txt:1:1-1:8", "DL111 all.txt:15:1-15:8"]


def test_an_ignore_takes_it_away(check: Callable[..., Result]) -> None:
    contract = PAIRS.replace("fields:", "ignore: [{rule: DL111, reason: notes to the printer}]\nfields:")
    assert check({"INDEX.md": contract, "all.txt": "Before.\n" + GOOD}).findings == []
