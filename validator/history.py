"""What another revision says of a corpus: IDs that other documents have there, IDs that changed, IDs retired there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from validator.corpus import Corpus, Past, Taken
from validator.tree import ReadError, Tree

_MOST_COMPARED = 1 << 20


def past_of(corpus: Corpus, base: Corpus, name: str, is_same: Callable[[str, str], bool]) -> Past:
    """What the revision `name`, where the corpus is `base`, says of this corpus.

    `is_same` says whether the document at a path there, which is gone here, is the one at another path here.
    Where the contracts do not look for IDs in the same way, the IDs cannot be compared.
    """
    steps = corpus.normal_id
    retired = frozenset(map(steps, base.contract.id.retired)) - frozenset(map(steps, corpus.contract.id.retired))
    if _way(corpus) != _way(base):
        return Past(name, retired=retired)
    here, there = _ids(corpus), _ids(base)
    owners = _unique(there)
    taken = tuple(
        Taken(path, value, owners[value])
        for path, value in here.items()
        if owners.get(value, path) != path
        and here.get(owners[value]) != value
        and (owners[value] in here or not is_same(owners[value], path))
    )
    silent = {item.document for item in taken} | {item.owner for item in taken}
    changed = tuple(
        Taken(path, value, there[path])
        for path, value in here.items()
        if there.get(path, value) != value and owners.get(there[path]) == path and path not in silent
    )
    return Past(name, taken, changed, retired)


def _way(corpus: Corpus) -> tuple[object, ...]:
    """How the IDs of a corpus are found."""
    stated = corpus.contract.id
    return stated._replace(retired=(), unique=True, sequence=False), corpus.plan.ids, corpus.plan.name, corpus.id_column


def _ids(corpus: Corpus) -> dict[str, str]:
    """The ID of each document that contradicts neither itself nor its entry.

    Of several in one file no path tells which is which, so they are left out.
    """
    found: dict[str, str] = {}
    for document in corpus.documents:
        if document.at is not None:
            continue  # Its place in the file is no name that it would have there too.
        pair = corpus.by_document.get(document.key)
        values = {corpus.normal_id(claim.value) for claim in document.ids}
        values |= {corpus.normal_id(pair.id)} if pair is not None and pair.id else set()
        if len(values) == 1:
            found[document.path] = values.pop()
    return found


def _unique(ids: Mapping[str, str]) -> dict[str, str]:
    """The documents by their IDs, those left out that share one."""
    count = Counter(ids.values())
    return {value: path for path, value in ids.items() if count[value] == 1}


class Kinship:
    """Whether a document there and a document here are one that was renamed: they have half of their lines in common.

    What is not `known` to the commit that both go back to has come there since. It is a document of its own, unless
    the one here is known to that commit and gone there: then it may be the one that was renamed there.
    """

    def __init__(self, there: Tree, here: Tree, known: Callable[[], Mapping[str, str] | None]) -> None:
        self.there = there
        self.here = here
        self._known = known
        self._files: Mapping[str, str] | None = None
        self._is_asked = False

    def __call__(self, old: str, new: str) -> bool:
        """Whether the document at `old` there is the one at `new` here. In doubt it is."""
        if not self._is_asked:
            self._files, self._is_asked = self._known(), True
        if self._files is not None and old not in self._files and not self._is_gone_there(new, self._files):
            return False
        try:
            before, after = (Counter(_lines(tree, path)) for tree, path in ((self.there, old), (self.here, new)))
        except ReadError:
            return True
        return 2 * (before & after).total() >= max(before.total(), after.total())

    def _is_gone_there(self, path: str, known: Mapping[str, str]) -> bool:
        return path in known and path not in self.there.files()


def _lines(tree: Tree, path: str) -> list[bytes]:
    return [line.strip() for line in tree.read(path, _MOST_COMPARED).split(b"\n") if line.strip()]
