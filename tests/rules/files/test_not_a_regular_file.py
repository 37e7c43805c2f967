"""FS104: a folder, a named pipe, a socket or a device where a file should be."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, brief, commit_all, place, write
from validator.cli import main
from validator.tree import what_is

HEAD = "| Title |\n| ----- |\n| [A](a.md) |\n"
FILES = {"INDEX.md": f"{HEAD}| [B](b.md) |\n", "a.md": "# A\n"}


@pytest.mark.parametrize("target", ["b/", "b", "b/README.md", "./b/"])
def test_a_folder_means_its_page(target: str, check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{HEAD}| [B]({target}) |\n", "a.md": "# A\n", "b/README.md": "# B\n"}
    assert check(files).findings == []


@pytest.mark.parametrize(
    ("target", "where"), [("b/", "4:7-4:9"), ("b", "4:7-4:8"), ("b/c/..", "4:7-4:13"), ("b#part", "4:7-4:13")]
)
def test_a_folder_without_a_page(target: str, where: str, check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{HEAD}| [B]({target}) |\n", "a.md": "# A\n", "b/text.txt": "B\n"}
    result = check(files)
    assert brief(result) == [f"FS104 INDEX.md:{where}"]
    assert result.only()["message"] == "b is a folder without a page (README.md, index.md)"
    assert [place(spot) for spot in result.only()["related"]] == ["b"]


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        working = Path.cwd()
        os.chdir(path.parent)
        server.bind(path.name)
        os.chdir(working)


@pytest.mark.parametrize(
    ("make", "what"), [pytest.param(_pipe, "a named pipe", id="pipe"), pytest.param(_socket, "a socket", id="socket")]
)
def test_what_is_no_file_is_not_waited_for(
    make: Callable[[Path], None], what: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, FILES)
    make(tmp_path / "b.md")
    result = run(tmp_path)
    assert brief(result) == ["FS104 b.md"]
    assert result.only()["message"] == f"this is {what}, not a file"


@pytest.mark.parametrize(
    ("make", "what"),
    [pytest.param(_pipe, "a named pipe", id="pipe"), pytest.param(Path.mkdir, "a folder", id="folder")],
)
def test_in_place_of_a_tracked_file(
    make: Callable[[Path], None], what: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, {**FILES, "b.md": "# B\n"})
    commit_all(tmp_path)
    (tmp_path / "b.md").unlink()
    make(tmp_path / "b.md")
    result = run(tmp_path)
    assert brief(result) == ["FS104 b.md"]
    assert result.only()["message"] == f"this is {what}, not a file"


@pytest.mark.parametrize("name", ["folder", "pipe"])
def test_behind_a_symbolic_link(name: str, tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {**FILES, "folder/c.txt": "C\n"})
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "b.md").symlink_to(name)
    assert brief(run(tmp_path)) == ["FS104 b.md"]


UNTRACKED: dict[str, tuple[Callable[[Path], None], str]] = {
    "an empty folder": (Path.mkdir, "b.md is a folder without a page (README.md, index.md)"),
    "a folder without a page": (
        lambda path: write(path, {"c.txt": "C\n"}), "b.md is a folder without a page (README.md, index.md)",
    ),
    "a pipe": (_pipe, "b.md is a named pipe, not a file"),
    "a socket": (_socket, "b.md is a socket, not a file"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "message"), UNTRACKED.values(), ids=UNTRACKED)
def test_what_git_cannot_add_is_no_file(
    make: Callable[[Path], None], message: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, FILES)
    commit_all(tmp_path)
    make(tmp_path / "b.md")
    result = run(tmp_path)
    assert brief(result) == ["FS104 INDEX.md:4:7-4:11"]
    assert result.only()["message"] == message


def test_a_list_of_pipes_is_an_index_too(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": "- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    _pipe(tmp_path / "b.md")
    _pipe(tmp_path / "c.md")
    assert brief(run(tmp_path)) == ["FS104 INDEX.md:2:7-2:11", "FS104 INDEX.md:3:7-3:11"]


def test_show_says_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, FILES)
    commit_all(tmp_path)
    _pipe(tmp_path / "b.md")
    monkeypatch.chdir(tmp_path)
    assert main(["show"]) == 0
    assert "b.md -> b.md (is a named pipe)\n" in capsys.readouterr().out


def test_what_is_gone_by_now_is_nothing(tmp_path: Path) -> None:
    assert what_is(str(tmp_path), "b.md") == ""
