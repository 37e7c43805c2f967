"""Lists and link paragraphs: an entry is an item, or a paragraph, that begins with a link."""

from __future__ import annotations

from urllib.parse import unquote

from validator.index.markdown import PLAIN_ITEM, Lines, Part
from validator.markdown import read_children
from validator.model import Entry, Link, Span
from validator.rows import real

COLUMNS = ("link.text", "link.target", "remark")


def read_item(lines: Lines, part: Part, block: int) -> Entry | None:
    """Read an item or a paragraph; `None` where no link leads it (then it is prose)."""
    span = lines.span(part.first, part.end - 1)
    if part.token is None:
        match = PLAIN_ITEM.match(lines.get(part.first))
        assert match is not None, "the outline leaves only plain items without a token"
        return _entry(block, span, real(match[2]).strip(), real(match[3]), "")
    found = read_children(part.token)
    if not found.links or not found.leading:
        return None
    target, text = found.links[0]
    remark = found.text.removeprefix(text).strip()
    return _entry(block, _tight(lines.text, span), text, unquote(target), remark)


def _entry(block: int, span: Span, text: str, target: str, remark: str) -> Entry:
    return Entry(block, span, (text, target, remark), (Link(target, 1, text),))


def _tight(text: str, span: Span) -> Span:
    """The span without blank ends."""
    inner = text[span.start : span.end]
    kept = inner.rstrip()
    return Span(span.start + len(inner) - len(inner.lstrip()), span.start + len(kept))


def is_lone_link(part: Part) -> bool:
    """Whether a paragraph is one link and nothing else."""
    if part.token is None:
        return False
    found = read_children(part.token)
    return len(found.links) == 1 and found.leading and found.text == found.links[0][1]
