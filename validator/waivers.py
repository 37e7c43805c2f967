"""Comments that accept findings: `<!-- indexlint: ignore=MT108 reason -->` in an index, `# …` in a header."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from validator.compose import Node
from validator.late import regex
from validator.model import Span, Waiver
from validator.text import decode

_NAMES = (b"indexlint", b"Indexlint", b"IndexLint", b"INDEXLINT")
# Behind a comma and a blank, what looks like a rule is one more; any other word begins the reason.
_RULE = r"(?:[A-Z]{2}[0-9]{0,3}|[a-z0-9]+(?:-[a-z0-9]+)+)(?![^\s,])"
_BODY = regex(rf"\s*indexlint:[ \t]*ignore=(\S+(?:(?<=,)[ \t]+{_RULE},?)*)(?:[ \t](.*))?")
_BACKTICKS = regex(rb"`+")
_LONGEST = 4096  # So far around a comment it is asked whether it is shown in code.
_UNTIL = regex(r"(?:^|[ \t])until=(\S+)")
_OF_HEADER = regex(rb"(?:^|[ \t])#([ \t]*indexlint[^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_DIALECTS = frozenset({"yaml", "toml", "fenced"})
# What is meant to accept something and is not written so. With a colon behind the tool's name a verb is an instruction,
# whatever follows; else it is one only in front of a code, of a rule's name, or of nothing.
_SCOPE = r"(?:-(?:next|this|line|row|item|file|here|start))*+(?![\w-])"
_VERB = rf"(?:ignore|disable|suppress|noqa|nolint){_SCOPE}"
_WEAK_VERB = rf"(?:ignored|skip|silence|allow|accept|waive|off){_SCOPE}"
_CODE = r"[A-Z]{2}[0-9]{3}\b"
_RULE_NAME = r"[a-z]+(?:-[a-z]+)++(?![\w-])"
_SET = rf"(?!(?:rules?|codes?|select)\b)[a-z][a-z-]*+\s*+=\s*+{_CODE}"
_ENDS = r"[-\s]*+$"
_BEHIND = rf"(?:\s*+[=:(]|\s*+{_CODE}|\s++{_RULE_NAME}|{_ENDS})"
_MISSPELT = regex(
    r"[-\s]*+indexlint(?:"
    rf"\s*+[:=]++\s*+(?:{_VERB}|{_WEAK_VERB}{_BEHIND}|{_SET})"
    rf"|[-_](?:(?:{_VERB}|{_WEAK_VERB}){_BEHIND}|{_SET})"
    rf"|\s++(?:{_VERB}(?:\s*+[=:]|\s++{_CODE}|{_ENDS})|{_SET}))",
    re.IGNORECASE,
)


def in_index(data: bytes) -> tuple[Waiver, ...]:
    """The comments in an index, those that are misspelt among them. One that does not end on its line is misspelt."""
    return tuple(_found(data)) if b"<!--" in data and _is_named(data) else ()


def _is_named(data: bytes) -> bool:
    return any(name in data for name in _NAMES)


def _found(data: bytes) -> Iterator[Waiver]:
    end = 0
    while (start := data.find(b"<!--", end)) >= 0:
        if _is_code(data, start):
            end = start + 4
            continue
        end = data.find(b"-->", start)
        if end < 0:
            return
        waiver = _waiver(data[start + 4 : end], Span(start, end + 3))
        end += 3
        if waiver is not None:
            yield waiver


def _is_code(data: bytes, at: int) -> bool:
    """Whether what stands at an offset stands in a span of code that begins in its line, in a table in its cell."""
    line = data.rfind(b"\n", max(at - _LONGEST, 0), at) + 1 or max(at - _LONGEST, 0)
    if b"`" not in data[line:at]:
        return False
    end = data.find(b"\n", at, at + _LONGEST)
    text, place = data[line : end if end >= 0 else at + _LONGEST], at - line
    if text.lstrip().startswith(b"|"):
        first, last = text.rfind(b"|", 0, place) + 1, text.find(b"|", place)
        text, place = text[first : last if last >= 0 else len(text)], place - first
    return any(span.start < place < span.end for span in code_spans(text))


def code_spans(text: bytes) -> Iterator[Span]:
    """The spans of code in a text: from a run of backticks to the next one of its length (CommonMark 6.1)."""
    runs = [found.span() for found in _BACKTICKS.finditer(text)]
    later: dict[int, list[int]] = {}  # Where runs of a length end, from last to first.
    for start, behind in reversed(runs):
        later.setdefault(behind - start, []).append(behind)
    end = 0
    for start, behind in runs:
        same = later[behind - start]
        same.pop()  # It is this one itself.
        if start >= end and same:
            end = same[-1]
            yield Span(start, end)


def masked(data: bytes, waivers: Iterable[Waiver]) -> bytes:
    """The index with blanks where the comments are, so that none of them is a cell or a part of a title.

    Of the misspelt ones, which may be shown in code, those alone that are sure to be a cell: behind the last pipe.
    """
    changed = bytearray(data)
    for waiver in waivers:
        start, end = waiver.span
        if not waiver.is_misspelt or _is_behind_row(data, waiver.span):
            changed[start:end] = b" " * (end - start)
    return bytes(changed)


def _is_behind_row(data: bytes, span: Span) -> bool:
    before = data.rfind(b"\n", 0, span.start) + 1
    behind = data.find(b"\n", span.end)
    line, rest = data[before : span.start].strip(), data[span.end : behind if behind >= 0 else len(data)]
    return line.startswith(b"|") and line.endswith(b"|") and b"\n" not in data[slice(*span)] and not rest.strip()


def in_header(data: bytes, dialect: str | None, block: Span, values: Iterable[Node]) -> tuple[Waiver, ...]:
    """The comments in the header of a document, where its dialect has any. What stands inside a value is none."""
    if dialect not in _DIALECTS or not _is_named(data[block.start : block.end]):
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
    text = decode(body)
    match = _BODY.fullmatch(text)
    if match is None:
        return Waiver((), None, "", span, is_misspelt=True) if _MISSPELT.match(text) else None
    rules = tuple(rule.strip() for rule in match[1].split(",") if rule.strip())
    reason = match[2] or ""
    until = _UNTIL.search(reason)  # In front of the reason or behind it: a day that is overlooked would hold for ever.
    reason = _UNTIL.sub("", reason, 1) if until else reason
    return Waiver(rules, until[1] if until else None, reason.strip(), span)
