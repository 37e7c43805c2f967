"""One corpus from every source: the working tree, git's index, a revision, a bare clone. They say the same."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CLEAN, Files, Result, commit_all, git, write
from validator.tree import (
    MODE_FILE,
    MODE_LINK,
    MODE_MODULE,
    GitWorktree,
    ReadError,
    Snapshot,
    Tree,
    TreeError,
    at_revision,
    resolve,
    staged,
)

Run = Callable[..., Result]
LIMIT = 1 << 20
HEAD = "| ID | Title |\n| -- | ----- |\n"
NAMES = ("with space.md", "new\nline.md", "-dash.md", 'quo"te.md', "größe.md", "tab\t.md", os.fsdecode(b"caf\xe9.md"))


def at_head(folder: Path) -> Snapshot:
    revision = resolve(str(folder), "HEAD")
    assert revision is not None
    return at_revision(str(folder), revision)


def in_index(folder: Path) -> Snapshot:
    head = resolve(str(folder), "HEAD")
    return staged(str(folder), head.commit if head else None)


def in_folder(folder: Path) -> GitWorktree:
    return GitWorktree(str(folder))


SOURCES = {"working tree": in_folder, "index": in_index, "revision": at_head}


@pytest.fixture(params=list(SOURCES.values()), ids=list(SOURCES))
def source(request: pytest.FixtureRequest) -> Callable[[Path], Tree]:
    made: Callable[[Path], Tree] = request.param
    return made


def refusal(tree: Tree, path: str, limit: int = LIMIT) -> tuple[str, ...]:
    with pytest.raises(ReadError) as caught:
        tree.read(path, limit)
    return (caught.value.kind, *caught.value.detail)


def object_file(folder: Path, name: str) -> Path:
    blob = git(folder, "rev-parse", name).stdout.strip()
    return folder / ".git/objects" / blob[:2] / blob[2:]


# Every source alike


def test_files_of_all_names_are_listed_and_read(source: Callable[[Path], Tree], tmp_path: Path) -> None:
    files = {name: f"{number}\n".encode() for number, name in enumerate((*NAMES, "a/b/c.md"))}
    write(tmp_path, files)
    commit_all(tmp_path)
    tree = source(tmp_path)
    assert tree.files() == dict.fromkeys(files, MODE_FILE)
    tree.expect(files)
    assert {path: tree.read(path, LIMIT) for path in files} == files
    blobs = {path: git(tmp_path, "hash-object", "--", path).stdout.strip() for path in list(files)[:3]}
    assert {path: tree.blobs().get(path) for path in blobs} == blobs


@pytest.mark.parametrize("size", [0, 1, 65_536, 3_000_000])
def test_a_file_of_any_size(size: int, source: Callable[[Path], Tree], tmp_path: Path) -> None:
    data = os.urandom(size)
    write(tmp_path, {"a": data, "b": b"next"})
    commit_all(tmp_path)
    tree = source(tmp_path)
    assert tree.read("a", size) == data
    if size:
        assert refusal(tree, "a", size - 1) == ("too-large", "file", f"{size:,}", f"{size - 1:,}")
    assert tree.read("b", LIMIT) == b"next"


def test_what_is_not_there_and_what_is_no_file(source: Callable[[Path], Tree], tmp_path: Path) -> None:
    write(tmp_path, {"a/b": "text"})
    commit_all(tmp_path)
    tree = source(tmp_path)
    assert refusal(tree, "c") == ("absent",)
    assert refusal(tree, "a") == ("not-a-file", "a folder")
    assert [tree.there(path) for path in ("a", "a/b", "c", "a/c", "a/b/c")] == [True, True, False, False, False]
    assert (tree.blobs().get("c"), tree.blobs().get("a")) == (None, None)


def test_a_submodule_is_no_folder_of_ours(source: Callable[[Path], Tree], tmp_path: Path) -> None:
    write(tmp_path / "inner", {"a": "A"})
    commit_all(tmp_path / "inner")
    outer = tmp_path / "outer"
    write(outer, {"b": "B"})
    commit_all(outer)
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../inner", "module")
    (outer / "way").symlink_to("module/a")
    commit_all(outer)
    tree = source(outer)
    assert tree.files()["module"] == MODE_MODULE
    assert refusal(tree, "module") == ("not-a-file", "a submodule")
    assert refusal(tree, "way") == (
        "symlink",
        "it leads into the submodule module, whose files are not this repository's",
    )
    assert (tree.blobs().get("module"), tree.blobs().get("way")) == (None, None)


LINKS = {
    "to a file": ("b", b"text"),
    "by a folder": ("x/../x/y", b"deep"),
    "through a linked folder": ("d/y", b"deep"),
    "to a link": ("c", b"text"),
    "to the root": (".", ("not-a-file", "a folder")),
    "to a folder": ("x", ("not-a-file", "a folder")),
    "to nothing": ("nowhere", ("symlink", "it is broken: it leads to 'nowhere'")),
    "through a file": ("b/x", ("symlink", "it is broken: it leads to 'b/x'")),
    "to itself": ("a", ("symlink", "it leads in a circle")),
    "out": ("../out", ("symlink", "it leads outside the project, to '../out'")),
    "out and in": ("../work/b", ("symlink", "it leads outside the project, to '../work/b'")),
    "by an absolute path": ("/etc/passwd", ("symlink", "it leads outside the project, to '/etc/passwd'")),
    "into git's folder": (".git/HEAD", ("symlink", "it leads into git's own folder, to '.git/HEAD'")),
    "to what is not tracked": ("untracked", ("symlink", "it is broken: it leads to 'untracked'")),
    "to a name that is too long": ("x" * 300, ("symlink", "File name too long")),
}


@pytest.mark.parametrize(("target", "expected"), LINKS.values(), ids=LINKS)
def test_a_link_leads_among_tracked_files(
    target: str, expected: bytes | tuple[str, ...], source: Callable[[Path], Tree], tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    write(folder, {"b": "text", "x/y": "deep"})
    for name, leads in {"a": target, "c": "b", "d": "x"}.items():
        (folder / name).symlink_to(leads)
    commit_all(folder)
    write(tmp_path, {"work/untracked": "secret", "out": "secret"})
    tree = source(folder)
    assert tree.files()["a"] == MODE_LINK
    assert tree.blobs().get("a") is None
    if isinstance(expected, bytes):
        assert tree.read("a", LIMIT) == expected
        assert tree.follow("a")[1] == ""
    else:
        assert refusal(tree, "a") == expected
        assert tree.follow("a")[1] == (expected[1] if expected[0] == "symlink" else "")
    assert (tree.there("d/y"), tree.there("d/z")) == (True, False)


def test_it_travels_to_another_process(source: Callable[[Path], Tree], tmp_path: Path) -> None:
    write(tmp_path, {f"{number}": f"text {number}" for number in range(9)})
    commit_all(tmp_path)
    tree = source(tmp_path)
    tree.expect(tree.files())
    assert tree.read("1", LIMIT) == b"text 1"
    assert pickle.loads(pickle.dumps(tree)).read("2", LIMIT) == b"text 2"  # noqa: S301 - our own bytes
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writer, tree.read("3", LIMIT))
        finally:
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    assert os.read(reader, 99) == b"text 3"
    os.close(reader)
    assert tree.read("4", LIMIT) == b"text 4"


# git's index


def test_the_index_is_read_and_not_the_disk(tmp_path: Path) -> None:
    write(tmp_path, {"a": "old", "b": "B", "gone": "G"})
    commit_all(tmp_path)
    write(tmp_path, {"a": "staged", "new": "N", "intended": "I", "empty": ""})
    git(tmp_path, "add", "a", "new", "empty")
    git(tmp_path, "add", "-N", "intended")
    git(tmp_path, "rm", "-q", "--cached", "gone")
    write(tmp_path, {"a": "on disk", "b": "on disk", "untracked": "U"})
    tree = in_index(tmp_path)
    assert {path: tree.read(path, LIMIT) for path in tree.files()} == {
        "a": b"staged", "b": b"B", "new": b"N", "empty": b"",
    }  # fmt: skip
    assert tree.untracked() == frozenset()
    assert tree.vanished("gone") == {"gone": b"G"}
    assert tree.vanished("a") == {}


def test_of_an_unmerged_path_our_side_counts(tmp_path: Path) -> None:
    write(tmp_path, {"a": "base\n"})
    commit_all(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "other")
    write(tmp_path, {"a": "theirs\n"})
    commit_all(tmp_path)
    git(tmp_path, "checkout", "-q", "main")
    write(tmp_path, {"a": "ours\n"})
    commit_all(tmp_path)
    git(tmp_path, "merge", "-q", "other", check=False)
    assert in_index(tmp_path).read("a", LIMIT) == b"ours\n"
    assert in_folder(tmp_path).blobs().get("a") is None


@pytest.mark.parametrize("stages", ["1", "3", "13"], ids=["both deleted it", "they added it", "we deleted it"])
def test_an_unmerged_path_that_our_side_has_not_is_not_there(stages: str, tmp_path: Path) -> None:
    write(tmp_path, {"a": "a\n", "b": "b\n"})
    commit_all(tmp_path)
    blob = git(tmp_path, "rev-parse", ":a").stdout.strip()
    lines = "".join(f"100644 {blob} {stage}\ta\n" for stage in stages)
    command = ["git", "update-index", "--index-info"]
    subprocess.run(command, cwd=tmp_path, env=CLEAN, check=True, input=f"0 {'0' * 40}\ta\n{lines}", text=True)
    assert set(in_index(tmp_path).files()) == {"b"}


def test_before_the_first_commit(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"INDEX.md": f"{HEAD}| [1](1.md) | One |\n", "1.md": "# One\n"})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    assert run(tmp_path, "--staged").code == 0
    assert in_index(tmp_path).vanished("INDEX.md") == {}
    assert run(tmp_path, "--rev", "HEAD").code == 2


def test_the_index_that_git_names_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a": "A", "b": "B"})
    commit_all(tmp_path)
    shutil.copy(tmp_path / ".git/index", tmp_path / ".git/other")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/other")
    subprocess.run(["git", "rm", "-q", "--cached", "a"], cwd=tmp_path, check=True)
    assert set(in_index(tmp_path).files()) == {"b"}
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert set(in_index(tmp_path).files()) == {"a", "b"}


# Revisions


@pytest.mark.parametrize("name", ["HEAD~1", "main~1", "old", "HEAD^", "{commit}", "{tree}", ":/first"])
def test_a_revision_of_any_spelling(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"a": "old"})
    commit_all(tmp_path)
    git(tmp_path, "commit", "-q", "--amend", "-m", "first")
    git(tmp_path, "tag", "-a", "-m", "t", "old")
    write(tmp_path, {"a": "new"})
    commit_all(tmp_path)
    commit, tree = git(tmp_path, "rev-parse", "HEAD~1", "HEAD~1^{tree}").stdout.split()
    revision = resolve(str(tmp_path), name.format(commit=commit, tree=tree))
    assert revision is not None
    assert at_revision(str(tmp_path), revision).read("a", LIMIT) == b"old"


def test_what_vanished_is_told_by_the_first_parent(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"INDEX.md": f"{HEAD}| [1](1.md) | One |\n", "1.md": "# One\n"})
    commit_all(tmp_path)
    git(tmp_path, "rm", "-q", "INDEX.md")
    hook = run(tmp_path)
    commit_all(tmp_path)
    assert hook.codes == run(tmp_path, "--rev", "HEAD").codes == ["IX101"]


@pytest.mark.parametrize("name", ["..", ".git", ".GIT", ".", "x" * 5000], ids=lambda name: name[:5])
def test_a_tree_that_no_checkout_could_have(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"a": "A", ".b/..c": "C"})
    commit_all(tmp_path)
    assert set(at_head(tmp_path).files()) == {"a", ".b/..c"}
    blob = git(tmp_path, "rev-parse", "HEAD:a").stdout.strip()
    raw = f"100644 {name}\0".encode() + bytes.fromhex(blob)
    command = ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"]
    tree = subprocess.run(command, cwd=tmp_path, env=CLEAN, check=True, input=raw, capture_output=True).stdout
    revision = resolve(str(tmp_path), tree.decode().strip())
    assert revision is not None
    with pytest.raises(TreeError, match="holds a path that no checkout can have"):
        at_revision(str(tmp_path), revision)


def test_a_bare_repository(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "work", {"sub/INDEX.md": f"{HEAD}| [1](1.md) | Eins |\n", "sub/1.md": "# One\n"})
    commit_all(tmp_path / "work")
    git(tmp_path, "clone", "-q", "--bare", "work", "bare.git")
    for path in ([], ["sub"], ["sub/1.md"], ["sub/INDEX.md"]):
        assert run(tmp_path / "bare.git", "--rev", "main", *path).codes == ["MT108"]
    assert run(tmp_path / "bare.git", "--rev", "main", "nowhere").code == 2
    assert run(tmp_path / "bare.git").code == 2


def test_a_hook_of_a_bare_repository_sees_what_is_pushed(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "work", {"INDEX.md": f"{HEAD}| [1](1.md) | Eins |\n", "1.md": "# One\n"})
    commit_all(tmp_path / "work")
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    monkeypatch.setenv("GIT_DIR", ".")
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "work/.git/objects"))
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(tmp_path / "work/.git/objects"))
    commit = git(tmp_path / "work", "rev-parse", "HEAD").stdout.strip()
    assert run(tmp_path / "bare.git", "--rev", commit).codes == ["MT108"]


def test_show_speaks_of_a_revision_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from validator.cli import main  # noqa: PLC0415 - not for the other tests

    write(tmp_path, {"INDEX.md": f"{HEAD}| [1](1.md) | One |\n", "1.md": "# One\n"})
    commit_all(tmp_path)
    git(tmp_path, "rm", "-q", "--cached", "1.md")
    monkeypatch.chdir(tmp_path)
    assert main(["show", "--rev", "HEAD"]) == 0
    assert "by its link" in capsys.readouterr().out


# What git cannot give


def test_an_object_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, {"a": "A", "b": "B"})
    (tmp_path / "l").symlink_to("a")
    commit_all(tmp_path)
    object_file(tmp_path, "HEAD:a").unlink()
    object_file(tmp_path, "HEAD:l").unlink()
    tree = at_head(tmp_path)
    tree.expect(["a", "b"])
    assert refusal(tree, "a") == ("unreadable", "git does not have its content (is this a partial clone?)")
    assert tree.read("b", LIMIT) == b"B"
    assert refusal(tree, "l") == refusal(tree, "a")


def test_what_was_asked_ahead_and_is_not_there_is_passed_over(tmp_path: Path) -> None:
    names = [f"{number:02}" for number in range(20)]
    write(tmp_path, {name: f"text {name}" for name in names})
    commit_all(tmp_path)
    object_file(tmp_path, "HEAD:05").unlink()
    tree = at_head(tmp_path)
    tree.expect(names)
    assert [tree.read(name, LIMIT) for name in ("00", "01", "02", "03")] != []
    assert tree.read("15", LIMIT) == b"text 15"


def test_an_object_that_is_damaged_does_not_take_the_others_along(tmp_path: Path) -> None:
    names = [f"{number:02}" for number in range(20)]
    write(tmp_path, {name: f"text {name}" for name in names})
    commit_all(tmp_path)
    damaged = object_file(tmp_path, "HEAD:07")
    damaged.chmod(0o644)
    damaged.write_bytes(b"nonsense")
    tree = at_head(tmp_path)
    tree.expect(names)
    for name in names:
        if name == "07":
            assert refusal(tree, name)[0] == "unreadable"
        else:
            assert tree.read(name, LIMIT) == f"text {name}".encode()


def test_a_git_that_dies_again_and_again_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{number:02}" for number in range(9)]
    write(tmp_path, {name: f"text {name}" for name in names})
    commit_all(tmp_path)
    tree = at_head(tmp_path)
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin/git"
    script.write_text("#!/bin/sh\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    for name in names[:3]:
        assert refusal(tree, name) == ("unreadable", "git cannot read its content (`git fsck` says more)")
    with pytest.raises(TreeError, match="git cat-file: it gives up, last at the object"):
        tree.read(names[3], LIMIT)


def test_a_git_that_ends_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a": "text"})
    commit_all(tmp_path)
    tree = at_head(tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text("#!/bin/sh\nread id\nprintf '%s blob 4\\nte' \"$id\"\n")
    (tmp_path / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert refusal(tree, "a")[0] == "unreadable"


def test_no_git_when_the_contents_are_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a": "text"})
    commit_all(tmp_path)
    tree = at_head(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TreeError, match="git is not installed"):
        tree.read("a", LIMIT)


def test_contents_are_read_in_any_order(tmp_path: Path) -> None:
    names = [f"{number:03}" for number in range(600)]
    files: Files = {name: f"text {int(name) // 2}" for name in names}  # Every content stands twice.
    write(tmp_path, files)
    commit_all(tmp_path)
    tree = at_head(tmp_path)
    tree.expect(names)
    order = [*names[:300], *names[::-1], *names[100:140], "599", *names[::7]]
    assert all(tree.read(name, LIMIT) == str(files[name]).encode() for name in order)
    assert refusal(tree, "005", 2)[0] == "too-large"
    tree.expect(["000", "001"])
    assert tree.read("000", LIMIT) == b"text 0"


# The whole command says the same from everywhere


CORPUS: Files = {
    "INDEX.md": f"{HEAD}| [1](1.md) | One |\n| [2](2.md) | Zwei |\n| [3](3.md) | Drei |\n| [4](x/4.md) | Vier |\n"
    "| [6](6.md) | Sechs |\n| [7](module/7.md) | Sieben |\n",
    "1.md": "# One\n", "2.md": "# Two\n", "x/4.md": "# Vier \xa0\n", "5.md": "\ufeff# Five\n",
    **dict.fromkeys(NAMES, "# Odd\n"),
}  # fmt: skip


@pytest.mark.parametrize("attributes", ["", "* text=auto eol=crlf\n", "*.md text eol=crlf\n", "*.md ident\n"])
def test_a_bare_clone_gives_the_findings_of_a_clean_checkout(attributes: str, tmp_path: Path, run: Run) -> None:
    first = tmp_path / "first"
    write(first, CORPUS)
    git(first, "init", "-q", "-b", "main")
    git(first, "config", "core.safecrlf", "false")
    (first / "6.md").symlink_to("5.md")
    if attributes:
        write(first, {".gitattributes": attributes})
    commit_all(first)
    git(first, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    git(first, "commit", "-q", "-m", "module")
    git(tmp_path, "clone", "-q", "--bare", "first", "bare.git")
    git(tmp_path, "clone", "-q", "bare.git", "clean")
    if "crlf" in attributes:
        assert b"\r\n" in (tmp_path / "clean/1.md").read_bytes()
    expected = run(tmp_path / "clean")
    assert len(expected.findings) > 8
    for folder, arguments in (("bare.git", ["--rev", "HEAD"]), ("clean", ["--rev", "HEAD"]), ("clean", ["--staged"])):
        found = run(tmp_path / folder, *arguments)
        assert (found.findings, found.code) == (expected.findings, expected.code)
