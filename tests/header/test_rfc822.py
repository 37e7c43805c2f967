"""`header: rfc822`: `Key: value` lines that an empty line ends."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import Result, brief
from validator.header import read_header
from validator.header.rfc822 import read_rfc822

INDEX = """---
manifest: 1
documents: "*.txt"
delimiters: {header: rfc822, bom: any}
fields:
  title: {document: header.Title, required: true}
  status: {document: header.Status, required: true}
---
| Title | Status |
| ----- | ------ |
| [One thing](a.txt) | Final |
"""
GOOD = "Title: One thing\nStatus: Final\n\nText.\n"

CLEAN = {
    "as it should be": GOOD,
    "two empty lines behind it": "Title: One thing\nStatus: Final\n\n\nText.\n",
    "CRLF": GOOD.replace("\n", "\r\n"),
    "after a byte-order mark": "\ufeff" + GOOD,
    "no line end at the end": GOOD[:-1],
    "a value on two lines": "Title: One\n  thing\nStatus: Final\n\nText.\n",
    "a value on the line below": "Title:\n\tOne thing\nStatus: Final\n\nText.\n",
    "no blank behind the colon": "Title:One thing\nStatus:Final\n\nText.\n",
    "dashes in a value": "Title: One thing\nNote: a --- b\nStatus: Final\n\nText.\n",
    "a colon in a value": "Title: One thing\nLink: https://example.org/a:b\nStatus: Final\n\nText.\n",
    "one line with a colon first in the body": GOOD.replace("Text.", "Note: this is text."),
    "a field behind a paragraph": GOOD + "\nTitle: Two\nStatus: Draft\n\nText.\n",
    "dashes in the body": GOOD + "\n---\na: b\n---\n",
    "a header in a fence in the body": GOOD + "\n```\nTitle: Two\n\nText.\n```\n",
    "blanks at the end of values": "Title: One thing  \nStatus: Final\t\n\nText.\n",
}  # fmt: skip


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_nothing_to_find(text: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": INDEX, "a.txt": text})
    assert result.findings == []
    assert result.code == 0


# What was done to the good document, and the one finding that it costs.
MUTATIONS = {
    "odd lines to the end": ("Title: One thing\nStatus: Final\nText.\nMore.\nStill more.\n", "DL103 a.txt:3:1-3:6"),
    "a paragraph for an empty line": ("Title: One thing\nStatus: Final\nText.\n\nMore.\n", "DL103 a.txt:3:1-3:6"),
    "no header": ("Text.\n\nMore text.\n", "DL101 a.txt:1:1-1:6"),
    "no header, a definition": ("Text: a definition.\n\nMore text.\n", None),
    "an example in a fence": ("# A\n\n```\n" + GOOD + "```\n", "DL101 a.txt:1:1-1:4"),
    "a field in the prose": ("Text.\nNote: this.\n\nMore.\n", "DL101 a.txt:1:1-1:6"),
    "fields in prose that goes on": ("Text.\nNote: this.\nSee: that.\nAnd more.\n\nMore.\n", "DL101 a.txt:1:1-1:6"),
    "empty line removed": (GOOD.replace("\n\n", "\n"), "DL103 a.txt:3:1-3:6"),
    "empty line removed, CRLF": (GOOD.replace("\n\n", "\n").replace("\n", "\r\n"), "DL103 a.txt:3:1-3:6"),
    "empty line removed, prose": (GOOD.replace("\n\n", "\n") + "More.\nEven more.\nNote: x\n", "DL103 a.txt:3:1-3:6"),
    "no body": (GOOD[: GOOD.index("\n\n")], "CT105 a.txt"),
    "no body, with a line end": (GOOD[: GOOD.index("\n\n") + 1], "CT105 a.txt"),
    "empty line of blanks": (GOOD.replace("\n\n", "\n \t\n"), "DL105 a.txt:3:1-3:3"),
    "empty line of blanks, CRLF": (GOOD.replace("\n\n", "\n  \n").replace("\n", "\r\n"), "DL105 a.txt:3:1-3:3"),
    "empty line of a no-break space": (GOOD.replace("\n\n", "\n\u00a0\n"), "DL105 a.txt:3:1-3:2"),
    "empty line of a zero-width space": (GOOD.replace("\n\n", "\n\u200b\n"), "DL105 a.txt:3:1-3:2"),
    "empty line of a form feed": (GOOD.replace("\n\n", "\n\f\n"), "DL105 a.txt:3:1-3:2"),
    "line of blanks inside": (
        "Title: One thing\n  \nStatus: Final\nType: x\n\nText.\n", "DL105 a.txt:2:1-2:3",
    ),
    "empty line inside": ("Title: One thing\n\nStatus: Final\nType: x\n\nText.\n", "DL118 a.txt:3:1-3:14"),
    "empty line inside, then the end": ("Title: One thing\n\nStatus: Final\nType: x\n\nA", "DL118 a.txt:3:1-3:14"),
    "empty line inside, folded": ("Title: One thing\n\nStatus: Final\n  \t\n\nText.\n", None),
    "header doubled": (GOOD[: GOOD.index("Text")] + GOOD, "DL118 a.txt:4:1-4:17"),
    "blank line before": ("\n" + GOOD, "DL104 a.txt:1:1-1:1"),
    "blank lines before": ("\n  \n\n" + GOOD, "DL104 a.txt:1:1-3:1"),
    "blank line before, after a byte-order mark": ("\ufeff\n" + GOOD, "DL104 a.txt:1:1-1:1"),
    "text before": ("Some text.\n" + GOOD, "DL104 a.txt:1:1-1:11"),
    "text and an empty line before": ("Some text.\n\n" + GOOD, "DL104 a.txt:1:1-2:1"),
    "dashes before": ("---\n" + GOOD, "DL104 a.txt:1:1-1:4"),
    "first line indented": (" " + GOOD, "MT101 a.txt:1:1-1:18"),
    "a blank before the colon": (GOOD.replace("Status:", "Status :"), "MT101 a.txt:2:1-2:15"),
    "a blank before the first colon": (GOOD.replace("Title:", "Title :"), "MT101 a.txt:1:1-1:18"),
    "a look-alike colon": ("Title: One thing\nStatus\uff1a Final\nType: x\n\nText.\n", "MT101 a.txt:2:1-2:14"),
    "a look-alike colon first": (GOOD.replace("Title:", "Title\uff1a"), "MT101 a.txt:1:1-1:17"),
    "a zero-width space first": ("\u200b" + GOOD, "MT101 a.txt:1:1-1:18"),
    "a no-break space in a key": (
        "Title: One thing\nSta\u00a0tus: x\nStatus: Final\n\nText.\n", "MT101 a.txt:2:1-2:11",
    ),
    "a letter that only looks like one": (
        "Title: One thing\nSt\u0430tus: x\nStatus: Final\n\nText.\n", "MT101 a.txt:2:1-2:10",
    ),
    "a blank in a key": ("Title: One thing\nStatus now: x\nStatus: Final\n\nText.\n", "MT101 a.txt:2:1-2:14"),
    "a colon removed": ("Note x\n" + GOOD, "DL104 a.txt:1:1-1:7"),
    "a colon removed inside": ("Title: One thing\nStatus Final\nType: x\n\nText.\n", "MT101 a.txt:2:1-2:13"),
    "a double colon": ("Title: One thing\nType:: x\nStatus: Final\n\nText.\n", "MT101 a.txt:2:1-2:9"),
    "a continuation without its blanks": (
        "Title: One thing\nNote: one,\ntwo,\nthree\nStatus: Final\n\nText.\n", "MT101 a.txt:3:1-4:6",
    ),
    "a line of signs": ("Title: One thing\n\u00a0\u00a0!\nStatus: Final\n\nText.\n", "MT101 a.txt:2:1-2:4"),
    "a key twice": ("Title: One thing\nStatus: Final\nTitle: Two\n\nText.\n", "MT103 a.txt:3:1-3:6"),
    "YAML instead": ("---\nTitle: One thing\nStatus: Final\n---\nText.\n", "DL102 a.txt:1:1-5:1"),
    "YAML instead, no key": ("---\n---\nText.\n", "DL101 a.txt:1:1-1:4"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MUTATIONS.values(), ids=MUTATIONS)
def test_each_fault_gives_its_one_finding(text: str, expected: str | None, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": INDEX, "a.txt": text})
    if expected is None:
        # What is left of the header is one of its own: only the fields that it lacks tell.
        assert set(result.codes) == {"MT104"}
    else:
        assert brief(result) == [expected]


def test_what_the_messages_say(check: Callable[..., Result]) -> None:
    documents = {
        "DL101": "Text.\n",
        "DL102": "---\nTitle: One thing\nStatus: Final\n---\nText.\n",
        "DL103": "Title: One thing\nText.\n",
        "DL105": GOOD.replace("\n\n", "\n \n"),
        "MT101": GOOD.replace("Status:", "Status :"),
    }
    said = {}
    for code, text in documents.items():
        result = check({"INDEX.md": INDEX, "a.txt": text})
        said[code] = {finding["code"]: finding["message"] for finding in result.findings}[code]
    assert said == {
        "DL101": "there is no rfc822 header, where the contract wants one",
        "DL102": "there is a yaml header, where the contract wants an rfc822 one",
        "DL103": "no empty line ends the header before this line",
        "DL105": "the closing line of the header is not an empty line: it holds blanks or what cannot be seen",
        "MT101": "the header does not parse: a blank stands before the colon",
    }


def test_one_bad_line_leaves_the_other_fields_comparable(check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": INDEX, "a.txt": "Title: Another\nStatus : Draft\nType: x\n\nText.\n"})
    assert brief(result) == ["MT108 INDEX.md:11:3-11:21", "MT101 a.txt:2:1-2:15"]
    assert result.findings[1]["field"] == "Status"


def test_heading_and_first_line_begin_behind_the_header(check: Callable[..., Result]) -> None:
    index = INDEX.replace("title: {document: header.Title", "title: {document: first-line")
    assert check({"INDEX.md": index, "a.txt": "Status: Final\n\n\nOne thing\n"}).findings == []


KEYS = st.from_regex(r"[A-Za-z][!-9;-~]{0,12}", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
VALUES = st.lists(st.lists(WORDS, max_size=3).map(" ".join), min_size=1, max_size=3).filter(
    lambda lines: not lines[0].startswith(("//", ":")) and all(lines[1:])
)
BODIES = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(("A: b", "", "text", " x", "---")), max_size=5).map("\n".join)
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5), BODIES, st.sampled_from(("\n", "\r\n")), st.booleans())
@example({"A": [""]}, "B: c\nD: e\n", "\n", False)  # noqa: FBT003
def test_what_is_written_is_read_where_it_stands(
    metadata: dict[str, list[str]],
    body: str,
    end: str,
    mark: bool,  # noqa: FBT001
) -> None:
    written = "".join(f"{key}: {f'{end}  '.join(lines)}{end}" for key, lines in metadata.items())
    data = ("\ufeff" * mark + written + end + body).encode()
    header = read_rfc822(data)
    assert {field.key: field.node.text for field in header.fields if field.key in metadata} == {
        key: " ".join(line for line in lines if line) for key, lines in metadata.items()
    }
    assert data[header.end :] == body.encode()
    assert {fault.kind for fault in header.faults} <= {"second-header"}
    for field in header.fields:
        assert data[slice(*field.key_span)].decode() == field.key
        assert " ".join(data[slice(*field.node.span)].decode().split()) == " ".join(field.node.text.split())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=80),
        st.lists(st.sampled_from(("A: b", "", " ", "x", "\t: ", "---", "\u200b", ":")), max_size=12).map(
            lambda lines: "\n".join(lines).encode()
        ),
    )
)
def test_nothing_raises(data: bytes) -> None:
    header = read_header(data, "rfc822")
    assert 0 <= header.start <= header.end <= header.body <= len(data)


def seconds(data: bytes) -> float:
    start = time.process_time()
    read_rfc822(data)
    return time.process_time() - start


@pytest.mark.parametrize(
    "piece", [b"A: b\n", b"x\nA: b\n", b" \n", b"\n", b"a b c\n", b"A", b":", b"A: b\n\n", b"\xc2\xa0"]
)
def test_time_grows_with_the_size_alone(piece: bytes) -> None:
    many = piece * (10_000 // len(piece))
    for before in (b"T: a\n",):
        assert seconds(before + many * 4) < 10 * seconds(before + many) + 0.5
