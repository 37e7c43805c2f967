"""Markdown as the parser reads it: inline content with its markup taken off, for indexes and documents alike."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")

_MOST_CACHED = 20_000
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]{1,999})\]:", re.MULTILINE)


@cache
def parser() -> MarkdownIt:
    """CommonMark with GFM's tables and strike-through, links as they are written, entities told from text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 34 ms that only Markdown indexes pay

    made = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["text_join"])
    # What a renderer must not pass on (`file:`), or has to escape, is for the rules to judge, as it was written.
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return made


class Inline(NamedTuple):
    """Inline content with its Markdown taken off: the text, and the links with their own texts."""

    text: str
    links: tuple[tuple[str, str], ...]
    leading: bool


def inline(source: str, references: dict[str, object]) -> Inline:
    """Read inline Markdown. `source` is real text; `references` are the definitions of the file it stands in."""
    if not references:
        return _inline_cached(source)
    return _read_inline(source, references)


@lru_cache(maxsize=_MOST_CACHED)
def _inline_cached(source: str) -> Inline:
    return _read_inline(source, {})


def _read_inline(source: str, references: dict[str, object]) -> Inline:
    tokens = parser().parseInline(source, {"references": references})
    return read_children(tokens[0])


def plain(token: Token) -> str:
    """The text of an inline token, its Markdown taken off."""
    return read_children(token).text


def read_children(token: Token) -> Inline:
    """Text and links of an inline token. An image speaks only where nothing else does, through its description."""
    pieces: list[str] = []
    images: list[str] = []
    links: list[tuple[str, str]] = []
    opened: tuple[str, int] | None = None
    leading = False
    for child in token.children or []:
        if child.type == "link_open":
            leading = leading or not "".join(pieces).strip()
            opened = (str(child.attrs.get("href", "")), len(pieces))
        elif child.type == "link_close" and opened is not None:
            text = "".join(pieces[opened[1] :]).strip()
            links.append((opened[0], text or " ".join(images).strip()))
            opened = None
        elif child.type == "image":
            images.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or (
            child.type == "html_inline" and child.content[:3].lower() == "<br"
        ):
            pieces.append(" ")
        elif child.type == "text_special" and child.info == "entity":
            # `&nbsp;` is written for the layout; a bare no-break space is not seen by who writes it.
            pieces.append(child.content.replace("\u00a0", " "))
        elif child.type in {"text", "code_inline", "text_special"}:
            pieces.append(child.content)
    text = "".join(pieces).strip()
    return Inline(text or " ".join(images).strip(), tuple(links), leading)


def definitions(text: str) -> dict[str, object]:
    """The labels that `text` defines for links such as `[T][label]`, as the parser wants them; targets are left out.

    Found by their lines, in time that grows with the text alone; one inside a code fence counts too.
    """
    from markdown_it.common.utils import normalizeReference  # noqa: PLC0415 - as above

    return {normalizeReference(match[1]): {"title": "", "href": ""} for match in _DEFINITION.finditer(text)}
