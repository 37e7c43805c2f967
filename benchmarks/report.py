"""The figures as a page: tables in Markdown and a plot in SVG, both written by hand."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from benchmarks.measure import Figure

BEGIN, END = "<!-- benchmarks:begin -->", "<!-- benchmarks:end -->"
_COLOURS = (
    "#0b6e4f",
    "#3fa34d",
    "#c1121f",
    "#1d3557",
    "#8d99ae",
    "#e09f3e",
    "#7b2cbf",
    "#006d77",
    "#bc6c25",
    "#555555",
)
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM, _RIGHT = 760, 440, 70, 20, 50, 240


class Measured(NamedTuple):
    """One corpus: its kind and number of documents, the figures of each command, what was left out and why."""

    kind: str
    number: int
    figures: Mapping[str, Figure]
    absent: tuple[str, ...] = ()


def machine() -> str:
    """What the figures were taken on, in one line."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"


def table(measured: Measured, yardstick: str, does: Mapping[str, str]) -> str:
    """The figures of one corpus as a Markdown table. `does` says what each command checks."""
    lines = [
        f"### {measured.number:,} documents, {measured.kind}\n",
        f"| command | what it checks | seconds | times `{yardstick}` | peak MB |",
        "| :--- | :--- | ---: | ---: | ---: |",
    ]
    for name, figure in measured.figures.items():
        ratio = "-" if figure.ratio is None else f"{figure.ratio:.2f}"
        what = does.get(name, "everything")
        lines.append(f"| {name} | {what} | {figure.seconds:.3f} | {ratio} | {figure.megabytes:.0f} |")
    if measured.absent:
        lines.append(f"\nLeft out: {'; '.join(measured.absent)}.")
    return "\n".join(lines) + "\n"


def between_markers(page: str, text: str) -> str:
    """The page with `text` between its two markers; at its end where it has none."""
    head, begin, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    head = head if begin else f"{page.rstrip()}\n\n"
    return f"{head}{BEGIN}\n{text.strip()}\n{END}{tail or chr(10)}"


def plot(corpora: Iterable[Measured]) -> str:
    """Seconds over the number of documents, both logarithmic, a line a command, as an SVG image."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for measured in corpora:
        for name, figure in measured.figures.items():
            lines.setdefault(name, []).append((measured.number, figure.seconds))
    points = [point for line in lines.values() for point in line]
    if not points:
        return ""
    across = _Axis([math.log10(x) for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    up = _Axis([math.log10(y) for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        *_grid(across, up),
    ]
    for number, (name, line) in enumerate(sorted(lines.items(), key=lambda item: -max(item[1])[1])):
        colour = _COLOURS[number % len(_COLOURS)]
        path = " ".join(f"{across.at(math.log10(x)):.1f},{up.at(math.log10(y)):.1f}" for x, y in sorted(line))
        width = 3 if name.startswith("indexlint") else 1.5
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>')
        y = _TOP + 10 + 20 * number
        parts.append(f'<rect x="{_WIDTH - _RIGHT + 20}" y="{y - 9}" width="14" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{_WIDTH - _RIGHT + 40}" y="{y}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])


class _Axis:
    """A logarithmic axis of whole decades, from pixel `start` to pixel `end`."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.first, self.last = math.floor(min(values)), max(math.ceil(max(values)), math.floor(min(values)) + 1)
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        return self.start + (self.end - self.start) * (value - self.first) / (self.last - self.first)

    def decades(self) -> range:
        return range(self.first, self.last + 1)


def _grid(across: _Axis, up: _Axis) -> Iterable[str]:
    for decade in across.decades():
        x = across.at(decade)
        yield f'<line x1="{x:.1f}" y1="{up.start}" x2="{x:.1f}" y2="{up.end}" stroke="#ddd"/>'
        yield f'<text x="{x:.1f}" y="{up.start + 18}" text-anchor="middle">{10**decade:,}</text>'
    for decade in up.decades():
        y = up.at(decade)
        yield f'<line x1="{across.start}" y1="{y:.1f}" x2="{across.end}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{across.start - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**decade:g} s</text>'
    middle = (across.start + across.end) / 2
    yield f'<text x="{middle}" y="{up.start + 40}" text-anchor="middle">documents</text>'
