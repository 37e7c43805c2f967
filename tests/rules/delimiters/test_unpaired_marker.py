"""DL115: a marker of a generated region that has no partner."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place

BEGIN, END = "<!-- indexlint:begin -->\n", "<!-- indexlint:end -->\n"
TABLE = "\n| Title |\n| ----- |\n| [A](a.md) |\n\n"


@pytest.mark.parametrize(
    "index",
    [
        pytest.param(TABLE, id="no marker"),
        pytest.param(BEGIN + TABLE + END, id="a pair"),
        pytest.param(BEGIN + TABLE + END + "\n" + BEGIN + "Text.\n" + END, id="two pairs"),
        pytest.param(TABLE + "```\n" + BEGIN + "```\n", id="in code"),
        pytest.param(TABLE + "Write `<!-- indexlint:begin -->` above it.\n", id="in a code span"),
        pytest.param(TABLE + "<!-- indexlint:beginning -->\n", id="another word"),
    ],
)
def test_markers_in_pairs_are_fine(index: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index, "a.md": "# A\n"}).findings == []


@pytest.mark.parametrize(
    ("index", "where", "message"),
    [
        pytest.param(BEGIN + TABLE, "1:1-1:25", "this region is never ended", id="begin alone"),
        pytest.param(TABLE + "  " + END, "6:3-6:25", "this region was never begun", id="end alone"),
        pytest.param(BEGIN + TABLE + END + END, "8:1-8:23", "this region was never begun", id="end doubled"),
    ],
)
def test_the_place_is_the_marker(index: str, where: str, message: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": index, "a.md": "# A\n"})
    assert brief(result) == [f"DL115 INDEX.md:{where}"]
    assert result.only()["message"] == message
    assert result.only()["related"] == []


def test_a_nested_begin_names_the_region_that_is_open(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": "é\n\n" + BEGIN + TABLE + BEGIN + END, "a.md": "# A\n"})
    assert brief(result) == ["DL115 INDEX.md:9:1-9:25"]
    assert result.only()["message"] == "a region begins inside another one"
    assert [place(spot) for spot in result.only()["related"]] == ["INDEX.md:3:1-3:25"]
