"""`indexlint init --new`: an index for documents that have none, which a check then finds nothing wrong with."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Files, Result, commit_all, write
from validator.cli import main


def new(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(folder)
    return main(["init", "--new", *arguments])


NOTE = '---\nid: "{0:03}"\ntitle: Note {0}\nstatus: draft\n---\nText {0}.\n'
NUMBERED = {f"notes/{number:03}-note-{number}.md": NOTE.format(number) for number in (2, 10, 1)}
PLAIN = {
    f"{number:03}_{text:016x}.txt": f"Seed {number}\nText {text}."
    for number, text in enumerate((7 << 50, 3 << 44, 11 << 49))
}

CASES: dict[str, tuple[Files, list[str], str]] = {
    "numbered notes with front matter": (
        {**NUMBERED, "notes/README.md": "# Notes\n", "notes/template.md": "# T\n", "notes/x.png": b"\0"},
        ["notes"],
        """\
---
manifest: 1
documents: "[0-9][0-9][0-9]-*.md"  # 3 that the index names
name: "{id:03}-{slug}.md"
id: {column: ID, document: [name.id, header.id]}  # 3 of 3 agree
delimiters: {header: yaml}  # 3 of 3 documents have one
fields:
  title: {document: header.title}  # 3 of 3 agree
  status: {document: header.status}  # 3 of 3 agree
---
# notes

| ID | Title | Status |
| :-- | :-- | :-- |
| 001 | [Note 1](001-note-1.md) | draft |
| 002 | [Note 2](002-note-2.md) | draft |
| 010 | [Note 10](010-note-10.md) | draft |
""",
    ),
    "plain text without a header": (
        PLAIN,
        [],
        """\
---
manifest: 1
documents: "[0-9][0-9][0-9]_*.txt"  # 3 that the index names
name: "{ordinal:03}_{id}.txt"
id: {column: ID, document: name.id, pattern: "[0-9a-f]{16}"}  # 3 of 3 agree
fields:
  title: {document: first-line}  # 3 of 3 agree
  no.: {document: name.ordinal}  # 3 of 3 agree
  bytes: {document: content.bytes}  # 3 of 3 agree
  sha-256: {document: content.sha256}  # 3 of 3 agree
---
""",
    ),
    "pages of folders": (
        {f"skills/{name}/SKILL.md": f"---\nname: {name}\n---\n# {name}\n" for name in ("b", "a")},
        ["skills"],
        """\
---
manifest: 1
documents: "*/SKILL.md"  # 2 that the index names
name: "{id}/SKILL.md"
id: {column: ID, document: [name.id, header.name]}  # 2 of 2 agree
delimiters: {header: yaml}  # 2 of 2 documents have one
fields:
  title: {document: heading}  # 2 of 2 agree
---
# skills

| ID | Title |
| :-- | :-- |
| a | [a](a/SKILL.md) |
| b | [b](b/SKILL.md) |
""",
    ),
}


def test_one_document_without_its_header_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    files = {f"n-{number}.txt": f"Title: T {number}\nState: Final\n\nText {number}.\n" for number in range(1, 12)}
    write(tmp_path, {**files, "list.txt": "A list.\n"})
    assert new(tmp_path, monkeypatch) == 0
    index = tmp_path / "INDEX.md"
    assert "delimiters: {header: rfc822}  # 11 of 12 documents have one" in index.read_text("utf-8")
    assert run(tmp_path).codes == ["DL101"]
    index.write_text(index.read_text("utf-8").replace("[T 3]", "[T 4]"), "utf-8")
    assert sorted(run(tmp_path).codes) == ["DL101", "MT108"]


@pytest.mark.parametrize(("count", "beside", "pages"), [(20, 1, True), (19, 1, False), (40, 3, False)])
def test_a_folder_or_two_may_hold_more_than_their_page(
    count: int, beside: int, pages: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"s/{number}a/SKILL.md": f"# S {number}\n" for number in range(count)}
    files |= {f"s/{number}a/notes.md": f"# N {number}\n" for number in range(beside)}
    write(tmp_path, files)
    assert new(tmp_path, monkeypatch, "s") == 0
    assert ('documents: "*/SKILL.md"' in (tmp_path / "s" / "INDEX.md").read_text("utf-8")) is bool(pages)


@pytest.mark.parametrize("what", CASES)
def test_it_makes_an_index(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    files, arguments, wanted = CASES[what]
    write(tmp_path, files)
    assert new(tmp_path, monkeypatch, *arguments) == 0
    made = (tmp_path / (arguments[0] if arguments else "") / "INDEX.md").read_text("utf-8")
    assert made.startswith(wanted)
    assert run(tmp_path).codes == []


def test_deeper_files_are_listed_where_nothing_lies_flat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    write(tmp_path, {"a/x.md": "# X\n", "a/y.md": "# Y\n", "b/x.md": "# Other\n", "b/c/.hidden.md": "# H\n"})
    assert new(tmp_path, monkeypatch) == 0
    made = (tmp_path / "INDEX.md").read_text("utf-8")
    assert "| Title |\n| :-- |\n| [X](a/x.md) |\n| [Y](a/y.md) |\n| [Other](b/x.md) |\n" in made
    assert run(tmp_path).codes == []


def test_numbers_that_come_twice_are_no_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    write(tmp_path, {f"1-{name}.md": f"# {name}\n" for name in ("a", "b", "c")})
    assert new(tmp_path, monkeypatch) == 0
    assert "| 1-a | [a](1-a.md) |\n" in (tmp_path / "INDEX.md").read_text("utf-8")
    assert run(tmp_path).codes == []


def test_what_a_cell_cannot_say_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    head = "---\ntitle: |\n  Two\n  lines\nlong: {}\nsome: x\n---\n# H `{}` | *x*\n"
    files = {f"{name}.md": head.format("y" * 200, name) for name in ("a", "b")}
    write(tmp_path, {**files, "c.md": "---\nlong: x\n---\nText.\n"})
    assert new(tmp_path, monkeypatch) == 0
    made = (tmp_path / "INDEX.md").read_text("utf-8")
    assert "| ID | Title |\n" in made
    assert "| a | [H a \\| x](a.md) |\n" in made
    assert "| c | [c](c.md) |\n" in made
    assert run(tmp_path).codes == []


def test_what_is_gone_and_what_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    write(tmp_path, {"a.md": "# A\n", "b.md": "# B\n"})
    commit_all(tmp_path)
    (tmp_path / "b.md").unlink()
    (tmp_path / "a.md").write_text("")
    assert new(tmp_path, monkeypatch) == 0
    assert "| a | [a](a.md) |\n" in (tmp_path / "INDEX.md").read_text("utf-8")
    assert set(run(tmp_path, "INDEX.md").codes) <= {"CT105", "IX104"}


@pytest.mark.parametrize(
    ("files", "arguments", "message"),
    [
        ({"x/INDEX.md": "# I\n"}, ["x"], "x/INDEX.md is there already: without --new its contract is learned"),
        ({"README.md": "# R\n"}, [], "there is no document in this project that an index could name"),
        ({"x/README.md": "# R\n"}, ["x"], "there is no document in x that an index could name"),
    ],
)
def test_what_it_refuses(
    files: Files,
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(tmp_path, files)
    assert new(tmp_path, monkeypatch, *arguments) == 2
    assert capsys.readouterr().err == f"indexlint: {message}\n"


def test_in_git_the_new_index_is_checked_with_what_git_tracks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    write(tmp_path, NUMBERED)
    commit_all(tmp_path)
    assert new(tmp_path, monkeypatch, "notes") == 0
    assert run(tmp_path, "notes").codes == []
    commit_all(tmp_path)
    assert run(tmp_path).codes == []


def test_stdout_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, NUMBERED)
    assert new(tmp_path, monkeypatch, "notes", "--stdout") == 0
    assert capsys.readouterr().out.startswith("---\nmanifest: 1\n")
    assert not (tmp_path / "notes/INDEX.md").exists()


WORDS = st.text("abcXYZ019 |*_`[]<>&!~#\\äß·✅:\"'-.,()", min_size=1, max_size=18).map(str.strip).filter(str.strip)


@pytest.mark.slow
@given(pairs=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6), front=st.booleans())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_titles_say_the_check_is_clean(
    pairs: list[tuple[str, str]],
    front: bool,  # noqa: FBT001 - hypothesis gives it
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    run: Callable[..., Result],
) -> None:
    folder = tmp_path_factory.mktemp("new")
    for number, (title, kind) in enumerate(pairs):
        quoted = [re.sub(r"'", "''", value) for value in (title, kind)]
        head = "---\ntitle: '{}'\nkind: '{}'\n---\n".format(*quoted) if front else f"# {title}\n"
        write(folder, {f"n{number}.md": f"{head}\nText {number}.\n"})
    assert new(folder, monkeypatch) == 0
    assert [code for code in run(folder).codes if not code.startswith("ID105")] == []


def test_a_new_index_and_one_that_is_there_exclude_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"a.md": "# A\n", "README.md": "- [A](a.md)\n"})
    assert new(tmp_path, monkeypatch, "--index", "README.md") == 2
    words = "indexlint: --new makes an index, and --index names one that is there: take one of the two\n"
    assert capsys.readouterr() == ("", words)
    assert not (tmp_path / "INDEX.md").exists()


def test_one_of_a_kind_is_counted_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"a.md": "# A\n"})
    assert new(tmp_path, monkeypatch) == 0
    assert capsys.readouterr().out.splitlines()[0] == "INDEX.md: 1 entry, 1 document, 1 joined"
