"""The examples of docs/headers.md: each document is read as its page says, and the command says what the page says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Result
from validator.header import DIALECTS, read_header
from validator.header.sidecar import Beside, read_sidecar

PAGE = (ROOT / "docs" / "headers.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## `|\Z)", PAGE, re.MULTILINE | re.DOTALL))
BLOCK = re.compile(r"^(````?)(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def blocks(dialect: str) -> list[tuple[str, str]]:
    """The language and the text of each code block of a section."""
    return [(found[2], found[3]) for found in BLOCK.finditer(SECTIONS[dialect])]


def numbered(text: str, line: int, old: str, new: str) -> str:
    """The text with a change in one line (from 1)."""
    lines = text.split("\n")
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    return "\n".join(lines)


def test_every_dialect_with_delimiters_of_its_own_has_its_section() -> None:
    # A line of JSON is both document and header: it has its section on the page on document delimiters.
    assert set(SECTIONS) == set(DIALECTS) - {"none", "yaml", "json-lines"}


FIELDS: dict[str, dict[str, str | list[str]]] = {
    "rfc822": {"PEP": "9999", "Title": "Things", "Author": "One Person, Another Person", "Status": "Draft"},
    "rst": {"Author": "One Person", "Status": "Draft, see the list", "Tags": ["red", "green"]},
    "toml": {"title": "Things", "weight": "10"},
    "fenced": {"SEP": "0099", "Title": "Things", "Status": "Draft"},
    "bullets": {"Proposal": "Keywords as labels", "Status": "in review", "Reviewers": ["A", "B"]},
    "sections": {"Status": "Proposed, see 2", "Date": "2026-01-02"},
    "table": {"Title": "Use tables", "Status": "draft"},
    "sidecar": {"title": "Things", "status": "Draft", "tags": ["red", "green"]},
}


@pytest.mark.parametrize("dialect", FIELDS)
def test_the_document_states_its_fields(dialect: str) -> None:
    text = blocks(dialect)[0][1].encode()
    header = read_sidecar((Beside("a.meta.yaml", text),)) if dialect == "sidecar" else read_header(text, dialect)
    found = {field.key: [item.text for item in field.node.items] or field.node.text for field in header.fields}
    assert {key: found[key] for key in FIELDS[dialect]} == FIELDS[dialect]


# What the page says was done to its document, and the file that it stands in.
DEEDS: dict[str, tuple[str, Callable[[str], str]]] = {
    "rfc822": ("peps/pep-9999.rst", lambda text: numbered(text, 5, "Status:", "Status :")),
    "rst": ("a.rst", lambda text: numbered(text, 6, ":Status:", "Status:")),
    "toml": ("a.md", str),
    "fenced": ("a.md", str),
    "bullets": ("0001.md", lambda text: numbered(text, 5, "* ", "\u2022 ")),
    "sections": ("0001.md", lambda text: numbered(text, 7, "## ", "##")),
    "table": ("0001.md", lambda text: text + "| Tags | a | b |\n"),
    "sidecar": ("a.txt", str),
}


@pytest.mark.parametrize("dialect", DEEDS)
def test_the_command_says_what_the_page_says(dialect: str, tmp_path: Path, check: Callable[..., Result]) -> None:
    path, deed = DEEDS[dialect]
    first = blocks(dialect)[0][1]
    wanted = [line for line in blocks(dialect)[-1][1].splitlines() if not line.startswith("INDEX.md")]
    config = f"corpora:\n  - index: none\n    documents: '{path}'\n    delimiters: {{header: {dialect}}}\n"
    files = {"indexlint.yaml": config, path: deed(first)}
    if dialect == "sidecar":
        files = {"indexlint.yaml": config, path: "Text.\n", "a.txt.meta.json": '{"title": "Things", "status": 1234,}\n'}
    result = check(files)
    said = [
        f"{finding['path']}:{finding['line']}:{finding['column']}: {finding['code']} {finding['message']}"
        for finding in result.findings
    ]
    assert wanted
    assert set(wanted) <= set(said), json.dumps(said)
    assert (tmp_path / path).exists()
