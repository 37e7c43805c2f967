"""Where an entry and its document state different values of one field."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from validator.compare import EMPTY, difference, other_delimiter
from validator.corpus import Corpus
from validator.heading import split_heading
from validator.ids import folded
from validator.index import column_of, value_of, value_span
from validator.late import regex
from validator.markdown import without_attributes
from validator.model import Binding, Claim, Difference, Document, Entry, Index, Pair
from validator.scan import Plan
from validator.text import decode, normal
from validator.unseen import invisible, visible

# Dialects whose values are all text.
_WITHOUT_LISTS = frozenset({"rfc822", "rst", "bullets", "sections", "table"})
_NUMBER = regex(r"[0-9]+")
_SPACES = regex(r"[ \t]+")


class _Side(NamedTuple):
    """A binding, ready for the entries of one block: the number of its column, the position of its claim."""

    binding: Binding
    column: int | None
    claim: int


def differences_of(corpus: Corpus) -> Iterator[Difference]:
    """The fields of which an entry and its document state different values, in the order of the entries."""
    index = corpus.manifest
    if index is None:
        return
    positions = {expression: number for number, expression in enumerate(corpus.plan.expressions)}
    sides = [
        [
            _Side(binding, column_of(block, binding.column or ""), positions[binding.document[0]])
            for binding in corpus.bindings
        ]
        for block in index.blocks
    ]
    swollen = _swollen(corpus)
    for pair, document in corpus.paired():
        values = pair.entry.values
        for side in sides[pair.entry.block]:
            claim = document.claims[side.claim]
            if document.key in swollen and claim is not None and claim.source.startswith("content."):
                continue
            if side.column is None:
                stated = value_of(index, pair.entry, side.binding.column or "")
            else:
                stated = values[side.column]
            if claim is not None and stated is not None and (stated != claim.value or side.binding.map):
                yield from _difference(corpus, pair, document, side.binding, stated, claim)


def _swollen(corpus: Corpus) -> frozenset[str]:
    """The documents that hold the text of the next one too, whose `begin` is gone: where no `end` shows that it is.

    That the next entry misses its document says it already.
    """
    bounds = corpus.contract.delimiters
    if not bounds.begin or bounds.end:
        return frozenset()
    return frozenset(
        pair.document.key
        for pair, following in pairwise(corpus.pairs)
        if pair.document is not None and following.status == "missing"
    )


def _difference(
    corpus: Corpus, pair: Pair, document: Document, binding: Binding, stated: str, claim: Claim
) -> Iterator[Difference]:
    expression, index = binding.document[0], corpus.manifest
    assert index is not None, "only an index differs"
    if stated in EMPTY or not claim.value.strip():
        return
    if document.empty and expression.startswith(("heading", "first-line")):
        return
    if claim.source == "heading.title" and _with_its_id(corpus.plan, document, binding, stated, claim):
        return
    if binding.by_name and expression == "heading" and _is_numbered(pair, binding, stated, claim):
        return
    # A heading has one blank where several are written, as every page that shows it has, and no attributes.
    told = without_attributes(_SPACES.sub(" ", stated)) if expression.startswith("heading") else stated
    kind = difference(binding, expression, told, claim.value)
    if kind == "delimiter" and not _shows_sign(binding.delimiter or "", stated, claim):
        kind = "value"
    if kind in {"value", "spelling"} and (
        _is_said(index, pair, binding, stated, claim) or _same_items(corpus, binding, told, claim.value)
    ):
        return
    if kind is not None:
        yield Difference(kind, pair, binding.field, stated, claim, binding.column or binding.field)


def _same_items(corpus: Corpus, binding: Binding, stated: str, claimed: str) -> bool:
    """Whether two values state the same items, in a header that has no other way to write a list."""
    is_plain = corpus.contract.delimiters.header in _WITHOUT_LISTS
    if not is_plain or binding.delimiter is None or binding.compare is not None:
        return False
    return difference(binding._replace(compare="set"), binding.document[0], stated, claimed) is None


def _shows_sign(delimiter: str, stated: str, claim: Claim) -> bool:
    """Whether another sign than the declared one divides what stands on either side.

    None does that stands inside an item of a list in a header (`["a, b"]`), or only in what `map` makes of a value.
    """
    return any(other_delimiter(value, delimiter) for value in (stated, *(() if claim.listed else (claim.value,))))


def _with_its_id(plan: Plan, document: Document, binding: Binding, stated: str, claim: Claim) -> bool:
    """Whether the index states a title with the ID in front, just as the heading does."""
    parts = split_heading(normal(stated), plan.pattern)
    own = next((own.value for own in document.ids if own.source == "heading.id"), None)
    return parts is not None and parts.id == own and difference(binding, claim.source, parts.title, claim.value) is None


def _is_numbered(pair: Pair, binding: Binding, stated: str, claim: Claim) -> bool:
    """Whether a heading nobody bound is the title with the entry's own ID in front: `# 1. Title` in the row of 0001."""
    parts = split_heading(claim.value, None)
    if parts is None or pair.id is None or folded(parts.id) not in {folded(pair.id), _figures(pair.id)}:
        return False
    return difference(binding, claim.source, stated, parts.title) is None


def _figures(value: str) -> str:
    """The number in an ID such as `ADR-0001`, folded; empty where it has none or several."""
    numbers = _NUMBER.findall(value)
    return folded(numbers[0]) if len(numbers) == 1 else ""


def _is_said(index: Index, pair: Pair, binding: Binding, stated: str, claim: Claim) -> bool:
    """Whether a difference is none but for Markdown that both sides have, or for a character that FS102 tells of."""
    if not binding.map and _raw_cell(index, pair.entry, binding) == normal(claim.value):
        return True
    if invisible(stated) is None and invisible(claim.value) is None:
        return False
    return difference(binding, binding.document[0], visible(stated), visible(claim.value)) is None


def _raw_cell(index: Index, entry: Entry, binding: Binding) -> str:
    """What a cell holds with its Markdown: a title that is written with it on both sides is the same on both."""
    span = value_span(index, entry, binding.column or binding.field)
    return normal(decode(index.text[span.start : span.end].encode("latin-1")).replace("\\|", "|"))
