"""One cause, one finding: faults of a header beside what the index says of it, at the place that is to be edited."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place

INDEX = """---
manifest: 1
documents: "*.md"
delimiters: {header: yaml}
---
| Title | Status |
| ----- | ------ |
| [One](a.md) | Final |
"""
GOOD = "title: One\nstatus: Final\n"
SCHEMA = """
{"properties": {"title": {"type": "string"}, "status": {}, "by": {"type": "object"}}, "additionalProperties": false}
"""
NARROW = '{"required": ["title", "kind"]}'


def document(header: str, body: str = "Text.\n") -> str:
    return f"---\n{header}---\n{body}"


UNDECLARED = INDEX.replace("delimiters: {header: yaml}\n", "")
FIELDS = INDEX.replace("{header: yaml}", "{header: yaml}\nfields: {title: {document: header.title, required: true}}")
WITH_SCHEMA = FIELDS.replace("fields:", "schema: s.json\nfields:")
NONE = (
    INDEX.replace("header: yaml", "header: none")
    .replace(" Status |", "")
    .replace(" Final |", "")
    .replace("------ |\n", "\n")
)

CASES: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "a key twice below a key": ({"a.md": document(GOOD + "x:\n  b: 1\n  b: 2\n")}, ["MT103 a.md:6:3-6:4"]),
    "a key twice in a list": ({"a.md": document(GOOD + "x:\n- {b: 1, b: 2}\n")}, ["MT103 a.md:5:10-5:11"]),
    "a key twice below an anchor": (
        {"a.md": document(GOOD + "x: &x {b: 1, b: 2}\ny: *x\n")}, ["MT103 a.md:4:14-4:15"],
    ),
    "items that YAML reads otherwise": (
        {"a.md": document(GOOD + "tags: [no, x, 0010]\nm: {k: ~}\n")},
        ["MT107 a.md:4:8-4:10", "MT107 a.md:4:15-4:19", "MT107 a.md:5:8-5:9"],
    ),
    "a title that does not parse": ({"a.md": document("title: a: b\nstatus: Final\n")}, ["MT101 a.md:2:9-2:10"]),
    "a title that is not there": ({"a.md": document("status: Final\n")}, []),
    "no header": ({"a.md": "Text.\n"}, ["DL101 a.md:1:1-1:6"]),
    "no title, undeclared": ({"INDEX.md": UNDECLARED, "a.md": document("status: Final\n")}, []),
    "a title that does not parse, undeclared": (
        {"INDEX.md": UNDECLARED, "a.md": document("title: a: b\nstatus: Final\n")}, ["MT101 a.md:2:9-2:10"],
    ),
    "a header where none may be": ({"INDEX.md": NONE, "a.md": document(GOOD)}, ["DL102 a.md:1:1-5:1"]),
    "a required field, no header": (
        {"INDEX.md": UNDECLARED.replace("documents:", "schema: s.json\ndocuments:"), "s.json": NARROW, "a.md": "One\n"},
        ["MT104 a.md", "MT104 a.md"],
    ),
    "a misspelt required key": (
        {"INDEX.md": WITH_SCHEMA, "s.json": SCHEMA, "a.md": document("titel: One\nstatus: Final\n")},
        ["MT105 a.md:2:1-2:6"],
    ),
    "a value by an alias": (
        {"INDEX.md": WITH_SCHEMA, "s.json": SCHEMA, "a.md": document("status: &x x\ntitle: One\nby: *x\n")},
        ["MT106 a.md:4:5-4:7"],
    ),
    "U+2028 in a value": ({"a.md": document("note: a\u2028b=c\u0085d\n" + GOOD)}, []),
    "a fault behind U+2028": ({"a.md": document("note: a\u2028b\n" + GOOD + "x: a: b\n")}, ["MT101 a.md:5:5-5:6"]),
    "dashes behind a value": ({"a.md": "---\nstatus: Final\ntitle: One ---\nText.\n"}, ["DL103 a.md:1:1-1:4"]),
    "a no-break space behind a colon": (
        {"a.md": document("title:\u00a0One\nstatus: Final\n")}, ["MT101 a.md:2:7-2:8"],
    ),
    "a no-break space behind a last colon": (
        {"a.md": document("title: One\nstatus:\u00a0Final\n")}, ["MT101 a.md:3:8-3:9"],
    ),
    "a no-break space behind the only colon": ({"a.md": document("title:\u00a0One\n")}, ["MT101 a.md:2:7-2:8"]),
    "two byte-order marks": ({"a.md": "\ufeff\ufeff" + document(GOOD)}, ["DL106 a.md:1:1-1:2"]),
    "two byte-order marks where one may be": (
        {"INDEX.md": INDEX.replace("yaml}", "yaml, bom: true}"), "a.md": "\ufeff\ufeff" + document(GOOD)},
        ["DL106 a.md:1:1-1:2"],
    ),
    "a rule behind a blank line": ({"a.md": document(GOOD, "\n---\n\nText.\n")}, []),
    "the closing line twice": ({"a.md": document(GOOD, "---\n\nText.\n")}, ["DL118 a.md:5:1-5:4"]),
    "a header behind the header": (
        {"a.md": document(GOOD, "---\ntitle: Two\n---\n\nText.\n")}, ["DL118 a.md:5:1-5:4"],
    ),
    "an invisible character in a cell": (
        {"INDEX.md": INDEX.replace("[One]", "[O\u200bne]"), "a.md": document(GOOD)}, ["FS102 INDEX.md:8:3-8:15"],
    ),
    "a no-break space in a value": (
        {"INDEX.md": INDEX.replace("Final", "Final 2"), "a.md": document(GOOD.replace("Final", "Final\u00a02"))},
        ["FS102 a.md:3:9-3:16"],
    ),
    "an invisible character and another value": (
        {"INDEX.md": INDEX.replace("[One]", "[T\u200bwo]"), "a.md": document(GOOD)},
        ["FS102 INDEX.md:8:3-8:15", "MT108 INDEX.md:8:3-8:15"],
    ),
    "a separator row of other dashes": (
        {"INDEX.md": INDEX.replace("| ----- | ------ |", "| \u2014\u2014 | \u2013\u2013 |"), "a.md": document(GOOD)},
        ["DL114 INDEX.md:7:1-7:12"],
    ),
    "a pipe before the link": (
        {
            "INDEX.md": INDEX.replace("| Title |", "| No. | Title |").replace("| ----- |", "| - | ----- |").replace(
                "| [One]", "| 1 | 2 | [One]"
            ) + "| 2 | [Two](b.md) | Draft |\n",
            "a.md": document(GOOD), "b.md": document("title: Two\nstatus: Draft\n"),
        },
        ["DL113 INDEX.md:8:3-8:8"],
    ),
    "a value that is mapped, on neither side": (
        {
            "INDEX.md": FIELDS.replace("fields: {", "fields: {status: {document: header.status, map: {F: Final}}, ")
            .replace("| Final", "| F"),
            "a.md": document(GOOD.replace("Final", "F")),
        },
        ["MT108 INDEX.md:9:17-9:18"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_one_cause(files: dict[str, str | bytes], expected: list[str], check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": INDEX, **files})) == expected


DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@pytest.mark.parametrize(
    ("stated", "codes"),
    [(DIGEST, []), (f"sha256:{DIGEST}", []), (f"SHA-256: {DIGEST}", []), (f"sha1:{DIGEST}", ["CT103"]),
     (f"sha512:{DIGEST}", ["CT103"]), (f"sum:{DIGEST}", [])],
)  # fmt: skip
def test_a_digest_that_names_another_algorithm(stated: str, codes: list[str], check: Callable[..., Result]) -> None:
    index = f"| Name | SHA-256 |\n| - | - |\n| [a](a.md) | `{stated}` |\n"
    assert check({"INDEX.md": index, "a.md": "test"}).codes == codes


def test_the_blank_that_is_none_is_named(check: Callable[..., Result]) -> None:
    names = {
        "rfc822": "Title\uff1a One\nStatus:\u00a0Final\n\nText.\n",
        "yaml": document("title:\u00a0One\nstatus: Final\n"),
        "rst": ":Title: One\n:Status:\u00a0Final\n\nText.\n",
        "bullets": "- Title: One\n- Status:\u00a0Final\n\nText.\n",
        "fenced": "```\nTitle: One\nStatus:\u00a0Final\n```\n",
    }
    for dialect, text in names.items():
        result = check({"INDEX.md": INDEX.replace("yaml", dialect), "a.md": text})
        assert any("U+00A0 (NO-BREAK SPACE)" in finding["message"] for finding in result.findings), dialect


def test_messages_name_what_is_meant(check: Callable[..., Result]) -> None:
    files = {"INDEX.md": WITH_SCHEMA, "s.json": SCHEMA, "a.md": document("title: One\nstatus: Final\nby: [x]\n")}
    assert check(files).only()["message"] == 'schema: by: ["x"] is a list, where a mapping is wanted'
    files["a.md"] = document("title: null\n")
    said = {finding["code"]: finding["message"] for finding in check(files).findings}
    assert said["MT106"] == "schema: title: it is empty (so are `null` and `~`), where text is wanted"
    (found,) = check({"INDEX.md": INDEX, "a.md": document(GOOD + "tags: [no]\n")}).findings
    assert found["message"] == "YAML reads 'no' as the boolean false"
    (found,) = check({"INDEX.md": INDEX, "a.md": "\ufeff\ufeff" + document(GOOD)}).findings
    assert found["message"] == "the document begins with 2 byte-order marks"


def test_a_mismatch_by_an_alias_stands_at_the_alias(check: Callable[..., Result]) -> None:
    found = check({"INDEX.md": INDEX, "a.md": document("x: &x Draft\ntitle: One\nstatus: *x\n")}).only()
    assert [place(item) for item in found["related"]] == ["a.md:4:9-4:11"]


MERGING = FIELDS.replace("required: true}", "required: true}, status: {document: header.status, required: true}")


@pytest.mark.parametrize("index", [MERGING, MERGING.replace("delimiters: {header: yaml}\n", "")], ids=["yaml", "none"])
@pytest.mark.parametrize(
    "header",
    [
        "base: &base\n  status: Final\n<<: *base\ntitle: One\n",
        "title: One\nbase:\n- &base {status: Draft}\n- &more {status: Final}\n<<: [*more, *base]\n",
        "title: One\n<<: {status: Final}\n",
        "title: One\nbase: &base {status: Draft}\n<<: *base\nstatus: Final\n",
    ],
)
def test_what_a_header_merges_it_states(index: str, header: str, check: Callable[..., Result]) -> None:
    assert check({"INDEX.md": index, "a.md": document(header)}).findings == []


def test_what_a_header_merges_stands_where_it_is_written(check: Callable[..., Result]) -> None:
    header = "base: &base\n  status: Draft\n  tags: [no]\n<<: *base\ntitle: &title One\nsame: *title\n"
    result = check({"INDEX.md": MERGING, "a.md": document(header)})
    assert brief(result) == ["MT108 INDEX.md:9:17-9:22", "MT107 a.md:4:10-4:12"]
    assert place(result.findings[0]["related"][0]) == "a.md:3:11-3:16"


@pytest.mark.parametrize("text", ["<<: *base\n", "x: &x {<<: *x}\n", "<<: x\n", "<<: [x]\n"])
def test_a_merge_that_leads_nowhere_is_found(text: str, check: Callable[..., Result]) -> None:
    found = check({"INDEX.md": MERGING, "a.md": document(f"title: One\n{text}")}).codes
    assert "MT104" in found
    assert {*found} <= {"MT101", "MT104"}
