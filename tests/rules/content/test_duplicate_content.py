"""CT104: two documents of the same content."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"


def corpus(**contents: str) -> dict[str, str]:
    rows = "".join(f"| [{name}]({name}.txt) |\n" for name in contents)
    documents = {f"{name}.txt": content for name, content in contents.items()}
    return {"INDEX.md": f"| Document |\n| -------- |\n{rows}", **documents}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("A\n", "B\n", id="other content"),
        pytest.param("A\n", "A\r\n", id="other line ends"),
        pytest.param("A\n", "A", id="no last line end"),
        pytest.param("---\nid: x\n---\nText\n", "---\nid: y\n---\nText\n", id="other metadata"),
    ],
)
def test_each_byte_tells_apart(first: str, second: str, check: Callable[..., Result]) -> None:
    assert check(corpus(a=first, b=second)).findings == []


def test_empty_documents_are_empty_and_no_copies(check: Callable[..., Result]) -> None:
    assert check(corpus(a="", b="", c="\n")).codes == ["CT105"] * 3


def test_pointers_are_pointers_and_no_copies(check: Callable[..., Result]) -> None:
    assert check(corpus(a=POINTER, b=POINTER)).codes == ["CT106"] * 2


def test_a_file_that_is_no_document_is_no_copy(check: Callable[..., Result]) -> None:
    assert check({**corpus(a="A\n"), "b.md": "A\n", "LICENSE.txt": "A\n"}).findings == []


def test_each_further_one_names_the_first(check: Callable[..., Result]) -> None:
    result = check(corpus(a="A\n", b="A\n", c="A\n", d="D\n"))
    assert brief(result) == ["CT104 b.txt", "CT104 c.txt"]
    for finding in result.findings:
        assert finding["severity"] == "warning"
        assert finding["message"] == f"{finding['document']} has the same content as a.txt"
        assert [place(spot) for spot in finding["related"]] == ["a.txt"]


def test_one_document_twice_in_a_file_is_a_matter_of_its_id(check: Callable[..., Result]) -> None:
    contract = "---\nmanifest: 1\ndocuments: all.txt\ndelimiters: {begin: '== {id}'}\n---\n"
    files = {"INDEX.md": f"{contract}| ID |\n| -- |\n| 1 |\n", "all.txt": "== 1\nOne.\n== 1\nOne.\n"}
    assert check(files).codes == ["ID103"]
