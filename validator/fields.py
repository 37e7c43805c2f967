"""What the two sides of a field state or fail to state: the questions that several rules ask of a corpus."""

from collections.abc import Iterator
from typing import NamedTuple

from validator.compare import EMPTY, other_delimiter, stray_delimiter
from validator.corpus import Corpus
from validator.index import LINK_VALUES, MAPPINGS, column_of, value_of
from validator.model import Binding, Claim, Document, Fault, Pair, Place, folded_name
from validator.unseen import invisible


class Lack(NamedTuple):
    """A field that one side does not state, and what the other one says."""

    place: Place
    message: str
    document: str
    field: str
    source: str
    id: str | None
    stated: str | None
    claimed: str | None
    related: tuple[tuple[Place, str], ...]


class Seen(NamedTuple):
    """A character that cannot be seen in a value, and where the value stands."""

    place: Place
    field: str
    character: str
    document: str | None
    id: str | None
    stated: str | None
    claimed: str | None
    related: tuple[Place, ...]


class Odd(NamedTuple):
    """A list, `value`, that is divided by `sign`, which is not what is declared; and what both sides say."""

    place: Place
    binding: Binding
    sign: str
    value: str
    document: Document
    stated: str | None
    claimed: str | None


def with_schema(corpus: Corpus) -> list[Binding]:
    """The fields whose cells have a schema, whether or not a document states them."""
    return [binding for binding in corpus.contract.fields or () if binding.schema is not None]


def stated_fields(corpus: Corpus) -> Iterator[tuple[Pair, Binding, str]]:
    """Every field that an entry states and that has a schema, cell by cell."""
    bindings = with_schema(corpus)
    if corpus.manifest is None or not bindings:
        return
    for pair in corpus.pairs:
        for binding in bindings:
            stated = value_of(corpus.manifest, pair.entry, binding.column or binding.field)
            if stated is not None:
                yield pair, binding, stated


def _claims(
    corpus: Corpus, binding: Binding, *, plain: bool = True
) -> Iterator[tuple[Document, Pair | None, str | None, Claim | None]]:
    """A field over all documents: the document, its entry, what the index states, what the document does.

    Without `plain`, those are left out on which both sides say the same in characters that everybody sees.
    """
    position = corpus.plan.expressions.index(binding.document[0])
    name = binding.column or binding.field
    index = corpus.manifest
    columns = [column_of(block, name) for block in index.blocks] if index else []
    for document in corpus.documents:
        pair = corpus.by_document.get(document.key)
        stated = None
        if pair is not None and pair.status == "wrong-link":
            pair = None
        elif pair is not None and index is not None:
            column = columns[pair.entry.block]
            stated = value_of(index, pair.entry, name) if column is None else pair.entry.values[column]
        claim = document.claims[position]
        if plain or claim is None or claim.value != stated or not (stated.isascii() and stated.isprintable()):
            yield document, pair, stated, claim


def missing_fields(corpus: Corpus) -> Iterator[Lack]:
    """Fields that the contract requires, and that the index or the document does not state."""
    absent = {field for field, _, _ in corpus.absent_columns()}
    for binding in corpus.bindings:
        if not binding.required:
            continue
        for document, pair, stated, claim in _claims(corpus, binding):
            if pair is not None and binding.field not in absent and _is_silent(corpus, pair, binding, stated):
                yield _in_index(
                    corpus, binding, pair, document, claim, "the index states no {field}, which is required"
                )
            elif (claim is None or not claim.value.strip()) and _could_state(document, binding):
                yield _in_document(corpus, binding, document, claim, pair, stated)


def _is_silent(corpus: Corpus, pair: Pair, binding: Binding, stated: str | None) -> bool:
    """Whether an entry states nothing: an empty cell, or a mapping without the key. A row that is cut off may go on."""
    if stated is not None:
        return stated in EMPTY
    index, name = corpus.manifest, folded_name(binding.column or binding.field)
    assert index is not None, "entries come from an index"
    block = index.blocks[pair.entry.block]
    if block.kind not in MAPPINGS or corpus.is_cut_off() or index.is_spoiled(pair.entry):
        return False
    if name in LINK_VALUES and column_of(block, name) is None:
        return False
    # The key may be spelt otherwise, hold a mapping of its own, or come with another mapping (`<<` of YAML).
    return not any(
        value is not None and (column.startswith("<<") or f"{folded_name(column)}.".startswith(f"{name}."))
        for column, value in zip(block.columns, pair.entry.values, strict=False)
    )


def _could_state(document: Document, binding: Binding) -> bool:
    """Whether the document's silence means something: nothing before it went wrong with what would state the field."""
    expression = binding.document[0]
    if document.broken or _lacks_text(document, expression):
        return False
    if any(fault.kind == "not-utf8" or _is_of_name(fault, expression) for fault in document.faults):
        return False
    key = expression.removeprefix("header.").removeprefix("sidecar.")
    return key not in document.spoiled and not any(
        fault.kind == "schema-unknown" and fault.detail[2:] == (key,) for fault in document.faults
    )


def _lacks_text(document: Document, expression: str) -> bool:
    """Whether an expression speaks of text that the document has none of; its header may well be there."""
    return document.empty and expression.startswith(("content.", "heading", "first-line"))


def _is_of_name(fault: Fault, expression: str) -> bool:
    """Whether a fault says already that the name does not fit the template that the expression speaks of."""
    return expression.startswith("name.") and fault.kind == "missing-id" and fault.detail[:1] == ("name",)


def _breaks_schema(document: Document, binding: Binding) -> bool:
    """Whether the metadata's schema does not allow what the document states for a field."""
    key = binding.document[0].removeprefix("header.")
    return any(fault.kind == "schema" and fault.detail[0] == key for fault in document.faults)


def _in_index(
    corpus: Corpus, binding: Binding, pair: Pair, document: Document, claim: Claim | None, message: str
) -> Lack:
    value = claim.value if claim else None
    said = f"the document says {value!r}" if claim else "the document"
    return Lack(
        corpus.entry_place(pair.entry, binding.column or binding.field),
        message.format(field=binding.field),
        document.path, binding.field, binding.document[0], corpus.id_of(document), "", value,
        ((corpus.claim_place(document, claim), said),),
    )  # fmt: skip


def _in_document(
    corpus: Corpus, binding: Binding, document: Document, claim: Claim | None, pair: Pair | None, stated: str | None
) -> Lack:
    """What a document does not state; an empty `claim` shows where it would stand."""
    related: tuple[tuple[Place, str], ...] = ()
    if pair is not None:
        words = f"the index says {stated!r}" if stated else "its entry"
        related = ((corpus.entry_place(pair.entry, binding.column or binding.field), words),)
    place, message = _metadata_place(corpus, binding, document), "the document states no {field}, which is required"
    if claim is not None:
        place, message = corpus.claim_place(document, claim), "{field} is empty in the document, and it is required"
    return Lack(
        place, message.format(field=f"{binding.field} ({binding.document[0]})"), document.path, binding.field,
        binding.document[0], corpus.id_of(document), stated, None if claim is None else "", related,
    )  # fmt: skip


def _metadata_place(corpus: Corpus, binding: Binding, document: Document) -> Place:
    """The file that a field is to be written into: the document, or its sidecar."""
    kind = binding.document[0].partition(".")[0]
    beside = kind == "sidecar" or (kind == "header" and corpus.contract.delimiters.header == "sidecar")
    return Place(document.sidecar) if beside and document.sidecar is not None else document.place


def empty_fields(corpus: Corpus) -> Iterator[Lack]:
    """Fields that are present and empty on one side, while the other states a value."""
    for binding in corpus.bindings:
        if binding.required:
            continue
        for document, pair, stated, claim in _claims(corpus, binding, plain=False):
            if pair is None or stated is None or claim is None or _lacks_text(document, binding.document[0]):
                continue
            if stated in EMPTY and claim.value.strip() not in EMPTY:
                yield _in_index(corpus, binding, pair, document, claim, "{field} is empty in the index")
            elif stated not in EMPTY and not claim.value.strip() and not _breaks_schema(document, binding):
                lack = _in_document(corpus, binding, document, claim, pair, stated)
                yield lack._replace(message=f"{binding.field} is empty in the document")


def odd_lists(corpus: Corpus) -> Iterator[Odd]:
    """Lists that are divided by another sign than the contract declares, on either side."""
    for binding in corpus.bindings:
        for document, pair, stated, claim in _claims(corpus, binding) if binding.is_list and binding.delimiter else ():
            if pair is not None and stated is not None:
                sign = stray_delimiter(stated, binding.delimiter or "")
                if sign is not None:
                    place = corpus.entry_place(pair.entry, binding.column or binding.field)
                    yield Odd(place, binding, sign, stated, document, stated, claim.value if claim else None)
            if claim is not None and not claim.listed:
                sign = stray_delimiter(claim.value, binding.delimiter or "")
                if sign is not None:
                    place = corpus.claim_place(document, claim)
                    yield Odd(place, binding, sign, claim.value, document, stated, claim.value)
    bindings = {binding.field: binding for binding in corpus.bindings}
    for difference in corpus.differences:
        if difference.kind == "delimiter" and difference.pair.document is not None:
            binding, claim = bindings[difference.field], difference.claim
            sign = None if claim.listed else other_delimiter(claim.value, binding.delimiter or "")
            place, value = corpus.claim_place(difference.pair.document, claim), claim.value
            if sign is None:
                value = difference.stated
                sign = other_delimiter(difference.stated, binding.delimiter or "") or ""
                place = corpus.entry_place(difference.pair.entry, difference.shown)
            yield Odd(place, binding, sign, value, difference.pair.document, difference.stated, claim.value)


def invisible_characters(corpus: Corpus) -> Iterator[Seen]:
    """Values of compared fields that hold a character nobody sees; one finding for both sides of a field."""
    for binding in corpus.bindings:
        if binding.document[0].startswith(("content.", "name.")):
            continue
        for document, pair, stated, claim in _claims(corpus, binding, plain=False):
            in_index = invisible(stated) if stated else None
            in_document = invisible(claim.value) if claim else None
            character = in_index or in_document
            if character is None:
                continue
            places = [corpus.entry_place(pair.entry, binding.column or binding.field)] if in_index and pair else []
            places += [corpus.claim_place(document, claim)] if in_document else []
            yield Seen(
                places[0], binding.field, character, document.path, corpus.id_of(document), stated,
                claim.value if claim else None, tuple(places[1:]),
            )  # fmt: skip
