"""The contract: read raw, each fault at its place, and what is valid in it still holds."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.conftest import Result, brief, place
from validator.compose import Value, compose
from validator.contract import node_locator, read_contract, read_front_matter
from validator.contract.reading import _drop
from validator.schema import MAX_VIOLATIONS

Check = Callable[..., Result]
TABLE = "| Title |\n| ----- |\n| [A](a.md) |\n"
A = {"a.md": "# A\n"}


def index(*lines: str, body: str = TABLE) -> dict[str, str]:
    return {"INDEX.md": "\n".join(["---", *lines, "---", "", body]), **A}


SOUND = {
    "the least": ["manifest: 1"],
    "of a site generator": ["layout: page", "title: Things", "id: things", "name: x"],
    "beside a site generator's": ["layout: page", "fields: none", "indexlint:", "  manifest: 1", "  documents: '*.md'"],
    "another manifest": ["manifest: app.webmanifest"],
    "another key that is alike": ["manifests: [a, b]"],
    "dates and patterns are text": [
        "manifest: 1", "ignore:", "  - {rule: MT, reason: 12, until: 2999-01-01}", "id: {pattern: 0010}",
    ],
    "comments": ["# a contract", "manifest: 1 # the first", "", "documents: '*.md'"],
    "lists and single values": ["manifest: 1", "documents: ['*.md']", "id: {normalize: strip}"],
    "a broken header of others": ["title: one: two"],
    "a schema of a field": ["manifest: 1", "fields: {title: {document: heading, schema: {type: string}}}"],
    "keywords of others in a schema": [
        "manifest: 1", "fields:",
        "  title: {document: heading, schema: {note: a, title: b, x-patern: c, $coment: d, not: {enum: [x]}}}",
    ],
    "a boolean schema": ["manifest: 1", "fields: {title: {document: heading, schema: true}}"],
    "all of delimiters": ["manifest: 1", "delimiters: {header: none, newline: any, final_newline: any, bom: any}"],
}  # fmt: skip


@pytest.mark.parametrize("lines", SOUND.values(), ids=SOUND)
def test_a_sound_contract_and_what_is_none(lines: list[str], check: Check) -> None:
    result = check(index(*lines), "--ignore", "unused-suppression")
    assert (result.code, result.findings) == (0, [])


FAULTS = {
    "an unknown key": (["manifest: 1", "documnets: x"], "3:1-3:10", "did you mean 'documents'?"),
    "a key like the one of an item of the configuration file": (
        ["manifest: 1", "indx: x"], "3:1-3:5", "; did you mean 'id'? Allowed are manifest, documents, format, ",
    ),
    "an unknown key inside": (["manifest: 1", "id: {patern: x}"], "3:6-3:12", "did you mean 'pattern'?"),
    "an unknown key of a field": (["manifest: 1", "fields:", "  a: {colum: x}"], "4:7-4:12", "did you mean 'column'?"),
    "the path of an index": (["manifest: 1", "index: INDEX.md"], "3:1-3:6", "belongs to the configuration file"),
    "the path of an index below a key": (["indexlint:", "  index: none"], "3:3-3:8", "belongs to the configuration"),
    "a keyword of a schema": (
        ["manifest: 1", "fields:", "  title: {document: heading, schema: {minLenght: 1}}"], "4:39-4:48",
        "unknown keyword 'minLenght' in a schema; did you mean 'minLength'?",
    ),
    "a keyword with two letters swapped": (
        ["manifest: 1", "fields:", "  title: {document: heading, schema: {enmu: [A]}}"], "4:39-4:43",
        "unknown keyword 'enmu' in a schema; did you mean 'enum'?",
    ),
    "a keyword inside a schema": (
        ["manifest: 1", "fields:", "  title: {document: heading, schema: {anyOf: [{type: string}, {patern: A}]}}"],
        "4:64-4:70", "unknown keyword 'patern' in a schema; did you mean 'pattern'?",
    ),
    "a key of the configuration file": (
        ["manifest: 1", "exclude: x"], "3:1-3:8", "; `exclude` belongs to the configuration file",
    ),
    "another key of it": (["manifest: 1", "corpora: []"], "3:1-3:8", "; `corpora` belongs to the configuration file"),
    "an anchor": (["manifest: 1", "documents: &a x.md"], "3:12-3:19", "is an anchor to YAML; quote it"),
    "an anchor beside those of another's keys": (
        ["x: &x 1", "y: [*x, !z 2]", "indexlint:", "  documents: &a '*.md'"], "5:14-5:16", "is an anchor to YAML",
    ),
    "another version": (["manifest: 2"], "2:11-2:12", "2 is not 1, the version of the contract"),
    "a misspelt mark": (["manifset: 1", "documents: x"], "2:1-2:9", "did you mean 'manifest'?"),
    "a misspelt mark of the other kind": (["indexlnt: {manifest: 1}"], "2:1-2:9", "did you mean 'indexlint'?"),
    "no mark": (["documents: '*.md'", "delimiters: {header: none}"], "2:1-2:10", "add `manifest: 1`"),
    "no mapping": (["indexlint: yes"], "2:12-2:15", "a mapping is wanted"),
    "an empty one": (["indexlint:"], "2:1-2:10", "a mapping is wanted"),
    "an unquoted glob": (["manifest: 1", "documents: *.md"], "3:12-3:16", "quote it"),
    "an unquoted exclusion": (["manifest: 1", "documents: [!a.md]"], "3:13-3:18", "quote"),
    "a key twice": (["manifest: 1", "name: '{id}.md'", "name: '{id}.md'"], "4:1-4:5", "stands twice"),
    "a key twice inside": (["manifest: 1", "id: {unique: true, unique: true}"], "3:20-3:26", "stands twice"),
    "a key twice in a list": (
        ["manifest: 1", "ignore:", "- {rule: MT, reason: r, reason: r}"], "4:25-4:31", "stands twice",
    ),
    "a wrong type": (["manifest: 1", "documents: {a: b}"], "3:1-3:10", "is a mapping, where"),
    "a wrong word": (["manifest: 1", "format: tabel"], "3:9-3:14", "did you mean 'table'?"),
    "a wrong switch": (["manifest: 1", "id: {unique: maybe}"], "3:14-3:19", "is text, where `true` or `false` is"),
    "a wrong size": (["manifest: 1", "limits: {file: -1}"], "3:16-3:18", "less than the minimum"),
    "a wrong expression": (["manifest: 1", "fields: {title: header}"], "3:17-3:23", "is not"),
    "a wrong severity": (["manifest: 1", "severity: {MT108: fatal}"], "3:19-3:24", "is not one of"),
    "a template": (["manifest: 1", "name: '{id'"], "3:7-3:12", "a field is written"),
    "a pattern": (["manifest: 1", "id: {pattern: '(?=a)'}"], "3:15-3:22", "no look-around"),
    "a strip": (["manifest: 1", "fields: {title: {document: heading, strip: ['[']}}"], "3:45-3:48", "this pattern"),
    "syntax": (["manifest: 1", "name: a: b"], "3:8-3:9", "YAML syntax"),
    "a section that is none": (["manifest: 1", "section: {begin: x}"], "3:1-3:8", "'end' is required"),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "where", "words"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_found_at_its_place(lines: list[str], where: str, words: str, check: Check) -> None:
    result = check(index(*lines))
    assert result.code == 2
    assert brief(result) == [f"CF101 INDEX.md:{where}"]
    assert words in result.only()["message"]


def test_a_bad_schema_of_a_field_is_its_own_finding(check: Check) -> None:
    result = check(index("manifest: 1", "fields: {title: {document: heading, schema: {type: text}}}"))
    assert (result.code, result.codes) == (2, ["CF103"])
    assert "the schema of the field 'title' is no schema" in result.only()["message"]


def test_what_is_valid_beside_a_fault_still_holds(check: Check) -> None:
    files = index("manifest: 1", "colour: red", "documents: '*.md'", "delimiters: {header: none, newline: latf}")
    codes = check({**files, "b.md": "---\ntitle: B\n---\n# B\n"}).codes
    assert codes == ["CF101", "CF101", "IX104", "DL102"] or sorted(codes) == ["CF101", "CF101", "DL102", "IX104"]


@pytest.mark.parametrize(
    "line", ["id: {patern: x}", "id: {pattern: '('}", "id: [1]"], ids=["unknown key", "pattern", "type"]
)
def test_ids_are_not_judged_by_half_a_contract(line: str, check: Check) -> None:
    files = index("manifest: 1", "name: '{id}.md'", line, body="| ID | Title |\n| -- | ----- |\n| [b](a.md) | A |\n")
    assert check(files).codes == ["CF101"]


@pytest.mark.parametrize("line", ["fields: 1", "fields: {title: {documnet: x}}"], ids=["all", "one"])
def test_a_faulty_field_is_not_compared_by_default(line: str, check: Check) -> None:
    assert check(index("manifest: 1", line, body=TABLE.replace("[A]", "[Z]"))).codes == ["CF101"]


def test_an_ignore_that_is_faulty_takes_no_other_with_it(check: Check) -> None:
    lines = ["manifest: 1", "ignore:", "- {rule: MT108}", "- {rule: MT108, reason: r}"]
    assert check(index(*lines, body=TABLE.replace("[A]", "[Z]"))).codes == ["CF101"]


def test_a_contract_that_is_no_mapping_inside_a_configuration_is_said(check: Check) -> None:
    files = {"INDEX.md": TABLE, **A, "indexlint.yaml": "corpora:\n- {index: INDEX.md, limits: 3, name: '{id}.md'}\n"}
    assert brief(check(files)) == ["CF101 indexlint.yaml:2:29-2:30"]


def test_the_configuration_file_wins_key_by_key(check: Check) -> None:
    files = index("manifest: 1", "documents: '*.txt'", "delimiters: {header: none}")
    files["indexlint.yaml"] = "corpora:\n- {index: INDEX.md, documents: '*.md'}\n"
    files["a.md"] = "---\ntitle: A\n---\n# A\n"
    assert check(files).codes == ["DL102"]


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_front_matter_closes_with_trailing_blanks_too(blank: str, check: Check) -> None:
    assert check({"INDEX.md": f"---{blank}\nmanifest: 1\n...{blank}\n\n{TABLE}", **A}).findings == []


def test_front_matter_that_is_never_closed_is_one_finding_and_holds(check: Check) -> None:
    text = f"---\nmanifest: 1\ndocuments: '*.md'\n\n{TABLE}"
    result = check({"INDEX.md": text, **A, "b.md": "# B\n"})
    assert sorted(result.codes) == ["DL103", "IX104"]
    assert place(next(finding for finding in result.findings if finding["code"] == "DL103")) == "INDEX.md:1:1-1:4"


def test_two_rules_at_the_top_of_a_page_are_no_front_matter(check: Check) -> None:
    assert check({"INDEX.md": f"---\n\nWords.\n\n{TABLE}", **A}).findings == []


@pytest.mark.parametrize("front", ["fields: {title: heading}", "references: {a: header.a}"])
def test_an_index_that_is_gone_is_missed_whatever_its_contract_says(front: str, check: Check) -> None:
    config = f"corpora:\n- index: GONE.md\n  {front}\n"
    assert check({"indexlint.yaml": config, "a.md": "# A\n"}).codes == ["IX101"]


@pytest.mark.parametrize("lines", [["indexlint: {a: &x b, c: *x}"], ["manifest: 1", "a: " + "[" * 70]])
def test_yaml_that_a_contract_may_not_have_is_one_error(lines: list[str], check: Check) -> None:
    result = check(index(*lines))
    assert result.code == 2
    assert set(result.codes) == {"CF101"}


def test_front_matter_of_others_that_is_too_deep_is_none_of_ours(check: Check) -> None:
    assert check(index("title: x", "deep: " + "[" * 70)).code in {0, 2}


def test_a_place_below_what_is_no_collection_is_that_of_its_parent(check: Check) -> None:
    result = check(index("manifest: 1", "ignore: {rule: MT108}"))
    assert (result.code, result.codes) == (2, ["CF101"])


def test_a_front_matter_whose_root_breaks_the_schema_counts_for_nothing() -> None:
    value: dict[str, Value] = {"manifest": 1}
    _drop(value, ())
    assert value == {}


def test_a_pointer_below_a_scalar_is_found_at_the_scalar() -> None:
    root = compose("a: b\nc: [d]\n").root
    assert root is not None
    locate = node_locator(root)
    assert locate(("a", "x")).value == locate(("a",)).value
    assert locate(("c", "x")).value == locate(("c",)).value


OTHERS = {
    "an index key": ["index: true", "title: x"],
    "a manifesto": ["manifesto: a text", "title: x"],
    "a web manifest with keys": ["manifest: {name: app}", "title: x"],
    "the word in a broken title": ["title: My manifest: a story"],
    "its aliases and tags": ["base: &x {a: 1}", "other: *x", "tag: !t x", "indexlint: {documents: '*.md'}"],
    "its doubled keys": ["tags: a", "tags: b", "indexlint: {documents: '*.md'}"],
    "its broken value": ["title: a: b", "indexlint: {documents: '*.md'}", "note: c: d"],
    "nothing at all": [],
}


@pytest.mark.parametrize("lines", OTHERS.values(), ids=OTHERS)
def test_the_keys_of_a_site_generator_are_none_of_ours(lines: list[str], check: Check) -> None:
    assert check(index(*lines)).findings == []


@pytest.mark.parametrize("front", ["Note: see below\n", "layout: page\ntitle: x\n", "Words.\n"])
def test_a_rule_at_the_top_of_a_page_opens_nothing(front: str, check: Check) -> None:
    assert check({"INDEX.md": f"---\n{front}\n{TABLE}", **A}).findings == []


def test_a_table_between_two_rules_is_read(check: Check) -> None:
    assert check({"INDEX.md": f"---\n\n{TABLE}\n---\n", **A}).report["checked"]["entries"] == 1


WRONG = {
    "manifest: one": ("2:11-2:14", '"one" is not 1'),
    'manifest: "1"': ("2:11-2:14", "that this indexlint knows: take the quotes off"),
    "manifest:": ("2:1-2:9", "null is not 1"),
    "index: [a]": ("3:1-3:6", "`index` belongs to the configuration file"),
    "documents:": ("3:1-3:10", "it is empty (so are `null` and `~`), where text or a list is wanted"),
    "documents: []": ("3:1-3:10", "[] has too few items: at least 1 is wanted"),
    "documents: ['']": ("3:13-3:15", '"" is too short: at least 1 character is wanted'),
    "documents: [[a]]": ("3:13-3:16", '["a"] is a list, where text is wanted'),
    "format: [table]": ("3:1-3:7", '["table"] is not one of '),
    "section: []": ("3:1-3:8", "[] has too few items"),
    "section: {begin: a, end: b, é: c}": ("3:29-3:30", "unknown key 'é'; allowed are begin, end"),
    "name: [a]": ("3:1-3:5", '["a"] is a list, where text is wanted'),
    "id: x": ("3:5-3:6", '"x" is text, where a mapping is wanted'),
    "id: {document: nowhere}": ("3:16-3:23", '"nowhere" is not name.FIELD, path, '),
    "id: {document: [path, x]}": ("3:23-3:24", '"x" is not name.FIELD, path, '),
    "id: {document: author}": ("3:16-3:22", "; a key of the header is 'header.author'"),
    "fields: {title: sha256}": ("3:17-3:23", "; did you mean 'content.sha256'?"),
    "fields: {title: pth.x}": ("3:17-3:22", "; did you mean 'path'?"),
    "id: {document: title}": ("3:16-3:21", "; a key of the header is 'header.title'"),
    "id: {document: [path, haeder.id]}": ("3:23-3:32", "; did you mean 'header.id'?"),
    "id: {document: header}": ("3:16-3:22", "; did you mean 'header.KEY'?"),
    "fields: {title: haeding}": ("3:17-3:24", "; did you mean 'heading'?"),
    "fields: {title: content}": ("3:17-3:24", "; facts are bytes, chars, lines, "),
    "fields: {title: content.byte}": ("3:17-3:29", "; did you mean 'content.bytes'?"),
    "fields: {title: contnet.sha256}": ("3:17-3:31", "; did you mean 'content.sha256'?"),
    "references: {next: {document: fist-line}}": ("3:31-3:40", "; did you mean 'first-line'?"),
    "fields: {title: x.y}": ("3:17-3:20", "blake2b"),
    "id: {normalize: lower}": ("3:17-3:22", '"lower" is not strip, casefold or unpad'),
    'order: "-"': ("3:8-3:11", '"-"'),
    "id: {normalize: [srtip]}": ("3:18-3:23", "did you mean 'strip'?"),
    "delimiters: yaml": ("3:13-3:17", '"yaml" is text, where a mapping is wanted'),
    "delimiters: {header: ymal}": ("3:22-3:26", "did you mean 'yaml'?"),
    "delimiters: {bom: True}": ("3:19-3:23", "did you mean 'true'?"),
    "delimiters: {newline: \\n}": ("3:23-3:25", '"\\\\n" is not one of "lf", "crlf", "any"'),
    "fields: [title]": ("3:1-3:7", '["title"] is a list, where a mapping is wanted'),
    "fields: {title: }": ("3:10-3:15", "it is empty (so are `null` and `~`), where text or a mapping is wanted"),
    "fields: {title: {required: yes}}": ("3:28-3:31", '"yes" is text, where `true` or `false` is wanted'),
    "fields: {title: {compare: exat}}": ("3:27-3:31", "did you mean 'exact'?"),
    "fields: {title: {map: [a]}}": ("3:18-3:21", '["a"] is a list, where a mapping is wanted'),
    "fields: {title: {map: {a: [b]}}}": ("3:24-3:25", '["b"] is a list, where text or a number or `true` or'),
    "fields: {title: {strip: {a: b}}}": ("3:18-3:23", '{"a": "b"} is a mapping, where text or a list is wanted'),
    "fields: {title: {schema: x}}": ("3:26-3:27", '"x" is text, where a mapping or `true` or `false` is wanted'),
    "schema: {type: object}": ("3:1-3:7", '{"type": "object"} is a mapping, where text is wanted'),
    "limits: 5": ("3:9-3:10", '"5" is text, where a mapping is wanted'),
    "limits: {line: 1.5}": ("3:16-3:19", "1.5 is a number, where a whole number is wanted"),
    "limits: {line: big}": ("3:16-3:19", '"big" is text, where a whole number is wanted'),
    "ignore: {rule: MT}": ("3:1-3:7", '{"rule": "MT"} is a mapping, where a list is wanted'),
    "ignore: [MT]": ("3:10-3:12", '"MT" is text, where a mapping is wanted'),
    "ignore: [{rule: MT, resaon: x}]": ("3:21-3:27", "did you mean 'reason'?"),
    "ignore: [{rule: M T, reason: x}]": ("3:17-3:20", '"M T" is not the code or the name of a rule'),
    "severity: [x]": ("3:1-3:9", '["x"] is a list, where a mapping is wanted'),
    "severity: {M T: note}": ("3:12-3:15", 'the key "M T" is not the code or the name of a rule'),
    "severity: {MT: warn}": ("3:16-3:20", "did you mean 'warning'?"),
    "exclude: x": ("3:1-3:8", "unknown key 'exclude'; allowed are manifest, documents"),
}  # fmt: skip


@pytest.mark.parametrize("line", WRONG)
def test_every_key_of_a_wrong_type_is_one_fault_at_its_place(line: str, check: Check) -> None:
    where, words = WRONG[line]
    result = check(index(*([] if line.startswith("manifest") else ["manifest: 1"]), line))
    assert (result.code, brief(result)) == (2, [f"CF101 INDEX.md:{where}"])
    assert words in result.only()["message"]


@pytest.mark.parametrize("end", ["\r\n", "\n"], ids=["CRLF", "LF"])
@pytest.mark.parametrize("lead", ["", "\ufeff"], ids=["no mark", "a mark"])
def test_places_are_right_behind_other_characters(end: str, lead: str, check: Check) -> None:
    text = lead + end.join(["---", "manifest: 1 # 😀", 'name: "é{id"', "fields: {größe: {documnet: 1}}", "---", ""])
    assert brief(check({"INDEX.md": text + TABLE, **A})) == [
        "CF101 INDEX.md:3:7-3:13",
        "CF101 INDEX.md:4:18-4:26",
    ]


def test_scalars_are_read_as_they_are_written(check: Check) -> None:
    lines = [
        "manifest: 1",
        "section: 2024",
        "id: {column: 10, pattern: 0010, document: header.id}",
        "fields:",
        "  n: {column: 2.50, document: header.n, map: {1e3: 0x10, no: 1.50}, strip: 7}",
        "limits: {line: 1e3}",
    ]
    body = "# 2024\n\n| 10 | File | 2.50 |\n| - | - | - |\n| 0010 | [A](a.md) | 71e3 |\n| 0010 | [B](b.md) | no |\n"
    files = {"a.md": '---\nid: "0010"\nn: "0x10"\n---\nText.\n', "b.md": '---\nid: "0010"\nn: "1.50"\n---\nWords.\n'}
    assert set(check({**index(*lines, body=body), **files}).codes) == {"ID103"}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("fields: {" + ", ".join(f"f{number}: heading" for number in range(8000)) + "}", id="fields"),
        pytest.param("fields: {" + ", ".join(f"f{number}: x" for number in range(8000)) + "}", id="faulty fields"),
        pytest.param("\n".join(f"documents{number}: x" for number in range(8000)), id="unknown keys"),
        pytest.param("severity: {" + ", ".join(f"MT{number}: note" for number in range(8000)) + "}", id="severities"),
        pytest.param("fields: {t: {document: path, strip: ['" + "a?" * 5000 + "']}}", id="a long pattern"),
    ],
)
def test_a_huge_contract_takes_no_long_time(line: str) -> None:
    started = time.process_time()
    front = read_front_matter("INDEX.md", f"---\nmanifest: 1\n{line}\n---\n".encode())
    assert front.statement is not None
    contract = read_contract("INDEX.md", "", [front.statement], front)
    assert len(contract.faults) <= MAX_VIOLATIONS + 1
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("lines", "where", "words"),
    [
        (["fields: {title: name.slug}"], "INDEX.md:3:17-3:26", "'name.slug' has no value: there is no `name`"),
        (
            ["name: '{slug}.md'", "id: {document: name.slg}"],
            "INDEX.md:4:16-4:24",
            "'name.slg' has no value: `name` captures no {slg}; did you mean 'name.slug'?",
        ),
        (["name: '{id'", "id: {document: name.id}"], None, "template"),
    ],
)
def test_what_the_template_does_not_capture_is_no_source(
    lines: list[str], where: str | None, words: str, check: Check
) -> None:
    finding = check({**index("manifest: 1", *lines), **A}).only()
    assert finding["code"] == "CF101"
    assert words in finding["message"]
    assert where is None or place(finding) == where


FRONT = "manifest: 1\nname: '{id}.md'\n---\n- [A](a.md)\n"
MISPLACED = {
    "four dashes": (f"----\n{FRONT}", ["DL105 INDEX.md:1:1-1:5"]),
    "an indented delimiter": (f" ---\n{FRONT}", ["DL105 INDEX.md:1:1-1:5"]),
    "dashes that only look like them": (f"———\n{FRONT}", ["DL105 INDEX.md:1:1-1:4"]),
    "a blank line": (f"\n---\n{FRONT}", ["DL104 INDEX.md:1:1-1:1"]),
    "a comment": (f"<!-- made by hand -->\n---\n{FRONT}", ["DL104 INDEX.md:1:1-1:22"]),
    "a comment of two lines and a blank one": (f"<!-- a\n-- b -->\n\n---\n{FRONT}", ["DL104 INDEX.md:1:1-3:1"]),
    "a blank line and four dashes": (f"\n----\n{FRONT}", ["DL104 INDEX.md:1:1-1:1", "DL105 INDEX.md:2:1-2:5"]),
    "a rule": ("\n---\n\n- [A](a.md)\n\n---\n", []),
    "another's front matter": ("\n---\nlayout: page\n---\n- [A](a.md)\n", []),
    "a rule of four that is never closed": ("----\nmanifest: 1\n\n- [A](a.md)\n", []),
    "a comment that is never closed": (f"<!-- a\n---\n{FRONT}", None),
}


@pytest.mark.parametrize(("text", "expected"), MISPLACED.values(), ids=MISPLACED)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_front_matter_that_is_not_quite_in_its_place_holds_and_is_a_finding(
    text: str, expected: list[str] | None, end: str, check: Callable[..., Result]
) -> None:
    result = check({"INDEX.md": text.replace("\n", end), "a.md": "# A\n"})
    if expected is None:
        assert result.codes == ["IX102"]
    else:
        assert brief(result) == expected


def test_a_contract_that_is_lost_as_a_whole_leaves_nothing_to_a_default(check: Check) -> None:
    files = {**index("manifest: 1", "\tfields: {title: heading}"), "a.md": "# B\n"}
    assert check(files).codes == ["CF101"]


def test_what_cannot_be_said_of_ids_makes_no_row_faulty(check: Check) -> None:
    front = "---\nmanifest: 1\ndocuments: '*.md'\nid: {column: ID, document: begin}\n---\n"
    files = {"INDEX.md": f"{front}| ID | Title |\n| -- | ----- |\n| 1 | A |\n", "a.md": "---\nid: 1\n---\n# A\n"}
    assert check(files).codes == ["CF101"]
