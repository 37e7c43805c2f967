"""ID102: an ID that is not of the pattern."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Files, Result, brief

HEAD = "| ID | Title |\n| -- | ----- |\n"
A = "# A\n"


def _index(pattern: str, *rows: str, more: str = "", source: str = 'name: "{id}.md"') -> str:
    return (
        f"---\nmanifest: 1\ndocuments: \"*.md\"\n{source}\nid: {{pattern: '{pattern}'{more}}}\n---\n{HEAD}"
        + "".join(f"{row}\n" for row in rows)
    )


HEADER = "delimiters: {header: yaml}"
GOOD: dict[str, Files] = {
    "of the pattern": {"INDEX.md": _index("[0-9]{3}", "| [001](001.md) | A |"), "001.md": A},
    "not ASCII": {"INDEX.md": _index("[äöü]+", "| [äö](äö.md) | A |"), "äö.md": A},
    "decomposed": {"INDEX.md": _index("[äöü]+", "| [a\u0308](a\u0308.md) | A |"), "a\u0308.md": A},
    "normalized": {"INDEX.md": _index("[a-f]+", "| [AB](AB.md) | A |", more=", normalize: casefold"), "AB.md": A},
    "padded": {"INDEX.md": _index("[1-9]", "| [007](007.md) | A |", more=", normalize: unpad"), "007.md": A},
    "as written, though not normalized": {
        "INDEX.md": _index("0+[1-9]", "| [007](007.md) | A |", more=", normalize: unpad"), "007.md": A,
    },
    "in code": {"INDEX.md": _index("[a-f]+", "| [`ab`](ab.md) | A |"), "ab.md": A},
    "a pattern that matches nothing and no ID": {"INDEX.md": f"{HEAD}| [x](x.md) | A |\n", "x.md": A},
}  # fmt: skip
BAD = {
    "too short": ("[0-9]{3}", "01"),
    "too long": ("[0-9]{3}", "0012"),
    "a match inside is no match": ("[0-9]", "x1y"),
    "a line end is no part of it": ("[a-z]$", "ab"),
    "upper case": ("[0-9a-f]+", "AB"),
    "other digits": ("[0-9]+", "١٢"),
    "not ASCII": ("[a-z]+", "ä"),
    "very long": ("[0-9]+", "x" * 200),
    "an alternative does not loosen the ends": ("a|b", "ab"),
}


@pytest.mark.parametrize("files", GOOD.values(), ids=GOOD)
def test_an_id_of_the_pattern_is_fine(files: Files, check: Callable[..., Result]) -> None:
    assert check(files).findings == []


@pytest.mark.parametrize(("pattern", "value"), BAD.values(), ids=BAD)
def test_an_id_that_both_sides_state_is_one_finding_in_the_index(
    pattern: str, value: str, check: Callable[..., Result]
) -> None:
    cell = f"[{value}]({value}.md)"
    result = check({"INDEX.md": _index(pattern, f"| {cell} | A |"), f"{value}.md": A})
    assert brief(result) == [f"ID102 INDEX.md:9:3-9:{3 + len(cell)}"]
    finding = result.only()
    assert (finding["id"], finding["document"]) == (value, f"{value}.md")
    assert finding["values"] == {"index": value, "document": value}
    assert [(spot["path"], spot["line"]) for spot in finding["related"]] == [(f"{value}.md", None), ("INDEX.md", 5)]


def test_both_sides_are_the_same_normalized(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": _index("[0-9]+", "| [AB](ab.md) | A |", more=", normalize: casefold"), "ab.md": A}
    assert brief(check(files)) == ["ID102 INDEX.md:9:3-9:14"]


def test_an_id_that_the_index_alone_has_wrong_is_no_mismatch_too(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": _index("[0-9]+", "| [x](1.md) | A |"), "1.md": A})
    assert brief(result) == ["ID102 INDEX.md:9:3-9:12"]
    assert result.only()["values"] == {"index": "x", "document": "1"}
    assert [(spot["path"], spot["line"]) for spot in result.only()["related"]] == [("1.md", None), ("INDEX.md", 5)]


def test_an_id_that_the_document_alone_has_wrong_is_found_there(check: Callable[..., Result]) -> None:
    index = _index("[0-9]+", "| [1](a.md) | A |", source=HEADER)
    result = check({"INDEX.md": index, "a.md": "---\nid: x1\n---\n# A\n"})
    assert brief(result) == ["ID102 a.md:2:5-2:7"]
    finding = result.only()
    assert (finding["id"], finding["values"]) == ("1", {"index": None, "document": "x1"})


def test_an_id_in_a_file_name_has_no_line(check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": _index("[0-9]+", "| [1](x.md) | A |"), "x.md": A})) == ["ID102 x.md"]


def test_name_and_header_that_say_the_same_wrong_thing_are_one_finding(check: Callable[..., Result]) -> None:
    index = _index("[0-9]+", "| [1](x.md) | A |", source=f'name: "{{id}}.md"\n{HEADER}')
    assert brief(check({"INDEX.md": index, "x.md": "---\nid: x\n---\n# A\n"})) == ["ID102 x.md"]


def test_name_and_header_that_say_two_wrong_things_are_two(check: Callable[..., Result]) -> None:
    index = _index("[0-9]+", "| [1](x.md) | A |", source=f'name: "{{id}}.md"\n{HEADER}')
    assert brief(check({"INDEX.md": index, "x.md": "---\nid: y\n---\n# A\n"})) == ["ID102 x.md", "ID102 x.md:2:5-2:6"]


def test_an_id_alone_that_no_document_can_have_is_only_malformed(check: Callable[..., Result]) -> None:
    index = _index("[0-9]+", "| 1 | A |", "| x | B |")
    assert brief(check({"INDEX.md": index, "1.md": A})) == ["ID102 INDEX.md:10:3-10:4"]


def test_a_row_whose_document_is_missing_is_judged_all_the_same(check: Callable[..., Result]) -> None:
    index = _index("[0-9]+", "| [1](1.md) | A |", "| [x](2.md) | B |")
    assert brief(check({"INDEX.md": index, "1.md": A})) == ["ID102 INDEX.md:10:3-10:12", "IX103 INDEX.md:10:7-10:11"]


def test_an_unlisted_document_is_judged_all_the_same(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": _index("[0-9]+", "| [1](1.md) | A |"), "1.md": A, "x.md": "# X\n"})
    assert brief(result) == ["IX104 INDEX.md:9:1-9:18", "ID102 x.md"]


def test_a_name_that_fits_with_an_id_off_the_pattern_is_malformed_and_not_missing(
    check: Callable[..., Result],
) -> None:
    index = _index("[0-9]+", "| [1](x-a.md) | A |", source='name: "{id}-{slug}.md"')
    assert brief(check({"INDEX.md": index, "x-a.md": A})) == ["ID102 x-a.md"]


def test_a_renamed_document_has_no_second_finding(check: Callable[..., Result]) -> None:
    index = _index("[0-9]+", "| [1](1.md) | A |")
    assert check({"INDEX.md": index, "x.md": A}).codes == ["IX105"]


def test_a_pattern_that_explodes_ends_in_time(check: Callable[..., Result]) -> None:
    index = _index("([0-9a-f]+)+x", f"| [{'a' * 60}](a.md) | A |", source=HEADER)
    assert check({"INDEX.md": index, "a.md": "---\nid: 1x\n---\n# A\n"}, "--select", "ID102").codes == ["ID102"]
