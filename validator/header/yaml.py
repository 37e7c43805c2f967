"""Dialect `yaml`: front matter between two lines `---`.

Split by whole lines, never by substring: `a --- b` in a value delimits nothing. `...` closes too, as YAML has it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from validator.compose import Composed, Node, compose
from validator.header.block import (
    Field,
    Header,
    Line,
    body_start,
    dash_fault,
    line_at,
    lines_from,
    looks_like_key,
    looks_like_metadata,
)
from validator.header.flat import read_flat
from validator.late import regex
from validator.model import Fault, Span
from validator.text import decode_sized, line_end

_OPEN = b"---"
_CLOSE = (b"---", b"...")
_FENCES = (b"```", b"~~~")
_CLOSED_BEHIND = regex(rb"[ \t]+-{3}[ \t]*$")
_COLON_AND_BLANK = regex("[ \t]*[\\w.-]+[ \t]*:(?P<blank>[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff])")
_MOST_DASHES = 20
_SEARCHED_LINES = 50


def read_undeclared(data: bytes) -> Header:
    """A header that nobody declared: `---` on line one, closed, with something that reads as `key:` first."""
    start = body_start(data)
    return read_flat(data, start) or undeclared_in_full(data, start)


def undeclared_in_full(data: bytes, start: int) -> Header:
    """The header that nobody declared at byte `start`, read without the short path."""
    nothing = Header(None, start, start, start)
    if not data.startswith(_OPEN, start):
        return nothing
    opening = line_at(data, start)
    if data[opening.start : opening.end].rstrip(b" \t") != _OPEN or not _has_key_first(data, opening.next):
        return nothing
    closing = _exact_close(data, opening.next, trailing=b" \t")
    if closing is None or _breaks_off(data, opening.next, closing.start):
        return nothing
    return _header(data, opening, closing, ())


def read_yaml(data: bytes) -> Header:
    """Front matter where the contract wants it; every way in which a delimiter can be wrong is a fault of its own."""
    start = body_start(data)
    return read_flat(data, start) or read_in_full(data, start)


def read_in_full(data: bytes, start: int) -> Header:
    """The header at byte `start`, read without the short path."""
    opening = line_at(data, start)
    if data[opening.start : opening.end] == _OPEN:
        return _close(data, opening, ())
    reason = dash_fault(data, opening)
    if reason is not None and _has_key_first(data, opening.next):
        return _close(data, opening, (Fault("malformed-delimiter", opening.span, ("opening", reason)),))
    return _displaced(data, start)


def _displaced(data: bytes, start: int) -> Header:
    """The first line opens nothing: look for a header further down, or for one whose opening line is gone.

    What stands behind a code fence is an example of a header, and none.
    """
    bare = _without_opening(data, start)
    if bare is not None:
        return bare
    before = start
    for line in lines_from(data, start, _SEARCHED_LINES):
        text = data[line.start : line.end]
        if text.lstrip().startswith(_FENCES):
            break
        is_opening = text == _OPEN or dash_fault(data, line) is not None
        if is_opening and looks_like_key(data, line_at(data, line.next)) and _block_end(data, line.next) is not None:
            what = "text" if data[start : line.start].strip() else "blank lines"
            return _close(data, line, (Fault("text-before-header", Span(start, before), (what,)),))
        before = line.end
    return Header(None, start, start, start, faults=(Fault("missing-header", line_at(data, start).span),))


def _without_opening(data: bytes, start: int) -> Header | None:
    """Metadata from the first line on and a closing line after it: the opening delimiter is what is missing."""
    if not looks_like_key(data, line_at(data, start)):
        return None
    for line in lines_from(data, start, _SEARCHED_LINES):
        if data[line.start : line.end] == _OPEN:
            if _block_end(data, line.next) is not None:
                return None
            fault = Fault("missing-header", line_at(data, start).span, ("opening",))
            return _header(data, Line(start, start, start), line, (fault,))
        if not looks_like_metadata(data, line):
            return None
    return None


def _close(data: bytes, opening: Line, faults: tuple[Fault, ...]) -> Header:
    """Find the line that closes the header opened at `opening`, exact or malformed, or say that none does."""
    exact = _exact_close(data, opening.next)
    close = _malformed_close(data, opening.next, exact)
    if close is not None:
        line, reason = close
        return _header(data, opening, line, (*faults, Fault("malformed-delimiter", line.span, ("closing", reason))))
    if exact is None or _breaks_off(data, opening.next, exact.start):
        return unclosed(data, opening, faults)
    return _header(data, opening, exact, faults)


def unclosed(data: bytes, opening: Line, faults: tuple[Fault, ...] = ()) -> Header:
    """A header without its closing line: its metadata is taken to end before the first line that cannot be any."""
    end = opening.next
    listing = False
    for line in lines_from(data, opening.next):
        text = data[line.start : line.end]
        is_key = looks_like_key(data, line)
        if not text or not looks_like_metadata(data, line) or (text.startswith(b"-") and not listing):
            break
        listing = text.rstrip().endswith(b":") if is_key else listing
        if is_key and (dashes := _CLOSED_BEHIND.search(text)) is not None:
            # The closing line stands behind a value: it is none, but no part of the value either.
            closing = Line(line.start + dashes.start(), line.start + dashes.start(), line.next)
            return _header(data, opening, closing, (*faults, Fault("unclosed-header", opening.span, ("yaml",))))
        end = end if text.startswith(b"#") else line.next
    fault = Fault("unclosed-header", opening.span, ("yaml",))
    return _header(data, opening, Line(end, end, end), (*faults, fault))


def _exact_close(data: bytes, start: int, trailing: bytes = b"") -> Line | None:
    """The first line from `start` on that closes; `trailing` are the bytes that may follow the dashes."""
    for line in lines_from(data, start):
        text = data[line.start : line.end]
        if (text.rstrip(trailing) if trailing else text) in _CLOSE:
            return line
    return None


def _breaks_off(data: bytes, start: int, end: int) -> bool:
    """Whether the metadata is over before `end`, so that the line there is a rule of the body.

    It is where a paragraph that is no metadata stands apart by an empty line, and YAML cannot read the whole.
    """
    blank = prose = apart = False
    for line in lines_from(data[:end], start):
        first = data[line.start : line.end].strip()[:1] and data[line.start : line.start + 1]
        if not first:
            blank = True
        elif first != b"#":
            prose = prose or not looks_like_metadata(data, line)
            apart = apart or (blank and first not in b" \t" and not looks_like_key(data, line))
            blank = False
    return (apart or (prose and blank)) and not _is_mapping(data, start, end)


def _is_mapping(data: bytes, start: int, end: int) -> bool:
    root = compose(decode_sized(data[start:end]), start).root
    return root is not None and root.kind == "mapping"


def _malformed_close(data: bytes, start: int, exact: Line | None) -> tuple[Line, str] | None:
    """The line that is meant to close the header and is malformed; the exact one is then a rule of the body."""
    tried = 0
    for line in lines_from(data if exact is None else data[: exact.start], start):
        reason = dash_fault(data, line)
        if reason is None and not looks_like_metadata(data, line):
            return None
        if reason is not None and tried < _MOST_DASHES:
            tried += 1
            if not _in_value(data, start, line, exact):
                return line, reason
    return None


def _in_value(data: bytes, start: int, line: Line, exact: Line | None) -> bool:
    """Whether a line of dashes is part of a value, as YAML reads the whole header, or else all up to this line.

    In a value without quotes that goes on over several lines, one or two dashes are text and three are none.
    """
    for end in (line.next,) if exact is None else (exact.start, line.next):
        root = compose(decode_sized(data[start:end]), start).root
        if root is not None:
            short = len(decode_sized(data[line.start : line.end]).strip()) < len(_OPEN)
            return short or any(not node.plain and _within(line, node) for node in _scalars(root))
    return False


def _within(line: Line, node: Node) -> bool:
    return node.span.start < line.start and line.end <= node.span.end


def _scalars(node: Node) -> Iterator[Node]:
    if node.kind == "scalar":
        yield node
    for item in node.items:
        yield from _scalars(item)


def _has_key_first(data: bytes, start: int) -> bool:
    """Whether the first line that is neither empty nor a comment reads as a key, or as a closing line at once."""
    for line in lines_from(data, start):
        text = data[line.start : line.end].strip()
        if text and not text.startswith(b"#"):
            return looks_like_key(data, line) or text in _CLOSE
    return False


def _header(data: bytes, opening: Line, closing: Line, faults: tuple[Fault, ...]) -> Header:
    """The header between two delimiter lines, its metadata composed, and a second one behind it found."""
    start, end = opening.next, closing.start
    fields, found = metadata(data, start, end)
    faults = (*faults, *found)
    body = closing.next
    after = line_at(data, body)
    second = _block_end(data, after.next) if data[after.start : after.end] == _OPEN else None
    if closing.start != closing.end and data[after.start : after.end] == _OPEN:
        faults = (*faults, Fault("second-header", after.span))
        body = after.next
        if second is not None:
            body = second.next
            if not fields:
                fields, _ = metadata(data, after.next, second.start)
    elif start == end and not faults and looks_like_key(data, after):
        # The opening line twice: what follows the empty block is the header that was meant.
        second = _block_end(data, after.start)
        if second is not None:
            fields, found = metadata(data, after.start, second.start)
            faults, body = (Fault("second-header", closing.span), *found), second.next
    return Header("yaml", opening.start, body, body, fields, faults, Span(start, end))


def _block_end(data: bytes, start: int) -> Line | None:
    """The line that closes the block of metadata at `start`; `None` where no such block stands there."""
    if not _has_key_first(data, start):
        return None
    close = _exact_close(data, start)
    if close is None or not all(line.start < line.end for line in lines_from(data[: close.start], start)):
        return None
    return None if _breaks_off(data, start, close.start) else close


def metadata(data: bytes, start: int, end: int, *, tags: bool = True) -> tuple[tuple[Field, ...], tuple[Fault, ...]]:
    """The fields of the YAML mapping in `data[start:end]`; with `tags` false, tags and aliases are faults.

    A value that does not parse costs one fault and itself: the other keys are read one by one.
    """
    composed = compose(decode_sized(data[start:end]), start, tags=tags)
    if composed.root is None or composed.root.kind != "mapping":
        unseen = _unseen_blank(data, start, end)
        if unseen is not None:
            fields, faults = _by_key(data, start, end, (), tags=tags) if composed.root is None else ((), ())
            return fields, (unseen, *(fault for fault in faults if not fault.kind.startswith("yaml-")))
    if composed.root is None and any(fault.kind.startswith("yaml-") for fault in composed.faults):
        return _by_key(data, start, end, composed.faults, tags=tags)
    return fields_of(composed)


def _unseen_blank(data: bytes, start: int, end: int) -> Fault | None:
    """The first blank behind a key's colon that is no space, which makes the key and its value one text."""
    for line in lines_from(data[:end], start):
        text = decode_sized(data[line.start : line.end])
        found = None if text.isascii() else _COLON_AND_BLANK.match(text)
        if found is not None:
            at = line.start + len(text[: found.start("blank")].encode())
            blank = found["blank"]
            name = f"U+{ord(blank):04X} ({unicodedata.name(blank)})"
            key = text[: found.start("blank")].rstrip(": \t").strip()
            reason = f"{name} stands behind the colon where a space is wanted"
            return Fault("yaml-syntax", Span(at, at + len(blank.encode())), (reason, key))
    return None


def fields_of(composed: Composed) -> tuple[tuple[Field, ...], tuple[Fault, ...]]:
    """The fields of a mapping that was read without a fault of syntax; anything else is a fault, and states nothing."""
    faults = composed.faults
    root = composed.root
    if root is None or (root.kind == "scalar" and not root.text):
        return (), faults
    if root.kind != "mapping":
        return (), (*faults, Fault("header-type", root.span, (root.kind,)))
    fields, more = _fields(root)
    doubled = {fault.span: fault for field in reversed(fields) for fault in _doubled(field.node, field.key)}
    return fields, (*faults, *more, *sorted(doubled.values(), key=lambda fault: fault.span or root.span))


def _doubled(node: Node, name: str) -> Iterator[Fault]:
    """Keys that stand twice in a mapping below a field; what an alias repeats is told where it first stands."""
    seen: dict[str, Span] = {}
    for key, value in node.pairs() if node.kind == "mapping" else ():
        below = f"{name}.{key.text}"
        if key.text in seen:
            first = seen[key.text]
            yield Fault("duplicate-key", key.span, (below, str(first.start), str(first.end)))
        else:
            seen[key.text] = key.span
            yield from _doubled(value, below)
    for number, item in enumerate(node.items if node.kind == "sequence" else ()):
        yield from _doubled(item, f"{name}.{number}")


def _fields(root: Node) -> tuple[tuple[Field, ...], tuple[Fault, ...]]:
    fields: dict[str, Field] = {}
    faults: list[Fault] = []
    for key, value in root.pairs():
        if key.text in fields:
            first = fields[key.text].key_span
            faults.append(Fault("duplicate-key", key.span, (key.text, str(first.start), str(first.end))))
        else:
            fields[key.text] = Field(key.text, key.span, value)
    return tuple(fields.values()), tuple(faults)


def _by_key(
    data: bytes, start: int, end: int, faults: tuple[Fault, ...], *, tags: bool
) -> tuple[tuple[Field, ...], tuple[Fault, ...]]:
    """Read a block that does not parse as a whole key by key, so that the faulty value costs only itself."""
    lines = list(lines_from(data[:end], start))
    starts = [line.start for line in lines if looks_like_key(data, line)]
    if not starts:
        return (), faults
    sorted_out = all(looks_like_metadata(data, line) for line in lines)
    fields: dict[str, Field] = {}
    found: list[Fault] = []
    for begin, stop in zip(starts, [*starts[1:], end], strict=True):
        piece = compose(decode_sized(data[begin:stop]), begin, tags=tags)
        found.extend(_spoiling(fault, data, begin) if sorted_out else fault for fault in piece.faults)
        if piece.root is not None and piece.root.kind == "mapping":
            more, doubled = _fields(piece.root)
            found.extend(doubled)
            for field in more:
                fields.setdefault(field.key, field)
    return tuple(fields.values()), tuple(found) or faults


def _spoiling(fault: Fault, data: bytes, start: int) -> Fault:
    """A fault of syntax with the key whose value it spoils."""
    key = data[start : line_end(data, start)].partition(b":")[0]
    return fault._replace(detail=(*fault.detail, decode_sized(key).strip(" \t\"'"))) if fault.detail else fault
