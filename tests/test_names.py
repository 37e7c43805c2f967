"""File-name templates: what they capture and where, and which cannot be read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.names import TemplateError, template


@pytest.mark.parametrize(
    ("source", "path", "expected"),
    [
        ("{id}.md", "a.md", {"id": ("a", 0)}),
        ("{id}.md", "sub/a.md", {"id": ("a", 4)}),
        ("{id}.md", "a.txt", None),
        ("{id}.md", ".md", None),
        ("{ordinal:03}_{id}.txt", "000_44.txt", {"ordinal": ("000", 0), "id": ("44", 4)}),
        ("{ordinal:03}_{id}.txt", "1234_44.txt", {"ordinal": ("1234", 0), "id": ("44", 5)}),
        ("{ordinal:03}_{id}.txt", "12_44.txt", None),
        ("{ordinal:03}_{id}.txt", "x12_44.txt", None),
        ("{id}-{slug}.md", "1-a-b.md", {"id": ("1", 0), "slug": ("a-b", 2)}),
        ("CIP-{id}/README.md", "x/CIP-0001/README.md", {"id": ("0001", 6)}),
        ("CIP-{id}/README.md", "README.md", None),
        ("{id}.md", "ä.md", {"id": ("ä", 0)}),
        ("{a}-{b}-{c}-{d}.md", "1-2-3-4.md", {"a": ("1", 0), "b": ("2", 2), "c": ("3", 4), "d": ("4", 6)}),
        ("{a}-{b}-{c}-{d}.md", "1-2-3.md", None),
        ("{id}+(x).md", "1+(x).md", {"id": ("1", 0)}),
        ("{a}-{b}-{c}.md", "é-😀-c.md", {"a": ("é", 0), "b": ("😀", 2), "c": ("c", 4)}),
        ("{id}.md", "\udcff.md", {"id": ("\udcff", 0)}),
        ("{a}-{b}-{c}.md", "\udcff-b-c.md", {"a": ("\udcff", 0), "b": ("b", 2), "c": ("c", 4)}),
        ("{id}.md", "a\nb.md", {"id": ("a\nb", 0)}),
        ("{id}.md", "a.md\n", None),
    ],
)
def test_what_a_template_captures(source: str, path: str, expected: dict[str, tuple[str, int]] | None) -> None:
    assert template(source).match(path) == expected


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a.md", "no field"),
        ("{id}{slug}.md", "nothing stands between"),
        ("{id}-{id}.md", "stands twice"),
        ("{id", "a field is written"),
        ("{id:3}.md", "a field is written"),
        ("{}.md", "a field is written"),
        ("{id:00}.md", "a field is written"),
        ("{id:0100}.md", "a field is written"),
    ],
)
def test_a_template_that_cannot_be_read_says_why(source: str, words: str) -> None:
    with pytest.raises(TemplateError, match=words):
        template(source)


@pytest.mark.parametrize("source", ["{a}-{b}.md", "{a}-{b}-{c}.md", "{a}-{b}-{c}-{d}-{e}-{f}.md"])
def test_a_hostile_name_takes_no_long_time(source: str) -> None:
    started = time.process_time()
    assert template(source).match("-" * 4000) is None
    assert time.process_time() - started < 1


NAME = st.text(st.characters(codec="utf-8", exclude_characters="/_."), min_size=1, max_size=8)


@given(st.integers(0, 10**6), NAME)
def test_what_is_put_in_comes_out(number: int, name: str) -> None:
    path = f"x/{number:03}_{name}.txt"
    captured = template("{ordinal:03}_{id}.txt").match(path)
    assert captured == {"ordinal": (f"{number:03}", 2), "id": (name, path.index("_") + 1)}
