"""Truth is the content that git stores, whatever it makes of it on checkout. The oracle is git itself."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import Result, commit_all, git, write
from validator.git import settings_of
from validator.tree import GitWorktree, ReadError
from validator.tree import git as run_git
from validator.tree.conversion import looks_binary
from validator.tree.unasked import proved_unmodified

Run = Callable[..., Result]
LIMIT = 1 << 20
CONTENTS = {
    "lf": b"a\nb\n",
    "crlf": b"a\r\nb\r\n",
    "mixed": b"a\r\nb\nc\r\n",
    "lone cr": b"a\rb\r\n",
    "cr cr lf": b"a\r\r\nb\r\n",
    "nul": b"a\0b\r\n",
    "controls": b"\x01\x02\r\n" + b"a" * 40,
    "few controls": b"\x01\r\n" + b"a" * 400,
    "dos end": b"a" * 10 + b"\r\n\x1a",
    "id": b"x $Id: 123 $ y\r\n$Id: $ $Id$ $Id: a\n$\n",
    "empty": b"",
    "utf-16": "a\r\nb\r\n".encode("utf-16"),
}
SETTINGS = {
    "nothing": ("", ""),
    "text": ("*.md text\n", ""),
    "auto": ("* text=auto\n", ""),
    "auto and crlf": ("* text=auto eol=crlf\n", ""),
    "eol crlf": ("*.md eol=crlf\n", ""),
    "eol lf": ("*.md eol=lf\n", ""),
    "no text": ("*.md -text\n", "true"),
    "binary": ("*.md binary\n", "true"),
    "the old name": ("*.md crlf\n", ""),
    "the old name off": ("*.md -crlf\n", "true"),
    "the old name input": ("*.md crlf=input\n", ""),
    "another value": ("*.md text=other\n", "true"),
    "ident": ("*.md ident\n", ""),
    "ident and text": ("*.md ident text\n", ""),
    "autocrlf": ("", "true"),
    "autocrlf input": ("", "input"),
    "autocrlf off": ("*.md diff=markdown\n", "false"),
    "autocrlf and others": ("*.txt text\n*.md !text\n", "true"),
    "no filter of this name": ("*.md filter=nowhere\n", ""),
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "config", "core.safecrlf", "false")
    return tmp_path


def blob_of(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def configure(folder: Path, attributes: str, autocrlf: str) -> None:
    if attributes:
        write(folder, {".gitattributes": attributes})
    if autocrlf:
        git(folder, "config", "core.autocrlf", autocrlf)


@pytest.mark.parametrize("before", [b"old\n", b"old\r\n"], ids=["stored with LF", "stored with CR LF"])
@pytest.mark.parametrize(("attributes", "autocrlf"), SETTINGS.values(), ids=SETTINGS)
def test_a_modified_file_is_read_as_git_would_store_it(
    attributes: str, autocrlf: str, before: bytes, repository: Path
) -> None:
    names = {f"{name.replace(' ', '-')}.md": data for name, data in CONTENTS.items()}
    write(repository, dict.fromkeys(names, before))
    commit_all(repository)
    configure(repository, attributes, autocrlf)
    write(repository, names)
    tree = GitWorktree(str(repository))
    tree.read("lf.md", LIMIT)
    found = {name: blob_of(tree.read(name, LIMIT)) for name in names}
    assert {tree.blobs().get(name) for name in names} == {None}
    git(repository, "add", "-A")
    assert found == {name: git(repository, "rev-parse", f":{name}").stdout.strip() for name in names}


@pytest.mark.parametrize(("attributes", "autocrlf"), SETTINGS.values(), ids=SETTINGS)
def test_an_unmodified_file_is_read_from_its_blob(attributes: str, autocrlf: str, repository: Path) -> None:
    configure(repository, attributes, autocrlf)
    write(repository, {f"{name.replace(' ', '-')}.md": data for name, data in CONTENTS.items()})
    commit_all(repository)
    for path in repository.glob("*.md"):
        path.unlink()
    git(repository, "checkout", "-q", "--", ".")
    tree = GitWorktree(str(repository))
    tree.expect(tree.files())
    for path in repository.glob("*.md"):
        stored = git(repository, "rev-parse", f":{path.name}").stdout.strip()
        assert blob_of(tree.read(path.name, LIMIT)) == stored
        assert tree.blobs().get(path.name) in {None, stored}


def test_an_encoding_of_the_working_tree(repository: Path) -> None:
    write(repository, {".gitattributes": "*.md working-tree-encoding=UTF-16\n", "a.md": "ä\n".encode("utf-16")})
    commit_all(repository)
    tree = GitWorktree(str(repository))
    assert tree.read("a.md", LIMIT) == "ä\n".encode()
    write(repository, {"a.md": "öö\n".encode("utf-16")})
    assert GitWorktree(str(repository)).read("a.md", LIMIT) == "öö\n".encode()
    write(repository, {"a.md": b"\xff\xfe\x00"})
    with pytest.raises(ReadError, match="it is not in the encoding UTF-16"):
        GitWorktree(str(repository)).read("a.md", LIMIT)
    write(repository, {".gitattributes": "*.md working-tree-encoding=KLINGON\n", "a.md": "xx"})
    with pytest.raises(ReadError, match="it is not in the encoding KLINGON"):
        GitWorktree(str(repository)).read("a.md", LIMIT)


@pytest.mark.parametrize("name", ["UTF-16LE-BOM", "utf16le-bom"])
def test_the_encoding_that_git_alone_calls_by_its_name(name: str, repository: Path) -> None:
    write(repository, {".gitattributes": f"*.md working-tree-encoding={name}\n", "a.md": "ä\n".encode("utf-16")})
    commit_all(repository)
    (repository / "a.md").unlink()
    git(repository, "checkout", "-q", "--", ".")
    write(repository, {"a.md": (repository / "a.md").read_bytes() + "ö\n".encode("utf-16-le")})
    stored = git(repository, "hash-object", "--path", "a.md", "a.md").stdout.strip()
    read = GitWorktree(str(repository)).read("a.md", LIMIT)
    assert (read, blob_of(read)) == ("ä\nö\n".encode(), stored)


def test_a_filter_is_never_run(repository: Path) -> None:
    write(repository, {".gitattributes": "*.md filter=upper\n", "a.md": "text\n"})
    git(repository, "config", "filter.upper.clean", "tr a-z A-Z")
    commit_all(repository)
    assert git(repository, "cat-file", "blob", ":a.md").stdout == "TEXT\n"
    git(repository, "config", "filter.upper.clean", "touch ran; cat")
    os.utime(repository / "a.md", (1, 1))
    write(repository, {"b.md": "other\n"})
    tree = GitWorktree(str(repository))
    assert (tree.read("a.md", LIMIT), tree.read("b.md", LIMIT)) == (b"text\n", b"other\n")
    assert not (repository / "ran").exists()
    git(repository, "config", "filter.upper.clean", "tr a-z A-Z")
    git(repository, "add", "-A")
    tree = GitWorktree(str(repository))
    assert tree.read("a.md", LIMIT) == b"TEXT\n"
    assert tree.blobs().get("a.md") == git(repository, "rev-parse", ":a.md").stdout.strip()


def filtered_checkout(folder: Path, clean: str = "tr A-Z a-z") -> None:
    """A file that a filter changes on checkout, in the second in which git wrote its index, as git compares them."""
    index = "| Title |\n| ----- |\n| [text](a.md) |\n"
    write(folder, {".gitattributes": "a.md filter=upper\n", "a.md": "text\n", "INDEX.md": index})
    commit_all(folder)
    git(folder, "config", "filter.upper.smudge", "tr a-z A-Z")
    git(folder, "config", "filter.upper.clean", clean)
    (folder / "a.md").unlink()
    git(folder, "checkout", "-q", "--", ".")
    assert (folder / "a.md").read_text() == "TEXT\n"
    time.sleep(0.03)  # Some systems have a clock of coarse ticks.
    os.utime(folder / ".git/index", (1, 1))


def test_a_fresh_checkout_under_a_filter_is_unmodified(repository: Path, run: Run) -> None:
    filtered_checkout(repository)
    git(repository, "config", "filter.upper.clean", "touch ran; cat")
    tree = GitWorktree(str(repository))
    assert tree.read("a.md", LIMIT) == b"text\n"
    assert tree.blobs()["a.md"] == git(repository, "rev-parse", ":a.md").stdout.strip()
    assert not (repository / "ran").exists()
    assert run(repository).codes == []


@pytest.mark.parametrize("edit", ["written over", "replaced", "touched", "of another mode"])
def test_what_was_changed_under_a_filter_is_read_from_disk(edit: str, repository: Path) -> None:
    filtered_checkout(repository)
    file = repository / "a.md"
    times = file.stat()
    if edit == "written over":
        with file.open("r+") as stream:
            stream.write("Text\n")
    elif edit == "replaced":
        write(repository, {"b": "Text\n"})
        (repository / "b").replace(file)
    elif edit == "of another mode":
        file.chmod(0o755)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns + (edit == "touched")))
    assert GitWorktree(str(repository)).read("a.md", LIMIT) == file.read_bytes()


def test_what_git_saw_to_be_modified_is_read_from_disk(repository: Path) -> None:
    filtered_checkout(repository, clean="cat")
    write(repository, {"b.md": "b\n"})
    git(repository, "add", "b.md")  # With its index git writes that what it has checked out is not what it has stored.
    assert "size: 0" in git(repository, "ls-files", "--debug", "a.md").stdout
    assert GitWorktree(str(repository)).read("a.md", LIMIT) == b"TEXT\n"


def test_what_is_gone_under_a_filter_is_absent(repository: Path) -> None:
    filtered_checkout(repository)
    (repository / "a.md").unlink()
    with pytest.raises(ReadError, match="absent"):
        GitWorktree(str(repository)).read("a.md", LIMIT)


def test_where_times_prove_nothing_a_filtered_file_is_read_from_disk(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filtered_checkout(repository)
    root, known = str(repository), os.lstat(repository / "a.md")
    assert proved_unmodified(root, {"a.md"}) == {"a.md"}
    with monkeypatch.context() as patch:  # The index was written in the tick of the file.
        patch.setattr("validator.tree.unasked.os.stat", lambda _: known)
        assert proved_unmodified(root, {"a.md"}) == frozenset()
    with monkeypatch.context() as patch:  # The listing has another form.
        patch.setattr("validator.tree.unasked.git", lambda *words: run_git(*words).replace(b"mtime", b"written"))
        assert proved_unmodified(root, {"a.md"}) == frozenset()
    (repository / ".git/index").unlink()
    assert proved_unmodified(root, {"a.md"}) == frozenset()


def test_the_size_that_counts_is_the_stored_one(repository: Path) -> None:
    write(repository, {".gitattributes": "*.md text eol=crlf\n", "a.md": "a\r\nb\r\n"})
    commit_all(repository)
    assert GitWorktree(str(repository)).read("a.md", 4) == b"a\nb\n"
    with pytest.raises(ReadError) as caught:
        GitWorktree(str(repository)).read("a.md", 3)
    assert caught.value.detail == ("file", "4", "3")


@pytest.mark.parametrize("where", ["info", "user", "named", "sub"])
def test_attributes_from_everywhere(where: str, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository, {"sub/a.md": "a\nb\n"})
    commit_all(repository)
    file = {
        "info": ".git/info/attributes", "user": "home/git/attributes", "named": "named", "sub": "sub/.gitattributes",
    }[where]  # fmt: skip
    monkeypatch.setenv("XDG_CONFIG_HOME", str(repository / "home"))
    if where == "named":
        git(repository, "config", "core.attributesFile", str(repository / "named"))
    write(repository, {file: "*.md text\n", "sub/a.md": "a\r\nc\r\n"})
    assert GitWorktree(str(repository)).read("sub/a.md", LIMIT) == b"a\nc\n"


def test_attributes_that_a_sparse_checkout_left_out(repository: Path) -> None:
    write(repository, {"sub/.gitattributes": "*.md text\n", "sub/a.md": "a\n"})
    commit_all(repository)
    git(repository, "update-index", "--skip-worktree", "sub/.gitattributes")
    (repository / "sub/.gitattributes").unlink()
    write(repository, {"sub/a.md": "b\r\n"})
    assert GitWorktree(str(repository)).read("sub/a.md", LIMIT) == b"b\n"


def test_what_is_not_tracked_yet_is_read_as_git_would_store_it(repository: Path) -> None:
    write(repository, {".gitattributes": "*.md text\n", "a.md": "a\n"})
    commit_all(repository)
    write(repository, {"new.md": "n\r\n"})
    assert GitWorktree(str(repository)).read("new.md", LIMIT) == b"n\n"


def test_where_nothing_converts_git_is_not_asked_about_each_file(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def listening(folder: str, *arguments: str, **options: bool) -> bytes:
        asked.append(arguments[0])
        return run_git(folder, *arguments, **options)  # type: ignore[arg-type]

    def settings(folder: str) -> Mapping[str, str]:
        asked.append("config")
        return settings_of(folder)

    monkeypatch.setattr("validator.tree.conversion.settings_of", settings)
    for module in ("conversion", "worktree"):
        monkeypatch.setattr(f"validator.tree.{module}.git", listening)
    monkeypatch.setattr("validator.tree.worktree.git_in_full", listening)
    for attributes, text, expected in (
        ("*.md diff=markdown\n", "a\r\n", ["ls-files", "config", "rev-parse"]),
        ("* text=auto\n", "a\n", ["ls-files", "config", "rev-parse"]),
        ("* text=auto\n", "c\r\n", ["ls-files", "config", "rev-parse", "check-attr", "diff-files"]),
    ):
        write(repository, {".gitattributes": attributes, "a.md": text, "b.md": text})
        commit_all(repository)
        asked.clear()
        tree = GitWorktree(str(repository))
        assert [tree.read(name, LIMIT) for name in ("a.md", "b.md")] != []
        assert asked == expected


def test_a_windows_clone_gives_the_verdict_of_the_commit(repository: Path, run: Run) -> None:
    index = (
        "---\nmanifest: 1\ndelimiters: {newline: lf}\n---\n| Title | Bytes |\n| ----- | ----- |\n| [A](a.md) | 9 |\n"
    )
    write(repository, {"INDEX.md": index, "a.md": "# A\ntext\n"})
    commit_all(repository)
    git(repository, "config", "core.autocrlf", "true")
    for name in ("INDEX.md", "a.md"):
        (repository / name).unlink()
    git(repository, "checkout", "-q", "--", ".")
    assert b"\r\n" in (repository / "a.md").read_bytes()
    assert run(repository).findings == []
    write(repository, {"a.md": "# A\r\nmore text\r\n"})
    assert run(repository).codes == ["CT102"]


# Files that git is told to take for unchanged


def test_what_a_sparse_checkout_left_out_is_there(repository: Path, run: Run) -> None:
    write(repository, {"INDEX.md": "- [A](in/a.md)\n- [B](out/b.md)\n", "in/a.md": "# A\n", "out/b.md": "# B\n"})
    (repository / "out/way.md").symlink_to("b.md")
    commit_all(repository)
    git(repository, "sparse-checkout", "set", "in")
    assert not (repository / "out").exists()
    tree = GitWorktree(str(repository))
    assert (tree.read("out/b.md", LIMIT), tree.read("out/way.md", LIMIT)) == (b"# B\n", b"# B\n")
    assert tree.blobs().get("out/b.md") == git(repository, "rev-parse", "HEAD:out/b.md").stdout.strip()
    assert tree.there("out/b.md")
    assert tree.vanished("b.md") == {}
    assert run(repository).findings == []


def test_what_is_assumed_unchanged_is_what_git_has(repository: Path) -> None:
    write(repository, {"a.md": "old\n", "b.md": "old\n"})
    commit_all(repository)
    git(repository, "update-index", "--assume-unchanged", "a.md")
    write(repository, {"a.md": "new\n", "b.md": "new\n"})
    tree = GitWorktree(str(repository))
    assert (tree.read("a.md", LIMIT), tree.read("b.md", LIMIT)) == (b"old\n", b"new\n")
    assert (tree.blobs().get("a.md"), tree.blobs().get("b.md")) == (
        git(repository, "rev-parse", ":a.md").stdout.strip(),
        None,
    )


def test_links_where_the_file_system_knows_none(repository: Path) -> None:
    git(repository, "config", "core.symlinks", "false")
    write(repository, {"a.md": "text\n"})
    commit_all(repository)
    blob = git(repository, "rev-parse", "HEAD:a.md").stdout.strip()
    write(repository, {"way": "a.md"})
    link = git(repository, "hash-object", "-w", "way").stdout.strip()
    git(repository, "update-index", "--add", "--cacheinfo", f"120000,{link},way")
    git(repository, "update-index", "--refresh")
    assert blob
    assert GitWorktree(str(repository)).read("way", LIMIT) == b"text\n"
    write(repository, {"way": "other text\n"})
    assert GitWorktree(str(repository)).read("way", LIMIT) == b"other text\n"


def test_a_folder_that_became_a_link_is_not_read_through(repository: Path, run: Run) -> None:
    write(repository, {"INDEX.md": "- [A](in/a.md)\n", "in/a.md": "# A\n", "in/deep/b.md": "# B\n"})
    (repository / "in/way.md").symlink_to("a.md")
    commit_all(repository)
    (repository / "in").rename(repository / "moved")
    (repository / "in").symlink_to("moved")
    tree = GitWorktree(str(repository))
    for name, folder in (("in/a.md", "in"), ("in/deep/b.md", "in/deep"), ("in/way.md", "in")):
        with pytest.raises(ReadError) as caught:
            tree.read(name, LIMIT)
        assert caught.value.args == ("symlink", f"the folder {folder!r} is a symbolic link, or lies behind one")
    assert "FS105" in run(repository).codes


@pytest.mark.parametrize("target", ["b.md", "nowhere"])
def test_a_file_that_became_a_link(target: str, repository: Path) -> None:
    write(repository, {"a.md": "text\n", "b.md": "other\n"})
    commit_all(repository)
    (repository / "a.md").unlink()
    (repository / "a.md").symlink_to(target)
    tree = GitWorktree(str(repository))
    if target == "b.md":
        assert tree.read("a.md", LIMIT) == b"other\n"
    else:
        with pytest.raises(ReadError, match="it is broken"):
            tree.read("a.md", LIMIT)


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"", False),
        (b"a", False),
        (b"\x1b[1m", False),
        (b"a\x7f", True),
        (b"a" * 128 + b"\x7f", False),
        (b"\x1a", False),
    ],
)
def test_what_looks_binary(data: bytes, binary: bool) -> None:  # noqa: FBT001
    assert looks_binary(data) is binary
