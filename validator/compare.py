"""Comparators: whether what the index states and what the document states are the same."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from validator.model import Binding
from validator.patterns import compile_pattern
from validator.text import normal

DIGEST_LENGTHS = {"sha256": 64, "sha512": 128, "sha1": 40, "md5": 32, "blake2b": 128}
EMPTY = frozenset({"", "-", "--", "–", "—", "n/a", "N/A"})

_SIGNED = r"(?P<sign>[-+]?)"
_PLAIN = re.compile(rf"{_SIGNED}(?P<digits>[0-9]+)(?:[.,](?P<rest>[0-9]+))?")
_GROUPED = re.compile(
    rf"{_SIGNED}(?P<digits>[0-9]{{1,3}}(?P<by>[,_ \u00a0\u2009\u202f'\u2019.])[0-9]{{3}}(?:(?P=by)[0-9]{{3}})*)"
    r"(?:(?!(?P=by))[.,](?P<rest>[0-9]+))?"
)
_NO_DIGIT = re.compile(r"[^0-9]+")
_HEX = re.compile(r"[0-9A-Fa-f]+")
_LIST = re.compile(r"[,;]")
_WEEKDAY = r"(?:[A-Za-z]{3,9}\.?,? )?"
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[Tt ].*)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})(?:,? .*)?")
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}([0-9]{{1,2}})(?:\.|st|nd|rd|th)?[- ]([A-Za-z]{{3,9}})\.?,?[- ]([0-9]{{4}})(?:,? .*)?"
)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}([A-Za-z]{{3,9}})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})(?:,? .*)?")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[, '\u2019][0-9]{3})+(?![0-9])")
_SYMBOLS = frozenset({"Sm", "Sc", "So", "Mn", "Mc"})
_TELLING = frozenset("#%&@")
_UNSEEN = re.compile("[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\u00ad]+")


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
    return "spelling" if comparator == "exact" and is_spelling(left, right) else "value"


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
        return is_spelling(left, right)
    if comparator == "number":
        return not as_numbers(left).isdisjoint(as_numbers(right))
    if comparator == "date":
        day = as_date(left)
        return day is not None and day == as_date(right)
    if comparator == "set":
        return as_set(left) == as_set(right)
    if comparator == "prefix":
        shown = left.rstrip(".… ")
        return bool(shown) and right.startswith(shown)
    return comparator == "digest" and _bare(left).casefold() == _bare(right).casefold()


def _digest_difference(stated: str, real: str, length: int) -> str | None:
    bare = _bare(stated)
    if bare.casefold() == real.casefold():
        return None
    return "digest" if len(bare) == length and _HEX.fullmatch(bare) else "malformed-digest"


def _bare(digest: str) -> str:
    """A digest without the name of its algorithm, as in `sha256:…`."""
    return digest.rpartition(":")[2].strip()


def is_spelling(left: str, right: str) -> bool:
    """Whether two texts are the same but for case, punctuation and spacing. Of nothing but these, nothing is left."""
    folded = folded_text(left)
    return bool(folded) and folded == folded_text(right)


def folded_text(value: str) -> str:
    """The value without case, punctuation and spacing: letters, digits and symbols that tell one value from another.

    Between two digits any punctuation tells: 1.5 is not 15. Only that between thousands does not.
    """
    folded = _UNSEEN.sub("", unicodedata.normalize("NFKC", value).casefold())
    folded = _THOUSANDS.sub(lambda number: _NO_DIGIT.sub("", number[0]), folded)
    kept: list[str] = []
    apart = False
    for character in folded:
        if character.isalnum() or character in _TELLING or unicodedata.category(character) in _SYMBOLS:
            if apart and character.isdigit() and kept and kept[-1].isdigit():
                kept.append(" ")
            kept.append(character)
            apart = False
        else:
            apart = True
    return "".join(kept)


def as_numbers(value: str) -> frozenset[str]:
    """The numbers that a text may state, in one notation. `1.234` is two: it may hold thousands, or a fraction."""
    found = (pattern.fullmatch(value) for pattern in (_PLAIN, _GROUPED))
    return frozenset(_number(match["sign"], match["digits"], match["rest"] or "") for match in found if match)


def _number(sign: str, digits: str, rest: str) -> str:
    number = (_NO_DIGIT.sub("", digits).lstrip("0") or "0") + f".{rest}".rstrip("0").rstrip(".")
    return f"-{number}" if sign == "-" and number != "0" else number


def as_set(value: str) -> frozenset[str]:
    """The items of a list written in one cell, apart by commas or semicolons."""
    return frozenset(item.strip() for item in _LIST.split(value) if item.strip())


def as_date(value: str) -> date | None:
    """The day that a text names, in one of the common notations; `None` where it names none, or may name two."""
    for pattern in (_ISO, _COMPACT):
        if found := pattern.fullmatch(value):
            return _day(found[1], found[2], found[3])
    if found := _DOTTED.fullmatch(value):
        return _day(found[3], found[2], found[1])
    if found := _DAY_FIRST.fullmatch(value):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.fullmatch(value):
        return _day(found[3], _month(found[1]), found[2])
    return None


def _month(name: str) -> int:
    return next((number for number, full in enumerate(_MONTHS, 1) if full.startswith(name.casefold())), 0)


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
