"""What was read of the documents of a corpus: of those in accord with their rows three columns, else everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress
from typing import Any, NamedTuple

from validator.model import Document
from validator.packing import pack, unpack

# What a `Reader` gives: of a document in accord its ID, a line feed and its digest; of any other all that is known.
Found = bytes | tuple[Document, ...]


class Standing(NamedTuple):
    """The documents in accord, column by column: paths, IDs (empty: none), digests (empty: none is asked for).

    `rest` are the documents of all other files.
    """

    paths: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    digests: tuple[bytes, ...] = ()
    rest: Mapping[str, tuple[Document, ...]] = {}

    @property
    def known(self) -> AbstractSet[str]:
        """The paths of all files that were read."""
        return self.rest.keys() | self.paths

    def joined(self, fresh: Mapping[str, Found]) -> Standing:
        """These and what else was found, by paths."""
        rest = {path: item for path, item in fresh.items() if not isinstance(item, bytes)}
        parts = [item.partition(b"\n") for item in fresh.values() if isinstance(item, bytes)]
        if not parts:
            return self._replace(rest={**self.rest, **rest})
        # All at once: they are ASCII without controls.
        ids = b"\n".join([part[0] for part in parts]).decode().split("\n")
        return Standing(
            (*self.paths, *[path for path in fresh if path not in rest]),
            (*self.ids, *ids),
            (*self.digests, *[part[2] for part in parts]),
            {**self.rest, **rest},
        )

    def packed(self, chosen: AbstractSet[str]) -> tuple[list[str], Any]:
        """Those of the chosen files that were there, as plain values, and their paths in the order of these."""
        flags = [path in chosen for path in self.paths]
        agreed = list(compress(self.paths, flags))
        rest = {path: pack(found) for path, found in self.rest.items() if found and path in chosen}
        ids, digests = "\n".join(compress(self.ids, flags)), b"".join(compress(self.digests, flags))
        return [*agreed, *rest], (len(agreed), ids, digests, list(rest.values()))

    @classmethod
    def restored(cls, paths: Sequence[str], values: Any, flags: Sequence[bool]) -> Standing:  # noqa: ANN401 - plain values
        """What was packed, but for the files whose flags say that it is true no more.

        Raises:
            TypeError, ValueError, AttributeError: the values are nothing that `packed` has made.
        """
        count, ids, digests, rest = values
        others = zip(paths[count:], rest, flags[count:], strict=True)
        return cls(
            tuple(compress(paths, flags[:count])),
            tuple(compress(ids.split("\n"), flags[:count])),
            tuple(compress(_pieces(digests, count), flags[:count])),
            {path: unpack(item) for path, item, is_true in others if is_true},
        )


def _pieces(text: bytes, count: int) -> list[bytes]:
    """A text cut into pieces of one size."""
    size = len(text) // count if count else 0
    return [text[start : start + size] for start in range(0, len(text), size)] if size else [b""] * count
