"""The cases: `tests/cases/<CODE>_<description>/corpus/` is checked, and `expected.txt` beside it is what has to come.

`pytest tests/test_cases.py --update-cases` writes the expectations; read each of them before you keep it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Result, commit_all, place

CASES = sorted(path for path in (ROOT / "tests" / "cases").iterdir() if path.is_dir())


def rendered(result: Result) -> Iterator[str]:
    """A report, a line a finding, the related places indented, the exit code last."""
    for finding in result.findings:
        yield f"{finding['code']} {finding['severity']} {place(finding)} {finding['message']}\n"
        for related in finding["related"]:
            yield f"    {place(related)} {related['message']}\n"
    yield f"exit {result.code}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, run: Callable[..., Result], request: pytest.FixtureRequest) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(case / "corpus", folder, symlinks=True)
    commit_all(folder)
    found = "".join(rendered(run(folder)))
    expected = case / "expected.txt"
    if request.config.getoption("--update-cases"):
        expected.write_text(found, "utf-8", newline="\n")
    wanted = expected.read_text("utf-8")
    code = case.name.partition("_")[0]
    assert wanted.strip(), "an empty expectation expects nothing"
    assert code == "OK" or code in {line.split(" ")[0] for line in wanted.splitlines()}
    assert found == wanted


def test_cases_are_found() -> None:
    assert len(CASES) >= 40
