"""Counts per rule."""

from __future__ import annotations

from tests.reporters.conftest import FINDING, text_of
from validator.reporters.statistics import render

OTHER = FINDING._replace(code="IX103", name="missing-document")


def test_that_there_is_nothing_is_said() -> None:
    assert text_of(render) == "no findings\n"


def test_those_with_most_findings_come_first_and_else_the_codes_decide() -> None:
    assert text_of(render, *[FINDING] * 1000, OTHER, FINDING._replace(code="ID103", name="duplicate-id")) == (
        "1,000  MT108  field-mismatch\n    1  ID103  duplicate-id\n    1  IX103  missing-document\n"
    )
