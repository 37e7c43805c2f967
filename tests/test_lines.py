"""Templates of delimiter lines: what fits, what nearly fits and why, what is no template."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.lines import Match, line_template
from validator.names import TemplateError

FAR = {
    "=== {id} ===": ["== =", "===", "=== ===", "=" * 20, "x === 2 ===", "=== 2 === x", "-- 2 --", ""],
    "<DOC>": ["<doc>", "<DOCS>", "DOC>", "<D OC>", "</DOC>"],
    "---": ["-", "-----", "- a", "- - -", "---a", "***"],
    "\f": ["", " ", "\f\f\f", "a\f"],
    "{id}:": [":", "a: b", ""],
    "*** START OF THE PROJECT {title} ***": ["*** START: FULL LICENSE ***", "*** START OF THIS PROJECT A ***"],
    "=== end {id} ===": ["=== end-of-text ===", "=== end ===", "=== 2 ==="],
}


@pytest.mark.parametrize(("source", "line"), [(source, line) for source, lines in FAR.items() for line in lines])
def test_other_lines(source: str, line: str) -> None:
    assert line_template(source)[0].match(line) is None


@pytest.mark.parametrize(
    ("source", "line", "fields"),
    [
        ("=== {id} ===", "=== 2 ===", {"id": "2"}),
        ("=== {id} ===", "=== a b = c ===", {"id": "a b = c"}),
        ("=== {id} ===", "=== ä ===", {"id": "ä"}),
        ("=== {id} ===", "=== \udcff ===", {"id": "\udcff"}),
        ("{id:03}.", "0012.", {"id": "0012"}),
        ("From {from} at {date}", "From a b at c at d", {"from": "a b", "date": "c at d"}),
        ("\\begin{{{id}}}", "\\begin{x}", {"id": "x"}),
        ("\f", "\f", {}),
        ("Ende — {id}", "Ende — 5", {"id": "5"}),
    ],
)
def test_lines_that_fit(source: str, line: str, fields: dict[str, str]) -> None:
    match = line_template(source)[0].match(line)
    assert match is not None
    assert match.reason == ""
    assert {name: value for name, value, _, _ in match.fields} == fields
    assert all(line[start:end] == value for _, value, start, end in match.fields)


NEAR = {
    " === 2 ===": "it is indented",
    "\t=== 2 === ": "it is indented",
    "=== 2 === ": "it has trailing blanks",
    "=== 2 ===\u00a0": "it holds a character that cannot be seen, or a blank that is no space",
    "=== 2\u00a0===": "it holds a character that cannot be seen, or a blank that is no space",
    "\u200b=== 2 ===": "it holds a character that cannot be seen, or a blank that is no space",
    "\f=== 2 ===": "it holds a character that cannot be seen, or a blank that is no space",
    "==== 2 ===": "it has 4 `=` in a row instead of 3",
    "=== 2 ==": "it has 2 `=` in a row instead of 3",
    "=2=": "it has 1 `=` in a row instead of 3",
    "\uff1d== 2 ===": "it has characters that only look like `=`",
    "═══ 2 ═══": "it has characters that only look like `=`",
    "===2===": "its blanks are not the same",
    "===  2 ===": "its blanks are not the same",
}


@pytest.mark.parametrize(("line", "reason"), NEAR.items())
def test_lines_that_nearly_fit(line: str, reason: str) -> None:
    match = line_template("=== {id} ===")[0].match(line)
    assert match == Match((("id", "2", line.index("2"), line.index("2") + 1),), reason)


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("---", "----", "it has 4 `-` in a row instead of 3"),
        ("---", "--", "it has 2 `-` in a row instead of 3"),
        ("---", "———", "it has characters that only look like `-`"),
        ("---", "--- ", "it has trailing blanks"),
        ("\f", "\f ", "it has trailing blanks"),
        ("\f", "\f\f", "it has 2 `\f` in a row instead of 1"),
        ("%%", " %%", "it is indented"),
        ("</DOC>", "<//DOC>", "it has 2 `/` in a row instead of 1"),
        ("Page {n} of {all}", "Page  1 of 2", "its blanks are not the same"),
    ],
)
def test_other_templates_that_nearly_fit(source: str, line: str, reason: str) -> None:
    match = line_template(source)[0].match(line)
    assert match is not None
    assert match.reason == reason


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("{id}{title}", "nothing stands between {id} and {title}"),
        ("{id} {id}", "the field {id} stands twice"),
        ("{id}\n{id}", "the field {id} stands twice"),
        ("{", "a brace that is none"),
        ("a } b", "a brace that is none"),
        ("{1}", "a brace that is none"),
        ("  ", "a line of it is blank"),
        ("<DOC>\n\n<NO>", "a line of it is blank"),
    ],
)
def test_what_is_no_template(source: str, why: str) -> None:
    with pytest.raises(TemplateError, match=re.escape(why)):
        line_template(source)


def test_a_template_of_several_lines() -> None:
    assert [line.source for line in line_template("<DOC>\n<DOCNO>{id}</DOCNO>\n")] == ["<DOC>", "<DOCNO>{id}</DOCNO>"]


_TEMPLATES = st.sampled_from([*FAR, "== {a} - {b} ==", "Ende — {id}", "-—-", "#{id:02}#", "{a}|{b}"])
_LINES = st.text(st.sampled_from("=-—*#<>/DOC 0129ab:\f\u00a0\u200b|STARTendÄ\uff1d═"), max_size=14)


@given(_TEMPLATES, _LINES, st.data())
def test_the_search_finds_what_matches(source: str, line: str, data: st.DataObject) -> None:
    template = line_template(source)[0]
    if data.draw(st.booleans()):
        values = {name: data.draw(st.text("ab12é", min_size=2)) for name in template.fields}
        line = re.sub(r"\{(\w+)(?::0\d)?\}", lambda found: values[found[1]], source)
    if template.match(line) is not None:
        assert re.search(b"\n" + template.start, b"\n" + line.encode() + b"\nx")
