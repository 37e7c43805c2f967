"""Where a contract is written: into the front matter of an `INDEX.md`, else into `indexlint.yaml`. Bytes in, bytes out.

Nothing but the contract changes: line ends, byte-order mark and every other byte of a file stay as they are.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from validator.contract import FrontMatter, read_front_matter
from validator.discover import INDEX_NAME
from validator.header.block import line_at
from validator.infer.wording import front_matter, item, nested
from validator.late import regex
from validator.settings import Config, read_config
from validator.text import BOM

CONFIG = "indexlint.yaml"
_OURS = regex(rb"^(?:manifest|indexlint)[ \t]*:", re.MULTILINE)
_NESTED = regex(rb"^indexlint[ \t]*:[^\n]*\n(?:[ \t]+[^\n]*\n|[ \t]*\r?\n(?=[ \t]))*", re.MULTILINE)
_ITEM = regex(rb"([ \t]*)-[ \t]")
_TOP = regex(rb"^[^\s#-]", re.MULTILINE)
_CORPORA = regex(rb"^corpora[ \t]*:[ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE)


class PlacingError(Exception):
    """A contract cannot be written there; the message says why."""


class Wanted(NamedTuple):
    """A contract to be written: its index, and its lines."""

    path: str
    lines: tuple[str, ...]


def carries_front_matter(path: str, data: bytes) -> bool:
    """Whether an index may hold its contract itself: an `INDEX.md` whose front matter, if it has any, is YAML."""
    if posixpath.basename(path) != INDEX_NAME:
        return False
    start = len(BOM) if data.startswith(BOM) else 0
    first = line_at(data, start)
    opening = data[first.start : first.end].rstrip()
    front = read_front_matter(path, data)
    if opening == b"+++" or (opening == b"---" and front.span is None):
        return False  # It is somebody's front matter, or a rule that would be read as one.
    if front.span is None or front.statement is not None or front.faults:
        return not front.index_faults
    return _is_sound(path, _inserted(data, front, ["documents: x"]))


def has_contract(path: str, data: bytes) -> bool:
    """Whether an index states a contract already, sound or not."""
    front = read_front_matter(path, data)
    return front.statement is not None or bool(front.faults)


def in_front_matter(path: str, data: bytes, lines: Sequence[str]) -> bytes:
    """The index with the contract in its front matter, in place of the one that it has.

    Raises:
        PlacingError: its front matter is not closed, or cannot be told from the contract in it.
    """
    front = read_front_matter(path, data)
    start = len(BOM) if data.startswith(BOM) else 0
    if front.index_faults:
        raise PlacingError(f"the front matter of {path} is not closed: mend it first")
    if front.statement is None and not front.faults:
        made = data[:start] + _joined(front_matter(lines), data) + data[start:] if front.span is None else None
        made = made if made is not None else _inserted(data, front, lines)
    else:
        made = _replaced(data, front, lines, start)
    if not _is_sound(path, made):
        raise PlacingError(f"the front matter of {path} cannot take a contract: mend it first")
    return made


def _joined(lines: Iterable[str], data: bytes) -> bytes:
    """Lines with the line end of the file that they go into."""
    first = data.find(b"\n")
    end = b"\r\n" if first > 0 and data[first - 1 : first] == b"\r" else b"\n"
    return b"".join(line.encode() + end for line in lines)


def _inserted(data: bytes, front: FrontMatter, lines: Sequence[str]) -> bytes:
    """The contract as the last key of somebody else's front matter."""
    close = data.rfind(b"\n", 0, max(front.body - 1, 0)) + 1
    return data[:close] + _joined(nested(lines), data) + data[close:]


def _replaced(data: bytes, front: FrontMatter, lines: Sequence[str], start: int) -> bytes:
    found = _NESTED.search(data, start, front.body)
    if found is not None:
        return data[: found.start()] + _joined(nested(lines), data) + data[found.end() :]
    return data[:start] + _joined(front_matter(lines), data) + data[front.body :]


def _is_sound(path: str, data: bytes) -> bool:
    front = read_front_matter(path, data)
    return front.statement is not None and not front.faults and not front.index_faults


def in_configuration(data: bytes | None, wanted: Sequence[Wanted]) -> bytes:
    """The configuration file with these contracts as items of `corpora`, in place of those of the same indexes.

    Raises:
        PlacingError: the file is invalid, or written in a way that an item cannot be put into.
    """
    blocks = [(one.path, _joined(item(one.path, one.lines), data or b"")) for one in wanted]
    if data is None:
        head = _joined(["# The contracts of this project's indexes, as `indexlint init` found them.", "corpora:"], b"")
        return head + b"".join(_indented(block, b"  ") for _, block in blocks)
    config = read_config(CONFIG, data)
    if config is None or config.faults:
        raise PlacingError(f"{CONFIG} is invalid: mend it first")
    if not config.corpora:
        gap = b"" if not data or data.endswith(b"\n") else _joined([""], data)
        return data + gap + _joined(["corpora:"], data) + b"".join(_indented(block, b"  ") for _, block in blocks)
    made = _with_items(data, config, blocks)
    again = read_config(CONFIG, made)
    expected = {index for index, _ in blocks} | {str(statement.value["index"]) for statement in config.corpora}
    if again is None or again.faults or {str(statement.value["index"]) for statement in again.corpora} != expected:
        raise PlacingError(f"{CONFIG} is written in a way that cannot be added to: use --stdout, and copy")
    return made


def _with_items(data: bytes, config: Config, blocks: Sequence[tuple[str, bytes]]) -> bytes:
    starts = []
    for statement in config.corpora:
        span = statement.locate(()).value
        at = data.rfind(b"\n", 0, span.start if span else 0) + 1
        starts.append(at)
    opened = _ITEM.match(data, starts[0])
    if opened is None or not _CORPORA.search(data) or len(set(starts)) < len(starts):
        raise PlacingError(f"{CONFIG} is written in a way that cannot be added to: use --stdout, and copy")
    behind = _TOP.search(data, starts[-1])
    end = behind.start() if behind else len(data)
    new = {index for index, _ in blocks}
    bounds = [*starts, end]
    kept = b"".join(
        data[bounds[number] : bounds[number + 1]]
        for number, statement in enumerate(config.corpora)
        if str(statement.value["index"]) not in new
    )
    gap = _joined([""], data) if kept and not kept.endswith(b"\n") else b""
    added = b"".join(_indented(block, opened[1]) for _, block in blocks)
    return data[: starts[0]] + kept + gap + added + data[end:]


def _indented(block: bytes, by: bytes) -> bytes:
    return b"".join(by + line for line in block.splitlines(keepends=True))


def listed_in(config: Config) -> Mapping[str, int]:
    """The indexes that a configuration file lists, as it writes them, and how often."""
    found: dict[str, int] = {}
    for statement in config.corpora:
        index = str(statement.value.get("index"))
        found[index] = found.get(index, 0) + 1
    return found
