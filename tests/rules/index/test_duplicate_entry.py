"""IX106: two entries name one document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Files, Result, brief

TABLE = "| Title |\n| ----- |\n| [A](a.md) |\n"
FRONT = '---\nmanifest: 1\ndocuments: "*.md"\nname: "{id}.md"\nid: {column: ID}\n---\n| ID | Title |\n| -- | ----- |\n'
ONCE: dict[str, Files] = {
    "a list that mentions what a table lists": {"INDEX.md": f"{TABLE}\n- [A again](a.md)\n"},
    "a paragraph that does": {"INDEX.md": f"[A](a.md)\n\n{TABLE}"},
    "prose that does": {"INDEX.md": f"{TABLE}\nBegin with [A](a.md).\n"},
    "a second link of the row": {"INDEX.md": "| Title |\n| ----- |\n| [A](a.md) [text](a.md) |\n"},
    "both sides of a merge conflict": {
        "INDEX.md": f"{TABLE[:-14]}<<<<<<< HEAD\n| [A](a.md) |\n=======\n| [A](a.md) |\n>>>>>>> other\n",
    },
    "names that differ in case": {"INDEX.md": f"{TABLE}| [A](A.md) |\n", "A.md": "# B\n"},
}
TWICE = {
    "the same row": (f"{TABLE}| [A](a.md) |\n", "4:1-4:14"),
    "another anchor": (f"{TABLE}| [A](a.md#x) |\n", "4:1-4:16"),
    "another way to write it": (f"{TABLE}| [A](./%61.md) |\n", "4:1-4:18"),
    "in a second table": (f"{TABLE}\n# More\n\n| File |\n| ---- |\n| [A](a.md) |\n", "9:1-9:14"),
    "in a list": ("- [A](a.md)\n- [A](a.md)\n", "2:1-2:12"),
    "in paragraphs": ("[A](a.md)\n\n[A](a.md)\n", "3:1-3:10"),
}


@pytest.mark.parametrize("files", ONCE.values(), ids=ONCE)
def test_what_is_listed_once_is_fine(files: Files, check: Callable[..., Result]) -> None:
    assert check({"a.md": "# A\n", **files}, "--select", "IX106,ID").findings == []


@pytest.mark.parametrize(("index", "where"), TWICE.values(), ids=TWICE)
def test_what_is_listed_twice_is_found_at_the_second_row(index: str, where: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": index, "a.md": "# A\n"})
    assert brief(result) == [f"IX106 INDEX.md:{where}"]
    finding = result.only()
    assert finding["document"] == "a.md"
    assert [spot["path"] for spot in finding["related"]] == ["INDEX.md", "a.md"]
    assert finding["related"][0]["line"] < finding["line"]


def test_each_further_row_is_one_finding(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{TABLE}| [A](a.md) |\n| [A](a.md) |\n", "a.md": "# A\n"})
    assert brief(result) == ["IX106 INDEX.md:4:1-4:14", "IX106 INDEX.md:5:1-5:14"]
    assert {finding["related"][0]["line"] for finding in result.findings} == {3}


def test_a_row_pasted_with_its_id_is_a_duplicate_entry_and_no_duplicate_id(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT}| [1](1.md) | A |\n| [1](1.md) | A |\n", "1.md": "# A\n"})
    assert brief(result) == ["IX106 INDEX.md:10:1-10:18"]
    assert result.only()["id"] == "1"


def test_a_row_by_id_repeats_one_by_link(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT}| [1](1.md) | A |\n| 1 | A |\n", "1.md": "# A\n"})
    assert brief(result) == ["IX106 INDEX.md:10:1-10:10"]


def test_a_row_pasted_with_another_id_has_the_wrong_link(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT}| [1](1.md) | A |\n| [2](1.md) | B |\n", "1.md": "# A\n", "2.md": "# B\n"})
    assert brief(result) == ["IX108 INDEX.md:10:7-10:11"]


def test_where_documents_state_no_id_a_pasted_link_is_a_duplicate_entry(check: Callable[..., Result]) -> None:
    index = "| ID | File |\n| -- | ---- |\n| 1 | [A](a.md) |\n| 2 | [A](a.md) |\n"
    assert brief(check({"INDEX.md": index, "a.md": "# A\n"})) == ["IX106 INDEX.md:4:1-4:18"]


def test_two_rows_of_a_file_that_is_left_out(check: Callable[..., Result]) -> None:
    front = '---\nmanifest: 1\ndocuments: ["*.md", "!b.md"]\n---\n'
    rows = "| [B](b.md) |\n" * 2
    result = check({"INDEX.md": front + TABLE + rows, "a.md": "# A\n", "b.md": "# B\n"})
    assert brief(result) == ["IX112 INDEX.md:8:7-8:11", "IX106 INDEX.md:9:1-9:14"]


def test_an_id_off_the_pattern_is_said_once_for_a_row_that_stands_twice(check: Callable[..., Result]) -> None:
    front = FRONT.replace("column: ID", 'column: ID, pattern: "[0-9]"')
    result = check({"INDEX.md": f"{front}| [x](x.md) | A |\n| [x](x.md) | A |\n", "x.md": "# A\n"})
    assert brief(result) == ["ID102 INDEX.md:9:3-9:12", "IX106 INDEX.md:10:1-10:18"]


@pytest.mark.parametrize(
    ("between", "is_told"),
    [pytest.param("", False, id="one table"), pytest.param("\n## More\n\n| F |\n| - |\n", True, id="two")],
)
def test_of_two_tables_one_may_be_no_part_of_the_index(
    between: str, *, is_told: bool, render_example: Callable[[str, str], str]
) -> None:
    shown = render_example(f"-- INDEX.md --\n{TABLE}{between}| [A](a.md) |\n-- a.md --\n# A\n", "full")
    assert "help: remove one of the two rows" in shown
    assert ("name the other in `section`" in shown) == is_told
