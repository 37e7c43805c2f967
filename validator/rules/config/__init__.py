"""CF: the contract and the configuration."""

from __future__ import annotations

from validator.rules.config.bad_schema import bad_schema
from validator.rules.config.contract_error import contract_error
from validator.rules.config.expired_suppression import expired_suppression
from validator.rules.config.internal_error import internal_error
from validator.rules.config.stale_baseline import stale_baseline
from validator.rules.config.unmatched_pattern import unmatched_pattern
from validator.rules.config.unused_suppression import unused_suppression
from validator.rules.rule import errors, warnings

RULES = (
    *errors(
        contract_error,
        bad_schema,
        internal_error,
    ),
    *warnings(
        unmatched_pattern,
        unused_suppression,
        expired_suppression,
        stale_baseline,
    ),
)
