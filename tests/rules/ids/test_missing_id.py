"""ID101: a document or an entry states no ID, where the contract declares a source that then says nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Files, Result, brief

HEAD = "| ID | Title |\n| -- | ----- |\n"
ROW = "| [1](1-a.md) | A |\n"


def _index(contract: str, rows: str = ROW, head: str = HEAD) -> str:
    return f'---\nmanifest: 1\ndocuments: "*.md"\n{contract}\n---\n{head}{rows}'


NAME = 'name: "{id}-{slug}.md"'
HEADER = "delimiters: {header: yaml}"
PATTERN = f'{HEADER}\nid: {{pattern: "[0-9]+"}}'
REQUIRED = f"{HEADER}\nid: {{document: header.id}}"
HEADED = "---\nid: 1\n---\n# A\n"
SILENT: dict[str, Files] = {
    "nothing is declared": {"INDEX.md": f"{HEAD}| [-](1-a.md) | A |\n", "1-a.md": "# A\n"},
    "a header that may lack it": {"INDEX.md": _index(HEADER), "1-a.md": "---\ntitle: A\n---\n# A\n"},
    "a template without the field": {"INDEX.md": _index('name: "{slug}.md"'), "1-a.md": "# A\n"},
    "an index without the column": {"INDEX.md": _index(NAME, "| [A](1-a.md) |\n", "| T |\n| - |\n"), "1-a.md": "# A\n"},
    "a cell behind a fault of the row": {
        "INDEX.md": _index(f"{NAME}\nid: {{column: ID}}", "| [A](1-a.md) | |\n", "| T | x | ID |\n| - | - | - |\n"),
        "1-a.md": "# A\n",
    },
    "a row that only holds a place": {"INDEX.md": _index(f"{NAME}\nid: {{column: ID}}", f"{ROW}| - | - |\n"),
        "1-a.md": "# A\n"},
    "a required one that is there": {"INDEX.md": _index(REQUIRED), "1-a.md": HEADED},
    "no header where one is wanted": {"INDEX.md": _index(REQUIRED), "1-a.md": "# A\n"},
    "a header that is no mapping": {"INDEX.md": _index(REQUIRED), "1-a.md": "---\n- id\n---\n# A\n"},
    "a header that does not parse there": {"INDEX.md": _index(REQUIRED), "1-a.md": "---\nid: [1\n---\n# A\n"},
    "a header that is never closed": {"INDEX.md": _index(REQUIRED), "1-a.md": "---\nid: 1\n# A\n"},
    "a line that is not UTF-8": {"INDEX.md": _index(REQUIRED), "1-a.md": b"---\nid: \xff\n---\n# A\n"},
    "a header without one, where no document has one": {
        "INDEX.md": _index(PATTERN, f"{ROW}| [2](2-b.md) | B |\n"),
        "1-a.md": "---\ntitle: A\n---\n# A\n", "2-b.md": "---\ntitle: B\n---\n# B\n",
    },
    "an empty document beside one that states its ID": {
        "INDEX.md": _index(PATTERN, f"{ROW}| [2](2-b.md) | B |\n"), "1-a.md": HEADED, "2-b.md": "",
    },
    "an empty document": {"INDEX.md": _index(REQUIRED), "1-a.md": ""},
    "a renamed document": {"INDEX.md": _index(f"{NAME}\nid: {{column: ID}}"), "a.md": "# A\n"},
}  # fmt: skip
DOCUMENTS = {
    "a name off the template": (_index(NAME, "| [1](a.md) | A |\n"), "a.md", "# A\n", "a.md", 4),
    "a name that lacks digits": (
        _index('name: "{id:03}-{slug}.md"', "| [01](01-a.md) | A |\n"), "01-a.md", "# A\n", "01-a.md", 4,
    ),
    "no key": (_index(REQUIRED), "1-a.md", "---\ntitle: A\n---\n# A\n", "1-a.md:2:1-3:1", 5),
    "an empty key": (_index(REQUIRED), "1-a.md", "---\nid:\n---\n# A\n", "1-a.md:2:1-2:3", 5),
    "an empty key of a header that may lack it": (
        _index(HEADER), "1-a.md", '---\nid: ""\n---\n# A\n', "1-a.md:2:1-2:3", None,
    ),
    "an empty key where a pattern is declared": (
        _index(f'{HEADER}\nid: {{pattern: "[0-9]+"}}'), "1-a.md", '---\nid: " "\n---\n# A\n', "1-a.md:2:5-2:8", 5,
    ),
}  # fmt: skip


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_what_is_not_declared_or_said_otherwise_is_fine(files: Files, check: Callable[..., Result]) -> None:
    assert "ID101" not in check(files).codes


@pytest.mark.parametrize(("index", "name", "text", "where", "declared"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_that_states_no_id(
    index: str, name: str, text: str, where: str, declared: int | None, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": index, name: text})
    assert brief(result) == [f"ID101 {where}"], result.findings
    finding = result.only()
    assert finding["document"] == name
    assert finding["id"] == ("01" if name.startswith("01") else "1")
    assert [(spot["path"], spot["line"]) for spot in finding["related"]] == [("INDEX.md", declared)]


@pytest.mark.parametrize(
    ("cell", "where"), [("", "9:18-9:19"), ("-", "9:17-9:18"), ("–", "9:17-9:18"), ("n/a", "9:17-9:20")]
)
def test_an_entry_that_states_no_id(cell: str, where: str, check: Callable[..., Result]) -> None:
    head = "| Title | ID |\n| ----- | -- |\n"
    result = check({"INDEX.md": _index(f"{NAME}\nid: {{column: ID}}", f"| [A](1-a.md) | {cell} |\n", head),
                    "1-a.md": "# A\n"})  # fmt: skip
    assert brief(result) == [f"ID101 INDEX.md:{where}"]
    finding = result.only()
    assert finding["document"] == finding["related"][0]["path"] == "1-a.md"


def test_both_sides_are_silent(check: Callable[..., Result]) -> None:
    index = _index(f"{REQUIRED[:-1]}, column: ID}}", "| | [A](1-a.md) |\n")
    result = check({"INDEX.md": index, "1-a.md": "---\ntitle: A\n---\n# A\n"})
    assert brief(result) == ["ID101 1-a.md:2:1-3:1", "ID101 INDEX.md:9:3-9:4"]


def test_an_unlisted_document_off_the_template_lacks_both(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": _index(NAME), "1-a.md": "# A\n", "notes.md": "# Notes\n"})
    assert brief(result) == ["IX104 INDEX.md:8:1-8:20", "ID101 notes.md"]


def test_one_of_several_that_says_nothing_anywhere_is_found(check: Callable[..., Result]) -> None:
    rows = f"{ROW}| [2](2-b.md) | B |\n"
    found = check({"INDEX.md": _index(PATTERN, rows), "1-a.md": HEADED, "2-b.md": "---\ntitle: B\n---\n# B\n"}).only()
    assert (found["code"], found["path"], found["line"], found["id"]) == ("ID101", "2-b.md", None, "2")
    assert [spot["line"] for spot in found["related"]] == [10, 5]
