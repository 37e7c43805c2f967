"""CF104."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, brief, place, write
from validator.cli import main

Check = Callable[..., Result]
HEAD = "| ID | Title |\n| -- | ----- |\n"
ROW = "| [1](1.md) | Eins |"


SOUND = "| [1](1.md) | One |"
YAML = "---\nmanifest: 1\ndelimiters: {header: yaml}\n---\n"


def stub(header: str) -> dict[str, str]:
    return {"INDEX.md": f"{YAML}- [One](1.md)\n", "1.md": f"---\n{header}\n---\nText.\n"}


def table(comment: str, row: str = ROW) -> dict[str, str]:
    return {"INDEX.md": f"{HEAD}{row} {comment}\n", "1.md": "# One\n"}


@pytest.mark.parametrize(
    "files",
    [
        table("<!-- indexlint: ignore=MT108 the old title -->"),
        table("<!--indexlint:ignore=field-mismatch the old title-->"),
        table("<!-- indexlint: ignore=MT108 a | b -->"),
        table("<!-- indexlint: ignore=MT108,MT109 the old title -->", "| [1](1.md) | ONE |")
        | {"INDEX.md": f"{HEAD}| [1](1.md) | ONE | <!-- indexlint: ignore=MT109 as the author writes it -->\n"},
        {"INDEX.md": "- [One](1.md) <!-- indexlint: ignore=CT105 still to be written -->\n", "1.md": ""},
        {"INDEX.md": "- [One](1.md)\n  More. <!-- indexlint: ignore=CT105 to be written -->\n", "1.md": ""},
    ],
    ids=["a row", "a name", "a pipe in the reason", "behind the last cell", "an item", "a second line of an item"],
)
def test_a_comment_that_silences_is_used(files: dict[str, str], check: Check) -> None:
    result = check(files)
    assert (result.code, result.findings, result.report["summary"]["suppressed"]) == (0, [], 1)


@pytest.mark.parametrize(
    "files",
    [
        {"INDEX.md": "Write `<!-- indexlint: ignore=MT108 why -->`.\n\n- [One](1.md)\n", "1.md": "# One\n"},
        {"INDEX.md": "```\n<!-- indexlint: ignore=MT108 why -->\n```\n\n- [One](1.md)\n", "1.md": "# One\n"},
        {"INDEX.md": "- [One](1.md)\n\n<!-- indexlint: ignore=MT108", "1.md": "# One\n"},
        {"INDEX.md": "- [One](1.md) <!-- of no\nindexlint: ignore=MT108 matter -->\n", "1.md": "# One\n"},
    ],
    ids=["prose", "a fence", "never ended", "on two lines"],
)
def test_what_is_no_comment_of_ours_is_not_judged(files: dict[str, str], check: Check) -> None:
    assert check(files).findings == []


def test_rules_that_do_not_run_are_not_judged(check: Check) -> None:
    files = table("<!-- indexlint: ignore=CT101 another reason -->", "| [1](1.md) | One |")
    assert check(files, "--select", "MT,CF").findings == []
    assert check(files).codes == ["CF104"]
    stated = {"INDEX.md": f"---\nmanifest: 1\nignore: [{{rule: CT, reason: r}}]\n---\n{HEAD}| [1](1.md) | One |\n"}
    assert check({**files, **stated}, "--ignore", "CT101").findings == []


def test_what_names_only_rules_about_suppressions_is_not_judged(check: Check) -> None:
    ignore = "ignore: [{rule: CF104, reason: r}, {rule: MT, reason: r}]"
    files = {"INDEX.md": f"---\nmanifest: 1\n{ignore}\n---\n{HEAD}| [1](1.md) | One |\n", "1.md": "# One\n"}
    result = check(files)
    assert (result.findings, result.report["summary"]["suppressed"]) == ([], 1)


def test_where_the_run_could_not_do_its_job_nothing_is_unused(check: Check) -> None:
    ignore = "ignore: [{rule: MT, reason: r}]"
    files = {
        "INDEX.md": f"---\nmanifest: 1\ncolour: red\n{ignore}\n---\n{HEAD}| [1](1.md) | One |\n",
        "1.md": "# One\n",
    }
    assert check(files).codes == ["CF101"]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("<!-- indexlint: ignore=MT109 why -->", "there is no MT109 here to ignore"),
        ("<!-- indexlint: ignore=MT108,CT,MT109 why -->", "there is no CT here to ignore"),
        ("<!-- indexlint: ignore=MT108 -->", "this comment silences nothing: it states no reason"),
        ("<!-- indexlint: ignore=MT108 until=2026-02-31 why -->", "silences nothing: there is no day 2026-02-31"),
    ],
)
def test_a_comment_that_silences_nothing(comment: str, message: str, check: Check) -> None:
    finding = next(finding for finding in check(table(comment)).findings if finding["code"] == "CF104")
    assert (finding["severity"], finding["path"], finding["line"]) == ("warning", "INDEX.md", 3)
    assert message in finding["message"]


def test_of_two_comments_on_one_row_the_second_is_unused(check: Check) -> None:
    comment = "<!-- indexlint: ignore=MT108 why -->"
    assert brief(check(table(f"{comment} {comment}"))) == ["CF104 INDEX.md:3:59-3:95"]


def test_a_comment_on_a_row_that_is_no_entry(check: Check) -> None:
    files = table("", "| [1](1.md) | One |\n| | - | <!-- indexlint: ignore=MT108 why -->")
    finding = check(files).only()
    assert finding["message"] == "this comment silences nothing: it stands on no entry"


def test_a_comment_holds_for_its_row_and_its_document_alone(check: Check) -> None:
    comment = "<!-- indexlint: ignore=MT108,CT105 why -->"
    rows = f"{ROW} {comment}\n| [2](2.md) | Zwei |\n| [3](3.md) | - | {comment}\n"
    result = check({"INDEX.md": HEAD + rows, "1.md": "# One\n", "2.md": "# Two\n", "3.md": ""})
    assert [(finding["code"], finding["line"]) for finding in result.findings] == [
        ("CF104", 3), ("MT108", 4), ("CF104", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("yaml", "---\nnote: 0010 # indexlint: ignore=MT107 as printed\n---\nText.\n"),
        ("yaml", "---\n# indexlint: ignore=MT107 as printed\nlist:\n  - 1\nnote: 0010\n---\nText.\n"),
        ("toml", "+++\na = 1 # indexlint: ignore=DL107 from Windows\n+++\r\nText.\n"),
    ],
    ids=["behind a value", "on a line of its own", "TOML"],
)
def test_a_comment_in_a_header_holds_for_its_document(dialect: str, text: str, check: Check) -> None:
    contract = f"---\nmanifest: 1\ndelimiters: {{header: {dialect}, newline: lf}}\n---\n"
    result = check({"INDEX.md": f"{contract}- [One](1.md)\n", "1.md": text})
    assert (result.findings, result.report["summary"]["suppressed"]) == ([], 1)


def test_a_comment_in_a_header_that_silences_nothing(check: Check) -> None:
    values = 'a: "# indexlint: ignore=DL107 no"\nb: |\n  # indexlint: ignore=DL107 no\n'
    text = f"---\n{values}c: 1 # indexlint: ignore=MT107 why\n---\nT\n"
    contract = "---\nmanifest: 1\ndelimiters: {header: yaml}\n---\n"
    assert brief(check({"INDEX.md": f"{contract}- [One](1.md)\n", "1.md": text})) == ["CF104 1.md:5:6-5:35"]


def test_body_text_and_other_dialects_have_no_comments(check: Check) -> None:
    contract = "---\nmanifest: 1\ndelimiters: {header: rfc822}\n---\n"
    files = {"INDEX.md": f"{contract}- [One](1.md)\n", "1.md": "Title: One # indexlint: ignore=MT107 why\n\nText\n"}
    assert check(files).findings == []


def test_a_rule_that_there_is_not_is_a_stray_once(check: Check) -> None:
    finding = check(table("<!-- indexlint: ignore=MT909,MT108 why -->")).only()
    assert (finding["code"], finding["message"][:18]) == ("CF102", "'MT909' is no rule")


def test_an_ignore_of_the_contract_that_silences_nothing(check: Check) -> None:
    ignore = "ignore: [{rule: MT109, reason: r}, {rule: MT108, document: 1.md, reason: r}]"
    rows = f"{HEAD}| [1](1.md) | One |\n"
    result = check({"INDEX.md": f"---\nmanifest: 1\n{ignore}\n---\n{rows}", "1.md": "# One\n"})
    assert [finding["message"] for finding in result.findings] == [
        "there is no MT109 to ignore", "there is no MT108 of '1.md' to ignore",
    ]  # fmt: skip
    assert brief(result) == ["CF104 INDEX.md:3:10-3:34", "CF104 INDEX.md:3:36-3:76"]


MISSPELT = [
    "indexlint: disable=MT108",
    "indexlint: ignore MT108",
    "indexlint: ignore MT108 the old title",
    "indexlint:ignore MT108",
    "indexlint: ignore = MT108 the old title",
    "indexlint: ignore(MT108)",
    "indexlint: ignores=MT108",
    "indexlint: ingore=MT108 the old title",
    "indexlint ignore=MT108 the old title",
    "indexlint ignore: field-mismatch",
    "indexlint ignore",
    "indexlint ignore MT108",
    "indexlint : ignore=MT108 the old title",
    "indexlint=ignore=MT108",
    "indexlint-ignore: MT108",
    "indexlint-disable-next-line MT108",
    "indexlint-disable",
    "indexlint: ignore this table",
    "indexlint: skip MT108",
    "indexlint:off",
    "indexlint: noqa",
    "IndexLint: ignore=MT108 the old title",
    "INDEXLINT: IGNORE=MT108 the old title",
    "- indexlint: ignore=MT108 the old title",
    "indexlint: Ignore=MT108 the old title",
]


@pytest.mark.parametrize("text", MISSPELT)
@pytest.mark.parametrize("before", ["", "\n"], ids=["on an item", "below the list"])
def test_what_reads_as_one_and_is_none(text: str, before: str, check: Check) -> None:
    finding = check({"INDEX.md": f"- [One](1.md) {before}<!--{text}-->\n", "1.md": "# One\n"}).only()
    assert (finding["code"], finding["severity"]) == ("CF104", "warning")
    assert finding["message"] == "this comment silences nothing: it is not written as one that does"
    assert place(finding).startswith("INDEX.md:2:1-" if before else "INDEX.md:1:15-")


def test_a_misspelt_comment_behind_the_last_pipe_is_no_cell(check: Check) -> None:
    assert check(table("<!-- indexlint: disable=MT109 -->", SOUND)).codes == ["CF104"]
    assert check(table("<!-- indexlint: disable=MT109 --> more", SOUND)).codes == ["CF104", "DL113"]
    assert "DL113" in check(table("<!-- indexlint: disable=MT109\n-->", SOUND)).codes


WORDS = [
    "indexlint:begin",
    "indexlint: end",
    "indexlint: begin of the list",
    "INDEXLINT:BEGIN",
    "indexlint checks this table",
    "indexlint ignores rows without a link",
    "indexlint found MT108 here",
    "indexlint: see the manual",
    "indexlint: skip-level headings are meant",
    "indexlint: off-by-one in the last row",
    "indexlint: allow-list below",
    "indexlint: accept nothing without a review",
    "indexlint --ignore MT108 is what CI runs",
    "indexlint-ignore files are listed elsewhere",
    "indexlint: rule=MT108 is off in the contract",
    "indexlint: codes = MT108 and others",
    "indexlinter: ignore=MT108",
    "see indexlint: ignore=MT108",
    "ignore=MT108",
]


@pytest.mark.parametrize("text", WORDS)
def test_what_only_speaks_of_the_tool(text: str, check: Check) -> None:
    index = f"- [One](1.md)\n\n<!-- {text} -->\n"
    assert "CF104" not in check({"INDEX.md": index, "1.md": "# One\n"}).codes


SHOWN = {
    "a fence": "```\n{}\n```",
    "a fence in a list": "- [One](1.md)\n\n  ```\n  {}\n  ```\n- [One](1.md#more)",
    "indented": "    {}",
    "a span": "Write `{}` there.",
    "a long span": "Write `` `{}` `` there.",
    "a span of two lines": "Write `one\ntwo {}` there.",
    "a span in an item": "- [One](1.md): `{}`",
    "a span in a table": "| a | b |\n| - | - |\n| `{}` | c |",
    "a quotation": "> {}",
    "escaped": "Write \\{} there.",
    "front matter": "",
}


@pytest.mark.parametrize("comment", ["<!-- indexlint: ignore MT108 -->", "<!-- indexlint-disable -->"])
@pytest.mark.parametrize("page", SHOWN.values(), ids=SHOWN)
def test_what_is_shown_in_code_is_none(page: str, comment: str, check: Check) -> None:
    front = "" if page else f"---\nmanifest: 1  # {comment}\n---\n"
    index = f"{front}# Notes\n\n{page.format(comment)}\n\n- [One](1.md)\n"
    assert "CF104" not in check({"INDEX.md": index, "1.md": "# One\n"}).codes


@pytest.mark.parametrize("page", ["{}", "Text. {}", "# Notes {}", "{}\n", "| A |\n| - |\n| b {} |\n", "- a {}\n"])
def test_a_comment_outside_the_index(page: str, check: Check) -> None:
    comment = "<!-- indexlint: ignore=MT108 the old title -->"
    finding = check({"INDEX.md": f"{page.format(comment)}\n\n## List\n\n1. [One](1.md)\n", "1.md": "# One\n"}).only()
    assert finding["code"] == "CF104"
    assert finding["message"] == "this comment silences nothing: it stands on no entry"


def test_markers_that_the_contract_names_are_none(check: Check) -> None:
    contract = "---\nmanifest: 1\nsection: {begin: 'indexlint: skip', end: 'indexlint-disable'}\n---\n"
    page = "<!-- indexlint: skip -->\n\n- [One](1.md)\n\n<!-- indexlint-disable -->\n"
    assert check({"INDEX.md": contract + page, "1.md": "# One\n"}).findings == []


@pytest.mark.parametrize("page", ["", "`<!-- indexlint: ignore=MT908 why -->`\n\n"], ids=["none", "shown"])
def test_a_rule_that_is_only_shown_need_not_exist(page: str, check: Check) -> None:
    assert check({"INDEX.md": f"{page}- [One](1.md)\n", "1.md": "# One\n"}).findings == []


@pytest.mark.parametrize(
    "comment", ["# indexlint: disable=MT107", "#indexlint-ignore MT107", "# IndexLint: ignore=MT107 x"]
)
def test_a_misspelt_comment_in_a_header(comment: str, check: Check) -> None:
    result = check(stub(f"note: a {comment}"))
    assert brief(result) == [f"CF104 1.md:2:9-2:{9 + len(comment)}"]


@pytest.mark.parametrize(
    "header", ["note: a # indexlint checks this", "note: '# indexlint: disable'", "note: |\n  # indexlint: disable"]
)
def test_a_header_that_speaks_of_the_tool(header: str, check: Check) -> None:
    assert check(stub(header)).findings == []


@pytest.mark.parametrize(
    ("files", "advice"),
    [
        (
            table("<!-- indexlint: disable=MT108 -->", SOUND),
            "write `<!-- indexlint: ignore=CODE reason -->` on the row or",
        ),
        (stub("a: b # indexlint: disable"), "write `# indexlint: ignore=CODE reason`, or remove it"),
        (table("\n\n<!-- indexlint: ignore=MT108 why -->", SOUND), "put it on the row or item that it is about"),
        (table("<!-- indexlint: ignore=MT108 -->", SOUND), "correct it, or remove it"),
        (table("<!-- indexlint: ignore=MT108 why -->", SOUND), "remove it"),
    ],
    ids=["misspelt", "misspelt in a header", "astray", "without a reason", "idle"],
)
def test_what_to_do_is_said(
    files: dict[str, str],
    advice: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 1
    assert f"help: {advice}" in capsys.readouterr().out


@pytest.mark.parametrize("selector", ["all", "ALL", "C", "CF"])
def test_an_idle_ignore_does_not_hide_itself(selector: str, check: Check) -> None:
    ignore = f"ignore: [{{rule: {selector}, reason: r}}]"
    finding = check({"INDEX.md": f"---\nmanifest: 1\n{ignore}\n---\n- [One](1.md)\n", "1.md": "# One\n"}).only()
    assert (finding["code"], finding["message"]) == ("CF104", f"there is no {selector} to ignore")


def test_idle_ignores_do_not_hide_each_other(check: Check) -> None:
    ignore = "ignore: [{rule: all, reason: r}, {rule: all, reason: s}, {rule: MT, reason: r}]"
    files = {"INDEX.md": f"---\nmanifest: 1\n{ignore}\n---\n- [One](1.md)\n", "1.md": "# One\n"}
    assert check(files).codes == ["CF104"] * 3


def test_an_ignore_that_silences_something_holds_for_idle_ones_too(check: Check) -> None:
    ignore = "ignore: [{rule: all, reason: r}, {rule: MT109, reason: r}]"
    result = check({"INDEX.md": f"---\nmanifest: 1\n{ignore}\n---\n{HEAD}{ROW}\n", "1.md": "# One\n"})
    assert (result.findings, result.report["summary"]["suppressed"]) == ([], 2)


def test_a_comment_that_accepts_all_does_not_hide_that_it_is_idle(check: Check) -> None:
    finding = check(table("<!-- indexlint: ignore=all why -->", SOUND)).only()
    assert finding["message"] == "there is no all here to ignore"


def test_several_comments_in_one_paragraph(check: Check) -> None:
    page = "Text <!-- indexlint: disable -->, `<!-- indexlint: disable -->`, <!-- indexlint: ignore MT108 -->.\n"
    result = check({"INDEX.md": f"{page}\n- [One](1.md)\n", "1.md": "# One\n"})
    assert brief(result) == ["CF104 INDEX.md:1:6-1:33", "CF104 INDEX.md:1:66-1:98"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("1.md,One <!-- indexlint: ignore=MT109 as printed -->", []),
        ("1.md,Eins <!-- indexlint: ignore=MT109 as printed -->", ["CF104", "MT108"]),
        ("1.md,One <!-- indexlint: disable=MT109 -->", ["MT108"]),
    ],
    ids=["used", "idle", "part of a value"],
)
def test_a_comment_in_a_data_file(row: str, expected: list[str], check: Check) -> None:
    config = "corpora: [{index: list.csv, fields: {title: {document: heading}}}]\n"
    result = check({"indexlint.yaml": config, "list.csv": f"path,title\n{row}\n", "1.md": "# ONE\n"})
    assert sorted(result.codes) == expected


def test_code_on_a_row_accepts_nothing(check: Check) -> None:
    comment = "`<!-- indexlint: ignore=MT108 reason -->`"
    index = f"| Title | Note |\n| - | - |\n| [Wrong](1.md) | shows {comment} |\n"
    assert check({"INDEX.md": index, "1.md": "# One\n"}).codes == ["MT108"]
    assert check({"INDEX.md": index.replace("Wrong", "One"), "1.md": "# One\n"}).codes == []
    assert check({"INDEX.md": f"- [One](1.md) {comment}\n", "1.md": "# One\n"}).codes == []


def test_a_backtick_of_another_cell_makes_no_code(check: Check) -> None:
    row = "| [Wrong](1.md) ` | <!-- indexlint: ignore=MT108 reason --> ` |\n"
    assert check({"INDEX.md": f"| Title | Note |\n| - | - |\n{row}", "1.md": "# One\n"}).codes == []


def test_a_comment_that_is_shown_to_begin_hides_no_other(check: Check) -> None:
    index = "Comments begin with `<!--`.\n\n- [One](2.md) <!-- indexlint: ignore=IX103,IX104 moved -->\n"
    assert check({"INDEX.md": index, "1.md": "# One\n"}).codes == []
