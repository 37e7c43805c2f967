"""ID105: two IDs differ only by case, padding, or letters that look alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

FRONT = "---\nmanifest: 1\ndocuments: '*.md'\ndelimiters: {header: yaml}\n"
HEAD = "---\n| ID | Title |\n| -- | ----- |\n"


def _files(*identities: str, contract: str = "", head: str = HEAD, front: str = FRONT) -> dict[str, str]:
    rows = "".join(f"| [{identity}]({number}.md) | {number} |\n" for number, identity in enumerate(identities))
    documents = {
        f"{number}.md": f'---\nid: "{identity}"\n---\n# {number}\n' for number, identity in enumerate(identities)
    }
    return {"INDEX.md": f"{front}{contract}{head}{rows}", **documents}


@pytest.mark.parametrize(
    "identities",
    [("1", "2"), ("a", "b"), ("1", "10"), ("10", "100"), ("a1", "1a"), ("ä", "a"), ("é", "e"), ("0", "00000a"),
     ("5", "S"), ("B", "8"), ("rn", "m"), ("日", "曰"), ("446c6a60c7e64cea", "446c6a60c7e64ceb")],
    ids="|".join,
)  # fmt: skip
def test_ids_that_look_different_are_fine(identities: tuple[str, ...], check: Callable[..., Result]) -> None:
    assert check(_files(*identities)).findings == []


@pytest.mark.parametrize(
    "identities",
    [("7", "007"), ("a-1", "a-01"), ("ab", "AB"), ("ss", "ß"), ("10", "1O"), ("11", "1l"), ("Il", "lI"),
     ("ac", "\u0430c"), ("pax", "\u0440\u0430\u0445"), ("ao", "a\u03bf"), ("12", "１２"), ("fi", "ﬁ"),
     ("1O", "1\u041e".replace("\u041e", "\u043e"))],
    ids=ascii,
)  # fmt: skip
def test_ids_that_look_alike_are_a_warning_at_the_later_row(
    identities: tuple[str, str], check: Callable[..., Result]
) -> None:
    result = check(_files(*identities))
    cell = f"[{identities[1]}](1.md)"
    assert brief(result) == [f"ID105 INDEX.md:9:3-9:{3 + len(cell)}"]
    finding = result.only()
    assert (finding["severity"], finding["id"], finding["document"]) == ("warning", identities[1], "1.md")
    assert [(spot["path"], spot["line"]) for spot in finding["related"]] == [("INDEX.md", 8), ("1.md", None)]


def test_each_is_held_against_the_first_that_it_looks_like(check: Callable[..., Result]) -> None:
    result = check(_files("10", "1O", "lO"))
    assert [(finding["line"], finding["related"][0]["line"]) for finding in result.findings] == [(9, 8), (10, 8)]


@pytest.mark.parametrize(("first", "second", "step"), [("7", "007", "unpad"), ("ab", "AB", "casefold")])
def test_what_the_contract_takes_for_one_id_is_a_duplicate(
    first: str, second: str, step: str, check: Callable[..., Result]
) -> None:
    assert check(_files(first, second, contract=f"id: {{normalize: {step}}}\n")).codes == ["ID103"]


def test_an_index_without_a_contract_is_judged_by_its_id_column(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": f"{HEAD[4:]}| [7](a.md) | A |\n| [07](b.md) | B |\n", "a.md": "# A\n", "b.md": "# B\n"}
    assert brief(check(files)) == ["ID105 INDEX.md:4:3-4:13"]


def test_documents_alone_state_them(check: Callable[..., Result]) -> None:
    files = _files("10", "1O")
    files["INDEX.md"] = f"{FRONT}---\n| Title |\n| ----- |\n| [0](0.md) |\n| [1](1.md) |\n"
    result = check(files)
    assert brief(result) == ["ID105 1.md:2:5-2:9"]
    assert [(spot["path"], spot["line"]) for spot in result.only()["related"]] == [("0.md", 2)]


def test_an_unlisted_document_counts(check: Callable[..., Result]) -> None:
    files = _files("10", "1O")
    files["INDEX.md"] = files["INDEX.md"].replace("| [1O](1.md) | 1 |\n", "")
    result = check(files)
    assert brief(result) == ["ID105 1.md:2:5-2:9", "IX104 INDEX.md:8:1-8:19"]


def test_one_document_is_not_held_against_itself(check: Callable[..., Result]) -> None:
    index = f"{HEAD[4:]}| [7](a.md) | A |\n| [07](a.md) | A |\n"
    assert check({"INDEX.md": index, "a.md": "# A\n"}).codes == ["IX106"]


def test_an_id_that_its_document_contradicts_is_a_mismatch_alone(check: Callable[..., Result]) -> None:
    files = _files("10", "20")
    files["INDEX.md"] = files["INDEX.md"].replace("[20]", "[1O]")
    assert check(files).codes == ["ID104"]


def test_a_renamed_document_is_not_held_against_others(check: Callable[..., Result]) -> None:
    front = "---\nmanifest: 1\ndocuments: '*.md'\nname: '{id}.md'\n"
    index = f"{front}{HEAD}| [7](7.md) | Seven |\n| [8](8.md) | Eight |\n"
    assert check({"INDEX.md": index, "7.md": "# Seven\n", "07.md": "# Eight\n"}).codes == ["IX105"]
