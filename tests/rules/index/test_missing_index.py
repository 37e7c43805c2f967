"""IX101: the index that a contract names does not exist, or was deleted while its documents remain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, brief, commit_all, git, write
from validator.cli import main

INDEX = "| Title |\n| ----- |\n| [A](a.md) |\n| [B](b.md) |\n"
FILES = {"docs/INDEX.md": INDEX, "docs/a.md": "# A\n", "docs/b.md": "# B\n"}
CONTRACT = '---\nmanifest: 1\ndocuments: "*.md"\n---\n'


def test_an_index_that_the_configuration_names_and_that_exists_is_fine(check: Callable[..., Result]) -> None:
    assert check({**FILES, "indexlint.yaml": "corpora:\n  - index: docs/INDEX.md\n"}).findings == []


def test_an_index_that_is_there_and_cannot_be_read_is_not_missed(check: Callable[..., Result]) -> None:
    result = check({**FILES, "indexlint.yaml": "corpora:\n  - index: docs\n"})
    assert (result.code, brief(result)) == (2, ["CF101 indexlint.yaml:2:12-2:16"])


@pytest.mark.parametrize(
    ("name", "config", "where"),
    [
        ("indexlint.yaml", "corpora:\n  - index: docs/INDX.md\n", "indexlint.yaml:2:12-2:24"),
        ("pyproject.toml", '[[tool.indexlint.corpora]]\nindex = "docs/INDX.md"\n', "pyproject.toml:2:9-2:23"),
    ],
    ids=["in YAML", "in TOML"],
)
def test_an_index_that_does_not_exist_is_found_where_it_is_named(
    name: str, config: str, where: str, check: Callable[..., Result]
) -> None:
    result = check({**FILES, name: config})
    assert (result.code, brief(result)) == (2, [f"IX101 {where}"])
    assert result.only()["related"][0]["path"] == result.only()["index"] == "docs/INDX.md"


@pytest.mark.parametrize("glob", ["docs/*.md", "'*/INDEX.md'", "docs/INDE?.md"])
def test_a_glob_is_no_path(glob: str, check: Callable[..., Result], capsys: pytest.CaptureFixture[str]) -> None:
    assert check({**FILES, "indexlint.yaml": f"corpora:\n  - index: {glob}\n"}).codes == ["IX101"]
    main(["check"])
    assert "help: `index` is the path of one file, and no glob" in capsys.readouterr().out


@pytest.mark.parametrize("front", ["", CONTRACT], ids=["without a contract", "with a contract"])
@pytest.mark.parametrize("staged", [False, True], ids=["in the working tree", "in git too"])
def test_an_index_that_is_gone_while_its_documents_remain(
    front: str,
    staged: bool,  # noqa: FBT001
    tmp_path: Path,
    run: Callable[..., Result],
) -> None:
    write(tmp_path, {**FILES, "docs/INDEX.md": front + INDEX})
    commit_all(tmp_path)
    (tmp_path / "docs/INDEX.md").unlink()
    if staged:
        git(tmp_path, "add", "-A")
    for arguments in ([], ["docs/INDEX.md"], ["docs"], ["docs/a.md"]):
        result = run(tmp_path, *arguments)
        assert result.code == 2, "no document was checked"
        assert brief(result) == ["IX101 docs/INDEX.md"]
        assert [spot["path"] for spot in result.only()["related"]] == ["docs/a.md", "docs/b.md"]


def test_of_many_documents_that_remain_three_are_named(tmp_path: Path, run: Callable[..., Result]) -> None:
    names = [f"{number}.md" for number in range(5)]
    rows = "".join(f"| [{name}]({name}) |\n" for name in names)
    write(tmp_path, {"INDEX.md": f"| Title |\n| - |\n{rows}", **dict.fromkeys(names, "# x\n")})
    commit_all(tmp_path)
    (tmp_path / "INDEX.md").unlink()
    finding = run(tmp_path).only()
    assert finding["message"] == "the index INDEX.md is gone, but 5 of its documents remain"
    assert len(finding["related"]) == 3


@pytest.mark.parametrize("front", ["", CONTRACT], ids=["without a contract", "with a contract"])
def test_an_index_that_went_with_its_documents_is_fine(front: str, tmp_path: Path, run: Callable[..., Result]) -> None:
    other = {"INDEX.md": "| Title |\n| - |\n| [C](c.md) |\n", "c.md": "# C\n"}
    write(tmp_path, {**FILES, **other, "docs/INDEX.md": front + INDEX})
    commit_all(tmp_path)
    git(tmp_path, "rm", "-rq", "docs")
    result = run(tmp_path)
    assert (result.code, result.findings) == (0, [])


def test_an_index_that_moved_and_still_names_its_documents_is_fine(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, FILES)
    commit_all(tmp_path)
    (tmp_path / "docs/INDEX.md").unlink()
    write(tmp_path, {"INDEX.md": INDEX.replace("(", "(docs/")})
    git(tmp_path, "add", "-A")
    result = run(tmp_path)
    assert (result.code, result.findings) == (0, [])


def test_an_index_that_the_configuration_excludes_is_not_missed(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {**FILES, "old/INDEX.md": INDEX, "old/a.md": "", "old/b.md": ""})
    write(tmp_path, {"indexlint.yaml": 'exclude: ["old/**"]\n'})
    commit_all(tmp_path)
    (tmp_path / "old/INDEX.md").unlink()
    assert run(tmp_path).findings == []
