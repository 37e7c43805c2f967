"""Dialect `fenced`: metadata in the first code fence or `<pre>` of a document.

Lines `Key: value`, all behind the same indentation; YAML where the fence says so (```` ```yaml ````). The text around
the block is the body. Source of the fence's rules: CommonMark 4.5 and 4.6; the layout is that of BIPs and SEPs. At the
top of a document the block may be code by its indentation alone, as in ZIPs: CommonMark 4.4, docutils' literal blocks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from validator.header.block import Field, Header, Line, body_start, line_at, lines_from
from validator.header.fields import Layout, indent_of, is_blank, is_field, is_meant, read_fields
from validator.header.yaml import metadata
from validator.late import regex
from validator.model import Fault, Span
from validator.text import decode_sized

_LAYOUT = Layout(
    regex(
        rb"[ \t]*+(?P<key>[A-Za-z0-9](?:[\w.()/-]|[ ](?=[\w(])"
        rb"|(?!\xc2\xa0|\xe2\x80[\x80-\x8f]|\xef\xbb\xbf)[\x80-\xff])*+):(?:[ \t]|$)"
    ),
    "this line is no `Key: value`; indent it if it goes on with the value above",
)
_FENCE = regex(rb" {0,3}(?P<mark>`{3,}+|~{3,}+)(?P<info>[^`]*+)$")
_NEAR = regex(r"(?P<before>\s*+)(?P<mark>[`´ʼʹˋ‘’｀]++|[~˜∼〜～]++)(?P<info>\s*+[\w-]*+)\s*+")  # noqa: RUF001
_PRE = regex(rb"[ \t]*+<pre(?:[ \t][^>]*+)?>[ \t]*+$", re.IGNORECASE)
_NEAR_PRE = regex(rb"[ \t]*+</?[ \t]*+/?[ \t]*+pre[^>]{0,40}+>?[ \t]*+$", re.IGNORECASE)
_PRE_CLOSE = regex(rb"[ \t]*+</pre>[ \t]*+$", re.IGNORECASE)
_ODD_LINES = 2
_SHORTEST = 3
_CODE, _FEWEST = 4, 2
_LONGEST = 60


class _Opening(NamedTuple):
    """The line that opens the block; `mark` is its run of signs, or `<pre>`; `yaml` says what it holds."""

    line: Line
    mark: str
    yaml: bool = False
    faults: tuple[Fault, ...] = ()


def read_fenced(data: bytes) -> Header:
    """The fields in the first fence or `<pre>`. Every way in which its lines can be wrong is a fault of its own."""
    start = body_start(data)
    indented = _indented(data, start)
    if indented is not None:
        return indented
    before: list[Line] = []
    for line in lines_from(data, start):
        opening = _opening(data, line)
        if opening is not None:
            return _headless(data, before, opening) or _block(data, opening)
        before = [] if is_blank(data, line) else [*before[-_LONGEST:], line]
    return _missing(data, line_at(data, start))


def _indented(data: bytes, start: int) -> Header | None:
    """The fields at the top that only their indentation makes code: behind a line `::`, or behind four blanks."""
    lines = (line for line in lines_from(data, start) if not is_blank(data, line))
    opening = next(lines, None)
    is_literal = opening is not None and data[opening.start : opening.end].rstrip() == b"::"
    first = next(lines, None) if is_literal else opening
    indent = indent_of(data, first) if first is not None else 0
    if first is None or opening is None or indent < (1 if is_literal else _CODE):
        return None
    end = first.next
    for line in lines:
        if indent_of(data, line) < indent:
            break
        end = line.next
    fields, faults = read_fields(data, first.start, end, _LAYOUT, indent)
    if not is_field(data, first, _LAYOUT, indent) or len(fields) < _FEWEST:
        return None
    return Header("fenced", opening.start, end, start, fields, faults, Span(first.start, end))


def _missing(data: bytes, line: Line) -> Header:
    start = body_start(data)
    return Header(None, start, start, start, faults=(Fault("missing-header", line.span),))


def _opening(data: bytes, line: Line) -> _Opening | None:
    """The opening that this line is, or is meant to be where a field follows."""
    text = data[line.start : line.end]
    fence = _FENCE.match(text)
    if fence is not None:
        return _Opening(line, fence["mark"].decode(), _is_yaml(fence["info"].decode("utf-8", "replace")))
    if _PRE.match(text):
        return _Opening(line, "<pre>")
    near = _NEAR.fullmatch(decode_sized(text)) if len(text) <= _LONGEST else None
    if near is None or not _fields_follow(data, line.next):
        return None
    sign = "`" if near["mark"][0] in "`´ʼʹˋ‘’｀" else "~"  # noqa: RUF001
    detail = ("opening", _reason(near, sign * _SHORTEST), _name(sign * _SHORTEST))
    mark = sign * max(_SHORTEST, len(near["mark"]))
    return _Opening(line, mark, _is_yaml(near["info"]), (Fault("malformed-delimiter", line.span, detail),))


def _name(mark: str) -> str:
    """What the line should be, in words."""
    if mark == "<pre>":
        return "`</pre>`"
    count = "three" if len(mark) == _SHORTEST else str(len(mark))
    return f"{count} {'backticks' if mark[0] == '`' else 'tildes'}"


def _is_yaml(info: str) -> bool:
    return info.strip().lower().split(" ", maxsplit=1)[0] in {"yaml", "yml"}


def _fields_follow(data: bytes, start: int) -> bool:
    """Whether two fields stand here, behind the same indentation."""
    pair = list(lines_from(data, start, 2))
    return len(pair) > 1 and all(is_field(data, line, _LAYOUT, indent_of(data, pair[0])) for line in pair)


def _reason(near: re.Match[str], mark: str) -> str:
    if near["mark"].strip(mark[0]):
        return "its signs only look right" if near["mark"][0] not in "`~" else "it is of the other sign"
    if len(near["mark"]) < len(mark):
        return f"it has {len(near['mark'])} of {len(mark)} signs"
    if near["info"].strip():
        return "text stands behind it"
    return "it is indented too far"


def _headless(data: bytes, before: list[Line], found: _Opening) -> Header | None:
    """Fields that stand directly above a bare fence, or above `</pre>`: the opening line is what is missing."""
    indent = indent_of(data, before[0]) if before else 0
    is_bare = found.mark != "<pre>" and not data[found.line.start : found.line.end].strip(b" \t`~")
    if len(before) <= 1 or not is_bare or found.faults or _fields_follow(data, found.line.next):
        return None
    if not all(is_field(data, line, _LAYOUT, indent) or indent_of(data, line) > indent for line in before):
        return None
    fault = Fault("missing-header", before[0].span, ("opening",))
    fields, faults = read_fields(data, before[0].start, found.line.start, _LAYOUT, indent)
    root = Span(before[0].start, found.line.start)
    return Header("fenced", root.start, found.line.next, body_start(data), fields, (fault, *faults), root)


def _block(data: bytes, opening: _Opening) -> Header:
    first = next((line for line in lines_from(data, opening.line.next) if not is_blank(data, line)), None)
    if first is not None and _closes(data, first, opening) == "":
        return _empty(data, opening, first)
    indent = 0 if first is None else indent_of(data, first)
    if first is None or not (opening.yaml or _is_part(data, first, indent) or _fields_follow(data, first.next)):
        return _missing(data, opening.line)
    return _filled(data, opening, indent)


def _empty(data: bytes, opening: _Opening, closing: Line) -> Header:
    """A block without a line in it: its opening line stands twice, or there is no header."""
    if not _fields_follow(data, closing.next):
        return _missing(data, opening.line)
    header = _filled(data, opening._replace(line=closing), indent_of(data, line_at(data, closing.next)))
    return header._replace(start=opening.line.start, faults=(Fault("second-header", closing.span), *header.faults))


def _filled(data: bytes, opening: _Opening, indent: int) -> Header:
    """The header whose block begins at `opening`, read up to the line that closes it."""
    closing, reason = _closing(data, opening, indent)
    start, root = opening.line.start, Span(opening.line.next, closing.start)
    fields, found = _read(data, opening, root, indent)
    faults = (*opening.faults, *found)
    end = closing.next
    if reason is None:
        faults, end = (*faults, Fault("unclosed-header", opening.line.span, ("fenced",))), closing.start
    elif reason:
        faults = (*faults, Fault("malformed-delimiter", closing.span, ("closing", reason, _name(opening.mark))))
    else:
        after = line_at(data, end)
        again = _opening(data, after)
        if again is not None and (
            _fields_follow(data, again.line.next) or data[after.start : after.end].strip() == opening.mark.encode()
        ):
            faults = (*faults, Fault("second-header", after.span))
    return Header("fenced", start, end, body_start(data), fields, faults, root)


def _read(data: bytes, opening: _Opening, root: Span, indent: int) -> tuple[tuple[Field, ...], tuple[Fault, ...]]:
    if opening.yaml:
        return metadata(data, root.start, root.end)
    return read_fields(data, root.start, root.end, _LAYOUT, indent)


def _is_part(data: bytes, line: Line, indent: int) -> bool:
    return is_field(data, line, _LAYOUT, indent) or is_meant(data, line)


def _closing(data: bytes, opening: _Opening, indent: int) -> tuple[Line, str | None]:
    """The line that closes the block, and why it is malformed (empty: it is not); or where the metadata stops."""
    last = apart = line_at(data, opening.line.next)
    has_blank = False
    for line in lines_from(data, opening.line.next):
        reason = _closes(data, line, opening)
        if reason is not None:
            return line, reason
        if is_blank(data, line):
            apart, has_blank = (apart if has_blank else line), True
            continue
        inside = indent_of(data, line) > indent or _is_part(data, line, indent) or opening.yaml
        if (not inside and (has_blank or not _goes_on(data, line.next, opening, indent))) or (
            has_blank and opening.yaml and line.end > line.start and data[line.start : line.start + 1] == b"#"
        ):
            return (apart if has_blank else line), None
        last, has_blank = line, False
    return line_at(data, last.next), None


def _goes_on(data: bytes, start: int, opening: _Opening, indent: int) -> bool:
    """Whether a field or the closing line follows at once or behind one more odd line."""
    for line in lines_from(data, start, _ODD_LINES):
        if is_blank(data, line):
            return False
        if is_field(data, line, _LAYOUT, indent) or _closes(data, line, opening) == "":
            return True
    return False


def _closes(data: bytes, line: Line, opening: _Opening) -> str | None:
    """Empty where the line closes the block, a reason where it is meant to and does not, else `None`."""
    text = data[line.start : line.end]
    if opening.mark == "<pre>":
        if _PRE_CLOSE.match(text):
            return ""
        return "it is misspelt" if _NEAR_PRE.match(text) else None
    fence = _FENCE.match(text)
    if fence is not None and fence["mark"].startswith(opening.mark.encode()) and not fence["info"].strip():
        return ""
    near = _NEAR.fullmatch(decode_sized(text)) if len(text) <= _LONGEST else None
    if near is None:
        return None
    if near["mark"][0] != opening.mark[0] and near["mark"][0] in "`~":
        return "it is of the other sign"
    return _reason(near, opening.mark)
