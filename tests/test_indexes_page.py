"""The examples of docs/indexes.md: each corpus gives what stands under it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, write_example
from validator.cli import main

_EXAMPLE = re.compile(
    r"^## (?P<title>[^\n]+)\n(?:(?!^## ).)*?```text\n(?P<corpus>.*?)```\n\n```console\n(?P<said>.*?)```",
    re.MULTILINE | re.DOTALL,
)
EXAMPLES = {match["title"]: match for match in _EXAMPLE.finditer((ROOT / "docs" / "indexes.md").read_text("utf-8"))}


def test_each_format_has_an_example() -> None:
    assert list(EXAMPLES) == [
        "Tables", "Lists", "Paragraphs of links", "JSON", "YAML", "CSV and TSV", "Checksums",
    ]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_gives_what_stands_under_it(
    example: re.Match[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_example(tmp_path, example["corpus"])
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--format", "concise"]) == 1
    assert capsys.readouterr().out.splitlines() == example["said"].splitlines()
