"""IX112: listed, but ignored, untracked or taken away by `documents`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Files, Result, brief, commit_all, git, write
from validator.cli import main

TABLE = "| Title |\n| ----- |\n| [A](a.md) |\n| [B](b.md) |\n"
FILES = {"a.md": "# A\n", "b.md": "# B\n"}


def _front(documents: str) -> str:
    return f"---\nmanifest: 1\ndocuments: {documents}\n---\n"


LEFT_OUT: dict[str, tuple[Files, str, str]] = {
    "by a glob that takes away": (
        {"INDEX.md": _front('["*.md", "!b.md"]') + TABLE}, "8:7-8:11", "the contract's `documents` do not choose it",
    ),
    "by globs that do not reach it": (
        {"INDEX.md": _front('"a.*"') + TABLE}, "8:7-8:11", "the contract's `documents` do not choose it",
    ),
    "by `exclude`": (
        {"INDEX.md": TABLE, "indexlint.yaml": 'exclude: "b.*"\n'}, "4:7-4:11", "`exclude` takes it away",
    ),
}  # fmt: skip
ANYWAY: dict[str, Files] = {
    "chosen by a later glob": {"INDEX.md": _front('["*.md", "!b*", "b.md"]') + TABLE},
    "a README that is listed": {"INDEX.md": TABLE.replace("b.md", "README.md"), "README.md": "# B\n", "b.md": "# b\n"},
}


@pytest.mark.parametrize("files", ANYWAY.values(), ids=ANYWAY)
def test_what_is_chosen_is_fine(files: Files, check: Callable[..., Result]) -> None:
    assert "IX112" not in check({**FILES, **files}).codes


@pytest.mark.parametrize(("files", "where", "why"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_left_out_is_found_at_the_link(
    files: Files, where: str, why: str, check: Callable[..., Result]
) -> None:
    result = check({**FILES, **files})
    assert brief(result) == [f"IX112 INDEX.md:{where}"]
    finding = result.only()
    assert finding["message"] == f"b.md exists, but {why}"
    assert finding["document"] == finding["related"][0]["path"] == "b.md"


@pytest.mark.parametrize("ignored", [False, True], ids=["untracked", "ignored"])
def test_a_file_that_nobody_else_has(
    ignored: bool,  # noqa: FBT001
    tmp_path: Path,
    run: Callable[..., Result],
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(tmp_path, {"INDEX.md": TABLE, "a.md": "# A\n", ".gitignore": "b.md\n" if ignored else ""})
    commit_all(tmp_path)
    write(tmp_path, {"b.md": "# B\n"})
    result = run(tmp_path)
    assert brief(result) == ["IX112 INDEX.md:4:7-4:11"]
    assert result.only()["message"] == f"b.md exists, but git {'ignores' if ignored else 'does not track'} it"
    main(["check"])
    advice = re.search("help: (git .*)", capsys.readouterr().out)
    assert advice is not None
    git(tmp_path, *advice[1].split()[1:])
    assert run(tmp_path).findings == []


LAID: dict[str, str] = {
    "a file in an untracked folder": "new/b.md",
    "a page of an untracked folder": "new",
    "a page of an ignored folder": "ignored/README.md",
}


@pytest.mark.parametrize("target", LAID.values(), ids=LAID)
def test_what_lies_in_a_folder_that_nobody_else_has(
    target: str, tmp_path: Path, run: Callable[..., Result], capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"INDEX.md": TABLE.replace("b.md", target), "a.md": "# A\n", ".gitignore": "ignored/\n"})
    commit_all(tmp_path)
    write(tmp_path, dict.fromkeys(["new/README.md", "new/b.md", "ignored/README.md"], "# B\n"))
    assert run(tmp_path).only()["code"] == "IX112"
    main(["check"])
    advice = re.search("help: (git .*)", capsys.readouterr().out)
    assert advice is not None
    git(tmp_path, *advice[1].split()[1:])
    assert "IX112" not in run(tmp_path).codes


def test_a_file_that_is_staged_is_fine(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": TABLE, "a.md": "# A\n"})
    commit_all(tmp_path)
    write(tmp_path, {"b.md": "# B\n"})
    git(tmp_path, "add", "b.md")
    assert run(tmp_path).findings == []


def test_another_document_of_the_entrys_id_is_compared_and_not_unlisted(check: Callable[..., Result]) -> None:
    front = _front('["*.md", "!old-*"]').replace("---\n|", "").removesuffix("---\n") + 'name: "{kind}-{id}.md"\n---\n'
    index = f"{front}| ID | Title |\n| -- | ----- |\n| [1](x-1.md) | A |\n| [2](old-2.md) | C |\n"
    result = check({"INDEX.md": index, "x-1.md": "# A\n", "old-2.md": "# C\n", "x-2.md": "# B\n"})
    assert brief(result) == ["IX112 INDEX.md:9:7-9:15", "MT108 INDEX.md:9:19-9:20"]


def test_a_submodule_is_no_document(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": _front('"*.md"') + TABLE.replace("b.md", "b"), "a.md": "# A\n"})
    commit_all(tmp_path)
    head = git(tmp_path, "rev-parse", "HEAD").stdout.strip()
    (tmp_path / "b").mkdir()
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{head},b")
    assert brief(run(tmp_path)) == ["IX112 INDEX.md:8:7-8:8"]
