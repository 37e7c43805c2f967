"""Keys of a contract that speak of nothing there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief

Check = Callable[..., Result]
TABLE = "| ID | Title | Last Change | Tags |\n| - | - | - | - |\n| [01](01.md) | One | 2026-01-05 | a, b |\n"
HEADER = "---\nid: '01'\ntags: [a, b]\nRequires: '01'\n---\n# One\n"


def corpus(*lines: str, body: str = TABLE) -> dict[str, str]:
    contract = "".join(f"{line}\n" for line in ("---", "manifest: 1", *lines, "---"))
    return {"INDEX.md": f"{contract}Of 1 note.\n\n{body}", "01.md": HEADER}


MATCHED = {
    "a count": ["count: 'Of ([0-9]+) note'"],
    "the order of a column": ["order: title"],
    "the order of a column, from the last": ["order: -Title"],
    "the order of a column of two words": ["order: last change"],
    "the order of the IDs": ["order: id"],
    "the order of the links": ["order: link.target"],
    "a list in a column": ["delimiters: {list: {tags: ','}}"],
    "a list in a field of the contract": [
        "delimiters: {list: {t: ','}}", "fields: {t: {column: Tags, document: header.tags}}",
    ],
    "a retired ID": ["id: {pattern: '[0-9]{2}', retired: ['02', 03]}"],
    "a retired ID without a pattern": ["id: {retired: x}"],
    "a retired ID that is one when normalized": ["id: {pattern: '[0-9]{2}', normalize: unpad, retired: 2}"],
    "a reference": ["references: {requires: header.Requires}"],
    "a reference that no document states yet": ["references: {replaces: header.replaces}"],
    "a reference of the name": ["name: '{id}.md'", "references: {self: name.id}"],
}  # fmt: skip


@pytest.mark.parametrize("lines", MATCHED.values(), ids=MATCHED)
def test_it_stays_silent(lines: list[str], check: Check) -> None:
    assert check(corpus(*lines)).findings == []


UNMATCHED = {
    "a count": (
        ["count: 'of ([0-9]+) documents'"], "3:8-3:31",
        "this pattern finds no number in the index, so nothing is counted",
    ),
    "an order": (["order: titel"], "3:8-3:13", "'titel' is no column of this index; did you mean 'Title'?"),
    "an order with a hyphen": (
        ["order: -last-change"], "3:8-3:20", "'last-change' is no column of this index; did you mean 'Last Change'?",
    ),
    "an order like nothing": (["order: zzz"], "3:8-3:11", "'zzz' is no column of this index"),
    "a list": (
        ["delimiters: {list: {tgas: ','}}"], "3:27-3:30", "'tgas' is no field of this index; did you mean 'tags'?",
    ),
    "a list like nothing": (["delimiters: {list: {zzz: ','}}"], "3:26-3:29", "'zzz' is no field of this index"),
    "a retired ID": (
        ["id: {pattern: '[0-9]{2}', retired: ['02', 3]}"], "3:43-3:44",
        "the retired ID '3' is not of the pattern '[0-9]{2}', so it is no ID of this corpus",
    ),
    "the only retired ID": (
        ["id: {pattern: '[0-9]{2}', retired: 3}"], "3:36-3:37",
        "the retired ID '3' is not of the pattern '[0-9]{2}', so it is no ID of this corpus",
    ),
    "a reference": (
        ["references: {requires: header.requires}"], "3:24-3:39",
        "no document states header.requires; did you mean 'header.Requires'?",
    ),
    "a reference with its inverse": (
        ["references: {requires: {document: header.requires}}"], "3:35-3:50",
        "no document states header.requires; did you mean 'header.Requires'?",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "where", "message"), UNMATCHED.values(), ids=UNMATCHED)
def test_what_names_nothing_is_a_finding(lines: list[str], where: str, message: str, check: Check) -> None:
    result = check(corpus(*lines))
    assert brief(result) == [f"CF102 INDEX.md:{where}"]
    assert result.only()["message"] == message


def test_an_index_without_entries_is_that_alone(check: Check) -> None:
    assert check(corpus("documents: '*.md'", "order: titel", "count: 'a (b)'", body="")).codes == ["IX102", "IX104"]


@pytest.mark.parametrize(
    ("document", "hint"),
    [
        ("notes/01.md", ": it is relative to the index's folder, so write '01.md'"),
        ("notes/*.md", ": it is relative to the index's folder, so write '*.md'"),
        ("notes/02.md", ""),
        ("02.md", ""),
    ],
)
def test_an_ignore_that_begins_at_the_root(document: str, hint: str, check: Check) -> None:
    files = corpus(f"ignore: [{{rule: MT, document: '{document}', reason: r}}]")
    result = check({f"notes/{name}": text for name, text in files.items()})
    assert result.only()["message"] == f"{document!r} is neither a document nor an ID of this corpus{hint}"
