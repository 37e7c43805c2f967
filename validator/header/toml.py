"""Dialect `toml`: front matter between two lines `+++`, as Hugo and Zola read it.

Split by whole lines, never by substring. `tomllib` gives values without places, so the block is cut into statements
first, and each is read alone: one bad value costs itself. Source of the syntax: TOML 1.0.
"""

from __future__ import annotations

from validator.header.block import Header, Line, body_start, line_at, lines_from, plus_fault
from validator.header.statements import KEY, Statement, looks_like_toml, read_statements, statements
from validator.model import Fault, Span

_MARK = b"+++"
_SHOWN = "`+++`"
_FENCES = (b"```", b"~~~")
_SEARCHED_LINES = 50


def read_undeclared(data: bytes) -> Header:
    """A header that nobody declared: `+++` on line one, closed, with a statement of TOML first."""
    start = body_start(data)
    opening = line_at(data, start)
    nothing = Header(None, start, start, start)
    if data[opening.start : opening.end].rstrip(b" \t") != _MARK or not _has_key_first(data, opening.next):
        return nothing
    closing = _exact_close(data, opening.next, trailing=b" \t")
    if closing is None or _breaks_off(statements(data, opening.next, closing.start)):
        return nothing
    return _header(data, opening, closing, ())


def read_toml(data: bytes) -> Header:
    """Front matter where the contract wants it; every way in which a delimiter can be wrong is a fault of its own."""
    start = body_start(data)
    opening = line_at(data, start)
    if data[opening.start : opening.end] == _MARK:
        return _close(data, opening, ())
    reason = plus_fault(data, opening)
    if reason is not None and _has_key_first(data, opening.next):
        return _close(data, opening, (Fault("malformed-delimiter", opening.span, ("opening", reason, _SHOWN)),))
    return _displaced(data, start)


def _displaced(data: bytes, start: int) -> Header:
    """Line one opens nothing: a header without its opening line, or one further down, before any code fence."""
    closing = _exact_close(data, start)
    # A line that opens a header further down closes none in front of it.
    opens = closing is not None and _is_closed_block(data, closing.next)
    if (
        closing is not None
        and not opens
        and _is_key(data, start)
        and not _breaks_off(statements(data, start, closing.start))
    ):
        fault = Fault("missing-header", line_at(data, start).span, ("opening",))
        return _header(data, Line(start, start, start), closing, (fault,))
    before = start
    for line in lines_from(data, start, _SEARCHED_LINES):
        text = data[line.start : line.end]
        if text.lstrip().startswith(_FENCES):
            break
        if (text == _MARK or plus_fault(data, line) is not None) and _is_closed_block(data, line.next):
            what = "text" if data[start : line.start].strip() else "blank lines"
            return _close(data, line, (Fault("text-before-header", Span(start, before), (what,)),))
        before = line.end
    return Header(None, start, start, start, faults=(Fault("missing-header", line_at(data, start).span),))


def _is_closed_block(data: bytes, start: int) -> bool:
    closing = _exact_close(data, start) if _is_key(data, start) else None
    return closing is not None and not _breaks_off(statements(data, start, closing.start))


def _is_key(data: bytes, start: int) -> bool:
    line = line_at(data, start)
    return KEY.match(data, line.start, line.end) is not None


def _has_key_first(data: bytes, start: int) -> bool:
    """Whether the first line that is neither empty nor a comment is a statement, or closes at once."""
    for line in lines_from(data, start):
        text = data[line.start : line.end].strip()
        if text and not text.startswith(b"#"):
            return looks_like_toml(data, line) or text == _MARK
    return False


def _exact_close(data: bytes, start: int, trailing: bytes = b"") -> Line | None:
    for line in lines_from(data, start):
        text = data[line.start : line.end]
        if (text.rstrip(trailing) if trailing else text) == _MARK:
            return line
    return None


def _breaks_off(found: list[Statement]) -> bool:
    """Whether text that is no TOML stands apart by an empty line: the line `+++` behind it is one of the body."""
    for statement in found:
        if statement.is_open:
            return False
        if statement.apart and not statement.is_toml:
            return True
    return False


def _close(data: bytes, opening: Line, faults: tuple[Fault, ...]) -> Header:
    """Find the line that closes the header opened at `opening`, exact or malformed, or say that none does."""
    exact = _exact_close(data, opening.next)
    found = statements(data, opening.next, len(data) if exact is None else exact.start)
    for statement in found:
        line = line_at(data, statement.start)
        reason = plus_fault(data, line)
        if reason is not None:
            fault = Fault("malformed-delimiter", line.span, ("closing", reason, _SHOWN))
            return _header(data, opening, line, (*faults, fault))
        if not statement.is_toml:
            break
    if exact is None or _breaks_off(found):
        return _unclosed(data, opening, found, faults)
    return _header(data, opening, exact, faults)


def _unclosed(data: bytes, opening: Line, found: list[Statement], faults: tuple[Fault, ...]) -> Header:
    """A header without its closing line: its metadata ends before the first statement that is none."""
    end = opening.next
    for statement in found:
        if not statement.is_toml:
            break
        end = statement.end
    return _header(data, opening, Line(end, end, end), (*faults, Fault("unclosed-header", opening.span, ("toml",))))


def _header(data: bytes, opening: Line, closing: Line, faults: tuple[Fault, ...]) -> Header:
    """The header between two delimiter lines, and a second one behind it found."""
    fields, found = read_statements(data, opening.next, closing.start)
    faults, root = (*faults, *found), Span(opening.next, closing.start)
    after = line_at(data, closing.next)
    end = body = closing.next
    if closing.end > closing.start and data[after.start : after.end] == _MARK:
        faults, body = (*faults, Fault("second-header", after.span)), after.next
        second = _exact_close(data, after.next) if _is_closed_block(data, after.next) else None
        if second is not None:
            body = second.next
            fields = fields or read_statements(data, after.next, second.start)[0]
    elif opening.next == closing.start < closing.end and not faults and _is_closed_block(data, closing.next):
        # The opening line twice: what follows the empty block is the header that was meant.
        second = _exact_close(data, closing.next) or closing
        fields, found = read_statements(data, closing.next, second.start)
        faults, end, body = (Fault("second-header", closing.span), *found), second.next, second.next
    return Header("toml", opening.start, end, body, fields, faults, root)
