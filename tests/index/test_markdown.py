"""Our reader against markdown-it-py: on whatever hypothesis invents, the same blocks, cells, links and lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from tests.index.conftest import resolve
from validator.index.lists import read_item
from validator.index.markdown import outline
from validator.index.parts import Lines, Outline, Part
from validator.index.table import cell_span, is_separator, read_table
from validator.markdown import parser, read_children
from validator.text import real

PIECES = (
    "a", "B c", "é", "日本", "Ünï cödé", " ", "\t", "\u00a0", "\u3000", "7", "-", "x_y_z", "100%", "%41",
    r"\|", "`a|b`", r"`a\|b`", "``x`y``", "` z `", "`", "*em*", "**bold**", "*", "_u_", "~~gone~~", "~~",
    "&amp;", "&nbsp;", "&#124;", "&", "\\", r"\*", r"\\", "[", "]", "(", ")", "](", "!", "<", ">",
    "[t](x.md)", "[ü](ü.md)", "[a b](x%20y.md)", "[t](<x y.md>)", '[t](x.md "title")', "[t](x.md#part)", "[](x.md)",
    "[t](javascript:x)", "[t](file:///x)", "[t](x\x01.md)", "[t](HTTP://É.example/x)", "[t](a&amp;b.md)",
    "[t](a\\_b.md)",
    "[t][ref]", "[ref]", "[T][]", "[`c`](x.md)", "[*e*](x.md)", "[a ![i](i.png)](x.md)", "![alt](i.png)", "![alt][ref]",
    "<https://example.org/>", "<br />", "<br>", "<code>c</code>", "<!-- hidden -->", "<!--", "-->", "?>", "]]>",
    "</script>", "\u2028", "\x0c", "\x85", "=", "#", "`|`", "|",
)  # fmt: skip
INLINE = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
WORDS = st.sampled_from(("one", "two words", "drei", "[t](x.md)", "`code`", "é"))


@st.composite
def rows(draw: st.DrawFn) -> str:
    """A table row, with or without the outer pipes."""
    cells = draw(st.lists(INLINE, min_size=1, max_size=4))
    blank = draw(st.sampled_from(("", " ", "  ")))
    inner = "|".join(f"{blank}{cell}{blank}" for cell in cells)
    return draw(st.sampled_from(("|{}|", "|{}", "{}|", " |{}|  ", "   | {} |", "{}"))).format(inner)


@st.composite
def plain_rows(draw: st.DrawFn) -> list[str]:
    """A run of rows that is long enough for most of it not to be shown to the parser."""
    cells = draw(st.lists(WORDS, min_size=1, max_size=3))
    return [f"| {' | '.join(cells)} {number} |" for number in range(draw(st.integers(0, 6)))]


@st.composite
def tables(draw: st.DrawFn) -> list[str]:
    width = draw(st.integers(1, 3))
    header = "| " + " | ".join(draw(st.lists(INLINE, min_size=width, max_size=width))) + " |"
    marks = draw(st.lists(st.sampled_from(("---", ":-", "-:", ":-:", "-", " --- ")), min_size=width, max_size=width))
    separator = draw(st.sampled_from(("|{}|", "{}", "| {} |", "  |{}"))).format("|".join(marks))
    body = draw(st.lists(st.one_of(rows().map(lambda row: [row]), plain_rows()), max_size=4))
    first, rest = draw(
        st.sampled_from((("", ""),) * 6 + (("  ", "  "), ("    ", "    "), ("- ", "  "), ("1) - ", "     ")))
    )
    return [first + header, *(rest + line for line in (separator, *(row for part in body for row in part)))]


@st.composite
def items(draw: st.DrawFn) -> list[str]:
    """Items of any kind, nested or not, plain runs among them, lazy and indented lines behind them."""
    found: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        bullet = draw(st.sampled_from(("- ", "* ", "+ ", "1. ", "12) ", "  - ", "    - ", "- - ", "-   ", "-\t")))
        if draw(st.booleans()):
            found += [f"{bullet}[t{number}](x{number}.md)" for number in range(draw(st.integers(0, 6)))]
        else:
            found.append(bullet + draw(INLINE))
            found += draw(
                st.lists(st.sampled_from(("  more", "lazy", "", "  | a | b |", "| a |", "| b |")), max_size=3)
            )
    return found


def block(*lines: str) -> st.SearchStrategy[list[str]]:
    return st.just(list(lines))


@st.composite
def enclosed(draw: st.DrawFn) -> list[str]:
    """Tables and items inside something that makes them no tables and items, sometimes never closed."""
    opening, closing = draw(
        st.sampled_from(
            (
                ("```", "```"), ("~~~ text", "~~~"), ("```", ""), ("<!--", "-->"), ("<!-- x", ""), ("<div>", "</div>"),
                ("<pre>", "</pre>"), ("<script>", "</script>"), ("<?php", "?>"), ("<!DOCTYPE", ">"),
                ("<![CDATA[", "]]>"), ("- ```", "  ```"), ("> quoted", ""), ("- <!--", "  -->"), ("1. <!X", "   >"),
            )
        )
    )  # fmt: skip
    return [opening, *draw(st.one_of(tables(), items(), plain_rows())), *([closing] if closing else [])]


BLOCKS = st.one_of(
    tables(), tables(), items(), plain_rows(), enclosed(),
    INLINE.map(lambda text: [text]), rows().map(lambda row: [row]),
    INLINE.map(lambda text: [f"## {text}"]), INLINE.map(lambda text: [text, "==="]),
    INLINE.map(lambda text: [text, "---"]),
    block("[ref]: ref.md"), block("[T]: <t t.md> 'title'"), block("[Lone](lone.md)"), block("***"), block("> quote"),
    block("<!-- a comment -->"), block("    code"), block("|---|---|"), block("---"), block("|"), block("- "),
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> str:
    lines: list[str] = []
    for part in draw(st.lists(BLOCKS, min_size=1, max_size=5)):
        lines += part + [""] * draw(st.sampled_from((0, 1, 1, 1, 2)))
    return draw(st.sampled_from(("\n", "\n", "\r\n"))).join(lines) + draw(st.sampled_from(("", "\n")))


class Read(NamedTuple):
    """A table's row, an item or a paragraph as either reader sees it: kind, line, texts, links with their cells."""

    kind: str
    line: int
    texts: tuple[str | None, ...]
    links: tuple[tuple[int, str, str], ...]
    raw: tuple[str, ...] = ()


def by_library(text: str) -> list[Read]:
    """What markdown-it-py makes of the whole text, nothing left out."""
    environment: dict[str, object] = {}
    tokens = parser().parse(text, environment)
    found: list[Read] = []
    quoted = 0
    cells: list[Token] = []
    for position, token in enumerate(tokens):
        quoted += token.nesting if token.type.startswith("blockquote") else 0
        if quoted or token.map is None:
            continue
        if token.type == "tr_open":
            end = next(number for number in range(position, len(tokens)) if tokens[number].type == "tr_close")
            cells = [inner for inner in tokens[position:end] if inner.type == "inline"]
            found.append(_read("header" if tokens[position + 1].type == "th_open" else "row", token.map[0], cells))
        elif token.type == "paragraph_open":
            kind = "item" if tokens[position - 1].type == "list_item_open" else "paragraph"
            found.append(_read(kind, token.map[0], [tokens[position + 1]]))
        elif token.type == "heading_open":
            found.append(_read("heading", token.map[0], [tokens[position + 1]]))
    return found


def _read(kind: str, line: int, cells: list[Token]) -> Read:
    contents = [read_children(cell) for cell in cells]
    links = tuple(
        (number, unquote(target), text) for number, cell in enumerate(contents) for target, text in cell.links
    )
    raw = tuple(cell.content for cell in cells)
    return Read(kind, line, tuple(cell.text for cell in contents), links, raw if kind == "row" else ())


def _without_repeated(reads: list[Read], kept: set[int]) -> Iterator[Read]:
    """Leave out the rows that are a table's header once more, which are no rows to us."""
    header: tuple[str | None, ...] = ()
    for read in reads:
        header = read.texts if read.kind == "header" else header
        if read.kind != "row" or read.texts != header or read.line in kept:
            yield read


def by_us(text: str) -> list[Read]:
    """What our reader makes of it."""
    content = outline(text.encode().decode("latin-1"), 0)
    return [read for part in content.parts for read in _ours(content, part)]


def _ours(content: Outline, part: Part) -> Iterator[Read]:
    lines = content.lines
    if part.kind == "table":
        yield from _our_table(lines, part, content.references)
    elif part.token is not None:
        yield _read(part.kind, part.first, [part.token])
    elif part.kind == "heading":
        yield Read("heading", part.first, (part.section,), ())
    elif part.kind == "paragraph":
        words = " ".join(real(lines.get(number)) for number in range(part.first, part.end))
        yield Read("paragraph", part.first, (words,), ())
    elif part.kind == "item":
        entry = read_item(lines, part, 0, resolve)
        assert entry is not None
        link = entry.links[0]
        yield Read("item", part.first, (link.text,), ((0, link.target, link.text),))


def _our_table(lines: Lines, part: Part, references: dict[str, object]) -> Iterator[Read]:
    table = read_table(lines, part, 0, frozenset(), references)
    assert not any(fault.kind == "broken-table" for fault in table.faults)
    width = len(table.block.columns)
    yield Read("header", part.first, table.block.columns, ())
    for entry in table.entries:
        links = tuple((link.cell, link.target, link.text) for link in entry.links if link.cell < width)
        spans = [cell_span(lines.text, entry, column) for column in range(width)]
        raw = tuple(lines.text[start:end].encode("latin-1").decode() for start, end in spans)
        yield Read("row", lines.number(entry.span.start), entry.values, links, raw)


def assert_same(text: str) -> None:
    theirs, ours = by_library(text), by_us(text)
    source = text.encode().decode("latin-1").replace("\r\n", "\n").split("\n")
    # A second delimiter row names nothing: it is no row to us.
    theirs = [read for read in theirs if read.kind != "row" or not is_separator(source[read.line])]
    theirs = list(_without_repeated(theirs, {read.line for read in ours}))
    assert [read[:2] for read in ours] == [read[:2] for read in theirs]
    for mine, other in zip(ours, theirs, strict=True):
        if mine.kind == "paragraph" and source[mine.line].startswith("|"):
            continue  # A table whose separator row is wrong: it is read as a table, not as text.
        # `None` is a cell that is not trusted, for its row has a pipe too many or too few; the library guesses.
        known = [number for number, value in enumerate(mine.texts) if value is not None]
        assert [mine.texts[number] for number in known] == [other.texts[number] for number in known]
        # A link that a bare pipe cuts in two is one to us all the same.
        if mine.kind != "header" and (None not in mine.texts or other.links):
            assert mine.links == other.links
        if mine.raw:
            places = {number: mine.raw[number].replace(r"\|", "|").strip() for number in known if other.raw[number]}
            assert places == {number: other.raw[number].strip() for number in places}


FOUND = {
    "rows in a paragraph": "a\n| b |\n| c |\n| d |\n",
    "rows between a paragraph and a table": "a\n| b |\n| c |\n| T |\n|---|\n",
    "rows in a heading": "| a |\n| b |\n| c |\n===\n",
    "rows in an item": "- a\n| b |\n| c |\n| d |\n",
    "a row in the last line": "- \n[ref]: ref.md\n| one 0 |\n| a |\n|---|\n",
    "a separator row without a pipe": "\\|\n---",
    "a table on the line of its item": "- |  |\n  |---|",
    "a control character in a destination": "| [t](x\x01.md) |\n|---|",
    "a line separator behind emphasis": "|  |\n|---|\n|_u_\u2028|",
    "a next-line character in front of a row": "|  |  |\n|---|---|\n\x85||a|",
    "a link behind a pipe too many": "|  |\n|---|\n|`|`[t](x.md)`a|b`|",
    "a destination that renderers refuse": "|  |\n|---|\n|[t](javascript:x)|",
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_what_was_once_read_otherwise(text: str) -> None:
    assert_same(text)


@given(texts())
@settings(deadline=None, max_examples=150)
def test_any_text_reads_as_the_library_reads_it(text: str) -> None:
    assert_same(text)


@pytest.mark.slow
@given(texts())
@settings(deadline=None, max_examples=1500)
def test_many_texts_read_as_the_library_reads_them(text: str) -> None:
    assert_same(text)
