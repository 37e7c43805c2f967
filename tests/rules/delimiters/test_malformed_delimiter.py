"""DL105: a delimiter line that is not exactly `---`. The table of all its forms stands in tests/header/test_yaml.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

ROWS = "| Title |\n| ----- |\n| [A](a.md) |\n"
YAML = f"---\nmanifest: 1\ndelimiters: {{header: yaml}}\nfields: {{title: header.title}}\n---\n{ROWS}"
NONE = YAML.replace("header: yaml", "header: none").replace("header.title", "heading")


@pytest.mark.parametrize(
    ("index", "document"),
    [
        pytest.param(YAML, "---\ntitle: A\n---\nText.\n", id="three hyphens"),
        pytest.param(YAML, "---\r\ntitle: A\r\n---\r\nText.\r\n", id="CRLF is no trailing blank"),
        pytest.param(YAML, "---\ntitle: A\n---\n----\n\nH\n--\n\n–––\n", id="rules and underlines of the body"),
        pytest.param(NONE, "----\n# A\n----\n", id="none declared"),
        pytest.param(ROWS, "----\ntitle: B\n----\n# A\n", id="nothing declared"),
    ],
)
def test_other_lines_of_dashes_are_fine(index: str, document: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index, "a.md": document}).findings == []


@pytest.mark.parametrize(
    ("document", "where", "message"),
    [
        pytest.param(
            "--- \ntitle: A\n---\nText.\n", "1:1-1:5",
            "opening line of the header is not `---`: it has trailing blanks",
            id="opening",
        ),
        pytest.param(
            "---\ntitle: A\n  ---\nText.\n", "3:1-3:6", "closing line of the header is not `---`: it is indented",
            id="closing",
        ),
        pytest.param(
            "---\ntitle: A\n———\nText.\n", "3:1-3:4",
            "closing line of the header is not `---`: its dashes only look like `-`", id="look-alikes",
        ),
        pytest.param(
            "---\ntitle: A\n----", "3:1-3:5", "closing line of the header is not `---`: it has 4 dashes instead of 3",
            id="the last line, without a line end",
        ),
    ],
)  # fmt: skip
def test_the_place_is_the_line_and_the_reason_is_said(
    document: str, where: str, message: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": YAML, "a.md": document})
    findings = [finding for finding in result.findings if finding["code"] != "CT105"]
    assert [finding["message"] for finding in findings] == [f"the {message}"]
    assert f"DL105 a.md:{where}" in brief(result)


def test_the_metadata_is_read_all_the_same(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": YAML, "a.md": "---\ntitle: B\n-----\nText.\n"})
    assert brief(result) == ["MT108 INDEX.md:8:3-8:12", "DL105 a.md:3:1-3:6"]


def test_both_lines_are_two_findings(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": YAML, "a.md": "----\ntitle: A\n----\nText.\n"})
    assert brief(result) == ["DL105 a.md:1:1-1:5", "DL105 a.md:3:1-3:5"]
