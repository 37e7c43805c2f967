"""FS103: a file that is there and cannot be read."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.conftest import CLEAN, Result, brief, commit_all, git, write
from validator.discover import Source, prepare
from validator.engine import build
from validator.rules.files.unreadable import unreadable
from validator.settings import Config
from validator.tree import Folder

HEAD = "| Title |\n| ----- |\n| [A](a.md) |\n"
LONG = "b" * 300 + ".md"


def test_a_file_that_can_be_read_is_fine(check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": HEAD, "a.md": "# A\n"}).findings == []


def test_a_file_that_the_system_refuses_to_open(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": f"{HEAD}| [B]({LONG}) |\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    blob = git(tmp_path, "hash-object", "-w", "a.md").stdout.strip()
    entry = f"100644 {blob}\t{LONG}\n"
    subprocess.run(["git", "update-index", "--index-info"], cwd=tmp_path, env=CLEAN, check=True, input=entry, text=True)
    result = run(tmp_path)
    assert brief(result) == [f"FS103 {LONG}"]
    assert result.only()["message"] == "this file cannot be read: File name too long"
    assert (result.code, result.report["checked"]["documents"]) == (1, 2)


def test_a_file_that_vanishes_while_it_is_checked(tmp_path: Path) -> None:
    write(tmp_path, {"INDEX.md": HEAD, "a.md": "# A\n"})
    tree = Folder(str(tmp_path))
    (prepared,) = prepare(tree, Config(), [Source("INDEX.md", "")])
    (tmp_path / "a.md").unlink()
    problems = list(unreadable.check(build(prepared, tree)))
    assert [(problem.at.path, problem.message) for problem in problems] == [
        ("a.md", "this file cannot be read: it vanished while it was being checked")
    ]
