"""Where bytes come from: a folder or a real git repository, with whatever can stand in the place of a file."""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.conftest import CLEAN, Files, Result, brief, commit_all, git, write
from validator.git import files_called
from validator.infer.preview import Preview
from validator.tree import (
    MODE_FILE,
    MODE_LINK,
    MODE_MODULE,
    Folder,
    GitWorktree,
    ReadError,
    Tree,
    TreeError,
    fold,
    in_pieces,
    top_level,
)
from validator.tree import git as run_git
from validator.tree.disk import follow, read_file, read_regular

LIMIT = 1 << 20
NAMES = ("plain.md", "with space.md", "new\nline.md", "tab\t.md", "-dash.md", 'quo"te.md', "back\\slash.md", "größe.md")
NOT_UTF8 = os.fsdecode(b"caf\xe9.md")


@pytest.fixture(params=["folder", "repository"])
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Files], Tree]:
    """Files as a folder and as a git repository."""

    def make(files: Files) -> Tree:
        write(tmp_path, files)
        if request.param == "folder":
            return Folder(str(tmp_path))
        commit_all(tmp_path)
        return GitWorktree(str(tmp_path))

    return make


def refusal(tree: Tree, path: str, limit: int = LIMIT) -> tuple[str, ...]:
    """Why a file cannot be read: the kind and its words."""
    with pytest.raises(ReadError) as caught:
        tree.read(path, limit)
    return (caught.value.kind, *caught.value.detail)


# Listing and reading


def test_files_of_all_names_are_listed_and_read(tree: Callable[[Files], Tree]) -> None:
    files = {name: name.encode() for name in (*NAMES, "a/b/c.md", ".hidden")} | {NOT_UTF8: b"e"}
    made = tree(files)
    assert made.files() == dict.fromkeys(files, MODE_FILE)
    assert {path: made.read(path, LIMIT) for path in made.files()} == files
    assert made.untracked() == frozenset()
    assert made.files() is made.files()


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 3_000_000])
def test_a_file_of_any_size_is_read_whole(size: int, tree: Callable[[Files], Tree]) -> None:
    data = os.urandom(size)
    made = tree({"a": data})
    assert made.read("a", size) == data
    if size:
        assert refusal(made, "a", size - 1) == ("too-large", "file", f"{size:,}", f"{size - 1:,}")


@pytest.mark.parametrize("path", ["b", "a/b", "a/../c", "x/y/z", "a\0b", "a\0b/c"])
def test_what_is_not_there_is_absent(path: str, tree: Callable[[Files], Tree]) -> None:
    made = tree({"a": "text"})
    assert refusal(made, path)[0] == "absent"
    assert not made.there(path)


def test_whether_something_is_there(tree: Callable[[Files], Tree], tmp_path: Path) -> None:
    made = tree({"a/b": "text"})
    (tmp_path / "c").symlink_to("nowhere")
    assert [made.there(path) for path in ("a", "a/b", "c", "d", "a/b/c", "x" * 300)] == [True, True, True, *[False] * 3]


# What is no file


def test_a_folder_is_no_file(tree: Callable[[Files], Tree]) -> None:
    assert refusal(tree({"a/b": "text"}), "a") == ("not-a-file", "a folder")


def test_a_pipe_is_not_waited_for(tree: Callable[[Files], Tree], tmp_path: Path) -> None:
    made = tree({"a": "text"})
    os.mkfifo(tmp_path / "pipe")
    started = time.perf_counter()
    assert refusal(made, "pipe") == ("not-a-file", "a named pipe")
    assert time.perf_counter() - started < 5


def test_a_socket_is_no_file(tree: Callable[[Files], Tree], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tree({"a": "text"})
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        assert refusal(made, "socket") == ("not-a-file", "a socket")


def test_a_device_is_no_file() -> None:
    assert refusal(Folder("/dev"), "null") == ("not-a-file", "a device")


# Symbolic links


def test_a_link_inside_is_another_name(tree: Callable[[Files], Tree], tmp_path: Path) -> None:
    for name, target in {"b": "a", "c": "x/y", "d": "c", "e": "x/../a", "f": "x"}.items():
        (tmp_path / name).symlink_to(target)
    made = tree({"a": "A", "x/y": "Y"})
    assert dict(made.files()) == {"a": MODE_FILE, "x/y": MODE_FILE, **dict.fromkeys("bcdef", MODE_LINK)}
    assert [made.read(name, LIMIT) for name in "bcde"] == [b"A", b"Y", b"Y", b"A"]
    assert made.follow("d") == ("x/y", "")
    assert refusal(made, "f") == ("not-a-file", "a folder")
    assert refusal(made, "b", 0) == ("too-large", "file", "1", "0")


LINKS = {
    "broken": ({"a": "nowhere"}, "it is broken: it leads to 'nowhere'"),
    "through a file": ({"a": "file/x"}, "it is broken: it leads to 'file/x'"),
    "to itself": ({"a": "a"}, "it leads in a circle"),
    "in a circle": ({"a": "b", "b": "c", "c": "a"}, "it leads in a circle"),
    "through a circle": ({"a": "b/x", "b": "b"}, "it leads in a circle"),
    "out": ({"a": "../out"}, "it leads outside the project, to '../out'"),
    "out by an absolute path": ({"a": "/etc/passwd"}, "it leads outside the project, to '/etc/passwd'"),
    "out in two steps": ({"a": "b", "b": "../out"}, "it leads outside the project, to 'b'"),
    "out to a folder of a like name": ({"a": "../root-2/x"}, "it leads outside the project, to '../root-2/x'"),
    "to a name that is too long": ({"a": "x" * 300}, "File name too long"),
    "into git's folder": ({"a": ".git/HEAD"}, "it leads into git's own folder, to '.git/HEAD'"),
    "to git's folder": ({"a": "b", "b": ".git"}, "it leads into git's own folder, to 'b'"),
}


@pytest.mark.parametrize(("links", "reason"), LINKS.values(), ids=LINKS)
def test_a_link_that_cannot_be_followed(links: dict[str, str], reason: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(tmp_path, {"out": "secret", "root/file": "text", "root-2/x": "secret", "root/.git/HEAD": "ref: x\n"})
    for name, target in links.items():
        (root / name).symlink_to(target)
    made = Folder(str(root))
    assert refusal(made, "a") == ("symlink", reason)
    assert follow(made.root, "a") == ("", reason)


def test_a_link_of_the_system_that_cannot_be_read_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").symlink_to("nowhere")

    def refuse(path: str) -> str:
        raise FileNotFoundError(path)

    monkeypatch.setattr(os, "readlink", refuse)  # As `/proc/10/exe` does.
    monkeypatch.setattr(os.path, "realpath", _as_for_proc(os.path.realpath))
    assert follow(str(tmp_path), "a") == ("", "it is broken: it leads to 'a'")


def _as_for_proc(realpath: Callable[..., str]) -> Callable[..., str]:
    def resolve(path: str, *, strict: bool = False) -> str:
        if strict:
            raise FileNotFoundError(path)
        return realpath(path)

    return resolve


def test_a_root_that_is_a_link_is_the_folder_it_leads_to(tmp_path: Path) -> None:
    write(tmp_path, {"real/a": "A"})
    (tmp_path / "real/b").symlink_to(tmp_path / "real/a")
    (tmp_path / "way").symlink_to("real")
    assert Folder(str(tmp_path / "way")).read("b", LIMIT) == b"A"


def test_what_lies_behind_a_linked_folder_outside_is_not_read(tree: Callable[[Files], Tree], tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-out"
    write(outside, {"a": "secret"})
    (tmp_path / "way").symlink_to(outside)
    (tmp_path / "circle").symlink_to("circle")
    made = tree({"x/b": "B"})
    assert refusal(made, "way/a") == ("symlink", "it leads outside the project")
    assert refusal(made, f"../{outside.name}/a") == ("symlink", "it leads outside the project")
    assert refusal(made, "circle/a") == ("symlink", "it leads in a circle")
    (tmp_path / "inner").symlink_to("x")
    assert made.read("inner/b", LIMIT) == b"B"


# What the system refuses


@contextmanager
def nobody() -> Iterator[None]:
    """As a user who may read nothing here; the superuser may read everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read(tree: Callable[[Files], Tree], tmp_path: Path) -> None:
    made = tree({"a": "text", "b": "text"})
    made.read("b", LIMIT)
    (tmp_path / "a").chmod(0)
    with nobody():
        assert refusal(made, "a") == ("unreadable", "Permission denied")


def test_a_name_that_is_too_long(tree: Callable[[Files], Tree]) -> None:
    assert refusal(tree({"a": "text"}), "x" * 300) == ("unreadable", "File name too long")


def test_a_file_that_fails_while_it_is_read() -> None:
    path = f"proc/{os.getpid()}/mem"
    assert stat.S_ISREG(Path("/", path).stat().st_mode)
    with pytest.raises(ReadError) as caught:
        read_file("/", path, LIMIT)
    assert (caught.value.kind, caught.value.detail) == ("unreadable", ("Input/output error",))


def test_a_file_that_vanished_from_a_folder_after_it_was_listed(tmp_path: Path) -> None:
    write(tmp_path, {"a": "text"})
    made = Folder(str(tmp_path))
    assert made.files() == {"a": MODE_FILE}
    (tmp_path / "a").unlink()
    assert refusal(made, "a") == ("unreadable", "it vanished while it was being checked")
    assert refusal(made, "b") == ("absent",)


# Folders


def test_a_folder_has_all_its_files_but_those_of_git(tmp_path: Path) -> None:
    write(tmp_path, {"a": "A", "x/b": "B", "x/.git/c": "C", ".git/d": "D", ".gitignore": "a\n"})
    (tmp_path / "y").symlink_to("x")
    made = Folder(str(tmp_path), "why")
    assert list(made.files()) == [".gitignore", "a", "y", "x/b"]
    assert (made.notice, made.untracked(), made.vanished("a"), made.former("b")) == ("why", frozenset(), {}, "")
    assert made.blobs().get("a") is None


# Git


def test_git_lists_what_it_tracks(tmp_path: Path) -> None:
    write(tmp_path, {"a": "A", "b/c": "C", ".gitignore": "ignored\n"})
    commit_all(tmp_path)
    write(tmp_path, {"new": "N", "ignored": "I", "staged": "S", NOT_UTF8: b"e", "new\nline": "L"})
    git(tmp_path, "add", "staged")
    made = GitWorktree(str(tmp_path))
    assert set(made.files()) == {"a", "b/c", ".gitignore", "staged"}
    assert made.untracked() == {"new", NOT_UTF8, "new\nline"}
    assert made.read("new", LIMIT) == b"N"


def test_an_unmerged_path_is_listed_once(tmp_path: Path) -> None:
    write(tmp_path, {"a": "base\n"})
    commit_all(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "other")
    write(tmp_path, {"a": "theirs\n"})
    commit_all(tmp_path)
    git(tmp_path, "checkout", "-q", "main")
    write(tmp_path, {"a": "ours\n"})
    commit_all(tmp_path)
    assert git(tmp_path, "merge", "-q", "other", check=False).returncode == 1
    assert len(git(tmp_path, "ls-files", "-s").stdout.splitlines()) == 3
    made = GitWorktree(str(tmp_path))
    assert made.files() == {"a": MODE_FILE}
    assert made.read("a", LIMIT).startswith(b"<<<<<<< HEAD\nours\n")


def test_a_deleted_file_is_absent_until_its_deletion_is_staged(tmp_path: Path) -> None:
    write(tmp_path, {"a": "A", "b": "B"})
    commit_all(tmp_path)
    (tmp_path / "a").unlink()
    git(tmp_path, "rm", "-q", "--cached", "b")
    made = GitWorktree(str(tmp_path))
    assert made.files() == {"a": MODE_FILE}
    assert refusal(made, "a") == ("absent",)
    assert made.untracked() == {"b"}


def test_a_folder_in_the_place_of_a_tracked_file(tmp_path: Path) -> None:
    write(tmp_path, {"a": "A"})
    commit_all(tmp_path)
    (tmp_path / "a").unlink()
    write(tmp_path, {"a/b": "B"})
    made = GitWorktree(str(tmp_path))
    assert made.files() == {"a": MODE_FILE}
    assert refusal(made, "a") == ("not-a-file", "a folder")


def test_a_file_in_the_place_of_a_tracked_folder(tmp_path: Path) -> None:
    write(tmp_path, {"a/b": "B"})
    commit_all(tmp_path)
    (tmp_path / "a/b").unlink()
    (tmp_path / "a").rmdir()
    write(tmp_path, {"a": "A"})
    assert refusal(GitWorktree(str(tmp_path)), "a/b") == ("absent",)


def test_a_submodule_is_neither_entered_nor_read(tmp_path: Path) -> None:
    write(tmp_path / "inner", {"a": "A"})
    commit_all(tmp_path / "inner")
    write(tmp_path / "outer", {"b": "B"})
    commit_all(tmp_path / "outer")
    git(tmp_path / "outer", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../inner", "module")
    made = GitWorktree(str(tmp_path / "outer"))
    assert made.files() == {"b": MODE_FILE, ".gitmodules": MODE_FILE, "module": MODE_MODULE}
    assert made.untracked() == frozenset()
    assert refusal(made, "module") == ("not-a-file", "a submodule")
    assert top_level(str(tmp_path / "outer/module")) == str(tmp_path / "outer/module")


def test_the_index_of_a_commit_in_the_making_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a": "A"})
    commit_all(tmp_path)
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / ".git/other-index"))
    git(tmp_path, "read-tree", "--empty")
    assert subprocess.run(["git", "read-tree", "--empty"], cwd=tmp_path, check=False).returncode == 0
    assert GitWorktree(str(tmp_path)).files() == {}


def test_what_vanished_is_read_from_the_last_commit(tmp_path: Path) -> None:
    write(tmp_path, {"INDEX.md": "one", "x/INDEX.md": "two", "y/INDEX.md": "three", "z/INDEX.md": "four", "a": "A"})
    commit_all(tmp_path)
    (tmp_path / "INDEX.md").unlink()
    git(tmp_path, "rm", "-q", "x/INDEX.md")
    git(tmp_path, "rm", "-q", "--cached", "y/INDEX.md")
    write(tmp_path, {"z/INDEX.md": "changed"})
    made = GitWorktree(str(tmp_path))
    assert made.vanished("INDEX.md") == {"INDEX.md": b"one", "x/INDEX.md": b"two", "y/INDEX.md": b"three"}
    assert made.vanished("a") == {}


def test_before_the_first_commit_nothing_has_vanished(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, {"INDEX.md": "one"})
    assert GitWorktree(str(tmp_path)).vanished("INDEX.md") == {}


def test_a_module_is_not_read_as_a_vanished_file(tmp_path: Path) -> None:
    write(tmp_path, {"a": "A"})
    commit_all(tmp_path)
    commit = git(tmp_path, "rev-parse", "HEAD").stdout.strip()
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{commit},INDEX.md")
    git(tmp_path, "commit", "-q", "-m", "module")
    assert GitWorktree(str(tmp_path)).vanished("INDEX.md") == {}


def test_a_vanished_file_whose_content_is_gone_too_is_empty(tmp_path: Path) -> None:
    write(tmp_path, {"INDEX.md": "one"})
    commit_all(tmp_path)
    blob = git(tmp_path, "rev-parse", "HEAD:INDEX.md").stdout.strip()
    (tmp_path / "INDEX.md").unlink()
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert GitWorktree(str(tmp_path)).vanished("INDEX.md") == {"INDEX.md": b""}


# Which repository


def test_outside_git_there_is_no_top_level(tmp_path: Path) -> None:
    assert top_level(str(tmp_path)) is None


@pytest.mark.parametrize("inner", ["", "x", "x/y"])
def test_the_top_level_is_found_from_below(inner: str, tmp_path: Path) -> None:
    write(tmp_path, {"x/y/a": "A"})
    commit_all(tmp_path)
    assert top_level(str(tmp_path / inner)) == str(tmp_path)


def test_a_second_work_tree_is_one_of_its_own(tmp_path: Path) -> None:
    write(tmp_path / "one", {"a": "A"})
    commit_all(tmp_path / "one")
    git(tmp_path / "one", "worktree", "add", "-q", "../two")
    assert top_level(str(tmp_path / "two")) == str(tmp_path / "two")
    assert GitWorktree(str(tmp_path / "two")).files() == {"a": MODE_FILE}


def test_a_repository_that_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "one", {"a": "A"})
    commit_all(tmp_path / "one")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "one/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "one"))
    assert top_level(str(tmp_path / "one")) == str(tmp_path / "one")


def test_a_repository_that_git_refuses(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": "| T |\n| - |\n| [A](a.md) |\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    write(tmp_path, {".git/HEAD": "nonsense"})
    with pytest.raises(TreeError, match="git rev-parse: fatal: not a git repository"):
        top_level(str(tmp_path))
    result = run(tmp_path)
    assert (result.code, result.report) == (2, {})
    assert "git rev-parse: fatal: not a git repository" in result.err


def test_an_index_that_git_cannot_read(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": "| T |\n| - |\n| [A](a.md) |\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    write(tmp_path, {".git/index": "nonsense"})
    result = run(tmp_path)
    assert result.code == 2
    assert "git ls-files: " in result.err


@pytest.mark.parametrize("mode", [None, 0o644], ids=["no git", "a git that cannot be run"])
def test_without_git(
    mode: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    write(tmp_path, {"INDEX.md": "| T |\n| - |\n| [A](a.md) |\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    (tmp_path / "bin").mkdir()
    if mode is not None:
        (tmp_path / "bin/git").touch(mode)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    expected = "git is not installed, or not on the PATH" if mode is None else "git cannot be run: Permission denied"
    result = run(tmp_path)
    assert (result.code, result.report) == (2, {})
    assert expected in result.err


def test_without_git_and_without_a_repository_the_folder_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Callable[..., Result]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check({"INDEX.md": "| T |\n| - |\n| [A](a.md) |\n", "a.md": "# A\n"}).code == 0


def test_git_is_only_asked(tmp_path: Path) -> None:
    write(tmp_path, {"a": "A", "hook": "#!/bin/sh\ntouch ran\n"})
    (tmp_path / "hook").chmod(0o755)
    commit_all(tmp_path)
    git(tmp_path, "config", "core.fsmonitor", str(tmp_path / "hook"))
    os.utime(tmp_path / "a", (1, 1))
    before = (tmp_path / ".git/index").read_bytes()
    made = GitWorktree(str(tmp_path))
    made.files()
    made.untracked()
    made.vanished("a")
    assert (tmp_path / ".git/index").read_bytes() == before
    assert not (tmp_path / "ran").exists()


def test_git_that_fails_says_why_or_is_silent(tmp_path: Path) -> None:
    with pytest.raises(TreeError, match=r"^git rev-parse: fatal: not a git repository"):
        run_git(str(tmp_path), "rev-parse", "--git-dir")
    assert run_git(str(tmp_path), "rev-parse", "--git-dir", missing_ok=True) == b""
    git(tmp_path, "init", "-q")
    with pytest.raises(TreeError, match=r"^git diff: it failed$"):
        run_git(str(tmp_path), "diff", "--no-index", "--quiet", os.devnull, __file__)


# All of it


def test_names_that_are_hard_to_write_reach_the_report(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(
        tmp_path, {"INDEX.md": "| T |\n| - |\n| [A](a.md) |\n", "a.md": "# A\n", NOT_UTF8: b"# E\n", "n\nl.md": "# N\n"}
    )
    commit_all(tmp_path)
    result = run(tmp_path)
    assert [finding["document"] for finding in result.findings] == [NOT_UTF8, "n\nl.md"]
    assert result.codes == ["IX104", "IX104"]


def test_a_link_to_a_submodule_is_a_link_to_no_file(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": "| T |\n| - |\n| [A](a.md) |\n| [B](b.md) |\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    commit = git(tmp_path, "rev-parse", "HEAD").stdout.strip()
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{commit},b.md")
    (tmp_path / "b.md").mkdir()
    assert brief(run(tmp_path)) == ["FS104 b.md"]


def test_an_unmerged_index_is_checked_once(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": "| T |\n| - |\n| [A](a.md) |\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    blob = git(tmp_path, "rev-parse", ":INDEX.md").stdout.strip()
    stages = "".join(f"100644 {blob} {stage}\tINDEX.md\n" for stage in (1, 2, 3))
    cleared = f"0 {'0' * 40}\tINDEX.md\n"
    command = ["git", "update-index", "--index-info"]
    subprocess.run(command, cwd=tmp_path, env=CLEAN, check=True, input=cleared + stages, text=True)
    result = run(tmp_path)
    assert (result.findings, result.report["checked"]["corpora"]) == ([], 1)


# Folding


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "A"), ("É", "é"), ("e\u0301", "É"), ("ς", "Σ"), ("ẞ", "ß"), ("x/Y.md", "X/y.MD"), ("Ⅳ", "ⅳ"), ("ǅ", "ǆ")],
)
def test_names_that_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("ß", "ss"), ("ı", "i"), ("ﬁ", "fi"), ("a", "á"), ("²", "2")])
def test_names_that_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_file_comes_in_pieces(tmp_path: Path) -> None:
    data = bytes(range(256)) * 10_000
    write(tmp_path, {"a.txt": data})
    for tree in (Folder(str(tmp_path)), GitWorktree(str(tmp_path))):
        if isinstance(tree, GitWorktree):
            commit_all(tmp_path)
        pieces = list(in_pieces(tree, "a.txt", None))
        assert len(pieces) > 1
        assert b"".join(pieces) == data
        assert b"".join(in_pieces(tree, "a.txt", len(data), 1000)) == data[1000:]


def test_a_tree_that_cannot_stream_gives_one_piece(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"one\ntwo\n"})
    preview = Preview(Folder(str(tmp_path)), {"b.txt": b"three\n"})
    assert list(in_pieces(preview, "a.txt", None, 4)) == [b"two\n"]
    assert list(in_pieces(preview, "b.txt", 6)) == [b"three\n"]


@pytest.mark.parametrize(
    ("name", "limit", "kind"),
    [("gone.txt", None, "absent"), ("a.txt", 2, "too-large"), ("sub", None, "not-a-file"), ("../x", None, "symlink")],
)
def test_why_a_file_does_not_come_in_pieces(name: str, limit: int | None, kind: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"one", "sub/b.txt": b""})
    with pytest.raises(ReadError) as caught:
        list(in_pieces(Folder(str(tmp_path)), name, limit))
    assert caught.value.kind == kind


def test_a_file_that_becomes_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"one", "b.txt": b"two"})
    commit_all(tmp_path)
    folder, worktree = Folder(str(tmp_path)), GitWorktree(str(tmp_path))
    assert folder.files().keys() >= worktree.files().keys()
    (tmp_path / "a.txt").unlink()
    (tmp_path / "a.txt").symlink_to("b.txt")
    with pytest.raises(ReadError, match="it became a link"):
        list(in_pieces(folder, "a.txt", None))
    assert list(in_pieces(worktree, "a.txt", None)) == list(map(bytes, [worktree.read("a.txt", LIMIT)]))


def test_a_file_that_vanishes_or_breaks_while_it_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": b"one"})
    tree = Folder(str(tmp_path))
    assert tree.files()
    with monkeypatch.context() as patched:
        patched.setattr(os, "read", mock.Mock(side_effect=OSError(errno.EIO, "Input/output error")))
        with pytest.raises(ReadError, match="Input/output error"):
            list(in_pieces(tree, "a.txt", None))
    (tmp_path / "a.txt").unlink()
    with pytest.raises(ReadError, match="vanished"):
        list(in_pieces(tree, "a.txt", None))


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 300_000])
def test_a_file_is_read_to_its_end_whatever_its_size(tmp_path: Path, size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    (tmp_path / "a").write_bytes(data)
    assert read_regular(str(tmp_path), "a", size) == data
    if size:
        with pytest.raises(ReadError, match="too-large"):
            read_regular(str(tmp_path), "a", size - 1)


def test_a_disk_that_fails_is_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"text")

    def fail(*_: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    with pytest.raises(ReadError) as caught:
        read_regular(str(tmp_path), "a", 10)
    assert (caught.value.kind, caught.value.detail) == ("unreadable", ("Input/output error",))


def test_a_disk_that_gives_a_file_in_pieces_is_read_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"some text")
    read = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, size: read(descriptor, min(size, 2)))
    assert read_regular(str(tmp_path), "a", 10) == b"some text"


def test_files_are_found_by_their_last_part() -> None:
    paths = ["INDEX.md", "a/INDEX.md", "xINDEX.md", "a/xINDEX.md", "INDEX.md/a", "b/INDEX.md.txt", "c/d/INDEX.md", ""]
    assert files_called(paths, "INDEX.md") == ["INDEX.md", "a/INDEX.md", "c/d/INDEX.md"]
    assert files_called(["INDEX.mdINDEX.md", "b\udcff/INDEX.md"], "INDEX.md") == ["b\udcff/INDEX.md"]
    assert files_called([], "INDEX.md") == []


@pytest.mark.parametrize(
    ("said", "modified"),
    [("", set()), ("warning: this is new", set()), ("a.md: Permission denied", {"a.md", "b.md"})],
)
def test_of_what_git_could_not_look_at_nothing_is_known(
    said: str, modified: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.md": "a", "b.md": "b"})
    commit_all(tmp_path)
    ran = subprocess.run

    def complaining(*arguments: Any, **options: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: ANN401
        done = ran(*arguments, **options)
        return subprocess.CompletedProcess(done.args, 0, done.stdout, said.encode())

    monkeypatch.setattr(subprocess, "run", complaining)
    assert GitWorktree(str(tmp_path)).modified == modified
