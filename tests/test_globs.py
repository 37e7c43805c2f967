"""Globs: what they match, and that a hostile one ends at once."""

from __future__ import annotations

import time

import pytest

from validator.globs import chooser, chosen, matches


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*.md", "a.md", True),
        ("*.md", "sub/a.md", False),
        ("*.md", "a.mdx", False),
        ("**/*.md", "a.md", True),
        ("**/*.md", "x/y/a.md", True),
        ("docs/**", "docs/x/y", True),
        ("docs/**", "docs", False),
        ("a**/b", "ax/y/b", True),
        ("a**/b", "ab", False),
        ("a/**/b", "a/b", True),
        ("[a--b].md", "-.md", True),
        ("[a--b].md", "c.md", False),
        ("[&&a]", "&", True),
        ("[^a]", "^", True),
        ("?", "\udcff", True),
        ("*?*?*.md", "\udcffa.md", True),
        ("{a,b}", "a", False),
        ("[b-a]*?*", "b", False),
        ("a[", "a[", True),
        ("?.md", "a.md", True),
        ("?.md", "/.md", False),
        ("[ab].md", "b.md", True),
        ("[!ab].md", "b.md", False),
        ("[!ab].md", "c.md", True),
        ("[!ab]c", "/c", False),
        ("[a-c].md", "b.md", True),
        ("[]a].md", "].md", True),
        ("[a", "[a", True),
        ("[z-a].md", "[z-a].md", True),
        ("[z-a].md", "z.md", False),
        ("./a.md", "a.md", True),
        ("a+b(1).md", "a+b(1).md", True),
        ("*.md", "a\n.md", True),
        ("ä*.md", "äö.md", True),
        ("CIP-*/README.md", "CIP-0001/README.md", True),
    ],
)
def test_what_a_glob_matches(glob: str, path: str, expected: bool) -> None:  # noqa: FBT001
    assert matches(glob, path) is expected


@pytest.mark.parametrize(
    ("globs", "path", "expected"),
    [
        ((), "a.md", False),
        (("*.md",), "a.md", True),
        (("*.md", "!a.md"), "a.md", False),
        (("*.md", "!a.md", "a.*"), "a.md", True),
        (("!a.md",), "b.md", False),
        (("!a.md", "*.md"), "a.md", True),
    ],
)
def test_the_last_glob_that_matches_wins(globs: tuple[str, ...], path: str, expected: bool) -> None:  # noqa: FBT001
    assert chosen(globs, path) is expected


@pytest.mark.parametrize("glob", ["*a" * 30 + "b", "**/" * 30 + "b", "**a**" * 20 + "b"])
def test_many_wildcards_take_no_long_time(glob: str) -> None:
    started = time.process_time()
    assert not matches(glob, "a/" * 2000)
    assert not matches(glob, "a" * 4000)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(("glob", "path"), [("[b-a].md", "[b-a].md"), ("*.md", "a.md"), ("*?*?*.md", "abc.md")])
def test_one_glob_chooses_what_it_matches(glob: str, path: str) -> None:
    assert chooser((glob,))(path)
    assert not chooser((glob,))("x.txt")
    assert not chooser((glob, f"!{path}"))(path)
