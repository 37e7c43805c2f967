"""Settings: defaults < configuration file < arguments, frozen. The configuration file names corpora and exclusions."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from validator.compose import MAX_DEPTH, Node, Offsets, Value
from validator.contract import (
    ContractFault,
    Located,
    Pointer,
    Statement,
    statement_of,
    yaml_fault,
)
from validator.findings import Severity
from validator.header.yaml import metadata
from validator.late import regex
from validator.model import Place, Span
from validator.schema import Violation, nearest, own_schema
from validator.text import BOM, bad_utf8, decode_sized

PYPROJECT = "pyproject.toml"
CONFIG_NAMES = ("indexlint.yaml", PYPROJECT)
# Names that somebody meant it by; a file of such a name would be passed over without a word.
MISNAMED = (
    "indexlint.yml", ".indexlint.yaml", ".indexlint.yml", "indexlint.toml", ".indexlint.toml", "indexlint.json"
)  # fmt: skip
_TOML_POSITION = regex(r" \(at line (\d+), column (\d+)\)")
_TOML_BLANK = regex(r"(?:[ \t\r\n]|#[^\n]*)*")
_TOML_STRING = regex(
    r'"""(?:[^\\]|\\[\s\S])*?"{3,5}'
    r"|'{3}[\s\S]*?'{3,5}"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'"
)
_TOML_BARE = regex(r"[^,\]}#\n]*[^,\]}#\s]")
_TOML_KEY = regex(rf"[A-Za-z0-9_-]+|{_TOML_STRING.pattern}")
_TOML_TOOL = regex(r"^[ \t]*\[{1,2}[ \t]*tool[ \t]*\.[ \t]*[\"']?([Ii][\w-]+)", re.MULTILINE)
_TOML_DOT = regex(r"[ \t]*\.[ \t]*")
_OUTSIDE = regex(r"/|\\|[A-Za-z]:[/\\]|\.\.(?:/|\Z)|[^\0]*\0")


class Config(NamedTuple):
    """What a configuration file says. `path` is `None` where there is none."""

    path: str | None = None
    corpora: tuple[Statement, ...] = ()
    exclude: tuple[str, ...] = ()
    faults: tuple[ContractFault, ...] = ()
    statement: Statement | None = None


class Settings(NamedTuple):
    """How a run is to judge: which rules, which severities, where to draw the line."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING
    today: str = "1970-01-01"


def read_config(path: str, data: bytes) -> Config | None:
    """Read a configuration file; `None` where it is a `pyproject.toml` that does not speak of indexlint.

    Never raises: what is wrong is a fault at its place.
    """
    return _read_toml(path, data) if path.endswith(".toml") else _read_yaml(path, data)


def _read_yaml(path: str, data: bytes) -> Config:
    start = len(BOM) if data.startswith(BOM) else 0
    if (bad := bad_utf8(data)) is not None:
        return Config(path, faults=(_not_utf8(path, bad),))
    fields, faults = metadata(data, start, len(data), tags=False)
    items = tuple(node for field in fields for node in (Node("scalar", field.key_span, field.key), field.node))
    statement, doubled = statement_of(path, Node("mapping", Span(start, start), items=items))
    return _config(statement, (*(yaml_fault(path, fault) for fault in faults), *doubled))


def _loads(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - 4 ms, which projects without TOML need not pay

    return tomllib.loads(text)


def _read_toml(path: str, data: bytes) -> Config | None:
    base = len(data) - len(data.removeprefix(BOM))
    text = decode_sized(data[base:])
    if "indexlint" not in text:
        return _misspelt(path, text, base)
    try:
        table = _loads(text)
    except (ValueError, RecursionError) as error:
        return Config(path, faults=(_toml_fault(path, text, base, str(error)),))
    ours = table.get("tool", {}).get("indexlint") if isinstance(table.get("tool"), dict) else None
    if ours is None:
        return _outside_tool(path, text, base) if "indexlint" in table else _misspelt(path, text, base)
    if (bad := bad_utf8(data)) is not None:
        return Config(path, faults=(_not_utf8(path, bad),))
    if _is_deep(table):
        return Config(path, faults=(ContractFault(Place(path), f"this TOML is nested deeper than {MAX_DEPTH} levels"),))
    places = TomlPlaces(text, base, ("tool", "indexlint"))
    value = _plain(ours)
    if not isinstance(value, dict):
        return Config(path, faults=(ContractFault(Place(path, places(()).value), "tool.indexlint is a table"),))
    return _config(Statement(path, value, places), ())


def _outside_tool(path: str, text: str, base: int) -> Config:
    """A table of our name that does not stand below `tool`, where it is nobody's."""
    place = Place(path, TomlPlaces(text, base, ())(("indexlint",)).key)
    return Config(path, faults=(ContractFault(place, "this table is not read: call it 'tool.indexlint'"),))


def _misspelt(path: str, text: str, base: int) -> Config | None:
    """A table `[tool.…]` whose name is nearly ours: nobody else would read it, and nobody would say so."""
    for table in _TOML_TOOL.finditer(text):
        if nearest(table[1], ("indexlint",), 0.85):
            message = f"unknown table 'tool.{table[1]}'; did you mean 'tool.indexlint'?"
            place = Place(path, Offsets(text, base).span(*table.span(1)))
            return Config(path, faults=(ContractFault(place, message),))
    return None


def _not_utf8(path: str, bad: Span) -> ContractFault:
    return ContractFault(Place(path, bad), f"this file is not UTF-8: byte {bad.start:,} begins no letter")


def _is_deep(value: object) -> bool:
    """Whether values are nested deeper than anything of a configuration is."""
    waiting = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        if depth > MAX_DEPTH:
            return True
        inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        waiting += [(one, depth + 1) for one in inner]
    return False


def _toml_fault(path: str, text: str, base: int, message: str) -> ContractFault:
    """A fault of TOML's syntax. What has no place is at the end: the text breaks off, or is more than can be read."""
    where = _TOML_POSITION.search(message)
    lines = text.split("\n")
    number, column = (int(where[1]) - 1, int(where[2]) - 1) if where is not None else (len(lines) - 1, len(lines[-1]))
    start = base + len("".join(line + "\n" for line in lines[:number]).encode()) + len(lines[number][:column].encode())
    end = start + len(lines[number][column : column + 1].encode())
    return ContractFault(Place(path, Span(start, end)), f"TOML syntax: {_TOML_POSITION.sub('', message)}")


def _plain(value: object) -> Value:
    """TOML values as JSON values; dates and times as they are written."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value if isinstance(value, bool | int | float | str) else str(value)


class TomlPlaces:
    """Finds the places of keys and values in TOML text that `tomllib` has read: that gives values without places."""

    def __init__(self, text: str, base: int, prefix: tuple[str, ...]) -> None:
        self.text = text
        self.prefix = prefix
        self.offsets = Offsets(text, base)
        self.position = 0
        self.found: dict[Pointer, tuple[slice, slice]] = {}
        self._read()

    def __call__(self, pointer: Pointer) -> Located:
        """The places of a pointer's last key and of its value; the nearest above it, where it is not."""
        known = (*self.prefix, *pointer)
        while known not in self.found:
            known = known[:-1]
        key, value = self.found[known]
        return Located(self.offsets.span(key.start, key.stop), self.offsets.span(value.start, value.stop))

    def _read(self) -> None:
        table: Pointer = ()
        newest: dict[Pointer, int] = {}
        while self._skip() < len(self.text):
            if self.text[self.position] == "[":
                table = self._table(newest)
            else:
                self._pair(table)

    def _skip(self) -> int:
        """Go on to what is neither blank nor a comment."""
        self.position = self._end(_TOML_BLANK)
        return self.position

    def _end(self, pattern: re.Pattern[str]) -> int:
        """Where what stands here and is of this pattern ends; here, where it is not."""
        found = pattern.match(self.text, self.position)
        return self.position if found is None else found.end()

    def _table(self, newest: dict[Pointer, int]) -> Pointer:
        """Read `[a.b]` or `[[a.b]]`. `newest` holds the number of each array's last item so far."""
        brackets = 2 if self.text.startswith("[[", self.position) else 1
        self.position += brackets
        keys = self._keys()
        self.position += brackets
        pointer: Pointer = ()
        for depth, (name, part) in enumerate(keys, 1):
            pointer = (*pointer, name)
            self.found.setdefault(pointer, (part, part))
            if brackets > 1 and depth == len(keys):
                newest[pointer] = newest.get(pointer, -1) + 1
            if pointer in newest:
                pointer = (*pointer, newest[pointer])
                self.found.setdefault(pointer, (part, part))
        return pointer

    def _pair(self, table: Pointer) -> None:
        pointer, part = table, slice(0, 0)
        for name, part in self._keys():
            pointer = (*pointer, name)
            self.found.setdefault(pointer, (part, part))
        self.position += len("=")
        value, is_scalar = self._value(pointer)
        self.found[pointer] = (part, value if is_scalar else part)

    def _keys(self) -> list[tuple[str, slice]]:
        """Read a dotted key up to the sign behind it: each part, and where that stands."""
        found: list[tuple[str, slice]] = []
        self._skip()
        while not found or self._end(_TOML_DOT) > self.position:
            self.position = self._end(_TOML_DOT)
            part = slice(self.position, self._end(_TOML_KEY))
            word = self.text[part]
            found.append((str(_loads(f"key = {word}")["key"]) if word[0] in "\"'" else word, part))
            self.position = part.stop
        self._skip()
        return found

    def _value(self, pointer: Pointer) -> tuple[slice, bool]:
        """Read a value: where it stands, and whether it is no array or table."""
        start = self._skip()
        opening = self.text[start]
        if opening not in "[{":
            self.position = self._end(_TOML_STRING if opening in "\"'" else _TOML_BARE)
            return slice(start, self.position), True
        self.position += 1
        number = 0
        while self.text[self._skip()] not in "]}":
            if opening == "{":
                self._pair(pointer)
            else:
                item, _ = self._value((*pointer, number))
                self.found[*pointer, number] = (item, item)
                number += 1
            self._skip()
            self.position += self.text.startswith(",", self.position)
        self.position += 1
        return slice(start, self.position), False


def _config(statement: Statement, faults: tuple[ContractFault, ...]) -> Config:
    """Validate a configuration file's own keys and take its corpora apart; each is validated as a contract later."""
    found = list(faults)
    spoiled: set[Pointer] = set()
    for violation in own_schema("contract.schema.json", "configuration").violations(dict(statement.value)):
        place = statement.place(violation.pointer, key=violation.at_key)
        hint = _of_contract(statement, violation) or _misspelt_index(statement, violation)
        found.append(ContractFault(place, violation.message + hint))
        spoiled.add(violation.pointer[:2] if violation.pointer[:1] == ("corpora",) else violation.pointer[:1])
    value = {key: item for key, item in statement.value.items() if not {(), (key,)} & spoiled}
    corpora, exclude = value.get("corpora"), value.get("exclude")
    items: list[Statement] = []
    for number, item in enumerate(corpora if isinstance(corpora, list) else []):
        if isinstance(item, dict) and ("corpora", number) not in spoiled:
            index = str(item["index"])
            if _OUTSIDE.match(posixpath.normpath(posixpath.join(posixpath.dirname(statement.file), index))):
                place = statement.place(("corpora", number, "index"))
                hint = ": paths begin at the configuration file, without `/` in front" if index.startswith("/") else ""
                found.append(ContractFault(place, f"the index {index!r} lies outside the project{hint}"))
            else:
                items.append(_item(statement, number, item))
    globs = tuple(str(glob) for glob in (exclude if isinstance(exclude, list) else [exclude])) if exclude else ()
    return Config(statement.file, tuple(items), globs, tuple(found), statement)


def _of_contract(statement: Statement, violation: Violation) -> str:
    """A hint for whoever states a contract at the top of the configuration file."""
    if violation.key is None or violation.pointer != (violation.key,):
        return ""
    contract = {violation.key: statement.value[violation.key]}
    is_none = any(fault.key is not None for fault in own_schema("contract.schema.json").violations(contract))
    return "" if is_none else f"; {violation.key!r} belongs to a contract, an item of `corpora`"


def _misspelt_index(statement: Statement, violation: Violation) -> str:
    """The key of a corpus without an `index` that is like it."""
    if violation.keyword != "required":
        return ""
    item: Value = dict(statement.value)
    for step in violation.pointer:
        item = item[step]  # type: ignore[index]
    near = nearest("index", item if isinstance(item, dict) else ())
    return "" if near is None else f"; did you mean it by {near!r}?"


def _item(statement: Statement, number: int, value: Mapping[str, Value]) -> Statement:
    return Statement(statement.file, value, lambda pointer: statement.locate(("corpora", number, *pointer)))
