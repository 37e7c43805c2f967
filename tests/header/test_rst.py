"""`header: rst`: the field list of a reStructuredText document."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import Result, brief
from validator.header import read_header
from validator.header.rst import plain, read_rst, title

INDEX = """---
manifest: 1
documents: "*.rst"
delimiters: {header: rst, bom: any}
fields:
  title: {document: header.Title, required: true}
  status: {document: header.Status, required: true}
---
| Title | Status |
| ----- | ------ |
| [One thing](a.rst) | Final |
"""
GOOD = ":Title: One thing\n:Status: Final\n\nText.\n"
HEAD = "Things\n======\n\n"

CLEAN = {
    "as it should be": GOOD,
    "behind a title": HEAD + GOOD,
    "behind a title with a line above it": "======\nThings\n======\n" + GOOD,
    "behind a title, a subtitle and comments": HEAD + "More\n----\n.. A comment\n   that goes on\n\n..\n\n" + GOOD,
    "behind a target": ".. _things:\n\n" + HEAD + GOOD,
    "blank lines before": "\n\n" + GOOD,
    "empty lines between": GOOD.replace("\n:", "\n\n:"),
    "CRLF": GOOD.replace("\n", "\r\n"),
    "after a byte-order mark": "\ufeff" + GOOD,
    "no line end at the end": GOOD[:-1],
    "a value on two lines": ":Title: One\n  thing\n:Status: Final\n\nText.\n",
    "a value on the line below": ":Title:\n\tOne thing\n:Status: Final\n\nText.\n",
    "a second paragraph": ":Title: One thing\n\n  More of it.\n:Status: Final\n\nText.\n",
    "markup": ":Title: *One* ``thing``\n:Status: `Final <b.rst>`_\n\nText.\n",
    "an escape": ":Title: One \\thing\n:Status: Final\n\nText.\n",
    "dashes in a value": ":Note: a --- b\n" + GOOD,
    "a colon in a value": ":Link: https://example.org/a:b: c\n" + GOOD,
    "a colon in a key": ":a:b\\: c: d\n" + GOOD,
    "one line with a colon first in the body": GOOD.replace("Text.", "Note: this is text."),
    "a role first in the body": GOOD.replace("Text.", ":pep:`1` is text."),
    "dashes in the body": GOOD + "\n---\na: b\n---\n",
    "fields in a literal block in the body": GOOD + "\n::\n\n    :Title: Two\n",
    "fields behind the next title": GOOD + "\nNext\n----\n\n:Title: Two\n",
    "blanks at the end of values": ":Title: One thing  \n:Status: Final\t\n\nText.\n",
}  # fmt: skip


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_nothing_to_find(text: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": INDEX, "a.rst": text if "Text" in text else text + "\nText."})
    assert result.findings == []
    assert result.code == 0


# What was done to the good document, and the one finding that it costs.
MUTATIONS = {
    "no header": ("Text.\n\nMore text.\n", "DL101 a.rst:1:1-1:6"),
    "no header behind a title": (HEAD + "Text.\n", "DL101 a.rst:1:1-1:7"),
    "an example in a literal block": ("Text::\n\n  :Title: One thing\n  :Status: Final\n", "DL101 a.rst:1:1-1:7"),
    "an example in a code fence": ("```\n" + GOOD + "```\n", "DL101 a.rst:1:1-1:4"),
    "behind a literal block": ("Text::\n\n  x\n\n" + GOOD, "DL101 a.rst:1:1-1:7"),
    "behind the next title": ("Text.\n\n" + HEAD + GOOD, "DL101 a.rst:1:1-1:6"),
    "one field in the text": ("Text.\n\n:Note: this\n\nMore.\n", "DL101 a.rst:1:1-1:6"),
    "a role first": (":pep:`1` is text.\n", "DL101 a.rst:1:1-1:18"),
    "a lone line with a colon": ("Title: One thing\n\nText.\n", "DL101 a.rst:1:1-1:17"),
    "an indented field alone": ("  :Title: One thing\n\nText.\n", "DL101 a.rst:1:1-1:20"),
    "empty line removed": (GOOD.replace("\n\n", "\n"), "DL103 a.rst:3:1-3:6"),
    "empty line removed, CRLF": (GOOD.replace("\n\n", "\n").replace("\n", "\r\n"), "DL103 a.rst:3:1-3:6"),
    "empty line removed, a title": (GOOD.replace("\n\nText.", "\nNext\n----\n\nText."), "DL103 a.rst:3:1-3:5"),
    "a line of a no-break space inside": (GOOD.replace(":Status", "\u00a0\n:Status"), "MT101 a.rst:2:1-2:2"),
    "no body": (GOOD[: GOOD.index("\n\n")], "CT105 a.rst"),
    "no body, with a line end": (GOOD[: GOOD.index("\n\n") + 1], "CT105 a.rst"),
    "text before": ("Some text.\n\n" + GOOD, "DL104 a.rst:1:1-1:11"),
    "text before, behind a title": (HEAD + "Some text.\n\n" + GOOD, "DL104 a.rst:4:1-4:11"),
    "a key indented": (GOOD.replace(":Status", "  :Status"), "MT101 a.rst:2:3-2:17"),
    "the first key indented": (" " + GOOD, "MT101 a.rst:1:2-1:19"),
    "first colon removed": (GOOD.replace(":Status", "Status"), "MT101 a.rst:2:1-2:14"),
    "first colon removed, first field": (GOOD[1:], "MT101 a.rst:1:1-1:17"),
    "second colon removed": (GOOD.replace("Status:", "Status"), "MT101 a.rst:2:1-2:14"),
    "second colon removed, first field": (GOOD.replace("Title:", "Title"), "MT101 a.rst:1:1-1:17"),
    "first colon doubled": (GOOD.replace(":Status", "::Status"), "MT101 a.rst:2:1-2:16"),
    "second colon doubled": (GOOD.replace("Status:", "Status::"), "MT101 a.rst:2:1-2:16"),
    "a blank behind the first colon": (GOOD.replace(":Status", ": Status"), "MT101 a.rst:2:1-2:16"),
    "a blank before the second colon": (GOOD.replace("Status:", "Status :"), "MT101 a.rst:2:1-2:16"),
    "no blank behind the second colon": (GOOD.replace("Status: ", "Status:"), "MT101 a.rst:2:1-2:14"),
    "a look-alike first": (GOOD.replace(":Status", "\uff1aStatus"), "MT101 a.rst:2:1-2:15"),
    "a look-alike behind": (GOOD.replace("Status:", "Status\uff1a"), "MT101 a.rst:2:1-2:15"),
    "a zero-width space before": (GOOD.replace(":Status", "\u200b:Status"), "MT101 a.rst:2:1-2:16"),
    "a zero-width space in a key": (":No\u200bte: x\n" + GOOD, "MT101 a.rst:1:2-1:7"),
    "a continuation without its blanks": (
        ":Title: One thing\n:Note: one,\ntwo\n:Status: Final\n\nText.\n", "MT101 a.rst:3:1-3:4",
    ),
    "a key twice": (":Title: One thing\n:Status: Final\n:Title: Two\n\nText.\n", "MT103 a.rst:3:2-3:7"),
    "YAML instead": ("---\nTitle: One thing\nStatus: Final\n---\nText.\n", "DL102 a.rst:1:1-5:1"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MUTATIONS.values(), ids=MUTATIONS)
def test_each_fault_gives_its_one_finding(text: str, expected: str, check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": INDEX, "a.rst": text})) == [expected]


def test_what_the_messages_say(check: Callable[..., Result]) -> None:
    said = {}
    for text in (
        GOOD.replace(":Status", "Status"), GOOD.replace("Status:", "Status"), GOOD.replace("Status:", "Status::"),
        GOOD.replace(":Status", ": Status"), GOOD.replace("Status: ", "Status:"),
        GOOD.replace(":Status", "\uff1aStatus"), GOOD.replace(":Status", " :Status"),
        GOOD.replace(":Status", "\u200b:Status"), "Text.\n",
        GOOD.replace("\n\n", "\n"),
    ):  # fmt: skip
        finding = check({"INDEX.md": INDEX, "a.rst": text}).only()
        said[text] = finding["message"].removeprefix("the header does not parse: ")
    assert list(said.values()) == [
        "the colon in front of the key is missing",
        "the colon behind the key is missing",
        "a colon stands twice",
        "a blank stands between the key and its colon",
        "a blank is missing behind the second colon",
        "a colon only looks like `:`",
        "a key may not be indented",
        "a character that cannot be seen stands before the key",
        "there is no rst header, where the contract wants one",
        "no empty line ends the header before this line",
    ]


def test_a_list_below_a_key_is_a_list_of_values() -> None:
    header = read_rst(b":Authors:\n  - A *B*\n\n  - C\n    D\n:Tags: * x\n:Empty:\n\nText")
    assert [(field.key, [item.text for item in field.node.items]) for field in header.fields] == [
        ("Authors", ["A B", "C D"]), ("Tags", ["x"]), ("Empty", []),
    ]  # fmt: skip


def test_heading_is_the_title_of_the_document(check: Callable[..., Result]) -> None:
    index = INDEX.replace("document: header.Title", "document: heading")
    for head in ("One ``thing``\n-------------\n\n", "=========\nOne thing\n=========\n", ".. c\n\nOne thing\n===\n"):
        assert check({"INDEX.md": index, "a.rst": head.replace("===\n", "=========\n") + GOOD}).findings == []
    result = check({"INDEX.md": index, "a.rst": "Another\n=======\n" + GOOD})
    assert brief(result) == ["MT108 INDEX.md:11:3-11:21"]
    assert result.only()["related"][0]["end_column"] == 8


@pytest.mark.parametrize("text", ["", "Text\n", "Text\nmore\n====\n", "==\n", "Title\n=\n", "=====\n=====\n=====\n"])
def test_what_is_no_title(text: str) -> None:
    assert title(text.encode(), 0) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "a *b* **c** ``d``": "a b c d", "`a <x>`_ `b`_ :pep:`c`": "a b c", r"a\*b*": "a*b*", "2 * 3 * 4": "2 * 3 * 4",
        "a*b*c": "a*b*c", "`": "`", "x" * 5000 + "*a*": "x" * 5000 + "*a*", "(*a*), b": "(a), b",
    }.items(),
)  # fmt: skip
def test_inline_markup(text: str, expected: str) -> None:
    assert plain(text) == expected


KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9 _-]{0,10}[A-Za-z0-9]", fullmatch=True).filter(lambda key: "  " not in key)
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="\\`*-+\u2022:"), min_size=1, max_size=8
)
VALUES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=3)
BODIES = st.lists(st.sampled_from(("Note: b", "", "text", "x", "---")), max_size=5).map("\n".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5), BODIES, st.sampled_from(("\n", "\r\n")), st.booleans())
@example({"Ab": []}, "", "\n", True)  # noqa: FBT003
def test_what_is_written_is_read_where_it_stands(
    metadata: dict[str, list[str]],
    body: str,
    end: str,
    titled: bool,  # noqa: FBT001
) -> None:
    written = "".join(f":{key}: {f'{end}  '.join(lines)}{end}" for key, lines in metadata.items())
    before = f"A title{end}======={end}{end}" * titled
    data = (before + written + end + "Text." + end + body).encode()
    header = read_rst(data)
    assert {field.key: field.node.text for field in header.fields} == {
        key: " ".join(lines) for key, lines in metadata.items()
    }
    assert (header.faults, header.start, header.end) == ((), len(before), len((before + written).encode()))
    for field in header.fields:
        assert data[slice(*field.key_span)].decode() == field.key
        assert " ".join(data[slice(*field.node.span)].decode().split()) == " ".join(field.node.text.split())


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=80),
        st.lists(
            st.sampled_from((":A: b", "", " ", "x", "\t: ", "----", "\u200b", ":", "..", "- c", "  - d", "A: b", "::")),
            max_size=12,
        ).map(lambda lines: "\n".join(lines).encode()),
    )
)
def test_nothing_raises(data: bytes) -> None:
    header = read_header(data, "rst")
    assert 0 <= header.start <= header.end <= len(data)
    title(data, 0)


@pytest.mark.parametrize(
    "piece", [b":A: b\n", b"x\n:A: b\n", b" \n", b":", b":A", b"..\n", b"- c\n  ", b"\xc2\xa0", b"*a"]
)
def test_time_grows_with_the_size_alone(piece: bytes) -> None:
    many = piece * (20_000 // len(piece))
    start = time.process_time()
    read_rst(b":T: a\n" + many)
    read_rst(many)
    title(many, 0)
    assert time.process_time() - start < 1
