"""`indexlint init`: what it writes, says and refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import CLEAN, ROOT, Files, Result, commit_all, write
from validator.cli import main


class Run(NamedTuple):
    """What a command gave: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Init = Callable[..., Run]


@pytest.fixture(name="init")
def _init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Init:
    """Write files to the temporary folder and run `indexlint init` there."""

    def run(files: Files, *arguments: str) -> Run:
        write(tmp_path, files)
        monkeypatch.chdir(tmp_path)
        capsys.readouterr()
        code = main(["init", *arguments])
        out, err = capsys.readouterr()
        return Run(code, out, err)

    return run


def series(
    count: int,
    title: str = "Title {0}",
    row: str = "| [{0:04}](p-{0:04}.md) | {1} | Final |",
    path: str = "p-{0:04}.md",
    head: str = "| No. | Title | Status |\n| - | - | - |",
    text: str = "---\nid: {0:04}\ntitle: {1}\nstatus: Final\n---\nText {0}.\n",
    index: str = "README.md",
) -> dict[str, str]:
    """A collection of numbered documents and its index."""
    numbers = range(1, count + 1)
    rows = [row.format(number, title.format(number)) for number in numbers]
    files = {path.format(number): text.format(number, title.format(number)) for number in numbers}
    return {index: "\n".join([head, *rows, ""]), **files}


def contract(folder: Path) -> str:
    return (folder / "indexlint.yaml").read_text("utf-8")


def fields(text: str) -> list[str]:
    """The lines of the fields, their indentation left out."""
    lines = text.split("fields:", 1)[1].splitlines()[1:]
    return [line.strip() for line in lines if line.startswith("      ") and not line.strip().startswith("#")]


def codes(run: Callable[..., Result], folder: Path) -> list[str]:
    return run(folder).codes


def test_the_example_of_the_manual(init: Init, tmp_path: Path) -> None:
    files = series(
        10,
        row="| [ADR-{0:04}](adr-{0:04}.md) | {1} | Accepted |",
        path="adr-{0:04}.md",
        head="| ADR | Title | Status |\n| --- | ----- | ------ |",
        text="---\nadr: {0}\ntitle: {1}\nstatus: accepted\n---\nText {0}.\n",
    )
    files["adr-0011.md"] = "---\nadr: 11\ntitle: Later\nstatus: accepted\n---\nText.\n"
    files["adr-0003.md"] = files["adr-0003.md"].replace("Title 3", "Another")
    done = init(files)
    manual = (ROOT / "docs" / "init.md").read_text("utf-8")
    wanted = manual.split("```yaml\n", 1)[1].split("```", 1)[0]
    assert contract(tmp_path) == wanted
    said = manual.split("finds:\n\n```text\n", 1)[1].split("```", 1)[0]
    assert done.out == said
    assert done.code == 0


# Each: what it learns, the files, the line of the contract that says so, and what a check finds then.
LEARNED: dict[str, tuple[Mapping[str, str], str, list[str]]] = {
    "a header key of another name": (
        series(4, head="| No. | Name | Status |\n| - | - | - |"),
        "name: {document: header.title}  # 4 of 4 agree",
        ["MT107"] * 4,
    ),
    "a heading": (
        series(4, text="# {1}\n\nText {0}.\n", row="- [{1}](p-{0:04}.md)", head="# List\n"),
        "title: {column: link.text, document: heading}  # 4 of 4 agree",
        [],
    ),
    "a heading of level 2": (
        series(4, text="# P-{0}\n\n## {1}\n\nText {0}.\n", row="- [{1}](p-{0:04}.md)", head="# List\n"),
        "title: {column: link.text, document: heading.2}  # 4 of 4 agree",
        [],
    ),
    "a prefix of the titles": (
        series(4, text="# {1}\n\nText {0}.\n", row="- [P-{0}: {1}](p-{0:04}.md)", head="# List\n"),
        'title: {column: link.text, document: heading, strip: "^P-[0-9]+: "}  # 4 of 4 agree',
        [],
    ),
    "a vocabulary in another case": (
        series(4, text="---\ntitle: {1}\nstatus: final\n---\nText {0}.\n"),
        "status: {document: header.status, compare: text}  # 4 of 4 agree",
        [],
    ),
    "dates in two notations": (
        series(
            4,
            head="| No. | Title | Created |\n| - | - | - |",
            row="| [{0:04}](p-{0:04}.md) | {1} | {0} May 2024 |",
            text="---\ntitle: {1}\ncreated: 2024-05-{0:02}\n---\nText {0}.\n",
        ),
        "created: {document: header.created, compare: date}  # 4 of 4 agree",
        [],
    ),
    "lists in another order": (
        series(
            4,
            head="| No. | Title | Authors |\n| - | - | - |",
            row="| [{0:04}](p-{0:04}.md) | {1} | A, B{0} |",
            text="---\ntitle: {1}\nauthors: [B{0}, A]\n---\nText {0}.\n",
        ),
        "authors: {document: header.authors, compare: set}  # 4 of 4 agree",
        [],
    ),
    "numbers with and without commas": (
        series(
            4,
            head="| No. | Title | Price |\n| - | - | - |",
            row="| [{0:04}](p-{0:04}.md) | {1} | {0},000 |",
            text="---\ntitle: {1}\nprice: {0}000\n---\nText {0}.\n",
        ),
        "price: {document: header.price, compare: number}  # 4 of 4 agree",
        [],
    ),
    "titles that are cut": (
        series(
            4,
            row="| [{0:04}](p-{0:04}.md) | Part {0} … | Final |",
            text="---\ntitle: Part {0} of it\nstatus: Final\n---\nText {0}.\n",
        ),
        "title: {document: header.title, compare: prefix}  # 4 of 4 agree",
        [],
    ),
    "sizes": (
        series(
            4,
            head="| No. | Title | Size |\n| - | - | - |",
            row="| [{0:04}](p-{0:04}.md) | {1} | {0} |",
            text="# {1}\n{0}",
        ),
        "",
        [],
    ),
    "IDs that are padded on one side": (
        series(4, row="| [{0}](p-{0:04}.md) | {1} | Final |"),
        "id: {column: No., document: [name.id, header.id], normalize: unpad}  # 4 of 4 agree",
        ["MT107"] * 4,
    ),
    "IDs in the header alone": (
        series(
            4,
            path="{1}.md".replace("{1}", "file{0:c}"),
            row="| N-{0} | [{1}](file{0:c}.md) | Final |",
            text="---\nid: N-{0}\ntitle: {1}\nstatus: Final\n---\nText {0}.\n",
        ),
        "",
        [],
    ),
}


@pytest.mark.parametrize("what", [name for name, case in LEARNED.items() if case[1]])
def test_it_learns(what: str, init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files, line, found = LEARNED[what]
    assert init(files).code == 0
    assert line in [written.strip() for written in contract(tmp_path).splitlines()]
    assert codes(run, tmp_path) == found


def test_it_learns_sizes_and_digests_of_the_content(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    import hashlib  # noqa: PLC0415 - only here

    texts = {f"{name}.txt": f"text\n{'x' * number}\n" for number, name in enumerate(("one", "two", "three", "four"))}
    rows = [
        f"| [{name}]({name}) | {len(text)} | {hashlib.sha256(text.encode()).hexdigest()} |"
        for name, text in texts.items()
    ]
    index = "\n".join(["| File | Length | Sum |", "| - | - | - |", *rows, ""])
    assert init({"README.md": index, **texts}).code == 0
    assert fields(contract(tmp_path)) == [
        "length: {document: content.bytes}  # 4 of 4 agree",
        "sum: {document: content.sha256}  # 4 of 4 agree",
    ]
    assert codes(run, tmp_path) == []
    write(tmp_path, {"one.txt": "others\n"})
    assert codes(run, tmp_path) == ["CT102", "CT101"]


def test_a_column_of_paths_is_the_link_and_no_field(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = {f"{name}.md": f"---\nid: {name}\ntitle: T {name}\n---\n# H\n" for name in ("a1", "b2", "c3", "d4")}
    rows = "".join(f"| {path[:-3]} | [{path}]({path}) | T {path[:-3]} |\n" for path in files)
    assert init({"README.md": f"| ID | Path | Title |\n| - | - | - |\n{rows}", **files}).code == 0
    found = contract(tmp_path)
    assert fields(found) == ["title: {document: header.title}  # 4 of 4 agree"]
    assert "Path" not in found
    assert codes(run, tmp_path) == []


def test_it_learns_ids_that_only_the_header_states(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    names = ("ash", "birch", "cedar", "date")
    rows = [f"| N-{number} | [{name}]({name}.md) |" for number, name in enumerate(names)]
    files = {f"{name}.md": f"---\nkey: N-{number}\n---\n# {name}\n" for number, name in enumerate(names)}
    init({"README.md": "\n".join(["| Number | Name |", "| - | - |", *rows, ""]), **files})
    assert "    id: {column: Number, document: header.key}  # 4 of 4 agree\n" in contract(tmp_path)
    assert codes(run, tmp_path) == []
    write(tmp_path, {"cedar.md": "---\nkey: N-9\n---\n# cedar\n"})
    assert codes(run, tmp_path) == ["ID104"]


def test_a_map_is_learned_from_several_pairs_and_leaves_real_mismatches(
    init: Init, run: Callable[..., Result], tmp_path: Path
) -> None:
    words = {"D": "Draft", "F": "Final"}
    files = {}
    rows = []
    for number in range(1, 13):
        short = "D" if number % 2 else "F"
        stated = "Withdrawn" if number == 5 else words[short]
        rows.append(f"| [{number:02}](n{number:02}.md) | {short} |")
        files[f"n{number:02}.md"] = f"---\nstate: {stated}\n---\nText {number}.\n"
    init({"README.md": "\n".join(["| No. | S |", "| - | - |", *rows, ""]), **files})
    line = "s: {document: header.state, map: {D: Draft, F: Final}}  # 11 of 12 agree"
    assert fields(contract(tmp_path)) == [line]
    assert codes(run, tmp_path) == ["MT108"]


# Values of a column, those of the documents under the key `state`, and the map that is learned; empty where none is.
MAPS = {
    "three words": (
        "red green blue",
        "done open late",
        "c: {document: header.state, map: {blue: late, green: open, red: done}}",
    ),
    "two that only go together": ("red blue", "done open", ""),
    "an abbreviation": ("d x", "done open", "c: {document: header.state, map: {d: done, x: open}}"),
    "a word of both sides": ("done new", "done open", "c: {document: header.state, map: {new: open}}"),
    "sentences": ("as_everybody_wanted_it_to_be_back_then done open", "done done open", ""),
}


@pytest.mark.parametrize("what", MAPS)
def test_a_map_needs_words_enough(what: str, init: Init, tmp_path: Path) -> None:
    ours, theirs, line = MAPS[what]
    pairs = list(zip(ours.split(), theirs.split(), strict=True)) * 4
    rows = [f"| [{number:02}](n{number:02}.md) | {mine} |" for number, (mine, _) in enumerate(pairs)]
    files = {f"n{number:02}.md": f"---\nstate: {own}\n---\nText.\n" for number, (_, own) in enumerate(pairs)}
    init({"README.md": "\n".join(["| No. | C |", "| - | - |", *rows, ""]), **files})
    found = fields(contract(tmp_path)) if line else []
    assert [text.partition("  #")[0] for text in found] == ([line] if line else [])
    assert ("map:" in contract(tmp_path)) is bool(line)


def test_what_only_goes_with_another_column_is_left_out(init: Init, tmp_path: Path) -> None:
    pairs = [("red", "done"), ("green", "open"), ("blue", "late")] * 4
    rows = [f"| [{number:02}](n{number:02}.md) | {mine} | {own} |" for number, (mine, own) in enumerate(pairs)]
    files = {f"n{number:02}.md": f"---\nstate: {own}\n---\nText.\n" for number, (_, own) in enumerate(pairs)}
    init({"README.md": "\n".join(["| No. | Team | Is |", "| - | - | - |", *rows, ""]), **files})
    assert fields(contract(tmp_path)) == ["is: {document: header.state}  # 12 of 12 agree"]
    assert "    #   Team: header.state is nearest, 12 of 12 agree\n" in contract(tmp_path)


def test_a_word_that_the_documents_know_is_never_mapped(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = series(20)
    for number in range(1, 21):
        state = "Final" if number <= 12 else "Draft"
        stated = "Draft" if number in {1, 2, 3, 4} else state
        name = f"p-{number:04}.md"
        files[name] = files[name].replace("Final", state)
        files["README.md"] = files["README.md"].replace(f"Title {number} | Final", f"Title {number} | {stated}")
    init(files)
    assert "map" not in contract(tmp_path)
    assert [code for code in codes(run, tmp_path) if code == "MT108"] == ["MT108"] * 4


def test_remarks_and_signs_of_a_vocabulary_are_stripped(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = series(20, text="---\ntitle: {1}\nstatus: Final\n---\nText {0}.\n")
    for number in range(1, 21):
        name = f"p-{number:04}.md"
        if number in {3, 6, 9}:
            files[name] = files[name].replace("status: Final", f"status: Final (see {number})")
        elif number > 12:
            files[name] = files[name].replace("Final", "Draft")
    rows = files["README.md"].replace("| Final", "| ✅ Final")
    for number in range(13, 21):
        rows = rows.replace(f"Title {number} | ✅ Final", f"Title {number} | 🚧 Draft")
    init({**files, "README.md": rows.replace("Title 15 | 🚧 Draft", "Title 15 | ✅ Final")})
    assert fields(contract(tmp_path))[1].endswith("# 19 of 20 agree; all state it")
    assert codes(run, tmp_path) == ["MT108"]


def test_a_suffix_of_few_titles_is_no_convention(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = series(20)
    for number in (2, 4, 6, 8):
        name = f"p-{number:04}.md"
        files[name] = files[name].replace(f"Title {number}", f"Title {number} (Old)")
    init(files)
    assert "strip" not in contract(tmp_path)
    assert codes(run, tmp_path).count("MT108") == 4


def test_remarks_beside_ids_make_a_field_of_the_column(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = series(20, row="| [P-{0:04}](p-{0:04}.md) | {1} | Final |")
    for number in (2, 4, 6, 8):
        files["README.md"] = files["README.md"].replace(f"[P-{number:04}]", f"[P-{number:04} (formerly {number})]")
    files["README.md"] = files["README.md"].replace("[P-0011]", "[P-0012]")
    init(files)
    assert fields(contract(tmp_path))[0] == (
        'no.: {document: name.id, strip: ["^P-", " \\\\(formerly [0-9]+\\\\)$"]}  # 19 of 20 agree'
    )
    assert [code for code in codes(run, tmp_path) if code.startswith(("MT108", "ID"))] == ["MT108"]


def test_a_column_called_id_that_says_more_than_ids(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = series(
        6,
        head="| ID | Title | Status |\n| - | - | - |",
        row="| P-{0} | [{1}](p-{0}-x.md) | Final |",
        path="p-{0}-x.md",
        text="---\ntitle: {1}\nstatus: Final\n---\nText {0}.\n",
    )
    init(files)
    assert 'name: "p-{number}-{slug}.md"' in contract(tmp_path)
    assert fields(contract(tmp_path))[0] == 'number: {column: ID, document: name.number, strip: "^P-"}  # 6 of 6 agree'
    assert codes(run, tmp_path) == []


# IDs behind a word on one side, where a check compares the two unasked: cell, path, header, and what the contract says.
WORDED = {
    "in the index": ("ADR-{0}", "{0:04}-x.md", "id: {0}", "[name.id, header.id], normalize: [unprefix, unpad]"),
    "padded alike": ("ADR-{0:03}", "{0:03}.md", 'id: "{0:03}"', "[name.id, header.id], normalize: unprefix"),
    "behind a blank": ("ADR {0}", "{0:03}.md", "id: {0}", "[name.id, header.id], normalize: [unprefix, unpad]"),
    "of headers alone": ("ADR-{0}", "{1}.md", "id: {0}", "header.id, normalize: unprefix"),
    "in the header": ("{0}", "{0:02}-x.md", "id: ADR-{0}", "[name.id, header.id], normalize: [unprefix, unpad]"),
    "in names too": (
        "ADR-{0}", "adr-{0:03}.md", "id: {0}", "[name.id, header.id], normalize: [unprefix, casefold, unpad]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("where", WORDED)
def test_a_word_before_ids(where: str, init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    cell, path, key, said = WORDED[where]
    titles = ["Keep", "Use", "Pin", "Write", "Sign", "Drop"]
    files = {
        path.format(number, title): f"---\n{key.format(number)}\ntitle: {title}\n---\nText {number}.\n"
        for number, title in enumerate(titles, 1)
    }
    rows = [
        f"| [{cell.format(number, title)}]({path.format(number, title)}) | {title} |"
        for number, title in enumerate(titles, 1)
    ]
    init({"README.md": "\n".join(["| ID | Title |", "| - | - |", *rows, ""]), **files})
    assert f"    id: {{column: ID, document: {said}}}  # 6 of 6 agree\n" in contract(tmp_path)
    assert codes(run, tmp_path) == []
    copied = path.format(4, "Write")
    wrong = files[copied].replace(key.format(4), key.format(9))
    (tmp_path / copied).write_text(wrong, "utf-8")
    assert codes(run, tmp_path) == ["ID104"]


def test_a_word_that_tells_two_series_apart_stays(init: Init, tmp_path: Path) -> None:
    pairs = [(word, number) for word in ("cap", "sep") for number in range(1, 5)]
    rows = [f"| [{word.upper()}-{number}]({word}-{number}-x.md) | T {word} {number} |" for word, number in pairs]
    files = {f"{word}-{number}-x.md": f"---\nid: {number}\n---\nText {word} {number}.\n" for word, number in pairs}
    init({"README.md": "\n".join(["| ID | Title |", "| - | - |", *rows, ""]), **files})
    assert "unprefix" not in contract(tmp_path)


def test_two_series_in_one_index_get_a_contract_each(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    parts = []
    files = {}
    for name in ("CIP", "CPS"):
        rows = [f"| {number:04} | [T {number}](./{name}-{number:04}/) |" for number in range(1, 6)]
        parts += [f"## List of {name}", "", "| # | Title |", "| - | - |", *rows, ""]
        for number in range(1, 7):
            files[f"{name}-{number:04}/README.md"] = f"---\n{name}: {number}\nTitle: T {number}\n---\n{name} {number}\n"
    init({"README.md": "\n".join(parts), **files})
    text = contract(tmp_path)
    for name in ("CIP", "CPS"):
        assert f'section: "List of {name}"' in text
        assert f'documents: "{name}-[0-9][0-9][0-9][0-9]/README.md"  # 5 that the index names; 1 more found' in text
        assert f'id: {{column: "#", document: [name.id, header.{name}], normalize: unpad}}  # 5 of 5 agree' in text
    assert codes(run, tmp_path) == ["IX104", "IX104"]


def test_a_table_that_only_mentions_documents_is_kept_out(
    init: Init, run: Callable[..., Result], tmp_path: Path
) -> None:
    files = series(6, row="- [{1}](p-{0:04}.md)", head="## List\n", text="# {1}\n\nText {0}.\n")
    files["README.md"] += "\n## Kinds\n\n| Kind | Where |\n| - | - |\n"
    files["README.md"] += "".join(f"| {kind} | [x](p-{kind % 3 + 1:04}.md) |\n" for kind in range(12))
    init(files)
    assert "    format: list\n" in contract(tmp_path)
    assert codes(run, tmp_path) == []


def test_a_list_that_repeats_another_is_kept_out_by_its_heading(
    init: Init, run: Callable[..., Result], tmp_path: Path
) -> None:
    files = series(6, row="- [{1}](p-{0:04}.md)", head="## List\n", text="# {1}\n\nText {0}.\n")
    files["README.md"] += "\n## First steps\n\n- [Start](p-0002.md)\n- [Go on](p-0004.md)\n- [Gone](gone.md)\n"
    init(files)
    assert "    section: List\n" in contract(tmp_path)
    assert codes(run, tmp_path) == []


def test_two_series_of_names_in_one_table(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = series(8, row="| [{0:04}](F/f-{0:04}.md) | {1} | Final |", path="F/f-{0:04}.md")
    for number in (3, 6):
        files[f"R/r-{number:04}.md"] = files.pop(f"F/f-{number:04}.md")
        files["README.md"] = files["README.md"].replace(f"F/f-{number:04}", f"R/r-{number:04}")
    files["R/r-0009.md"] = "---\nid: '0009'\n---\nText.\n"
    files["F/template.md"] = "---\nid: x\n---\nText.\n"
    init(files)
    text = contract(tmp_path)
    assert 'documents: ["F/f-[0-9][0-9][0-9][0-9].md", "R/r-[0-9][0-9][0-9][0-9].md"]' in text
    assert 'name: "{series}-{id:04}.md"' in text
    assert "IX104" in codes(run, tmp_path)


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("toml", '+++\ntitle = "{1}"\nstatus = "Final"\n+++\nText {0}.\n'),
        ("fenced", "```\nTitle: {1}\nStatus: Final\n```\n\nText {0}.\n"),
        ("bullets", "# P {0}\n\n- Title: {1}\n- Status: Final\n\nText {0}.\n"),
        ("table", "# P {0}\n\n| Title | {1} |\n| - | - |\n| Status | Final |\n\nText {0}.\n"),
        ("sections", "# P {0}\n\n## Title\n\n{1}\n\n## Status\n\nFinal\n"),
        ("rfc822", "Title: {1}\nStatus: Final\n\nText {0}.\n"),
    ],
    ids=lambda value: value if len(value) < 9 else "",
)
def test_header_dialects(dialect: str, text: str, init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    init(series(6, text=text))
    assert f"    delimiters: {{header: {dialect}}}  # 6 of 6 documents have one\n" in contract(tmp_path)
    assert len(fields(contract(tmp_path))) == 2
    assert codes(run, tmp_path) == []


RECORD = "# {0}. Use {1}\n\nDate: 2018-01-{0:02}\n\n## Status\n\nAccepted\n"
NAME = {"path": "{0:04}-x.md"}
HEADINGS: dict[str, tuple[dict[str, str], list[str]]] = {
    "in front of a title": (
        series(6, text=RECORD, head="| ADR | What | Date |\n|-|-|-|", **NAME,
               row="| [{0}]({0:04}-x.md) | Use {1} | 2018-01-{0:02} |"),
        [
            "id: {column: ADR, document: [name.id, heading], normalize: unpad}  # 6 of 6 agree",
            "what: {document: heading}  # 6 of 6 agree",
            "date: {document: header.Date}  # 6 of 6 agree",
        ],
    ),
    "that the index states before the title": (
        series(6, text=RECORD, head="# List", row="* [{0}. Use {1}]({0:04}-x.md)", **NAME),
        [
            "id: {document: [name.id, heading], normalize: unpad}",
            "title: {column: link.text, document: heading}  # 6 of 6 agree",
        ],
    ),
    "behind a word, with a word in the index too": (
        series(6, text=RECORD.replace("{0}.", "ADR {0}:"), head="| ADR | What |\n|-|-|", **NAME,
               row="| [No. {0}]({0:04}-x.md) | Use {1} |"),
        [
            "id: {document: [name.id, heading], normalize: unpad}",
            'adr: {document: heading.id, strip: "^No\\\\. "}  # 6 of 6 agree',
            "what: {document: heading}  # 6 of 6 agree",
        ],
    ),
    "behind a word that only the index has": (
        series(6, text="# {1}\n", head="| No. | Title |\n|-|-|", row="| [ADR-{0}]({0:04}-x.md) | {1} |", **NAME),
        [
            "id: {document: name.id}",
            'no.: {document: name.id, compare: number, strip: "^ADR-"}  # 6 of 6 agree',
            "title: {document: heading}  # 6 of 6 agree",
        ],
    ),
    "of the names alone, the index padding less": (
        series(6, text="---\nno: {0}\n---\n# {1}\n", head="| X | Title |\n|-|-|",
               row="| [ADR {0}]({0:04}-x.md) | {1} |", **NAME),
        ["id: {document: [name.id, header.no], normalize: unpad}",
         'x: {document: name.id, compare: number, strip: "^ADR "}  # 6 of 6 agree'],
    ),
    "that are not those of the names": (
        series(6, text=RECORD.replace("{0}.", "7{0}."), head="# List", row="* [Use {1}]({0:04}-x.md)", **NAME),
        [
            "id: {document: name.id}",
            'title: {column: link.text, document: heading, strip: "^[0-9]+\\\\. "}  # 6 of 6 agree',
        ],
    ),
    "beside a column of that name that states something else": (
        series(6, text=RECORD, head="| ID | What |\n|-|-|", row="| k{0}k | [Use {1}]({0:04}-x.md) |", **NAME),
        ['what: {document: heading, strip: "^[0-9]+\\\\. "}  # 6 of 6 agree'],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", HEADINGS)
def test_ids_of_headings(what: str, init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files, lines = HEADINGS[what]
    assert init(files).code == 0
    written = [line.strip() for line in contract(tmp_path).splitlines()]
    assert [line for line in written if line.startswith("id:") or line in lines] == lines
    assert codes(run, tmp_path) == []


def test_a_heading_that_was_copied_is_found(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = series(12, text=RECORD, head="# List", row="* [Use {1}]({0:04}-x.md)", **NAME)
    files["0007-x.md"] = files["0007-x.md"].replace("# 7.", "# 3.")
    init(files)
    assert "id: {document: [name.id, heading], normalize: unpad}" in contract(tmp_path)
    assert codes(run, tmp_path) == ["ID104"]


def test_numbers_that_several_documents_share_are_no_ids(
    init: Init, run: Callable[..., Result], tmp_path: Path
) -> None:
    names = [f"{part}-{number}-x" for part in "123" for number in "1234"]
    files = {f"{name}.md": f"# T {name}\n" for name in names}
    init({"README.md": "".join(f"- [T {name}]({name}.md)\n" for name in names), **files})
    assert "{id}" not in contract(tmp_path)
    assert codes(run, tmp_path) == []


def test_dates_are_no_ids(init: Init, tmp_path: Path) -> None:
    row = "| N{0} | [Use {1}]({0:04}-x.md) | 2018-01-{0:02} |"
    assert init(series(6, text=RECORD, head="| No. | What | Date |\n|-|-|-|", row=row, **NAME)).code == 0
    assert "date: {document: header.Date}  # 6 of 6 agree" in fields(contract(tmp_path))


def test_what_has_no_evidence_is_left_out_and_listed(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    row = "| [{0:04}](p-{0:04}.md) | {1} | o{0} |"
    files = series(9, row=row, head="| No. | Title | Owner | Odd |\n| - | - | - | - |")
    files["README.md"] = "\n".join(
        line + " by hand |" if line.startswith("| [") else line for line in files["README.md"].splitlines()
    )
    for number in range(1, 10):
        name = f"p-{number:04}.md"
        owner = f"owner: {'o' if number < 3 else 'x'}{number}"
        files[name] = files[name].replace("status: Final", owner)
    done = init(files)
    assert contract(tmp_path).endswith(
        "    # not compared, for want of evidence:\n"
        "    #   Owner: header.owner is nearest, 2 of 9 agree\n"
        "    #   Odd: no document states anything like it\n"
    )
    assert "  not compared: Owner: header.owner is nearest, 2 of 9 agree\n" in done.out
    assert "MT108" not in codes(run, tmp_path)


REQUIRED = {
    "ten of them": (series(10), {}, ["title", "status"]),
    "nine of them": (series(9), {}, []),
    "a document without a key": (series(10), {"p-0003.md": "---\ntitle: Title 3\n---\nText.\n"}, ["title"]),
    "an unlisted document without any": (series(10), {"p-0011.md": "Text.\n"}, []),
    "nine entries": (series(9), {"p-0010.md": "---\ntitle: X\nstatus: Final\n---\nText.\n"}, []),
    "an empty cell": (
        series(10, text="# {1}\n", row="| [{0:04}](p-{0:04}.md) | {1} | |"),
        {"README.md": series(10)["README.md"].replace("Title 3 ", "- ")}, [],
    ),
    "a list": (series(10, text="# {1}\n", row="- [{1}](p-{0:04}.md)", head=""), {}, ["title"]),
    "another name": (series(10, head="| No. | Name | State |\n| - | - | - |"), {}, []),
    "first lines": (series(10, text="{1}\nText.\n"), {}, []),
}  # fmt: skip


@pytest.mark.parametrize("what", REQUIRED)
def test_what_all_of_many_state_is_required(what: str, init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files, others, required = REQUIRED[what]
    init({**files, **others})
    assert [line.partition(":")[0] for line in fields(contract(tmp_path)) if "required: true" in line] == required
    assert "MT104" not in codes(run, tmp_path)
    write(tmp_path, {"p-0004.md": "---\nother: x\n---\nText.\n"})
    assert codes(run, tmp_path).count("MT104") == len(required)


def test_a_contract_without_fields_compares_none(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = {f"{name}.md": f"# {name}\n" for name in ("x", "y", "z")}
    init({"README.md": "- [Ash](x.md)\n- [Birch](y.md)\n- [Cedar](z.md)\n", **files}, "--index", "README.md")
    assert "    fields: {}  # nothing that both sides state was found\n" in contract(tmp_path)
    assert codes(run, tmp_path) == []


ASIDE = ("template", "_draft", "ash-meta", "birch.de", "GOVERNANCE")


def test_companions_are_no_documents(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    names = ("ash", "birch", "cedar")
    files = {f"{name}.md": f"# {name}\n" for name in names}
    index = "".join(f"- [{name}]({name}.md)\n" for name in names)
    aside = {f"{name}.md": "# aside\n\n" + name for name in ASIDE}
    init({"README.md": index, **files, **aside, "elder.md": "# elder\n"})
    assert codes(run, tmp_path) == ["IX104"]


def test_the_same_input_gives_the_same_bytes(init: Init, tmp_path: Path) -> None:
    init(series(30))
    first = contract(tmp_path)
    done = init({}, "--force")
    assert (done.code, contract(tmp_path)) == (0, first)
    assert init({}, "--stdout", "--force").out == first.partition("\n")[2]


def test_a_contract_is_only_replaced_by_force(init: Init, tmp_path: Path) -> None:
    init(series(4))
    before = contract(tmp_path)
    (tmp_path / "indexlint.yaml").write_text(before + 'exclude: ["p-0004.md"]\n')
    done = init({})
    assert done == Run(2, "", "indexlint: README.md has a contract already, in indexlint.yaml: --force replaces it\n")
    assert init({}, "--force").code == 0
    assert contract(tmp_path).endswith('exclude: ["p-0004.md"]\n')


def test_stdout_writes_nothing(init: Init, tmp_path: Path) -> None:
    files = {**series(4), **series(4, index="docs/INDEX.md", path="docs/p-{0:04}.md")}
    done = init(files, "--stdout")
    assert done.code == 0
    assert done.out.startswith("---\nmanifest: 1\n")
    assert "\ncorpora:\n  - index: README.md\n" in done.out
    assert "first check: " in done.err
    assert "wrote" not in done.err
    assert sorted(os.listdir(tmp_path)) == ["README.md", "docs", *(f"p-000{number}.md" for number in range(1, 5))]
    assert (tmp_path / "docs/INDEX.md").read_text("utf-8") == files["docs/INDEX.md"]


def test_an_index_gets_its_contract_as_front_matter(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = series(4, index="INDEX.md")
    done = init(files)
    text = (tmp_path / "INDEX.md").read_text("utf-8")
    assert text.startswith('---\nmanifest: 1\ndocuments: "p-[0-9][0-9][0-9][0-9].md"  # 4 that the index names\n')
    assert text.endswith(f"---\n{files['INDEX.md']}")
    assert "wrote INDEX.md\n" in done.out
    assert not (tmp_path / "indexlint.yaml").exists()
    assert set(codes(run, tmp_path)) == {"MT107"}
    again = init({})
    assert (again.code, again.err) == (
        2,
        "indexlint: INDEX.md has a contract already, in INDEX.md: --force replaces it\n",
    )
    assert init({}, "--force").code == 0
    assert (tmp_path / "INDEX.md").read_text("utf-8") == text


def test_front_matter_of_others_keeps_its_bytes(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    body = series(4, index="INDEX.md")["INDEX.md"].replace("\n", "\r\n")
    front = "\ufeff---\r\nlayout: page # mine\r\n---\r\n"
    init({**series(4, index="INDEX.md"), "INDEX.md": front + body})
    data = (tmp_path / "INDEX.md").read_bytes()
    assert data.startswith("\ufeff---\r\nlayout: page # mine\r\nindexlint:\r\n  documents: ".encode())
    assert data.endswith(("---\r\n" + body).encode())
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert set(codes(run, tmp_path)) == {"MT107"}
    assert init({}, "--force").code == 0
    assert (tmp_path / "INDEX.md").read_bytes() == data


def test_every_file_named_as_an_index_is_learned(init: Init, tmp_path: Path) -> None:
    folders = [f"f{number:02}" for number in range(14)]
    files: dict[str, str] = {}
    for folder in folders:
        files |= series(3, index=f"{folder}/INDEX.md", path=f"{folder}/p-{{0:04}}.md")
    init(files)
    for folder in folders:
        assert (tmp_path / folder / "INDEX.md").read_text().startswith("---\nmanifest: 1\n")


def test_several_indexes_and_an_index_beside_a_readme(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = {
        **series(4),
        **series(4, index="docs/INDEX.md", path="docs/p-{0:04}.md"),
        "old/INDEX.md": "---\nmanifest: 1\n---\n- [A](a.md)\n",
        "old/a.md": "# A\n",
    }
    init(files)
    text = contract(tmp_path)
    assert text.endswith("  - index: docs/INDEX.md\n  - index: old/INDEX.md\n")
    assert run(tmp_path).report["checked"]["corpora"] == 3


def test_an_index_can_be_named(init: Init, tmp_path: Path) -> None:
    files = {**series(4), **series(4, index="docs/OVERVIEW.md", path="docs/p-{0:04}.md")}
    assert init(files, "--index", "docs/OVERVIEW.md").code == 0
    assert "index: docs/OVERVIEW.md" in contract(tmp_path)
    assert "index: README.md" not in contract(tmp_path)
    assert init({}, "README.md").code == 0
    assert contract(tmp_path).count("- index:") == 2
    assert init({}, "--index", "README.md", "--index", "docs/OVERVIEW.md", "--force").code == 0
    assert contract(tmp_path).count("- index:") == 2


def test_a_folder_bounds_the_search(init: Init, tmp_path: Path) -> None:
    files = {**series(4), **series(4, index="docs/README.md", path="docs/p-{0:04}.md")}
    assert init(files, "docs").code == 0
    assert [line for line in contract(tmp_path).splitlines() if "index:" in line] == ["  - index: docs/README.md"]


UNRELATED = {
    "nothing there": ({}, [], "no file in this project names documents"),
    "a folder": ({"docs/a.md": "# A\n"}, ["docs"], "no file in docs names documents"),
    "an index that names none": (
        {"INDEX.md": "# Index\n\n| A | B |\n| - | - |\n| 1 | 2 |\n", "a.md": "# A\n"},
        ["INDEX.md"],
        "INDEX.md and the documents do not relate: it names no file that is there",
    ),
    "an index of documents above it": (
        {"x/docs/README.md": "- [a](../a.md)\n- [b](../b.md)\n", "x/a.md": "# A\n", "x/b.md": "# B\n"},
        ["x/docs/README.md"],
        "x/docs/README.md names 2 files, all outside of its own folder, where the globs of a contract do not reach",
    ),
    "an index of a document beside its folder": (
        {"docs/README.md": "- [a](../a/a.md)\n", "a/a.md": "# A\n"},
        ["docs/README.md"],
        "without `documents` yourself, or move the index to the root of the project",
    ),
    "an index of other documents": (
        {"INDEX.md": "- [a](a.md)\n- [b](b.md)\n- [c](c.md)\n", "a.md": "# A\n"},
        ["--index", "INDEX.md"],
        "INDEX.md and the documents do not relate: 1 of its entries lead to a file, 2 do not",
    ),
    "an index that is not there": (
        {"a.md": "# A\n"},
        ["--index", "x.md"],
        "x.md cannot be read: there is no such file",
    ),
    "a folder that is not there": ({}, ["nope"], "nope: there is no such file or folder"),
    "a folder that is not there for a new index": ({}, ["nope", "--new"], "nope: there is no such file or folder"),
    "an index that is a folder": ({"x/a.md": "# A\n"}, ["--index", "x"], "the index x cannot be read"),
}


@pytest.mark.parametrize("what", UNRELATED)
def test_what_does_not_relate_is_said(what: str, init: Init, tmp_path: Path) -> None:
    files, arguments, message = UNRELATED[what]
    done = init({"keep.txt": "x", **files}, *arguments)
    assert done.code == 2
    assert message in done.err
    assert not (tmp_path / "indexlint.yaml").exists()


def test_in_git_only_tracked_files_count(init: Init, tmp_path: Path) -> None:
    write(tmp_path, {**series(4), ".gitignore": "x\n"})
    commit_all(tmp_path)
    done = init({"p-0005.md": "not tracked\n"})
    assert done.code == 0
    assert "4 that the index names\n" in contract(tmp_path)
    assert done.err.startswith("checked 1 index, 4 entries, 4 documents")


def test_the_first_check_is_the_check(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = series(12)
    files["p-0003.md"] = files["p-0003.md"].replace("Title 3", "Other")
    del files["p-0007.md"]
    said = init(files).out.splitlines()[-1]
    found = codes(run, tmp_path)
    assert said.startswith("first check: ")
    for code in set(found):
        assert f"{found.count(code)} " in said
        assert f"({code})" in said


def test_a_document_is_never_touched(init: Init, tmp_path: Path) -> None:
    files = series(4, index="INDEX.md")
    init(files)
    init({}, "--force")
    for name, text in files.items():
        if name != "INDEX.md":
            assert (tmp_path / name).read_text("utf-8") == text


def test_the_mode_of_an_index_stays(init: Init, tmp_path: Path) -> None:
    write(tmp_path, series(4, index="INDEX.md"))
    (tmp_path / "INDEX.md").chmod(0o640)
    init({})
    assert (tmp_path / "INDEX.md").stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_written_is_one_line(init: Init, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    done = init(series(4))
    assert done == Run(2, "", "indexlint: indexlint.yaml cannot be written: No space left on device\n")
    assert not [name for name in os.listdir(tmp_path) if "indexlint" in name]


def test_the_report_of_a_run_can_be_read_by_programs(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    init(series(4))
    report: dict[str, Any] = run(tmp_path).report
    assert json.loads(json.dumps(report))["checked"]["entries"] == 4


def test_links_into_the_own_host(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    row = "| [{0:04}](https://github.com/o/r/blob/main/p-{0:04}.md) | {1} | Final |"
    assert init(series(6, row=row, text="---\ntitle: {1}\n---\nText {0}.\n")).code == 0
    assert "6 that the index names" in contract(tmp_path)
    assert codes(run, tmp_path) == []


def test_pages_that_are_linked_by_their_names(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    row = "- [{0:04}: {1}](f/{0:04}-x/README.md) more"
    files = series(6, row=row, path="f/{0:04}-x/README.md", text="# {1}\n\nText {0}.\n", head="# List\n")
    files["f/0007-x/README.md"] = "# Not listed\n"
    files["f/0003-x/README.md"] = "# Another\n"
    init(files)
    assert 'documents: "f/[0-9][0-9][0-9][0-9]-*/README.md"  # 6 that the index names; 1 more found' in contract(
        tmp_path
    )
    assert codes(run, tmp_path) == ["MT108", "IX104"]


def test_a_heading_above_that_says_what_the_documents_do(
    init: Init, run: Callable[..., Result], tmp_path: Path
) -> None:
    files = {}
    parts = []
    for state in ("Draft", "Final"):
        parts.append(f"## {state} ones\n")
        for number in range(1, 7):
            name = f"{state}-{'abcdef'[number - 1]}"
            parts.append(f"- [{name}]({name}.md)")
            files[f"{name}.md"] = f"---\ntitle: {name}\nstate: {state}\n---\nText of {name}.\n"
        parts.append("")
    init({"README.md": "\n".join(parts), **files})
    assert fields(contract(tmp_path)) == [
        "title: {column: link.text, document: header.title}  # 12 of 12 agree",
        'section: {document: header.state, strip: " ones$"}  # 12 of 12 agree',
    ]
    assert codes(run, tmp_path) == []
    write(tmp_path, {"Draft-a.md": "---\ntitle: Draft-a\nstate: Final\n---\nText.\n"})
    assert codes(run, tmp_path) == ["MT108"]


def test_a_column_that_repeats_the_text_of_the_link_is_compared_once(
    init: Init, run: Callable[..., Result], tmp_path: Path
) -> None:
    files = {f"{name}.md": f"# {name} tree\n" for name in ("ash", "birch", "cedar", "date", "elm", "fir")}
    rows = [f"| [{name} tree]({name}.md) | x |" for name in ("ash", "birch", "cedar")]
    items = [f"- [{name} tree]({name}.md)" for name in ("date", "elm", "fir")]
    init({"README.md": "\n".join(["| Title | Y |", "| - | - |", *rows, "", *items, ""]), **files})
    assert fields(contract(tmp_path)) == ["title: {column: link.text, document: heading}  # 6 of 6 agree"]
    write(tmp_path, {"ash.md": "# Other\n"})
    assert codes(run, tmp_path) == ["MT108"]


def test_what_cannot_be_read_is_passed_over(init: Init, tmp_path: Path) -> None:
    files = series(8)
    write(tmp_path, {**files, "docs/README.md": "x"})
    commit_all(tmp_path)
    (tmp_path / "p-0002.md").unlink()
    (tmp_path / "docs/README.md").unlink()
    done = init({})
    assert done.code == 0
    assert "7 joined" in done.out


def test_the_best_of_two_indexes_of_the_same_documents_is_taken(init: Init, tmp_path: Path) -> None:
    files = series(9)
    few = "".join(f"- [Title {number}](p-{number:04}.md)\n" for number in range(1, 6))
    init({**files, "SUMMARY.md": few})
    assert [line for line in contract(tmp_path).splitlines() if "- index" in line] == ["  - index: README.md"]


def test_names_of_columns_that_yaml_would_take_for_something_else(
    init: Init, run: Callable[..., Result], tmp_path: Path
) -> None:
    head = '| No | Yes: "x" | \u2028b |\n| - | - | - |'
    row = "| [{0:04}](p-{0:04}.md) | {1} | k{0} |"
    text = "---\nno: '{0:04}'\nt: {1}\nk: k{0}\n---\nText {0}.\n"
    init(series(5, head=head, row=row, text=text))
    assert 'id: {column: "No", document: [name.id, header.no]}' in contract(tmp_path)
    assert (
        fields(contract(tmp_path))[0] == '"yes:-\\"x\\"": {column: "Yes: \\"x\\"", document: header.t}  # 5 of 5 agree'
    )
    assert "CF101" not in codes(run, tmp_path)


def test_an_index_by_its_name_may_name_few(init: Init, run: Callable[..., Result], tmp_path: Path) -> None:
    files = {"INDEX.md": "| Name |\n| - |\n| [A](a.md) |\n", "a.md": "# A\n", "b.md": "# B\n"}
    assert init(files).code == 0
    assert (tmp_path / "INDEX.md").read_text("utf-8").startswith('---\nmanifest: 1\ndocuments: "*.md"')
    assert codes(run, tmp_path) == ["IX104"]


def test_an_index_of_other_documents_is_none_whatever_its_name(init: Init) -> None:
    files = {"INDEX.md": "- [a](a.md)\n- [b](b.md)\n- [c](c.md)\n- [d](d.md)\n", "a.md": "# A\n"}
    assert init(files).code == 2


def test_an_index_that_git_does_not_track_yet(init: Init, tmp_path: Path) -> None:
    files = series(4, index="INDEX.md")
    index = files.pop("INDEX.md")
    write(tmp_path, files)
    commit_all(tmp_path)
    assert init({"INDEX.md": index}).code == 0
    assert (tmp_path / "INDEX.md").read_text("utf-8").startswith("---\nmanifest: 1\n")


def test_indexes_that_have_a_contract_are_passed_over(init: Init, tmp_path: Path) -> None:
    old = "---\nmanifest: 1\n---\n- [A](a.md)\n"
    done = init({"old/INDEX.md": old, "old/a.md": "# A\n", **series(4, index="INDEX.md")})
    assert done.code == 0
    assert (tmp_path / "old/INDEX.md").read_text("utf-8") == old
    done = init({})
    assert (done.code, done.out) == (2, "")
    assert "INDEX.md has a contract already" in done.err
    done = init({}, "--index", "old/INDEX.md")
    assert done.err == "indexlint: old/INDEX.md has a contract already, in old/INDEX.md: --force replaces it\n"


def test_a_configuration_that_lists_the_index_stays(init: Init, tmp_path: Path) -> None:
    config = "corpora:\n  - index: INDEX.md # mine\n"
    assert init({**series(4, index="INDEX.md"), "indexlint.yaml": config}, "--force").code == 0
    assert contract(tmp_path) == config
    assert (tmp_path / "INDEX.md").read_text("utf-8").startswith("---\nmanifest: 1\n")


def test_placeholders_do_not_spoil_the_order(init: Init, tmp_path: Path) -> None:
    files = series(9)
    files["README.md"] += "| - | [Title 3](p-0003.md) | Final |\n"
    init(files)
    assert "order: id  # 9 of 9 in order" in contract(tmp_path)


def test_links_to_nothing_make_no_index(init: Init) -> None:
    links = "".join(f"- [x](https://github.com/o/r/blob/main/{name}.md)\n- [y]({name}.md)\n" for name in "abc")
    assert init({"README.md": links, "x.md": "# X\n"}).code == 2


def test_what_is_printed_replaces_nothing(init: Init, tmp_path: Path) -> None:
    init(series(4))
    before = contract(tmp_path)
    done = init({}, "--stdout")
    assert (done.code, contract(tmp_path)) == (0, before)
    assert done.out == before.partition("\n")[2]


@pytest.mark.parametrize("index", ["INDEX.md", "list.csv"])
def test_a_tracked_index_that_is_not_on_disk_is_none(index: str, init: Init, tmp_path: Path) -> None:
    write(tmp_path, {index: "no links\n", "a.md": "# A\n"})
    commit_all(tmp_path)
    (tmp_path / index).unlink()
    done = init({}, "--stdout")
    assert (done.code, done.out) == (2, "")
    assert "no file in this project names documents that are there" in done.err


# Titles that are one and the same, or markup, are no evidence of anything.
WORDS = st.from_regex(r"[a-i][a-i -]{1,12}[a-i]", fullmatch=True)
TITLES = st.lists(WORDS, min_size=4, max_size=9, unique=True)


@pytest.mark.slow
@given(titles=TITLES, padded=st.booleans(), listed=st.booleans(), dialect=st.sampled_from(["yaml", "fenced", "none"]))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_agrees_is_learned_and_checks_clean(
    titles: list[str],
    padded: bool,  # noqa: FBT001 - hypothesis gives them
    listed: bool,  # noqa: FBT001
    dialect: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    run: Callable[..., Result],
) -> None:
    folder = tmp_path_factory.mktemp("learned")
    width = 4 if padded else 1
    head = {"yaml": "---\ntitle: '{}'\n---\n", "fenced": "```\nTitle: {}\nKind: x\n```\n", "none": "# {}\n"}[dialect]
    lines = ["# List", ""] if listed else ["| No. | Title |", "| - | - |"]
    for number, title in enumerate(titles, 1):
        name = f"p-{number:0{width}}.md"
        write(folder, {name: f"{head.format(title)}\nText {number}.\n"})
        lines.append(f"- [{title}]({name})" if listed else f"| [{number:0{width}}]({name}) | {title} |")
    write(folder, {"README.md": "\n".join([*lines, ""])})
    monkeypatch.chdir(folder)
    assert main(["init"]) == 0
    first = contract(folder)
    assert main(["init", "--force"]) == 0
    assert contract(folder) == first
    assert "title: {" in first
    assert [code for code in run(folder).codes if code != "ID105"] == []


@pytest.mark.slow
def test_ten_thousand_entries_take_less_than_ten_seconds(tmp_path: Path) -> None:
    write(tmp_path, series(10_000, text="---\nid: '{0:04}'\ntitle: {1}\nstatus: Final\n---\n# {1}\n\nText {0}.\n"))
    before = os.times()
    # As a process of its own: here whatever measures the coverage of the tests would be measured too.
    subprocess.run(
        [sys.executable, "-m", "validator", "init"], cwd=tmp_path, env={**CLEAN, "PYTHONPATH": str(ROOT)}, check=True
    )
    after = os.times()
    assert after.children_user + after.children_system - before.children_user - before.children_system < 10
    assert "title: {document: header.title, required: true}  # 10,000 of 10,000 agree" in contract(tmp_path)


def test_a_project_of_pyproject_gets_its_contract_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"| [Note {number}](n{number}.md) |\n" for number in range(4))
    notes: Files = {f"n{number}.md": f"# Note {number}\n" for number in range(4)}
    pyproject = '[[tool.indexlint.corpora]]\nindex = "README.md"\n'
    write(tmp_path, {**notes, "README.md": f"| Title |\n| - |\n{rows}", "pyproject.toml": pyproject})
    commit_all(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--force"]) == 2
    assert "use --stdout, and copy" in capsys.readouterr().err
    assert main(["init", "--stdout"]) == 0
    assert "heading" in capsys.readouterr().out
    assert (tmp_path / "pyproject.toml").read_text() == pyproject
    assert not (tmp_path / "indexlint.yaml").exists()
