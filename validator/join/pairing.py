"""Which document an entry is taken for.

The key of an entry is the target of its link, else its ID. What goes wrong on the way is said once: a pair has one
status, and the order in which the statuses are tried is their precedence.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from validator.compare import DIGEST_LENGTHS, EMPTY, difference
from validator.contract import Contract
from validator.ids import normalized
from validator.index import WRITTEN, column_of, value_of
from validator.late import regex
from validator.model import Binding, Document, Entry, Index, Pair
from validator.scan import Plan
from validator.text import normal, unescaped
from validator.universe import Target, fragment_of

Follow = Callable[[str], Target]
Moved = Callable[[str], tuple[str, ...]]

BLANKS = frozenset({"", "-", "--", "–", "—", "n/a", "none", "…", "..."})
PLACEHOLDERS = frozenset({"tbd", "tba", "todo", "reserved", "does not exist", "withdrawn", "unused", "unassigned"})
_NUMBER = regex(r"[0-9]+")
_REMARK = regex(r"(?<=\S) *[(\[][^()\[\]]*[)\]]\Z")
_ALIKE = 0.8
_LONGEST = 200
_MOST_COMPARED = 40_000


def _word(value: str | None) -> str:
    """What a cell says, for comparison with the words that only hold a place."""
    return _REMARK.sub("", value or "").strip(" .()[]").casefold()


def _repeated(pairs: Iterable[Pair]) -> frozenset[int]:
    """The entries that link to a missing document which an earlier one links to: what that one is, they are."""
    seen: set[str] = set()
    found: set[int] = set()
    for number, pair in enumerate(pairs):
        if pair.status == "missing" and pair.meant is not None:
            if pair.meant in seen:
                found.add(number)
            seen.add(pair.meant)
    return frozenset(found)


class _Stating:
    """Which documents state an ID and are not taken yet. Of those, the ones that state no other beside it go first."""

    def __init__(
        self, by_id: Mapping[str, list[Document]], normal_id: Callable[[str], str], taken: Iterable[str]
    ) -> None:
        self.by_id = by_id
        self.normal_id = normal_id
        self.taken = set(taken)
        self.left: dict[str, dict[str, Document]] = {}
        self.tuples: dict[str, tuple[Document, ...]] = {}

    def _sure(self, identity: str) -> list[Document]:
        stating = self.by_id.get(identity, [])
        sure = [
            document for document in stating if all(self.normal_id(claim.value) == identity for claim in document.ids)
        ]
        return sure or stating

    def free(self, identity: str) -> Mapping[str, Document]:
        if identity not in self.left:
            self.left[identity] = {
                document.key: document for document in self._sure(identity) if document.key not in self.taken
            }
        return self.left[identity]

    def candidates(self, identity: str) -> tuple[Document, ...]:
        """The free ones as one value, however many entries ask for it."""
        if identity not in self.tuples:
            self.tuples[identity] = tuple(self.free(identity).values())
        return self.tuples[identity]

    def any(self, identity: str) -> Document | None:
        """One that states the ID, though another entry has it already."""
        return next(iter(self._sure(identity)), None)

    def take(self, document: Document) -> None:
        self.taken.add(document.key)
        for claim in document.ids:
            identity = self.normal_id(claim.value)
            self.left.get(identity, {}).pop(document.key, None)
            self.tuples.pop(identity, None)


class Joiner:
    """Finds a document for each entry of an index."""

    def __init__(
        self,
        contract: Contract,
        index: Index,
        documents: tuple[Document, ...],
        follow: Follow,
        moved: Moved,
        id_column: str | None,
        bindings: tuple[Binding, ...],
        plan: Plan,
    ) -> None:
        self.contract = contract
        self.index = index
        self.follow = follow
        self.moved = moved
        self.id_column = id_column
        self.bindings = bindings
        self.plan = plan
        self.steps = contract.id.normalize
        self.by_name: dict[str, list[str]] = {}
        self.budget = _MOST_COMPARED
        self.repeated: frozenset[int] = frozenset()
        self.former: Mapping[str, int] = {}
        self.given: set[str] = set()
        self.by_claim: dict[int, dict[str, list[Document]]] = {}
        self.by_key = {document.key: document for document in documents}
        self.in_file: dict[str, list[Document]] = {}
        for document in documents:
            self.in_file.setdefault(document.path, []).append(document)
        self.by_id: dict[str, list[Document]] = {}
        for document in documents:
            for value in {self._normal(claim.value) for claim in document.ids}:
                self.by_id.setdefault(value, []).append(document)

    def run(self) -> list[Pair]:
        """The pairs, in the order of the entries; rows that only hold a place make none."""
        pairs = [pair for pair in map(self._first, self.index.entries) if pair is not None]
        self.repeated = _repeated(pairs)
        pairs = self._wrong_links(pairs)
        pairs = self._nameless(self._by_id(pairs))
        return self._renames(pairs)

    def _normal(self, value: str) -> str:
        return normalized(value, self.steps) if self.steps or not value.isascii() else value

    def _first(self, entry: Entry) -> Pair | None:
        """What an entry's link alone says; `None` for a row that only holds a place."""
        stated = value_of(self.index, entry, self.id_column) if self.id_column else None
        stated = stated if stated and stated not in EMPTY else None
        if not entry.links:
            if self.index.blocks[entry.block].kind in WRITTEN or self._is_placeholder(entry, stated):
                return None
            if entry.elsewhere and (stated is None or self._normal(stated) not in self.by_id):
                return None  # It speaks of something on another site.
            return Pair(entry, "by-id" if stated else "keyless", None, id=stated)
        link = entry.links[0]
        target = self.follow(link.target)
        path = target.detail if target.kind == "case" else target.path
        found = self.in_file.get(path, []) if target.kind in {"file", "case"} else []
        kind = target.kind
        if kind == "file":
            kind = "linked" if found else "excluded"
        detail = target.detail or ("the contract's `documents` do not choose it" if kind == "excluded" else "")
        document = found[0] if found else None
        pair = Pair(entry, kind, document, path, link, stated, detail, linked=document.key if document else "")
        fragment = fragment_of(link.target, path)
        return self._in_file(pair, fragment, found) if self.contract.delimiters.several else pair

    def _in_file(self, pair: Pair, fragment: str, found: list[Document]) -> Pair:
        """Which of the documents of a file an entry means: the one that its link names, else the one of its ID."""
        fragment = fragment if not fragment or self._normal(fragment) in self.by_id else unescaped(fragment)
        wanted = fragment or pair.id
        pair = pair._replace(id=pair.id or wanted)
        if not found:
            return pair._replace(fragment=wanted or "")
        if found[0].at is None:
            return pair
        stating = [
            document for document in (self.by_id.get(self._normal(wanted), ()) if wanted else ())
            if document.path == found[0].path
        ]  # fmt: skip
        if stating:
            document = next((document for document in stating if document.key not in self.given), stating[0])
            self.given.add(document.key)
            return pair._replace(document=document, fragment=fragment, linked=document.key)
        if len(found) == 1 and not fragment:
            return pair
        if wanted is None:
            return pair._replace(status="ambiguous", document=None, candidates=tuple(found), linked="")
        return pair._replace(status="missing", document=None, fragment=wanted, detail="part", linked="")

    def _nameless(self, pairs: list[Pair]) -> list[Pair]:
        """Entries whose document is not found because a fault of delimiters hides its ID.

        A file that could not be taken apart may hold them all. Documents that lost their ID, and entries that miss
        theirs, are the same in their order, if there are not more of these: one document may be broken in two.
        """
        if not self.contract.delimiters.several:
            return pairs
        taken = {pair.document.key for pair in pairs if pair.document is not None}
        free = [document for key, document in self.by_key.items() if key not in taken and document.is_nameless]
        whole = next((document for document in self.by_key.values() if document.at is None and document.faults), None)
        found = [*pairs]
        lost = [
            number for number, pair in enumerate(pairs)
            if pair.status == "missing" and (pair.target is None or pair.detail == "part")
        ]  # fmt: skip
        for place, number in enumerate(lost):
            document = whole if whole is not None else free[place] if len(free) >= len(lost) else None
            if document is not None and pairs[number].target in {None, document.path}:
                found[number] = pairs[number]._replace(status="linked", document=document, linked=document.key)
        return found

    def _is_placeholder(self, entry: Entry, stated: str | None) -> bool:
        """Whether a row without a link only holds a place (`-`, `TBD`, `reserved`, `_Does not exist_`)."""
        column = column_of(self.index.blocks[entry.block], self.id_column) if self.id_column else None
        words = [_word(value) for value in entry.values]
        others = [word for number, word in enumerate(words) if number != column and not word.isdigit()]
        says_so = any(word in PLACEHOLDERS for word in words)
        says_nothing = bool(others) and all(word in BLANKS for word in others)
        if stated is None:
            return says_so or says_nothing or (column is not None and words[column] != "")
        if says_so and all(word in BLANKS | PLACEHOLDERS for word in others):
            return True
        return (says_so or says_nothing) and self._normal(stated) not in self.by_id

    def _wrong_links(self, pairs: list[Pair]) -> list[Pair]:
        """Links that lead to a document of another entry: the document's ID is stated by that one."""
        listed = {self._normal(pair.id): pair for pair in pairs if pair.id}
        return [self._wrong_link(pair, listed) for pair in pairs]

    def _wrong_link(self, pair: Pair, listed: Mapping[str, Pair]) -> Pair:
        if pair.document is None or pair.id is None or not pair.document.ids:
            return pair
        stated = {self._normal(claim.value) for claim in pair.document.ids}
        mine = self._normal(pair.id)
        if mine in stated:
            return pair
        other = next((listed[value] for value in sorted(stated) if value in listed), None)
        if other is None or other is pair:
            return pair
        twin = other.document if other.document is not None and other.document.key != pair.document.key else None
        if twin is not None and any(self._normal(claim.value) in stated for claim in twin.ids):
            return pair  # Both documents state that ID: it is taken twice, and the link may well be right.
        meant = next(iter(self.by_id.get(mine, ())), None)
        return pair._replace(status="wrong-link", document=meant, detail=next(iter(sorted(stated & listed.keys()))))

    def _by_id(self, pairs: list[Pair]) -> list[Pair]:
        """Entries whose link leads nowhere, or that have none, are taken for the document that states their ID."""
        taken = (pair.document.key for pair in pairs if pair.document is not None)
        stating = _Stating(self.by_id, self._normal, taken)
        found: list[Pair] = []
        for number, pair in enumerate(pairs):
            if pair.document is not None or pair.id is None or number in self.repeated:
                found.append(pair)
                continue
            free = stating.free(self._normal(pair.id))
            if len(free) > 1 and pair.status == "by-id":
                found.append(pair._replace(status="ambiguous", candidates=stating.candidates(self._normal(pair.id))))
            elif free:
                document = (self._same_content(pair, free) or self._same_title(pair, free)) if len(free) > 1 else None
                document = document or next(iter(free.values()))
                stating.take(document)
                status = "renamed" if pair.status == "missing" else pair.status
                found.append(pair._replace(status=status, document=document))
            elif pair.status == "by-id":
                document = stating.any(self._normal(pair.id))
                found.append(pair._replace(document=document) if document else pair._replace(status="missing"))
            else:
                found.append(pair)
        return found

    def _renames(self, pairs: list[Pair]) -> list[Pair]:
        """Missing documents and unlisted ones that are the same by content, by git's word, by title or by name."""
        taken = {pair.document.key for pair in pairs if pair.document is not None}
        taken |= {pair.linked for pair in pairs if pair.status == "wrong-link"}
        for candidates in {id(pair.candidates): pair.candidates for pair in pairs}.values():
            taken |= {document.key for document in candidates}
        free = {key: document for key, document in self.by_key.items() if key not in taken}
        gone = {pair.target for pair in pairs if pair.status == "missing" and pair.target is not None}
        self.former = Counter(path for target in gone for path in self.moved(target))
        for evidence in (self._same_content, self._same_file, self._same_title, self._same_name):
            for number, pair in enumerate(pairs):
                if pair.status == "missing" and free and number not in self.repeated:
                    document = evidence(pair, free)
                    if document is not None:
                        del free[document.key]
                        pairs[number] = pair._replace(status="renamed", document=document)
        return pairs

    def _may_compare(self, count: int) -> bool:
        """Whether so many documents may still be looked at one by one: likeness is not worth a quadratic time."""
        self.budget -= count
        return self.budget >= 0

    def _same_content(self, pair: Pair, free: Mapping[str, Document]) -> Document | None:
        for binding in self.bindings:
            if binding.document[0].removeprefix("content.") in DIGEST_LENGTHS:
                stated = value_of(self.index, pair.entry, binding.column or "")
                found = self._stating(free, binding, stated) if stated else []
                if found:
                    return found[0]
        return None

    def _same_file(self, pair: Pair, free: Mapping[str, Document]) -> Document | None:
        """The one file that git has stored under the name that the entry still has, and under no other that is gone."""
        found = [path for path in self.moved(pair.target or "") if path in free]
        return free[found[0]] if len(found) == 1 and self.former[found[0]] == 1 else None

    def _same_title(self, pair: Pair, free: Mapping[str, Document]) -> Document | None:
        for binding, _ in self._titles():
            stated = value_of(self.index, pair.entry, binding.column or "")
            found = self._stating(free, binding, stated) if stated else []
            if len(found) == 1:
                return found[0]
        return None

    def _titles(self) -> Iterator[tuple[Binding, int]]:
        """The bindings that compare a title, with the position of what a document states."""
        for binding in self.bindings:
            if binding.field == "title" or binding.document[0].startswith(("heading", "first-line")):
                yield binding, self.plan.expressions.index(binding.document[0])

    def _stating(self, free: Mapping[str, Document], binding: Binding, stated: str) -> list[Document]:
        """The documents that agree with an entry on one field."""
        position = self.plan.expressions.index(binding.document[0])
        if position not in self.by_claim:
            self.by_claim[position] = {}
            for document in self.by_key.values():
                claim = document.claims[position]
                if claim is not None:
                    self.by_claim[position].setdefault(normal(claim.value).casefold(), []).append(document)
        candidates: Iterable[Document] = self.by_claim[position].get(normal(stated).casefold(), ())
        if (binding.compare or binding.map or binding.strip) and self._may_compare(len(free)):
            candidates = free.values()
        return [
            document for document in candidates
            if document.key in free and (claim := document.claims[position]) is not None
            and difference(binding, binding.document[0], stated, claim.value) is None
        ]  # fmt: skip

    def _same_name(self, pair: Pair, free: Mapping[str, Document]) -> Document | None:
        """A file of the same name in another folder, or of a name and title that are much alike, if there is one."""
        if pair.target is None:
            return None
        name = posixpath.basename(pair.target)
        if not self.by_name:
            for key, document in self.by_key.items():
                if document.at is None:
                    self.by_name.setdefault(posixpath.basename(document.path), []).append(key)
        same = [path for path in self.by_name.get(name, ()) if path in free]
        if not same and self._may_compare(len(free)):
            same = [
                key for key, document in free.items()
                if document.at is None
                and _are_names_alike(posixpath.basename(key), name) and self._may_be_titled(pair, document)
            ]  # fmt: skip
        found = [free[path] for path in same if pair.id is None or not free[path].ids]
        return found[0] if len(found) == 1 else None

    def _may_be_titled(self, pair: Pair, document: Document) -> bool:
        """Whether the title of a document is much like the one that an entry states, where both state one."""
        for binding, position in self._titles():
            stated = value_of(self.index, pair.entry, binding.column or "")
            claim = document.claims[position]
            if stated and claim is not None:
                return _are_alike(stated.casefold(), claim.value.casefold())
        return True


def _are_names_alike(name: str, other: str) -> bool:
    """Whether two file names are much alike; two that differ in a number or in the suffix never are."""
    if posixpath.splitext(name)[1] != posixpath.splitext(other)[1] or _NUMBER.findall(name) != _NUMBER.findall(other):
        return False
    return _are_alike(posixpath.splitext(name)[0], posixpath.splitext(other)[0])


def _are_alike(text: str, other: str) -> bool:
    from difflib import SequenceMatcher  # noqa: PLC0415 - only where something is missing and something else too many

    matcher = SequenceMatcher(None, text[:_LONGEST], other[:_LONGEST], autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
