"""ID104: index, file name and header do not state one ID."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Files, Result, brief

HEAD = "| ID | Title |\n| -- | ----- |\n"
FRONT = '---\nmanifest: 1\ndocuments: "*.md"\n'
NAME = 'name: "{id}.md"\n'
HEADER = "delimiters: {header: yaml}\n"


def _index(contract: str, *rows: str, head: str = HEAD) -> str:
    return f"{FRONT}{contract}---\n{head}" + "".join(f"{row}\n" for row in rows)


def _headed(identity: str, title: str = "A") -> str:
    return f"---\nid: {identity}\n---\n# {title}\n"


SAME: dict[str, Files] = {
    "index and name": {"INDEX.md": _index(NAME, "| [1](1.md) | A |"), "1.md": "# A\n"},
    "index and header": {"INDEX.md": _index(HEADER, "| [1](a.md) | A |"), "a.md": _headed("1")},
    "quoted in the header": {"INDEX.md": _index(HEADER, "| [007](a.md) | A |"), "a.md": _headed("'007'")},
    "bare in the header": {"INDEX.md": _index(HEADER, "| [1F](a.md) | A |"), "a.md": _headed("1F")},
    "all three": {"INDEX.md": _index(NAME + HEADER, "| [1](1.md) | A |"), "1.md": _headed("1")},
    "in code, in bold": {"INDEX.md": _index(NAME, "| [**`1`**](1.md) | A |"), "1.md": "# A\n"},
    "unpadded": {"INDEX.md": _index(f"{NAME}id: {{normalize: unpad}}\n", "| [7](007.md) | A |"), "007.md": "# A\n"},
    "folded": {"INDEX.md": _index(f"{NAME}id: {{normalize: casefold}}\n", "| [AB](ab.md) | A |"), "ab.md": "# A\n"},
    "stripped": {
        "INDEX.md": _index(f"{HEADER}id: {{normalize: strip}}\n", "| [1](a.md) | A |"), "a.md": _headed('" 1 "'),
    },
    "folded and unpadded": {
        "INDEX.md": _index(f"{NAME}id: {{normalize: [casefold, unpad]}}\n", "| [CIP-7](cip-0007.md) | A |"),
        "cip-0007.md": "# A\n",
    },
    "behind a word": {
        "INDEX.md": _index(f"{NAME}{HEADER}id: {{normalize: [unprefix, unpad]}}\n", "| [ADR-7](007.md) | A |"),
        "007.md": _headed("7"),
    },
    "in another Unicode form": {"INDEX.md": _index(HEADER, "| [\u00e4](a.md) | A |"), "a.md": _headed("a\u0308")},
    "a document that states none": {"INDEX.md": _index(HEADER, "| [1](a.md) | A |"), "a.md": "---\nx: 1\n---\n# A\n"},
    "an index that states none": {
        "INDEX.md": _index(NAME, "| [A](1.md) |", head="| Title |\n| - |\n"), "1.md": "# A\n",
    },
    "a contract that looks at the header alone": {
        "INDEX.md": _index(f"{NAME}{HEADER}id: {{document: header.id}}\n", "| [1](2.md) | A |"), "2.md": _headed("1"),
    },
}  # fmt: skip


@pytest.mark.parametrize("files", SAME.values(), ids=SAME)
def test_one_id_on_all_sides_is_fine(files: Files, check: Callable[..., Result]) -> None:
    assert check(files).findings == []


DIFFERENT = {
    "name": (NAME, "2.md", "# A\n", None),
    "header": (HEADER, "a.md", _headed("2"), 2),
    "padding": (HEADER, "a.md", _headed("'01'"), 2),
    "case": (HEADER, "a.md", _headed("A"), 2),
}


@pytest.mark.parametrize(("contract", "name", "text", "line"), DIFFERENT.values(), ids=DIFFERENT)
def test_the_index_against_one_side_of_the_document(
    contract: str, name: str, text: str, line: int | None, check: Callable[..., Result]
) -> None:
    mine = "a" if "id: A" in text else "1"
    result = check({"INDEX.md": _index(contract, f"| [{mine}]({name}) | A |"), name: text})
    assert brief(result) == ["ID104 INDEX.md:8:3-8:12"]
    finding = result.only()
    stated = {"2.md": "2"}.get(name) or text.split("\n")[1].removeprefix("id: ").strip("'")
    assert (finding["id"], finding["field"], finding["document"]) == (mine, "id", name)
    assert finding["values"] == {"index": mine, "document": stated}
    assert [(spot["path"], spot["line"]) for spot in finding["related"]] == [(name, line)]


def test_an_id_column_of_its_own_is_the_place(check: Callable[..., Result]) -> None:
    head = "| Title | Key |\n| - | - |\n"
    result = check(
        {"INDEX.md": _index(f"{NAME}id: {{column: key}}\n", "| [A](1.md) | `2` |", head=head), "1.md": "# A\n"}
    )
    assert brief(result) == ["ID104 INDEX.md:9:15-9:18"]


def test_the_header_alone_says_otherwise(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": _index(NAME + HEADER, "| [1](1.md) | A |"), "1.md": _headed("2")})
    assert brief(result) == ["ID104 1.md:2:5-2:6"]
    finding = result.only()
    assert finding["message"] == "`header.id` says ID '2', the index and the file name say '1'"
    assert finding["values"] == {"index": "1", "document": "2"}
    assert [(spot["path"], spot["line"]) for spot in finding["related"]] == [("INDEX.md", 9), ("1.md", None)]


def test_the_file_name_alone_says_otherwise(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": _index(NAME + HEADER, "| [2](1.md) | A |"), "1.md": _headed("2")})
    assert brief(result) == ["ID104 1.md"]
    assert [(spot["path"], spot["line"]) for spot in result.only()["related"]] == [("INDEX.md", 9), ("1.md", 2)]


def test_the_index_alone_says_otherwise(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": _index(NAME + HEADER, "| [2](1.md) | A |"), "1.md": _headed("1")})
    assert brief(result) == ["ID104 INDEX.md:9:3-9:12"]
    assert [(spot["path"], spot["line"]) for spot in result.only()["related"]] == [("1.md", None), ("1.md", 2)]


def test_each_says_something_else(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": _index(NAME + HEADER, "| [3](1.md) | A |"), "1.md": _headed("2")})
    assert brief(result) == ["ID104 INDEX.md:9:3-9:12"]
    assert result.only()["message"] == "the index says ID '3', the file name says '1', `header.id` says '2'"


@pytest.mark.parametrize(
    ("row", "others"), [("| [A](1.md) |", []), ("| [B](b.md) |", ["IX104"])], ids=["listed", "unlisted"]
)
def test_a_document_contradicts_itself_where_the_index_states_nothing(
    row: str, others: list[str], check: Callable[..., Result]
) -> None:
    index = _index(NAME + HEADER, row, head="| Title |\n| ----- |\n")
    files = {"INDEX.md": index, "1.md": _headed("2")} | ({"b.md": _headed("b", "B")} if others else {})
    result = check(files)
    assert sorted(result.codes) == ["ID104", *others]
    finding = next(finding for finding in result.findings if finding["code"] == "ID104")
    assert (finding["path"], finding["line"], finding["document"]) == ("1.md", None, "1.md")
    assert [(spot["path"], spot["line"]) for spot in finding["related"]] == [("1.md", 2)]
    assert finding["values"] == {"index": None, "document": "1"}


SAID_OTHERWISE: dict[str, tuple[Files, list[str]]] = {
    "a renamed document": (
        {"INDEX.md": _index(NAME, "| [1](1.md) | A |"), "2.md": "# A\n"}, ["IX105"],
    ),
    "a wrong link": (
        {"INDEX.md": _index(NAME, "| [1](2.md) | A |", "| [2](2.md) | B |"), "1.md": "# A\n", "2.md": "# B\n"},
        ["IX108"],
    ),
    "an ID that two documents share": (
        {"INDEX.md": _index(HEADER, "| [1](a.md) | A |", "| [2](b.md) | B |"), "a.md": _headed("1"),
         "b.md": _headed("1", "B")},
        ["ID103"],
    ),
    "an ID off the pattern in the index": (
        {"INDEX.md": _index(f"{NAME}id: {{pattern: '[0-9]'}}\n", "| [x](1.md) | A |"), "1.md": "# A\n"}, ["ID102"],
    ),
    "an ID off the pattern in the document": (
        {"INDEX.md": _index(f"{NAME}id: {{pattern: '[0-9]'}}\n", "| [1](x.md) | A |"), "x.md": "# A\n"}, ["ID102"],
    ),
    "an empty one": (
        {"INDEX.md": _index(NAME + HEADER, "| [1](1.md) | A |"), "1.md": _headed("")}, ["ID101"],
    ),
    "one on a line that is not UTF-8": (
        {"INDEX.md": _index(HEADER, "| [1](a.md) | A |"), "a.md": b"---\nid: x\xff\n---\n# A\n"}, ["FS101"],
    ),
    "one that stands twice": (
        {"INDEX.md": _index(HEADER, "| [1](a.md) | A |"), "a.md": "---\nid: 1\nid: 2\n---\n# A\n"}, ["MT103"],
    ),
    "a cell behind a stray pipe": (
        {"INDEX.md": _index(NAME, "| [A](1.md) | x | 2 |", head="| Title | ID |\n| - | - |\n"), "1.md": "# A\n"},
        ["DL113"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "codes"), SAID_OTHERWISE.values(), ids=SAID_OTHERWISE)
def test_what_another_finding_says_is_not_said_again(
    files: Files, codes: list[str], check: Callable[..., Result]
) -> None:
    assert check(files).codes == codes


def test_a_cell_before_the_fault_of_its_row_is_compared(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": _index(NAME, "| [2](1.md) | A | x |"), "1.md": "# A\n"})
    assert brief(result) == ["ID104 INDEX.md:8:3-8:12", "DL113 INDEX.md:8:19-8:20"]


def test_of_two_rows_for_one_document_the_first_is_compared(check: Callable[..., Result]) -> None:
    index = _index(HEADER, "| [2](a.md) | A |", "| [3](a.md) | A |")
    result = check({"INDEX.md": index, "a.md": _headed("1")})
    assert brief(result) == ["ID104 INDEX.md:8:3-8:12", "IX106 INDEX.md:9:1-9:18"]


@pytest.mark.parametrize(
    ("contract", "codes"),
    [
        ("", ["ID104"]),
        ("---\nmanifest: 1\n---\n", ["ID104"]),
        ("---\nmanifest: 1\nid: {column: ID}\n---\n", ["ID104"]),
        ("---\nmanifest: 1\ndelimiters: {header: none}\n---\n", ["DL102"]),
    ],
    ids=["no contract", "an empty one", "a column", "no headers"],
)
def test_the_column_of_the_ids_is_bound_to_the_key_of_that_name(
    contract: str, codes: list[str], check: Callable[..., Result]
) -> None:
    index = f"{contract}| ID | Title |\n| -- | ----- |\n| [1](a.md) | A |\n"
    assert check({"INDEX.md": index, "a.md": "---\nid: 1\n---\n# A\n"}).codes in ([], ["DL102"])
    assert check({"INDEX.md": index, "a.md": "---\nid: 2\n---\n# A\n"}).codes == codes
    assert check({"INDEX.md": index, "a.md": "---\nid:\n---\n# A\n"}).codes in ([], ["DL102"])
    assert check({"INDEX.md": index, "a.md": "# A\n"}).codes == []


@pytest.mark.parametrize("key", ["id", "ID", "Id", "I-D"])
@pytest.mark.parametrize("header", ["", "header: yaml", "header: rfc822"])
def test_the_key_of_the_ids_may_be_written_as_any_other(key: str, header: str, check: Callable[..., Result]) -> None:
    contract = f"---\nmanifest: 1\ndelimiters: {{{header}}}\n---\n"
    index = f"{contract}| ID | Title |\n| -- | ----- |\n| [1](a.md) | A |\n"
    block = f"{key}: 2\n\n" if "rfc822" in header else f"---\n{key}: 2\n---\n"
    assert check({"INDEX.md": index, "a.md": f"{block}# A\n"}).codes == ["ID104"]


def test_a_key_that_the_contract_names_is_written_so(check: Callable[..., Result]) -> None:
    index = "---\nmanifest: 1\nid: {document: header.id}\n---\n| ID |\n| -- |\n| [1](a.md) |\n"
    assert check({"INDEX.md": index, "a.md": "---\nID: 1\n---\n# A\n"}).codes == ["ID101"]


@pytest.mark.parametrize(
    ("stated", "own", "times"),
    [("ADR-1", "1", 1), ("ADR-01", "1", 1), ("01", "1", 0), ("ADR-2", "1", 0), ("ADR-1", "adr-1", 0)],
)
def test_it_tells_what_a_contract_says_of_a_word_before_the_number(
    stated: str, own: str, times: int, render_example: Callable[[str, str], str]
) -> None:
    index = f"{HEAD}| [{stated}](a.md) | A |\n"
    report = render_example(f"-- INDEX.md --\n{index}-- a.md --\n{_headed(repr(own))}", "full")
    assert "ID104" in report
    assert report.count("`id: {normalize: [unprefix, unpad]}`") == times
