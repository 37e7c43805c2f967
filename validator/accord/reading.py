"""Reads the documents of a corpus; of those in accord with their rows next to nothing is kept."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b

from validator.accord.rows import Rows
from validator.accord.standing import Found
from validator.accord.treaty import Treaty
from validator.cache import Beside
from validator.model import Document
from validator.scan import Plan, scan
from validator.sound import DoubtError, Sound, compile_sound, of_document
from validator.tree import ReadError, Tree

_DIGEST = 12
# To prepare the short path through a document takes as long as it saves on so many of them.
MANY = 50


def _doubt(*_: object) -> Sound:
    raise DoubtError


class Reader:
    """Reads the documents of a corpus: of one in accord with its row its ID and its digest, else what `read` gives."""

    def __init__(
        self, plan: Plan, tree: Tree, rows: Rows, treaty: Treaty, read: Callable[[str], tuple[Document, ...]]
    ) -> None:
        self.plan = plan
        self.content = partial(tree.read, limit=plan.limits.whole)
        self.starts, self.index, self.digest = rows.starts, rows.data, rows.digest
        self.firsts = [stretch.starts[0] for stretch in rows.stretches]
        self.terms = treaty.terms
        self.questions = [repr(terms and terms.question()).encode() for terms in treaty.terms]
        self.read = read
        self.sound: Callable[[str, bytes], Sound] = _doubt

    def ready_for(self, count: int) -> Reader:
        """This reader, ready to read so many documents. A few are sooner read like any other."""
        if count >= MANY:
            self.sound = compile_sound(self.plan) or _doubt
        return self

    def __call__(self, path: str) -> Found:
        """What there is to know of a path."""
        row = self.starts.get(path)
        terms = None if row is None else self.terms[bisect_right(self.firsts, row) - 1]
        if row is None or terms is None:
            return self.read(path)
        try:
            data = self.content(path)
        except ReadError:
            return self.read(path)
        document = None
        try:
            sound: Sound | None = self.sound(path, data)
        except DoubtError:
            document = scan(self.plan, path, data)
            sound = of_document(document)
        if sound is not None:
            agreed = terms.agreed(self.index[row : self.index.index(b"\n", row)], sound.values)
            if agreed is not None:
                return agreed + b"\n" + sound.digest
        return (document or scan(self.plan, path, data),)

    def beside(self) -> Beside:
        """What results depend on besides the documents: the index, which rows are whose, and the terms."""
        digest = blake2b(self.digest or self.index, digest_size=_DIGEST)
        paths = "\0".join(self.starts).encode(errors="surrogateescape")
        for part in (paths, array("Q", self.starts.values()).tobytes(), *self.questions):
            digest.update(b"%d:" % len(part) + part)
        return Beside(digest.digest(), self._rows_of)

    def _rows_of(self, paths: Sequence[str]) -> list[bytes]:
        """The digests of the rows of paths, and of the terms where they stand; empty for a path without one."""
        index, terms, firsts = self.index, self.questions, self.firsts
        return [
            b"" if row is None else blake2b(
                terms[bisect_right(firsts, row) - 1] + index[row : index.index(b"\n", row)], digest_size=_DIGEST
            ).digest()
            for row in map(self.starts.get, paths)
        ]  # fmt: skip
