"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from validator.writing import WriteError, append, check_place, write_whole


def test_a_new_file_has_the_rights_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(str(tmp_path / "a"), ["1", "2\n"])
    finally:
        os.umask(before)
    assert (tmp_path / "a").read_bytes() == b"12\n"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a"]


def test_nothing_is_seen_of_a_file_before_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_text("old", "utf-8")
    seen = []

    def pieces() -> Iterator[str]:
        yield "new"
        seen.append(target.read_text("utf-8"))

    write_whole(str(target), pieces())
    assert seen == ["old"]
    assert target.read_text("utf-8") == "new"


def test_a_disk_that_is_full_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", "utf-8")

    def pieces() -> Iterator[str]:
        yield "half"
        raise OSError(28, "No space left on device")

    with pytest.raises(WriteError, match=r"/a cannot be written: No space left on device"):
        write_whole(str(tmp_path / "a"), pieces())
    assert (tmp_path / "a").read_text("utf-8") == "old"
    assert os.listdir(tmp_path) == ["a"]


def test_a_file_that_cannot_be_put_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(WriteError, match="Operation not permitted"):
        write_whole(str(tmp_path / "a"), ["new"])
    assert os.listdir(tmp_path) == []


def test_what_is_no_text_is_spelled_out(tmp_path: Path) -> None:
    append(str(tmp_path / "a"), ["caf\udce9"])
    append(str(tmp_path / "a"), ["\n"])
    assert (tmp_path / "a").read_bytes() == b"caf\\udce9\n"


def test_a_folder_that_takes_no_files_is_found_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # Tests may run as root, who may write everywhere.
    with pytest.raises(WriteError, match="Permission denied"):
        check_place(str(tmp_path / "a"))
    check_place(os.devnull)
