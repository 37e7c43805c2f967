"""YAML to nodes: raw, each at its place, and guarded; held against what PyYAML composes itself."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.compose import MAX_DEPTH, MAX_EVENTS, Node, Value, compose, plain_value, scalar_value
from validator.model import Fault, Span

Place = tuple[int, int]


def fault(text: str, *, tags: bool = True) -> tuple[str, Place, str]:
    """The one fault of a text: its kind, its place, its reason."""
    (found,) = compose(text, tags=tags).faults
    assert found.span is not None
    return found.kind, (found.span.start, found.span.end), found.detail[0]


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for item in node.items:
        yield from nodes(item)


PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s|#(?<=\s#).*)*)*")


def of_pyyaml(text: str) -> object:
    """PyYAML's own tree as kinds, places in bytes, and values, without the anchors and tags that it counts as theirs.

    A block collection ends where its text does.
    """
    starts = [0]
    for character in text:
        starts.append(starts[-1] + len(character.encode()))

    def walk(node: yaml.Node) -> object:
        first, end = node.start_mark.index, node.end_mark.index
        start = PROPERTIES.match(text, first).end()  # type: ignore[union-attr]
        if isinstance(node, yaml.ScalarNode):
            start = min(start, end)
            return "scalar", (starts[start], starts[end]), node.value
        end = max(start, len(text[:end].rstrip()))
        if isinstance(node, yaml.MappingNode):
            # What stands before a first key on its line is the key's own.
            start = min(start, *(key.start_mark.index for key, _ in node.value[:1]), len(text))
            return "mapping", (starts[start], starts[end]), [walk(item) for pair in node.value for item in pair]
        return "sequence", (starts[start], starts[end]), [walk(item) for item in node.value]

    root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return None if root is None else walk(root)


def of_ours(node: Node | None) -> object:
    if node is None:
        return None
    return node.kind, tuple(node.span), node.text if node.kind == "scalar" else [of_ours(item) for item in node.items]


PIECES = st.sampled_from(
    ["a", "b: ", "- ", "é", "😀", "\n", "\r\n", "  ", " ", "[", "]", "{", "}", ",", ": ", "'", '"', "#", "|\n", ">-\n",
     "&x ", "*x", "!t ", "? ", "\t", "12", "\u2028", "\u0085", "key: v\n", "- i\n", "...\n"],
)  # fmt: skip
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "line_break": st.sampled_from(["\n", "\r\n"]),
    }
)
TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"]), max_size=6)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXTS, st.dates()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_pieces_of_yaml_are_read_as_pyyaml_reads_them(text: str) -> None:
    composed = compose(text)
    for found in composed.faults:
        assert found.span is not None
        assert 0 <= found.span.start <= found.span.end <= len(text.encode())
    if re.search("[\x85\u2028\u2029]|\r(?!\n)", text):
        return  # They end lines to PyYAML alone; see the test of odd ends below.
    try:
        wanted = of_pyyaml(text)
    except yaml.YAMLError:
        return
    if composed.root is None and composed.faults:
        assert composed.faults[0].detail == ("a key may not be a list or a mapping; quote the value",)
    else:
        assert of_ours(composed.root) == wanted


@settings(deadline=None)
@given(VALUES, STYLES)
def test_what_pyyaml_writes_is_read_as_it_reads_it(value: object, style: dict[str, Any]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, **style)
    composed = compose(text)
    assert composed.faults == ()
    assert of_ours(composed.root) == of_pyyaml(text)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("base", [0, 7])
def test_each_scalar_stands_where_it_is_written(base: int, end: str) -> None:
    text = end.join(["é: ü", "😀:", "- 'ß'", "- {x: [y]}", 'z: "→" # é', ""])
    root = compose(text, base).root
    assert root is not None
    data = b"#" * base + text.encode()
    written = [data[slice(*node.span)].decode() for node in nodes(root) if node.kind == "scalar"]
    assert written == ["é", "ü", "😀", "'ß'", "x", "y", "z", '"→"']


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "\ufeff"])
def test_nothing_is_no_fault(text: str) -> None:
    composed = compose(text)
    assert composed.faults == ()
    assert composed.root is None or composed.root.text == ""


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("a: b: c", (4, 5), "a value holds a colon and a space; quote the value"),
        ("é: b: c", (5, 6), "a value holds a colon and a space; quote the value"),
        ("a: @b", (3, 4), "a value may not begin with this character; quote the value"),
        ("a: ]", (3, 4), "a value may not begin with this character; quote the value"),
        ("a: [b", (3, 4), "the `[` that stands here is never closed"),
        ("a: {b", (3, 4), "the `{` that stands here is never closed"),
        ("é: 'b\n", (4, 5), "the `'` that stands here is never closed"),
        ('a: "b\n', (3, 4), 'the `"` that stands here is never closed'),
        ("a: [b\nc: d\n", (7, 8), "`,` or `]` was expected here"),
        ("a: {b: [0-9]{3}}", (7, 15), '`[0-9]{3}` is a list to YAML; quote it: "[0-9]{3}"'),
        ("a: [0-9]{3,5}\n", (3, 13), '`[0-9]{3,5}` is a list to YAML; quote it: "[0-9]{3,5}"'),
        ("a: {b: [a-z][0-9]+, c: d}", (7, 18), '`[a-z][0-9]+` is a list to YAML; quote it: "[a-z][0-9]+"'),
        ("a: [b]: c", (6, 7), "a value holds a colon and a space; quote the value"),
        ("a: {b: c: d}", (8, 9), "`,` or `}` was expected here"),
        ("a: 'b' c", (7, 8), "the value has already ended here; quote the whole of it"),
        ("a: b\n- c", (5, 6), "a key was expected here"),
        ("- a\nb: c", (4, 5), "an item with `-` was expected here"),
        ("a: - b", (3, 4), "a list begins on a line of its own"),
        ("a: b\né\nc: d", (5, 7), "a key lacks its colon"),
        ('a: "\\q"', (4, 5), "a backslash in double quotes escapes what follows; use single quotes"),
        ("\ta: b", (0, 1), "a tab may not indent; use spaces"),
        ("a: |\n\tb", (5, 6), "a tab may not indent; use spaces"),
        ("a: *.md", (3, 7), '`*.md` is an alias to YAML; quote it: "*.md"'),
        ("a: [*.md, b]", (4, 8), '`*.md` is an alias to YAML; quote it: "*.md"'),
        ("a: [!b.md]", (4, 9), '`!b.md` is a tag to YAML; quote it: "!b.md"'),
        ("a: !b!c d", (3, 7), '`!b!c` is a tag to YAML; quote it: "!b!c"'),
        ("a: &.b", (3, 6), '`&.b` is an anchor to YAML; quote it: "&.b"'),
        ("a: *b", (3, 5), "the alias *b refers to no anchor"),
        ("&a [*a]", (4, 6), "the alias *a refers to no anchor"),
        ("? [a]\n: b", (2, 5), "a key may not be a list or a mapping; quote the value"),
        ("x: &x [a]\n*x : b", (10, 12), "a key may not be a list or a mapping; quote the value"),
        ("a: {{ b }}", (4, 9), "a key may not be a list or a mapping; quote the value"),
        ("a: \x07", (3, 4), "the character U+0007 is not allowed in YAML"),
        ("é: \x07", (4, 5), "the character U+0007 is not allowed in YAML"),
        ("a: \x00", (3, 4), "the character U+0000 is not allowed in YAML"),
        ("%YAML 3.0\n---\na: b", (0, 1), "found incompatible YAML document"),
    ],
)  # fmt: skip
def test_a_fault_has_its_place_and_a_plain_reason(text: str, where: Place, reason: str) -> None:
    assert fault(text) == ("yaml-syntax", where, reason)
    assert compose(text).root is None


@pytest.mark.parametrize(
    ("text", "kind", "where", "reason"),
    [
        ("a: *b", "yaml-alias", (3, 5), '`*b` is an alias to YAML; quote it: "*b"'),
        ("a: &b c\nd: *b", "yaml-tag", (3, 7), '`&b c` is an anchor to YAML; quote it: "&b c"'),
        ("é: !b", "yaml-tag", (4, 6), '`!b` is a tag to YAML; quote it: "!b"'),
        ("a: !*.md", "yaml-tag", (3, 8), '`!*.md` is a tag to YAML; quote it: "!*.md"'),
        ("a: !!str b", "yaml-tag", (3, 10), '`!!str b` is a tag to YAML; quote it: "!!str b"'),
        ("a: !b\n  c: d", "yaml-tag", (3, 5), "`!b` is a tag to YAML, and a contract has none: take it away"),
        ("a: &b c.md", "yaml-tag", (3, 10), '`&b c.md` is an anchor to YAML; quote it: "&b c.md"'),
        ("a: &b\n  - c", "yaml-tag", (3, 5), "`&b` is an anchor to YAML, and a contract has none: take it away"),
        ("a: &b [c]", "yaml-tag", (3, 5), "`&b` is an anchor to YAML, and a contract has none: take it away"),
        ('a: &b "c"', "yaml-tag", (3, 5), "`&b` is an anchor to YAML, and a contract has none: take it away"),
        ('a: &b c"d', "yaml-tag", (3, 9), """`&b c"d` is an anchor to YAML; quote it: '&b c"d'"""),
        ("&a b: c", "yaml-tag", (0, 4), '`&a b` is an anchor to YAML; quote it: "&a b"'),
        ("a: !b |\n  c\n", "yaml-tag", (3, 5), "`!b` is a tag to YAML, and a contract has none: take it away"),
    ],
)
def test_without_tags_aliases_anchors_and_tags_are_faults(text: str, kind: str, where: Place, reason: str) -> None:
    assert fault(text, tags=False) == (kind, where, reason)


def test_tags_and_aliases_are_fine_elsewhere() -> None:
    composed = compose("a: &x !t b\nc: *x\nd: !!int '5'\n")
    assert composed.root is not None
    assert plain_value(composed.root) == {"a": "b", "c": "b", "d": "5"}


@pytest.mark.parametrize(
    ("text", "where"), [("a: 1\n---\nb: 2", (5, 8)), ("é\n...\n---\nb", (7, 10)), ("---\n---\na: 1", (4, 7))]
)
def test_a_second_document_is_a_fault_and_the_first_is_read(text: str, where: Place) -> None:
    composed = compose(text)
    assert composed.faults == (Fault("second-document", Span(*where)),)
    assert composed.root is not None


def test_the_second_document_may_be_broken() -> None:
    assert [found.kind for found in compose("a: 1\n---\n[").faults] == ["second-document"]


def chain(links: int) -> str:
    """Anchors, each of which holds the one before it."""
    return "\n".join(["a0: &a0 [x]", *(f"a{number}: &a{number} [*a{number - 1}]" for number in range(1, links))])


SOUND = {
    "as deep as may be": "[" * MAX_DEPTH + "]" * MAX_DEPTH,
    "as deep by aliases": chain(MAX_DEPTH - 1),
    "as many values as may be": "- a\n" * (MAX_EVENTS - 10),
}
BOMBS = {
    "deeper": ("[" * (MAX_DEPTH + 1), f"nested deeper than {MAX_DEPTH} levels"),
    "deeper in block style": ("- " * (MAX_DEPTH + 1), f"nested deeper than {MAX_DEPTH} levels"),
    "deeper by mappings": ("{a: " * 100_000, f"nested deeper than {MAX_DEPTH} levels"),
    "deeper by aliases": (chain(MAX_DEPTH), f"nested deeper than {MAX_DEPTH} levels"),
    "much deeper by aliases": (chain(5000), f"nested deeper than {MAX_DEPTH} levels"),
    "an alias far inside": (
        "a: &a " + "[" * 40 + "]" * 40 + "\nb: " + "[" * 30 + "*a" + "]" * 30, f"nested deeper than {MAX_DEPTH} levels",
    ),
    "many laughs": (
        "a0: &a0 [" + "x," * 9 + "]\n" + "\n".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]" for n in range(1, 12)),
        f"more than {MAX_EVENTS:,} values once its aliases are unfolded",
    ),
    "many events": ("- \n" * (MAX_EVENTS + 1), f"more than {MAX_EVENTS:,} YAML events"),
}  # fmt: skip


@pytest.mark.parametrize("case", SOUND)
def test_large_and_deep_is_no_bomb(case: str) -> None:
    assert compose(SOUND[case]).faults == ()


@pytest.mark.parametrize("case", BOMBS)
def test_a_bomb_is_stopped_at_once(case: str) -> None:
    text, reason = BOMBS[case]
    started = time.process_time()
    composed = compose(text)
    assert time.process_time() - started < 3
    assert composed.root is None
    assert [(found.kind, found.detail) for found in composed.faults] == [("too-deep", (reason,))]


def test_a_bomb_goes_off_at_the_alias_that_is_too_much() -> None:
    text, _ = BOMBS["an alias far inside"]
    kind, where, _ = fault(text)
    assert (kind, text[slice(*where)]) == ("too-deep", "*a")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("false", False), ("0", 0), ("-12", -12), ("1.5", 1.5),
        ("1e3", 1000.0), ("-0", 0), ("Null", "Null"), ("True", "True"), ("yes", "yes"), ("0010", "0010"), ("+1", "+1"),
        ("0x1F", "0x1F"), ("1_000", "1_000"), (".5", ".5"), ("5.", "5."), ("2026-01-01", "2026-01-01"), ("1:3", "1:3"),
        ("٣", "٣"), ("1" * 17, "1" * 17), ("9" * 5000, "9" * 5000), ("1e999", "1e999"), ("nan", "nan"),
    ],
)  # fmt: skip
def test_a_scalar_is_typed_only_where_json_would_write_it_so(text: str, value: Value) -> None:
    assert scalar_value(text) == value
    assert type(scalar_value(text)) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb: [true, x, '1', 0010]\nc: {d: }\n", {"a": 1, "b": [True, "x", "1", "0010"], "c": {"d": None}}),
        ("a: !!str 1\n", {"a": "1"}),
        ("1: a\ntrue: b\n? \n: c\n", {"1": "a", "true": "b", "": "c"}),
        ("a: 1\na: 2\n", {"a": 1}),
        ("a: |\n  1\n", {"a": "1\n"}),
    ],
)  # fmt: skip
def test_values_as_json_has_them(text: str, value: Value) -> None:
    root = compose(text).root
    assert root is not None
    assert plain_value(root) == value


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\u2029", "\r"])
def test_what_ends_lines_to_yaml_alone_is_a_character_of_a_value(odd: str) -> None:
    text = f"a: x{odd}b=y\nc: '{odd}z'\nd: \ue000\ne: |\n  1{odd}2\n"
    root = compose(text).root
    assert root is not None
    values = {key.text: (value.text, value.span) for key, value in root.pairs()}
    assert {key: value[0] for key, value in values.items()} == {
        "a": f"x{odd}b=y", "c": f"{odd}z", "d": "\ue000", "e": f"1{odd}2\n",
    }  # fmt: skip
    assert text.encode()[slice(*values["d"][1])] == "\ue000".encode()


def test_an_alias_stands_where_it_is_written() -> None:
    root = compose("a: &x one\nb: *x\n").root
    assert root is not None
    assert [(value.text, value.span) for _, value in root.pairs()] == [("one", (6, 9)), ("one", (13, 15))]


MERGES = {
    "one": ("a: &a {t: 1, u: 2}\nb: {<<: *a, u: 3}", {"a": {"t": 1, "u": 2}, "b": {"t": 1, "u": 3}}),
    "at the end": ("a: &a {t: 1, u: 2}\nb: {u: 3, <<: *a}", {"a": {"t": 1, "u": 2}, "b": {"u": 3, "t": 1}}),
    "of several the first": (
        "a: &a {t: 1}\nb: &b {t: 2, v: 5}\n<<: [*a, *b]\nv: 9", {"a": {"t": 1}, "b": {"t": 2, "v": 5}, "t": 1, "v": 9},
    ),
    "of one that merges": (
        "a: &a {t: 1}\nb: &b\n  <<: *a\n  u: 2\n<<: *b", {"a": {"t": 1}, "b": {"t": 1, "u": 2}, "t": 1, "u": 2},
    ),
    "without an alias": ("<<: {t: 1}\nu: 2", {"t": 1, "u": 2}),
    "nothing": ("<<: []\nu: 2", {"u": 2}),
    "no mapping": ("<<: x", {"<<": "x"}),
    "a list of others": ("<<: [{}, x]", {"<<": [{}, "x"]}),
    "quotes": ('"<<": {t: 1}', {"<<": {"t": 1}}),
    "an item": ("- <<\n- t: 1", ["<<", {"t": 1}]),
}  # fmt: skip


@pytest.mark.parametrize("name", MERGES)
def test_merge_keys_are_resolved(name: str) -> None:
    text, wanted = MERGES[name]
    composed = compose(text)
    assert composed.faults == ()
    assert composed.root is not None
    assert plain_value(composed.root) == wanted
    with contextlib.suppress(yaml.YAMLError):
        assert yaml.safe_load(text) == wanted


def test_what_is_merged_stands_where_it_is_written() -> None:
    root = compose("a: &x {t: one}\nb: {<<: *x}\n").root
    assert root is not None
    assert root.items[1].items == root.items[3].items
    assert root.items[3].items[1].span == (10, 13)


def test_a_merge_key_that_stands_twice() -> None:
    composed = compose("<<: {a: 1}\n<<: {a: 2, b: 3}\n")
    assert composed.faults == (Fault("duplicate-key", Span(11, 13), ("<<", "0", "2")),)
    assert composed.root is not None
    assert plain_value(composed.root) == {"a": 1, "b": 3}


def test_a_contract_merges_nothing() -> None:
    root = compose("? a\n: b\n<<: {c: d}", tags=False).root
    assert root is not None
    assert plain_value(root) == {"a": "b", "<<": {"c": "d"}}


HOSTILE = {
    "itself": ("a: &a {<<: *a}", "the alias *a refers to no anchor"),
    "itself in a list": ("a: &a\n  <<: [*a]", "the alias *a refers to no anchor"),
    "each twice": (
        "a0: &a0 {k: 1}\n" + "\n".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}" for n in range(1, 40)),
        f"more than {MAX_EVENTS:,} values once its aliases are unfolded",
    ),
    "many of many": (
        "a: &a {" + ", ".join(f"k{n}: 1" for n in range(1000)) + "}\n" + "b: [" + "{<<: *a}, " * 5000 + "]",
        f"more than {MAX_EVENTS:,} values once its aliases are unfolded",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_merges_without_bounds_are_not_followed(name: str) -> None:
    text, reason = HOSTILE[name]
    compose("a: &a 1\n")  # What is imported once is no part of the time.
    started = time.process_time()
    composed = compose(text)
    assert time.process_time() - started < 2
    assert composed.root is None
    assert composed.faults[0].detail == (reason,)


def test_a_chain_of_merges_is_not_deep() -> None:
    links = "\n".join(f"a{n}: &a{n} {{<<: [*a{n - 1}], k{n}: 1}}" for n in range(1, 100))
    composed = compose(f"a0: &a0 {{k0: 1}}\n{links}\n")
    assert composed.faults == ()
    assert composed.root is not None
    assert len(composed.root.items[-1].items) == 2 * 100


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a: &x b", "b"),
        ("a: !t b", "b"),
        ("a: &x !t b", "b"),
        ("a: !t &x 'b'", "'b'"),
        ("a: !<tag:yaml.org,2002:str> b", "b"),
        ("a: &x # words\n  b", "b"),
        ("a: &x [b]", "[b]"),
        ("a: &x\n  b: c", "b: c"),
        ("a: &x\n  &y b: c", "&y b: c"),
        ("a: !t\n- b", "- b"),
        ("a: &x", ""),
        ("a: !t  # words", ""),
    ],
)
def test_an_anchor_or_a_tag_is_no_part_of_a_value(text: str, written: str) -> None:
    root = compose(text).root
    assert root is not None
    assert text[slice(*root.items[1].span)] == written
