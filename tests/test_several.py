"""Several documents in one file: how entries name them, and what the other rules make of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, brief, commit_all, place
from tests.rules.delimiters.several import BEGINS, GOOD, GOOD_BEGINS, PAIRS, changed, index
from validator.cli import main
from validator.contract import Delimiters
from validator.model import Fault, Span
from validator.scan import Plan
from validator.scan.several import scan_several

HEAD = PAIRS.partition("| ID |")[0]
BY_LINK = (
    HEAD
    + "| Document | Title |\n| -- | -- |\n"
    + "".join(f"| [{n}](all.txt#{n}) | {title} |\n" for n, title in ((1, "One"), (2, "Two"), (3, "Three")))
)
BOTH = (
    HEAD
    + "| ID | Title |\n| -- | -- |\n"
    + "".join(f"| [{n}](all.txt) | {title} |\n" for n, title in ((1, "One"), (2, "Two"), (3, "Three")))
)


@pytest.mark.parametrize(
    ("contract", "text"),
    [
        pytest.param(PAIRS, GOOD, id="by its ID"),
        pytest.param(BY_LINK, GOOD, id="by its link"),
        pytest.param(BOTH, GOOD, id="by both"),
        pytest.param(BY_LINK.replace("#2", "#%C3%A4"), GOOD.replace(" 2 ", " ä "), id="escaped"),
        pytest.param(
            BY_LINK.replace("#2", "#02").replace("fields:", "id: {normalize: unpad}\nfields:"), GOOD, id="padded"
        ),
        pytest.param(BY_LINK + "\n- [2](all.txt#2)\n", GOOD, id="a list that repeats it"),
    ],
)  # fmt: skip
def test_an_entry_names_a_document(contract: str, text: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": contract, "all.txt": text})
    assert result.findings == []
    assert (result.report["checked"]["entries"], result.report["checked"]["documents"]) == (3, 3)


def test_an_index_of_several_files(check: Callable[..., Result]) -> None:
    first, second = GOOD[: GOOD.index("=== 3")], GOOD[GOOD.index("=== 3") :]
    assert check({"INDEX.md": PAIRS, "a.txt": first, "b.txt": second}).findings == []


def test_documents_without_an_index(check: Callable[..., Result]) -> None:
    config = 'corpora:\n  - index: none\n    documents: "*.txt"\n    delimiters: {begin: "=== {id} ==="}\n'
    result = check({"indexlint.yaml": config, "all.txt": GOOD_BEGINS + "=== 2 ===\nTwo\n"})
    assert brief(result) == ["ID103 all.txt:9:5-9:6"]


def test_a_missing_document_and_an_unlisted_one(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": PAIRS + "| 5 | Five |\n", "all.txt": GOOD + "=== 9 ===\nNine\n=== end 9 ===\n"})
    assert brief(result) == ["IX104 INDEX.md:12:1-12:13", "IX103 INDEX.md:12:3-12:4"]
    unlisted = result.findings[0]
    assert (unlisted["document"], unlisted["id"], unlisted["message"]) == ("all.txt", "9", "all.txt#9 is not listed")
    assert place(unlisted["related"][0]) == "all.txt:14:1-14:10"


def test_a_link_to_a_document_that_the_file_has_not(check: Callable[..., Result]) -> None:
    finding = check({"INDEX.md": BY_LINK + "| [5](all.txt#5) | Five |\n", "all.txt": GOOD}).only()
    assert (finding["code"], finding["document"], finding["id"]) == ("IX103", "all.txt", "5")
    assert finding["message"] == "all.txt#5 does not exist"
    assert finding["related"][0]["message"] == "the file has no document of this ID"


def test_a_document_that_moved_to_another_file(check: Callable[..., Result]) -> None:
    first, second = GOOD[: GOOD.index("=== 3")], GOOD[GOOD.index("=== 3") :]
    finding = check({"INDEX.md": BY_LINK, "all.txt": first, "b.txt": second}).only()
    assert finding["message"] == "all.txt#3 does not exist; it seems to be b.txt#3 now"


def test_the_file_of_all_is_gone(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": BY_LINK, "other.txt": GOOD.replace(" 1 ", " 7 ").replace(" 2 ", " 8 ")})
    assert [finding["code"] for finding in result.findings] == ["IX105"] * 3


def test_two_entries_of_one_document(check: Callable[..., Result]) -> None:
    finding = check({"INDEX.md": BY_LINK + "| [2](all.txt#2) | Two |\n", "all.txt": GOOD}).only()
    assert (finding["code"], finding["message"]) == ("IX106", "all.txt#2 is listed twice")
    assert place(finding["related"][1]) == "all.txt:6:1-6:10"


def test_an_entry_that_does_not_say_which(check: Callable[..., Result]) -> None:
    contract = BY_LINK + "| [all](all.txt) | All |\n"
    finding = check({"INDEX.md": contract, "all.txt": GOOD}).only()
    assert (finding["code"], finding["message"]) == (
        "IX113", "all.txt holds 3 documents, and this entry does not say which",
    )  # fmt: skip


def test_the_only_document_of_a_file_needs_no_id(check: Callable[..., Result]) -> None:
    contract = HEAD + "| Document | Title |\n| -- | -- |\n| [One](all.txt) | One |\n"
    assert check({"INDEX.md": contract, "all.txt": GOOD[: GOOD.index("=== 2")]}).findings == []


def test_a_link_to_the_document_of_another_entry(check: Callable[..., Result]) -> None:
    contract = BOTH.replace("[2](all.txt)", "[2](all.txt#3)").replace("[3](all.txt)", "[3](all.txt#3)")
    finding = check({"INDEX.md": contract, "all.txt": GOOD}).only()
    assert finding["code"] == "IX108"
    assert finding["message"] == "the entry '2' links to all.txt#3, which is '3'; '2' is all.txt#2"


@pytest.mark.parametrize(
    ("line", "new", "found", "message"),
    [
        ("=== 2 ===", "=== 9 ===", "all.txt:6:5-6:6", "the begin line says ID '9', the index and the end line say '2'"),
        ("=== end 2 ===", "=== end 9 ===", "all.txt:9:9-9:10",
         "the end line says ID '9', the index and the begin line say '2'"),
    ],
)  # fmt: skip
def test_the_ids_of_both_lines(line: str, new: str, found: str, message: str, check: Callable[..., Result]) -> None:
    finding = check({"INDEX.md": PAIRS, "all.txt": changed(GOOD, line, new + "\n")}).only()
    assert (finding["code"], place(finding), finding["message"]) == ("ID104", found, message)


def test_the_index_alone_says_another_id(check: Callable[..., Result]) -> None:
    contract = BOTH.replace("[2](all.txt)", "[7](all.txt#2)")
    finding = check({"INDEX.md": contract, "all.txt": GOOD}).only()
    assert finding["message"] == "the index says ID '7', the begin line says '2', the end line says '2'"


def test_an_id_off_the_pattern(check: Callable[..., Result]) -> None:
    contract = PAIRS.replace("fields:", 'id: {pattern: "[0-9]"}\nfields:').replace("| 2 |", "| x |")
    finding = check({"INDEX.md": contract, "all.txt": GOOD.replace(" 2 ", " x ")}).only()
    assert finding["code"] == "ID102"


def test_a_required_id_that_the_lines_do_not_state(check: Callable[..., Result]) -> None:
    contract = BEGINS.replace('"=== {id} ==="', '["=== {id} ===", "=== ="]').replace(
        "fields:", "id: {document: begin.id}\nfields:"
    )
    result = check({"INDEX.md": contract, "all.txt": GOOD_BEGINS + "=== =\nFour\n"})
    assert brief(result) == ["ID101 all.txt:9:1-9:6"]


def test_each_document_has_a_header(check: Callable[..., Result]) -> None:
    contract = index('{begin: "=== {id} ===", header: yaml}', fields="{title: header.title}")
    text = "".join(
        f"=== {n} ===\n---\ntitle: {title}\n---\nText {n}.\n" for n, title in ((1, "One"), (2, "Two"), (3, "Three"))
    )
    assert check({"INDEX.md": contract, "all.txt": text}).findings == []
    result = check(
        {
            "INDEX.md": contract,
            "all.txt": text.replace("Two\n", "Two\ntitle: x\n").replace("title: Three", "title: 'Three"),
        }
    )
    assert brief(result) == ["MT103 all.txt:9:1-9:6", "MT101 all.txt:14:8-14:9"]
    assert result.findings[0]["related"][0]["line"] == 8


def test_facts_and_copies(check: Callable[..., Result]) -> None:
    contract = (
        PAIRS.replace("first-line", "content.lines").replace("One", "2").replace("Two", "2").replace("Three", "9")
    )
    text = GOOD.replace("Two", "One")
    result = check({"INDEX.md": contract, "all.txt": text})
    assert brief(result) == ["CT102 INDEX.md:11:7-11:8", "CT104 all.txt:6:1-6:10"]
    assert result.findings[1]["message"] == "all.txt#2 has the same content as all.txt#1"
    assert place(result.findings[0]["related"][0]) == "all.txt:10:1-10:10"


@pytest.mark.parametrize(
    ("declared", "text", "found"),
    [
        ("newline: lf", GOOD.replace("Two\n", "Two\r\n"), ["DL107 all.txt:7:4-8:1"]),
        ("newline: crlf", GOOD.replace("\n", "\r\n").replace("Two\r", "Two"), ["DL107 all.txt:7:4-8:1"]),
        ("newline: crlf", GOOD.replace("\n", "\r\n"), []),
        ("newline: lf", GOOD, []),
        ("final_newline: required", GOOD[:-1], ["DL108 all.txt:13:14-13:14"]),
        ("final_newline: forbidden", GOOD + "\n", ["DL108 all.txt:13:14-15:1"]),
        ("final_newline: forbidden", GOOD[:-1], []),
        ("bom: true", GOOD, ["DL106 all.txt:1:1-1:1"]),
        ("bom: false", "\ufeff" + GOOD, ["DL106 all.txt:1:1-1:1"]),
    ],
)
def test_terminators_are_the_file_s(declared: str, text: str, found: list[str], check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": PAIRS.replace("bom: any", declared), "all.txt": text})) == found


def test_limits(check: Callable[..., Result]) -> None:
    contract = PAIRS.replace("fields:", "limits: {file: 10}\nfields:")
    finding = check({"INDEX.md": contract, "all.txt": GOOD}).only()
    assert (finding["code"], place(finding)) == ("FS108", "all.txt")
    contract = PAIRS.replace("fields:", "limits: {line: 13}\nfields:")
    assert brief(check({"INDEX.md": contract, "all.txt": GOOD.replace("Two\nText.", "Two\n" + "x" * 14)})) == [
        "FS108 all.txt:8:1-8:15"
    ]


def test_a_name_that_does_not_fit_is_said_once(check: Callable[..., Result]) -> None:
    contract = PAIRS.replace("fields:", 'name: "{part:02}.txt"\nfields:')
    assert brief(check({"INDEX.md": contract, "all.txt": GOOD})) == ["ID101 all.txt:1:1-1:10"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "CT106 all.txt:1:1-1:43"),
        (GOOD.encode("utf-16"), "FS101 all.txt:1:1-1:2"),
        (b"", "CT105 all.txt"),
    ],
    ids=["pointer", "UTF-16", "empty"],
)
def test_a_file_that_cannot_be_taken_apart_is_one_finding(
    data: bytes, found: str, check: Callable[..., Result]
) -> None:
    for contract in (PAIRS, BY_LINK):
        assert brief(check({"INDEX.md": contract, "all.txt": data})) == [found]


def test_a_merge_conflict_in_one_of_them(check: Callable[..., Result]) -> None:
    text = GOOD.replace("Two\nText.", "Two\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b")
    finding = check({"INDEX.md": PAIRS, "all.txt": text}).only()
    assert (finding["code"], place(finding)) == ("DL117", "all.txt:8:1-8:10")
    assert finding["message"] == "a merge conflict begins here (its other markers follow)"


def test_sidecars_belong_to_the_file(check: Callable[..., Result]) -> None:
    contract = index('{begin: "--- {title} ---", end: "---", header: sidecar}', fields="{title: header.title}")
    contract = contract.partition("| ID |")[0] + "| Title |\n| -- |\n| [One](a.txt) |\n"
    files = {"INDEX.md": contract, "a.txt": "Licence.\n--- One ---\nText.\n---\n"}
    assert check({**files, "a.meta.yaml": "title: One\n"}).findings == []
    assert brief(check({**files, "a.meta.yaml": "title: Two\n"})) == ["MT108 INDEX.md:9:3-9:15"]


def test_show_lists_each(tmp_path: Path, check: Callable[..., Result], capsys: pytest.CaptureFixture[str]) -> None:
    check({"INDEX.md": BY_LINK + "| [5](all.txt#5) | Five |\n", "all.txt": GOOD + "=== 9 ===\nx\n=== end 9 ===\n"})
    capsys.readouterr()
    assert main(["show", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "  delimiters   begin `=== {id} ===`, end `=== end {id} ===`\n" in text
    assert "    2 -> all.txt#2 (by its link)\n" in text
    assert "    5 -> all.txt#5 (its document does not exist)\n" in text
    assert "    (no entry) <- all.txt#9 (no entry links to it or has the ID 9)\n" in text
    assert main(["show", "--format", "json", str(tmp_path)]) == 0
    shown = json.loads(capsys.readouterr().out)["corpora"][0]
    assert shown["contract"]["begin"] == ["=== {id} ==="]


CONTRACTS = {
    "no template": '{begin: "{x", end: "b"}',
    "the same line": '{begin: "---", end: "---"}',
    "the header's line": '{begin: "---", header: yaml}',
    "an end of two lines": '{end: "a\\nb"}',
    "not text": "{begin: [1, {}]}",
}  # fmt: skip


@pytest.mark.parametrize("declared", CONTRACTS.values(), ids=CONTRACTS)
def test_what_a_contract_may_not_say(declared: str, check: Callable[..., Result]) -> None:
    contract = index(declared).partition("| ID |")[0] + "| Title |\n| -- |\n| [One](a.txt) |\n"
    result = check({"INDEX.md": contract, "a.txt": "---\nid: 1\n---\nOne\n"})
    assert set(result.codes) == {"CF101"}
    assert result.code == 2


def test_another_revision_is_told_nothing_by_the_place_in_a_file(
    tmp_path: Path, run: Callable[..., Result], check: Callable[..., Result]
) -> None:
    check({"INDEX.md": PAIRS, "all.txt": GOOD})
    commit_all(tmp_path)
    check({"INDEX.md": PAIRS, "all.txt": "\n\n" + GOOD.replace("Text.", "More text.")})
    assert run(tmp_path, "--against", "HEAD").findings == []


def test_a_cached_file_gives_its_documents_again(
    tmp_path: Path, run: Callable[..., Result], check: Callable[..., Result]
) -> None:
    check({"INDEX.md": PAIRS, "all.txt": GOOD.replace("Two", "Too")})
    commit_all(tmp_path)
    assert [brief(run(tmp_path)), brief(run(tmp_path))] == [["MT108 INDEX.md:10:7-10:10"]] * 2


def test_a_link_to_a_file_of_several(tmp_path: Path, run: Callable[..., Result], check: Callable[..., Result]) -> None:
    check({"INDEX.md": BY_LINK.replace("*.txt", "all.txt"), "real.txt": GOOD})
    (tmp_path / "all.txt").symlink_to("real.txt")
    assert run(tmp_path).findings == []
    commit_all(tmp_path)
    assert run(tmp_path).findings == []
    (tmp_path / "real.txt").unlink()
    assert {finding["code"] for finding in run(tmp_path).findings} <= {"FS105", "IX103"}


def test_a_file_that_git_converts(tmp_path: Path, run: Callable[..., Result], check: Callable[..., Result]) -> None:
    contract = (
        PAIRS.replace("first-line", "content.bytes").replace("One", "10").replace("Two", "10").replace("Three", "12")
    )
    check({"INDEX.md": contract, "all.txt": GOOD, ".gitattributes": "*.txt eol=crlf\n"})
    commit_all(tmp_path)
    (tmp_path / "all.txt").write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert run(tmp_path).findings == []


def test_line_ends_across_pieces() -> None:
    plan = Plan("", delimiters=Delimiters(begin=("%%",), newline="lf"))
    (document,) = scan_several(plan, "a.txt", [b"one\r", b"\ntwo\n", b"three\r\n"])
    assert document.faults == (Fault("line-ending", Span(3, 5), ("lf", "2", "mixed")),)


def test_a_fault_in_a_sidecar_keeps_its_place(check: Callable[..., Result]) -> None:
    contract = index('{begin: "--- {title} ---", end: "---", header: sidecar}', fields="{title: header.title}")
    contract = contract.partition("| ID |")[0] + "| Title |\n| -- |\n| [One](a.txt) |\n"
    files = {
        "INDEX.md": contract,
        "a.txt": "Licence.\n--- One ---\nText.\n---\n",
        "a.meta.yaml": "title: One\ntitle: Two\n",
    }
    assert brief(check(files)) == ["MT103 a.meta.yaml:2:1-2:6"]


def test_a_begin_that_is_gone_is_told_by_the_entry_alone(check: Callable[..., Result]) -> None:
    contract = index('{begin: "=== {id} ==="}', fields="{title: first-line, size: content.bytes}").partition("| ID |")[
        0
    ]
    rows = "| ID | Title | Size |\n| -- | -- | -- |\n| 1 | One | 10 |\n| 2 | Two | 5 |\n| 3 | Three | 6 |\n"
    files = {"INDEX.md": contract + rows, "all.txt": GOOD_BEGINS}
    assert check(files).findings == []
    assert check({**files, "all.txt": changed(GOOD_BEGINS, "=== 2 ===", "")}).codes == ["IX103"]
    assert check({**files, "INDEX.md": files["INDEX.md"].replace("| 10 |", "| 11 |")}).codes == ["CT102"]
