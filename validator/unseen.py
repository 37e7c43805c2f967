"""Characters that nobody sees: which ones they are, and a text without them."""

from __future__ import annotations

import unicodedata

from validator.late import regex

_SUSPECT = regex(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00a0\u00ad\u061c\u115f\u1160\u180e\u2007\u200b-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb]"
    # Tags spell the flags of regions behind a black flag, and elsewhere nothing that is seen.
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]"
)
_JOINERS = {"\u200c", "\u200d"}


def invisible(value: str) -> str | None:
    """The first character of `value` that cannot be seen, by its code and name, or `None`.

    Zero-width joiners are part of a script or an emoji where they stand between characters that are not ASCII.
    """
    if value.isascii() and value.isprintable():
        return None
    for match in _SUSPECT.finditer(value):
        character = match[0]
        around = value[max(match.start() - 1, 0) : match.start()] + value[match.end() : match.end() + 1]
        if character not in _JOINERS or around.isascii():
            name = unicodedata.name(character, "a control character")
            return f"U+{ord(character):04X} ({name})"
    return None


def visible(value: str) -> str:
    """The value as it looks: without what has no width, every blank a space."""
    return _SUSPECT.sub(lambda found: " " if unicodedata.category(found[0])[0] == "Z" else "", value)
