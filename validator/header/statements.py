"""TOML statements with their places: `key = value`, `[table]`, `[[table]]`.

`tomllib` knows values and no places; here each statement is found by its lines, brackets and strings, and its value
is what `tomllib` makes of it. Source of the syntax: TOML 1.0.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, NamedTuple

from validator.compose import MAX_DEPTH, Node
from validator.header.block import Field, Line, line_at
from validator.late import regex
from validator.model import Fault, Span
from validator.text import decode_sized

_NAME = rb"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_DOTTED = _NAME + rb"(?:[ \t]*+\.[ \t]*+" + _NAME + rb")*+"
KEY = regex(rb"[ \t]*+(?P<key>" + _DOTTED + rb")[ \t]*+=")
_TABLE = regex(rb"[ \t]*+(?P<open>\[\[?)[ \t]*+(?P<key>" + _DOTTED + rb")[ \t]*+(?P<close>\]\]?)[ \t]*+(?:#[^\n]*+)?$")
_FIRST = regex(rb"[ \t]*+(?P<key>" + _NAME + rb")")
_MEANT = regex(rb"[ \t]*+(?:\[|[\w\x80-\xff.\"'-]++[ \t]*+[=:])")
_TOKEN = regex(
    rb'"""(?:[^\\"]|\\[\s\S]|"(?!""))*+"""(?:"{1,2}(?!"))?'
    rb"|'''(?:[^']|'(?!''))*+'''(?:'{1,2}(?!'))?"
    rb'|"(?:[^"\\\n]|\\[^\n])*+"' + rb"|'[^'\n]*+'|#[^\n]*+|[\[{]|[\]}]|\n|[^\"'#\[\]{}\n]++|[\"']+"
)
_LONG_QUOTES = (b'"""', b"'''")
_BLANK = regex(rb"[ \t\r]*+(?:#[^\n]*+)?$")
_AT = regex(r" \(at line (\d+), column (\d+)\)$|\s*\(at end of document\)$")
_INTEGER = regex(r"-?(?:0|[1-9][0-9]*)")


class Statement(NamedTuple):
    """One statement with the lines it takes, from `start` to `end` (behind its line end).

    `apart` says that an empty line stands before it, `is_toml` that it begins as a statement of TOML does, `is_open`
    that a string on several lines begins in it and does not end.
    """

    start: int
    end: int
    apart: bool
    is_toml: bool
    is_open: bool = False


def looks_like_toml(data: bytes, line: Line) -> bool:
    """Whether a line begins as `key =` or `[table]` does."""
    return bool(KEY.match(data, line.start, line.end) or _TABLE.match(data, line.start, line.end))


def statements(data: bytes, start: int, end: int) -> list[Statement]:
    """Cut `data[start:end]` into statements; empty lines and comments belong to none."""
    found: list[Statement] = []
    apart = False
    while start < end:
        line = line_at(data, start)
        if _BLANK.match(data, line.start, line.end):
            apart = apart or data[line.start : line.end].strip() == b""
            start = min(line.next, end)
            continue
        stop = min(_statement_end(data, line, end), end)
        is_open = any(data.count(quotes, start, stop) % 2 for quotes in _LONG_QUOTES)
        found.append(Statement(start, stop, apart, looks_like_toml(data, line), is_open))
        start, apart = stop, False
    return found


def _statement_end(data: bytes, line: Line, end: int) -> int:
    """Where the statement that begins on `line` ends: its line end, unless a string or a bracket goes on."""
    key = KEY.match(data, line.start, line.end)
    if key is None:
        return line.next
    depth, at, newline = 0, key.end(), 0
    while at < end:
        token = _TOKEN.match(data, at, end)
        assert token is not None
        first, at = data[at : at + 1], token.end()
        if first == b"\n":
            newline = newline or at
            if depth <= 0:
                return at
            if looks_like_toml(data, line_at(data, at)):
                return newline  # the bracket is never closed
        depth += (first in b"[{") - (first in b"]}") if first in b"[]{}" else 0
    return newline if depth > 0 and newline else end


def read_statements(data: bytes, start: int, end: int) -> tuple[tuple[Field, ...], tuple[Fault, ...]]:
    """The top-level keys in `data[start:end]` with their places and values.

    A statement that does not parse is a fault `header-syntax` and costs only itself; a key or a table that stands
    twice is a `duplicate-key`, and the first one counts.
    """
    reader = _Reader(data)
    for statement in statements(data, start, end):
        reader.take(statement)
    if not reader.faults:
        reader.check_whole(start, end)
    return reader.fields(), tuple(reader.faults)


class _Reader:
    """Takes statements one by one. `table` is the one that `key = value` belongs to, `None` behind a faulty header."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.faults: list[Fault] = []
        self.root: dict[str, Any] = {}
        self.places: dict[str, tuple[Span, Span]] = {}
        self.written: dict[str, str] = {}
        self.prefix: tuple[str, ...] | None = ()
        self.table: dict[str, Any] = self.root
        self.is_bad = False

    def take(self, statement: Statement) -> None:
        line = line_at(self.data, statement.start)
        table = _TABLE.match(self.data, line.start, line.end)
        if table is not None:
            self._open(table, line)
        elif statement.is_toml:
            self._value(statement)
        elif not self.is_bad or _MEANT.match(self.data, line.start, line.end):
            self._fault(statement, _odd(self.data[line.start : line.end]))

    def _fault(self, statement: Statement, reason: str, span: Span | None = None) -> None:
        name = _FIRST.match(self.data, statement.start, statement.end)
        key = "" if name is None else decode_sized(name["key"]).strip("\"'")
        key = key if not self.prefix else self.prefix[0]
        end = self.data[statement.start : statement.end].rstrip()
        place = span or Span(statement.start, statement.start + len(end))
        self.faults.append(Fault("header-syntax", place, (reason, key)))
        self.is_bad = True

    def _open(self, match: re.Match[bytes], line: Line) -> None:
        """A line `[table]` or `[[table]]`."""
        statement = Statement(line.start, line.next, apart=False, is_toml=True)
        if len(match["open"]) != len(match["close"]):
            self.prefix, self.table = None, {}
            self._fault(statement, "the brackets around the table's name do not match")
            return
        names = _names(match["key"])
        if names is None:
            self.prefix, self.table = None, {}
            self._fault(statement, "this is no name of a table")
            return
        self.is_bad = False
        place = Span(*match.span("key"))
        parent = _descend(self.root, names[:-1])
        there = None if parent is None else parent.get(names[-1])
        many = match["open"] == b"[["
        if parent is None or (there is not None and not (isinstance(there, list) if many else _is_implied(there))):
            self._twice(names[0], place)
            self.prefix, self.table = None, {}
            return
        self.places.setdefault(names[0], (place, place))
        self.table = _Stated() if not isinstance(there, dict) else _Stated(there)
        if many:
            parent.setdefault(names[-1], []).append(self.table)
        else:
            parent[names[-1]] = self.table
        self.prefix = names

    def _value(self, statement: Statement) -> None:
        """A statement `key = value`."""
        match = KEY.match(self.data, statement.start, statement.end)
        assert match is not None
        raw = self.data[statement.start : statement.end]
        written = decode_sized(raw)
        try:
            value = tomllib.loads(written)
        except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
            reason, span = _why(error, self.data, statement, match.end())
            self._fault(statement, reason, span if _names(match["key"]) else Span(*match.span("key")))
            return
        self.is_bad = False
        names = _names(match["key"])
        if self.prefix is None or names is None:  # a faulty table; names are right where the whole is
            return
        span = _value_span(self.data, match.end(), statement.end)
        key_span = Span(*match.span("key"))
        parent = _descend(self.table, names[:-1])
        if parent is None or names[-1] in parent:
            self._twice((*self.prefix, *names)[0], key_span)
            return
        for name in names:
            value = value[name]
        parent[names[-1]] = value
        if not self.prefix:
            self.places.setdefault(names[0], (key_span, span))
            self.written[names[0]] = decode_sized(self.data[span.start : span.end])

    def _twice(self, key: str, span: Span) -> None:
        first = self.places.get(key, (span, span))[0]
        self.faults.append(Fault("duplicate-key", span, (key, str(first.start), str(first.end))))

    def check_whole(self, start: int, end: int) -> None:
        """What no statement alone shows, as a table that is closed already."""
        try:
            tomllib.loads(decode_sized(self.data[start:end]))
        except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
            whole = Statement(start, end, apart=False, is_toml=True)
            reason, span = _why(error, self.data, whole, start)
            self.faults.append(Fault("header-syntax", span, (reason, "")))

    def fields(self) -> tuple[Field, ...]:
        """The top-level keys in the order in which they stand."""
        return tuple(
            Field(key, place, _node(self.root[key], span, self.written.get(key, "")))
            for key, (place, span) in self.places.items()
        )


class _Stated(dict[str, Any]):
    """A table with a header line of its own, which may not have a second one."""


def _is_implied(there: object) -> bool:
    return isinstance(there, dict) and not isinstance(there, _Stated)


def _names(key: bytes) -> tuple[str, ...] | None:
    """The parts of a dotted key; `None` where one is quoted wrongly."""
    try:
        value: Any = tomllib.loads(decode_sized(key) + " = 0")
    except tomllib.TOMLDecodeError:
        return None
    names: list[str] = []
    while isinstance(value, dict):
        ((name, value),) = value.items()
        names.append(name)
    return tuple(names)


def _descend(table: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any] | None:
    """The table that `names` lead to, made where it is not there; `None` where something else is."""
    for name in names:
        there = table.setdefault(name, {})
        there = there[-1] if isinstance(there, list) and there else there
        if not isinstance(there, dict):
            return None
        table = there
    return table


def _value_span(data: bytes, start: int, end: int) -> Span:
    """The value of a statement without the blanks and the comment around it."""
    last = start
    at = start
    while at < end:
        token = _TOKEN.match(data, at, end)
        assert token is not None
        text = token[0].rstrip()
        if text and not text.startswith(b"#"):
            last = at + len(text)
        at = token.end()
    text = data[start:last]
    return Span(start + len(text) - len(text.lstrip()), last)


def _node(value: object, span: Span, written: str, depth: int = 0) -> Node:
    """A value as a node; what stands inside a list or a table has the place of the whole."""
    if isinstance(value, dict) and depth < MAX_DEPTH:
        items = [(Node("scalar", span, key), _node(item, span, "", depth + 1)) for key, item in value.items()]
        return Node("mapping", span, items=tuple(node for pair in items for node in pair))
    if isinstance(value, list) and depth < MAX_DEPTH:
        return Node("sequence", span, items=tuple(_node(item, span, "", depth + 1) for item in value))
    if isinstance(value, dict | list | str):
        return Node("scalar", span, value if isinstance(value, str) else written)
    if isinstance(value, bool):
        return Node("scalar", span, str(value).lower(), plain=True)
    if isinstance(value, int | float):
        as_written = written and (isinstance(value, float) or _INTEGER.fullmatch(written))
        return Node("scalar", span, written if as_written else str(value), plain=True)
    return Node("scalar", span, written or str(value))


def _odd(text: bytes) -> str:
    """Why a line begins no statement of TOML."""
    if re.match(rb"[ \t]*+[\w\x80-\xff.\"'-]++[ \t]*+:", text):
        return "TOML wants `=` behind a key, not `:`"
    if text.lstrip().startswith(b"["):
        return "a table's name stands between `[` and `]`, alone on its line"
    return "this line is no `key = value`"


def _why(error: Exception, data: bytes, statement: Statement, value: int) -> tuple[str, Span]:
    """The reason in plain words, and the value (or what is there of it) that it is about."""
    reason = _AT.sub("", str(error).partition("\n")[0])
    at = _AT.search(str(error))
    end = statement.start + len(data[statement.start : statement.end].rstrip())
    span = Span(min(value, end), end)
    if at is not None and at[1] is not None and statement.start == value:
        line = line_at(data, statement.start)
        for _ in range(int(at[1]) - 1):
            line = line_at(data, line.next)
        span = line.span
    text = data[span.start : span.end].lstrip()
    return _plain(reason[:1].lower() + reason[1:], text), Span(span.end - len(text), span.end)


_ENDED = "expected newline or end of document after a statement"
_UNCLOSED = (r"illegal character '\n'", "expected \"'", "unterminated string")
_UNENDED = ("unclosed array", "unclosed inline table")
_NO_VALUE = "a value is text in quotes, a number, a date, `true`, `false`, a list or a table"


def _plain(reason: str, text: bytes) -> str:
    """What the library says of a value, in plain words where it has none."""
    if not text and reason == "invalid value":
        return "a value is missing behind the `=`"
    if reason.startswith(_UNCLOSED) and text[:1] in {b'"', b"'"}:
        quote = text[:3] if text[:3] in {b'"""', b"'''"} else text[:1]
        return f"the `{quote.decode()}` that stands here is never closed"
    if reason.startswith(_UNCLOSED):
        return "a text in quotes is never closed, or not on the line that it begins on"
    sign = text[:1].decode("latin-1")
    if reason in _UNENDED or (sign in {"[", "{"} and text.endswith((b"[", b"{", b","))):
        return f"the `{sign}` that stands here is never closed, or a comma is missing behind a value"
    return {"invalid value": _NO_VALUE, _ENDED: f"more stands here than one value; {_NO_VALUE}"}.get(reason, reason)
