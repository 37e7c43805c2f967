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


BEGIN_LINE, END_LINE = BEGIN + "\n", END + "\n"
SEQUENCES = {
    "b": ["1 begin"], "e": ["1 end"], "be": [], "bebe": [], "eb": ["1 reversed"], "bb": ["2 nested"],
    "bbe": ["2 nested"], "bee": ["3 end"], "bbee": ["2 nested"], "beeb": ["3 reversed"], "ebbe": ["1 end", "3 nested"],
    "ebe": ["1 end"], "beb": ["3 begin"], "bbb": ["2 nested", "3 nested"], "bbebe": ["2 nested", "4 nested"],
    "bbeeb": ["2 nested", "5 begin"], "ee": ["1 end", "2 end"], "ebeb": ["1 end", "4 begin"],
}  # fmt: skip
WORDS = {"begin": "never ended", "end": "never begun", "nested": "inside another", "reversed": "ends before it begins"}


@pytest.mark.parametrize(("markers", "expected"), SEQUENCES.items(), ids=SEQUENCES)
def test_one_cause_gives_one_finding(markers: str, expected: list[str], check: Callable[..., Result]) -> None:
    lines = "".join({"b": BEGIN_LINE, "e": END_LINE}[marker] for marker in markers)
    result = check({"INDEX.md": lines + TABLE, "a.md": "# A\n"})
    assert [finding["line"] for finding in result.findings] == [2 * int(item.split()[0]) - 1 for item in expected]
    assert set(result.codes) <= {"DL115"}
    for finding, item in zip(result.findings, expected, strict=True):
        assert WORDS[item.split()[1]] in finding["message"]


@pytest.mark.parametrize(
    "marker",
    ["<!--indexlint:begin-->", "<!-- indexlint: begin -->", "<!--\nindexlint:begin\n-->", "<!-- INDEXLINT:Begin -->",
     "<!-- indexlint:begin index of notes -->", "<!--- indexlint:begin --->", "  <!-- indexlint:begin -->"],
)  # fmt: skip
def test_the_comment_may_be_written_in_many_ways(marker: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": f"{marker}\n{TABLE}{END}", "a.md": "# A\n"}).findings == []
    assert check({"INDEX.md": f"{marker}\n{TABLE}", "a.md": "# A\n"}).codes == ["DL115"]


FROM, TO = "<!-- list of notes -->\n", "<!-- end of list of notes -->\n"
SECTIONS = {
    "in order": (FROM + TABLE + TO, []),
    "reversed": (TO + TABLE + FROM, ["DL115 INDEX.md:5:1-5:30"]),
    "begin doubled": (FROM + FROM + TABLE + TO, ["DL115 INDEX.md:6:1-6:23"]),
    "begin again inside": (FROM + TABLE + FROM + TO, ["DL115 INDEX.md:11:1-11:23"]),
    "end doubled": (FROM + TABLE + TO + TO, ["DL115 INDEX.md:12:1-12:30"]),
    "end again in front": (TO + FROM + TABLE + TO, ["DL115 INDEX.md:5:1-5:30"]),
    "two sections": (FROM + TABLE + TO + FROM + TO, []),
    "the same section twice": (FROM + TABLE + TO + FROM + TABLE + TO, ["IX106 INDEX.md:16:1-16:14"]),
    "a begin behind": (FROM + TABLE + TO + FROM, ["DL115 INDEX.md:12:1-12:23"]),
    "two ends before the begin": (TO + TO + TABLE + FROM, ["DL115 INDEX.md:5:1-5:30", "DL115 INDEX.md:6:1-6:30"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SECTIONS.values(), ids=SECTIONS)
def test_the_markers_of_a_section_stand_in_a_pair(text: str, expected: list[str], check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\nsection: {begin: list of notes, end: end of list of notes}\n---\n"
    assert brief(check({"INDEX.md": contract + text, "a.md": "# A\n"})) == expected


def test_the_markers_of_a_region_may_bound_the_section(check: Callable[..., Result]) -> None:
    contract = '---\nmanifest: 1\nsection: {begin: "indexlint:begin", end: "indexlint:end"}\n---\n'
    assert check({"INDEX.md": contract + BEGIN + TABLE + END, "a.md": "# A\n"}).findings == []
    assert brief(check({"INDEX.md": contract + END + TABLE + BEGIN, "a.md": "# A\n"})) == ["DL115 INDEX.md:5:1-5:23"]


def test_a_nested_begin_names_the_region_that_is_open(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": "é\n\n" + BEGIN + TABLE + BEGIN + END, "a.md": "# A\n"})
    assert brief(result) == ["DL115 INDEX.md:9:1-9:25"]
    assert result.only()["message"] == "a region begins inside another one"
    assert [place(spot) for spot in result.only()["related"]] == ["INDEX.md:3:1-3:25"]


def test_each_pair_of_a_section_s_markers_bounds_a_part_of_the_index(check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\nsection: {begin: list of notes, end: end of list of notes}\n---\n"
    index = f"{contract}{FROM}{TABLE}{TO}\n- [C](c.md)\n\n{FROM}\n- [B](b.md)\n- [D](d.md)\n\n{TO}"
    result = check({"INDEX.md": index, "a.md": "# A\n", "b.md": "# B\n"})
    assert brief(result) == ["IX103 INDEX.md:18:7-18:11"]
    assert result.report["checked"]["entries"] == 3
