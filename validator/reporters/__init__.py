"""Report formats: `render(report, rules)` gives the text in pieces. It neither prints nor decides the exit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from validator.findings import Report
from validator.rules.rule import Rule

Render = Callable[[Report, Sequence[Rule]], Iterator[str]]

FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit")
# How many findings the file of a format holds: GitHub keeps no more results of a run.
LIMITS = {"sarif": 5_000}


def renderer(name: str) -> Render:
    """The reporter of this name: of a format, or `workflow_commands`, `statistics`, `step_summary`.

    A run imports those alone that it needs.
    """
    render: Render = import_module(f"validator.reporters.{name}").render
    return render


__all__ = ["FORMATS", "LIMITS", "Render", "renderer"]
