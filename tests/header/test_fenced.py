"""`header: fenced`: metadata in the first code fence or `<pre>`."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Result, brief
from validator.header import read_header
from validator.header.fenced import read_fenced

INDEX = """---
manifest: 1
documents: "*.md"
delimiters: {header: fenced, bom: any}
fields:
  title: {document: header.Title, required: true}
  status: {document: header.Status, required: true}
---
| Title | Status |
| ----- | ------ |
| [One thing](a.md) | Final |
"""
GOOD = "## Preamble\n\n```\nTitle: One thing\nStatus: Final\n```\n\nText.\n"
BIP = "<pre>\n  Title: One thing\n  Authors: A\n           B\n  Status: Final\n</pre>\n\n==Abstract==\nText.\n"
LITERAL = "::\n\n  Title: One thing\n  Authors: A\n           B\n  Status: Final\n\nText: more\n==========\n"
INDENTED = "    Title: One\n           thing\n    Status: Final\n\n# Text\n"
CODE = "\n```python\nx: int\n```\n"

CLEAN = {
    "as it should be": GOOD,
    "BIP": BIP,
    "BIP in a fence": BIP.replace("<pre>", "```").replace("</pre>", "```"),
    "pre with an attribute, in capitals": BIP.replace("<pre>", '<PRE class="x">').replace("</pre>", "</PRE>"),
    "CRLF": GOOD.replace("\n", "\r\n"),
    "after a byte-order mark": "\ufeff" + GOOD,
    "on the first line": GOOD[GOOD.index("```") :],
    "no line end at the end": GOOD[: GOOD.rindex("\n")],
    "tildes": GOOD.replace("```", "~~~"),
    "four backticks": GOOD.replace("```", "````"),
    "a longer closing line": GOOD.replace("Final\n```", "Final\n`````"),
    "blanks behind the fence": GOOD.replace("```", "```  "),
    "three blanks before the fence": GOOD.replace("```", "   ```"),
    "an info string": GOOD.replace("```\nT", "```text\nT"),
    "YAML": GOOD.replace("```\nT", "```yaml\nlist:\n- a\n- b\nnote: |\n  x: y\nT"),
    "an empty line inside": GOOD.replace("Status", "\nStatus"),
    "a key of two words": GOOD.replace("Status", "Protocol version: 1\nStatus"),
    "an empty value": GOOD.replace("Status", "Replaces:\nStatus"),
    "backticks in a value": GOOD.replace("Status", "Note: ``` x\nStatus"),
    "other fences in the body": GOOD + CODE + "~~~\nTitle: Two\n~~~\n",
    "literal block of reStructuredText": LITERAL,
    "literal block behind blank lines": "\n\n" + LITERAL.replace("::\n", "::  \n"),
    "literal block in CRLF": LITERAL.replace("\n", "\r\n"),
    "indented code": INDENTED,
    "indented code with empty lines": INDENTED.replace("    Status", "\n    Status"),
    "indented code in front of a fence": INDENTED + "```\nTitle: Two\nStatus: Draft\n```\n",
    "code of one line in front of the fence": "    x: y\n\n" + GOOD,
    "code that is none of fields in front of the fence": "    x = 1\n    Title: Two\n    Status: Two\n\n" + GOOD,
    "colons without a block": "::\n\n" + GOOD,
    "a fence closely behind": GOOD.replace("\n\nText", "\n```python\nText") + "```\n",
}  # fmt: skip


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_nothing_to_find(text: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": INDEX, "a.md": text})
    assert result.findings == []
    assert result.code == 0


def test_a_literal_block_may_end_the_file() -> None:
    header = read_fenced(LITERAL[: LITERAL.index("\n\nText")].encode())
    assert [(field.key, field.node.text) for field in header.fields] == [
        ("Title", "One thing"), ("Authors", "A B"), ("Status", "Final"),
    ]  # fmt: skip


def opened(line: str) -> str:
    return GOOD.replace("```\nT", f"{line}\nT") + CODE


def closed(line: str) -> str:
    return GOOD.replace("Final\n```", f"Final\n{line}") + CODE


MUTATIONS = {
    "an odd line in indented code": (INDENTED.replace("    Status", "    odd\n    Status"), "MT101 a.md:3:1-3:8"),
    "an odd line in a literal block": (LITERAL.replace("  Status", "  odd\n  Status"), "MT101 a.md:6:1-6:6"),
    "an indented key twice": (
        INDENTED.replace("    Status: Final", "    Status: Final\n    Status: X"), "MT103 a.md:4:5-4:11",
    ),
    "a literal block without its colons": (LITERAL.replace("::\n", ""), "DL101 a.md:1:1-1:1"),
    "no header": ("Text.\n", "DL101 a.md:1:1-1:6"),
    "code alone": ("Text.\n\n```\nx = 1\n```\n", "DL101 a.md:3:1-3:4"),
    "an empty fence": ("Text.\n\n```\n```\nText.\n", "DL101 a.md:3:1-3:4"),
    "a fence that ends the file": ("Text.\n\n```\n", "DL101 a.md:3:1-3:4"),
    "inside a fence": ("````\n" + GOOD + "````\n", "DL101 a.md:1:1-1:5"),
    "opening removed": (GOOD.replace("```\nT", "T"), "DL101 a.md:3:1-3:17"),
    "prose above a lone fence": ("Text.\nMore: text\n```\n\nText.\n", "DL101 a.md:3:1-3:4"),
    "opening removed, BIP": (BIP.replace("<pre>\n", ""), "DL101 a.md:1:1-1:19"),
    "both removed": (GOOD.replace("```\n", ""), "DL101 a.md:1:1-1:12"),
    "opening doubled": (opened("```\n```"), "DL118 a.md:4:1-4:4"),
    "opening shortened": (opened("``"), "DL105 a.md:3:1-3:3"),
    "opening indented": (opened("     ```"), "DL105 a.md:3:1-3:9"),
    "opening of look-alikes": (opened("´´´"), "DL105 a.md:3:1-3:4"),
    "opening of tildes, shortened": (
        GOOD.replace("```\nT", "~~\nT").replace("Final\n```", "Final\n~~~"), "DL105 a.md:3:1-3:3",
    ),
    "opening too long": (opened("`````"), "DL105 a.md:6:1-6:4"),
    "opening of the other sign": (opened("~~~"), "DL105 a.md:6:1-6:4"),
    "closing removed": (GOOD.replace("Final\n```\n", "Final\n"), "DL103 a.md:3:1-3:4"),
    "closing removed, code in the body": (GOOD.replace("Final\n```\n", "Final\n") + CODE, "DL103 a.md:3:1-3:4"),
    "closing removed, text at once": (GOOD.replace("Final\n```\n\n", "Final\n"), "DL103 a.md:3:1-3:4"),
    "closing removed, a paragraph at once": (
        GOOD.replace("Final\n```\n\n", "Final\n") + "\nMore.\n", "DL103 a.md:3:1-3:4",
    ),
    "closing removed, BIP": (BIP.replace("</pre>\n", ""), "DL103 a.md:1:1-1:6"),
    "closing removed, YAML": (
        GOOD.replace("```\nT", "```yaml\nT").replace("Final\n```\n", "Final\n\n# A\n"), "DL103 a.md:3:1-3:8",
    ),
    "closing doubled": (closed("```\n```"), "DL118 a.md:7:1-7:4"),
    "a second header": (GOOD.replace("\n\nText", "\n```text\nA: b\nC: d\n```\nText"), "DL118 a.md:7:1-7:8"),
    "closing shortened": (closed("``"), "DL105 a.md:6:1-6:3"),
    "closing indented": (closed("     ```"), "DL105 a.md:6:1-6:9"),
    "closing of the other sign": (closed("~~~"), "DL105 a.md:6:1-6:4"),
    "closing with text": (closed("```text"), "DL105 a.md:6:1-6:8"),
    "closing of look-alikes": (closed("\u00b4\u00b4\u00b4"), "DL105 a.md:6:1-6:4"),
    "closing with a no-break space": (closed("```\u00a0"), "DL105 a.md:6:1-6:5"),
    "closing shortened, CRLF": (closed("``").replace("\n", "\r\n"), "DL105 a.md:6:1-6:3"),
    "closing misspelt, BIP": (BIP.replace("</pre>", "<pre>"), "DL105 a.md:6:1-6:6"),
    "no body": ("```\nTitle: One thing\nStatus: Final\n```", "CT105 a.md"),
    "a colon removed": (GOOD.replace("Status", "Type x\nStatus"), "MT101 a.md:5:1-5:7"),
    "a colon removed, last": (GOOD.replace("Final\n", "Final\nType x\n"), "MT101 a.md:6:1-6:7"),
    "a URL on a line of its own": (
        GOOD.replace("Status", "Link: a\nhttps://example.org/\nStatus"), "MT101 a.md:6:1-6:21",
    ),
    "no blank behind the colon": (GOOD.replace("Status", "Type:x\nStatus"), "MT101 a.md:5:1-5:7"),
    "first line odd": (GOOD.replace("Title", "Type x\nTitle"), "MT101 a.md:4:1-4:7"),
    "a look-alike colon": (GOOD.replace("Status", "Type\uff1a x\nStatus"), "MT101 a.md:5:1-5:8"),
    "a zero-width space in a key": (GOOD.replace("Status", "Ty\u200bpe: x\nStatus"), "MT101 a.md:5:1-5:9"),
    "a line less indented, BIP": (BIP.replace("  Authors: A\n           B", "Authors: A"), "MT101 a.md:3:1-3:11"),
    "bad YAML": (GOOD.replace("```\nT", "```yaml\nn: a: b\nT"), "MT101 a.md:4:5-4:6"),
    "a key twice": (GOOD.replace("Status", "Title: B\nStatus"), "MT103 a.md:5:1-5:6"),
    "front matter instead": ("---\nTitle: One thing\nStatus: Final\n---\nText.\n", "DL102 a.md:1:1-5:1"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MUTATIONS.values(), ids=MUTATIONS)
def test_each_fault_gives_its_one_finding(text: str, expected: str, check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": INDEX, "a.md": text})) == [expected]


def test_what_the_messages_say(check: Callable[..., Result]) -> None:
    longer = GOOD.replace("```\nT", "````\nT") + CODE
    documents = ("Text.\n", longer, opened("``"), closed("``"), closed("~~~"), BIP.replace("</pre>", "<pre>"))
    assert [check({"INDEX.md": INDEX, "a.md": text}).only()["message"] for text in documents] == [
        "there is no fenced header, where the contract wants one",
        "the closing line of the header is not 4 backticks: it has 3 of 4 signs",
        "the opening line of the header is not three backticks: it has 2 of 3 signs",
        "the closing line of the header is not three backticks: it has 2 of 3 signs",
        "the closing line of the header is not three backticks: it is of the other sign",
        "the closing line of the header is not `</pre>`: it is misspelt",
    ]


KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_()/-]{0,8}(?: [A-Za-z]{1,5})?", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
VALUES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3)
BODIES = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(("```", "A: b", "", "text")), max_size=5).map("\n".join)
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(KEYS, VALUES, min_size=2, max_size=5), BODIES, st.sampled_from(("```", "~~~~", "<pre>")),
    st.sampled_from(("", "  ")), st.sampled_from(("\n", "\r\n")),
)  # fmt: skip
def test_what_is_written_is_read_where_it_stands(
    metadata: dict[str, list[str]], body: str, mark: str, indent: str, end: str
) -> None:
    written = "".join(f"{indent}{key}: {f'{end}{indent}      x '.join(lines)}{end}" for key, lines in metadata.items())
    before = f"# A{end}{end}{mark}{end}{written}{mark.replace('<', '</')}{end}"
    header = read_fenced((before + body).encode())
    assert {field.key: field.node.text for field in header.fields} == {
        key: " x ".join(lines) for key, lines in metadata.items()
    }
    assert (header.body, header.end) == (0, len(before.encode()))
    assert {fault.kind for fault in header.faults} <= {"second-header"}
    data = (before + body).encode()
    for field in header.fields:
        assert data[slice(*field.key_span)].decode() == field.key
        assert " ".join(data[slice(*field.node.span)].decode().split()) == field.node.text


PIECES = (
    "```",
    "``",
    "````",
    "~~~",
    "<pre>",
    "</pre>",
    "<pre",
    "A: b",
    "C: d",
    "",
    "x",
    "  A: b",
    "```yaml",
    "´´´",
    "\u00a0",
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=80),
        st.lists(st.sampled_from(PIECES), max_size=14).map(lambda lines: "\n".join(lines).encode()),
    )
)
def test_nothing_raises(data: bytes) -> None:
    header = read_header(data, "fenced")
    assert 0 <= header.start <= header.end <= len(data)
    assert header.body <= len(data)


def seconds(data: bytes) -> float:
    start = time.process_time()
    read_fenced(data)
    return time.process_time() - start


@pytest.mark.parametrize("piece", ["A: b\n", "x\n", "`", "``\n", "<pre", " ", "A ", "A: b\nx\n", "\n", "´\n", "```\n"])
def test_time_grows_with_the_size_alone(piece: str) -> None:
    many = piece.encode() * (10_000 // len(piece))
    for before in (b"", b"```\nA: b\n", b"```yaml\nA: b\n"):
        assert seconds(before + many * 4) < 10 * seconds(before + many) + 0.5
