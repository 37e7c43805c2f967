"""CF102: a glob or ID in the contract or configuration that matches nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place

TABLE = "| Title |\n| - |\n| [A](a.md) |\n"
DOCUMENT = {"a.md": "# A\n"}


def contract(*lines: str, body: str = TABLE) -> dict[str, str]:
    return {"INDEX.md": "\n".join(["---", "manifest: 1", *lines, "---", body]), **DOCUMENT}


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["documents: '*.md'"], id="a glob"),
        pytest.param(["documents: ['*.md', '!INDEX.md']"], id="one that takes away"),
        pytest.param(["documents: a.md"], id="a name"),
        pytest.param(["section: Texts"], id="a section"),
        pytest.param(["section: ' texts '"], id="a section of another case and with blanks"),
        pytest.param(["ignore: [{rule: MT, document: 'a.*', reason: r}]"], id="an ignore"),
    ],
)
def test_what_matches_is_fine(lines: list[str], check: Callable[..., Result]) -> None:
    files = contract(*lines, body=f"# Texts\n\n{TABLE}")
    assert check(files, "--ignore", "unused-suppression").findings == []


@pytest.mark.parametrize(
    ("lines", "where", "message"),
    [
        pytest.param(["documents: ['*.md', é/*.md]"], "3:21-3:27", "the glob 'é/*.md' matches nothing", id="a glob"),
        pytest.param(
            ["documents:", "  - '*.md'", "  - '!*.txt'"], "5:5-5:13", "the glob '!*.txt' matches nothing",
            id="a negated one",
        ),
        pytest.param(
            ["documents: '!a.md'"], "3:12-3:19",
            "each of these globs takes away, and none chooses a file: begin with one that does, as '*.md'",
            id="nothing but negated ones",
        ),
        pytest.param(
            ["section: Txets"], "3:10-3:15", "'Txets' is no heading or marker of this index", id="a section"
        ),
        pytest.param(
            ["ignore: [{rule: MT, document: b.md, reason: r}]"], "3:10-3:47",
            "'b.md' is neither a document nor an ID of this corpus", id="an ignore",
        ),
    ],
)  # fmt: skip
def test_the_pattern_is_the_place(lines: list[str], where: str, message: str, check: Callable[..., Result]) -> None:
    result = check(contract(*lines, body=f"# Texts\n\n{TABLE}"))
    assert f"CF102 INDEX.md:{where}" in brief(result)
    found = [finding for finding in result.findings if finding["code"] == "CF102"]
    assert [(finding["message"], finding["severity"]) for finding in found] == [(message, "warning")]


BEYOND = {
    "ignore: [{rule: CF101, reason: r}]": "3:10-3:34",
    "ignore: [{rule: contract-error, reason: r}]": "3:10-3:43",
    "severity: {CF103: note}": "3:19-3:23",
}


@pytest.mark.parametrize(("line", "where"), BEYOND.items(), ids=BEYOND)
def test_what_cannot_be_accepted_is_told_so(line: str, where: str, check: Callable[..., Result]) -> None:
    result = check(contract(line))
    assert brief(result) == [f"CF102 INDEX.md:{where}"]
    assert "says that the run could not do its job, which nothing accepts" in result.only()["message"]


def test_a_comment_does_not_accept_it_either(check: Callable[..., Result]) -> None:
    comment = "<!-- indexlint: ignore=CF107 why -->"
    result = check({"INDEX.md": f"{TABLE.rstrip()} {comment}\n", **DOCUMENT})
    assert brief(result) == ["CF102 INDEX.md:3:15-3:51"]


def test_beginnings_of_codes_that_reach_others_too_are_fine(check: Callable[..., Result]) -> None:
    assert check(contract("severity: {CF: note, CF10: warning, all: error}")).findings == []


def test_a_marker_that_is_not_there(check: Callable[..., Result]) -> None:
    result = check(contract("section: {begin: 'list:begin', end: 'list:end'}", body=f"<!-- list:begin -->\n\n{TABLE}"))
    found = [finding["message"] for finding in result.findings if finding["code"] == "CF102"]
    assert found == ["'list:end' is no heading or marker of this index"]
    finding = result.only()
    assert [place(other) for other in finding["related"]] == ["INDEX.md:5:1-5:20"]


def test_markers_neither_of_which_is_there(check: Callable[..., Result]) -> None:
    result = check(contract("section: {begin: 'list:begin', end: 'list:end'}"))
    assert [(finding["code"], finding["related"]) for finding in result.findings] == [("CF102", []), ("CF102", [])]


def test_each_of_several_is_a_finding(check: Callable[..., Result]) -> None:
    assert check(contract("documents: ['*.md', x, y]")).codes == ["CF102", "CF102"]


def test_a_glob_of_the_configuration_file(check: Callable[..., Result]) -> None:
    config = "exclude: ['INDEX.*', nowhere/**]\ncorpora: [{index: LIST.md, documents: ['*.md', none/*]}]\n"
    result = check({"LIST.md": TABLE, "INDEX.md": "", **DOCUMENT, "indexlint.yaml": config})
    assert brief(result) == ["CF102 indexlint.yaml:1:22-1:32", "CF102 indexlint.yaml:2:48-2:54"]


def test_a_finding_in_the_contract_of_an_index_names_the_index(check: Callable[..., Result]) -> None:
    index = "---\nmanifest: 1\ndocuments: ['*.md', '*.txt']\n---\n- [A](a.md)\n"
    assert check({"INDEX.md": index, "a.md": "# A\n"}).only()["index"] == "INDEX.md"
