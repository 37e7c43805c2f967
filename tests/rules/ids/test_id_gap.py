"""ID106."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, place

Check = Callable[..., Result]


def files(spec: str, *names: str, listed: bool = True) -> dict[str, str]:
    rows = "".join(f"| [{name}]({name}.md) | Document {name} |\n" for name in names)
    column = "ID" if listed else "No."
    text = f'---\nmanifest: 1\nname: "{{id}}.md"\nid: {spec}\n---\n\n| {column} | Title |\n| -- | ----- |\n{rows}'
    return {"INDEX.md": text, **{f"{name}.md": f"# Document {name}\n" for name in names}}


@pytest.mark.parametrize(
    ("spec", "names"),
    [
        ("{sequence: true}", ["1", "2", "3"]),
        ("{sequence: true}", ["7", "8"]),
        ("{sequence: true}", ["A-008", "A-009", "A-010"]),
        ("{sequence: true, retired: [2]}", ["1", "3"]),
        ("{sequence: false}", ["1", "9"]),
        ("{sequence: true}", ["1", "two"]),
    ],
    ids=["dense", "not from one", "letters and padding", "a retired one", "not declared", "an ID without a number"],
)
def test_no_hole(spec: str, names: list[str], check: Check) -> None:
    assert check(files(spec, *names)).findings == []


@pytest.mark.parametrize(
    ("names", "words"), [(["1", "3"], "the number 2 is missing before '3'"), (["1", "5"], "the numbers 2 to 4 are")]
)
def test_a_hole_is_found_at_the_entry_behind_it(names: list[str], words: str, check: Check) -> None:
    finding = check(files("{sequence: true}", *names)).only()
    assert finding["code"] == "ID106"
    assert words in finding["message"]
    assert place(finding) == "INDEX.md:10:3-10:12"
    assert place(finding["related"][0]) == "INDEX.md:4:16-4:20"


def test_a_hole_before_a_retired_id_is_found_at_the_last_that_is_used(check: Check) -> None:
    finding = check(files("{sequence: true, retired: [9]}", "1", "2")).only()
    assert (finding["code"], finding["id"]) == ("ID106", "2")
    assert finding["message"] == "the numbers 3 to 8 are missing after '2'"


def test_retired_ids_alone_are_no_sequence(check: Check) -> None:
    assert check(files("{sequence: true, retired: [1, 9]}", "one")).findings == []


def test_a_hole_is_found_in_documents_where_the_index_states_no_ids(check: Check) -> None:
    finding = check(files("{sequence: true}", "1", "3", listed=False)).only()
    assert (finding["code"], place(finding)) == ("ID106", "3.md")


def test_of_an_id_that_stands_twice_the_first_entry_borders_on_the_hole(check: Check) -> None:
    text = files("{sequence: true}", "1", "3")["INDEX.md"].replace('name: "{id}.md"\n', "")
    others = {"1.md": "# Document 1\n", "3.md": "# Document 3\n", "x.md": "# Document 3\n\nText.\n"}
    result = check({"INDEX.md": text + "| [3](x.md) | Document 3 |\n", **others})
    assert [place(finding) for finding in result.findings if finding["code"] == "ID106"] == ["INDEX.md:9:3-9:12"]
