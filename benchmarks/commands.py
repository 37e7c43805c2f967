"""What is run: indexlint in each of its ways, and what somebody would run in its place, as far as it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from benchmarks.corpus import LARGE, Place, git
from benchmarks.measure import Command, installed

YARDSTICK = "sha256sum -c"
# On large files sha256sum is no measure: it knows nothing of what processors have for hashing.
LARGE_YARDSTICK = "rhash -c --sha256"
_BIN = os.path.dirname(sys.executable)
_FOUND = (0, 1)
_INDEX = "INDEX.md"
# Beyond these numbers of documents a peer takes minutes a round, or its command line is too long.
_REACH = {"check-jsonschema": 10_000, "frictionless": 10_000, "yamllint": 10_000, "bagit-python": 100_000}


class Peer(NamedTuple):
    """Another tool: its command, what it does of our work, and its arguments for a corpus."""

    name: str
    command: str
    does: str
    arguments: Callable[[Place], tuple[str, ...]]


def _peer(place: Place, name: str) -> str:
    return os.path.join(place.peers, name)


PEERS = (
    Peer(YARDSTICK, "sha256sum", "digests", lambda place: ("-c", "--quiet", _peer(place, "SHA256SUMS"))),
    Peer(LARGE_YARDSTICK, "rhash", "digests", lambda place: ("-c", "--sha256", _peer(place, "SHA256SUMS"))),
    Peer("git status", "git", "which files changed", lambda _: ("--no-optional-locks", "status", "--porcelain")),
    Peer(
        "bagit-python", "bagit.py", "digests, sizes, missing and extra files",
        lambda place: ("--validate", "--quiet", "--processes", "2", _peer(place, "bag")),
    ),
    Peer(
        "check-jsonschema", "check-jsonschema", "the metadata's schema",
        lambda place: ("--schemafile", os.path.join(place.project, "document.schema.json"), *_all(place, "json")),
    ),
    Peer(
        "frictionless", "frictionless", "digests and sizes",
        lambda place: ("validate", _peer(place, "datapackage.json"), "--json"),
    ),
    Peer(
        "yamllint", "yamllint", "the metadata's syntax",
        lambda place: ("-d", "{rules: {key-duplicates: enable}}", _peer(place, "yaml")),
    ),
)  # fmt: skip


def yardstick(kind: str) -> str:
    """The command whose time is the unit for a kind of corpus."""
    return LARGE_YARDSTICK if kind == LARGE else YARDSTICK


def _all(place: Place, name: str) -> list[str]:
    folder = _peer(place, name)
    return [os.path.join(folder, entry) for entry in sorted(os.listdir(folder))]


def peers(place: Place) -> tuple[list[Command], list[str]]:
    """The peers that can be run on a corpus, and why others cannot."""
    commands: list[Command] = []
    absent: list[str] = []
    for peer in PEERS:
        path = installed(peer.command, beside=_BIN)
        if path is None:
            absent.append(f"{peer.name} is not installed")
        elif place.number > _REACH.get(peer.name, place.number):
            absent.append(f"{peer.name} takes too long over {place.number:,} documents")
        elif peer.command == "git" and not _is_repository(place):
            absent.append(f"{peer.name} needs a repository, which {place.number:,} documents are not in")
        elif place.kind == LARGE and "digests" not in peer.does:
            absent.append(f"{peer.name} does not look at the text of documents")
        else:
            commands.append(Command(peer.name, (path, *peer.arguments(place)), place.project))
    return commands, absent


def _is_repository(place: Place) -> bool:
    return os.path.isdir(os.path.join(place.project, ".git"))


def _own() -> tuple[str, ...]:
    """Our command as hooks run it: the one that this environment has installed."""
    found = shutil.which("indexlint", path=_BIN)
    return (found,) if found else (sys.executable, "-P", "-m", "validator")


def ours(place: Place) -> Iterator[Command]:
    """The ways to run our tool: cold with one process and with as many as it likes, warm, with one file changed."""
    base = (*_own(), "check", "--quiet")
    cache = ("--cache-dir", _peer(place, "cache"))

    def command(name: str, *options: str) -> Command:
        return Command(f"indexlint, {name}", (*base, *options), place.project, codes=_FOUND)

    warm = partial(_warm, place, (*base, *cache))
    yield command("cold, one process", "--no-cache", "--jobs", "1")
    yield command("cold", "--no-cache")
    yield command("warm", *cache)._replace(prepare=warm)
    change = _Change(place, warm)
    yield command("warm, one document changed", *cache)._replace(prepare=change.make, finish=change.undo)
    if _is_repository(place):
        clone = _peer(place, "clone")
        fresh = command("warm, in a fresh clone", *cache)
        yield fresh._replace(folder=clone, prepare=lambda: _clone(place, clone, warm))
        yield command("staged", "--staged", "--no-cache")
        yield command("at a revision", "--rev", "HEAD", "--no-cache")


def _clone(place: Place, clone: str, warm: Callable[[], None]) -> None:
    """A clone in which nothing ran yet; a check writes nothing into it, so it stays fresh from round to round."""
    warm()
    if not os.path.exists(clone):
        git(place.peers, "clone", "--quiet", place.project, clone)


def _warm(place: Place, arguments: tuple[str, ...]) -> None:
    """Fill the cache, so that the run that is measured finds all it can know."""
    subprocess.run(arguments, cwd=place.project, capture_output=True, check=False)


class _Change:
    """One letter of one document is another one while the run is measured."""

    def __init__(self, place: Place, warm: Callable[[], None]) -> None:
        self.place = place
        self.warm = warm
        name = min(entry for entry in os.listdir(place.project) if entry.endswith((".md", ".txt")) and entry != _INDEX)
        self.path = os.path.join(place.project, name)
        with open(self.path, "rb") as file:
            self.data = file.read()

    def make(self) -> None:
        self.warm()
        self._write(self.data[:-2] + b"!\n")

    def undo(self) -> None:
        self._write(self.data)
        if _is_repository(self.place):
            git(self.place.project, "update-index", "-q", "--refresh")

    def _write(self, data: bytes) -> None:
        with open(self.path, "wb") as file:
            file.write(data)


def start(folder: str) -> list[Command]:
    """What a start costs: a bare interpreter, and the project's own twelve documents. The cache is below `folder`."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    arguments = (*_own(), "check", "--quiet", "--cache-dir", os.path.join(folder, "start-cache"))
    warm = partial(subprocess.run, arguments, cwd=root, capture_output=True, check=False)
    return [
        Command("python -I -c pass", (sys.executable, "-I", "-c", "pass"), root),
        Command("indexlint, 12 documents, warm", arguments, root, lambda: void(warm())),
        Command("indexlint, 12 documents, cold", (*arguments, "--no-cache"), root),
    ]


def void(_: object) -> None:
    """Nothing: what a preparation gives back does not matter."""
