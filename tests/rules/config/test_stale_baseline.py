"""CF106."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, place

Check = Callable[..., Result]
HEAD = "| ID | Title |\n| -- | ----- |\n"
FILES = {"INDEX.md": f"{HEAD}| [1](1.md) | Eins |\n", "1.md": "# One\n"}
OPTIONS = ("--baseline", "baseline.txt")


@pytest.fixture
def baseline(check: Check) -> None:
    """A baseline of the one finding."""
    result = check(FILES, *OPTIONS, "--write-baseline")
    assert (result.code, result.findings, result.report["summary"]["suppressed"]) == (0, [], 1)


@pytest.mark.usefixtures("baseline")
def test_an_entry_that_occurs_is_no_fault(check: Check) -> None:
    result = check(FILES, *OPTIONS)
    assert (result.code, result.findings, result.report["summary"]["suppressed"]) == (0, [], 1)
    moved = check({"INDEX.md": f"\n\n{FILES['INDEX.md']}"}, *OPTIONS)
    assert (moved.code, moved.findings) == (0, [])


@pytest.mark.usefixtures("baseline")
def test_rules_that_do_not_run_and_indexes_that_are_not_checked_are_not_judged(check: Check) -> None:
    mended = {"1.md": "# Eins\n", "sub/INDEX.md": "- [A](a.md)\n", "sub/a.md": "# A\n"}
    assert check(mended, *OPTIONS, "--select", "IX,CF").findings == []
    assert check({}, *OPTIONS, "sub").findings == []
    assert check({}, *OPTIONS).codes == ["CF106"]
    assert check({}, *OPTIONS, "INDEX.md").codes == ["CF106"]


@pytest.mark.usefixtures("baseline")
def test_an_entry_that_no_longer_occurs(check: Check, tmp_path: Path) -> None:
    finding = check({"1.md": "# Eins\n"}, *OPTIONS).only()
    width = len((tmp_path / "baseline.txt").read_text("utf-8").splitlines()[1])
    assert (finding["code"], finding["severity"]) == ("CF106", "warning")
    assert place(finding) == f"baseline.txt:2:1-2:{width + 1}"
    assert finding["message"] == "this MT108 in INDEX.md no longer occurs"


@pytest.mark.usefixtures("baseline")
def test_a_new_finding_is_shown(check: Check) -> None:
    result = check({"INDEX.md": f"{FILES['INDEX.md']}| [2](2.md) | Two |\n"}, *OPTIONS)
    assert result.codes == ["IX103"]
