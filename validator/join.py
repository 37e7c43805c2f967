"""Entries x documents -> a corpus of pairs.

The key of an entry is the target of its link, else its ID. What goes wrong on the way is said once: a pair has one
status, and the order in which the statuses are tried is the precedence of design 4.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

from validator.compare import DIGEST_LENGTHS, EMPTY, difference
from validator.contract import Contract
from validator.corpus import Corpus, Found
from validator.heading import split_heading
from validator.ids import folded, normalized
from validator.index import WRITTEN, column_of, path_columns, value_of, value_span
from validator.late import regex
from validator.model import Accord, Binding, Claim, Difference, Document, Entry, Fault, Index, Pair, Place
from validator.patterns import compile_pattern
from validator.scan import Plan
from validator.text import decode, normal, unescaped
from validator.universe import Target, fragment_of
from validator.unseen import invisible, visible

Follow = Callable[[str], Target]

_NOTHING_LEFT_OUT = Accord()

BLANKS = frozenset({"", "-", "--", "–", "—", "n/a", "none", "…", "..."})
PLACEHOLDERS = frozenset({"tbd", "tba", "todo", "reserved", "does not exist", "withdrawn", "unused", "unassigned"})
_NUMBER = regex(r"[0-9]+")
_SPACES = regex(r"[ \t]+")
_REMARK = regex(r"(?<=\S) *[(\[][^()\[\]]*[)\]]\Z")
_ALIKE = 0.8
_LONGEST = 200
_MOST_COMPARED = 40_000


def join(
    contract: Contract, plan: Plan, index: Index | None, documents: tuple[Document, ...], follow: Follow,
    accord: Accord = _NOTHING_LEFT_OUT,
) -> Corpus:  # fmt: skip
    """Join what the index says with what the documents say. `follow` tells where a link leads.

    Pairs in `accord` are neither among the entries nor among the documents.
    """
    id_column = id_column_of(contract, index)
    bindings, unbound = _bindings(contract, plan, index, documents, id_column, accord.answers)
    pairs = tuple(_Joiner(contract, index, documents, follow, id_column, bindings, plan).run()) if index else ()
    listed = {pair.document.key for pair in pairs if pair.document is not None}
    listed |= {pair.linked for pair in pairs if pair.status == "wrong-link"}
    for candidates in {id(pair.candidates): pair.candidates for pair in pairs}.values():
        listed |= {document.key for document in candidates}
    corpus = Corpus(
        contract, plan, index.path if index else None, index, bindings, unbound, id_column, documents, pairs,
        tuple(_unlisted(documents, listed)) if index else (),
        (), _faults(index, documents), {pair.document.key: pair for pair in reversed(pairs) if pair.document},
    )  # fmt: skip
    return corpus._replace(
        differences=tuple(_differences(corpus)),
        malformed=_malformed(contract, pairs, documents),
        doubled=_doubled(contract, pairs),
        accord=accord,
    )


def _unlisted(documents: Iterable[Document], listed: AbstractSet[str]) -> Iterator[Document]:
    """The documents that no entry names; of one whose ID a fault hides, nobody knows."""
    return (document for document in documents if document.key not in listed and not document.is_nameless)


def _doubled(contract: Contract, pairs: Iterable[Pair]) -> dict[int, int]:
    """The entries that name a document which another one names already, with the number of that first one."""
    first: dict[tuple[str, str], int] = {}
    found: dict[int, int] = {}
    for number, pair in enumerate(pairs):
        if pair.status == "wrong-link":
            continue
        names = []
        if pair.document is not None:
            # A file that could not be taken apart stands for all of its documents.
            of_many = contract.delimiters.several and pair.document.at is None and pair.id is not None
            names.append(("path", f"{pair.document.key}#{pair.id}" if of_many else pair.document.key))
        if pair.meant is not None and pair.status in {"missing", "renamed", "excluded"}:
            names.append(("path", pair.meant))
        elif pair.status == "missing" and pair.id is not None:
            names.append(("id", normalized(pair.id, contract.id.normalize)))
        earlier = next((first[name] for name in names if name in first), None)
        if earlier is not None:
            found[number] = earlier
        for name in names:
            first.setdefault(name, number)
    return found


def _malformed(contract: Contract, pairs: Iterable[Pair], documents: Iterable[Document]) -> frozenset[str]:
    """The stated IDs that are not of the pattern, neither as written nor normalized."""
    if contract.id.pattern is None:
        return frozenset()
    pattern, steps = compile_pattern(contract.id.pattern), contract.id.normalize
    stated = {pair.id for pair in pairs if pair.id is not None}
    stated.update(claim.value for document in documents for claim in document.ids)
    return frozenset(
        value for value in stated if not pattern.fullmatch(value) and not pattern.fullmatch(normalized(value, steps))
    )


def _faults(index: Index | None, documents: tuple[Document, ...]) -> dict[str, tuple[Found, ...]]:
    found: dict[str, list[Found]] = {}
    for fault in index.faults if index else ():
        found.setdefault(fault.kind, []).append(Found(Place(index.path if index else "", fault.span), fault, None))
    for document in documents:
        for fault in document.faults:
            found.setdefault(fault.kind, []).append(Found(_place_of(document, fault), fault, document))
    return {kind: tuple(items) for kind, items in found.items()}


def _place_of(document: Document, fault: Fault) -> Place:
    """Where a fault stands; one of the document as a whole at the line to point at."""
    if fault.path is not None:
        return Place(fault.path, fault.span)
    return document.place if fault.span is None else Place(document.path, fault.span)


def id_column_of(contract: Contract, index: Index | None) -> str | None:
    """The column that the entries' IDs stand in: the declared one, else the one that is called ID."""
    if not contract.id.judged:
        return None
    if contract.id.column is not None:
        return contract.id.column
    has_one = index is not None and any(column_of(block, "ID") is not None for block in index.blocks)
    return "ID" if has_one else None


def _bindings(
    contract: Contract, plan: Plan, index: Index | None, documents: tuple[Document, ...], id_column: str | None,
    answers: frozenset[str],
) -> tuple[tuple[Binding, ...], tuple[str, ...]]:  # fmt: skip
    """Each field with the first of its expressions that some document has an answer for, or that is of `answers`."""
    bound: list[Binding] = []
    unbound: list[str] = []
    positions = {expression: number for number, expression in enumerate(plan.expressions)}
    for binding in fields_of(contract, index, id_column):
        answered = next(
            (
                expression for expression in binding.document
                if expression in answers or _answers(documents, positions, expression)
            ),
            None,
        )  # fmt: skip
        if answered is not None:
            bound.append(_as_list(contract, plan, documents, binding._replace(document=(answered,))))
        elif binding.declared and binding.document and not binding.by_name:
            bound.append(_as_list(contract, plan, documents, binding))
        else:
            unbound.append(binding.column or binding.field)
    return tuple(bound), tuple(unbound)


def _as_list(contract: Contract, plan: Plan, documents: tuple[Document, ...], binding: Binding) -> Binding:
    """A field with what divides its lists. It is compared as one where the contract says so, or a header has a list."""
    own, general = contract.delimiters.of_field(binding.field), contract.delimiters.list
    if not binding.document[0].startswith(("header.", "sidecar.")) and not own and not binding.is_list:
        return binding
    position = plan.expressions.index(binding.document[0])
    is_list = own is not None or (general is not None and _states_list(documents, position))
    compare = binding.compare or ("set" if is_list else None)
    return binding._replace(delimiter=own or general, compare=compare)


def _states_list(documents: tuple[Document, ...], position: int) -> bool:
    return any(claim is not None and claim.listed for claim in (document.claims[position] for document in documents))


def _answers(documents: tuple[Document, ...], positions: Mapping[str, int], expression: str) -> bool:
    position, key = positions[expression], expression.removeprefix("header.")
    return any(document.claims[position] is not None or key in document.spoiled for document in documents)


_FACTS = {
    "bytes": "content.bytes", "size": "content.bytes", "sha256": "content.sha256", "checksum": "content.sha256",
    "sha512": "content.sha512", "sha1": "content.sha1", "md5": "content.md5", "blake2b": "content.blake2b",
    "lines": "content.lines", "words": "content.words", "chars": "content.chars", "characters": "content.chars",
}  # fmt: skip


def by_name(field: str) -> tuple[str, ...]:
    """The expressions that a field of this name binds to by default, in order of preference."""
    key = "".join(character for character in field.casefold() if character not in " -_")
    found = [f"header.{key}"] if key else []
    if key in _FACTS:
        found.append(_FACTS[key])
    if key == "title":
        found += ["heading", "first-line"]
    return tuple(found)


def fields_of(contract: Contract, index: Index | None, id_column: str | None) -> Iterator[Binding]:
    """The fields to compare: exactly the contract's where it names any, else every column but the ID's, by name."""
    for binding in _bound_fields(contract, index, id_column):
        yield binding._replace(document=tuple(_titled(contract, expression) for expression in binding.document))


def _titled(contract: Contract, expression: str) -> str:
    """A heading that states an ID is a title only behind it."""
    numbered = contract.id.document is not None and "heading.id" in contract.id.document
    return "heading.title" if numbered and expression == "heading" else expression


def _bound_fields(contract: Contract, index: Index | None, id_column: str | None) -> Iterator[Binding]:
    if contract.fields is not None:
        for binding in contract.fields:
            yield binding if binding.document else binding._replace(document=by_name(binding.field), by_name=True)
        return
    seen: set[str] = set()
    for block in index.blocks if index else ():
        skipped = path_columns(contract, block.columns) if block.kind not in {"table", *WRITTEN} else ()
        for number, column in enumerate(block.columns if block.kind not in WRITTEN else ()):
            if number in skipped:
                continue
            name = " ".join(column.split()).casefold()
            is_id = id_column is not None and name == " ".join(id_column.split()).casefold()
            if name and name not in seen and not is_id:
                seen.add(name)
                document = (f"content.{name}",) if block.kind == "checksums" else by_name(column)
                yield Binding(name.replace(" ", "-"), column, document, by_name=True)


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


class _Joiner:
    def __init__(
        self,
        contract: Contract,
        index: Index,
        documents: tuple[Document, ...],
        follow: Follow,
        id_column: str | None,
        bindings: tuple[Binding, ...],
        plan: Plan,
    ) -> None:
        self.contract = contract
        self.index = index
        self.follow = follow
        self.id_column = id_column
        self.bindings = bindings
        self.plan = plan
        self.steps = contract.id.normalize
        self.by_name: dict[str, list[str]] = {}
        self.budget = _MOST_COMPARED
        self.repeated: frozenset[int] = frozenset()
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

        A file that could not be taken apart may hold them all. Documents that lost their ID, and as many entries that
        miss theirs, are the same in their order.
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
            document = whole if whole is not None else free[place] if len(free) == len(lost) else None
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
        """Missing documents and unlisted ones that are the same by content, by title or by name."""
        taken = {pair.document.key for pair in pairs if pair.document is not None}
        taken |= {pair.linked for pair in pairs if pair.status == "wrong-link"}
        for candidates in {id(pair.candidates): pair.candidates for pair in pairs}.values():
            taken |= {document.key for document in candidates}
        free = {key: document for key, document in self.by_key.items() if key not in taken}
        for evidence in (self._same_content, self._same_title, self._same_name):
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


class _Side(NamedTuple):
    """A binding, ready for the entries of one block: the number of its column, the position of its claim."""

    binding: Binding
    column: int | None
    claim: int


def _differences(corpus: Corpus) -> Iterator[Difference]:
    index = corpus.manifest
    if index is None:
        return
    positions = {expression: number for number, expression in enumerate(corpus.plan.expressions)}
    sides = [
        [
            _Side(binding, column_of(block, binding.column or ""), positions[binding.document[0]])
            for binding in corpus.bindings
        ]
        for block in index.blocks
    ]
    swollen = _swollen(corpus)
    for pair, document in corpus.paired():
        values = pair.entry.values
        for side in sides[pair.entry.block]:
            claim = document.claims[side.claim]
            if document.key in swollen and claim is not None and claim.source.startswith("content."):
                continue
            if side.column is None:
                stated = value_of(index, pair.entry, side.binding.column or "")
            else:
                stated = values[side.column]
            if claim is not None and stated is not None and (stated != claim.value or side.binding.map):
                yield from _difference(corpus, pair, document, side.binding, stated, claim)


def _swollen(corpus: Corpus) -> frozenset[str]:
    """The documents that hold the text of the next one too, whose `begin` is gone: where no `end` shows that it is.

    That the next entry misses its document says it already.
    """
    bounds = corpus.contract.delimiters
    if not bounds.begin or bounds.end:
        return frozenset()
    return frozenset(
        pair.document.key
        for pair, following in pairwise(corpus.pairs)
        if pair.document is not None and following.status == "missing"
    )


def _difference(
    corpus: Corpus, pair: Pair, document: Document, binding: Binding, stated: str, claim: Claim
) -> Iterator[Difference]:
    expression, index = binding.document[0], corpus.manifest
    assert index is not None, "only an index differs"
    if stated in EMPTY or not claim.value.strip():
        return
    if document.empty and (expression.startswith(("content.", "heading", "first-line"))):
        return
    if claim.source == "heading.title" and _with_its_id(corpus.plan, document, binding, stated, claim):
        return
    if binding.by_name and expression == "heading" and _is_numbered(pair, binding, stated, claim):
        return
    # A heading has one blank where several are written, as every page that shows it has.
    told = _SPACES.sub(" ", stated) if expression.startswith("heading") else stated
    kind = difference(binding, expression, told, claim.value)
    if kind in {"value", "spelling"} and _is_said(index, pair, binding, stated, claim):
        return
    if kind is not None:
        yield Difference(kind, pair, binding.field, stated, claim, binding.column or binding.field)


def _with_its_id(plan: Plan, document: Document, binding: Binding, stated: str, claim: Claim) -> bool:
    """Whether the index states a title with the ID in front, just as the heading does."""
    parts = split_heading(normal(stated), plan.pattern)
    own = next((own.value for own in document.ids if own.source == "heading.id"), None)
    return parts is not None and parts.id == own and difference(binding, claim.source, parts.title, claim.value) is None


def _is_numbered(pair: Pair, binding: Binding, stated: str, claim: Claim) -> bool:
    """Whether a heading nobody bound is the title with the entry's own ID in front: `# 1. Title` in the row of 0001."""
    parts = split_heading(claim.value, None)
    if parts is None or pair.id is None or folded(parts.id) not in {folded(pair.id), _figures(pair.id)}:
        return False
    return difference(binding, claim.source, stated, parts.title) is None


def _figures(value: str) -> str:
    """The number in an ID such as `ADR-0001`, folded; empty where it has none or several."""
    numbers = _NUMBER.findall(value)
    return folded(numbers[0]) if len(numbers) == 1 else ""


def _is_said(index: Index, pair: Pair, binding: Binding, stated: str, claim: Claim) -> bool:
    """Whether a difference is none but for Markdown that both sides have, or for a character that FS102 tells of."""
    if not binding.map and _raw_cell(index, pair.entry, binding) == normal(claim.value):
        return True
    if invisible(stated) is None and invisible(claim.value) is None:
        return False
    return difference(binding, binding.document[0], visible(stated), visible(claim.value)) is None


def _raw_cell(index: Index, entry: Entry, binding: Binding) -> str:
    """What a cell holds with its Markdown: a title that is written with it on both sides is the same on both."""
    span = value_span(index, entry, binding.column or binding.field)
    return normal(decode(index.text[span.start : span.end].encode("latin-1")).replace("\\|", "|"))


def listed_paths(index: Index, follow: Follow) -> Iterable[str]:
    """The files that the entries of an index link to."""
    for entry in index.entries:
        for link in entry.links[:1]:
            target = follow(link.target)
            if target.kind in {"file", "case"}:
                yield target.detail or target.path
