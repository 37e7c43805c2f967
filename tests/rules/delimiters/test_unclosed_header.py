"""DL103: a header that opens and never closes, in a document or in the index."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

ROWS = "| Title |\n| ----- |\n| [A](a.md) |\n"
FRONT = "manifest: 1\ndocuments: '*.md'\ndelimiters: {header: yaml}\nfields: {title: header.title}\n"
YAML = f"---\n{FRONT}---\n{ROWS}"


PLAIN = "| Document |\n| -------- |\n| [A](a.md) |\n"


@pytest.mark.parametrize(
    ("index", "document"),
    [
        pytest.param(YAML, "---\ntitle: A\n---\nText.\n", id="closed"),
        pytest.param(YAML, "---\ntitle: A\n...\nText.\n", id="closed by dots"),
        pytest.param(PLAIN, "---\ntitle: A\n\nText.\n", id="undeclared, it is no header"),
        pytest.param(
            f"---\nmanifest: 1\ndelimiters: {{header: none}}\n---\n{PLAIN}", "---\ntitle: A\n", id="none is wanted"
        ),
        pytest.param(f"---\n\n{PLAIN}", "# A\n", id="an index that begins with a rule"),
    ],
)
def test_nothing_is_open(index: str, document: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index, "a.md": document}).findings == []


def test_the_place_is_the_opening_line_and_the_rest_is_still_checked(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": YAML, "a.md": "---\ntitle: B\n\nText.\n"})
    assert brief(result) == ["MT108 INDEX.md:9:3-9:12", "DL103 a.md:1:1-1:4"]
    finding = result.findings[1]
    assert finding["message"] == "the header that opens here is never closed"
    assert finding["document"] == "a.md"


def test_front_matter_of_the_index(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"---\n{FRONT}\n{ROWS}", "a.md": "---\ntitle: A\n---\nText.\n"})
    assert brief(result) == ["DL103 INDEX.md:1:1-1:4"]
    assert result.only()["message"] == "the front matter that opens here is never closed"
    assert result.only()["document"] is None
    assert result.code == 1


@pytest.mark.parametrize("body", ["", "Text.\n", "# A\n", "- a\n", "\n---\n\nText.\n", "A\n===\n", "\n\n\n"])
def test_an_unclosed_header_is_one_finding_whatever_follows(body: str, check: Callable[..., Result]) -> None:
    contract = YAML.replace("{title: header.title}", "{title: {document: header.title, required: true}}")
    codes = check({"INDEX.md": contract, "a.md": f"---\ntitle: A\n{body}"}).codes
    assert codes == (["DL103"] if "---" not in body else [])


def test_what_the_header_never_came_to_state_is_not_missed(check: Callable[..., Result]) -> None:
    contract = YAML.replace("{title: header.title}", "{title: {document: header.title, required: true}}")
    contract = contract.replace("manifest: 1\n", "manifest: 1\nid: {document: header.id}\nschema: s.json\n")
    schema = '{"required": ["title", "id"], "properties": {"title": {"type": "string"}, "n": {"type": "integer"}}}'
    files = {"INDEX.md": contract, "s.json": schema}
    assert check({**files, "a.md": "---\n\nText.\n"}).codes == ["DL103"]
    assert check({**files, "a.md": "---\nn: x\n\nText.\n"}).codes == ["DL103", "MT106"]
