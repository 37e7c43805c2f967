"""Absolute links into the own host: which repository is the own one, and where its links lead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, commit_all, git, write
from validator.hosts import Hosted, hosted, own_repositories, repository_of

LINKS = {
    "https://github.com/O/N/blob/main/a.md": ("github.com", "o/n", "main/a.md"),
    "https://www.github.com/o/n/tree/main/docs/": ("github.com", "o/n", "main/docs/"),
    "http://GITHUB.com/o/n/raw/v1/a%20b.md?raw=true#x": ("github.com", "o/n", "v1/a b.md"),
    "https://github.com/o/n/blob/refs/heads/main/a.md": ("github.com", "o/n", "main/a.md"),
    "https://raw.githubusercontent.com/o/n/main/a.md": ("github.com", "o/n", "main/a.md"),
    "https://gitlab.com/g/s/n/-/blob/main/a.md": ("gitlab.com", "g/s/n", "main/a.md"),
    "https://codeberg.org/o/n/src/branch/main/a.md": ("codeberg.org", "o/n", "main/a.md"),
    "https://bitbucket.org/o/n/src/main/a.md": ("bitbucket.org", "o/n", "main/a.md"),
    "https://github.com/o/n/issues/1": None,
    "https://github.com/o/n": None,
    "https://example.org/": None,
    "a.md": None,
}


@pytest.mark.parametrize(("url", "expected"), LINKS.items(), ids=list(LINKS))
def test_a_link_into_a_repository_is_known(url: str, expected: tuple[str, str, str] | None) -> None:
    found = hosted(url)
    assert found == (None if expected is None else Hosted((expected[0], expected[1]), expected[2]))


REMOTES = {
    "https://github.com/O/N.git": ("github.com", "o/n"),
    "https://me:secret@github.com/o/n": ("github.com", "o/n"),
    "git@github.com:o/n.git": ("github.com", "o/n"),
    "ssh://git@host.example:2222/g/s/n.git": ("host.example", "g/s/n"),
    "/srv/git/n": None,
    "": None,
}


@pytest.mark.parametrize(("url", "expected"), REMOTES.items(), ids=list(REMOTES))
def test_a_remote_names_a_repository(url: str, expected: tuple[str, str] | None) -> None:
    assert repository_of(url) == expected


def text(*paths: str, repository: str = "o/n", branch: str = "main") -> str:
    return " ".join(f"https://github.com/{repository}/blob/{branch}/{path}" for path in paths)


EVIDENCE = {
    "no link": ("", (), False),
    "the remote says so": (text("x.md"), ("git@github.com:O/n.git",), True),
    "one path that is there": (text("a.md"), (), True),
    "one path that is not": (text("x.md"), (), False),
    "half of the paths": (text("a.md", "b.md", "x.md", "y.md"), (), True),
    "one of two": (text("a.md", "x.md"), (), False),
    "less than half": (text("a.md", "b.md", "x.md", "y.md", "z.md"), (), False),
    "files of every project": (text("README.md", "LICENSE"), (), False),
    "the root alone": ("https://github.com/o/n/tree/main", (), False),
    "a fork": (text("a.md"), ("git@github.com:me/n.git",), True),
    "another repository of the same files": (text("a.md"), ("git@github.com:me/other.git",), False),
    "a branch with slashes": (text("a.md", branch="feature/x"), (), True),
}


@pytest.mark.parametrize(("links", "remotes", "expected"), EVIDENCE.values(), ids=EVIDENCE)
def test_the_own_repository_is_the_remote_s_or_the_one_whose_paths_are_there(
    links: str, remotes: tuple[str, ...], *, expected: bool
) -> None:
    there = {"a.md", "b.md", "README.md", "LICENSE"}
    own = own_repositories(links, there.__contains__, lambda: remotes)
    assert own.repositories == ({("github.com", "o/n")} if expected else set())


def test_the_remotes_are_asked_only_where_links_need_it() -> None:
    def unasked() -> list[str]:
        raise AssertionError

    assert own_repositories("https://example.org/a.md", bool, unasked).repositories == set()


HOST = "https://github.com/Owner/Name"
INDEXES = {
    "in a table": (f"| T |\n| - |\n| [A]({HOST}/blob/main/docs/a.md) |\n| [B](docs/b.md) |\n", []),
    "in a list": (f"- [A]({HOST}/blob/main/docs/a.md#top)\n- [B]({HOST}/blob/main/docs/b.md?plain=1)\n", []),
    "another case": (f"- [A]({HOST}/blob/main/docs/a.md)\n- [B]({HOST.lower()}/blob/main/docs/b.md)\n", []),
    "a missing document": (
        "".join(f"- [{n}]({HOST}/blob/main/docs/{n}.md)\n" for n in "abx"), ["IX103"],
    ),
    "a missing document at a commit": (
        "".join(f"- [{n}]({HOST}/blob/main/docs/{n}.md)\n" for n in "ab")
        + f"- [x]({HOST}/blob/0123456789abcdef0123456789abcdef01234567/docs/x.md)\n", [],
    ),
    "another case of the path": (
        "".join(f"- [{n}]({HOST}/blob/main/docs/{n}.md)\n" for n in ("a", "b", "A")), ["IX106", "IX111"],
    ),
    "the repository itself": (f"- [A]({HOST}/blob/main/docs/a.md)\n- [B](docs/b.md)\n- [all]({HOST}/tree/main)\n", []),
    "another site": ("| T |\n| - |\n| [A](docs/a.md) |\n| [B](docs/b.md) |\n| [C](https://example.org/c.md) |\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("index", "codes"), INDEXES.values(), ids=INDEXES)
def test_an_absolute_link_into_the_project_names_a_document(
    index: str, codes: list[str], check: Callable[..., Result]
) -> None:
    assert check({"INDEX.md": index, "docs/a.md": "# A\n", "docs/b.md": "# B\n"}).codes == codes


def test_a_remote_makes_a_link_the_project_s_own_though_nothing_is_there(
    tmp_path: Path, run: Callable[..., Result]
) -> None:
    write(tmp_path, {"INDEX.md": f"- [A]({HOST}/blob/main/a.md)\n- [B](b.md)\n", "b.md": "# B\n"})
    commit_all(tmp_path)
    assert run(tmp_path).codes == []
    git(tmp_path, "remote", "add", "origin", "git@github.com:owner/name.git")
    assert run(tmp_path).codes == ["IX103"]


def test_a_deep_path_is_one_of_few_that_may_be_meant() -> None:
    link = hosted("https://github.com/o/n/blob/a/b/c/d/e/f/g.md")
    assert link is not None
    assert list(link.paths()) == ["b/c/d/e/f/g.md", "c/d/e/f/g.md", "d/e/f/g.md", "e/f/g.md", "f/g.md"]
