"""ID: what identifies a document."""

from __future__ import annotations

from validator.rules.ids.duplicate_id import duplicate_id
from validator.rules.ids.id_gap import id_gap
from validator.rules.ids.id_mismatch import id_mismatch
from validator.rules.ids.lookalike_id import lookalike_id
from validator.rules.ids.malformed_id import malformed_id
from validator.rules.ids.missing_id import missing_id
from validator.rules.ids.one_way_reference import one_way_reference
from validator.rules.ids.reused_id import reused_id
from validator.rules.ids.taken_id import taken_id
from validator.rules.ids.unknown_reference import unknown_reference
from validator.rules.rule import errors, warnings

RULES = (
    *errors(
        missing_id,
        malformed_id,
        duplicate_id,
        id_mismatch,
        id_gap,
        reused_id,
        unknown_reference,
        one_way_reference,
        taken_id,
    ),
    *warnings(lookalike_id),
)
