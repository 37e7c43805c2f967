"""What somebody may have meant by a glob that matches nothing, and by a path where nothing is."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product

from validator.late import regex
from validator.schema import nearest
from validator.tree import fold

_BRACES = regex(r"\{([^{}]*,[^{}]*)\}")
_MOST_WRITTEN = 16
_ALL = "**"


def glob_hint(glob: str, folder: str, start: str, matched: Callable[[str], bool]) -> str:
    """What to write instead of a glob that matches nothing, where that would match.

    `folder` is where globs begin, and `start` says which one that is.
    """
    sign, bare = "!" * glob.startswith("!"), glob.removeprefix("!")
    begin = f"globs begin at {start}"
    for reason, others in _readings(bare, folder, begin):
        found = [f"{sign}{other}" for other in others if not (sign and other == _ALL) and matched(other)]
        if found:
            return f": {reason}, so write {' and '.join(map(repr, found))}"
    from_root = next(_from_root(bare.removeprefix("./").removeprefix("/"), folder), None)
    if from_root:
        return f": {begin}, so write {sign + from_root!r}"
    return f": globs reach no higher than {start}" if bare.startswith("../") else ""


def _readings(glob: str, folder: str, begin: str) -> Iterator[tuple[str, Iterable[str]]]:
    """What a glob may mean to whoever wrote it: what he did not know, and the globs that say it."""
    begun = [other for other in dict.fromkeys(_begun(glob, folder)) if other not in {"", ".", glob.rstrip("/")}]
    yield from ((begin, [other]) for other in begun)
    for start in (glob, *begun):
        yield "globs name files, not folders", [posixpath.normpath(posixpath.join(start, "**"))]
        yield "braces are no wildcards", _without_braces(start)
        above, slash, name = start.rpartition("/")
        if "*" in name:
            yield "`*` stops at `/`", [f"{above}{slash}**/{name}"]
    yield "folders are apart by `/`", [glob.replace("\\", "/")]


def _begun(glob: str, folder: str) -> Iterator[str]:
    """A glob that begins at the root of the project, or climbs, as one that begins at the folder of the index."""
    bare = posixpath.normpath(glob).lstrip("/")
    yield bare
    yield from _from_root(bare, folder)
    yield from _from_root(posixpath.normpath(posixpath.join(folder, bare)), folder)


def _from_root(glob: str, folder: str) -> Iterator[str]:
    for start in (folder, posixpath.basename(folder)):
        if folder and glob.startswith(f"{start}/"):
            yield glob.removeprefix(f"{start}/")


def _without_braces(glob: str) -> Iterator[str]:
    """The globs that one with `{a,b}` is short for, some of them where they are many."""
    pieces = [piece.split(",") if number % 2 else [piece] for number, piece in enumerate(_BRACES.split(glob))]
    return islice(map("".join, product(*pieces)), _MOST_WRITTEN)


def path_meant(path: str, files: Iterable[str]) -> str | None:
    """The file that somebody may have meant by a path where nothing is.

    It has the same name but for case and lies elsewhere, or nearly the same name and lies in the same folder.
    """
    folder, name = posixpath.split(path)
    files = list(files)
    same = [other for other in files if fold(posixpath.basename(other)) == fold(name)]
    if same:
        return same[0] if len(same) == 1 else nearest(path, same)
    beside = [posixpath.basename(other) for other in files if posixpath.dirname(other) == folder]
    meant = nearest(name, beside)
    return posixpath.join(folder, meant) if meant else None
