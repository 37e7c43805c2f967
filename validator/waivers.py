"""Comments that accept findings: `<!-- indexlint: ignore=MT108 reason -->` in an index, `# …` in a header."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from validator.compose import Node
from validator.late import regex
from validator.model import Span, Waiver
from validator.text import decode

_SIGN = b"indexlint:"
# Behind a comma and a blank, what looks like a rule is one more; any other word begins the reason.
_RULE = r"(?:[A-Z]{2}[0-9]{0,3}|[a-z0-9]+(?:-[a-z0-9]+)+)(?![^\s,])"
_BODY = regex(rf"\s*indexlint:[ \t]*ignore=(\S+(?:(?<=,)[ \t]+{_RULE},?)*)(?:[ \t](.*))?")
_UNTIL = regex(r"(?:^|[ \t])until=(\S+)")
_OF_HEADER = regex(rb"(?:^|[ \t])#([ \t]*indexlint:[ \t]*ignore=[^\r\n]*)", re.MULTILINE)
_DIALECTS = frozenset({"yaml", "toml", "fenced"})


def in_index(data: bytes) -> tuple[Waiver, ...]:
    """The comments in an index. One that does not end on its line is none."""
    return tuple(_found(data)) if _SIGN in data else ()


def _found(data: bytes) -> Iterator[Waiver]:
    end = 0
    while (start := data.find(b"<!--", end)) >= 0:
        end = data.find(b"-->", start)
        if end < 0:
            return
        waiver = _waiver(data[start + 4 : end], Span(start, end + 3))
        end += 3
        if waiver is not None:
            yield waiver


def masked(data: bytes, waivers: Iterable[Waiver]) -> bytes:
    """The index with blanks where the comments are, so that none of them is a cell or a part of a title."""
    changed = bytearray(data)
    for waiver in waivers:
        start, end = waiver.span
        changed[start:end] = b" " * (end - start)
    return bytes(changed)


def in_header(data: bytes, dialect: str | None, block: Span, values: Iterable[Node]) -> tuple[Waiver, ...]:
    """The comments in the header of a document, where its dialect has any. What stands inside a value is none."""
    if dialect not in _DIALECTS or _SIGN not in data[block.start : block.end]:
        return ()
    scalars = sorted(span for value in values for span in _scalars(value))
    found = []
    for match in _OF_HEADER.finditer(data, block.start, block.end):
        span = Span(match.start(1) - 1, match.end())
        nearest = bisect_right(scalars, span) - 1
        waiver = _waiver(match[1], span)
        if waiver is not None and (nearest < 0 or scalars[nearest].end <= span.start):
            found.append(waiver)
    return tuple(found)


def _scalars(node: Node) -> Iterator[Span]:
    if node.kind == "scalar":
        yield node.span
    for item in node.items:
        yield from _scalars(item)


def _waiver(body: bytes, span: Span) -> Waiver | None:
    match = _BODY.fullmatch(decode(body))
    if match is None:
        return None
    rules = tuple(rule.strip() for rule in match[1].split(",") if rule.strip())
    reason = match[2] or ""
    until = _UNTIL.search(reason)  # In front of the reason or behind it: a day that is overlooked would hold for ever.
    reason = _UNTIL.sub("", reason, 1) if until else reason
    return Waiver(rules, until[1] if until else None, reason.strip(), span)
