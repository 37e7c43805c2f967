"""FS104: a folder, a named pipe, a socket or a device where a file should be."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, brief, commit_all, place, write

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
