"""What somebody may have meant by a glob or a path that leads to nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, write
from validator.cli import main
from validator.globs import matches
from validator.meant import glob_hint, path_meant

PATHS = ("a.md", "notes/b.md", "notes/deep/c.md", "papers/d.txt")
GLOBS = {
    "a folder": ("notes", ": globs name files, not folders, so write 'notes/**'"),
    "a folder with a slash": ("notes/", ": globs name files, not folders, so write 'notes/**'"),
    "the folder itself": (".", ": globs name files, not folders, so write '**'"),
    "no folder": ("nodes", ""),
    "all that is there": ("!x/..", ""),
    "the folder of the index, with a slash": ("docs/", ""),
    "all folders": ("**/", ": globs name files, not folders, so write '**/**'"),
    "a slash in front": ("/notes/*.md", ": globs begin at the index's folder, so write 'notes/*.md'"),
    "a folder with slashes around": ("/notes/", ": globs name files, not folders, so write 'notes/**'"),
    "from the root": ("docs/notes/*.md", ": globs begin at the index's folder, so write 'notes/*.md'"),
    "all the way from the root": ("sub/docs/a.md", ": globs begin at the index's folder, so write 'a.md'"),
    "up and down again": ("../docs/*.md", ": globs begin at the index's folder, so write '*.md'"),
    "dots within": ("notes/./*.md", ": globs begin at the index's folder, so write 'notes/*.md'"),
    "up": ("../x/*.md", ": globs reach no higher than the index's folder"),
    "braces": ("{notes,papers}/*", ": braces are no wildcards, so write 'notes/*' and 'papers/*'"),
    "braces of which one half is there": ("*.{md,rst}", ": braces are no wildcards, so write '*.md'"),
    "braces that say nothing": ("{a}.md", ""),
    "braces and a slash": ("/{a,b}.md", ": braces are no wildcards, so write 'a.md'"),
    "deeper": ("*.txt", ": `*` stops at `/`, so write '**/*.txt'"),
    "deeper in a folder": ("notes/c*.md", ": `*` stops at `/`, so write 'notes/**/c*.md'"),
    "backslashes": ("notes\\*.md", ": folders are apart by `/`, so write 'notes/*.md'"),
    "taken away": ("!papers", ": globs name files, not folders, so write '!papers/**'"),
    "other files": ("*.rst", ""),
    "empty": ("", ": globs name files, not folders, so write '**'"),
}


@pytest.mark.parametrize(("glob", "hint"), GLOBS.values(), ids=GLOBS)
def test_a_glob_is_told_what_would_match(glob: str, hint: str) -> None:
    assert (
        glob_hint(glob, "sub/docs", "the index's folder", lambda other: any(matches(other, path) for path in PATHS))
        == hint
    )


def test_braces_without_end_are_cut_short() -> None:
    assert glob_hint("{a,b}" * 60, "", "it", lambda _: False) == ""


def test_where_there_is_no_index_globs_begin_at_the_configuration_file(check: Callable[..., Result]) -> None:
    config = "corpora:\n  - index: none\n    documents: ['*.md', /notes/*.md]\n"
    found = check({"indexlint.yaml": config, "notes/b.md": "# B\n", "a.md": "# A\n"}).only()
    hint = "globs begin at the configuration file, so write 'notes/*.md'"
    assert found["message"] == f"the glob '/notes/*.md' matches nothing: {hint}"


FILES = ("README.md", "docs/README.md", "docs/list.md", "src/overview.md")
MEANT = {
    "another folder": ("overview.md", "src/overview.md"),
    "another case": ("docs/List.md", "docs/list.md"),
    "misspelt": ("docs/lists.md", "docs/list.md"),
    "misspelt folder": ("doc/README.md", "docs/README.md"),
    "one of several": ("zzzzzz/yyyyyy/xxxxxxxxx/README.md", None),
    "nothing like it": ("docs/contents.yaml", None),
}


@pytest.mark.parametrize(("path", "meant"), MEANT.values(), ids=MEANT)
def test_a_path_is_told_its_like(path: str, meant: str | None) -> None:
    assert path_meant(path, FILES) == meant


CONFIGS = {
    "misspelt": ("indexlint.yaml", "docs/INDX.md", "did you mean docs/INDEX.md?"),
    "from another folder": ("conf/lint.yaml", "../doc/INDEX.md", "did you mean ../docs/INDEX.md?"),
    "nothing like it": ("indexlint.yaml", "x.md", "correct the path; it is relative to the configuration file"),
}


@pytest.mark.parametrize(("config", "index", "advice"), CONFIGS.values(), ids=CONFIGS)
def test_an_index_that_is_not_there(
    config: str, index: str, advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    write(tmp_path, {config: f"corpora:\n  - index: {index}\n", "docs/INDEX.md": "- [A](a.md)\n", "docs/a.md": "# A\n"})
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--config", config]) == 2
    assert f"help: {advice}\n" in capsys.readouterr().out


def test_an_index_from_the_root_of_the_disk(check: Callable[..., Result]) -> None:
    found = check({"indexlint.yaml": "corpora: [{index: /docs/INDEX.md}]\n"}).only()
    hint = "paths begin at the configuration file, without `/` in front"
    assert found["message"] == f"the index '/docs/INDEX.md' lies outside the project: {hint}"
