"""What the tests of the reporters share: a finding, a report, and the schema of the JSON report."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.conftest import ROOT
from validator.findings import Finding, RelatedSpot, Report, Severity, Spot, Values
from validator.rules import ALL, Rule

Render = Callable[[Report, tuple[Rule, ...]], Any]

FINDING = Finding(
    code="MT108",
    name="field-mismatch",
    severity=Severity.ERROR,
    message="title: the index says 'A', the document says 'B'",
    index_path="INDEX.md",
    document="b.md",
    id="1",
    field="title",
    values=Values("A", "B"),
    spot=Spot("INDEX.md", 3, 4, 3, 5, "| [A](b.md) |"),
    related=(RelatedSpot(Spot("b.md", 1, 3, 1, 4, "# B"), "the document says 'B'"),),
    advice="correct the side that is wrong",
    fingerprint="0" * 32,
)


def report(*findings: Finding, suppressed: int = 0) -> Report:
    """A report of these findings."""
    return Report("1.2.3", 1, 2, 3, len(ALL), 0.25, findings, suppressed)


def text_of(render: Render, *findings: Finding, suppressed: int = 0) -> str:
    """What a reporter makes of these findings."""
    return "".join(render(report(*findings, suppressed=suppressed), ALL))


def validator(name: str) -> Draft202012Validator:
    """A validator of one of the project's schemas; it knows the others by their names."""
    contents = [json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "schemas").glob("*.schema.json"))]
    registry: Registry[Any] = Registry().with_resources(
        [(content["$id"], Resource.from_contents(content)) for content in contents]
    )
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, registry=registry)
