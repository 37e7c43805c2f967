"""What is compared with what in one corpus, as a sample of its documents shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from validator.accord.rows import Rows, blocks_of
from validator.accord.terms import Side, Terms
from validator.contract import Contract
from validator.index import LINK_VALUES, column_of
from validator.index.uniform import Shape
from validator.join import fields_of, id_column_of
from validator.model import Binding, Block, Document, Index
from validator.patterns import compile_pattern
from validator.scan import Plan

_SAMPLE = 32


class Treaty(NamedTuple):
    """What pairs of one corpus have to agree on: the terms of each stretch, and the expressions that are answered."""

    terms: tuple[Terms | None, ...]
    answers: frozenset[str]


def negotiate(
    contract: Contract, plan: Plan, index: Index, rows: Rows, read: Callable[[str], tuple[Document, ...]]
) -> Treaty | None:
    """What is compared with what, as a sample of the documents shows; `None` where no pair may be left out.

    `index` was read without the rows, `read` scans the documents of a path.
    """
    if not _is_local(contract, plan):
        return None
    id_column = id_column_of(contract, index)
    bindings = tuple(fields_of(contract, index, id_column))
    answered = _answered(rows, read, {binding.document[0] for binding in bindings if binding.document})
    sides, silent, answers = [], [], set[str]()
    for binding in bindings:
        used = next((expression for expression in binding.document if expression in answered), None)
        if used is None and binding.declared:
            return None  # Whether any document answers is a question to all of them.
        if used is not None:
            sides.append(binding._replace(document=(used,)))
            answers.add(used)
        before = binding.document if used is None else binding.document[: binding.document.index(used)]
        silent += [plan.expressions.index(expression) for expression in before]
    blocks = blocks_of(rows, index)
    terms = tuple(
        None if block is None else _terms(contract, plan, stretch.shape, block, id_column, sides, tuple(silent))
        for stretch, block in zip(rows.stretches, blocks, strict=True)
    )
    return Treaty(terms, frozenset(answers)) if any(terms) else None


def _answered(rows: Rows, read: Callable[[str], tuple[Document, ...]], wanted: AbstractSet[str]) -> set[str]:
    """The expressions that documents of a sample answer, which is as small as will do for those that are `wanted`."""
    paths = list(rows.starts)
    answered: set[str] = set()
    for path in paths[:: max(len(paths) // _SAMPLE, 1)]:
        for document in read(path):
            answered.update(claim.source for claim in document.claims if claim is not None)
        if wanted <= answered:
            break
    return answered


def _is_local(contract: Contract, plan: Plan) -> bool:
    """Whether what the contract promises of a pair has nothing to do with other pairs but for what is the same in both.

    A contract that is at fault itself promises who knows what.
    """
    lists = contract.delimiters.list or contract.delimiters.lists
    together = contract.order or contract.references or contract.id.sequence or lists or contract.delimiters.several
    fields = contract.fields or ()
    return not (
        together
        or contract.faults
        or plan.reads_sidecars
        or any(field.is_list or field.schema is not None for field in fields)
    )


def _terms(
    contract: Contract, plan: Plan, shape: Shape, block: Block, id_column: str | None, bindings: Sequence[Binding],
    silent: tuple[int, ...],
) -> Terms | None:  # fmt: skip
    """The terms for rows of a shape in a table; `None` where a field stands elsewhere than in its cells."""
    column = column_of(block, id_column) if id_column is not None else None
    names = [binding.column or binding.field for binding in bindings]
    cells = [column_of(block, name) for name in names]
    if (id_column is not None and column is None) or any(
        cell is None and name in LINK_VALUES for name, cell in zip(names, cells, strict=True)
    ):
        return None
    sides = (
        Side(plan.expressions.index(binding.document[0]), None if cell is None else shape.reader(cell), binding)
        for binding, cell in zip(bindings, cells, strict=True)
    )
    ids = tuple(number for number, source in enumerate(plan.expressions) if source in plan.ids)
    pattern = compile_pattern(contract.id.pattern).matcher if contract.id.pattern is not None else None
    return Terms(shape, None if column is None else shape.reader(column), ids, tuple(sides), silent, pattern)
