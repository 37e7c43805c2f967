"""Which project, which configuration file, and which corpora a command speaks of."""

from __future__ import annotations

import json
import os
from collections import UserDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import Result, commit_all, git, write
from validator.cli import main
from validator.discover import chosen_by, find_sources, prepare
from validator.discover.project import _speaks_of_us
from validator.settings import Config
from validator.tree import Folder

TABLE = "| Title |\n| ----- |\n"
CORPORA = {
    "INDEX.md": f"{TABLE}| [Top](top.md) |\n",
    "top.md": "# Top\n",
    "README.md": "# Read me\n",
    "docs/INDEX.md": f"{TABLE}| [A](a.md) |\n| [B](deep/b.md) |\n",
    "docs/a.md": "# A\n",
    "docs/deep/b.md": "# B\n",
    "docs/notes.txt": "x\n",
    "news/INDEX.md": f'---\nmanifest: 1\ndocuments: "**/*.txt"\n---\n{TABLE}| [N](n.txt) |\n',
    "news/n.txt": "N\n",
    "empty/x.py": "",
}


class Shown(NamedTuple):
    """What `indexlint show --format json` gave."""

    code: int
    value: dict[str, Any]
    err: str

    @property
    def indexes(self) -> list[str | None]:
        return [corpus["index"] for corpus in self.value["corpora"]]


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Shown]:
    """Run `indexlint show --format json` in a folder, in this process."""

    def show_in(folder: Path, *arguments: str) -> Shown:
        monkeypatch.chdir(folder)
        capsys.readouterr()
        code = main(["show", "--format", "json", *arguments])
        out, err = capsys.readouterr()
        return Shown(code, json.loads(out) if out else {}, err)

    return show_in


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository of three corpora."""
    write(tmp_path, CORPORA)
    commit_all(tmp_path)
    return tmp_path


ALL = ["INDEX.md", "docs/INDEX.md", "news/INDEX.md"]
NAMED: dict[tuple[str, ...], list[str]] = {
    (): ALL,
    (".",): ALL,
    ("INDEX.md",): ["INDEX.md"],
    ("docs/INDEX.md",): ["docs/INDEX.md"],
    ("docs",): ["docs/INDEX.md"],
    ("docs/",): ["docs/INDEX.md"],
    ("./docs/../docs",): ["docs/INDEX.md"],
    ("docs/deep",): ["docs/INDEX.md"],
    ("docs/deep/b.md",): ["docs/INDEX.md"],
    ("top.md",): ["INDEX.md"],
    ("news/n.txt",): ["news/INDEX.md"],
    ("news", "docs"): ["docs/INDEX.md", "news/INDEX.md"],
    ("docs", "docs/a.md", "docs/INDEX.md"): ["docs/INDEX.md"],
    ("README.md", "docs/a.md"): ["docs/INDEX.md"],
}


@pytest.mark.parametrize("paths", NAMED, ids=str)
def test_a_path_names_its_corpus(paths: tuple[str, ...], project: Path, show: Callable[..., Shown]) -> None:
    shown = show(project, *paths)
    assert (shown.code, shown.indexes) == (0, NAMED[paths])


def test_whole_corpora_are_checked(project: Path, run: Callable[..., Result]) -> None:
    write(project, {"docs/a.md": "# Z\n"})
    result = run(project, "docs/deep/b.md")
    assert (result.code, result.codes) == (1, ["MT108"])
    assert result.report["checked"]["documents"] == 2


def test_paths_are_relative_to_the_working_folder(project: Path, show: Callable[..., Shown]) -> None:
    assert show(project / "docs").indexes == ALL
    assert show(project / "docs", ".").indexes == ["docs/INDEX.md"]
    assert show(project / "docs", "a.md").indexes == ["docs/INDEX.md"]
    assert show(project / "docs", "../news").indexes == ["news/INDEX.md"]
    assert show(project, str(project / "news")).indexes == ["news/INDEX.md"]
    assert show(project.parent, str(project)).indexes == ALL


@pytest.mark.parametrize("path", ["gone.md", "docs/gone.md", "gone/", "gone/INDEX.md", "docs/a.md/x", "x" * 5000, "-"])
def test_a_path_that_nobody_knows_is_an_error(path: str, project: Path, run: Callable[..., Result]) -> None:
    result = run(project, "docs", path)
    assert (result.code, result.report) == (2, {})
    assert result.err == f"indexlint: {path.rstrip('/')}: no such file, and git does not know it\n"


@pytest.mark.parametrize("path", ["README.md", "docs/notes.txt", "empty", "empty/x.py"])
def test_a_path_that_no_index_speaks_of_is_an_error(path: str, project: Path, run: Callable[..., Result]) -> None:
    result = run(project, path)
    assert result.code == 2
    assert f"no index has anything to do with {path}" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("path", ["..", "../x.md", "/etc/passwd"])
def test_a_path_outside_of_the_project_is_an_error(path: str, project: Path, run: Callable[..., Result]) -> None:
    result = run(project, "docs", path)
    assert result.code == 2
    assert f"{path} lies outside the project" in result.err


def test_a_nul_character_is_an_error(project: Path, run: Callable[..., Result]) -> None:
    assert run(project, "a\0b").code == 2


DELETED = {
    "a listed one": ("docs/a.md", "docs/INDEX.md"),
    "one of a deeper folder": ("docs/deep/b.md", "docs/INDEX.md"),
    "its whole folder": ("docs/deep", "docs/INDEX.md"),
    "the only one": ("top.md", "INDEX.md"),
    "one that a glob chooses": ("news/n.txt", "news/INDEX.md"),
}


@pytest.mark.parametrize("staged", [False, True], ids=["on disk", "in git"])
@pytest.mark.parametrize(("path", "index"), DELETED.values(), ids=DELETED)
def test_a_deleted_document_that_git_knows_names_its_corpus(
    path: str,
    index: str,
    staged: bool,  # noqa: FBT001
    project: Path,
    show: Callable[..., Shown],
) -> None:
    git(project, "rm", "-rq", path)
    if not staged:
        git(project, "reset", "-q")
    if staged and path == "docs/deep":
        path = "docs/deep/b.md"  # Of a folder that is gone from its index as well, git knows the files alone.
    shown = show(project, path)
    assert (shown.code, shown.indexes) == (0, [index])


def test_a_deleted_document_that_no_row_names_any_more(project: Path, run: Callable[..., Result]) -> None:
    git(project, "rm", "-q", "docs/a.md")
    write(project, {"docs/INDEX.md": f"{TABLE}| [B](deep/b.md) |\n"})
    result = run(project, "docs/a.md")
    assert (result.code, result.report["checked"]["documents"]) == (0, 1)


def test_a_deleted_document_may_be_called_like_an_option(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": "- [A](--a.md)\n- [B](b.md)\n", "--a.md": "# A\n", "b.md": "# B\n"})
    commit_all(tmp_path)
    (tmp_path / "--a.md").unlink()
    assert run(tmp_path, "--", "--a.md").codes == ["IX103"]


def test_a_document_that_git_does_not_know_yet_names_its_corpus(project: Path, show: Callable[..., Shown]) -> None:
    write(project, {"docs/new.md": "# New\n", "news/new.txt": "New\n"})
    assert show(project, "docs/new.md").indexes == ["docs/INDEX.md"]
    assert show(project, "news/new.txt").indexes == ["news/INDEX.md"]


# Indexes that git does not track.


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A repository with one commit, and a corpus that is not in it."""
    write(tmp_path, {"x.py": "", ".gitignore": "ignored.md\n"})
    commit_all(tmp_path)
    index = f"{TABLE}| [A](a.md) |\n| [I](ignored.md) |\n"
    write(tmp_path, {"docs/INDEX.md": index, "docs/a.md": "# A\n", "docs/ignored.md": "# I\n"})
    return tmp_path


def test_an_untracked_index_is_not_discovered_but_told(fresh: Path, run: Callable[..., Result]) -> None:
    result = run(fresh)
    assert (result.code, result.findings) == (2, [])
    assert "no index found" in result.err
    assert "git does not track docs/INDEX.md: git add it, or name it on the command line" in result.err


@pytest.mark.parametrize("path", ["docs/INDEX.md", "docs", "docs/"])
def test_an_untracked_index_that_is_named_is_read_with_untracked_documents(
    path: str, fresh: Path, run: Callable[..., Result]
) -> None:
    result = run(fresh, path)
    assert result.report["checked"]["documents"] == 1
    assert [(finding["code"], finding["document"]) for finding in result.findings] == [("IX112", "docs/ignored.md")]


def test_an_untracked_index_that_the_configuration_names_is_read(fresh: Path, run: Callable[..., Result]) -> None:
    write(fresh, {"indexlint.yaml": "corpora:\n  - index: docs/INDEX.md\n"})
    assert run(fresh).codes == ["IX112"]


def test_a_staged_index_that_is_gone_from_disk_is_none(fresh: Path, run: Callable[..., Result]) -> None:
    git(fresh, "add", "docs")
    (fresh / "docs/INDEX.md").unlink()
    result = run(fresh)
    assert (result.code, result.findings) == (2, [])


# Which files are indexes.


@pytest.mark.parametrize("name", ["index.md", "Index.md", "INDEX.MD", "MYINDEX.md", "INDEX.md.bak", "INDEX"])
def test_only_a_file_named_exactly_so_is_discovered(name: str, tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {name: f"{TABLE}| [A](a.md) |\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    result = run(tmp_path)
    assert result.code == 2
    assert "no index found" in result.err


def test_excluded_indexes_are_none(project: Path, show: Callable[..., Shown]) -> None:
    write(project, {"indexlint.yaml": 'exclude: ["docs/**", "!docs/deep/**"]\n'})
    assert show(project).indexes == ["INDEX.md", "news/INDEX.md"]


def test_the_configuration_lists_all_there_are(project: Path, show: Callable[..., Shown]) -> None:
    write(project, {"indexlint.yaml": "corpora:\n  - index: README.md\n  - index: docs/INDEX.md\n"})
    assert show(project).indexes == ["README.md", "docs/INDEX.md"]
    assert show(project, "docs/a.md").indexes == ["docs/INDEX.md"]
    result = show(project, "news/INDEX.md")
    assert result.code == 2
    assert "no index has anything to do with news/INDEX.md" in result.err


def test_an_unmerged_index_is_one(project: Path, run: Callable[..., Result]) -> None:
    for branch, title in (("one", "One"), ("two", "Two")):
        git(project, "checkout", "-q", "-b", branch, "main")
        write(project, {"docs/INDEX.md": f"{TABLE}| [{title}](a.md) |\n"})
        commit_all(project)
    assert git(project, "merge", "one", check=False).returncode == 1
    result = run(project, "docs")
    assert result.report["checked"]["corpora"] == 1
    assert "DL117" in result.codes


def test_an_index_of_a_kind_that_no_reader_is_there_for(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"indexlint.yaml": "corpora:\n  - index: docs/list\n", "docs/list": "a.md\n", "docs/a.md": "# A\n"})
    result = run(tmp_path)
    assert result.code == 2
    assert [finding["code"] for finding in result.findings if finding["line"] == 2] == ["CF101"]


def test_documents_without_an_index(tmp_path: Path, show: Callable[..., Shown], run: Callable[..., Result]) -> None:
    config = 'corpora:\n  - index: none\n    documents: "docs/*.md"\n    name: "{id}-{slug}.md"\n'
    write(tmp_path, {"indexlint.yaml": config, "docs/1-a.md": "# A\n", "docs/1-b.md": "# B\n", "docs/x.txt": ""})
    commit_all(tmp_path)
    for arguments in ([], ["docs"], ["docs/1-a.md"], ["."]):
        assert show(tmp_path, *arguments).indexes == [None]
    result = run(tmp_path)
    assert [(finding["code"], finding["path"], finding["index"]) for finding in result.findings] == [
        ("ID103", "docs/1-b.md", None)
    ]
    (tmp_path / "docs/1-b.md").unlink()
    assert run(tmp_path, "docs/1-b.md").code == 0
    assert run(tmp_path, "docs/x.txt").code == 2


def test_documents_without_an_index_have_to_be_declared(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"indexlint.yaml": "corpora:\n  - index: none\n", "a.md": "# A\n"})
    result = run(tmp_path)
    assert (result.code, result.codes) == (2, ["CF101"])
    assert "`documents` has to say" in result.only()["message"]


# Which configuration file.


def test_indexlint_yaml_goes_before_pyproject_toml(tmp_path: Path, show: Callable[..., Shown]) -> None:
    write(tmp_path, {**CORPORA, "pyproject.toml": '[[tool.indexlint.corpora]]\nindex = "news/INDEX.md"\n'})
    assert show(tmp_path).value["configuration"] == "pyproject.toml"
    write(tmp_path, {"indexlint.yaml": "corpora:\n  - index: docs/INDEX.md\n"})
    shown = show(tmp_path)
    assert (shown.value["configuration"], shown.indexes) == ("indexlint.yaml", ["docs/INDEX.md"])


def test_a_pyproject_toml_of_others_is_none(tmp_path: Path, show: Callable[..., Shown]) -> None:
    write(tmp_path, {**CORPORA, "pyproject.toml": "[tool.other]\n"})
    shown = show(tmp_path)
    assert (shown.value["configuration"], shown.indexes) == (None, ALL)


def test_a_configuration_file_that_is_named_goes_before_all(tmp_path: Path, show: Callable[..., Shown]) -> None:
    write(tmp_path, {**CORPORA, "indexlint.yaml": "corpora:\n  - index: INDEX.md\n"})
    write(tmp_path, {"ci/lint.yaml": "corpora:\n  - index: ../docs/INDEX.md\n"})
    shown = show(tmp_path, "--config", "ci/lint.yaml")
    assert (shown.value["configuration"], shown.indexes) == ("ci/lint.yaml", ["docs/INDEX.md"])


def _broken_link(path: Path) -> None:
    path.symlink_to("nowhere")


UNREADABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link to nowhere": (_broken_link, "it is broken: it leads to 'nowhere'"),
    "a link out of the project": (lambda path: path.symlink_to("/etc/hostname"), "it leads outside the project, to"),
    "a folder": (Path.mkdir, "it is a folder"),
    "a named pipe": (os.mkfifo, "it is a named pipe"),
    "too large": (lambda path: path.write_bytes(b" " * 2**24 + b" "), "it has 16,777,217 bytes, of 16,777,216 at most"),
}


@pytest.mark.parametrize("name", ["indexlint.yaml", "pyproject.toml"])
@pytest.mark.parametrize(("make", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_configuration_file_that_is_there_and_cannot_be_read_is_an_error(
    make: Callable[[Path], object], words: str, name: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, CORPORA)
    make(tmp_path / name)
    result = run(tmp_path)
    assert result.code == 2
    finding = result.only()
    assert (finding["code"], finding["path"]) == ("CF101", name)
    assert finding["message"].startswith(f"this configuration file cannot be read: {words}")


def test_an_index_that_is_no_file_is_said_in_words(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"indexlint.yaml": "corpora:\n  - index: docs\n", **CORPORA})
    assert run(tmp_path).findings[0]["message"] == "the index cannot be read: it is a folder"


HINTS = {
    "the index's folder": ("docs/*.md", ": globs begin at the index's folder, so write '*.md'"),
    "with a dot": ("./docs/**/*.md", ": globs begin at the index's folder, so write '**/*.md'"),
    "taken away": ("!docs/a.md", ": globs begin at the index's folder, so write '!a.md'"),
    "the whole way": ("sub/docs/x*", ": globs begin at the index's folder, so write 'x*'"),
    "another folder": ("papers/*.md", ""),
}


@pytest.mark.parametrize(("glob", "hint"), HINTS.values(), ids=HINTS)
def test_a_glob_from_the_root_is_told_where_globs_begin(
    glob: str, hint: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    index = f'---\nmanifest: 1\ndocuments: ["*.md", "{glob}"]\n---\n{TABLE}| [A](a.md) |\n'
    write(tmp_path, {"sub/docs/INDEX.md": index, "sub/docs/a.md": "# A\n"})
    assert run(tmp_path).only()["message"] == f"the glob {glob!r} matches nothing{hint}"


def test_a_glob_of_an_index_in_the_root_gets_no_hint(tmp_path: Path, run: Callable[..., Result]) -> None:
    index = f'---\nmanifest: 1\ndocuments: ["*.md", "docs/*.md"]\n---\n{TABLE}| [A](a.md) |\n'
    write(tmp_path, {"INDEX.md": index, "a.md": "# A\n"})
    assert run(tmp_path).only()["message"] == "the glob 'docs/*.md' matches nothing"


def test_a_readme_that_is_named_may_be_an_index_to_list(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {**CORPORA, "docs/README.md": f"{TABLE}| [A](a.md) |\n"})
    commit_all(tmp_path)
    hint = "; if docs/README.md is an index, list it under `corpora` in indexlint.yaml\n"
    assert run(tmp_path, "docs/README.md").err.endswith(hint)
    assert "is an index" not in run(tmp_path, "empty/x.py").err


@pytest.mark.parametrize("name", ["data/list.json", "data/list.yml", "data/list.tsv", "data/SHA256SUMS"])
def test_a_data_file_that_is_named_may_be_an_index_to_list(
    name: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, {name: "", "data/a.txt": "a\n"})
    assert run(tmp_path, name).err.endswith(f"; if {name} is an index, list it under `corpora` in indexlint.yaml\n")


def test_a_bare_repository_has_no_files(tmp_path: Path, run: Callable[..., Result]) -> None:
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    for folder in (tmp_path / "bare.git", tmp_path / "bare.git" / "refs"):
        result = run(folder)
        assert (result.code, result.report) == (2, {})
        assert result.err == (
            "indexlint: this is a bare repository, which has no files: name a commit of it with --rev\n"
        )


def test_in_a_bare_repository_nothing_is_staged(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path / "work", {"INDEX.md": "- [A](a.md)\n", "a.md": "# A\n"})
    commit_all(tmp_path / "work")
    git(tmp_path, "clone", "-q", "--bare", "work", "bare.git")
    result = run(tmp_path / "bare.git", "--staged")
    assert (result.code, result.report) == (2, {})
    assert result.err == (
        "indexlint: this is a bare repository, where nothing is staged: name a commit of it with --rev\n"
    )
    git(tmp_path / "bare.git", "read-tree", "HEAD")
    assert run(tmp_path / "bare.git", "--staged").code == 0


def test_git_s_own_folder_has_no_documents(tmp_path: Path, run: Callable[..., Result]) -> None:
    git(tmp_path, "init", "-q", ".")
    for folder in (tmp_path / ".git", tmp_path / ".git" / "refs"):
        result = run(folder)
        assert (result.code, result.report) == (2, {})
        assert result.err == (
            f"indexlint: {folder} is git's own folder, which has no documents: run the command in the working tree, "
            "or name a commit with --rev\n"
        )


def test_long_values_are_cut_in_messages_alone(tmp_path: Path, run: Callable[..., Result]) -> None:
    long = "x" * 5_000
    write(tmp_path, {"INDEX.md": f"{TABLE}| [{long}](a.md) |\n| [B]({long}.md) |\n", "a.md": f"# {long}y\n"})
    for finding in run(tmp_path).findings:
        assert len(finding["message"]) < 600
        assert "…" in finding["message"]
        assert all(len(related["message"]) < 600 for related in finding["related"])
        if finding["values"]:
            assert len(finding["values"]["index"]) == 5_000


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("gone.yaml", "the configuration file gone.yaml cannot be read: there is no such file\n"),
        ("docs", "the configuration file docs cannot be read: it is a folder\n"),
        ("../x.yaml", "../x.yaml lies outside the project "),
    ],
)
def test_a_configuration_file_that_cannot_be_read_is_an_error(
    path: str, words: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, CORPORA)
    result = run(tmp_path, "--config", path)
    assert (result.code, result.report) == (2, {})
    assert result.err.startswith(f"indexlint: {words}")
    assert result.err.count("\n") == 1


def test_a_named_toml_that_does_not_speak_of_us_says_nothing(tmp_path: Path, show: Callable[..., Shown]) -> None:
    write(tmp_path, {**CORPORA, "other.toml": "x = 1\n"})
    assert show(tmp_path, "--config", "other.toml").indexes == ALL


# Which project.


def test_outside_git_the_root_is_the_folder_of_the_nearest_configuration(
    tmp_path: Path, show: Callable[..., Shown]
) -> None:
    write(tmp_path, {f"in/{name}": text for name, text in CORPORA.items()})
    write(tmp_path, {"in/pyproject.toml": "[tool.indexlint]\n", "in/docs/pyproject.toml": "[tool.other]\n"})
    for folder in ("in", "in/docs", "in/docs/deep"):
        shown = show(tmp_path / folder)
        assert (shown.value["root"], shown.indexes) == (str(tmp_path / "in"), ALL)


def test_outside_git_and_without_configuration_the_root_is_the_working_folder(
    tmp_path: Path, show: Callable[..., Shown]
) -> None:
    write(tmp_path, CORPORA)
    shown = show(tmp_path, "docs/deep/b.md")
    assert (shown.value["root"], shown.indexes) == (str(tmp_path), ["docs/INDEX.md"])
    shown = show(tmp_path / "docs")
    assert (shown.value["root"], shown.indexes) == (str(tmp_path / "docs"), ["INDEX.md"])
    shown = show(tmp_path / "docs", str(tmp_path / "news/n.txt"))
    assert (shown.value["root"], shown.indexes) == (str(tmp_path / "news"), ["INDEX.md"])


def test_outside_git_the_tool_says_so(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, CORPORA)
    assert f"not in a git repository: all files of {tmp_path} count" in run(tmp_path).err


def test_a_deleted_folder_still_has_a_project_above_it(project: Path, run: Callable[..., Result]) -> None:
    git(project, "rm", "-rq", "news")
    result = run(project, "news/deeper/n.txt")
    assert result.code == 2
    assert "no such file" in result.err


def test_a_way_through_a_symbolic_link_is_the_real_one(
    tmp_path: Path, project: Path, show: Callable[..., Shown], tmp_path_factory: pytest.TempPathFactory
) -> None:
    beside = tmp_path_factory.mktemp("beside") / "link"
    beside.symlink_to(tmp_path, target_is_directory=True)
    assert show(project, str(beside / "docs")).indexes == ["docs/INDEX.md"]


def test_a_configuration_file_that_cannot_be_opened_says_nothing(tmp_path: Path) -> None:
    assert not _speaks_of_us(str(tmp_path))


# What a configuration file may not reach.


@pytest.mark.parametrize("index", ["../out/INDEX.md", "..", "link/INDEX.md", "{out}/INDEX.md"])
def test_a_configured_index_stays_in_the_project(index: str, tmp_path: Path, run: Callable[..., Result]) -> None:
    out, project = tmp_path / "out", tmp_path / "in"
    write(out, {"INDEX.md": f"{TABLE}| [secret](secret.md) |\n"})
    write(project, {"a.md": "# A\n", "indexlint.yaml": f"corpora:\n  - index: {index.format(out=out)}\n"})
    (project / "link").symlink_to(out)
    result = run(project)
    assert result.code == 2
    assert result.codes == ["CF101"]
    assert (result.only()["path"], result.only()["line"]) == ("indexlint.yaml", 2)
    assert "secret" not in json.dumps(result.report)


def test_a_discovered_index_stays_in_the_project(tmp_path: Path, run: Callable[..., Result]) -> None:
    out, project = tmp_path / "out", tmp_path / "in"
    write(out, {"INDEX.md": f"{TABLE}| [secret](secret.md) |\n"})
    write(project, {"a.md": "# A\n"})
    (project / "INDEX.md").symlink_to(out / "INDEX.md")
    result = run(project)
    assert (result.code, result.codes) == (2, ["CF101"])
    assert "secret" not in json.dumps(result.report)


@pytest.mark.parametrize("schema", ["../out/s.json", "link/s.json", "{out}/s.json"])
def test_a_schema_stays_in_the_project(schema: str, tmp_path: Path, run: Callable[..., Result]) -> None:
    out, project = tmp_path / "out", tmp_path / "in"
    write(out, {"s.json": '{"title": "secret"}'})
    front = f"---\nmanifest: 1\nschema: {schema.format(out=out)}\n---\n"
    write(project, {"INDEX.md": f"{front}{TABLE}| [A](a.md) |\n", "a.md": "# A\n"})
    (project / "link").symlink_to(out)
    result = run(project)
    assert (result.code, result.codes) == (2, ["CF103"])
    assert "outside the project" in result.only()["message"]


SCHEMAS = {
    "missing": (None, "there is no such file"),
    "no UTF-8": (b"\xff", "it is not UTF-8"),
    "no JSON": (b"{", "it is not JSON"),
    "a folder": (b"", "a folder"),
}


@pytest.mark.parametrize(("content", "reason"), SCHEMAS.values(), ids=SCHEMAS)
def test_a_schema_that_cannot_be_used_says_why(
    content: bytes | None, reason: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    front = "---\nmanifest: 1\nschema: s.json\n---\n"
    write(tmp_path, {"docs/INDEX.md": f"{front}{TABLE}| [A](a.md) |\n", "docs/a.md": "# A\n"})
    if content == b"":
        (tmp_path / "docs/s.json").mkdir()
    elif content is not None:
        write(tmp_path, {"docs/s.json": content})
    result = run(tmp_path)
    assert (result.code, result.codes) == (2, ["CF103"])
    assert reason in result.only()["message"]
    assert (result.only()["path"], result.only()["line"]) == ("docs/INDEX.md", 3)


def test_an_empty_schema_with_a_byte_order_mark_is_one(tmp_path: Path, run: Callable[..., Result]) -> None:
    front = "---\nmanifest: 1\nschema: ../s.json\n---\n"
    write(tmp_path, {"docs/INDEX.md": f"{front}{TABLE}| [A](a.md) |\n", "docs/a.md": "# A\n", "s.json": "\ufeff{}"})
    write(tmp_path, {"indexlint.yaml": "corpora: [{index: docs/INDEX.md}]\n"})
    assert run(tmp_path).findings == []


def test_a_neighbour_is_left_to_the_index_that_governs_it(check: Callable[..., Result]) -> None:
    files = {
        "INDEX.md": "- [A](a.md)\n- [C](sub/c.md)\n", "a.md": "# A\n",
        "sub/INDEX.md": "- [C](c.md)\n- [D](d.md)\n", "sub/c.md": "# C\n", "sub/d.md": "# D\n",
    }  # fmt: skip
    assert check(files).codes == []
    assert check({"sub/e.md": "# E\n"}).codes == ["IX104"]


def test_a_neighbour_is_left_to_the_contract_that_chooses_it(check: Callable[..., Result]) -> None:
    files = {
        "indexlint.yaml": "corpora:\n- index: one.md\n"
         "- {index: two.md, documents: 'b-*.txt'}\n",
        "one.md": "- [A](a.txt)\n", "two.md": "- [B](b-1.txt)\n", "a.txt": "A\n", "b-1.txt": "B\n",
    }  # fmt: skip
    assert check(files).codes == []
    assert check({"c.txt": "C\n"}).codes == ["IX104"]


def test_an_index_that_is_listed_twice_is_checked_once(check: Callable[..., Result]) -> None:
    files = {"indexlint.yaml": "corpora: [{index: INDEX.md}, {index: ./INDEX.md}]\n", "INDEX.md": "- [A](a.md)\n"}
    result = check(files)
    assert result.codes == ["IX103"]
    assert result.report["checked"]["corpora"] == 1
    twice = "corpora: [{index: INDEX.md}, {index: ./INDEX.md, documents: '*.md'}]\n"
    assert check({"indexlint.yaml": twice, "a.md": "# A\n"}).report["checked"]["corpora"] == 2


def test_a_linked_index_is_no_document_under_its_other_name(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"real.md": "- [A](a.md)\n", "a.md": "# A\n"})
    (tmp_path / "INDEX.md").symlink_to("real.md")
    assert run(tmp_path).codes == []


def test_an_index_under_a_name_of_other_case_is_none_of_the_documents_that_remain(
    tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, {"INDEX.md": "- [A](a.md)\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    git(tmp_path, "mv", "INDEX.md", "index.md")
    assert "1 of its documents remain" in run(tmp_path).only()["message"]


def test_the_name_of_an_index_may_not_tell_how_to_read_it(check: Callable[..., Result]) -> None:
    files = {"a.md": "# A\n", "LIST": "- [A](a.md)\n", "list.txt": "path,title\na.md,A\n"}
    for name, form, words in (("LIST", "list", "has no suffix"), ("list.txt", "csv", "ends in .txt")):
        result = check({**files, "indexlint.yaml": f"corpora: [{{index: {name}, documents: '*.md'}}]\n"})
        assert (result.code, result.only()["code"]) == (2, "CF101")
        assert words in result.only()["message"]
        assert check({"indexlint.yaml": f"corpora: [{{index: {name}, format: {form}}}]\n"}).codes == []


class Walked(UserDict[str, str]):
    """Files, and how often somebody went over all of them."""

    walks = 0

    def __iter__(self) -> Iterator[str]:
        self.walks += 1
        return super().__iter__()


def walks(folder: Path, corpora: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often all files are gone over to prepare so many corpora that use all there is to ask of files."""
    contract = "---\nmanifest: 1\ndocuments: ['*.md', '!b.md']\ndelimiters: {header: sidecar}\n---\n"
    index = "# Notes\n\n- [A](a)\n- [B](gone.md)\n- [C](sub/)\n- [D](A.MD)\n"
    for number in range(corpora):
        base = f"{corpora}/{number}"
        write(folder, {f"{base}/chosen/INDEX.md": contract + index, f"{base}/beside/INDEX.md": index})
        write(folder, dict.fromkeys((f"{base}/{kind}/{name}" for kind in ("chosen", "beside") for name in SMALL), "x"))
    tree = Folder(str(folder / str(corpora)))
    files = Walked(tree.files())
    monkeypatch.setattr(tree, "files", lambda: files)
    sources = find_sources(tree, Config(), ())
    files.walks = 0
    prepared = chosen_by(prepare(tree, Config(), sources), tree, ())
    assert [len(item.documents) for item in prepared] == [3, 2] * corpora
    return files.walks


SMALL = ("a.md", "b.md", "c.md", "c.md.meta.yaml", "sub/d.md")


def test_thousands_of_corpora_do_not_each_go_over_all_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert walks(tmp_path, 2, monkeypatch) == walks(tmp_path, 20, monkeypatch)


@pytest.mark.parametrize("options", [(), ("--staged",), ("--rev", "HEAD")])
def test_a_link_to_a_folder_names_the_folder(
    options: tuple[str, ...], tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, CORPORA)
    (tmp_path / "way").symlink_to("news", target_is_directory=True)
    commit_all(tmp_path)
    for name in ("way", "way/", "./way", str(tmp_path / "way")):
        result = run(tmp_path, *options, name)
        assert (result.code, result.report["checked"]["documents"], result.findings) == (0, 1, [])


@pytest.mark.parametrize("repository", [True, False])
def test_so_does_one_that_git_does_not_track(repository: object, tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, CORPORA)
    if repository:
        commit_all(tmp_path)
    (tmp_path / "way").symlink_to("news", target_is_directory=True)
    result = run(tmp_path, "way")
    assert (result.code, result.report["checked"]["documents"], result.findings) == (0, 1, [])


def test_a_tracked_folder_that_is_a_link_on_disk_is_named_by_its_own_name(
    project: Path, run: Callable[..., Result]
) -> None:
    (project / "docs").rename(project / "moved")
    (project / "docs").symlink_to("moved", target_is_directory=True)
    finding = run(project, "docs").only()
    assert (finding["code"], finding["path"]) == ("CF101", "docs/INDEX.md")
    assert finding["message"] == "the index cannot be read: the folder 'docs' is a symbolic link, or lies behind one"
