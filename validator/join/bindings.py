"""Which field of the index is compared with what documents state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from validator.compare import DIGEST_LENGTHS
from validator.contract import Contract
from validator.index import WRITTEN, column_of, path_columns
from validator.model import Binding, Document, Index
from validator.scan import Plan


def id_column_of(contract: Contract, index: Index | None) -> str | None:
    """The column that the entries' IDs stand in: the declared one, else the one that is called ID."""
    if not contract.id.judged:
        return None
    if contract.id.column is not None:
        return contract.id.column
    has_one = index is not None and any(column_of(block, "ID") is not None for block in index.blocks)
    return "ID" if has_one else None


def bindings_of(
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
    "bytes": "content.bytes", "size": "content.bytes", "checksum": "content.sha256",
    **{name: f"content.{name}" for name in DIGEST_LENGTHS},
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
