"""IX113: an entry that names no document, or two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

TABLE = "| Title | Note |\n| ----- | ---- |\n| [A](a.md) | x |\n"
FRONT = '---\nmanifest: 1\ndocuments: "*-*.md"\nname: "{id}-{slug}.md"\nid: {column: ID%s}\n---\n'
BY_ID = "| Title | ID | Note |\n| ----- | -- | ---- |\n| A | 1 | x |\n"
APPLES = {"1-a.md": "# A\n"}
PLACES = [
    "| - | |",
    "| TBD | |",
    "| tba | n/a |",
    "| reserved | - |",
    "| Reserved. | |",
    "| (reserved) | Jane |",
    "| _Does not exist_ | |",
    "| **TODO** | |",
    "| `-` | — |",
    "| … | |",
    "| | |",
    "|  &nbsp; | |",
]
PLACES_BY_ID = [
    "| reserved | 2 | |",
    "| TBD | 2 | Jane |",
    "| _Does not exist_ | 2 | - |",
    "| - | 2 | - |",
    "| | 2 | |",
    "| Pears | TBD | |",
    "| Pears | - | Jane |",
    "| Pears | reserved | Jane |",
    "| | | |",
]
KEYLESS = {
    "a title alone": ("| B | |", "4:1-4:8"),
    "a title and an empty note": ("| B | - |", "4:1-4:10"),
    "a picture": ("| ![B](b.png) | |", "4:1-4:18"),
    "words that only begin like a held place": ("| Reserved seats | |", "4:1-4:21"),
}


@pytest.mark.parametrize("row", PLACES)
def test_a_row_that_only_holds_a_place_is_no_entry(row: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{TABLE}{row}\n", "a.md": "# A\n"})
    assert result.findings == []
    assert result.report["checked"]["entries"] == 1


@pytest.mark.parametrize("row", PLACES_BY_ID)
def test_a_row_of_an_id_that_only_holds_a_place_is_no_entry(row: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT % ''}{BY_ID}{row}\n", **APPLES})
    assert result.findings == []
    assert result.report["checked"]["entries"] == 1


@pytest.mark.parametrize("row", ["| Pears | 2 | - |", "| Pears | 2 | TBD |", "| | 2 | |", "| - | 2 | - |"])
def test_a_row_whose_id_a_document_has_is_an_entry(row: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT % ''}{BY_ID}{row}\n", **APPLES, "2-b.md": "# Pears\n"}, "--ignore", "MT110")
    assert result.findings == []
    assert result.report["checked"]["entries"] == 2


def test_a_document_behind_a_reserved_row_is_not_listed(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT % ''}{BY_ID}| reserved | 2 | |\n", **APPLES, "2-b.md": "# Pears\n"})
    assert result.codes == ["IX104"]


def test_ids_alone_are_entries(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT % ''}| ID |\n| -- |\n| 1 |\n| 2 |\n", **APPLES})
    assert brief(result) == ["IX103 INDEX.md:10:3-10:4"]


@pytest.mark.parametrize("item", ["- [B](https://example.org/)", "- [B](#b)", "- no link at all"])
def test_an_item_that_leads_elsewhere_is_no_entry(item: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"- [A](a.md)\n{item}\n", "a.md": "# A\n"})
    assert result.findings == []
    assert result.report["checked"]["entries"] == 1


@pytest.mark.parametrize(("row", "where"), KEYLESS.values(), ids=KEYLESS)
def test_a_row_without_link_and_id_is_found_as_a_whole(row: str, where: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{TABLE}{row}\n", "a.md": "# A\n"})
    assert brief(result) == [f"IX113 INDEX.md:{where}"]
    assert (result.only()["id"], result.only()["document"]) == (None, None)


HELP = {
    "a blank in the target": ("[B](my file.md)", "write (<my file.md>)\n"),
    "behind a picture": ("![B](my b.png) [B](my file.md)", "write (<my file.md>)\n"),
    "a picture alone": ("![B](my b.png)", "link the document; "),
    "words in brackets": ("[B] (my file.md)", "link the document; "),
    "a link that is escaped": ("\\[B](x.md)", "link the document; "),
}


@pytest.mark.parametrize(("cell", "advice"), HELP.values(), ids=HELP)
def test_the_advice_says_what_is_amiss(cell: str, advice: str, render_example: Callable[[str, str], str]) -> None:
    example = f"-- INDEX.md --\n{TABLE}| {cell} | |\n-- a.md --\n# A\n-- my file.md --\n# B\n"
    assert advice in render_example(example, "full")


def test_a_row_without_a_link_whose_id_is_blank_has_no_second_finding(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": f"{FRONT % ''}{BY_ID}| Pears | | Jane |\n", **APPLES})
    assert brief(result) == ["IX113 INDEX.md:10:1-10:19"]


def test_an_id_that_two_documents_may_share_names_neither(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{FRONT % ', unique: false'}{BY_ID}| B | 2 | x |\n", **APPLES}
    result = check({**files, "2-b, c.md": "# B\n", "2-d.md": "# D\n"})
    assert brief(result) == ["IX113 INDEX.md:10:7-10:8"]
    assert result.only()["id"] == "2"
    assert [spot["path"] for spot in result.only()["related"]] == ["2-b, c.md", "2-d.md"]


def test_each_of_two_such_rows_is_a_finding(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{FRONT % ', unique: false'}{BY_ID}| B | 2 | x |\n| D | 2 | x |\n", **APPLES}
    result = check({**files, "2-b.md": "# B\n", "2-d.md": "# D\n"})
    assert brief(result) == ["IX113 INDEX.md:10:7-10:8", "IX113 INDEX.md:11:7-11:8"]


def test_a_link_says_which_of_the_two_is_meant(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{FRONT % ', unique: false'}{BY_ID}| [B](2-b.md) | 2 | x |\n| D | 2 | x |\n", **APPLES}
    assert check({**files, "2-b.md": "# B\n", "2-d.md": "# D\n"}).findings == []


def test_where_ids_are_unique_the_documents_are_at_fault(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{FRONT % ''}{BY_ID}| D | 2 | x |\n", **APPLES}
    assert brief(check({**files, "2-b.md": "# B\n", "2-d.md": "# D\n"})) == ["ID103 2-d.md"]


def test_a_document_that_contradicts_itself_is_no_second_one(check: Callable[..., Result]) -> None:
    front = FRONT.replace("id: ", "delimiters: {header: yaml}\nid: ") % ""
    files = {"1-a.md": "---\nid: 1\n---\n# A\n", "2-b.md": "---\nid: 1\n---\n# B\n"}
    result = check({"INDEX.md": f"{front}{BY_ID}| B | 2 | x |\n", **files})
    assert brief(result) == ["ID104 2-b.md:2:5-2:6"]


PAIR = '---\nmanifest: 1\ndocuments: "*.txt"\ndelimiters: {begin: "<DOC>", end: "</DOC>"}\n---\n- [A](a.txt)\n'
UNSURE = {
    "a stray begin": ("<DOC>\nA\n</DOC>\n<DOC>\n", ["DL110 a.txt:4:1-4:6"]),
    "a stray begin in the text": ("<DOC>\nA\n<DOC>\nB\n</DOC>\n", ["DL110 a.txt:1:1-1:6"]),
    "a stray end in the text": ("<DOC>\nA\n</DOC>\nB\n</DOC>\n", ["DL109 a.txt:4:1-4:2"]),
    "no end at all": ("<DOC>\nA\n<DOC>\nB\n", ["DL109 a.txt:1:1-1:6"]),
    "a document inside another": ("<DOC>\nA\n<DOC>\nB\n</DOC>\n</DOC>\n", ["DL110 a.txt:3:1-3:6"]),
    "the same with text behind": ("<DOC>\nA\n<DOC>\nB\n</DOC>\nC\n</DOC>\n", ["DL110 a.txt:3:1-3:6"]),
    "two pairs": ("<DOC>\n<DOC>\nA\n</DOC>\n</DOC>\n", ["DL110 a.txt:2:1-2:6"]),
    "two pairs with text behind": ("<DOC>\n<DOC>\nA\n</DOC>\nB\n</DOC>\n", ["DL110 a.txt:2:1-2:6"]),
}
TWO = "<DOC>\nA\n</DOC>\n<DOC>\nB\n</DOC>\n"
SURE = {
    "two documents": (TWO, []),
    "and a stray begin": (f"{TWO}<DOC>\n", ["DL110 a.txt:7:1-7:6"]),
    "a repeated end": (f"{TWO}</DOC>\n", ["DL110 a.txt:7:1-7:7"]),
    "two pairs": (f"<DOC>\n{TWO.replace('</DOC>', '</DOC>' * 2, 1)}".replace("><", ">\n<"), ["DL110 a.txt:2:1-2:6"]),
}


@pytest.mark.parametrize(("text", "expected"), UNSURE.values(), ids=UNSURE)
def test_a_file_that_may_hold_but_one_document_has_one_finding(
    text: str, expected: list[str], check: Callable[..., Result]
) -> None:
    assert brief(check({"INDEX.md": PAIR, "a.txt": text})) == expected


@pytest.mark.parametrize(("text", "expected"), SURE.values(), ids=SURE)
def test_of_a_file_that_holds_two_for_sure_the_entry_says_too_little(
    text: str, expected: list[str], check: Callable[..., Result]
) -> None:
    assert brief(check({"INDEX.md": PAIR, "a.txt": text})) == ["IX113 INDEX.md:6:7-6:12", *expected]


def test_where_the_stray_line_is_accepted_the_entry_still_says_too_little(check: Callable[..., Result]) -> None:
    index = PAIR.replace("---\n- ", "ignore: [{rule: DL110, reason: as it came}]\n---\n- ")
    result = check({"INDEX.md": index, "a.txt": UNSURE["a stray begin"][0]})
    assert brief(result) == ["IX113 INDEX.md:7:7-7:12"]


def test_a_stray_line_counts_for_a_document_that_states_its_id_too(check: Callable[..., Result]) -> None:
    index = PAIR.replace("delimiters: {", "delimiters: {header: yaml, ")
    text = "<DOC>\n---\nid: 1\n---\nA\n</DOC>\n<DOC>\n---\nid: 2\n---\nB\n"
    assert brief(check({"INDEX.md": index, "a.txt": text})) == ["DL110 a.txt:7:1-7:6"]
