"""The `full` report: both places with their lines, a caret under the span, what each side states, advice."""

from __future__ import annotations

import inspect

import pytest

from tests.reporters.conftest import FINDING, text_of
from validator.findings import Finding, Severity, Spot, Values
from validator.reporters.full import render
from validator.reporters.paint import paint

BARE = FINDING._replace(related=(), values=None, advice="", message="m")


def test_nothing_is_said_of_nothing() -> None:
    assert text_of(render) == ""
    assert text_of(render, suppressed=2) == ""


def test_a_finding_shows_both_places_both_values_and_advice() -> None:
    assert text_of(render, FINDING) == inspect.cleandoc(
        """
        MT108 error: title: the index says 'A', the document says 'B'
          --> INDEX.md:3:4
           3 | | [A](b.md) |
             |    ^
          --> b.md:1:3: the document says 'B'
           1 | # B
             |   ^
           index:    A
           document: B
           help: correct the side that is wrong

        1 error
        """
    ).replace("\n1 error", "\n1 error\n")


SPOTS = {
    "a whole file": (Spot("a.md"), "  --> a.md\n"),
    "an empty line": (Spot("a.md", 2, 1, 2, 1, ""), "  --> a.md:2:1\n"),
    "a blank line": (Spot("a.md", 2, 1, 2, 3, "  "), "  --> a.md:2:1\n"),
    "a span": (Spot("a.md", 2, 2, 2, 4, "abcd"), "  --> a.md:2:2\n   2 | abcd\n     |  ^^\n"),
    "the first character": (Spot("a.md", 2, 1, 2, 2, "abcd"), "  --> a.md:2:1\n   2 | abcd\n     | ^\n"),
    "behind the last character": (Spot("a.md", 2, 5, 2, 5, "abcd"), "  --> a.md:2:5\n   2 | abcd\n     |     ^\n"),
    "the line end": (Spot("a.md", 2, 5, 3, 1, "abcd"), "  --> a.md:2:5\n   2 | abcd\n     |     ^\n"),
    "several lines": (Spot("a.md", 2, 3, 9, 2, "abcd"), "  --> a.md:2:3\n   2 | abcd\n     |   ^^\n"),
    "a line of many digits": (Spot("a.md", 1234, 1, 1234, 2, "ab"), "  --> a.md:1234:1\n   1234 | ab\n        | ^\n"),
    "wide letters": (Spot("a.md", 2, 3, 2, 5, "日本日本x"), "  --> a.md:2:3\n   2 | 日本日本x\n     |     ^^^^\n"),
    "combining letters": (Spot("a.md", 2, 3, 2, 4, "e\u0301xy"), "  --> a.md:2:3\n   2 | e\u0301xy\n     |  ^\n"),
    "a variation selector": (Spot("a.md", 2, 3, 2, 4, "❤\ufe0fxy"), "  --> a.md:2:3\n   2 | ❤\ufe0fxy\n     |  ^\n"),
    "a tab": (Spot("a.md", 2, 3, 2, 4, "a\tbc"), "  --> a.md:2:3\n   2 | a\\tbc\n     |    ^\n"),
    "an escape": (Spot("a.md", 2, 1, 2, 2, "\x1b[1mx"), "  --> a.md:2:1\n   2 | \\x1b[1mx\n     | ^^^^\n"),
    "a log's command that the span cuts": (
        Spot("a.md", 2, 4, 2, 9, "x##[error]"),
        "  --> a.md:2:4\n   2 | x#\\x23[error]\n     |       ^^^^^\n",
    ),
    "an override in front": (
        Spot("a.md", 2, 2, 2, 3, "\u202eab"),
        "  --> a.md:2:2\n   2 | \\u202eab\n     |       ^\n",
    ),
}


@pytest.mark.parametrize(("spot", "expected"), SPOTS.values(), ids=SPOTS)
def test_the_caret_stands_under_the_span(spot: Spot, expected: str) -> None:
    assert text_of(render, BARE._replace(spot=spot)) == f"MT108 error: m\n{expected}\n1 error\n"


LONG = "".join(chr(ord("a") + number % 26) for number in range(300))
CUTS = {
    "fits": (LONG[:116], 115, 116, LONG[:116]),
    "the span is early": (LONG, 3, 5, LONG[:116] + "…"),
    "the span is late": (LONG, 200, 202, "…" + LONG[160:276] + "…"),
    "the span ends the line": (LONG, 299, 300, "…" + LONG[259:]),
    "the span is as long as the line": (LONG, 0, 300, LONG[:116] + "…"),
}


@pytest.mark.parametrize(("line", "start", "end", "shown"), CUTS.values(), ids=CUTS)
def test_a_long_line_is_cut_round_the_span(line: str, start: int, end: int, shown: str) -> None:
    text = text_of(render, BARE._replace(spot=Spot("a.md", 7, start + 1, 7, end + 1, line)))
    excerpt, carets = text.splitlines()[2:4]
    assert excerpt == f"   7 | {shown}"
    marked = excerpt[carets.index("^") : len(carets)]
    assert line[start:end].startswith(marked.removesuffix("…"))
    assert len(marked) >= min(end - start, 2)


VALUES = {
    "none": (None, []),
    "of the index alone": (Values("A", None), []),
    "of the document alone": (Values(None, "B"), []),
    "empty": (Values("", "B"), ["   index:    ", "   document: B"]),
    "of both": (Values("a" * 128, "b"), [f"   index:    {'a' * 128}", "   document: b"]),
    "with line ends": (Values("a\nb", "\x1b"), ["   index:    a\\nb", "   document: \\x1b"]),
    "without end": (Values("a" * 9999, "b"), [f"   index:    {'a' * 399}…", "   document: b"]),
}


@pytest.mark.parametrize(("values", "lines"), VALUES.values(), ids=VALUES)
def test_what_both_sides_state_is_shown(values: Values | None, lines: list[str]) -> None:
    text = text_of(render, BARE._replace(values=values))
    assert [line for line in text.splitlines() if line.startswith(("   index", "   document"))] == lines


TALLIES = {
    "one error": ([Severity.ERROR], 0, "1 error"),
    "two errors": ([Severity.ERROR] * 2, 0, "2 errors"),
    "each": ([Severity.NOTE, Severity.WARNING, Severity.ERROR], 0, "1 error, 1 warning, 1 note"),
    "many": ([Severity.WARNING] * 1200, 0, "1,200 warnings"),
    "suppressed": ([Severity.NOTE], 3, "1 note, 3 suppressed"),
}


@pytest.mark.parametrize(("severities", "suppressed", "expected"), TALLIES.values(), ids=TALLIES)
def test_the_last_line_counts(severities: list[Severity], suppressed: int, expected: str) -> None:
    findings: list[Finding] = [BARE._replace(severity=severity) for severity in severities]
    assert text_of(render, *findings, suppressed=suppressed).splitlines()[-1] == expected


def test_nothing_that_a_document_says_begins_a_line() -> None:
    hostile = "x\n::error::y\r\u2028::error::z"
    finding = FINDING._replace(
        message=hostile, advice=hostile, values=Values(hostile, hostile), spot=Spot(hostile, 1, 1, 1, 9, hostile)
    )
    assert not [line for line in text_of(render, finding).splitlines() if line.startswith("::")]


PAINTED = {
    "a head": ("MT108 error: m\n", "\x1b[1mMT108\x1b[0m \x1b[1;31merror\x1b[0m: m\n"),
    "a warning": ("MT109 warning: m\n", "\x1b[1mMT109\x1b[0m \x1b[1;33mwarning\x1b[0m: m\n"),
    "a note": ("MT109 note: m", "\x1b[1mMT109\x1b[0m \x1b[1;36mnote\x1b[0m: m"),
    "a place": ("  --> a.md:1:2\n", "\x1b[34m  -->\x1b[0m a.md:1:2\n"),
    "a caret": ("     |  ^^\n", "     |  \x1b[1;31m^^\x1b[0m\n"),
    "help": ("   help: do it\n", "\x1b[36m   help:\x1b[0m do it\n"),
    "an excerpt stays": ("   3 | MT108 error: m\n", "   3 | MT108 error: m\n"),
    "an empty line stays": ("\n", "\n"),
}


@pytest.mark.parametrize(("line", "expected"), PAINTED.values(), ids=PAINTED)
def test_colour_is_put_on_by_the_shape_of_a_line(line: str, expected: str) -> None:
    assert paint(line) == expected
