"""`indexlint init` on indexes of every format, with links and without."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import Files, Result, write
from validator.cli import main

NAMES = ("ash", "birch", "cedar", "date", "elm")
TREES = {f"{name}.md": f"---\ntitle: The {name}\nkind: tree\n---\nText {name}.\n" for name in NAMES}
NOTES = {f"n-{number:03}.md": f"---\ntitle: T {number}\n---\nText {number}.\n" for number in range(1, 7)}
PAGES = {f"s/n-{number:03}/README.md": f"# T {number}\n\nText {number}.\n" for number in range(1, 7)}


def lines(head: str, row: str, of: Mapping[str, str] = TREES) -> str:
    return head + "".join(row.format(number, name, name.removesuffix(".md")) for number, name in enumerate(of, 1))


CASES: dict[str, tuple[Files, list[str]]] = {
    "csv": (
        {"catalog.csv": lines("file,name,kind\n", "{1},The {2},tree\n"), **TREES},
        ["name: {document: header.title}  # 5 of 5 agree", "kind: {document: header.kind}  # 5 of 5 agree"],
    ),
    "csv with a column of paths that its name does not tell": (
        {"catalog.csv": lines("where,name\n", "{1},The {2}\n"), **TREES},
        ["where: {document: path}  # 5 of 5 agree", "name: {document: header.title}  # 5 of 5 agree"],
    ),
    "tsv": (
        {"list.tsv": lines("path\tname\n", "{1}\tThe {2}\n"), **TREES},
        ["name: {document: header.title}  # 5 of 5 agree"],
    ),
    "json": (
        {"catalog.json": json.dumps([{"path": name, "title": f"The {name[:-3]}"} for name in TREES]), **TREES},
        ["title: {document: header.title}  # 5 of 5 agree"],
    ),
    "yaml": (
        {"_toc.yml": lines("toc:\n", "- title: The {2}\n  file: {1}\n"), **TREES},
        ["title: {document: header.title}  # 5 of 5 agree"],
    ),
    "the navigation of MkDocs": (
        {
            "mkdocs.yml": lines("theme: {logo: l/a.png}\nnav:\n", "- The {2}: {1}\n"),
            "l/a.png": "x",
            **{f"docs/{name}": f"# The {name[:-3]} {{ #{name[:-3]} }}\n" for name in TREES},
        },
        ["title: {column: key, document: heading}  # 5 of 5 agree"],
    ),
    "checksums": (
        {
            "SHA256SUMS": "".join(
                f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in TREES.items()
            ),
            **TREES,
        },
        ["sha256: {document: content.sha256}  # 5 of 5 agree"],
    ),
    "IDs in a table without links": (
        {"README.md": lines("| No | Title |\n| - | - |\n", "| {0:03} | T {0} |\n", NOTES), **NOTES},
        ['id: {column: "No", document: name.id}  # 6 of 6 agree', "title: {document: header.title}  # 6 of 6 agree"],
    ),
    "IDs that name folders": (
        {"README.md": lines("| No | Title |\n| - | - |\n", "| {0:03} | T {0} |\n", PAGES), **PAGES},
        ['id: {column: "No", document: name.id}  # 6 of 6 agree', "title: {document: heading}  # 6 of 6 agree"],
    ),
    "IDs in csv": (
        {"list.csv": lines("number,name\n", "{0},T {0}\n", NOTES), **NOTES},
        [
            "id: {column: number, document: name.id, normalize: unpad}  # 6 of 6 agree",
            "name: {document: header.title}  # 6 of 6 agree",
        ],
    ),
}


def init(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(folder)
    return main(["init", *arguments])


@pytest.mark.parametrize("what", CASES)
def test_it_reads_every_format(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    files, wanted = CASES[what]
    write(tmp_path, files)
    assert init(tmp_path, monkeypatch) == 0
    written = (tmp_path / "indexlint.yaml").read_text("utf-8")
    found = [line.strip() for line in written.splitlines() if line.strip().startswith("id: ")]
    found += [line.strip() for line in written.partition("fields:\n")[2].splitlines()]
    assert found == wanted
    assert run(tmp_path).codes == []


def test_a_list_of_sums_whose_name_tells_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    sums = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in TREES.items())
    write(tmp_path, {"LIST": sums, **TREES})
    assert init(tmp_path, monkeypatch, "--index", "LIST") == 0
    assert "    format: checksums\n" in (tmp_path / "indexlint.yaml").read_text("utf-8")
    assert run(tmp_path).codes == []


def test_ids_of_other_documents_join_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"README.md": lines("| No | Title |\n| - | - |\n", "| {0}9 | T |\n", NOTES), **NOTES})
    assert init(tmp_path, monkeypatch) == 2
    assert init(tmp_path, monkeypatch, "--index", "README.md") == 2


def test_what_is_excluded_is_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = lines("| No | Title |\n| - | - |\n", "| [{0}]({1}) | T {0} |\n", NOTES)
    csv = lines("file,name\n", "{1},T {0}\n", NOTES)
    write(tmp_path, {"README.md": index, "all.csv": csv, "indexlint.yaml": 'exclude: ["README.md"]\n', **NOTES})
    assert init(tmp_path, monkeypatch) == 0
    text = (tmp_path / "indexlint.yaml").read_text("utf-8")
    assert text.startswith('exclude: ["README.md"]\ncorpora:\n  - index: all.csv\n')
    assert "README.md\n" not in text.partition("corpora")[2]
