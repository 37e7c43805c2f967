"""How git is asked: it changes nothing, runs no monitor, fetches nothing, and sees the objects as they are."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from threading import Thread
from typing import Generic, NamedTuple, TypeVar

_Answer = TypeVar("_Answer")


class TreeError(Exception):
    """The files cannot be had at all (git refuses, the folder does not exist); the message says why."""


_RELATIVE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")
_EXACT = {
    "GIT_NO_LAZY_FETCH": "1",
    # Older versions of git know no GIT_NO_LAZY_FETCH; without a protocol none of them can fetch.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    # A pushed `refs/replace/…` must not show a checker another content than a checkout has.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}


def command(folder: str, *arguments: str) -> list[str]:
    """The words of a git command in a folder."""
    # A file whose time was put back is told by the time of that; a user may have told git not to look at it.
    exact = ["-c", "core.trustctime=true", "-c", "core.checkstat=default"]
    return ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", *exact, "-C", folder, *arguments]


def environment() -> dict[str, str]:
    """What git inherits: everything (a hook names its index and its objects there), with our restraints."""
    inherited = {name: os.path.abspath(os.environ[name]) for name in _RELATIVE if os.environ.get(name)}
    return {**os.environ, **inherited, **_EXACT}


_SETTINGS = r"^(core\.(autocrlf|attributesfile|eol)|filter\..*\.(clean|process))$"


def settings_of(folder: str) -> Mapping[str, str]:
    """The settings that say what git converts and which programs filter, by their names; the last of a name holds.

    Raises:
        TreeError: git is missing.
    """
    listing = git(folder, "config", "-z", "--get-regexp", _SETTINGS, missing_ok=True)
    return {name: value for name, _, value in (record.partition("\n") for record in records(listing))}


def without_filters(settings: Iterable[str]) -> dict[str, str]:
    """More settings, for the environment, by which git runs none of the filters that some `settings` name.

    git runs them not only for `git add`: it compares contents where size and times of a file prove nothing.
    """
    drivers = dict.fromkeys(name.rpartition(".")[0] for name in settings if name.startswith("filter."))
    given = os.environ.get("GIT_CONFIG_COUNT", "0")
    start = int(given) if given.isdigit() else 0
    found: dict[str, str] = {}
    for driver in drivers:
        for key, value in (("clean", ""), ("process", ""), ("required", "false")):
            found[f"GIT_CONFIG_KEY_{start}"], found[f"GIT_CONFIG_VALUE_{start}"] = f"{driver}.{key}", value
            start += 1
    return {**found, "GIT_CONFIG_COUNT": str(start)} if found else {}


def git(
    folder: str,
    *arguments: str,
    missing_ok: bool = False,
    given: bytes | None = None,
    settings: Mapping[str, str] | None = None,
) -> bytes:
    """What a git command prints; `given` is what it reads, `settings` go into its environment.

    With `missing_ok`, a command that fails (no commit yet) has printed nothing.

    Raises:
        TreeError: git is not installed, or refuses; with the reason that git gave.
    """
    done = _run(folder, arguments, given, settings)
    if done.returncode and not missing_ok:
        raise _refusal(arguments, done)
    return b"" if done.returncode else done.stdout


def git_in_full(folder: str, *arguments: str, settings: Mapping[str, str] | None = None) -> bytes | None:
    """What a git command prints; `None` where it says that there is something which it could not look at.

    Raises:
        TreeError: as `git` does.
    """
    done = _run(folder, arguments, None, settings)
    if done.returncode:
        raise _refusal(arguments, done)
    complaints = [line for line in done.stderr.splitlines() if not line.startswith((b"warning:", b"hint:"))]
    return None if complaints else done.stdout


def _run(
    folder: str, arguments: tuple[str, ...], given: bytes | None, settings: Mapping[str, str] | None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            command(folder, *arguments),
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=False,
            env={**environment(), **(settings or {})},
        )
    except OSError as error:
        raise not_run(error) from None


def _refusal(arguments: tuple[str, ...], done: subprocess.CompletedProcess[bytes]) -> TreeError:
    reason = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it failed"]
    return TreeError(f"git {arguments[0]}: {reason[0]}")


class Ahead(Generic[_Answer]):
    """Something that is found out in the background, from now on, while this thread goes on: git takes its time."""

    def __init__(self, ask: Callable[[], _Answer]) -> None:
        self._ask = ask
        self._found: list[_Answer] = []
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with suppress(TreeError):  # Whoever wants the answer is told when it asks.
            self._found.append(self._ask())

    def wait(self) -> None:
        """Wait until it is found out."""
        self._thread.join()

    def __call__(self) -> _Answer:
        """The answer, as soon as it is there.

        Raises:
            TreeError: as the question does.
        """
        self._thread.join()
        return self._found[0] if self._found else self._ask()


def not_run(error: OSError) -> TreeError:
    """Why git did not even start."""
    if isinstance(error, FileNotFoundError):
        return TreeError("git is not installed, or not on the PATH")
    return TreeError(f"git cannot be run: {error.strerror}")


def records(listing: bytes) -> list[str]:
    """The records of a listing that was asked for with `-z`."""
    return [os.fsdecode(record) for record in listing.split(b"\0") if record]


def files_called(paths: Iterable[str], name: str) -> list[str]:
    """Those of the paths whose last part is a name."""
    listing, wanted = "\0".join(["", *paths, ""]), f"{name}\0"
    found: list[str] = []
    end = listing.find(wanted)  # Most paths are not, and so need not be looked at one by one.
    while end >= 0:
        start = listing.rfind("\0", 0, end) + 1
        if listing[end - 1] in "/\0":
            found.append(listing[start : end + len(name)])
        end = listing.find(wanted, end + 1)
    return found


class Change(NamedTuple):
    """One line of `--raw`: a path that differs, with its mode and its object on either side."""

    status: str
    path: str
    mode: str
    blob: str
    new_mode: str
    new_blob: str


def changes(listing: bytes) -> Iterator[Change]:
    """The records of a `--raw -z` listing without renames."""
    fields = iter(records(listing))
    for about, path in zip(fields, fields, strict=False):
        mode, new_mode, blob, new_blob, status = about.removeprefix(":").split(" ")
        yield Change(status[:1], path, mode, blob, new_mode, new_blob)


def top_level(folder: str) -> str | None:
    """The root of the git working tree that `folder` belongs to; `None` where there is none.

    Raises:
        TreeError: a repository is there, but git is missing or refuses to read it, or it has no working tree.
    """
    if not is_repository(folder):
        return None
    try:
        return os.fsdecode(git(folder, "rev-parse", "--show-toplevel")).removesuffix("\n") or None
    except TreeError:
        asked = ("--is-bare-repository", "--is-inside-git-dir")
        is_bare_one, is_inside = (
            git(folder, "rev-parse", asking, missing_ok=True).strip() == b"true" for asking in asked
        )
        if is_bare_one:
            raise TreeError("this is a bare repository, which has no files: name a commit of it with --rev") from None
        if is_inside:
            what = "which has no documents: run the command in the working tree"
            raise TreeError(f"{folder} is git's own folder, {what}, or name a commit with --rev") from None
        raise


def is_bare(folder: str) -> bool:
    """Whether the repository that `folder` belongs to has no working tree there.

    Raises:
        TreeError: there is no repository, or git refuses to read it.
    """
    return git(folder, "rev-parse", "--is-inside-work-tree").strip() != b"true"


def remotes(root: str) -> tuple[str, ...]:
    """The addresses of the remotes that git's configuration names; none outside a repository.

    Raises:
        TreeError: git is missing.
    """
    if not is_repository(root):
        return ()
    lines = git(root, "config", "--get-regexp", r"^remote\..*\.url$", missing_ok=True).decode("utf-8", "replace")
    return tuple(line.partition(" ")[2] for line in lines.splitlines())


def is_repository(folder: str) -> bool:
    """Whether there is a repository at a folder or above it, as far as one can see without git."""
    if "GIT_DIR" in os.environ:
        return True
    while not os.path.lexists(os.path.join(folder, ".git")) and not _is_laid_out_bare(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            return False
        folder = parent
    return True


def _is_laid_out_bare(folder: str) -> bool:
    """Whether a folder looks like a repository without a working tree."""
    return os.path.isfile(os.path.join(folder, "HEAD")) and all(
        os.path.isdir(os.path.join(folder, name)) for name in ("objects", "refs")
    )


class Revision(NamedTuple):
    """A revision as object IDs: its commit (`None` for a bare tree), its tree, its first parent's tree."""

    name: str
    commit: str | None
    tree: str


def resolve(folder: str, name: str) -> Revision | None:
    """The object IDs of a revision that somebody named; `None` where git does not know it.

    Raises:
        TreeError: the name could be taken for an option, or git cannot be asked.
    """
    if name.startswith("-") or "\0" in name:
        raise TreeError(f"{name!r} is no revision: none begins with `-`")
    found = _object(folder, name)
    tree = _object(folder, f"{found}^{{tree}}") if found else None
    return None if tree is None else Revision(name, _object(folder, f"{found}^{{commit}}"), tree)


def last_commit(folder: str) -> str | None:
    """The commit that is checked out; `None` before the first one."""
    return _object(folder, "HEAD^{commit}")


def first_parent(folder: str, commit: str | None) -> str | None:
    """The tree of a commit's first parent; `None` where there is none, or it is not in this clone."""
    return None if commit is None else _object(folder, f"{commit}^1^{{tree}}")


def merge_base(folder: str, one: str, other: str) -> str | None:
    """The commit that two commits go back to; `None` where there is none, or it is not in this clone."""
    return os.fsdecode(git(folder, "merge-base", one, other, missing_ok=True)).strip() or None


def is_shallow(folder: str) -> bool:
    """Whether the repository holds only a part of its history."""
    return git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _object(folder: str, name: str) -> str | None:
    found = git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name, missing_ok=True)
    return os.fsdecode(found).strip() or None
