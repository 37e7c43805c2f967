"""MT111."""

from __future__ import annotations

from collections.abc import Iterator

from validator.compare import EMPTY
from validator.compose import scalar_value
from validator.corpus import Corpus
from validator.fields import stated_fields, with_schema
from validator.findings import Problem, Related, Values
from validator.rules.rule import rule
from validator.schema import SchemaError, Validator, build


@rule(Corpus, "MT111", since="0.1")
def entry_schema(corpus: Corpus) -> Iterator[Problem]:
    """What an entry states breaks the schema that the contract gives for this field.

    `fields: {status: {schema: {enum: [Draft, Final]}}}` says what may stand in the column.

    Bad:

        -- INDEX.md --
        ---
        manifest: 1
        fields:
          status: {document: header.status, schema: {enum: [Draft, Final]}}
        ---
        | Title | Status |
        | ----- | ------ |
        | [A](a.md) | Fnal |
        -- a.md --
        ---
        status: Fnal
        ---
        Text.

    Good:

        -- INDEX.md --
        ---
        manifest: 1
        fields:
          status: {document: header.status, schema: {enum: [Draft, Final]}}
        ---
        | Title | Status |
        | ----- | ------ |
        | [A](a.md) | Final |
        -- a.md --
        ---
        status: Final
        ---
        Text.
    """
    validators = {binding.field: build(binding.schema) for binding in with_schema(corpus)}
    for pair, binding, stated in stated_fields(corpus):
        if stated in EMPTY:
            continue
        for message in _messages(validators[binding.field], stated):
            yield Problem(
                corpus.entry_place(pair.entry, binding.column),
                f"{binding.field}: {message}",
                (Related(corpus.contract.place("fields", binding.field, "schema"), "the schema of this field"),),
                document=pair.document.path if pair.document else pair.target,
                id=pair.id,
                field=binding.field,
                values=Values(stated, None),
                advice="correct the cell, or the schema",
            )


def _messages(validator: Validator, stated: str) -> list[str]:
    """What is wrong with a cell, read as text or as what it looks like, whichever breaks less of the schema."""
    try:
        readings = [validator.violations(value) for value in (scalar_value(stated), stated)]
    except SchemaError as error:
        return [f"the schema cannot be held against this cell: {error}"]
    return [violation.message for violation in min(readings, key=len)]
