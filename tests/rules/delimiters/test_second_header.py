"""DL118: a second header, or a second YAML document, directly behind the header."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place

ROWS = "| Title |\n| ----- |\n| [A](a.md) |\n"
YAML = f"---\nmanifest: 1\ndelimiters: {{header: yaml}}\nfields: {{title: header.title}}\n---\n{ROWS}"
HEADER = "---\ntitle: A\n---\n"


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(HEADER + "Text.\n", id="one header"),
        pytest.param(HEADER + "\n---\n\nText.\n", id="a rule behind a blank line"),
        pytest.param(HEADER + "\n" + HEADER + "Text.\n", id="a header behind a blank line"),
        pytest.param(HEADER + "Text.\n" + HEADER, id="a header in the body"),
        pytest.param(HEADER + "Note: a\n---\nText.\n", id="an underlined heading with a colon"),
        pytest.param(HEADER + "----\nText.\n", id="a longer rule"),
        pytest.param('---\ntitle: A\nnote: "--- b"\n---\nText.\n', id="dashes in a value"),
    ],
)
def test_one_header_is_enough(document: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": YAML, "a.md": document}).findings == []


@pytest.mark.parametrize("index", [YAML, ROWS], ids=["declared", "undeclared"])
@pytest.mark.parametrize(
    ("document", "where"),
    [
        pytest.param(HEADER + HEADER.replace("A", "B") + "Text.\n", "4:1-4:4", id="two headers"),
        pytest.param(HEADER + "---\nText.\n", "4:1-4:4", id="closed twice"),
        pytest.param((HEADER + "---\nText.\n").replace("\n", "\r\n"), "4:1-4:4", id="closed twice, with CRLF"),
        pytest.param("---\n" + HEADER + "Text.\n", "2:1-2:4", id="opened twice"),
        pytest.param("---\ntitle: A\n...\n---\nText.\n", "4:1-4:4", id="dots and dashes"),
        pytest.param(HEADER + "---\nnote: b\n\n---\n\nText.\n", "4:1-4:4", id="closed twice and a rule"),
    ],
)
def test_the_place_is_the_line_that_is_too_much(
    index: str, document: str, where: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": index, "a.md": document})
    assert brief(result) == [f"DL118 a.md:{where}"]
    assert result.only()["message"] == "a second header begins directly behind the first"


def test_the_first_header_counts(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": YAML, "a.md": HEADER.replace("A", "B") + HEADER + "Text.\n"})
    assert brief(result) == ["MT108 INDEX.md:8:3-8:12", "DL118 a.md:4:1-4:4"]


def test_a_second_document_inside_the_header(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": YAML, "a.md": "---\ntitle: A\n--- # more\ntitle: B\n---\nText.\n"})
    assert brief(result) == ["DL118 a.md:3:1-3:4"]


def test_a_second_document_in_an_index_is_not_read(check: Callable[..., Result]) -> None:
    files = {"indexlint.yaml": "corpora: [{index: toc.yaml}]\n", "toc.yaml": "- a.md\n---\n- b.md\n", "a.md": "# A\n"}
    finding = check(files).only()
    assert (finding["code"], place(finding)) == ("DL118", "toc.yaml:2:1-2:4")
    assert finding["message"] == "a second YAML document begins here; only the first is read as the index"
