"""`python -m benchmarks`: makes the corpora, runs everything in turns, prints the figures, and writes the page."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence

from benchmarks.commands import PEERS, ours, peers, start, yardstick
from benchmarks.corpus import KINDS, LARGE, make
from benchmarks.measure import figures, in_turns
from benchmarks.report import Measured, between_markers, machine, plot, table

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_PAGE = os.path.join(_ROOT, "docs", "performance.md")
_DOES = {peer.name: peer.does for peer in PEERS}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark. Gives the exit code: 0, or 2 where it cannot be run."""
    arguments = _parser().parse_args(argv)
    wanted = [(kind, size) for kind in arguments.kinds for size in arguments.sizes]
    wanted += [(LARGE, arguments.large)] if arguments.large else []
    try:
        os.makedirs(arguments.folder, exist_ok=True)
        corpora = [_measure(arguments, kind, size) for kind, size in wanted]
    except OSError as error:
        _tell(f"python -m benchmarks: error: {error}")
        return 2
    _tell("start, 12 documents")
    samples, failed = in_turns(start(arguments.folder), arguments.rounds, _tell)
    began = Measured("start", 12, figures(samples, "python -I -c pass"), tuple(failed))
    tables = [table(began, "python -I -c pass", {"python -I -c pass": "nothing"})]
    tables += [table(measured, yardstick(measured.kind), _DOES) for measured in corpora]
    text = "\n".join([f"{machine()}. Medians of {arguments.rounds} rounds.\n", *tables])
    sys.stdout.write(text)
    if arguments.write:
        _write(text, corpora)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Make corpora, run indexlint and other tools on them in turns, print the figures as Markdown.",
    )
    parser.add_argument("--sizes", type=_sizes, default="10,1000,10000", help="numbers of documents, with commas")
    parser.add_argument("--kinds", type=_kinds, default=",".join(KINDS), help="plain, yaml, or both with a comma")
    parser.add_argument("--large", type=_number, default=0, help="measure also so many documents of 5 MB")
    parser.add_argument("--rounds", type=_number, default=5, help="how often each command runs (default: 5)")
    parser.add_argument(
        "--folder",
        default=os.path.join(tempfile.gettempdir(), "indexlint-benchmarks"),
        help="where the corpora are made, and stay for the next time (default: %(default)s)",
    )
    parser.add_argument("--only", default="", help="leave out commands whose name does not hold this text")
    parser.add_argument("--write", action="store_true", help="write the figures and the plot into docs/")
    return parser


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def _sizes(text: str) -> list[int]:
    return [_number(part) for part in text.split(",")]


def _kinds(text: str) -> list[str]:
    kinds = text.split(",")
    for kind in kinds:
        if kind not in KINDS:
            raise argparse.ArgumentTypeError(f"{kind!r} is none of {', '.join(KINDS)}")
    return kinds


def _measure(arguments: argparse.Namespace, kind: str, count: int) -> Measured:
    _tell(f"{kind}, {count:,} documents")
    place = make(arguments.folder, kind, count)
    others, absent = peers(place)
    unit = yardstick(kind)
    chosen = [command for command in [*others, *ours(place)] if arguments.only in command.name or command.name == unit]
    samples, failed = in_turns(chosen, arguments.rounds, _tell)
    return Measured(kind, count, figures(samples, unit), (*absent, *failed))


def _write(text: str, corpora: Sequence[Measured]) -> None:
    images: list[str] = []
    for kind in dict.fromkeys(measured.kind for measured in corpora if measured.kind != LARGE):  # It is one point.
        name = f"performance-{kind}.svg"
        with open(os.path.join(_ROOT, "docs", name), "w", encoding="utf-8") as file:
            file.write(plot(measured for measured in corpora if measured.kind == kind))
        images.append(f"![Seconds over documents, {kind}]({name})\n")
    with open(_PAGE, encoding="utf-8") as file:
        page = file.read()
    with open(_PAGE, "w", encoding="utf-8") as file:
        file.write(between_markers(page, "\n".join([*images, text])))


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
