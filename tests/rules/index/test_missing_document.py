"""IX103: an entry names a document that does not exist."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, brief, commit_all, write

TABLE = "| Title | No. |\n| ----- | --- |\n| [A](a.md) | 1 |\n"
BY_ID = """---
manifest: 1
documents: "*-*.md"
name: "{id}-{slug}.md"
id: {column: No.}
---
| Title | No. |
| ----- | --- |
| Apples | 1 |
"""
THERE = {
    "another site": "[B](https://example.org/b.md)",
    "an anchor of the index": "[B](#b)",
    "an address": "[B](mailto:b@example.org)",
    "a picture and a link": "![](b.png) [B](a2.md)",
    "a second link that leads nowhere": "[B](a2.md) and [C](gone)",
}
GONE = {
    "a file": ("[B](b.md)", "b.md", "4:7-4:11"),
    "a file in a folder": ("[B](sub/b.md)", "sub/b.md", "4:7-4:15"),
    "with an anchor": ("[B](b.md#top)", "b.md", "4:7-4:15"),
    "with a query": ("[B](b.md?raw=1)", "b.md", "4:7-4:17"),
    "with `./`": ("[B](./b.md)", "b.md", "4:7-4:13"),
    "up and down again": ("[B](sub/../b.md)", "b.md", "4:7-4:18"),
    "not ASCII": ("[B](ü/😀.md)", "ü/😀.md", "4:7-4:13"),
    "percent escapes": ("[B](b%20c.md)", "b c.md", "4:7-4:15"),
    "in angle brackets": ("[B](<b c.md>)", "b c.md", "4:8-4:14"),
    "in code": ("[`B`](b.md)", "b.md", "4:9-4:13"),
    "struck out": ("~~[B](b.md)~~", "b.md", "4:9-4:13"),
    "a name that no file can have": ("[B](b%00.md)", "b\x00.md", "4:7-4:14"),
    "a very long name": (f"[B]({'b' * 5000}.md)", "b" * 5000 + ".md", "4:7-4:5010"),
}


@pytest.mark.parametrize("cell", THERE.values(), ids=THERE)
def test_what_leads_elsewhere_or_to_a_document_is_not_missed(cell: str, check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{TABLE}| {cell} | 2 |\n", "a.md": "# A\n", "a2.md": "# B\n"}
    assert "IX103" not in check(files, "--ignore", "MT").codes


@pytest.mark.parametrize(("cell", "path", "where"), GONE.values(), ids=GONE)
def test_a_document_that_does_not_exist_is_found_at_its_link(
    cell: str, path: str, where: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": f"{TABLE}| {cell} | 2 |\n", "a.md": "# A\n"})
    assert brief(result) == [f"IX103 INDEX.md:{where}"]
    assert result.only()["document"] == result.only()["related"][0]["path"] == path
    assert result.code == 1


@pytest.mark.parametrize(
    ("index", "where"),
    [
        ("- [A](a.md)\n- [B](b.md) text\n", "2:7-2:11"),
        ("[A](a.md)\n\n[B](b.md)\n", "3:5-3:9"),
        ("| T |\r\n| - |\r\n| [A](a.md) |\r\n| [B](b.md) |\r\n", "4:7-4:11"),
        ("| T |\n| - |\n| [A](a.md) |\n| [B][ref] |\n\n[ref]: b.md\n", "4:3-4:11"),
    ],
    ids=["a list", "paragraphs", "CR LF", "a reference"],
)
def test_each_form_of_index_gives_the_place(index: str, where: str, check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": index, "a.md": "# A\n"})) == [f"IX103 INDEX.md:{where}"]


def test_what_an_anchor_or_a_second_row_adds_is_no_second_missing_document(check: Callable[..., Result]) -> None:
    rows = "| [B](b.md) | 2 |\n| [B](./b.md#x) | 2 |\n"
    result = check({"INDEX.md": TABLE + rows, "a.md": "# A\n"})
    assert brief(result) == ["IX103 INDEX.md:4:7-4:11", "IX106 INDEX.md:5:1-5:22"]


def test_an_id_that_no_document_has_is_found_at_its_cell(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{BY_ID}| Pears | 2 |\n", "1-a.md": "# Apples\n"})
    assert brief(result) == ["IX103 INDEX.md:10:11-10:12"]
    finding = result.only()
    assert (finding["id"], finding["document"]) == ("2", None)
    assert [(spot["path"], spot["line"]) for spot in finding["related"]] == [("INDEX.md", 4)]


def test_an_id_alone_is_found_however_much_else_is_blank(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{BY_ID}|  | 2 |\n| - | 3 |\n", "1-a.md": "# Apples\n", "2-b.md": "# B\n", "3-c.md": "# C\n"}
    assert check(files, "--ignore", "MT").findings == []


def test_two_rows_of_an_id_that_no_document_has(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{BY_ID}| Pears | 2 |\n| Plums | 2 |\n", "1-a.md": "# Apples\n"})
    assert brief(result) == ["IX103 INDEX.md:10:11-10:12", "IX106 INDEX.md:11:1-11:14"]


def test_a_tracked_document_that_is_not_on_disk_does_not_exist(tmp_path: Path, run: Callable[..., Result]) -> None:
    write(tmp_path, {"INDEX.md": f"{TABLE}| [B](b.md) | 2 |\n", "a.md": "# A\n", "b.md": "# B\n"})
    commit_all(tmp_path)
    assert run(tmp_path).findings == []
    (tmp_path / "b.md").unlink()
    assert brief(run(tmp_path)) == ["IX103 INDEX.md:4:7-4:11"]


def test_a_document_that_git_does_not_list_and_the_disk_does_not_have(
    tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, {"INDEX.md": f"{TABLE}| [B](b.md) | 2 |\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    assert brief(run(tmp_path)) == ["IX103 INDEX.md:4:7-4:11"]
