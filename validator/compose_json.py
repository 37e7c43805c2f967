"""JSON text to the nodes of `compose`: scalars with their places, within limits.

YAML's parser would do for most of JSON, but not for its tabs and its surrogate escapes, and its reasons speak of YAML.
Source of the syntax: RFC 8259.
"""

from __future__ import annotations

from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in its stubs
from typing import NamedTuple

from validator.compose import MAX_DEPTH, MAX_EVENTS, Composed, Node, Offsets
from validator.late import regex
from validator.model import Fault

_BLANK = regex(r"[ \t\r\n]*")
_NUMBER = regex(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])")
_WORD = regex(r"(?:true|false|null)(?!\w)")
_KINDS = {"{": "mapping", "[": "sequence"}
_CLOSERS = {"mapping": "}", "sequence": "]"}


class _StopError(Exception):
    def __init__(self, kind: str, start: int, end: int, reason: str) -> None:
        super().__init__(reason)
        self.kind, self.start, self.end, self.reason = kind, start, end, reason


class _Open(NamedTuple):
    """An object or array that is being read: its kind, where it begins, its children."""

    kind: str
    start: int
    items: list[Node]

    @property
    def wants_key(self) -> bool:
        """Whether the next child is the key of an object."""
        return self.kind == "mapping" and len(self.items) % 2 == 0


def compose_json(text: str, base: int = 0) -> Composed:
    """Build the node tree of the JSON in `text`, which stands at byte `base` of its file.

    Never raises: what cannot be read is a fault of kind `header-syntax` or `too-deep`, with its reason. Numbers and the
    words of JSON are `plain` scalars as they are written, strings are the others.
    """
    reader = _Reader(text, Offsets(text, base))
    try:
        return Composed(reader.read(), ())
    except _StopError as stop:
        span = reader.offsets.span(stop.start, max(stop.start, min(stop.end, len(text))))
        return Composed(None, (Fault(stop.kind, span, (stop.reason,)),))


class _Reader:
    def __init__(self, text: str, offsets: Offsets) -> None:
        self.text = text
        self.offsets = offsets
        self.stack: list[_Open] = []
        self.count = 0

    def read(self) -> Node:
        at = self._blank(0)
        root: Node | None = None
        while root is None:
            node, at = self._next(at)
            at = self._blank(at)
            while node is not None and root is None:
                if not self.stack:
                    root = node
                    break
                self.stack[-1].items.append(node)
                node, at = self._behind(at)
        if at < len(self.text):
            raise _StopError("header-syntax", at, at + 1, "text stands behind the value")
        return root

    def _blank(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        return at if found is None else found.end()

    def _next(self, at: int) -> tuple[Node | None, int]:
        """The value at `at` and where it ends; of an object or array that opens there, no value yet."""
        self.count += 1
        if self.count > MAX_EVENTS:
            raise _StopError("too-deep", at, at + 1, f"more than {MAX_EVENTS:,} values")
        sign = self.text[at : at + 1]
        wants_key = bool(self.stack) and self.stack[-1].wants_key
        if sign == '"':
            return self._string(at)
        if wants_key:
            raise _StopError("header-syntax", at, at + 1, "a key in double quotes was expected here")
        if sign in _KINDS:
            if len(self.stack) >= MAX_DEPTH:
                raise _StopError("too-deep", at, at + 1, f"nested deeper than {MAX_DEPTH} levels")
            self.stack.append(_Open(_KINDS[sign], at, []))
            inside = self._blank(at + 1)
            return self._close(inside) if self.text.startswith(_CLOSERS[_KINDS[sign]], inside) else (None, inside)
        found = _NUMBER.match(self.text, at) or _WORD.match(self.text, at)
        if found is None:
            reason = "a value was expected here" if at < len(self.text) else "the text ends before the value does"
            raise _StopError("header-syntax", at, at + 1, reason)
        return Node("scalar", self.offsets.span(at, found.end()), found[0], plain=True), found.end()

    def _string(self, at: int) -> tuple[Node, int]:
        try:
            value, end = scanstring(self.text, at + 1, True)  # noqa: FBT003 - its signature
        except JSONDecodeError as error:
            raise _StopError("header-syntax", error.pos, error.pos + 1, _plain_words(error.msg)) from None
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise _StopError("header-syntax", at, end, "an escape in this text is half of a character")
        return Node("scalar", self.offsets.span(at, end), value), end

    def _close(self, at: int) -> tuple[Node, int]:
        opened = self.stack.pop()
        return Node(opened.kind, self.offsets.span(opened.start, at + 1), items=tuple(opened.items)), at + 1

    def _behind(self, at: int) -> tuple[Node | None, int]:
        """Go over what follows a child: a colon, a comma, or what closes its parent, which is then the next child."""
        opened = self.stack[-1]
        closer = _CLOSERS[opened.kind]
        if len(opened.items) % 2 and opened.kind == "mapping":
            if not self.text.startswith(":", at):
                raise _StopError("header-syntax", at, at + 1, "a colon was expected behind the key")
            return None, self._blank(at + 1)
        if self.text.startswith(closer, at):
            node, at = self._close(at)
            return node, self._blank(at)
        if not self.text.startswith(",", at):
            raise _StopError("header-syntax", at, at + 1, f"`,` or `{closer}` was expected here")
        after = self._blank(at + 1)
        if self.text.startswith(closer, after):
            raise _StopError("header-syntax", at, at + 1, f"a comma stands in front of `{closer}`")
        return None, after


def _plain_words(message: str) -> str:
    words = {
        "Unterminated string starting at": "the text that begins here is never closed",
        "Invalid control character at": "a tab or a line end in a text is written `\\t` or `\\n`",
        "Invalid \\uXXXX escape": "four hexadecimal digits were expected behind `\\u`",
    }
    return words.get(message, "there is no such escape; a backslash is written twice")
