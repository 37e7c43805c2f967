"""Report formats: `render(report, rules)` gives the text in pieces. It neither prints nor decides the exit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from validator.findings import Report
from validator.reporters.concise import render as concise
from validator.reporters.full import render as full
from validator.reporters.json import render as json
from validator.rules.rule import Rule

FORMATS: dict[str, Callable[[Report, Sequence[Rule]], Iterator[str]]] = {"full": full, "concise": concise, "json": json}

__all__ = ["FORMATS"]
