"""Markdown as the parser reads it: inline content with its markup taken off, for indexes and documents alike."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from validator.late import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")

_MOST_CACHED = 20_000
_MOST_OPEN = 100
_ANCHOR = regex(r"""<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
# What makers of sites give a heading and show nowhere: `{#id}`, `{ #id .class key=value }`, `{: #id }`.
_NAME, _PAIR = r"[#.][^ \t{}\"]+", r"[A-Za-z][A-Za-z0-9_-]*=(?:\"[^\"{}]*\"|[^ \t\"{}]+)"
_ATTRIBUTES = rf"(?<=[^ \t])[ \t]+\{{:?[ \t]*{_NAME}(?:[ \t]+(?:{_NAME}|{_PAIR}))*[ \t]*\}}[ \t\r]*$"
_CLOSING = regex(r"[ \t]+#+$")
_IN_TEXT, _IN_BYTES = regex(_ATTRIBUTES), regex(_ATTRIBUTES.encode())
_DEFINITION = regex(r"^ {0,3}\[([^\[\]\n]{1,999})\]:", re.MULTILINE)


@cache
def parser() -> MarkdownIt:
    """CommonMark with GFM's tables and strike-through, links as they are written, entities told from text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 34 ms that only Markdown indexes pay

    # The 20 blocks that this preset lets stand in each other end a list silently at its tenth level.
    made = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"]).disable(["text_join"])
    # What a renderer must not pass on (`file:`), or has to escape, is for the rules to judge, as it was written.
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return made


class Bounds(NamedTuple):
    """Where the text of a link stands in `Inline.raw`, and where it begins in `Inline.bare`."""

    start: int
    end: int
    bare: int


class Inline(NamedTuple):
    """Inline content with its Markdown taken off: the text, and the links with their own texts.

    `raw` is the text untrimmed, `bare` so much of it as is not marked up, `bounds` say where in them the links stand.
    """

    text: str
    links: tuple[tuple[str, str], ...]
    raw: str = ""
    bare: str = ""
    bounds: tuple[Bounds, ...] = ()


def inline(source: str, references: dict[str, object]) -> Inline:
    """Read inline Markdown. `source` is real text; `references` are the definitions of the file it stands in."""
    if not references:
        return _inline_cached(source)
    return _read_inline(source, references)


@lru_cache(maxsize=_MOST_CACHED)
def _inline_cached(source: str) -> Inline:
    return _read_inline(source, {})


def _read_inline(source: str, references: dict[str, object]) -> Inline:
    from markdown_it.token import Token  # noqa: PLC0415 - as above

    token = Token("inline", "", 0, content=source, children=[])
    read_inline(token, {"references": references})
    return read_children(token)


def read_inline(token: Token, environment: dict[str, object]) -> None:
    """Give an inline token its children. Where many brackets are opened and never closed, it is read as plain text.

    They make no link, and the parser would look behind each of them for its end.
    """
    from markdown_it.token import Token  # noqa: PLC0415 - as above

    token.children = []
    if token.content.count("[") - token.content.count("]") > _MOST_OPEN:
        token.children.append(Token("text", "", 0, content=token.content))
    else:
        parser().inline.parse(token.content, parser(), environment, token.children)


def plain(token: Token) -> str:
    """The text of an inline token, its Markdown taken off."""
    return read_children(token).text


def read_children(token: Token) -> Inline:
    """Text and links of an inline token. An image speaks only where nothing else does, through its description."""
    reader = _Reader()
    for child in token.children or []:
        reader.take(child)
    return reader.inline()


_STYLED = {"strong_open": 1, "em_open": 1, "s_open": 1, "strong_close": -1, "em_close": -1, "s_close": -1}


class _Reader:
    """Takes the tokens of inline content one by one."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.bare: list[str] = []
        self.size = 0
        self.bare_size = 0
        self.images: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.bounds: list[Bounds] = []
        self.opened: tuple[str, int, Bounds] | None = None
        self.style = 0

    def take(self, child: Token) -> None:
        if child.type == "link_open":
            self._open(str(child.attrs.get("href", "")))
        elif child.type == "link_close":
            self._close()
        elif child.type == "image":
            self.images.append(child.content)
        elif child.type in _STYLED:
            self.style += _STYLED[child.type]
        elif child.type == "html_inline":
            self._tag(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            self._add(" ")
        elif child.type == "text_special" and child.info == "entity":
            # `&nbsp;` is written for the layout; a bare no-break space is not seen by who writes it.
            self._add(child.content.replace("\u00a0", " "))
        else:  # Text, code, and characters that were escaped.
            self._add(child.content, styled=child.type == "code_inline")

    def _tag(self, tag: str) -> None:
        """A tag of HTML: a line break is a blank, an anchor a link, any other says nothing."""
        if tag[:3].lower() == "<br":
            self._add(" ")
        elif match := _ANCHOR.match(tag):
            from html import unescape  # noqa: PLC0415 - its table of entities takes a millisecond

            self._open(unescape(match[1] or match[2] or match[3] or ""))
        elif tag.lower().startswith("</a"):
            self._close()

    def _add(self, text: str, *, styled: bool = False) -> None:
        self.text.append(text)
        self.size += len(text)
        if not styled and not self.style:
            self.bare.append(text)
            self.bare_size += len(text)

    def _open(self, target: str) -> None:
        self.opened = (target, len(self.text), Bounds(self.size, self.size, self.bare_size))

    def _close(self) -> None:
        if self.opened is not None:
            target, first, bounds = self.opened
            text = "".join(self.text[first:]).strip()
            self.links.append((target, text or " ".join(self.images).strip()))
            self.bounds.append(bounds._replace(end=self.size))
            self.opened = None

    def inline(self) -> Inline:
        """What was read."""
        raw = "".join(self.text)
        text = raw.strip() or " ".join(self.images).strip()
        return Inline(text, tuple(self.links), raw, "".join(self.bare), tuple(self.bounds))


def without_attributes(heading: str, *, closed: bool = False) -> str:
    """A heading without the attributes behind its text, or behind the signs `#` that it may be `closed` by."""
    bare = _IN_TEXT.sub("", heading) if "}" in heading[-3:] else heading
    return _CLOSING.sub("", bare) if closed and bare != heading else bare


def raw_without_attributes(heading: bytes) -> bytes:
    """The same for the bytes of a heading, its blanks and line end off."""
    return _IN_BYTES.sub(b"", heading) if heading.endswith(b"}") else heading


def definitions(text: str) -> dict[str, object]:
    """The labels that `text` defines for links such as `[T][label]`, as the parser wants them; targets are left out.

    Found by their lines, in time that grows with the text alone; one inside a code fence counts too.
    """
    from markdown_it.common.utils import normalizeReference  # noqa: PLC0415 - as above

    return {normalizeReference(match[1]): {"title": "", "href": ""} for match in _DEFINITION.finditer(text)}
