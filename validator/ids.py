"""IDs: normalized for comparison, and folded to find those that only look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from validator.late import regex

# Zeros before a figure, the first of them behind none. It begins with what the library can search for fast.
_PADDED = regex(r"0(?<![0-9]0)0*(?=[0-9])")
# What stands before the first figure and ends with a sign. IDs may be normalized many at once, one a line.
_PREFIX = regex(r"^[^\n0-9]*(?!\n)[\W_](?=[0-9])", re.MULTILINE)
_DRAWN_ALIKE = (
    "O0 o0 I1 l1 |1 "
    "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX "
    "аa вb еe ѕs іi јj кk мm нh оo рp сc тt уy хx һh ԁd ԛq ԝw "
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX "
    "αa βb εe ηh ιi κk μm νv οo ρp τt υu χx"
)  # Latin letters and figures that typefaces draw alike, then Cyrillic and Greek letters drawn as Latin ones.
_TABLE = {ord(pair[0]): pair[1] for pair in _DRAWN_ALIKE.split()}


def normalized(value: str, steps: Iterable[str]) -> str:
    """An ID as the contract wants it compared: `strip`, `casefold`, `unpad` (zeros before a run of digits), `unprefix`.

    `unprefix` takes off what stands before a number and is cut off from it by a sign or a blank, as `ADR-` or `No. `.

    Unicode forms never tell two IDs apart: file systems and editors change them unasked.
    """
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    for step in steps:
        if step == "strip":
            value = value.strip()
        elif step == "casefold":
            value = value.casefold()
        elif step == "unprefix":
            value = _PREFIX.sub("", value)
        else:
            value = _PADDED.sub("", value)
    return value


def folded(value: str) -> str:
    """An ID without case, padding and Unicode compatibility forms."""
    value = (value if value.isascii() else unicodedata.normalize("NFKC", value)).casefold()
    return _PADDED.sub("", value) if "0" in value else value


def skeleton(value: str) -> str:
    """An ID with each letter and figure as the one that it is drawn like."""
    if value.isascii():
        return value.translate(_TABLE)
    # Twice: a Cyrillic or Greek letter may be drawn as a Latin one that is drawn as a figure.
    return unicodedata.normalize("NFKC", value).translate(_TABLE).translate(_TABLE)
