"""The `jsonl` report: each line is JSON, the last one speaks of the run."""

from __future__ import annotations

import json

from tests.reporters.conftest import FINDING, report, text_of, validator
from validator.findings import Spot
from validator.reporters import json as whole
from validator.reporters.jsonl import render
from validator.rules import ALL


def test_it_holds_what_the_json_report_holds() -> None:
    given = (FINDING, FINDING._replace(spot=Spot("b.md")))
    *findings, last = map(json.loads, text_of(render, *given, suppressed=3).splitlines())
    value = json.loads("".join(whole.render(report(*given, suppressed=3), ALL)))
    assert findings == value["findings"]
    assert {**last, "findings": findings} == value
    validator("report").validate({**last, "findings": findings})


def test_a_report_of_nothing_is_its_last_line() -> None:
    assert [list(json.loads(line)) for line in text_of(render).splitlines()] == [
        ["version", "tool", "checked", "summary"]
    ]
