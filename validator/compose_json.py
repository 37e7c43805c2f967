"""JSON text to the nodes of `compose`: exactly as RFC 8259 has it, and of broken text as far as it can be read.

YAML's parser would do for most of JSON, but not for its tabs and its surrogate escapes, and its reasons speak of YAML.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from validator.compose import MAX_DEPTH, Composed, Node
from validator.late import regex
from validator.model import Fault, Span
from validator.text import real

_BLANK = regex(r"[ \t\r\n]*+")
_SCALAR = regex(r'"(?P<string>(?:[^"\\\x00-\x1f]|\\.)*+)"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|[a-z]+')
_ESCAPE = regex(r"\\(?:u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_SHORT = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_BEGUN = regex(r'"(?:[^"\\\x00-\x1f]|\\.)*+')
_WORDS = frozenset({"true", "false", "null"})
_CLOSING = {"{": "}", "[": "]"}


class _SyntaxError(Exception):
    def __init__(self, start: int, end: int, reason: str, kind: str = "json-syntax") -> None:
        super().__init__(reason)
        self.fault = Fault(kind, Span(start, end), (reason, "cut"))


class _Open(NamedTuple):
    """A list or an object that is being read: its bracket, where it begins, its values (of an object: keys too)."""

    bracket: str
    start: int
    items: list[Node]

    def node(self, end: int) -> Node:
        """What was read so far, as a node."""
        items = self.items[: len(self.items) // 2 * 2] if self.bracket == "{" else self.items
        return Node("mapping" if self.bracket == "{" else "sequence", Span(self.start, end), items=tuple(items))


def compose_json(text: str, start: int = 0, limit: int | None = None) -> Composed:
    """The tree of a JSON text (one character a byte) from offset `start` on, with at most `limit` values.

    Numbers and the words of JSON are `plain` scalars as they are written, strings are the others. Spans are in bytes.

    Never raises. What is wrong is a fault of kind `json-syntax`, with its reason, or `too-deep`. Where the text breaks
    off, what stands before is given all the same, and `cut` is the second word of the fault. A comma behind the last
    value, or half of a character, costs a fault and nothing else.
    """
    reader = _Reader(text, start, limit)
    try:
        root = reader.run()
    except _SyntaxError as error:
        return Composed(reader.rest(), (*reader.faults, error.fault))
    return Composed(root, tuple(reader.faults))


class _Reader:
    def __init__(self, text: str, start: int, limit: int | None) -> None:
        self.text = text
        self.at = start
        self.limit = limit
        self.count = 0
        self.stack: list[_Open] = []
        self.faults: list[Fault] = []

    def run(self) -> Node | None:
        self._skip()
        if self.at == len(self.text):
            return None
        root = self._value()
        while self.stack:
            done = self._member()
            if done is not None and not self.stack:
                root = done
        self._skip()
        if self.at < len(self.text):
            raise _SyntaxError(self.at, self.at + 1, "the value ends before this")
        return root

    def rest(self) -> Node | None:
        """What was read before the fault: the open lists and objects, each with what it holds so far."""
        node: Node | None = None
        while self.stack:
            opened = self.stack.pop()
            if node is not None:
                opened.items.append(node)
            node = opened.node(self.at)
        return node

    def _skip(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _value(self) -> Node | None:
        """A scalar as its node; of a list or an object, which is then open, `None`."""
        self._count()
        sign = self.text[self.at : self.at + 1]
        if sign in _CLOSING:
            if len(self.stack) >= MAX_DEPTH:
                raise _SyntaxError(self.at, self.at + 1, f"nested deeper than {MAX_DEPTH} levels", "too-deep")
            self.stack.append(_Open(sign, self.at, []))
            self.at += 1
            return None
        match = _SCALAR.match(self.text, self.at)
        if match is None or (match["string"] is None and match[0].isalpha() and match[0] not in _WORDS):
            self._judge_controls()
            raise _SyntaxError(self.at, min(self.at + 1, len(self.text)), self._unreadable(sign))
        self.at = match.end()
        if match["string"] is None:
            return Node("scalar", Span(*match.span()), match[0], plain=True)
        return Node("scalar", Span(*match.span()), self._string(match["string"], match.start("string")))

    def _count(self) -> None:
        self.count += 1
        if self.limit is not None and self.count > self.limit:
            raise _SyntaxError(self.at, self.at + 1, f"more than {self.limit:,} values", "too-deep")

    def _unreadable(self, sign: str) -> str:
        if sign == '"':
            return "this string is never closed; a line end cannot stand in it"
        if sign == "'":
            return "a string stands in double quotes"
        if self.text.startswith(("//", "/*"), self.at):
            return "JSON has no comments"
        return "a value was expected here" if sign else "the text ends before its last value does"

    def _judge_controls(self) -> None:
        """Say where a string is broken off by a tab or the like; by a line end, it was rather not closed."""
        begun = _BEGUN.match(self.text, self.at)
        at = len(self.text) if begun is None else begun.end()
        if self.text[at : at + 1] < " " and self.text[at : at + 1] not in {"", "\r", "\n"}:
            raise _SyntaxError(at, at + 1, "a control character in a string is written as an escape, a tab as `\\t`")

    def _string(self, raw: str, start: int) -> str:
        if "\\" not in raw:
            return real(raw)
        for match in _ESCAPE.finditer(raw):
            span = Span(start + match.start(), start + match.end())
            if match[2] is not None and match[2] not in _SHORT:
                digits = "four hexadecimal digits are expected behind `\\u`"
                raise _SyntaxError(*span, digits if match[2] == "u" else f"{match[0]!r} is no escape of JSON")
            if match[1] is not None and _is_half(match[1]):
                self.faults.append(Fault("json-syntax", span, ("this escape is half of a character",)))
        return _ESCAPE.sub(_unescaped, real(raw))

    def _member(self) -> Node | None:
        """One step in the innermost list or object: its end (then it is given), or its next value."""
        opened = self.stack[-1]
        self._skip()
        comma = bool(opened.items) and self.text.startswith(",", self.at)
        comma_at = self.at
        if comma:
            self.at += 1
            self._skip()
        if self.text.startswith(_CLOSING[opened.bracket], self.at):
            if comma:
                reason = "a comma stands behind the last value"
                self.faults.append(Fault("json-syntax", Span(comma_at, comma_at + 1), (reason,)))
            return self._close()
        if opened.items and not comma:
            closing = _CLOSING[opened.bracket]
            words = f"`,` or `{closing}` was expected here" if self.at < len(self.text) else _never(opened.bracket)
            at = self.at if self.at < len(self.text) else opened.start
            raise _SyntaxError(at, at + 1, words)
        if opened.bracket == "{":
            opened.items.append(self._key())
        self._add(self._value())
        return None

    def _close(self) -> Node:
        self.at += 1
        node = self.stack.pop().node(self.at)
        self._add(node)
        return node

    def _add(self, node: Node | None) -> None:
        if node is not None and self.stack:
            self.stack[-1].items.append(node)

    def _key(self) -> Node:
        self._count()
        match = _SCALAR.match(self.text, self.at)
        if match is None or match["string"] is None:
            self._judge_controls()
            at = self.at if self.at < len(self.text) else self.stack[-1].start
            words = "a key in double quotes was expected here" if self.at < len(self.text) else _never("{")
            raise _SyntaxError(at, at + 1, words)
        self.at = match.end()
        key = Node("scalar", Span(*match.span()), self._string(match["string"], match.start("string")))
        self._skip()
        if not self.text.startswith(":", self.at):
            raise _SyntaxError(self.at, min(self.at + 1, len(self.text)), "a key is followed by a colon")
        self.at += 1
        self._skip()
        return key


def _never(bracket: str) -> str:
    return f"the `{bracket}` that stands here is never closed"


def _is_half(digits: str) -> bool:
    """Whether four hexadecimal digits are one of the two numbers by which UTF-16 writes a character."""
    return "d800" <= digits.casefold() <= "dfff"


def _unescaped(match: re.Match[str]) -> str:
    if match[2] is not None:
        return _SHORT[match[2]]
    if match[1] is not None:
        return "\ufffd" if _is_half(match[1]) else chr(int(match[1], 16))
    return match[0].encode().decode("unicode_escape").encode("utf-16", "surrogatepass").decode("utf-16")
