"""Which comments of an index are judged as such that accept findings: those that are comments, and not code."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from validator.contract import Contract
from validator.index.markdown import outline
from validator.model import Index, Waiver
from validator.waivers import code_spans


def judged(
    waivers: Sequence[Waiver], index: Index, data: bytes, contract: Contract, *, is_page: bool
) -> Iterator[Waiver]:
    """Of the comments in an index (`data`) those on its entries, and on a Markdown page all others that are comments.

    A text about this tool shows such a comment in code; one that no reader of the page sees was meant for the tool. In
    a data file nothing tells what else is meant as one.
    """
    starts = [entry.span.start for entry in index.entries]
    page = None
    for waiver in waivers:
        at = waiver.span.start
        before = bisect_right(starts, at) - 1
        if before >= 0 and not waiver.is_misspelt and b"\n" not in data[index.entries[before].span.end : at]:
            yield waiver
        elif is_page:
            page = page or _Page(data.decode("latin-1"), contract.body)
            if page.is_comment(at) and not _is_marker(page.lines.text[slice(*waiver.span)], contract):
                yield waiver


class _Page:
    """A page in which it is asked what is a comment."""

    def __init__(self, text: str, base: int) -> None:
        content = outline(text, base)
        self.lines = content.lines
        self.parts = {line: part for part in content.parts for line in range(part.first, part.end)}
        self.codes: dict[int, tuple[list[int], list[int]]] = {}

    def is_comment(self, at: int) -> bool:
        """Whether what begins at an offset is one: no line of code, of a quotation, in a span of code, escaped."""
        line = self.lines.number(at)
        part = self.parts.get(line) if at >= self.lines.starts[0] else None
        if part is None or part.kind == "html":
            return part is not None
        if part.kind == "table":  # What is code in its cell is not among the comments in the first place.
            return self.lines.text[at - 1] != "\\"
        if part.first not in self.codes:
            begin, end = self.lines.span(part.first, part.end - 1)
            found = list(code_spans(self.lines.text[begin:end].encode("latin-1")))
            self.codes[part.first] = [begin + span.start for span in found], [begin + span.end for span in found]
        starts, ends = self.codes[part.first]
        before = bisect_right(starts, at) - 1
        return self.lines.text[at - 1] != "\\" and not (before >= 0 and at < ends[before])


def _is_marker(text: str, contract: Contract) -> bool:
    """Whether a comment is one of those that bound the section of the index."""
    return any(marker in text for marker in contract.markers or ())
