"""The block structure of a Markdown index: tables, list items and paragraphs with the lines they stand on.

markdown-it-py decides the structure, so that fences, comments, HTML blocks, nesting and lazy lines are what CommonMark
says. Its time grows with every row, though, and an index may have a hundred thousand: of a long run of plain table rows
or plain list items it is shown the first and the last, which is all that its rules look at, and the rows between are
read by `table` and `lists`. A differential test holds the two together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from validator.index.parts import Lines, Outline, Part, split_lines
from validator.index.plain import plain_parts
from validator.late import regex
from validator.markdown import parser, plain, read_inline, without_attributes
from validator.model import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

PLAIN_ITEM = regex(r"([-*+]) \[([^\[\]`<>*_&!\\~]+)\]\(([^()\s\x00-\x1f\x7f<>\\&%]+)\)$")
_SEPARATOR = regex(r"[|:\- \t]+")
_HTML_END = regex(r"-->|\?>|\]\]>|</(?:script|pre|style|textarea)>", re.IGNORECASE)
_HTML_DECLARATION = regex(r" {0,3}<![A-Za-z]")


def outline(text: str, base: int, unread: Iterable[Span] = (), left_out: Iterable[Span] = ()) -> Outline:
    """The structure of the Markdown in `text` (one character a byte) from offset `base` on.

    `unread` are stretches of whole lines that say nothing; `left_out` are rows that somebody else has read.
    """
    lines = split_lines(text, base, left_out)
    hidden = frozenset(
        number for span in unread for number in range(lines.number(span.start), lines.number(span.end) + 1)
    )
    known = None if hidden else plain_parts(lines)
    return parsed(lines, hidden) if known is None else Outline(lines, known, hidden, {})


def parsed(lines: Lines, hidden: frozenset[int]) -> Outline:
    """The same as the parser sees it."""
    shown = _shown(lines, hidden)
    environment: dict[str, object] = {}
    tokens = _parse(lines, shown, environment)
    if _are_torn(tokens, lines, shown):
        shown = [number for number in range(len(lines.starts)) if number not in hidden]
        environment = {}
        tokens = _parse(lines, shown, environment)
    parts = tuple(_Walk(shown, hidden, lines, environment).run(tokens))
    references = environment.get("references")
    return Outline(lines, parts, hidden, references if isinstance(references, dict) else {})


def _parse(lines: Lines, shown: list[int], environment: dict[str, object]) -> list[Token]:
    source = "\n".join(lines.get(number) for number in shown).replace("\r", " ").replace("\0", " ")
    if not source.isascii():
        source = source.encode("latin-1").decode("utf-8", "replace")
    tokens: list[Token] = []
    parser().block.parse(source, parser(), environment, tokens)
    return tokens


def _are_torn(tokens: list[Token], lines: Lines, shown: list[int]) -> bool:
    """Whether a line that the parser was not shown belongs to running text, which has to be read as a whole.

    A paragraph of nothing but rows is no such text: it is a table whose separator row is wrong.
    """
    ends = [*shown, len(lines.starts)]
    return any(
        ends[number + 1] - ends[number] > 1 and lines.get(ends[number]).startswith("|")
        for token in tokens
        if token.map and token.type in {"paragraph_open", "heading_open"}
        if token.type == "heading_open" or not lines.get(ends[token.map[0]]).startswith("|")
        for number in range(*token.map)
    )


def _shown(lines: Lines, hidden: frozenset[int]) -> list[int]:
    """The numbers of the lines that the parser has to see."""
    count = len(lines.starts)
    kinds = [_run_kind(lines.get(number)) if number not in hidden else "" for number in range(count)]
    if "<!" in lines.text and any(_HTML_DECLARATION.match(lines.get(number)) for number in range(count)):
        kinds = [""] * count
    return [
        number
        for number in range(count)
        if number not in hidden
        and not (0 < number < count - 1 and kinds[number] and kinds[number - 1] == kinds[number] == kinds[number + 1])
    ]


def _run_kind(line: str) -> str:
    """What run a line can be in the middle of: `|` for a plain row, a bullet for a plain item, else nothing."""
    first = line[:1]
    if first == "|":
        may_end_html = ">" in line and _HTML_END.search(line)
        return "" if may_end_html or _SEPARATOR.fullmatch(line) else "|"
    if first in {"-", "*", "+"} and PLAIN_ITEM.match(line):
        return first
    return ""


class _Walk:
    """Goes once through the parser's tokens and keeps what an index can be made of."""

    def __init__(self, shown: list[int], hidden: frozenset[int], lines: Lines, environment: dict[str, object]) -> None:
        self.environment = environment
        self.shown = shown
        self.hidden = hidden
        self.count = len(lines.starts)
        self.lines = lines
        self.stack: list[tuple[int, str]] = []
        self.headings: tuple[str, ...] = ()
        self.group = 0
        self.lists = 0
        self.quoted = 0

    def raw(self, line: int) -> int:
        """The line of the text that a line of the shown source is."""
        return self.shown[line] if line < len(self.shown) else self.count

    def run(self, tokens: list[Token]) -> Iterator[Part]:
        for position, token in enumerate(tokens):
            if token.type in {"blockquote_open", "blockquote_close"}:
                self.quoted += token.nesting
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                self.group += self.lists == 0
                self.lists += 1
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                self.lists -= 1
            elif token.map and not self.quoted:
                inner = tokens[min(position + 1, len(tokens) - 1)]
                is_item = position > 0 and tokens[position - 1].type == "list_item_open"
                yield from self._part(token, token.map, inner, is_item=is_item)

    def _part(self, token: Token, bounds: list[int], inner: Token, *, is_item: bool) -> Iterator[Part]:
        first, end = self.raw(bounds[0]), self.raw(bounds[1] - 1) + 1
        if token.type in {"heading_open", "paragraph_open"}:
            read_inline(inner, self.environment)
        if token.type == "heading_open":
            level = int(token.tag[1:])
            text = without_attributes(plain(inner), closed=token.markup.startswith("#"))
            self.stack = [*(above for above in self.stack if above[0] < level), (level, text)]
            self.headings = tuple(text for _, text in self.stack)
            yield Part("heading", first, end, self.headings, token=inner)
        elif token.type == "table_open":
            yield Part("table", first, end, self.headings, depth=self.lists)
        elif token.type == "html_block":
            yield Part("html", first, end, self.headings)
        elif token.type == "paragraph_open":
            kind = "item" if is_item else "paragraph"
            if self.lines.get(first).startswith("|"):
                end = self.raw(bounds[1])  # Rows that the parser was not shown may end what is no table to it.
            yield Part(kind, first, end, self.headings, self.group, self.lists, inner)
            if is_item:
                yield from self._unseen(first)

    def _unseen(self, number: int) -> Iterator[Part]:
        """The plain items behind this one that the parser was not shown."""
        position = bisect_right(self.shown, number)
        stop = self.shown[position] if position < len(self.shown) else self.count
        if stop - number > 1 and _run_kind(self.lines.get(number)) not in {"", "|"}:
            for unseen in range(number + 1, stop):
                if unseen not in self.hidden:
                    yield Part("item", unseen, unseen + 1, self.headings, self.group, self.lists)
