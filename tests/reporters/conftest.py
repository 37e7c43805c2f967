"""What the tests of the reporters share: a finding, a report, and the schema of the JSON report."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from xmlschema import XMLSchema

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


def published(name: str) -> Path:
    """A schema that `.ci/formats` has fetched from a package registry. Where it must be there, `.ci/run` says so."""
    path = ROOT / ".venv" / "formats" / name
    if not path.is_file():
        wanted = os.environ.get("INDEXLINT_FORMATS", "").split()
        assert name not in wanted, f"{path} is not there: run .ci/formats"
        pytest.skip(f"{name} is not there: run .ci/formats")
    return path


@cache
def sarif_schema() -> Draft202012Validator:
    """The schema of OASIS for SARIF 2.1.0."""
    return Draft202012Validator(json.loads(published("sarif-2.1.0.schema.json").read_text("utf-8")))


@cache
def junit_schema() -> XMLSchema:
    """The schema of Jenkins' xUnit plugin for JUnit reports: the format itself has none."""
    return XMLSchema(str(published("junit-10.xsd")))


# What a title, a name or a value of a stranger may hold.
HOSTILE = (
    "50% off", "a\nb\r\nc", "\n::set-output name=x::y", "::error file=a.md::b", "##[error]c",
    "##vso[task.setvariable]d",
    "\x1b[31mred\x1b]0;title\x07", "]]>", "</script><script>alert(1)</script>", "<!-- x -->", "\u202eabc\u2066",
    "&amp;<b>",
    "| a | b |", "`code` *em* [link](http://example.org) ![image](x)", "\0\x85\u2028\ufffe\uffff", "caf\udce9",
    "{0} {{x}}",
    "a:b,c", '"quoted"', "\\",
)  # fmt: skip
