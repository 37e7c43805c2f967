"""Entries in YAML and JSON, wherever in the tree they stand."""

from __future__ import annotations

import pytest

from tests.index.conftest import faults, place_of, read, said, targets
from validator.index import value_of

SHAPES = {
    "nothing": ("", []),
    "a scalar": ("a.md", []),
    "a list of mappings": ("- {path: a.md}\n- {path: b.md}\n", ["a.md", "b.md"]),
    "a list of paths": ("- a.md\n- b.md\n", ["a.md", "b.md"]),
    "a list of paths, one missing": ("- a.md\n- missing.md\n", ["a.md", "missing.md"]),
    "a list of words": ("- a\n- b. c\n- 1.2\n", []),
    "paths are few among words": ("- one\n- two\n- a.md\n", []),
    "one mapping": ("{path: a.md, title: A}\n", ["a.md"]),
    "a mapping by path": ("a.md: {title: A}\nb.md: {title: B}\n", ["a.md", "b.md"]),
    "a mapping of titles by path": ("a.md: A\nb.md: B\n", ["a.md", "b.md"]),
    "a mapping of paths by title": ("A: a.md\nB: b.md\n", ["a.md", "b.md"]),
    "a mapping of mappings by another name": ("x: {path: a.md}\ny: {path: b.md}\n", ["a.md", "b.md"]),
    "somewhere below": ("site:\n  name: x\n  pages:\n  - {file: a.md}\n  - {file: b.md}\n", ["a.md", "b.md"]),
    "in two lists": ("one: [{file: a.md}]\ntwo: [{file: b.md}]\n", ["a.md", "b.md"]),
    "in lists in lists": ("- [{file: a.md}]\n- [{file: b.md}]\n", ["a.md", "b.md"]),
    "a table of contents in groups": (
        "- title: One\n  sections:\n  - {local: a.md, title: A}\n- title: Two\n  sections:\n  - {local: b.md}\n",
        ["a.md", "b.md"],
    ),
    "a table of contents in entries": (
        "- {file: a.md, sections: [{file: b.md, sections: [{file: c.md}]}]}\n", ["a.md", "b.md", "c.md"],
    ),
    "navigation": ("nav:\n- Home: a.md\n- b.md\n- Guide:\n  - C: c.md\n  - Missing: missing.md\n",
                   ["a.md", "b.md", "c.md", "missing.md"]),
    "navigation to pages that are called as titles are": ("nav:\n- Group: a.md\n- Title: b.md\n", ["a.md", "b.md"]),
    "what an entry holds is no entry": ("- {path: a.md, see: [b.md, c.md]}\n", ["a.md"]),
    "what is nested and named further out is a mention": (
        "- {path: a.md, see: [{path: b.md}]}\n- {path: b.md}\n", ["a.md", "b.md"],
    ),
    "twice in a list is for a rule to say": ("- {path: a.md}\n- {path: a.md}\n", ["a.md", "a.md"]),
    "settings beside them": ("url: https://example.org/\nreadme: README.txt\nitems: [{path: a.md}]\n", ["a.md"]),
    "an entry of another site": ("- {path: a.md}\n- {path: 'https://example.org/'}\n", ["a.md", ""]),
    "an entry that lacks its path": ("- {path: a.md}\n- {title: B}\n", ["a.md", ""]),
    "an empty path": ("- {path: a.md}\n- {path: '', title: B}\n- {path: ~}\n- {path: '-'}\n", ["a.md", "", "", ""]),
    "of two keys that may be paths the one that names a document": (
        "- {url: 'https://example.org/', file: a.md}\n- {url: b.md}\n", ["a.md", "b.md"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES)
def test_entries_are_found_wherever_they_stand(text: str, expected: list[str]) -> None:
    index = read(text, "index.yml")
    assert targets(index) == expected
    assert faults(index) == []


SECTIONS = {
    "one path": ("section: site.docs\n", ["a.md"]),
    "through lists": ("section: 'parts[].files'\n", ["c.md", "d.md", "e.md"]),
    "two paths": ("section: [site.docs, parts.files]\n", ["a.md", "c.md", "d.md", "e.md"]),
    "a key with dots": ("section: x.y\n", ["f.md"]),
    "from the root": ("section: '$.site.docs'\n", ["a.md"]),
}
TREE = (
    "site: {docs: [{path: a.md}], other: [{path: b.md}]}\nparts:\n- files: [c.md, d.md]\n- files: [e.md]\nx.y: [f.md]\n"
)


@pytest.mark.parametrize(("contract", "expected"), SECTIONS.values(), ids=SECTIONS)
def test_a_section_is_a_path_of_keys(contract: str, expected: list[str]) -> None:
    assert targets(read(TREE, "index.yaml", contract)) == expected


def test_a_section_that_is_not_there_is_a_fault() -> None:
    index = read(TREE, "index.yaml", "section: [site.docs, site.doks, parts.name]\n")
    assert targets(index) == ["a.md"]
    assert [(fault.kind, fault.detail) for fault in index.faults] == [
        ("missing-section", ("site.doks",)), ("missing-section", ("parts.name",)),
    ]  # fmt: skip


def test_what_stands_in_a_section_is_an_entry_whatever_it_leads_to() -> None:
    assert targets(read("docs: [a, {path: b}]\n", "index.yaml", "section: docs\n")) == ["a", "b"]


COLUMNS = {
    "a path under another name": ("- {where: a.md}\n", "fields: {x: {column: where, document: path}}\n", ["a.md"]),
    "a path that is a key": ("a: {t: A}\nb: B\n", "fields: {x: {column: key, document: path}}\n", ["a", "b"]),
    "an ID": ("- {id: 1, title: A}\n- {id: 2}\n", "id: {pattern: '[0-9]'}\n", ["", ""]),
    "an ID under another name": ("- {No: 1}\n- {No: 2}\n", "id: {column: no}\n", ["", ""]),
    "an ID that is a key": ("'1': {t: A}\n'2': {path: b.md}\n", "id: {column: key}\n", ["", "b.md"]),
    "an ID that is a key of words or paths": ("'1': A\n'2': b.md\n", "id: {column: key}\n", ["", "b.md"]),
    "an ID that nobody declared": ("- {id: 1, title: A}\n", "documents: '*.md'\n", None),
}


@pytest.mark.parametrize(("text", "contract", "expected"), COLUMNS.values(), ids=COLUMNS)
def test_the_contract_says_what_names_a_document(text: str, contract: str, expected: list[str] | None) -> None:
    assert targets(read(text, "index.yaml", contract)) == (expected or [])


def test_values_have_the_names_of_their_keys() -> None:
    text = "x:\n- path: a.md\n  tags: [p, q]\n  by: {name: N, at: [1, 2]}\n  more: [{k: v}]\n  none: ~\n  empty:\n"
    index = read(text, "index.yaml")
    assert index.blocks[0].columns == ("path", "tags", "by.name", "by.at", "none", "empty")
    assert said(index) == [("a.md", "p, q", "N", "1, 2", "", "")]
    assert place_of(index, index.entries[0], "by.at") == "4:21-4:27"
    assert place_of(index, index.entries[0], "tags") == "3:9-3:15"


def test_each_entry_knows_the_title_above_it() -> None:
    text = "- part: One\n  chapters:\n  - {file: a.md, title: A, sections: [{file: b.md}]}\n- More:\n  - C: c.md\n"
    index = read(text, "_toc.yml")
    found = {
        entry.links[0].target: (value_of(index, entry, "section"), value_of(index, entry, "link.text"))
        for entry in index.entries
    }
    assert found == {"a.md": ("One", "A"), "b.md": ("A", ""), "c.md": ("More", "C")}


def test_a_key_that_stands_twice_is_a_fault() -> None:
    index = read("- {path: a.md, path: b.md}\n- {x: [{path: c.md}], x: 1}\n", "index.yaml")
    assert targets(index) == ["a.md", "c.md"]
    assert faults(index) == [("duplicate-key", "1:16-1:20"), ("duplicate-key", "2:23-2:24")]
    assert index.faults[0].detail == ("path", "3", "7")


TENS = (f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdef", "bcdefg", strict=True))
BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(TENS)
YAML = {
    "a colon in a value": ("- {path: a.md}\n- path: b: c\n", [], ("index-syntax", "2:10-2:11")),
    "a second document": ("- a.md\n---\n- b.md\n", ["a.md"], ("second-document", "2:1-2:4")),
    "a tag": ("- !x a.md\n- b.md\n", ["a.md", "b.md"], None),
    "an alias": ("- &a {path: a.md}\n- b.md\n", ["a.md", "b.md"], None),
    "a bomb": (BOMB, [], ("too-deep", "6:35-6:37")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "fault"), YAML.values(), ids=YAML)
def test_yaml_is_read_within_limits(text: str, expected: list[str], fault: tuple[str, str] | None) -> None:
    index = read(text, "index.yaml")
    assert targets(index) == expected
    assert faults(index) == ([fault] if fault else [])


def test_yaml_may_begin_with_its_contract() -> None:
    index = read("---\nmanifest: 1\nsection: docs\n---\ndocs: [a]\nother: [b.md]\n", "index.yaml")
    assert targets(index) == ["a"]
    assert place_of(index, index.entries[0], "value") == "5:8-5:9"


def test_a_value_on_a_line_that_is_not_utf8_is_not_trusted() -> None:
    index = read(b'[{"path": "a.md",\n"title": "caf\xe9"},\n{"path": "b.md", "title": "B"}]\n', "index.json")
    assert said(index) == [("a.md", None), ("b.md", "B")]
    assert faults(index) == [("not-utf8", "2:14-2:15")]


def test_of_both_sides_of_a_conflict_as_much_is_read_as_can_be() -> None:
    sides = "<<<<<<< a\n- {path: b.md}\n=======\n- {path: c.md}\n>>>>>>> b\n"
    index = read(f"- {{path: a.md}}\n{sides}", "index.yaml")
    assert targets(index) == ["a.md", "b.md", "c.md"]
    assert faults(index) == [("conflict-marker", "2:1-2:10")]
    broken = read('[\n<<<<<<< a\n"a.md"\n=======\n"b.md"\n>>>>>>> b\n]\n', "index.json")
    assert targets(broken) == ["a.md"]
    assert faults(broken) == [("conflict-marker", "2:1-2:10"), ("cut-off", "5:1-5:2")]


def test_of_very_many_names_of_values_those_count_that_are_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.index.tree._MOST_CELLS", 12)
    items = "".join(f"- {{path: {name}.md, title: {name}, own{name}: 1, also: 2}}\n" for name in "abc")
    index = read(items, "index.yaml")
    assert targets(index) == ["a.md", "b.md", "c.md"]
    assert set(index.blocks[0].columns) == {"path", "title", "also", "owna"}
