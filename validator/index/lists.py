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


def read_links(lines: Lines, part: Part, block: int) -> list[Entry]:
    """Read a paragraph that consists of links, one a line: an entry each. Several on one line lead about a site."""
    found = read_children(part.token) if part.token is not None else None
    if found is None or _bare(found.text) != _bare("".join(text for _, text in found.links)):
        return []
    rows = range(part.first, part.end)
    if len(found.links) == 1:
        spans = [lines.span(part.first, part.end - 1)]
    elif len(found.links) == len(rows):
        spans = [lines.span(row) for row in rows]
    else:
        return []
    return [
        _entry(block, _tight(lines.text, span), text, unquote(target), "")
        for span, (target, text) in zip(spans, found.links, strict=True)
    ]


def _bare(text: str) -> str:
    return "".join(text.split())
