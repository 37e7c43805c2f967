"""Indexes in JSON: the place of every value; of broken text as much as can be read."""

from __future__ import annotations

import pytest

from tests.index.conftest import faults, place_of, read, said, targets
from validator.compose import MAX_DEPTH
from validator.model import Index

BROKEN = {
    "a comma behind the last item": (
        '[{"path": "a.md"},]', ["a.md"], "1:18-1:19", "a comma stands behind the last value",
    ),
    "no comma": ('[{"path": "a.md"} {"path": "b.md"}]', ["a.md"], "1:19-1:20", "`,` or `]` was expected here"),
    "a comma too many": ('[{"path": "a.md"},,{"path": "b.md"}]', ["a.md"], "1:19-1:20", "a value was expected here"),
    "never closed": ('[\n{"path": "a.md"}', ["a.md"], "1:1-1:2", "the `[` that stands here is never closed"),
    "an object never closed": ('[\n{"path": "a.md"', ["a.md"], "2:1-2:2", "the `{` that stands here is never closed"),
    "ends behind a comma": ('[{"path": "a.md",', ["a.md"], "1:2-1:3", "the `{` that stands here is never closed"),
    "ends behind a colon": (
        '[{"path": "a.md", "x": ', ["a.md"], "1:24-1:24", "the text ends before its last value does",
    ),
    "a string never closed": (
        '[{"path": "a.md"}, {"path": "b.md\n}]', ["a.md"], "1:29-1:30",
        "this string is never closed; a line end cannot stand in it",
    ),
    "single quotes": ("[{'path': 'a.md'}]", [], "1:3-1:4", "a key in double quotes was expected here"),
    "a value in single quotes": ("['a.md']", [], "1:2-1:3", "a string stands in double quotes"),
    "a comment": ('// all\n["a.md"]', [], "1:1-1:2", "JSON has no comments"),
    "a bare key": ('{path: "a.md"}', [], "1:2-1:3", "a key in double quotes was expected here"),
    "no colon": ('{"path" "a.md"}', [], "1:9-1:10", "a key is followed by a colon"),
    "another escape": (r'["a.md", "\x"]', ["a.md"], "1:11-1:13", r"'\\x' is no escape of JSON"),
    "text behind the end": ('["a.md"] x', [], "1:10-1:11", "the value ends before this"),
    "a word": ("[nothing]", [], "1:2-1:3", "a value was expected here"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "where", "reason"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_has_a_place_and_what_stands_before_it_is_read(
    text: str, expected: list[str], where: str, reason: str
) -> None:
    index = read(text, "index.json")
    assert targets(index) == expected
    assert faults(index) == [("index-syntax", where)]
    assert index.faults[0].detail[0] == reason


def test_nesting_has_a_limit() -> None:
    index = read("[" * 100_000, "index.json")
    assert faults(index) == [("too-deep", f"1:{MAX_DEPTH + 1}-1:{MAX_DEPTH + 2}")]


def catalog() -> Index:
    first = '  {"path": "a.md", "title": "Grüße", "n": 12, "none": null, "é": {"x": true}},'
    return read(f'{{"docs": [\n{first}\n  {{"path": "b.md"}}\n]}}\n', "catalog.json")


def test_values_stand_at_their_places() -> None:
    index = catalog()
    first, second = index.entries
    assert said(index) == [("a.md", "Grüße", "12", "", "true"), ("b.md", None, None, None, None)]
    names = ("path", "title", "n", "none", "é.x", "link.target", "link.text")
    assert [place_of(index, first, name) for name in names] == [
        "2:12-2:18", "2:29-2:36", "2:43-2:45", "2:55-2:59", "2:72-2:76", "2:12-2:18", "2:3-2:78",
    ]  # fmt: skip
    assert place_of(index, second, "title") == "3:3-3:19"
    assert place_of(index, second, None) == "3:3-3:19"


def test_a_byte_order_mark_and_nothing_else_is_no_fault() -> None:
    assert targets(read('\ufeff["a.md"]', "index.json")) == ["a.md"]
    assert faults(read(" \n", "index.json")) == []
