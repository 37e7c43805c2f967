"""What a contract names and its corpus has not, so that it promises nothing: ignores, a count, an order, lists, IDs."""

from __future__ import annotations

from collections.abc import Iterator

from validator.corpus import Corpus
from validator.globs import literal, matches
from validator.index import LINK_VALUES, column_of
from validator.join.bindings import fields_of
from validator.model import Place
from validator.patterns import compile_pattern
from validator.schema import nearest
from validator.sequences import stated_count
from validator.suppress import inside


def unmatched(corpus: Corpus) -> Iterator[tuple[Place, str]]:
    """The places in a contract that speak of nothing there is, each with the reason."""
    yield from _ignores(corpus)
    yield from _retired(corpus)
    if corpus.manifest is None or not corpus.manifest.entries:
        return
    yield from _count(corpus)
    if corpus.contract.fields is None:  # Else what they name is held against the fields of the contract.
        yield from _order(corpus)
        yield from _lists(corpus)


def _ignores(corpus: Corpus) -> Iterator[tuple[Place, str]]:
    """Ignores for a document that this corpus knows neither by a path nor by an ID, on either side."""
    contract = corpus.contract
    if all(ignore.document is None for ignore in contract.ignore):
        return
    prefix = f"{contract.folder}/" if contract.folder else ""
    paths = {inside(prefix, document.path) for document in corpus.documents}
    paths |= {inside(prefix, pair.target) for pair in corpus.pairs}
    paths |= {inside(prefix, path) for path in corpus.accord.ids}
    known = frozenset(path for path in paths if path is not None)
    names = {claim.value for document in corpus.documents for claim in document.ids}
    names |= {pair.id for pair in corpus.pairs if pair.id is not None}
    names.update(corpus.accord.ids.values())
    for ignore in contract.ignore:
        wanted = ignore.document
        if wanted is None or wanted in names or _is_among(wanted, known):
            continue
        rest = wanted.removeprefix(prefix)
        hint = f": it is relative to the index's folder, so write {rest!r}" if _is_among(rest, known) else ""
        yield ignore.place, f"{wanted!r} is neither a document nor an ID of this corpus{hint}"


def _is_among(wanted: str, paths: frozenset[str]) -> bool:
    """Whether a glob, or a path, matches one of the paths."""
    name = literal(wanted)
    return name in paths if name is not None else any(matches(wanted, path) for path in paths)


def _retired(corpus: Corpus) -> Iterator[tuple[Place, str]]:
    """Retired IDs off the pattern: whatever is written in their stead, it could be used again."""
    spec = corpus.contract.id
    if spec.pattern is None or spec.normalize:  # Normalized, another way to write it may be the same ID.
        return
    pattern = compile_pattern(spec.pattern)
    for number, value in enumerate(spec.retired):
        if not pattern.fullmatch(value):
            place = corpus.contract.place("id", "retired", number)
            yield (
                place,
                f"the retired ID {value!r} is not of the pattern {spec.pattern!r}, so it is no ID of this corpus",
            )


def _count(corpus: Corpus) -> Iterator[tuple[Place, str]]:
    if corpus.contract.stated_count is not None and stated_count(corpus) is None:
        yield corpus.contract.place("count"), "this pattern finds no number in the index, so nothing is counted"


def _order(corpus: Corpus) -> Iterator[tuple[Place, str]]:
    field = (corpus.contract.order or "id").removeprefix("-")
    blocks = corpus.manifest.blocks if corpus.manifest else ()
    if field == "id" or field in LINK_VALUES or any(column_of(block, field) is not None for block in blocks):
        return
    columns = [column for block in blocks for column in block.columns if column]
    yield corpus.contract.place("order"), f"{field!r} is no column of this index{_meant(field, columns)}"


def _lists(corpus: Corpus) -> Iterator[tuple[Place, str]]:
    names = [binding.field for binding in fields_of(corpus.contract, corpus.manifest, corpus.id_column)]
    for field, _ in corpus.contract.delimiters.lists:
        if field not in names:
            place = corpus.contract.place("delimiters", "list", field)
            yield place, f"{field!r} is no field of this index{_meant(field, names)}"


def _meant(word: str, known: list[str]) -> str:
    near = nearest(word, known)
    return f"; did you mean {near!r}?" if near else ""
