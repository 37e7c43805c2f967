"""DL112: a line of a body that reads as a delimiter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place
from tests.rules.delimiters.several import GOOD, PAIRS


@pytest.mark.parametrize("line", ["> === 7 ===", "=== 7 === is a line", "=== end 7 === is a line", "== 7 ==", "==="])
def test_other_lines_of_a_body(line: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": PAIRS, "all.txt": GOOD.replace("Text.", line)}).findings == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("=== 7 ===", "8:1-8:10", id="a begin"),
        pytest.param("=== 7 ===\nMore.", "8:1-8:10", id="a begin, and text behind it"),
        pytest.param("=== 2 ===", "8:1-8:10", id="its own begin"),
        pytest.param("=== end 7 ===", "8:1-8:14", id="an end"),
        pytest.param("=== end 7 ===\nMore.", "8:1-8:14", id="an end, and text behind it"),
        pytest.param("=== end 2 ===\nMore.", "8:1-8:14", id="its own end, and text behind it"),
    ],
)
def test_the_place_is_the_line(line: str, found: str, check: Callable[..., Result]) -> None:
    text = GOOD.replace("Two\nText.", f"Two\n{line}")
    assert brief(check({"INDEX.md": PAIRS, "all.txt": text})) == [f"DL112 all.txt:{found}"]


def test_the_document_is_whole(check: Callable[..., Result]) -> None:
    text = GOOD.replace("Two\nText.", "Two\n=== 7 ===\nText.")
    contract = PAIRS.replace("fields: {title: first-line}", "fields: {title: content.lines}").replace("Two", "3")
    result = check({"INDEX.md": contract.replace("One", "2").replace("Three", "2"), "all.txt": text})
    assert brief(result) == ["DL112 all.txt:8:1-8:10"]


def test_it_names_the_line_that_ends_the_document(check: Callable[..., Result]) -> None:
    text = GOOD.replace("Two\nText.", "Two\n=== end 7 ===\nText.")
    finding = check({"INDEX.md": PAIRS, "all.txt": text}).only()
    assert finding["id"] == "2"
    assert [place(related) for related in finding["related"]] == ["all.txt:10:1-10:14", "INDEX.md:4:42-4:60"]
