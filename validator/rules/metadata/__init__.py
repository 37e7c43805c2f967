"""MT: what index and header state."""

from __future__ import annotations

from validator.rules.metadata.ambiguous_scalar import ambiguous_scalar
from validator.rules.metadata.duplicate_key import duplicate_key
from validator.rules.metadata.empty_field import empty_field
from validator.rules.metadata.entry_schema import entry_schema
from validator.rules.metadata.field_mismatch import field_mismatch
from validator.rules.metadata.field_spelling import field_spelling
from validator.rules.metadata.header_syntax import header_syntax
from validator.rules.metadata.header_type import header_type
from validator.rules.metadata.missing_field import missing_field
from validator.rules.metadata.schema_violation import schema_violation
from validator.rules.metadata.unknown_field import unknown_field
from validator.rules.rule import errors, warnings

RULES = (
    *errors(
        header_syntax,
        header_type,
        duplicate_key,
        missing_field,
        unknown_field,
        schema_violation,
        field_mismatch,
        entry_schema,
    ),
    *warnings(
        ambiguous_scalar,
        field_spelling,
        empty_field,
    ),
)
