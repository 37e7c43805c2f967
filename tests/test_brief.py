from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.arguments import parser
from validator.brief import Brief, brief, in_full

WORDS = (
    "check", "--quiet", "--staged", "--no-cache", "--statistics", "--cache-dir", "--color", "--format", "--jobs",
    "--select", "never", "always", "auto", "kept", "", " ", "-", "--", "-q", "json", "2", "MT", "--cache-dir=kept",
    "show", "a.md",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=6).map(lambda words: ["check", *words]) | st.lists(st.text()))
def test_what_is_read_without_the_library_is_what_the_library_reads(words: list[str]) -> None:
    said = brief(words)
    if said is not None and said.is_all:
        assert in_full(said) == parser().parse_args(words, SimpleNamespace())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("check", Brief()),
        ("check --quiet", Brief(quiet=True)),
        ("check --no-cache --color never", Brief(no_cache=True, color="never")),
        ("check --color never --color auto --quiet", Brief(quiet=True)),
        ("check --cache-dir a --cache-dir b", Brief(cache_dir="b")),
        ("check --quiet --select MT", Brief(quiet=True, is_all=False)),
        ("check --statistics", Brief(is_all=False)),
        ("check --staged --quiet", Brief(quiet=True, staged=True)),
        ("check --color gold", Brief(is_all=False)),
        ("check --cache-dir", None),
        ("check --cache-dir --quiet", None),
        ("check --cache-dir=a", None),
        ("check a.md", None),
        ("check --rev HEAD", None),
        ("show", None),
        ("", None),
    ],
)
def test_command_lines_as_hooks_have_them(words: str, said: Brief | None) -> None:
    assert brief(words.split()) == said


def test_an_empty_value_is_the_library_s() -> None:
    assert brief(["check", "--cache-dir", " "]) is None
