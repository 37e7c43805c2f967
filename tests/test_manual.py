"""The examples in the manual's page on document delimiters: files in txtar notation, then what the command says."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT, write_example
from validator.cli import main

BLOCKS = re.findall(r"^```text\n(.*?)^```$", (ROOT / "docs/delimiters.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
EXAMPLES = [pair for pair in pairwise(BLOCKS) if pair[0].startswith("-- INDEX.md --")]


@pytest.mark.parametrize(("example", "said"), EXAMPLES, ids=[example.split("\n")[4] for example, _ in EXAMPLES])
def test_the_command_says_what_the_page_says(
    example: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_example(tmp_path, example)
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--format", "concise", "--quiet"]) == 1
    assert capsys.readouterr().out == said


def test_the_page_has_its_examples() -> None:
    assert len(EXAMPLES) == 7
