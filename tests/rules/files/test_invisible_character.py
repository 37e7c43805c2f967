"""FS102: a field that holds a character which cannot be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place

HEAD = "| Title |\n| ----- |\n"

SEEN = {
    "plain": "AB",
    "letters with marks": "Ünïcödé e\u0301",
    "an emoji of several": "A 👩\u200d👧 B",
    "an emoji with its variant": "A ❤\ufe0f B",
    "a non-joiner in Persian": "می\u200cخواهم",
    "a joiner in Devanagari": "क्\u200dष",
    "a flag of tags": "A \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "a wide space": "A\u3000B",
}
UNSEEN = {
    "\x00": "U+0000 (a control character)",
    "\x07": "U+0007 (a control character)",
    "\x1b": "U+001B (a control character)",
    "\x7f": "U+007F (a control character)",
    "\x85": "U+0085 (a control character)",
    "\u00a0": "U+00A0 (NO-BREAK SPACE)",
    "\u00ad": "U+00AD (SOFT HYPHEN)",
    "\u061c": "U+061C (ARABIC LETTER MARK)",
    "\u180e": "U+180E (MONGOLIAN VOWEL SEPARATOR)",
    "\u2007": "U+2007 (FIGURE SPACE)",
    "\u200b": "U+200B (ZERO WIDTH SPACE)",
    "\u200d": "U+200D (ZERO WIDTH JOINER)",
    "\u2028": "U+2028 (LINE SEPARATOR)",
    "\u202e": "U+202E (RIGHT-TO-LEFT OVERRIDE)",
    "\u202f": "U+202F (NARROW NO-BREAK SPACE)",
    "\u2060": "U+2060 (WORD JOINER)",
    "\u2066": "U+2066 (LEFT-TO-RIGHT ISOLATE)",
    "\u3164": "U+3164 (HANGUL FILLER)",
    "\ufeff": "U+FEFF (ZERO WIDTH NO-BREAK SPACE)",
    "\ufff9": "U+FFF9 (INTERLINEAR ANNOTATION ANCHOR)",
    "\U000e0041": "U+E0041 (TAG LATIN CAPITAL LETTER A)",
}


@pytest.mark.parametrize("title", SEEN.values(), ids=SEEN)
def test_what_can_be_seen_is_fine(title: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": f"{HEAD}| [{title}](a.md) |\n", "a.md": f"# {title}\n"}).findings == []


@pytest.mark.parametrize("text", ["\u200b", "\u00a0x", "\x07"])
def test_the_body_is_no_field(text: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": f"{HEAD}| [A](a.md) |\n", "a.md": f"# A\n\n{text}\n"}).findings == []


@pytest.mark.parametrize(("character", "name"), UNSEEN.items(), ids=UNSEEN.values())
def test_one_on_both_sides_is_one_finding_with_both_places(
    character: str, name: str, check: Callable[..., Result]
) -> None:
    value = f"A{character}B"
    result = check({"INDEX.md": f"{HEAD}| [{value}](a.md) |\n", "a.md": f"# {value}\n"})
    assert brief(result) == ["FS102 INDEX.md:3:3-3:14"]
    finding = result.only()
    assert finding["message"] == f"title: the value holds {name}"
    assert finding["severity"] == "warning"
    assert finding["values"] == {"index": value, "document": value}
    assert [place(spot) for spot in finding["related"]] == ["a.md:1:3-1:6"]


def test_several_documents_are_several_findings(check: Callable[..., Result]) -> None:
    rows = "".join(f"| [{name}\u200b{name}]({name}.md) |\n" for name in "ab")
    documents = {f"{name}.md": f"# {name}\u200b{name}\n" for name in "ab"}
    assert check({"INDEX.md": HEAD + rows, **documents}).codes == ["FS102", "FS102"]


def test_in_an_unlisted_document_it_stands_there(check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\ndocuments: '*.md'\n---\n"
    result = check({"INDEX.md": f"{contract}{HEAD}| [A](a.md) |\n", "a.md": "# A\n", "b.md": "# B\u200bB\n"})
    assert brief(result) == ["IX104 INDEX.md:7:1-7:14", "FS102 b.md:1:3-1:6"]
