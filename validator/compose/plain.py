"""The short path for plain YAML, which most contracts are written in: keys and values whose meaning is beyond doubt.

Block mappings and lists, mappings and lists in brackets on one line, scalars that are plain or quoted without an
escape, comments; all in ASCII, because patterns for more take long to compile. To import PyYAML takes longer than to
check a thousand documents, and a run often has nothing else to read with it. At the first doubt the answer is `None`,
and PyYAML reads the text. A property test holds that both give the same tree wherever this one gives any.
"""

from __future__ import annotations

import re

from validator.compose.nodes import Node, Offsets
from validator.late import regex

# A plain value begins with what begins nothing else in YAML; `:` and `#` are text only within a word.
_PLAIN = (
    r"[A-Za-z0-9_(/{beyond}]"
    r"(?:[!-\"$-9;-~{beyond}]++|#(?<=[!-~{beyond}]#)|:(?=[!-~{beyond}])| (?=[!-\"$-~{beyond}]))*+"
)
_QUOTED = r"\"[ !#-\[\]-~{beyond}]*+\"|'[ -&(-~{beyond}]*+'"
_TEXT = regex(r"[\n -~]*+")
LONGEST = 1 << 15
_DEEPEST = 16
_CLOSING = {"{": "}", "[": "]"}
_QUOTES = frozenset("\"'")


def scalar_pattern(beyond: str) -> str:
    """The source of an expression for the scalar behind a key, `beyond` being what is not ASCII in a class of it."""
    return f"{_QUOTED}|{_PLAIN}".replace("{beyond}", beyond)


_SCALAR = regex(scalar_pattern(""))
# In brackets, a comma ends a plain value and a colon may do so too.
_SAFE = r"[!\"$-+\--9;-Z\\^-z|~]"
_INNER = regex(rf"{_QUOTED.replace('{beyond}', '')}|[A-Za-z0-9_(/](?:{_SAFE}++| (?={_SAFE}))*+")
_NAME = r"([A-Za-z_][A-Za-z0-9_.-]{0,60}+)"
_KEY = regex(_NAME + r":(?: ++|(?=\n))")
_INNER_KEY = regex(_NAME + r": ++")
_ITEM = regex(r"- ++")
_BLANKS = regex(r" *+")
_COMMA = regex(r", *+")
# Blank lines and comments on lines of their own.
_IDLE = regex(r"(?: *+(?:#[^\n]*+)?\n)*+")
_LINE_END = regex(r"(?: *+| ++#[^\n]*+)\n")


class _DoubtError(Exception):
    pass


def compose_plain(text: str, base: int) -> Node | None:
    """The node tree of a YAML text that stands at byte `base` of its file; `None` unless it is plain and sound."""
    if len(text) > LONGEST or _TEXT.fullmatch(text) is None:
        return None
    reader = _Reader(text, Offsets(text, base))
    try:
        return reader.whole()
    except _DoubtError:
        return None


class _Reader:
    """Reads from `at` on. Behind a value of a block it stands at the text of the next line, `column` characters in."""

    def __init__(self, text: str, offsets: Offsets) -> None:
        self.text = text
        self.span = offsets.span
        self.at = 0
        self.column = 0
        self.depth = 0

    def whole(self) -> Node:
        """The one collection that the text is."""
        self._next_line()
        root = self._block()
        if self.at < len(self.text):
            raise _DoubtError
        return root

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Go behind what a pattern matches here."""
        found = pattern.match(self.text, self.at)
        if found is None:
            raise _DoubtError
        self.at = found.end()
        return found

    def _next_line(self) -> None:
        """Go to the text of the next line that has any; at the end of all there is none, and no column."""
        line = self._take(_IDLE).end()
        self.column = self._take(_BLANKS).end() - line
        if self.at == len(self.text):
            self.column = -1

    def _block(self) -> Node:
        """A mapping or a list in block style, whose first key or item stands here; it ends where its column does."""
        start, column = self.at, self.column
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _DoubtError
        is_list = self.text.startswith("- ", start)
        items: list[Node] = []
        while self.column == column and self.text.startswith("- ", self.at) == is_list:
            if is_list:
                items.append(self._item())
            else:
                items += (self._key(_KEY), self._value())
        self.depth -= 1
        end = len(self.text[: self.at].rstrip())
        return Node("sequence" if is_list else "mapping", self.span(start, end), items=tuple(items))

    def _item(self) -> Node:
        """An item of a list: a mapping that begins on its line, or a value on it."""
        self.column += len(self._take(_ITEM)[0])
        return self._block() if _KEY.match(self.text, self.at) else self._line()

    def _value(self) -> Node:
        """What stands behind a key: a value on its line, or a collection on the lines below."""
        column = self.column
        if _LINE_END.match(self.text, self.at) is None and not self.text.startswith("#", self.at):
            return self._line()
        self._next_line()
        if self.column > column or (self.column == column and self.text.startswith("- ", self.at)):
            return self._block()
        raise _DoubtError  # A key without a value.

    def _line(self) -> Node:
        """A value that ends with its line."""
        node = self._flow(_SCALAR)
        self._take(_LINE_END)
        self._next_line()
        return node

    def _flow(self, scalar: re.Pattern[str]) -> Node:
        """A value in flow style; `scalar` matches one that is no collection."""
        opening = self.text[self.at : self.at + 1]
        if opening in _CLOSING:
            return self._bracketed(opening)
        found = self._take(scalar)
        is_plain = found[0][0] not in _QUOTES
        return Node("scalar", self.span(*found.span()), found[0] if is_plain else found[0][1:-1], is_plain)

    def _bracketed(self, opening: str) -> Node:
        """A mapping or a list in brackets, on one line."""
        start = self.at
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _DoubtError
        items: list[Node] = []
        self.at += 1
        self._take(_BLANKS)
        while not self.text.startswith(_CLOSING[opening], self.at):
            if items:
                self._take(_COMMA)
            if opening == "{":
                items.append(self._key(_INNER_KEY))
            items.append(self._flow(_INNER))
            self._take(_BLANKS)
        self.at += 1
        self.depth -= 1
        return Node("mapping" if opening == "{" else "sequence", self.span(start, self.at), items=tuple(items))

    def _key(self, pattern: re.Pattern[str]) -> Node:
        """A key and its colon; the node is that of the key."""
        found = self._take(pattern)
        return Node("scalar", self.span(*found.span(1)), found[1], plain=True)
