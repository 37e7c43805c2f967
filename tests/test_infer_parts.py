"""The rooms of `infer` one by one: names, evidence, places to write to, a tree as it will be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Result, commit_all, write
from validator.cli import main
from validator.contract import read_front_matter
from validator.globs import chosen
from validator.infer.binding import Column, Evidence, Source, bind
from validator.infer.dialects import fitting_dialects
from validator.infer.identity import Named, learn_identity
from validator.infer.learning import Learned, LeftOut, evenly
from validator.infer.naming import is_aside, learn_naming
from validator.infer.placing import (
    PlacingError,
    Wanted,
    carries_front_matter,
    has_contract,
    in_configuration,
    in_front_matter,
)
from validator.infer.preview import Preview, write_file
from validator.infer.wording import Proof, contract_lines
from validator.names import template
from validator.settings import read_config
from validator.tree import Folder, ReadError


def numbered(form: str, *numbers: int) -> list[str]:
    return [form.format(number) for number in numbers]


NAMES: dict[str, tuple[list[str], list[str], list[str]]] = {
    "one width": (numbered("p-{:04}.md", 1, 2, 30), ["p-[0-9][0-9][0-9][0-9].md"], ["p-{id:04}.md", "{id}.md"]),
    "several widths": (numbered("eip-{}.md", 1, 20, 300), ["eip-[0-9]*.md"], ["eip-{id}.md", "{id}.md"]),
    "slugs": (numbered("{:03}-a{0}.md".replace("{0}", "b"), 1, 2, 3), ["[0-9][0-9][0-9]-*.md"], ["{id:03}-{slug}.md"]),
    "parts of numbers": (
        ["c-0046.md", "c-0046-01.md", "c-0047.md"],
        ["c-[0-9][0-9][0-9][0-9].md", "c-[0-9][0-9][0-9][0-9]-[0-9][0-9].md"],
        ["c-{id}.md", "{id}.md"],
    ),
    "series": (
        ["F/f-01.md", "F/f-02.md", "R/r-03.md", "R/r-04.md"],
        ["F/f-[0-9][0-9].md", "R/r-[0-9][0-9].md"],
        ["{series}-{id:02}.md", "{id}.md"],
    ),
    "series that are not told apart": (["a1.md", "b2.md", "a3.md", "b4.md"], ["a[0-9]*.md", "b[0-9]*.md"], ["{id}.md"]),
    "slugs here and there": (["p-1.md", "p-2-x.md", "p-3.md"], ["p-[0-9]*.md"], []),
    "codes": (["01.md", "5A.md", "BE.md"], ["[0-9A-F][0-9A-F].md"], ["{id}.md"]),
    "pages of folders": (["x/README.md", "y/README.md"], ["*/README.md"], []),
    "numbered pages": (
        ["X-01/README.md", "X-02/README.md"],
        ["X-[0-9][0-9]/README.md"],
        ["X-{id:02}/README.md", "{id}/README.md"],
    ),
    "words": (["ash.md", "birch.md"], ["*.md"], []),
    "two suffixes": (["p-01.md", "p-02.rst"], ["p-[0-9][0-9].md", "p-[0-9][0-9].rst"], []),
    "signs of globs": (["a[1]/x-01.md", "a[1]/x-02.md"], ["a[[]1]/x-[0-9][0-9].md"], ["x-{id:02}.md", "{id}.md"]),
    "letters behind the number": (["1a.md", "2bc.md"], ["*.md"], []),
    "many shapes": ([f"p-{number}{sign}x.md" for number, sign in enumerate("-_.+~=, ")], ["*.md"], []),
    "parts of many widths": (
        [f"p-{'1' * 9}-{'2' * number}.md" for number in range(1, 9)],
        [f"p-{'[0-9]' * 9}-[0-9]*.md"],
        ["p-{id}.md", "{id}.md"],
    ),
    "parts of one digit": (["1-2.md", "1-3.md", "2-1.md"], ["[0-9]*-[0-9]*.md"], ["{id}.md"]),
    "versions": (["1.2.3.md", "1.2.10.md"], ["[0-9]*.[0-9]*.[0-9]*.md"], ["{id}.md"]),
    "numbers that will grow": (["10-a.md", "11-b.md"], ["[0-9]*-*.md"], ["{id:02}-{slug}.md"]),
    "dates": (
        ["2024-10-11.md", "2024-11-12.md", "2024-02-03.md"],
        ["[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].md"],
        ["{id}.md"],
    ),
    "letters before numbers": (["a1.md", "b2.md", "c3.md"], ["*.md"], ["{id}.md"]),
    "long codes": (["abcdef01.md", "abcdef02.md", "fedcba03.md"], ["[0-9a-f]" * 8 + ".md"], ["{id}.md"]),
    "series with slugs": (
        ["a-1-x.md", "b-2-y.md", "a-3-z.md", "b-4-q.md"],
        ["a-[0-9]*-*.md", "b-[0-9]*-*.md"],
        ["{series}-{id}-{slug}.md"],
    ),
    "series without a sign": (["x1.md", "y2.md", "x3.md", "y4.md"], ["x[0-9]*.md", "y[0-9]*.md"], []),
    "numbers too long for a template": (
        [f"{'1' * 120}.md", f"{'2' * 120}.md"],
        ["[0-9]" * 120 + ".md"],
        ["{id}.md"] * 0,
    ),
    "braces": (["{a}-01.md", "{a}-02.md"], ["{a}-[0-9][0-9].md"], []),
}


@pytest.mark.parametrize("what", NAMES)
def test_names(what: str) -> None:
    paths, globs, templates = NAMES[what]
    found = learn_naming(frozenset(paths), paths)
    assert list(found.globs) == globs
    assert list(found.templates) == templates
    assert all(chosen(found.globs, path) for path in paths)
    assert all(template(source).match(path) for source in found.templates for path in paths)


def test_the_pattern_of_codes() -> None:
    assert learn_naming({"01.md", "5A.md"}, []).pattern == "[0-9A-F]{2}"
    assert learn_naming({"1_0011aabb.txt", "2_0011aabbcc.txt"}, []).pattern == "[0-9a-f]+"
    assert learn_naming({"1_0011aabb.txt", "2_0011aabc.txt"}, []).pattern == "[0-9a-f]{8}"
    assert learn_naming({"1.md"}, []).pattern is None
    assert learn_naming({"a1.md", "b2.md", "c3.md"}, []).pattern is None


def test_companions() -> None:
    listed = frozenset({"a.md", "b.md"})
    aside = ["a.zh.md", "b_de-DE.md", "x/__init__.md", "TEMPLATE.md", "SECURITY.md", "a-meta.md"]
    found = learn_naming(listed, [*listed, *aside, "c.md"])
    assert [path for path in [*aside, "c.md"] if chosen(found.globs, path)] == ["c.md"]
    listed = frozenset({"n-1-one-more-thing.md", "n-2-and-so-on.md"})
    aside = ["n-1-one-more-thing-meta.md", "n-2-and-so-on.template.md"]
    found = learn_naming(listed, [*listed, *aside, "n-3-of-it-all-meta.md"])
    assert [path for path in [*aside, "n-3-of-it-all-meta.md"] if chosen(found.globs, path)] == [
        "n-3-of-it-all-meta.md"
    ]
    listed = frozenset({"security.md", "_a.md"})
    found = learn_naming(listed, [*listed, "_b.md", "history.md"])
    assert chosen(found.globs, "_b.md")
    assert not chosen(found.globs, "history.md")


def test_a_companion_in_many_folders_is_one_glob() -> None:
    listed = frozenset(f"f{number}/{name}.py" for number in range(20) for name in ("x", "y"))
    present = [*listed, *(f"f{number}/__init__.py" for number in range(20))]
    assert learn_naming(listed, present).globs[-1] == "!**/__init__.py"


@pytest.mark.parametrize("names", [["!n{}.md"], ["!a/n{}.md"], ["!{}/a/x.md", "!{}/b/y.md"], ["!x.md", "a{}.md"]])
def test_the_sign_that_takes_away_may_begin_a_name(names: list[str]) -> None:
    listed = {name.format(number) for name in names for number in range(1, 14)}
    globs = learn_naming(listed, sorted(listed)).globs
    assert all(chosen(globs, path) for path in listed)


def test_many_folders_are_one_glob_where_little_else_is_there() -> None:
    listed = frozenset(f"docs/f{number}/{name}.md" for number in "abcdefghijklmnop" for name in ("x", "y"))
    assert learn_naming(listed, [*listed, "docs/z/x.md"]).globs == ("docs/**/*.md",)
    others = [f"docs/z/{number}.md" for number in range(40)]
    assert len(learn_naming(listed, [*listed, *others]).globs) == 16
    posts = ["docs/blog/1.md", "docs/blog/2.md", "docs/blog/3.md", "docs/a/forgotten.md", "docs/z/x.md", "docs/z/y.md"]
    found = learn_naming(listed, [*listed, *posts])
    assert found.globs == ("docs/**/*.md", "!docs/blog/*")
    assert [path for path in posts if chosen(found.globs, path)] == posts[3:]
    deep = frozenset(path.removeprefix("docs/") for path in listed)
    assert learn_naming(deep, [*deep, "A.md", "B.md", "C.md"]).globs == ("**/*.md", "!*")
    top = frozenset({*listed, "x.md"})
    assert learn_naming(top, top).globs == ("**/*.md",)


@given(st.sets(st.text("ab01-_.[]{}*/ä", min_size=1, max_size=8).map(lambda name: f"{name.strip('/')}.md"), min_size=1))
@settings(max_examples=60)
def test_every_listed_name_is_chosen(paths: set[str]) -> None:
    paths = {path for path in paths if all(part not in {"", ".", ".."} for part in path.split("/"))}
    if paths:
        found = learn_naming(frozenset(paths), sorted(paths))
        assert all(chosen(found.globs, path) for path in paths)
        assert all(template(source).match(path) for source in found.templates for path in paths)


def test_a_sample_is_evenly_spaced() -> None:
    assert evenly(range(10), 4) == [0, 2, 5, 7]
    assert evenly(range(3), 4) == [0, 1, 2]


def test_ids_that_are_codes_stand_for_any_in_a_piece() -> None:
    stated = ("N-0A: x", "N-BE: y", "N-07: z")
    bond, _ = bind(Column("link.text", stated), [Source("heading", ("x", "y", "z"))], ["0A", "BE", "07"])
    assert bond is not None
    assert bond.binding.strip == ("^N-[0-9A-Za-z-]+: ",)
    assert bond.binding.field == "title"


def test_a_signature_of_dialects() -> None:
    text = b"# A\n\n- Status: x\n- Date: y\n\nText.\n"
    assert [dialect.name for dialect in fitting_dialects([text] * 3)] == ["bullets"]
    assert fitting_dialects([b"text\n"] * 3) == []
    assert [dialect.name for dialect in fitting_dialects([b"---\na: 1\n---\n" + text] * 3)] == ["yaml"]


def evidence(
    stated: Sequence[str | None], claimed: Sequence[str | None], name: str = "Status", key: str = "header.x"
) -> str:
    tokens: list[str | None] = [None] * len(stated)
    bond, near = bind(Column(name, tuple(stated)), [Source(key, tuple(claimed))], tokens)
    if bond is None:
        return f"none ({near.evidence.agreeing})" if near else "none"
    binding = bond.binding
    return f"{bond.evidence.agreeing} {binding.compare or 'exact'} {dict(binding.map)} {list(binding.strip)}"


EVIDENCE: dict[str, tuple[Sequence[str | None], Sequence[str | None], str, str, str]] = {
    "two pairs of one name": (["A", "B"], ["A", "B"], "X", "header.x", "2 exact {} []"),
    "one value throughout, another name": (["A"] * 9, ["A"] * 9, "Status", "header.x", "none"),
    "one value throughout, one name": (["A"] * 9, ["A"] * 9, "X", "header.x", "9 exact {} []"),
    "nearly one value throughout, one name": (["F"] * 30, ["F"] * 26 + ["D"] * 4, "X", "header.x", "26 exact {} []"),
    "one value throughout, the name of a fact": (["2"] * 7, ["2"] * 7, "Lines", "content.lines", "7 exact {} []"),
    "agreement by chance": (["F"] * 9 + ["D"], ["D"] + ["F"] * 9, "Status", "header.x", "none"),
    "too few agree": ([*"abcdefghij"], [*"abcdXXXXXX"], "X", "header.x", "none (4)"),
    "most agree": ([*"abcdefghij"], [*"abcdefgXXX"], "X", "header.x", "7 exact {} []"),
    "silence is no evidence": (["-", None, "n/a"], ["a", "b", "c"], "X", "header.x", "none"),
    "few documents state it": ([*"abcdefgh"], ["a", "b", "c", *[None] * 5], "X", "header.x", "none"),
    "content": (["1", "2", "3"], ["1", "2", "4"], "X", "content.bytes", "2 exact {} []"),
    "a piece without a boundary": (["ab", "ac", "ad"], ["b", "c", "d"], "X", "header.x", "none"),
    "a suffix": (["A.md", "B.md", "C.md"], ["A", "B", "C"], "X", "header.x", "3 exact {} ['\\\\.md$']"),
    "both ends": (["(A)", "(B)", "(C)"], ["A", "B", "C"], "X", "header.x", "3 text {} []"),
    "a map of unlike words": (
        [*"dddfffggg"],
        [*"wwwxxxyyy"],
        "S",
        "header.x",
        "9 exact {'d': 'w', 'f': 'x', 'g': 'y'} []",
    ),
    "words that all mean what most documents say": ([*"dddfffgggg"], [*"wwwwwwyyyy"], "S", "header.x", "none"),
    "a map of too few pairs": (["d", "d", *"ffff"], ["w", "w", *"FFFF"], "S", "header.x", "4 text {} []"),
}


@pytest.mark.parametrize("what", EVIDENCE)
def test_evidence(what: str) -> None:
    stated, claimed, name, key, wanted = EVIDENCE[what]
    assert evidence(stated, claimed, name, key) == wanted


def test_evidence_counts_what_chance_gives() -> None:
    assert Evidence(0, 0, 0.0).share == 0.0
    assert Evidence(9, 10, 9.0).beyond_chance == 0.0
    assert Evidence(10, 10, 10.0).beyond_chance == 1.0


LINES = ["documents: a", "fields: {}"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"# I\n", b"---\nmanifest: 1\ndocuments: a\nfields: {}\n---\n# I\n"),
        (b"", b"---\nmanifest: 1\ndocuments: a\nfields: {}\n---\n"),
        (b"---\n\nText\n", b"---\nmanifest: 1\ndocuments: a\nfields: {}\n---\n---\n\nText\n"),
        (b"---\na: 1\n---", b"---\na: 1\nindexlint:\n  documents: a\n  fields: {}\n---"),
        (b"---\nmanifest: 1\nx: 2\n---\nT", b"---\nmanifest: 1\ndocuments: a\nfields: {}\n---\nT"),
        (
            b"---\na: 1\nindexlint:\n  x: 1\n\n  y: 2\nb: 2\n---\nT",
            b"---\na: 1\nindexlint:\n  documents: a\n  fields: {}\nb: 2\n---\nT",
        ),
    ],
)
def test_front_matter(before: bytes, after: bytes) -> None:
    assert in_front_matter("INDEX.md", before, LINES) == after
    assert has_contract("INDEX.md", after)
    assert in_front_matter("INDEX.md", after, LINES) == after


def test_which_indexes_carry_front_matter() -> None:
    assert carries_front_matter("docs/INDEX.md", b"# I\n")
    assert carries_front_matter("INDEX.md", b"---\nlayout: x\n---\n")
    assert not carries_front_matter("README.md", b"# I\n")
    assert not carries_front_matter("INDEX.md", b"+++\na = 1\n+++\n")
    assert not carries_front_matter("INDEX.md", b"---\n{layout: x}\n---\n")
    assert not carries_front_matter("INDEX.md", b"---\nmanifest: 1\n\n# I\n")


def test_front_matter_that_takes_no_contract() -> None:
    with pytest.raises(PlacingError, match="not closed"):
        in_front_matter("INDEX.md", b"---\nmanifest: 1\n\n# I\n", LINES)
    with pytest.raises(PlacingError, match="cannot take a contract"):
        in_front_matter("INDEX.md", b"---\nmanifest: 1\n---\n# I\n", ["documents: {"])


OURS = [Wanted("b.md", ("documents: x",))]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'exclude: ["x"]', b'exclude: ["x"]\ncorpora:\n  - index: b.md\n    documents: x\n'),
        (
            b"corpora:\n- index: a.md # mine\n  documents: y\nexclude: [z]\n",
            b"corpora:\n- index: a.md # mine\n  documents: y\n- index: b.md\n  documents: x\nexclude: [z]\n",
        ),
        (
            b"corpora:\r\n  - index: b.md\r\n    name: y{id}\r\n  - index: a.md",
            b"corpora:\r\n  - index: a.md\r\n  - index: b.md\r\n    documents: x\r\n",
        ),
        (b"corpora:\n  - index: b.md\n", b"corpora:\n  - index: b.md\n    documents: x\n"),
    ],
)
def test_configuration(before: bytes, after: bytes) -> None:
    made = in_configuration(before, OURS)
    assert made == after
    config = read_config("indexlint.yaml", made)
    assert config is not None
    assert not config.faults


@pytest.mark.parametrize(
    "before",
    [
        b"corpora: [{index: a.md}]\n",
        b"corpora: 3\n",
        b'{"corpora": [{"index": "a.md"}]}\n',
        b"corpora:\n  -\n    index: a.md\n",
        b'? corpora\n:\n  - index: "a.md"\n',
        b'corpora:\n- index: a.md\n  name: "x\ny{id}"\n',
    ],
)
def test_configurations_that_cannot_be_added_to(before: bytes) -> None:
    with pytest.raises(PlacingError):
        in_configuration(before, OURS)


def test_a_tree_as_it_will_be(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "old", "b.md": "b"})
    tree = Preview(Folder(str(tmp_path), "notice"), {"a.md": b"new", "c.md": b"c"})
    assert set(tree.files()) == {"a.md", "b.md", "c.md"}
    assert (tree.read("a.md", 9), tree.read("b.md", 9)) == (b"new", b"b")
    assert tree.there("c.md")
    assert not tree.there("d.md")
    assert tree.untracked() == frozenset()
    assert (tree.vanished("INDEX.md"), tree.former("d.md")) == ({}, "")
    assert (tree.blobs().get("a.md"), tree.blobs().get("b.md")) == (None, None)
    assert (tree.conversions(), tree.remotes(), tree.takes_all) == ("", (), True)
    assert tree.follow("b.md") == ("b.md", "")
    with pytest.raises(ReadError):
        tree.read("a.md", 2)
    assert (tmp_path / "a.md").read_text() == "old"


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_file(str(tmp_path), "no/such/x.md", b"")
    assert list(tmp_path.iterdir()) == []


def test_pyproject_is_not_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], run: Callable[..., Result]
) -> None:
    files = {f"n-{number}.md": f"# T {number}\n" for number in range(1, 5)}
    index = "".join(f"- [T {number}](n-{number}.md)\n" for number in range(1, 5))
    write(tmp_path, {"README.md": index, "pyproject.toml": "[tool.indexlint]\nexclude = ['x']\n", "x": "", **files})
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 2
    assert "pyproject.toml configures this project already" in capsys.readouterr().err
    write(tmp_path, {"pyproject.toml": "[project]\nname = 'x'\n"})
    commit_all(tmp_path)
    assert main(["init"]) == 0
    assert run(tmp_path).codes == []


def test_front_matter_is_read_as_a_contract() -> None:
    front = read_front_matter("INDEX.md", in_front_matter("INDEX.md", b"# I\n", LINES))
    assert front.statement is not None
    assert front.statement.value["documents"] == "a"


ODD = {
    "a": "a",
    "on": '"on"',
    "a b": '"a b"',
    'q"\\': '"q\\"\\\\"',
    "\x07": '"\\x07"',
    "\u2028": '"\\u2028"',
    "\U000e0001": '"\\U000E0001"',
}


@pytest.mark.parametrize("value", ODD)
def test_scalars(value: str) -> None:
    left = LeftOut(value, None)
    learned = Learned("i.md", "", (value,), None, (), None, None, None, (), (left,))
    lines = contract_lines(learned, Proof(documents=2, unlisted=1))
    assert lines[0] == f"documents: {ODD[value]}  # 1 that the index names; 1 more found"
    config = read_config(
        "indexlint.yaml", "\n".join(["corpora:", "  - index: x", *(f"    {x}" for x in lines)]).encode()
    )
    assert config is not None
    assert not config.faults
    assert config.corpora[0].value["documents"] == value


def test_a_known_key_that_states_ids_is_added_only_where_all_have_it() -> None:
    columns = [Column("No", ("01", "02", "03"))]
    named = [Named("p-{id}.md", ("01", "02", "03"))]
    keys = [
        Source("header.a", ("1", "2", None)),
        Source("header.b", ("1", "2", "3")),
        Source("header.c", ("1", "1", "1")),
    ]
    found = learn_identity(columns, named, keys)
    assert found is not None
    assert found.document == ("name.id", "header.b")
    assert found.normalize == ("unpad",)
    assert learn_identity([], [], []) is None


def test_series_are_told_apart_only_by_a_sign() -> None:
    found = learn_naming({"a1.md", "b2.md", "c3-x.md", "d4-y.md", "a5.md", "b6-z.md", "c7.md", "d8.md"}, [])
    assert found.templates == ()


@pytest.mark.parametrize(
    ("stem", "aside"),
    [
        ("000-template", True), ("adr-template", True), ("template", True), ("eip-X-template", True), ("a-meta", True),
        ("009-pick-template-engine", False), ("010-store-meta-data", False), ("011-use-zebra", False),
        ("contemplate", False),
    ],
)  # fmt: skip
def test_a_template_has_nothing_else_in_its_name(stem: str, aside: bool) -> None:  # noqa: FBT001
    assert is_aside(stem) is aside
