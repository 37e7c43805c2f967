"""Lists and link paragraphs: an entry is an item that a link leads, behind a label perhaps, or a paragraph of links."""

from __future__ import annotations

from validator.index.links import Resolve
from validator.index.markdown import PLAIN_ITEM
from validator.index.parts import Lines, Part
from validator.late import regex
from validator.markdown import Inline, read_children
from validator.model import Entry, Link, Span
from validator.text import real, unescaped

COLUMNS = ("link.text", "link.target", "remark", "label")
_TASK = regex(r"\[[ xX]\](?:\s|$)")
_NUMBERED = regex(r"\d")
_WORD = regex(r"[^\W\d_]")
_LONGEST_LABEL = 80
_MOST_WORDS = 3
_ENDS = (":", "-", "–", "—", "|", "•", "·", "→", "⇒")
_MOST_BEFORE_END = 6


def read_item(lines: Lines, part: Part, block: int, resolve: Resolve) -> Entry | None:
    """Read an item; `None` where no link leads it (then it is prose). Of several that do, a document's goes first."""
    span = lines.span(part.first, part.end - 1)
    if part.token is None:
        match = PLAIN_ITEM.match(lines.get(part.first))
        assert match is not None, "the outline leaves only plain items without a token"
        return _entry(block, span, real(match[2]).strip(), real(match[3]))
    found = read_children(part.token)
    leading = _leading(found)
    if not leading:
        return None
    key = min(range(leading), key=lambda number: -resolve(unescaped(found.links[number][0])).rank)
    target, text = found.links[key]
    bounds = found.bounds[key]
    label = _TASK.sub("", found.raw[: bounds.start].strip()).strip()
    return _entry(block, _tight(lines.text, span), text, unescaped(target), found.raw[bounds.end :].strip(), label)


def _leading(found: Inline) -> int:
    """How many of the links have nothing but a label before them."""
    count = 0
    for bounds in found.bounds:
        if bounds.start > _LONGEST_LABEL or not _is_label(found.raw[: bounds.start], found.bare[: bounds.bare]):
            break
        count += 1
    return count


def _is_label(before: str, bare: str) -> bool:
    """Whether what stands before a link is no sentence: a box, a number, a date, a badge, marked-up words, `New:`."""
    before, bare = (_TASK.sub("", text.strip()).strip() for text in (before, bare))
    words = before.split()
    if not _WORD.search(bare) or (_NUMBERED.search(before) and len(words) <= _MOST_WORDS):
        return True
    return before.endswith(_ENDS) and len(words) <= _MOST_BEFORE_END


def _entry(block: int, span: Span, text: str, target: str, remark: str = "", label: str = "") -> Entry:
    return Entry(block, span, (text, target, remark, label), (Link(target, 1, text),))


def _tight(text: str, span: Span) -> Span:
    """The span without blank ends."""
    inner = text[span.start : span.end]
    kept = inner.rstrip()
    return Span(span.start + len(inner) - len(inner.lstrip()), span.start + len(kept))


def read_heading(lines: Lines, part: Part, block: int) -> Entry | None:
    """Read a heading that is a link and nothing else; `None` for any other."""
    found = read_children(part.token) if part.token is not None else None
    if found is None or len(found.links) != 1 or found.links[0][1] != found.text:
        return None
    target, text = found.links[0]
    return _entry(block, _tight(lines.text, lines.span(part.first, part.end - 1)), text, unescaped(target))


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
        _entry(block, _tight(lines.text, span), text, unescaped(target))
        for span, (target, text) in zip(spans, found.links, strict=True)
    ]


def _bare(text: str) -> str:
    return "".join(text.split())
