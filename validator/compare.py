"""Comparators: whether what the index states and what the document states are the same."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from validator.late import regex
from validator.model import LISTS, Binding
from validator.patterns import compile_pattern
from validator.text import normal

DIGEST_LENGTHS = {"sha256": 64, "sha512": 128, "sha384": 96, "sha224": 56, "sha1": 40, "md5": 32, "blake2b": 128}
EMPTY = frozenset({"", "-", "--", "–", "—", "n/a", "N/A"})

_SIGNED = r"(?P<sign>[-+]?)"
_PLAIN = regex(rf"{_SIGNED}(?P<digits>[0-9]+)(?:[.,](?P<rest>[0-9]+))?")
_GROUPED = regex(
    rf"{_SIGNED}(?P<digits>[1-9][0-9]{{0,2}}(?P<by>[,_ \u00a0\u2009\u202f'\u2019.])[0-9]{{3}}(?:(?P=by)[0-9]{{3}})*)"
    r"(?:(?!(?P=by))[.,](?P<rest>[0-9]+))?"
)
_LINE_END = regex(r"\s*\n\s*")
_NO_DIGIT = regex(r"[^0-9]+")
_HEX = regex(r"[0-9A-Fa-f]+")
_NO_WORD = regex(r"[\W_]+")
_ALGORITHMS = frozenset({*DIGEST_LENGTHS, "sha3256", "sha3512", "blake2s", "crc32"})
_LIST = regex(r"[,;]")
# What divides lists, where it is not inside an item; and what looks like it.
_SIGNS = ";|\uff1b\uff5c\u3001\uff0c,"
_WEEKDAY = r"(?:[A-Za-z]{3,9}\.?,? )?"
_ISO = regex(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[Tt ].*)?")
_COMPACT = regex(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DOTTED = regex(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})(?:,? .*)?")
_DAY_FIRST = regex(rf"{_WEEKDAY}([0-9]{{1,2}})(?:\.|st|nd|rd|th)?[- ]([A-Za-z]{{3,9}})\.?,?[- ]([0-9]{{4}})(?:,? .*)?")
_MONTH_FIRST = regex(rf"{_WEEKDAY}([A-Za-z]{{3,9}})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})(?:,? .*)?")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_THOUSANDS = regex(r"(?<![0-9])[0-9]{1,3}(?:[, '\u2019][0-9]{3})+(?![0-9])")
_SYMBOLS = frozenset({"Sm", "Sc", "So", "Mn", "Mc"})
_TELLING = frozenset("#%&@")
_UNSEEN = regex("[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\u00ad]+")


def default_comparator(expression: str) -> str:
    """The comparator of an expression where the contract names none."""
    if not expression.startswith("content."):
        return "exact"
    return "digest" if expression.removeprefix("content.") in DIGEST_LENGTHS else "number"


def difference(binding: Binding, expression: str, stated: str, claimed: str) -> str | None:
    """What kind of difference is between an index value and a document value; `None` where they agree.

    `value` and `spelling` for fields, `digest` and `malformed-digest` for digests, `size` for the other content facts,
    `delimiter` for lists of the same items that one side divides otherwise than declared.
    """
    if stated == claimed and not binding.map and not binding.strip:
        return None
    left, right = prepared(binding, stated, claimed)
    comparator = binding.compare or default_comparator(expression)
    fact = expression.removeprefix("content.") if expression.startswith("content.") else None
    if fact in DIGEST_LENGTHS and comparator == "digest":
        return _digest_difference(left, right, fact)
    if binding.is_list:
        return _list_difference(binding, left, right)
    if agree(comparator, left, right):
        return None
    if fact is not None:
        return "digest" if fact in DIGEST_LENGTHS else "size"
    if binding.delimiter and comparator == "exact" and _is_divided_otherwise(binding.delimiter, left, right):
        return "delimiter"
    return "spelling" if comparator == "exact" and is_spelling(left, right) else "value"


def prepared(binding: Binding, stated: str, claimed: str) -> tuple[str, str]:
    """Both values as the comparator sees them: what `strip` matches taken off, the index's value mapped."""
    left, right = _on_one_line(normal(stated)), _on_one_line(normal(claimed))
    for source in binding.strip:
        pattern = compile_pattern(source)
        left, right = pattern.remove(left).strip(), pattern.remove(right).strip()
    return dict(binding.map).get(left, left), right


def _on_one_line(value: str) -> str:
    """A value with a blank for each line end and the blanks around it: a cell cannot hold one, nor mean one."""
    return _LINE_END.sub(" ", value) if "\n" in value else value


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
    if comparator in LISTS:
        sides = as_items(left), as_items(right)
        return set(sides[0]) == set(sides[1]) if comparator == "set" else sides[0] == sides[1]
    if comparator == "prefix":
        shown = left.rstrip(".… ")
        return bool(shown) and right.startswith(shown)
    return comparator == "digest" and _bare(left).casefold() == _bare(right).casefold()


def _digest_difference(stated: str, real: str, algorithm: str) -> str | None:
    bare, length = _bare(stated), DIGEST_LENGTHS[algorithm]
    named = _NO_WORD.sub("", stated.rpartition(":")[0]).casefold()
    if named in _ALGORITHMS and named != algorithm:
        return "malformed-digest"
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


@lru_cache(maxsize=4096)
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
    found = (pattern.fullmatch(value) for pattern in (_PLAIN, _GROUPED))  # `0.158` has no thousands.
    return frozenset(_number(match["sign"], match["digits"], match["rest"] or "") for match in found if match)


def _number(sign: str, digits: str, rest: str) -> str:
    number = (_NO_DIGIT.sub("", digits).lstrip("0") or "0") + f".{rest}".rstrip("0").rstrip(".")
    return f"-{number}" if sign == "-" and number != "0" else number


def as_items(value: str, delimiter: str | None = None) -> tuple[str, ...]:
    """The items of a list written in one value, apart by `delimiter` and by what can only stand for it.

    Where none is declared, commas and semicolons divide.
    """
    return _divided(value, _dividing(delimiter, _strays(delimiter)) if delimiter else _LIST)


def stray_delimiter(value: str, delimiter: str) -> str | None:
    """The first sign in a list that can only stand for the declared delimiter, and is another one; else `None`.

    A comma is none of them: it stands inside names and titles as well.
    """
    found = _dividing("", _strays(delimiter)).search(value) if _strays(delimiter) else None
    return None if found is None else found[0]


def other_delimiter(value: str, delimiter: str) -> str | None:
    """The sign that divides a value which the declared delimiter does not divide; `None` where nothing does."""
    if delimiter.strip() and delimiter.strip() in value:
        return None
    return next((sign for sign in _SIGNS if sign in value and sign != delimiter.strip()), None)


def _strays(delimiter: str) -> str:
    return "".join(sign for sign in _SIGNS if sign not in {",", *delimiter})


@lru_cache(maxsize=64)
def _dividing(delimiter: str, others: str) -> re.Pattern[str]:
    """A pattern for a delimiter, the blanks at its ends left out, and for single signs."""
    solid = re.escape(delimiter.strip()) if delimiter.strip() else r"\s+" * bool(delimiter)
    return re.compile("|".join(part for part in (solid, f"[{re.escape(others)}]" if others else "") if part))


def _divided(value: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(item for item in (part.strip() for part in pattern.split(value)) if item)


def _list_difference(binding: Binding, left: str, right: str) -> str | None:
    """How two lists differ: order and number count for a `sequence`, and neither for a `set`."""
    delimiter = binding.delimiter
    if _are_same(binding, as_items(left, delimiter), as_items(right, delimiter)):
        return None
    if delimiter is not None:
        sides = [as_items(value, other_delimiter(value, delimiter) or delimiter) for value in (left, right)]
        if _are_same(binding, sides[0], sides[1]):
            return "delimiter"
    return "value"


def _are_same(binding: Binding, left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    mapping = dict(binding.map)
    stated = tuple(mapping.get(item, item) for item in left)
    return set(stated) == set(right) if binding.compare == "set" else stated == right


def _is_divided_otherwise(delimiter: str, left: str, right: str) -> bool:
    """Whether one side is a list in the declared notation, and the other the same list in another one."""
    declared = [
        len(as_items(value, delimiter)) > 1 and not other_delimiter(value, delimiter) for value in (left, right)
    ]
    sides = [as_items(value, other_delimiter(value, delimiter) or delimiter) for value in (left, right)]
    return declared[0] != declared[1] and sides[0] == sides[1]


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
