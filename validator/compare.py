"""Comparators: whether what the index states and what the document states are the same."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from validator.model import Binding
from validator.patterns import compile_pattern
from validator.text import normal

DIGEST_LENGTHS = {"sha256": 64, "sha1": 40, "md5": 32, "blake2b": 128}
EMPTY = frozenset({"", "-", "--", "–", "—", "n/a", "N/A"})

_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([,_ \u00a0\u202f'.])[0-9]{3})(?:\1[0-9]{3})*")
_HEX = re.compile(r"[0-9A-Fa-f]+")
_LIST = re.compile(r"[,;]")
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_FIRST = re.compile(r"(?:[A-Za-z]+,? )?([0-9]{1,2})(?:st|nd|rd|th)?[- ]([A-Za-z]{3,9})\.?,?[- ]([0-9]{4})(?: .*)?")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def default_comparator(expression: str) -> str:
    """The comparator of an expression where the contract names none."""
    if not expression.startswith("content."):
        return "exact"
    return "digest" if expression.removeprefix("content.") in DIGEST_LENGTHS else "number"


def difference(binding: Binding, expression: str, stated: str, claimed: str) -> str | None:
    """What kind of difference is between an index value and a document value; `None` where they agree.

    `value` and `spelling` for fields, `digest` and `malformed-digest` for digests, `size` for the other content facts.
    """
    if stated == claimed and not binding.map and not binding.strip:
        return None
    left, right = prepared(binding, stated, claimed)
    comparator = binding.compare or default_comparator(expression)
    fact = expression.removeprefix("content.") if expression.startswith("content.") else None
    if fact in DIGEST_LENGTHS and comparator == "digest":
        return _digest_difference(left, right, DIGEST_LENGTHS[fact])
    if agree(comparator, left, right):
        return None
    if fact is not None:
        return "digest" if fact in DIGEST_LENGTHS else "size"
    if comparator == "exact" and folded_text(left) == folded_text(right):
        return "spelling"
    return "value"


def prepared(binding: Binding, stated: str, claimed: str) -> tuple[str, str]:
    """Both values as the comparator sees them: what `strip` matches taken off, the index's value mapped."""
    left, right = normal(stated), normal(claimed)
    for source in binding.strip:
        pattern = compile_pattern(source)
        left, right = pattern.remove(left).strip(), pattern.remove(right).strip()
    return dict(binding.map).get(left, left), right


def agree(comparator: str, left: str, right: str) -> bool:
    """Whether two normalized values are the same to a comparator."""
    if left == right:
        return True
    if comparator == "text":
        return folded_text(left) == folded_text(right)
    if comparator == "number":
        number = as_number(left)
        return number is not None and number == as_number(right)
    if comparator == "date":
        day = as_date(left)
        return day is not None and day == as_date(right)
    if comparator == "set":
        return as_set(left) == as_set(right)
    if comparator == "prefix":
        shown = left.rstrip(".… ")
        return bool(shown) and right.startswith(shown)
    return comparator == "digest" and left.casefold() == right.casefold()


def _digest_difference(stated: str, real: str, length: int) -> str | None:
    bare = stated.rpartition(":")[2].strip() if ":" in stated else stated
    if bare.casefold() == real.casefold():
        return None
    return "digest" if len(bare) == length and _HEX.fullmatch(bare) else "malformed-digest"


def folded_text(value: str) -> str:
    """The value without case, punctuation and spacing: letters, digits and symbols that tell one value from another."""
    folded = unicodedata.normalize("NFKC", value).casefold()
    return "".join(
        character for character in folded if character.isalnum() or unicodedata.category(character) in _TELLING
    )


_TELLING = frozenset({"Sm", "Sc", "So", "Mn", "Mc"})


def as_number(value: str) -> float | int | None:
    """The number that a text states, thousands grouped or not; `None` where it states none."""
    if _GROUPED.fullmatch(value):
        return int(re.sub(r"[^0-9]", "", value))
    if not _NUMBER.fullmatch(value) or len(value) > 30:  # noqa: PLR2004 - no size has more digits
        return None
    return float(value) if "." in value else int(value)


def as_set(value: str) -> frozenset[str]:
    """The items of a list written in one cell, apart by commas or semicolons."""
    return frozenset(item.strip() for item in _LIST.split(value) if item.strip())


def as_date(value: str) -> date | None:
    """The day that a text names, in one of the common notations; `None` where it names none."""
    for pattern in (_ISO, _COMPACT):
        if found := pattern.fullmatch(value):
            return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(value):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(value):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    return None


def _month(name: str) -> int:
    short = name[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
