"""What YAML makes of a plain scalar that looks like text to its author.

YAML 1.1 (PyYAML, Ruby, most site generators) and YAML 1.2 read some words and figures as booleans, numbers or dates.
Source: the type repositories of YAML 1.1 (yaml.org/type) and the core schema of YAML 1.2.2, section 10.3.
"""

from __future__ import annotations

import re
from datetime import date

from validator.late import regex

_BOOLEANS = {"yes": "true", "no": "false", "on": "true", "off": "false"}
_READINGS = (
    (regex(r"[-+]?0[0-7_]+"), "the octal number {octal}"),
    (regex(r"[-+]?0[0-9]+"), "a number without its zeros"),
    (regex(r"[-+]?0(?:x[0-9A-Fa-f_]+|b[01_]+|o[0-7]+)"), "a number in another base"),
    (regex(r"[-+]?0[0-9]+\.[0-9]*"), "a number without its zeros"),
    (
        regex(
            r"(?=[^_]*_)(?:[-+]?[1-9][0-9_]*|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
            r"|[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?"
            r"|[-+]?(?:[1-9][0-9_]*(?::[0-5]?[0-9])+|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*))"
        ),
        "a number without its underscores",
    ),
    (regex(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+"), "a number with an exponent"),
    (regex(r"[-+]?(?:[1-9][0-9]*(?::[0-5]?[0-9])+|[0-9]+(?::[0-5]?[0-9])+\.[0-9]*)"), "a number to base 60"),
    (regex(r"[-+]?[0-9]+\.[0-9]+0"), "a number without its last zero"),
    (regex(r"[-+]?[0-9]+\."), "a number without its point"),
    (regex(r"\+[0-9]+(?:\.[0-9]+)?"), "a number without its sign"),
    (regex(r"~|Null|NULL"), "nothing at all"),
    (regex(r"=|<<"), "a mark of YAML's own"),
    (regex(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), "a number that is none"),
)
_DATE = regex(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# What every text begins with of which YAML could read anything else. A plain number is none; a word is as a whole.
_SUSPECT = regex(r"(?![1-9][0-9]*\Z)[-+.0-9~=<]|(?:yes|no|on|off|null)\Z", re.IGNORECASE)
# The bytes that such a text begins with, in UTF-8.
SUSPECT_STARTS = frozenset(b"-+.0123456789~=<yYnNoO")
_LONGEST = 100  # No word or number that somebody writes is longer; a hostile one must not cost time.
_CASES = ("lower", "upper", "capitalize")


def misread(text: str) -> str | None:
    """What YAML reads instead of `text`, in words, or `None` where it reads what is written."""
    if len(text) > _LONGEST or not _SUSPECT.match(text):
        return None
    word = _BOOLEANS.get(text.lower())
    if word is not None and text in {getattr(text, case)() for case in _CASES}:
        return f"the boolean {word}"
    if (day := _DATE.fullmatch(text)) is not None:
        return None if _exists(int(day[1]), int(day[2]), int(day[3])) else "a date that does not exist"
    for pattern, reading in _READINGS:
        if pattern.fullmatch(text):
            return reading.format(octal=_octal(text)) if "{" in reading else reading
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _octal(text: str) -> int:
    return int(text.replace("_", ""), 8)
