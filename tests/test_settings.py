"""The configuration file: indexlint.yaml and pyproject.toml, each fault at its place."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Result, brief
from validator.settings import TomlPlaces

Check = Callable[..., Result]
TABLE = "| Title |\n| ----- |\n| [A](a.md) |\n"
FILES = {"docs/LIST.md": TABLE, "docs/a.md": "# A\n"}
YAML = "corpora:\n  - index: docs/LIST.md\n"
TOML = '[[tool.indexlint.corpora]]\nindex = "docs/LIST.md"\n'


@pytest.mark.parametrize(
    "config",
    [
        {"indexlint.yaml": YAML},
        {"indexlint.yaml": "\ufeff" + YAML},
        {"indexlint.yaml": YAML.replace("\n", "\r\n")},
        {"pyproject.toml": TOML},
        {"pyproject.toml": '[tool]\nindexlint = {corpora = [{index = "docs/LIST.md", documents = ["*.md"]}]}\n'},
        {"pyproject.toml": "[project]\n# indexlint is not configured here\n", "indexlint.yaml": YAML},
        {"pyproject.toml": "[tool.indexlint]\nexclude = 'nowhere'\n", "indexlint.yaml": YAML},
        {"pyproject.toml": TOML + "[[tool.indexlint.corpora.ignore]]\nrule = 'MT'\nreason = 'r'\nuntil = 2999-01-01\n"},
        {"pyproject.toml": "not TOML at all", "indexlint.yaml": YAML},
        {"pyproject.toml": "tool = 1  # indexlint\n", "indexlint.yaml": YAML},
        {"pyproject.toml": "[tool.indexlnt]\n", "indexlint.yaml": YAML},
        {"pyproject.toml": TOML + "[tool.indexlnt]\n"},
        {"indexlint.yml": YAML, "indexlint.yaml": YAML},
    ],
    ids=[
        "YAML", "a mark", "CRLF", "TOML", "inline tables", "TOML of others", "YAML goes first", "a TOML date",
        "broken TOML of others", "a tool that is no table", "a misspelt table beside YAML",
        "a misspelt table beside ours", "a misnamed file beside ours",
    ],
)  # fmt: skip
def test_a_configuration_file_is_read(config: dict[str, str], check: Check) -> None:
    result = check({**FILES, **config}, "--ignore", "unused-suppression")
    assert (result.code, result.findings) == (0, [])
    assert result.report["checked"]["corpora"] == 1


OTHERS = {
    "another tool": "[tool.indexes]\n",
    "a tool with a longer name": "[tool.indexlint-of-others]\n",
    "a tool with a shorter name": "[tool.isort]\n",
    "a dependency on the tool": "[project.optional-dependencies]\nindexlint = ['indexlint']\n",
    "broken TOML": "[project\n",
    "a mention in another encoding": b"[project]\nname = 'x'  # indexlint \xe4\n",
    "deep values of others": f"# indexlint\n[tool.other]\n{'a.' * 100}a = 1\n",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_others_configure_is_none_of_ours(text: str | bytes, check: Check) -> None:
    assert check({"INDEX.md": TABLE, "a.md": "# A\n", "pyproject.toml": text}).code == 0


MESSAGES = {
    "not UTF-8": ({"indexlint.yaml": b"exclude: \xff\n"}, "this file is not UTF-8: byte 9 begins no letter"),
    "too deep": (
        {"pyproject.toml": f"[tool.indexlint]\n{'a.' * 3000}a = 1\n"},
        "this TOML is nested deeper than 64 levels",
    ),
    "a misspelt table": (
        {"pyproject.toml": "[tool.indexlnt]\n"},
        "unknown table 'tool.indexlnt'; did you mean 'tool.indexlint'?",
    ),
    "a table outside of tool": (
        {"pyproject.toml": "[indexlint]\n"},
        "this table is not read: call it 'tool.indexlint'",
    ),
    "a misnamed file": ({"indexlint.yml": YAML}, "this file is not read: name it indexlint.yaml"),
}


@pytest.mark.parametrize(("config", "message"), MESSAGES.values(), ids=MESSAGES)
def test_a_fault_says_what_to_do(config: dict[str, str | bytes], message: str, check: Check) -> None:
    result = check({**FILES, **config})
    assert result.code == 2
    assert [finding["message"] for finding in result.findings if finding["code"] == "CF101"] == [message]


MISPLACED = {
    "exclude: x\nindex: INDEX.md\n": "; 'index' belongs to a contract, an item of `corpora`",
    "documents: '*.md'\n": "; 'documents' belongs to a contract, an item of `corpora`",
    "manifest: 7\n": "; 'manifest' belongs to a contract, an item of `corpora`",
    "extend: x\n": "unknown key 'extend'; allowed are corpora, exclude",
    "corpora: [{indx: INDEX.md}]\n": "the key 'index' is required; did you mean it by 'indx'?",
    "corpora: [{documents: '*.md'}]\n": "the key 'index' is required",
}


@pytest.mark.parametrize(("config", "words"), MISPLACED.items(), ids=MISPLACED)
def test_a_contract_at_the_top_of_the_file_is_told_where_it_belongs(config: str, words: str, check: Check) -> None:
    result = check({"INDEX.md": TABLE, "a.md": "# A\n", "indexlint.yaml": config}, "--ignore", "CF102")
    assert result.code == 2
    assert result.only()["message"].endswith(words)


HIDDEN = {
    "a table": ("pyproject.toml", "[tool.indexlint]\n", True),
    "a table of corpora": ("pyproject.toml", "[project]\nname = 'x'\n[[ tool . indexlint.corpora ]]\n", True),
    "a misspelt table": ("pyproject.toml", "[tool.indexlnt]\n", False),
    "a table of another tool": ("pyproject.toml", "[tool.indexlint-of-others]\n", False),
    "another file": ("setup.cfg", "[tool.indexlint]\n", False),
}


@pytest.mark.parametrize(("name", "text", "is_told"), HIDDEN.values(), ids=HIDDEN)
def test_a_configuration_that_another_one_hides_is_told(name: str, text: str, is_told: bool, check: Check) -> None:  # noqa: FBT001
    result = check({**FILES, name: text, "indexlint.yaml": YAML})
    words = "indexlint: tool.indexlint in pyproject.toml is not read: indexlint.yaml is there, and goes first\n"
    assert (result.code, words in result.err) == (0, is_told)
    named = check({**FILES, name: text, "indexlint.yaml": YAML, "other.yaml": YAML}, "--config", "other.yaml")
    assert (named.code, words in named.err) == (0, False)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"indexlint.yaml": YAML + "exlude: x\n"}, "CF101 indexlint.yaml:3:1-3:7"),
        ({"indexlint.yaml": YAML + "    documnets: x\n"}, "CF101 indexlint.yaml:3:5-3:14"),
        ({"indexlint.yaml": "corpora: [1]\n"}, "CF101 indexlint.yaml:1:11-1:12"),
        ({"indexlint.yaml": "corpora:\n  - documents: x\n"}, "CF101 indexlint.yaml:2:5-2:17"),
        ({"indexlint.yaml": "corpora: []\ncorpora: []\n"}, "CF101 indexlint.yaml:2:1-2:8"),
        ({"indexlint.yaml": "exclude: *.bak\n" + YAML}, "CF101 indexlint.yaml:1:10-1:15"),
        ({"indexlint.yaml": YAML + "exclude: {}\n"}, "CF101 indexlint.yaml:3:1-3:8"),
        ({"indexlint.yaml": "corpora:\n  - index: ../LIST.md\n"}, "CF101 indexlint.yaml:2:12-2:22"),
        ({"indexlint.yaml": "- corpora\n"}, "CF101 indexlint.yaml:1:1-1:10"),
        ({"pyproject.toml": TOML + "documnets = 1\n"}, "CF101 pyproject.toml:3:1-3:10"),
        ({"pyproject.toml": TOML + "delimiters = {heder = 'yaml'}\n"}, "CF101 pyproject.toml:3:15-3:20"),
        ({"pyproject.toml": TOML + "'delimiters'.\"header\" = 'yml'\n"}, "CF101 pyproject.toml:3:25-3:30"),
        ({"pyproject.toml": TOML + "[tool.indexlint.corpora.limits]\nfile = 0\n"}, "CF101 pyproject.toml:4:8-4:9"),
        ({"pyproject.toml": TOML + "documents = [\n 'a', # one\n 2,\n]\n"}, "CF101 pyproject.toml:5:2-5:3"),
        ({"pyproject.toml": "[tool]\nindexlint = 1\n"}, "CF101 pyproject.toml:2:13-2:14"),
        ({"pyproject.toml": "# ä\n[tool.indexlint\n"}, "CF101 pyproject.toml:2:16-2:16"),
        ({"pyproject.toml": "[tool.indexlint]\nx = "}, "CF101 pyproject.toml:2:5-2:5"),
        ({"pyproject.toml": "\ufeff[tool.indexlint]\nx = ?\n"}, "CF101 pyproject.toml:2:5-2:6"),
        ({"indexlint.yaml": b"# ok\nexclude: \xff\n"}, "CF101 indexlint.yaml:2:10-2:11"),
        ({"indexlint.yaml": YAML.encode("utf-16")}, "CF101 indexlint.yaml:1:1-1:2"),
        ({"pyproject.toml": b"[tool.indexlint]\n# \xe4\n"}, "CF101 pyproject.toml:2:3-2:4"),
        ({"pyproject.toml": f"[tool.indexlint]\n{'a.' * 3000}a = 1\n"}, "CF101 pyproject.toml"),
        ({"pyproject.toml": "[tool.indexlint]\na = " + "[" * 3000}, "CF101 pyproject.toml:2:3005-2:3005"),
        ({"pyproject.toml": "[tool.indexlnt]\n"}, "CF101 pyproject.toml:1:7-1:15"),
        ({"pyproject.toml": "# indexlint\n[[ tool . 'index-lint'.corpora]]\n"}, "CF101 pyproject.toml:2:12-2:22"),
        ({"pyproject.toml": "[project]\n[[indexlint.corpora]]\n"}, "CF101 pyproject.toml:2:3-2:12"),
        ({"pyproject.toml": "\ufeffindexlint = 1\n"}, "CF101 pyproject.toml:1:1-1:10"),
        ({"indexlint.yml": YAML}, "CF101 indexlint.yml"),
        ({".indexlint.yaml": YAML}, "CF101 .indexlint.yaml"),
    ],
)
def test_each_fault_is_found_at_its_place(config: dict[str, str | bytes], expected: str, check: Check) -> None:
    result = check({**FILES, **config})
    assert result.code == 2
    assert expected in brief(result)
    assert [line for line in brief(result) if line.startswith("CF101")] == [expected]


def test_a_glob_of_exclude_that_matches_nothing_is_a_stray(check: Check) -> None:
    result = check({**FILES, "indexlint.yaml": YAML + "exclude: ['docs/*.txt', '!docs/a.md']\n"})
    assert brief(result) == ["CF102 indexlint.yaml:3:11-3:23"]


def test_what_is_excluded_is_neither_index_nor_document(check: Check) -> None:
    files = {"INDEX.md": TABLE, "a.md": "# A\n", "b.md": "# B\n", "old/INDEX.md": TABLE}
    assert check({**files, "indexlint.yaml": "exclude: [b.md, old/**]\n"}).findings == []


KEYS = st.sampled_from(["index", "documents", "name", "a b", "ä", "x.y"])
VALUES: Any = st.recursive(
    st.one_of(st.integers(0, 99), st.booleans(), st.sampled_from(["", "x", "ä # y", "]}", "a, b"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)


def written(value: object) -> str:
    """A value as TOML writes it in one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {written(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


@given(st.dictionaries(KEYS, VALUES, max_size=3), st.booleans())
def test_every_value_of_toml_is_found_where_it_stands(table: dict[str, Any], lead: bool) -> None:  # noqa: FBT001
    lines = "".join(f'"{key}" = {written(value)} # note\n' for key, value in table.items())
    text = ("[other]\nx = [1, 2]\n\n" if lead else "") + f"[tool.indexlint]\n{lines}"
    assert tomllib.loads(text)["tool"]["indexlint"] == table
    places = TomlPlaces(text, 0, ("tool", "indexlint"))
    data = text.encode()
    for key, value in table.items():
        located = places((key,))
        assert located.key is not None
        assert data[slice(*located.key)].decode().strip('"') == key
        for number, item in enumerate(value if isinstance(value, list) else []):
            if not isinstance(item, dict | list):
                span = places((key, number)).value
                assert span is not None
                assert data[slice(*span)].decode() == written(item)


def test_a_place_below_a_value_is_that_of_the_value() -> None:
    places = TomlPlaces("[tool.indexlint]\na = 1\n", 0, ("tool", "indexlint"))
    assert places(("a", "b", 0)) == places(("a",))


def test_a_file_that_only_mentions_the_tool_is_not_its_configuration(check: Check) -> None:
    files = {"INDEX.md": "| Title |\n| ----- |\n| [A](a.md) |\n", "a.md": "# A\n"}
    assert check({**files, "pyproject.toml": "[tool.other]\nuses = 'indexlint'\n"}).findings == []
