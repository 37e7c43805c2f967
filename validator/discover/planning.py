"""What a contract and its index mean for a scan: which claims it is to look for."""

from collections.abc import Iterable, Iterator

from validator.contract import Contract
from validator.join import fields_of, id_column_of
from validator.model import Binding, Index
from validator.names import template
from validator.scan import Plan


def make_plan(contract: Contract, index: Index | None, schema: str | None) -> Plan:
    """What the scan of a corpus's documents has to look for."""
    fields = list(fields_of(contract, index, id_column_of(contract, index)))
    ids, required = _id_expressions(contract, id_column_of(contract, index))
    bound = (expression for field in fields for expression in field.document)
    by_name = (expression for field in fields if field.by_name for expression in field.document)
    expressions = dict.fromkeys((*ids, *bound, *(reference.expression for reference in contract.references)))
    return Plan(
        folder=contract.folder,
        expressions=tuple(expressions),
        ids=ids,
        required_ids=required,
        loose=frozenset((*(ids if contract.id.document is None else ()), *by_name)),
        name=contract.name,
        pattern=contract.id.pattern,
        delimiters=contract.delimiters,
        limits=contract.limits,
        schema=schema,
        joined=tuple(_joined(contract, fields)),
    )


def _joined(contract: Contract, fields: Iterable[Binding]) -> Iterator[tuple[str, str]]:
    """What joins the items of lists: the declared delimiter, with a blank behind it where it has none."""
    for field in fields:
        delimiter = contract.delimiters.of_field(field.field) or contract.delimiters.list
        if delimiter is not None:
            shown = delimiter if delimiter != delimiter.strip() else f"{delimiter} "
            yield from ((expression, shown) for expression in field.document)


def _id_expressions(contract: Contract, column: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where documents state their ID, and which of these places may not be silent.

    Where nothing is declared of headers, the `column` of the IDs is bound to the key of that name like any other.
    """
    if not contract.id.judged:
        return (), ()
    if contract.id.document is not None:
        return contract.id.document, tuple(source for source in contract.id.document if not source.startswith("name."))
    found = ["name.id"] if contract.name is not None and "id" in template(contract.name).fields else []
    is_bound = column is not None if contract.delimiters.header is None else contract.delimiters.header != "none"
    found += ["header.id"] if is_bound else []
    found += [f"{which}.id" for which in ("begin", "end") if contract.delimiters.captures(which, "id")]
    return tuple(found), ()
