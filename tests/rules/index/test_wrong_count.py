"""IX110."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, place

Check = Callable[..., Result]
TABLE = "| Title |\n| ----- |\n| [A](a.md) |\n| [B](b.md) |\n"
DOCUMENTS = {"a.md": "# A\n", "b.md": "# B\n"}


def files(sentence: str, pattern: str = "'has ([0-9,]+) documents'") -> dict[str, str]:
    return {"INDEX.md": f"---\nmanifest: 1\ncount: {pattern}\n---\n\n{sentence}\n\n{TABLE}", **DOCUMENTS}


@pytest.mark.parametrize("sentence", ["It has 2 documents.", "Éh, it has 2 documents."])
def test_the_real_number_is_right(sentence: str, check: Check) -> None:
    assert check(files(sentence)).findings == []


def test_no_number_is_no_wrong_one(check: Check) -> None:
    assert check(files("It says nothing.")).codes == ["CF102"]


def test_the_number_of_documents_will_do_where_one_is_not_listed(check: Check) -> None:
    codes = check({**files("It has 3 documents."), "c.md": "# C\n"}).codes
    assert codes == ["IX104"]


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("It has 5 documents.", "INDEX.md:6:8-6:9"),
        ("Éh, it has 12 documents.", "INDEX.md:6:12-6:14"),
        ("It has 1,002 documents.", "INDEX.md:6:8-6:13"),
        ("It has , documents.", "INDEX.md:6:8-6:9"),
    ],
)
def test_another_number_is_found_where_it_stands(sentence: str, where: str, check: Check) -> None:
    finding = check(files(sentence)).only()
    assert (finding["code"], finding["severity"]) == ("IX110", "warning")
    assert place(finding) == where


@pytest.mark.parametrize("pattern", ["'has [0-9]+'", "'(has) ([0-9]+)'", "'(?=x)'"], ids=["no group", "two", "no RE2"])
def test_a_pattern_that_finds_no_one_number_is_an_error_of_the_contract(pattern: str, check: Check) -> None:
    result = check(files("It has 2 documents.", pattern))
    assert (result.code, result.only()["code"], place(result.only()).split("-")[0]) == (2, "CF101", "INDEX.md:3:8")
