"""The short path through a page: wherever it says anything, it says what markdown-it-py says."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validator.index.markdown import parsed
from validator.index.parts import Part, split_lines
from validator.index.plain import plain_parts

LINES = st.sampled_from([
    "", "", " ", "# One", "## Two words", "### Über", "#", "#none", "# a #", "# 1", "####### x", " # x", "# a*b*",
    "# [a](b.md)",
    "Text", "Some more text, with signs: (a) - b.", "1. item", "- item", "\u00a0x", "x\u00a0", "—", "===", "---",
    "***", "a | b",
    "| A | B |", "| - | - |", "|---|:-:|", "| - |", "| 1 | 2 |", "| [a](a.md) | b |", "| 1 |", "|", "||", "| a",
    "  | A | B |",
    "| a \\| b |", "a  ", "> q", "```", "<!-- c -->", "<div>", "    code", "\tx", "x\ty", "[a]: b.md", "a\rb",
    "\ufeffx", "x\ufeff",
    "| A | B | ", "| - | - | ", "Text `code`", "é", "&amp;", "x\u2028y", "+ x", "~~~",
])  # fmt: skip


def shapes(parts: tuple[Part, ...]) -> list[tuple[object, ...]]:
    return [(part.kind, part.first, part.end, part.headings, part.depth) for part in parts]


@given(st.lists(LINES, max_size=9).map("\n".join), st.sampled_from(["", "\n", "\n\n"]))
@example("# One\n\nText\n\n| A | B |\n| - | - |\n| 1 | 2 |\n", "")
@example("# One\n| A |\n| - |\n## Two\nText\nmore", "\n")
def test_it_says_what_the_parser_says(page: str, end: str) -> None:
    lines = split_lines((page + end).encode().decode("latin-1"), 0)
    found = plain_parts(lines)
    if found is not None:
        assert shapes(found) == shapes(parsed(lines, frozenset()).parts)


def test_a_plain_page_is_read() -> None:
    page = "# Notes\n\nSome text\nover two lines.\n\n## Table\n\n| A | B |\n| :- | -: |\n| [a](a.md) | `b` |\n\nMore.\n"
    found = plain_parts(split_lines(page, 0))
    assert found is not None
    assert shapes(found) == [
        ("heading", 0, 1, ("Notes",), 0),
        ("paragraph", 2, 4, ("Notes",), 0),
        ("heading", 5, 6, ("Notes", "Table"), 0),
        ("table", 7, 10, ("Notes", "Table"), 0),
        ("paragraph", 11, 12, ("Notes", "Table"), 0),
    ]


@pytest.mark.parametrize(
    "line", ["- a", "> a", "```", "<p>", "[a](b.md)", "Text *here*", "| a |", "    a", "1. a", "==="]
)
def test_any_other_line_is_the_parser_s(line: str) -> None:
    assert plain_parts(split_lines(f"# Notes\n\n{line}\n", 0)) is None
