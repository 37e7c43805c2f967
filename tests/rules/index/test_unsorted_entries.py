"""IX109."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Result, place
from validator.model import Entry, Pair, Span
from validator.sequences import _longest_run, _misplaced_in, natural

Check = Callable[..., Result]


def files(order: str, *tables: list[str]) -> dict[str, str]:
    """One table a list of IDs, the documents besides."""
    text = f'---\nmanifest: 1\nname: "{{id}}.md"\norder: {order}\n---\n'
    for table in tables:
        rows = "".join(f"| [{name}]({name}.md) | Document {name} |\n" for name in table)
        text += f"\n# Part\n\n| ID | Title |\n| -- | ----- |\n{rows}"
    documents = {f"{name}.md": f"# Document {name}\n" for table in tables for name in table}
    return {"INDEX.md": text, **documents}


@pytest.mark.parametrize(
    ("order", "tables"),
    [
        ("id", [["1", "2", "10"]]),
        ("id", [["a2", "A10", "b1"]]),
        ("-id", [["10", "2", "1"]]),
        ("id", [["5", "6"], ["1", "2"]]),
        ("title", [["1", "2", "10"]]),
        ("id", [["1"]]),
    ],
    ids=["numbers as numbers", "case aside", "descending", "each table on its own", "a column", "one entry"],
)
def test_order_is_kept(order: str, tables: list[list[str]], check: Check) -> None:
    assert check(files(order, *tables)).findings == []


def test_a_row_that_only_holds_a_place_is_no_entry(check: Check) -> None:
    corpus = files("id", ["1", "2"])
    corpus["INDEX.md"] = corpus["INDEX.md"].replace("| [2]", "| 9 | reserved |\n| [2]")
    assert check(corpus).findings == []


@pytest.mark.parametrize(
    ("order", "names", "row"),
    [("id", ["1", "9", "2", "3"], 1), ("id", ["2", "3", "4", "1"], 3), ("-id", ["4", "1", "3", "2"], 1)],
    ids=["too early", "too late", "descending"],
)
def test_the_one_entry_that_has_to_move_is_named(order: str, names: list[str], row: int, check: Check) -> None:
    finding = check(files(order, names)).only()
    assert finding["code"] == "IX109"
    assert finding["id"] == names[row]
    assert finding["line"] == 11 + row
    assert [related["path"] for related in finding["related"]] == ["INDEX.md", "INDEX.md"]


@pytest.mark.parametrize(
    ("order", "names", "where"),
    [
        ("id", ["1", "9", "2", "3"], "'9' is out of order: it stands in front of '2'"),
        ("id", ["9", "1", "2", "3"], "'9' is out of order: it stands in front of '1'"),
        ("id", ["2", "3", "4", "1"], "'1' is out of order: it stands behind '4'"),
        ("id", ["2", "3", "1", "4"], "'1' is out of order: it stands behind '3'"),
        ("-id", ["4", "1", "3", "2"], "'1' is out of order: it stands in front of '3'"),
        ("-id", ["4", "3", "9", "2"], "'9' is out of order: it stands behind '3'"),
    ],
)
def test_it_names_the_entry_on_the_wrong_side_of_which_it_stands(
    order: str, names: list[str], where: str, check: Check
) -> None:
    finding = check(files(order, names)).only()
    assert where in finding["message"]
    other = where.rpartition(" ")[2].strip("'")
    assert finding["related"][0]["line"] == 11 + names.index(other)


@given(st.lists(st.integers(0, 9)), st.booleans())
def test_each_stands_on_the_wrong_side_of_another(numbers: list[int], descending: bool) -> None:  # noqa: FBT001
    entries = [(Pair(Entry(0, Span(0, 0), (), ()), "linked", None), str(number)) for number in numbers]
    for found in _misplaced_in(entries, descending=descending):
        own, other = int(found.value), int(found.other_value)
        assert own != other
        assert (own > other) is (descending is found.behind)


def test_an_order_by_a_field_that_is_none_is_an_error_of_the_contract(check: Check) -> None:
    corpus = files("titel\nfields: {title: heading}", ["1"])
    finding = check(corpus).only()
    assert finding["code"] == "CF101"
    assert place(finding) == "INDEX.md:4:8-4:13"
    assert "did you mean 'title'" in finding["message"]


@given(st.lists(st.integers(0, 9)))
def test_the_run_that_stays_is_in_order_and_none_is_longer(numbers: list[int]) -> None:
    keys = [natural(str(number)) for number in numbers]
    kept = _longest_run(keys)
    assert kept == sorted(set(kept))
    assert all(keys[a] <= keys[b] for a, b in pairwise(kept))
    best = [1] * len(keys)
    for later in range(len(keys)):
        best[later] = 1 + max((best[earlier] for earlier in range(later) if keys[earlier] <= keys[later]), default=0)
    assert len(kept) == max(best, default=0)
