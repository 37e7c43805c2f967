"""The short path for the commonest header: flat YAML front matter, one `key: value` a line, nothing else.

A parser of the whole language takes ten times as long over it. So what is beyond doubt is read here by one pattern:
ASCII keys, and values that are plain or quoted scalars without an escape, a comment or a mark of YAML's. At the first
doubt the answer is `None`, and the dialect `yaml` reads the header with all its care. A property test holds that both
say the same wherever this one says anything.
"""

from __future__ import annotations

from validator.compose import Node
from validator.compose.plain import scalar_pattern
from validator.header.block import Field, Header
from validator.late import regex
from validator.model import Span

VALUE = scalar_pattern(r"\x80-\xff").encode()
_KEY = rb"[A-Za-z_][A-Za-z0-9_-]{0,60}+"
LINE = regex(rb"(" + _KEY + rb"): (" + VALUE + rb")\n")
BLOCK = regex(rb"---\n((?:" + _KEY + rb": (?:" + VALUE + rb")\n)++)---\n")
# Of the characters beyond ASCII those that are neither controls, blanks, line ends nor marks of any kind.
_LETTERS = regex(
    "[\n -~\u00a1-\u00ac\u00ae-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\uf900-\ufdff\U00010000-\U0001f9ff]*+"
)
LONGEST = 1 << 15
_QUOTES = frozenset("\"'")
_new = tuple.__new__  # The way round a named tuple's own constructor: this loop is most of a document's time.


def read_flat(data: bytes, start: int) -> Header | None:
    """The header that stands at byte `start` of a document; `None` unless it is flat, sound and without any doubt."""
    block = BLOCK.match(data, start, start + LONGEST)
    if block is None or not is_plain_text(block[1]) or data.startswith(b"---", block.end()):
        return None
    end = block.end()
    fields = {}
    count = 0
    for line in LINE.finditer(data, *block.span(1)):
        count += 1
        key, value = line[1].decode(), line[2].decode()
        if value[0] in _QUOTES:
            node = _new(Node, ("scalar", _new(Span, line.span(2)), value[1:-1], False, ()))
        else:
            node = _new(Node, ("scalar", _new(Span, line.span(2)), value, True, ()))
        fields[key] = _new(Field, (key, _new(Span, line.span(1)), node))
    if len(fields) < count:
        return None  # One key twice is a fault, and faults are not said here.
    return Header("yaml", start, end, end, tuple(fields.values()), (), Span(*block.span(1)))


def is_plain_text(block: bytes) -> bool:
    """Whether a block is text in UTF-8 without controls, blanks beyond ASCII, line ends of Unicode and marks."""
    if block.isascii():
        return True
    try:
        return _LETTERS.fullmatch(block.decode()) is not None
    except UnicodeDecodeError:
        return False
