"""Absolute links into a repository's own host: `https://…/OWNER/NAME/blob/BRANCH/PATH` and its like.

Which repository is the own one, git's configuration says. A clone of CI or a copy may have no remote, and a fork has
another owner; so links into one repository are also taken for own ones where their paths are there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from validator.late import regex
from validator.text import unescaped

_WEB = regex(
    r"https?://(?:www\.)?(?P<host>[^/?#\s]+)/(?P<slug>[^/?#\s]+/[^?#\s]+?)/(?:-/)?"
    r"(?:blob|tree|raw|edit|blame|src/(?:branch|tag|commit)|src)/(?:refs/heads/)?(?P<rest>[^?#\s]+)",
    re.IGNORECASE,
)
_RAW = regex(
    r"https?://raw\.githubusercontent\.com/(?P<slug>[^/?#\s]+/[^/?#\s]+)/(?:refs/heads/)?(?P<rest>[^?#\s]+)",
    re.IGNORECASE,
)
_REMOTE = regex(r"(?:[a-z+]+://)?(?:[^@/\s]+@)?(?P<host>[^/:\s]+)(?::\d+/|[:/])/*(?P<slug>[^\s]+)", re.IGNORECASE)
_URL = regex(r"https?://[^\s<>\"'|\\)\]]+", re.IGNORECASE)
_COMMIT = regex(r"[0-9a-f]{7,64}")
_USUAL = frozenset({"main", "master", "HEAD", "trunk", "develop"})
_EVERYWHERE = regex(r"(?:README|CHANGELOG|CONTRIBUTING|LICENSE|SECURITY|CODE_OF_CONDUCT)[^/]*", re.IGNORECASE)
_MOST_SLASHES = 5

Repository = tuple[str, str]


class Hosted(NamedTuple):
    """A link into a repository on a host: which one (without regard to case), and branch and path in one."""

    repository: Repository
    rest: str

    @property
    def branch(self) -> str:
        """The branch, tag or commit, so far as it holds no slash."""
        return self.rest.partition("/")[0]

    @property
    def path(self) -> str:
        """The path behind it."""
        return self.rest.partition("/")[2].strip("/")

    def paths(self) -> Iterable[str]:
        """The paths that may be meant, for the name of a branch may hold slashes."""
        rest = self.rest.strip("/")
        for _ in range(_MOST_SLASHES):
            _, slash, rest = rest.partition("/")
            if not slash:
                return
            yield rest


class Own(NamedTuple):
    """The repositories that are the own one, and the branches that links into them mostly name."""

    repositories: frozenset[Repository] = frozenset()
    branches: frozenset[str] = frozenset()

    def holds(self, link: Hosted) -> bool:
        """Whether a link leads into the own repository."""
        return link.repository in self.repositories

    def is_current(self, link: Hosted) -> bool:
        """Whether a link leads to what is there now; to a commit or an old branch it stays right for ever."""
        return link.branch in self.branches


def hosted(url: str) -> Hosted | None:
    """An absolute link as one into a repository, or `None`."""
    if match := _RAW.match(url):
        return Hosted(("github.com", match["slug"].casefold()), unescaped(match["rest"]))
    match = _WEB.match(url)
    return Hosted((match["host"].casefold(), match["slug"].casefold()), unescaped(match["rest"])) if match else None


def repository_of(remote: str) -> Repository | None:
    """The repository that the URL of a git remote names, or `None`."""
    match = _REMOTE.fullmatch(remote.strip())
    if match is None:
        return None
    return match["host"].casefold(), match["slug"].casefold().strip("/").removesuffix(".git")


def own_repositories(text: str, is_there: Callable[[str], bool], remotes: Callable[[], Iterable[str]]) -> Own:
    """Which of the repositories that a text links into is the own one. `remotes` is asked only if there are any."""
    links: dict[Repository, dict[str, Hosted]] = {}
    for match in _URL.finditer(text):
        link = hosted(match[0])
        if link is not None:
            links.setdefault(link.repository, {}).setdefault(link.rest, link)
    if not links:
        return Own()
    known = {repository for url in remotes() if (repository := repository_of(url)) is not None}
    names = {slug.rpartition("/")[2] for _, slug in known}
    own = {
        repository for repository, found in links.items()
        if repository in known
        or ((not names or repository[1].rpartition("/")[2] in names) and _are_there(found.values(), is_there))
    }  # fmt: skip
    branches = Counter(link.branch for repository in own for link in links[repository].values())
    usual = {branch for branch, _ in branches.most_common(1) if not _COMMIT.fullmatch(branch)}
    return Own(frozenset(own), frozenset(usual | _USUAL))


def _are_there(links: Iterable[Hosted], is_there: Callable[[str], bool]) -> bool:
    """Whether the paths of links are there: all, or half and more than one. Files of every project tell nothing."""
    telling = [link for link in links if link.path and not _EVERYWHERE.fullmatch(link.path)]
    count = sum(any(map(is_there, link.paths())) for link in telling)
    return count > 0 and (count == len(telling) or (count > 1 and 2 * count >= len(telling)))
