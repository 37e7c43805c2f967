"""Which of the corpora of a project the paths of a command line name."""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from validator.contract import Contract
from validator.discover.prepared import Prepared
from validator.discover.project import UsageError
from validator.index import format_of
from validator.settings import CONFIG_NAMES
from validator.tree import Tree


def settled(prepared: Sequence[Prepared]) -> list[Prepared]:
    """The corpora that there are, apart: of an index that is gone, only where documents remain that no other governs.

    A file that no contract chooses, but that lies beside one that is listed, is left to the index that lists it or
    that its contract gives it to, and else to the nearest one.
    """
    claims = _claims(prepared)
    everything = [_apart(item, number, claims) for number, item in enumerate(prepared)]
    if any(item.remaining for item in everything):
        governed = {path for item in everything for path in item.documents}
        everything = [
            item._replace(remaining=tuple(path for path in item.remaining if path not in governed))
            for item in everything
        ]
    return [item for item in everything if item.remaining or not item.gone]


class _Claim(NamedTuple):
    """That a file is a corpus's: of the corpus `number`, whose index lies so deep, because that `is_said`."""

    number: int
    depth: int
    is_said: bool


def _claims(prepared: Sequence[Prepared]) -> dict[str, list[_Claim]]:
    """Which corpora claim a file: by their contract's globs, because they list it, or as a neighbour of such a one."""
    found: dict[str, list[_Claim]] = {}
    for number, item in enumerate(prepared) if len(prepared) > 1 else ():
        is_chosen, depth = item.contract.documents is not None, len(item.contract.folder)
        for path in () if item.missing else item.documents:
            found.setdefault(path, []).append(_Claim(number, depth, is_chosen or path in item.listed))
    return found


def _apart(item: Prepared, number: int, claims: Mapping[str, Sequence[_Claim]]) -> Prepared:
    """A corpus without the neighbours of its documents that are another corpus's."""
    if item.contract.documents is not None or item.missing:
        return item
    depth = len(item.contract.folder)

    def is_elsewhere(path: str) -> bool:
        return any(claim.number != number and (claim.is_said or claim.depth > depth) for claim in claims.get(path, ()))

    return item._replace(
        documents=tuple(path for path in item.documents if path in item.listed or not is_elsewhere(path))
    )


def chosen_by(prepared: Sequence[Prepared], tree: Tree, named: tuple[str, ...]) -> list[Prepared]:
    """The corpora that the paths of a command line name: by their index, a document, or a folder.

    There are none where the project has no index at all.

    Raises:
        UsageError: a path neither exists nor is known to git, or no corpus has anything to do with any of them.
    """
    everything = settled(prepared)
    if not named:
        return everything
    for path in named:
        if not tree.there(path) and not _is_known(tree, path, everything):
            raise UsageError(f"{path}: no such file, and git does not know it")
    picked = [item for item in everything if _is_named(item, named, everything)]
    hint = _unlisted_index_hint(tree, named)
    if not picked and (everything or hint):
        known = ", ".join(item.contract.path or "one without an index" for item in everything) or "there is none"
        raise UsageError(f"no index has anything to do with {', '.join(named)} (known: {known}){hint}")
    return picked


def _unlisted_index_hint(tree: Tree, named: tuple[str, ...]) -> str:
    """For whoever names an index that is not called INDEX.md, and that no configuration lists."""
    readable = [path for path in named if format_of(path, Contract(path, "")) is not None and tree.there(path)]
    return f"; if {readable[0]} is an index, list it under `corpora` in {CONFIG_NAMES[0]}" if readable else ""


def _is_known(tree: Tree, path: str, everything: list[Prepared]) -> bool:
    if any(name == path or name.startswith(path + "/") for name in tree.files()):
        return True
    if any(item.contract.path == path for item in everything):
        return True
    return path in tree.vanished(posixpath.basename(path))


def _is_named(item: Prepared, named: Iterable[str], everything: list[Prepared]) -> bool:
    """Whether one of the paths names a corpus: its index, a document, a folder of theirs, or what was a document."""
    names = {"", *item.documents, *item.remaining}
    names |= {item.contract.path} if item.contract.path is not None else set()
    for name in tuple(names):
        folder = posixpath.dirname(name)
        while folder not in names:
            names.add(folder)
            folder = posixpath.dirname(folder)
    return any(path in names or _is_listed(item, path) or _would_be_document(item, path, everything) for path in named)


def _is_listed(item: Prepared, path: str) -> bool:
    """Whether an entry links to a path that is no file now."""
    if item.manifest is None or item.universe.tree.there(path):
        return False
    return any(
        item.universe.follow(link.target).path == path for entry in item.manifest.entries for link in entry.links[:1]
    )


def _would_be_document(item: Prepared, path: str, everything: list[Prepared]) -> bool:
    """Whether a path that is no file of the universe (new, or deleted) is one that the corpus would speak of."""
    if path in item.universe.files and item.universe.tree.there(path):
        return False
    if item.contract.documents is not None:
        return item.universe.is_chosen(item.contract, path)
    above = [other.contract.folder for other in everything if other.universe.inside(path) is not None]
    is_nearest = item.contract.folder in above and len(item.contract.folder) == max(map(len, above))
    return is_nearest and posixpath.splitext(path)[1] in {posixpath.splitext(name)[1] for name in item.documents}
