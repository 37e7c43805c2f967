"""Settings: defaults < configuration file < arguments, frozen. The configuration file names corpora and exclusions."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from validator.compose import Node, Value
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
from validator.model import Place, Span
from validator.schema import Validator, build, schema_path
from validator.text import BOM, decode_sized

CONFIG_NAMES = ("indexlint.yaml", "pyproject.toml")
_TOML_TABLE = re.compile(r"[ \t]*(\[\[?)[ \t]*([^\[\]]+?)[ \t]*\]\]?")
_TOML_KEY = re.compile(
    r"[ \t]*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:[ \t]*\.[ \t]*(?:[A-Za-z0-9_-]+|\"[^\"]*\"))*)[ \t]*=[ \t]*"
)
_TOML_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")


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
    fields, faults = metadata(data, start, len(data), tags=False)
    found = tuple(yaml_fault(path, fault) for fault in faults if fault.kind != "header-type")
    if any(fault.kind == "header-type" for fault in faults):
        found = (
            *found,
            ContractFault(Place(path, None), "a configuration file is a mapping with `corpora` and `exclude`"),
        )
    items = tuple(node for field in fields for node in (Node("scalar", field.key_span, field.key), field.node))
    statement, doubled = statement_of(path, Node("mapping", Span(start, len(data)), items=items))
    return _config(statement, (*found, *doubled))


def _read_toml(path: str, data: bytes) -> Config | None:
    text = decode_sized(data.removeprefix(BOM))
    if "indexlint" not in text:
        return None
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Config(path, faults=(_toml_fault(path, text, str(error)),))
    ours = table.get("tool", {}).get("indexlint") if isinstance(table.get("tool"), dict) else None
    if ours is None:
        return None
    value = _plain(ours)
    offset = len(data) - len(data.removeprefix(BOM))
    locator = TomlLocator(text, offset, ("tool", "indexlint"))
    if not isinstance(value, dict):
        return Config(path, faults=(ContractFault(Place(path, None), "tool.indexlint is a table"),))
    return _config(Statement(path, value, locator), ())


def _toml_fault(path: str, text: str, message: str) -> ContractFault:
    where = _TOML_POSITION.search(message)
    if where is None:
        return ContractFault(Place(path, None), f"TOML syntax: {message}")
    lines = text.split("\n")
    before = "\n".join(lines[: int(where[1]) - 1]) + ("\n" if int(where[1]) > 1 else "")
    start = len((before + lines[int(where[1]) - 1][: int(where[2]) - 1]).encode())
    return ContractFault(Place(path, Span(start, start + 1)), f"TOML syntax: {message[: where.start()].strip()}")


def _plain(value: object) -> Value:
    """TOML values as JSON values; dates and times as they are written."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value if isinstance(value, bool | int | float | str) else str(value)


class TomlLocator:
    """Finds the place of a key in TOML text, as far as lines tell: `tomllib` gives values without places."""

    def __init__(self, text: str, base: int, prefix: tuple[str, ...]) -> None:
        self.text = text
        self.base = base
        self.found: dict[Pointer, tuple[int, int, int]] = {}
        self._read(prefix)

    def _read(self, prefix: tuple[str, ...]) -> None:
        table: Pointer = ()
        arrays: dict[tuple[str, ...], int] = {}
        position = 0
        for line in self.text.split("\n"):
            if (header := _TOML_TABLE.match(line)) is not None:
                keys = _keys(header[2])
                if header[1] == "[[":
                    arrays[keys] = arrays.get(keys, -1) + 1
                table = _numbered(keys, arrays)
                self._note(
                    table, prefix, position + header.start(2), position + header.end(2), position + header.end(2)
                )
            elif (key := _TOML_KEY.match(line)) is not None:
                pointer = (*table, *_keys(key[1]))
                self._note(
                    pointer, prefix, position + key.start(1), position + key.end(), position + len(line.rstrip())
                )
            position += len(line) + 1

    def _note(self, pointer: Pointer, prefix: tuple[str, ...], start: int, value: int, end: int) -> None:
        if pointer[: len(prefix)] == prefix:
            self.found.setdefault(pointer[len(prefix) :], (start, value, end))

    def __call__(self, pointer: Pointer) -> Located:
        """The places of a pointer's last key and of its value; the nearest above it inside an inline table."""
        known = pointer
        while known and known not in self.found:
            known = known[:-1]
        start, value, end = self.found.get(known, (0, 0, 0))
        inner = pointer[-1] if len(pointer) > len(known) else None
        if isinstance(inner, str):
            match = re.search(rf"(?<![\w-]){re.escape(inner)}(?![\w-])", self.text[value:end])
            if match is not None:
                span = self._span(value + match.start(), value + match.end())
                return Located(span, span)
        key_end = start + len(str(known[-1])) if known else end
        return Located(self._span(start, key_end), self._span(min(value, end), end))

    def _span(self, start: int, end: int) -> Span:
        first = self.base + len(self.text[:start].encode())
        return Span(first, first + len(self.text[start:end].encode()))


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip(" \t\"'") for part in re.split(r"\.(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", dotted))


def _numbered(keys: tuple[str, ...], arrays: Mapping[tuple[str, ...], int]) -> Pointer:
    """A table's path with the number of the item behind each array of tables on the way."""
    found: list[str | int] = []
    for depth, key in enumerate(keys, 1):
        found.append(key)
        if keys[:depth] in arrays:
            found.append(arrays[keys[:depth]])
    return tuple(found)


def _configuration() -> Validator:
    with open(schema_path("contract.schema.json"), encoding="utf-8") as file:
        definitions = json.load(file)["$defs"]
    return build({"$defs": definitions, "$ref": "#/$defs/configuration"})


def _config(statement: Statement, faults: tuple[ContractFault, ...]) -> Config:
    """Validate a configuration file's own keys and take its corpora apart; each is validated as a contract later."""
    found = list(faults)
    spoiled: set[str | int] = set()
    bad_items: set[str | int] = set()
    for violation in _configuration().violations(dict(statement.value)):
        place = statement.place(violation.pointer, key=violation.keyword == "additionalProperties")
        found.append(ContractFault(place, violation.message))
        if len(violation.pointer) > 1 and violation.pointer[0] == "corpora":
            bad_items.add(violation.pointer[1])
        elif violation.pointer:
            spoiled.add(violation.pointer[0])
    corpora = statement.value.get("corpora") if "corpora" not in spoiled else None
    exclude = statement.value.get("exclude") if "exclude" not in spoiled else None
    items = tuple(
        _item(statement, number, item)
        for number, item in enumerate(corpora if isinstance(corpora, list) else [])
        if isinstance(item, dict) and number not in bad_items
    )
    globs = tuple(str(glob) for glob in exclude) if isinstance(exclude, list) else (str(exclude),) if exclude else ()
    return Config(statement.file, items, globs, tuple(found), statement)


def _item(statement: Statement, number: int, value: Mapping[str, Value]) -> Statement:
    return Statement(statement.file, value, lambda pointer: statement.locate(("corpora", number, *pointer)))
