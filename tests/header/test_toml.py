"""`header: toml`: front matter between two lines `+++`."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Result, brief
from validator.compose import plain_value
from validator.header import read_header
from validator.header.toml import read_toml

INDEX = """---
manifest: 1
documents: "*.md"
delimiters: {header: toml, bom: any}
fields:
  title: {document: header.title, required: true}
  weight: {document: header.weight, required: true}
---
| Title | Weight |
| ----- | ------ |
| [One thing](a.md) | 10 |
"""
GOOD = '+++\ntitle = "One thing"\nweight = 10\n+++\nText.\n'
UNDECLARED = INDEX.replace("header: toml, ", "")

CLEAN = {
    "as it should be": GOOD,
    "CRLF": GOOD.replace("\n", "\r\n"),
    "after a byte-order mark": "\ufeff" + GOOD,
    "no line end at the end": GOOD.replace("Text.\n", "Text."),
    "comments and empty lines": GOOD.replace("weight", "\n# why\n\nweight"),
    "a comment behind a value": GOOD.replace("10", "10  # why"),
    "a literal string": GOOD.replace('"', "'"),
    "a quoted key": GOOD.replace("title =", '"title"  ='),
    "escapes": GOOD.replace("One thing", "One \\u0074hing"),
    "a number in hexadecimal": GOOD.replace("10", "0xA"),
    "strings on several lines": GOOD.replace('"One thing"', '"""\nOne \\\n   thing"""'),
    "plus signs in a value": GOOD.replace("weight", 'note = "a +++ b"\nweight'),
    "a longer line of plus signs inside a string": GOOD.replace("weight", 'note = """\n++++\n"""\nweight'),
    "lists over several lines": GOOD.replace("weight", 'tags = [\n  "a", # one\n  "]",\n]\nweight'),
    "tables": GOOD.replace("+++\nText", "[params]\na = 1\n[params.b]\nc = [1]\n[[x]]\n[[x]]\n[x.y]\nd = 1\n+++\nText"),
    "a date": GOOD.replace("weight", "date = 2026-01-31\nweight"),
    "plus signs in the body": GOOD + "\n+++\na = 1\n+++\n",
    "a diff in the body": GOOD + "--- a\n+++ b\n",
}  # fmt: skip


@pytest.mark.parametrize("index", [INDEX, UNDECLARED], ids=["declared", "undeclared"])
@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_nothing_to_find(text: str, index: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": index, "a.md": text})
    assert result.findings == []
    assert result.code == 0


def opened(line: str) -> str:
    return line + GOOD[3:]


def closed(line: str) -> str:
    return GOOD.replace("\n+++\n", f"\n{line}\n")


MUTATIONS = {
    "no header": ("Text.\n", "DL101 a.md:1:1-1:6"),
    "an example in a fence": ("Text.\n```\n" + GOOD + "```\n", "DL101 a.md:1:1-1:6"),
    "opening removed": (GOOD[4:], "DL101 a.md:1:1-1:20"),
    "opening removed, no close": ('title = "One thing"\nText.\n', "DL101 a.md:1:1-1:20"),
    "opening doubled": ("+++\n" + GOOD, "DL118 a.md:2:1-2:4"),
    "opening indented": (opened("  +++"), "DL105 a.md:1:1-1:6"),
    "opening lengthened": (opened("++++"), "DL105 a.md:1:1-1:5"),
    "opening shortened": (opened("++"), "DL105 a.md:1:1-1:3"),
    "opening of one": (opened("+"), "DL105 a.md:1:1-1:2"),
    "opening with blanks": (opened("+++ "), "DL105 a.md:1:1-1:5"),
    "opening with a no-break space": (opened("+++\u00a0"), "DL105 a.md:1:1-1:5"),
    "opening of look-alikes": (opened("\uff0b\uff0b\uff0b"), "DL105 a.md:1:1-1:4"),
    "closing removed": (GOOD.replace("\n+++\n", "\n"), "DL103 a.md:1:1-1:4"),
    "closing removed, at the end": (GOOD[: GOOD.index("\n+++\n")], "DL103 a.md:1:1-1:4"),
    "closing removed, a rule in the body": (GOOD.replace("\n+++\n", "\n\n") + "\n+++\nMore.\n", "DL103 a.md:1:1-1:4"),
    "closing doubled": (closed("+++\n+++"), "DL118 a.md:5:1-5:4"),
    "a second header": (GOOD.replace("Text", '+++\ntitle = "Two"\n+++\nText'), "DL118 a.md:5:1-5:4"),
    "the header behind an empty one": ("+++\n+++\n" + GOOD, "DL118 a.md:3:1-3:4"),
    "closing indented": (closed(" +++"), "DL105 a.md:4:1-4:5"),
    "closing lengthened": (closed("+++++"), "DL105 a.md:4:1-4:6"),
    "closing shortened": (closed("++"), "DL105 a.md:4:1-4:3"),
    "closing with blanks": (closed("+++\t"), "DL105 a.md:4:1-4:5"),
    "closing with blanks, CRLF": (closed("+++ ").replace("\n", "\r\n"), "DL105 a.md:4:1-4:5"),
    "closing of look-alikes": (closed("+\u2795+"), "DL105 a.md:4:1-4:4"),
    "closing malformed, a rule in the body": (closed("++++") + "\n+++\n\nMore.\n", "DL105 a.md:4:1-4:5"),
    "closing is the last line, without line end": (GOOD[: GOOD.index("\nText")], "CT105 a.md"),
    "blank line before": ("\n" + GOOD, "DL104 a.md:1:1-1:1"),
    "blank line before, after a byte-order mark": ("\ufeff\n" + GOOD, "DL104 a.md:1:1-1:1"),
    "text before": ("Text.\n" + GOOD, "DL104 a.md:1:1-1:6"),
    "the close inside a string": (GOOD.replace("+++\nText", 'n = """\n+++\n"""\nText'), "MT101 a.md:4:5-4:8"),
    "a string that is never closed": (GOOD.replace("weight", 'n = "A\nweight'), "MT101 a.md:3:5-3:7"),
    "a long string that is never closed": (GOOD.replace("weight", 'n = """\nA\n\nB c\nweight'), "MT101 a.md:3:5-3:8"),
    "a list that is never closed": (GOOD.replace("weight", 'n = ["A",\n "b"\nweight'), "MT101 a.md:3:5-3:10"),
    "a list that is never closed, last": (GOOD.replace("+++\nText", "n = [\n+++\nText"), "MT101 a.md:4:5-4:6"),
    "an impossible date": (GOOD.replace("weight", "date = 2026-02-31\nweight"), "MT101 a.md:3:8-3:18"),
    "no quotes": (GOOD.replace("weight", "n = some text\nweight"), "MT101 a.md:3:5-3:14"),
    "no value": (GOOD.replace("weight", "n =\nweight"), "MT101 a.md:3:4-3:4"),
    "a colon": (GOOD.replace("weight", "n: 1\nweight"), "MT101 a.md:3:1-3:5"),
    "no key": (GOOD.replace("weight", "just text\nweight"), "MT101 a.md:3:1-3:10"),
    "a bad key": (GOOD.replace("weight", '"\\x" = 1\nweight'), "MT101 a.md:3:1-3:5"),
    "a bad table": (GOOD.replace("+++\nText", "[a\nb = 1\n+++\nText"), "MT101 a.md:4:1-4:3"),
    "a bad table's brackets": (GOOD.replace("+++\nText", "[[a]\nb = 1\n+++\nText"), "MT101 a.md:4:1-4:5"),
    "a bad table's name": (GOOD.replace("+++\nText", '["\\x"]\nb = 1\n+++\nText'), "MT101 a.md:4:1-4:7"),
    "a bad value in a table": (GOOD.replace("+++\nText", "[p]\na = x\n+++\nText"), "MT101 a.md:5:5-5:6"),
    "a key twice": (GOOD.replace("weight", "title = 'B'\nweight"), "MT103 a.md:3:1-3:6"),
    "a table twice": (GOOD.replace("+++\nText", "[a]\n[a]\nb = 1\n+++\nText"), "MT103 a.md:5:2-5:3"),
    "a key that is a table": (GOOD.replace("weight", "title.a = 1\nweight"), "MT103 a.md:3:1-3:8"),
    "a table below a value": (GOOD.replace("+++\nText", "[title.a]\n+++\nText"), "MT103 a.md:4:2-4:9"),
    "a table that an inline one closed": (
        GOOD.replace("+++\nText", "a = {b = 1}\n[a.c]\n+++\nText"), "MT101 a.md:5:1-5:6",
    ),
    "YAML instead": ("---\ntitle: One thing\nweight: 10\n---\nText.\n", "DL102 a.md:1:1-5:1"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MUTATIONS.values(), ids=MUTATIONS)
def test_each_fault_gives_its_one_finding(text: str, expected: str, check: Callable[..., Result]) -> None:
    assert brief(check({"INDEX.md": INDEX, "a.md": text})) == [expected]


def test_toml_where_another_header_is_declared(check: Callable[..., Result]) -> None:
    for dialect in ("none", "yaml", "rfc822"):
        index = INDEX.replace("toml", dialect)
        index = index if dialect != "none" else index.split("fields:", maxsplit=1)[0] + index[index.index("---\n|") :]
        assert brief(check({"INDEX.md": index, "a.md": GOOD.replace("Text.", "# One thing")})) == ["DL102 a.md:1:1-5:1"]


def test_what_the_messages_say(check: Callable[..., Result]) -> None:
    documents = (GOOD[4:], "Text.\n", closed(""), closed("++"), closed("x: 1\n+++"))
    assert [check({"INDEX.md": INDEX, "a.md": text}).only()["message"] for text in documents] == [
        "the header's opening line `+++` is missing",
        "there is no toml header, where the contract wants one",
        "the header that opens here is never closed",
        "the closing line of the header is not `+++`: it has 2 plus signs instead of 3",
        "the header does not parse: TOML wants `=` behind a key, not `:`",
    ]


REASONS = {
    '"B': 'the `"` that stands here is never closed',
    "'B": "the `'` that stands here is never closed",
    '"""B': 'the `"""` that stands here is never closed',
    "'''B": "the `'''` that stands here is never closed",
    "": "a value is missing behind the `=`",
    "B": "a value is text in quotes, ",
    "True": "a value is text in quotes, ",
    "2021-13-01": "more stands here than one value; a value is text in quotes, ",
    '"B" c': "more stands here than one value; a value is text in quotes, ",
    "[1 2]": "the `[` that stands here is never closed, or a comma is missing behind a value",
    '"a\x01"': r"illegal character '\x01'",
    "[": "the `[` that stands here is never closed, or a comma is missing behind a value",
    "[1,": "the `[` that stands here is never closed, or a comma is missing behind a value",
    "[B]": "a value is text in quotes, ",
    '["B\n]': "a text in quotes is never closed, or not on the line that it begins on",
    "{": "the `{` that stands here is never closed, or a comma is missing behind a value",
    "{a = 1": "the `{` that stands here is never closed, or a comma is missing behind a value",
}


@pytest.mark.parametrize(("value", "reason"), REASONS.items(), ids=map(repr, REASONS))
def test_the_reason_is_said_in_plain_words(value: str, reason: str, check: Callable[..., Result]) -> None:
    result = check({"INDEX.md": INDEX, "a.md": f"+++\ntitle = {value}\n+++\nText.\n"})
    (finding,) = (finding for finding in result.findings if finding["code"] == "MT101")
    assert finding["message"].startswith(f"the header does not parse: {reason}")


@pytest.mark.parametrize(
    "text", ["+++\nText.\n+++\n", "+++\na = 1\n\nText.\n\n+++\n", "+++\na = 1\n", "++\na = 1\n++\n", "+++"]
)
def test_undeclared_is_only_what_is_certain(text: str) -> None:
    assert read_header(text.encode(), None).dialect is None


def test_values_and_their_places() -> None:
    data = b'+++\na = "x" # c\nb = [1, "2"]\nc.d = 1979-05-27\ne = {f = true}\n[g]\nh = 1.50\n[[i]]\nj = 1\n+++\n'
    header = read_toml(data)
    assert {field.key: plain_value(field.node) for field in header.fields} == {
        "a": "x", "b": [1, "2"], "c": {"d": "1979-05-27"}, "e": {"f": True}, "g": {"h": 1.5}, "i": [{"j": 1}],
    }  # fmt: skip
    places = [data[slice(*field.key_span)] + b"|" + data[slice(*field.node.span)] for field in header.fields]
    assert places == [b'a|"x"', b'b|[1, "2"]', b"c.d|1979-05-27", b"e|{f = true}", b"g|g", b"i|i"]


def test_what_is_nested_too_deeply_is_not_read_further() -> None:
    for value in ("[" * 5000 + "]" * 5000, ".".join("a" * 5000)):
        data = f"+++\n{value} = 1\nb = {value}\n+++\n".encode()
        assert read_toml(data).dialect == "toml"


KEYS = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=10)
SCALARS = st.one_of(TEXTS, st.integers(-(10**9), 10**9), st.booleans())
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=3))


def written(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value).lower()


BODIES = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(("+++", "a = 1", "", "text", "++")), max_size=5).map("\n".join)
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5), BODIES, st.sampled_from(("\n", "\r\n")))
def test_what_is_written_is_read_where_it_stands(metadata: dict[str, object], body: str, end: str) -> None:
    lines = "".join(f"{key} = {written(value)}{end}" for key, value in metadata.items())
    data = f"+++{end}{lines}+++{end}{body}".encode()
    header = read_toml(data)
    assert {field.key: plain_value(field.node) for field in header.fields} == metadata
    assert data[header.end :] == body.encode()
    assert {fault.kind for fault in header.faults} <= {"second-header"}
    for field in header.fields:
        assert data[slice(*field.key_span)].decode() == field.key
        assert data[slice(*field.node.span)].decode() == written(metadata[field.key])


PIECES = (
    "+++",
    "++",
    "a = 1",
    "a = [",
    "]",
    '"""',
    "'''",
    'b = """',
    "[t]",
    "[[t]]",
    "[t.u]",
    "t.v = {",
    "",
    "x",
    "#",
    '"',
    "\\",
    "=",
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=80),
        st.lists(st.sampled_from(PIECES), max_size=14).map(lambda lines: "\n".join(["+++", *lines]).encode()),
    )
)
def test_nothing_raises(data: bytes) -> None:
    for dialect in ("toml", None):
        header = read_header(data, dialect)
        assert 0 <= header.start <= header.end <= header.body <= len(data)


def seconds(data: bytes) -> float:
    start = time.process_time()
    read_toml(data)
    return time.process_time() - start


@pytest.mark.parametrize(
    "piece",
    [
        "a = 1\n",
        "a = [\n",
        "x\n",
        '"""\\',
        "a = '''\n",
        'a = """\\"\n',
        "[a]\n",
        "[[a]]\n",
        "\n",
        "++\n",
        "a.",
        "{",
        '"',
    ],
)
def test_time_grows_with_the_size_alone(piece: str) -> None:
    many = piece.encode() * (10_000 // len(piece))
    for before in (b"+++\n",):
        assert seconds(before + many * 4) < 10 * seconds(before + many) + 0.5
