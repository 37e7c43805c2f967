"""The rules' pages: complete, up to date, and in one notation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CLEAN, ROOT
from validator.docs import FAMILIES, explain, files, main, manual, page
from validator.rules import ALL, Rule


def test_the_manual_s_page_of_rules_is_up_to_date() -> None:
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == "".join(manual()), "run `python -m validator.docs`"


def test_the_page_is_written_and_then_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    assert main(["--check"], str(tmp_path)) == 1
    assert capsys.readouterr().err == "docs/rules.md is out of date: run `python -m validator.docs`\n"
    assert not (tmp_path / "docs" / "rules.md").exists()
    assert main([], str(tmp_path)) == 0
    assert main(["--check"], str(tmp_path)) == 0
    assert (tmp_path / "docs" / "rules.md").read_bytes() == "".join(manual()).encode()
    (tmp_path / "docs" / "rules.md").write_text("old\r\n", "utf-8", newline="")
    assert main(["--check"], str(tmp_path)) == 1


def test_it_runs_as_a_script() -> None:
    command = [sys.executable, "-m", "validator.docs", "--check"]
    done = subprocess.run(command, cwd=ROOT, env={**CLEAN, "PYTHONPATH": str(ROOT)}, check=False, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_each_rule_has_a_page(rule: Rule) -> None:
    content = page(rule)
    first, _, rest = content.text.partition("\n")
    assert first == rule.summary
    assert first.endswith(".")
    assert not rest or rest.startswith("\n"), "a blank line behind the summary"
    assert content.good is not None
    text = "".join(explain(rule))
    assert text.startswith(f"{rule.code} {rule.name} ({rule.severity}, since {rule.since})\n\n{first}")
    assert rule.code[:2] in FAMILIES
    assert f"### {rule.code} {rule.name}\n" in "".join(manual())


def test_the_manual_links_each_rule_to_its_section() -> None:
    text = "".join(manual())
    for rule in ALL:
        assert f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.name} | {rule.severity} |" in text


EXAMPLES = {
    "one file": ("-- a.md --\nx\ny\n", {"a.md": (b"x\ny\n", None)}),
    "two files": ("-- a.md --\nx\n-- b/c.md --\ny\n", {"a.md": (b"x\n", None), "b/c.md": (b"y\n", None)}),
    "an empty file": ("-- a.md --\n-- b.md --\n", {"a.md": (b"", None), "b.md": (b"", None)}),
    "a link": ("-- a.md -> b.md --\n", {"a.md": (b"", "b.md")}),
    "bytes": ("-- a.md --\n\u00abFF\u00bbx\u00ab0D\u00bb\n", {"a.md": (b"\xffx\r\n", None)}),
    "no line end": ("-- a.md --\nx\u00abno newline\u00bb\n", {"a.md": (b"x", None)}),
    "non-ASCII": ("-- a.md --\né\u00ab\n", {"a.md": ("é\u00ab\n".encode(), None)}),
}  # fmt: skip


@pytest.mark.parametrize(("example", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_is_files(example: str, expected: dict[str, tuple[bytes, str | None]]) -> None:
    assert {name: tuple(entry) for name, entry in files(example).items()} == expected
