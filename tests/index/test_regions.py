"""The markers of generated regions stand in pairs."""

from __future__ import annotations

import pytest

from tests.index.conftest import at, read

BEGIN, END = "<!-- indexlint:begin -->", "<!-- indexlint:end -->"
TABLE = "| T |\n| - |\n| [A](a.md) |"

MARKERS = {
    "none": ("", []),
    "a pair": (f"{BEGIN}\n\n{TABLE}\n\n{END}", []),
    "two pairs": (f"{BEGIN}\n{END}\n\n{BEGIN}\n{END}", []),
    "both on one line": (f"{BEGIN} {END}", []),
    "words behind the name": ("<!-- indexlint:begin made by a tool -->\n<!-- indexlint:end -->", []),
    "a table without blank lines round it": (f"{BEGIN}\n{TABLE}\n{END}", []),
    "in a code fence": (f"```\n{BEGIN}\n```", []),
    "in indented code": (f"    {END}", []),
    "in a line of prose": (f"text {BEGIN} text", []),
    "another marker": ("<!-- other:begin -->\n<!-- indexlint:beginning -->", []),
    "never closed": ("<!-- indexlint:begin\n\n<!-- indexlint:end\n", []),
    "one inside another": ("<!-- indexlint:begin <!-- indexlint:begin -->\n<!-- indexlint:end -->", []),
    "a begin alone": (f"text\n\n{BEGIN}", [("begin", "3:1-3:25")]),
    "an end alone": (f"{END}\n\ntext", [("end", "1:1-1:23")]),
    "an indented end": (f"  {END}", [("end", "1:3-1:25")]),
    "reversed": (f"{END}\n{BEGIN}", [("reversed", "1:1-1:23")]),
    "nested": (f"{BEGIN}\n{BEGIN}\n{END}\n{END}", [("nested", "2:1-2:25")]),
    "doubled begin": (f"{BEGIN}\n\n{BEGIN}\n\n{END}", [("nested", "3:1-3:25")]),
    "doubled end": (f"{BEGIN}\n\n{END}\n\n{END}", [("end", "5:1-5:23")]),
    "an end in code does not count": (f"{BEGIN}\n\n```\n{END}\n```", [("begin", "1:1-1:25")]),
    "within a list item": (f"- {BEGIN}", [("begin", "1:3-1:27")]),
}


@pytest.mark.parametrize(("text", "expected"), MARKERS.values(), ids=MARKERS)
def test_a_marker_without_its_partner_is_a_fault(text: str, expected: list[tuple[str, str]]) -> None:
    index = read(text.replace("\n", "\r\n"))
    found = [fault for fault in index.faults if fault.kind == "unpaired-marker"]
    assert [(fault.detail[0], at(index, fault.span)) for fault in found] == expected


def test_a_nested_marker_tells_where_the_open_region_began() -> None:
    index = read(f"{BEGIN}\n{BEGIN}\n{END}\n")
    (fault,) = index.faults
    assert fault.detail == ("nested", "0", str(len(BEGIN)))
