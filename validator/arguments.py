"""The arguments of the command: what it takes, what it says of itself, and how it answers who holds it wrongly."""

from __future__ import annotations

import argparse
import os
import sys
from functools import cache
from typing import Any, NoReturn

from validator import __version__
from validator.findings import Severity
from validator.reporters import FORMATS
from validator.schema import nearest
from validator.text import printable


class _Parser(argparse.ArgumentParser):
    """A parser that takes no abbreviations, which a new option could make ambiguous, and knows what was meant."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - whatever the library takes
        super().__init__(**settings, allow_abbrev=False)
        self.takers: dict[str, list[str]] = {}
        self.first = ""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - as the library has it
        """Read the words, and remember the first: an option before the command has its value taken for the command."""
        self.first = next(iter(sys.argv[1:] if args is None else args), "")
        return super().parse_known_args(args, namespace)

    @property
    def options(self) -> tuple[str, ...]:
        """The options that it takes itself."""
        return tuple(self._option_string_actions)

    def error(self, message: str) -> NoReturn:
        """Say how the command was held wrongly, and stop with exit code 2."""
        words = [word.partition("=")[0] for word in message.partition("unrecognized arguments: ")[2].split()]
        near = next((found for word in words if (found := nearest(word, self.takers))), None)
        if near is None and self.first in self.takers:
            near, words = self.first, [self.first]
        if near is not None and near in words:
            commands = " and ".join(f"`indexlint {command}`" for command in self.takers[near])
            super().error(f"{near} is an option of {commands}, and stands behind that word")
        super().error(printable(message) + (f"; did you mean {near}?" if near else ""))

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - as the library has it
        """Hold a word against those that may stand there, and say which one is meant perhaps."""
        if action.choices is None or value in action.choices:
            return
        near = nearest(value, action.choices)
        if action.dest == "command" and near is None and os.path.exists(value):
            near = f"`indexlint check {value}`"
        known = ", ".join(action.choices)
        hint = f"; did you mean {near}?" if near else ""
        raise argparse.ArgumentError(action, f"{value!r} is none of {known}{hint}")


@cache
def parser() -> argparse.ArgumentParser:
    """The parser of all commands; `command` of what it gives is the name of the one that was asked for."""
    whole = _Parser(
        prog="indexlint",
        description="Check that an index and its documents agree on IDs, delimiters and metadata.",
        epilog="Exit: 0 nothing found that counts, 1 findings, 2 could not do the job.",
    )
    whole.add_argument("--version", action="version", version=f"indexlint {__version__}")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    _add_check(
        commands.add_parser(
            "check",
            help="check indexes and their documents",
            usage="indexlint check [OPTIONS] [PATH ...]",
            description="Check the corpora (an index and its documents) that the paths belong to, or all.",
        )
    )
    show = commands.add_parser(
        "show",
        help="show what the tool sees",
        usage="indexlint show [OPTIONS] [PATH ...]",
        description="Show contracts, what each column is compared with, and which entry has which document.",
    )
    _add_paths(show)
    show.add_argument("--format", choices=("text", "json"), default="text")
    rule = commands.add_parser(
        "rule", help="explain one rule, or list all", description="Explain one rule, or list all."
    )
    rule.add_argument(
        "rule", nargs="?", metavar="CODE|NAME", help="as MT108 or field-mismatch; a beginning, as MT, lists those rules"
    )
    rule.add_argument("--format", choices=("text", "json"), default="text")
    _add_init(
        commands.add_parser(
            "init",
            help="learn how an index and its documents relate, and write the contract",
            usage="indexlint init [OPTIONS] [PATH ...]",
            description="Learn how an index and its documents relate, and write it down as a contract.",
        )
    )
    later = commands.add_parser("fix", help="mend what can be mended (not there yet)")
    later.add_argument("paths", nargs="*", metavar="PATH")
    later.add_argument("--diff", action="store_true", help="show the edits, write nothing")
    later.add_argument("--unsafe", action="store_true", help="take guesses too")
    later = commands.add_parser("merge", help="merge an index by its entries (not there yet)")
    later.add_argument("paths", nargs="*", metavar="PATH")
    # The library tells the outer parser of what the inner ones do not know.
    for name, inner in commands.choices.items():
        for option in inner.options:
            whole.takers.setdefault(option, []).append(name)
    return whole


def _add_init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        type=_path,
        metavar="PATH",
        help="an index, or a folder to look for indexes in; default: the whole project",
    )
    parser.add_argument(
        "--index",
        type=_filled,
        action="append",
        default=[],
        metavar="PATH",
        help="this file is an index; may be repeated",
    )
    parser.add_argument("--new", action="store_true", help="make an INDEX.md in PATH, a folder that has none")
    parser.add_argument("--stdout", action="store_true", help="print the contract, write nothing")
    parser.add_argument("--force", action="store_true", help="replace a contract that is there")


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        type=_path,
        metavar="PATH",
        help="an index, a document or a folder; default: every corpus of the project",
    )
    parser.add_argument(
        "--config",
        type=_filled,
        metavar="FILE",
        help="the configuration file, instead of indexlint.yaml or pyproject.toml in the root",
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--staged", action="store_true", help="read what git's index holds, not the working tree")
    source.add_argument(
        "--rev", type=_filled, metavar="REV", help="read the tree of a revision; works in a bare repository too"
    )


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="the report on stdout (default: full; within GitHub Actions, annotations beside it)",
    )
    parser.add_argument(
        "--report",
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help="write another report to a file, in any of these formats; may be repeated",
    )
    parser.add_argument("--statistics", action="store_true", help="count the findings of each rule, behind the report")
    parser.add_argument(
        "--select",
        type=_words,
        action="append",
        default=[],
        metavar="RULES",
        help="only these rules: codes, prefixes, names, with commas",
    )
    parser.add_argument("--ignore", type=_words, action="append", default=[], metavar="RULES", help="not these rules")
    parser.add_argument(
        "--fail-on",
        choices=[str(severity) for severity in Severity],
        default="warning",
        help="the least severity that makes the exit code 1 (default: warning)",
    )
    parser.add_argument(
        "--against",
        metavar="REV",
        help="compare with a revision: IDs that are taken, changed or retired there",
    )
    parser.add_argument("--new-only", action="store_true", help="only findings that the revision of --against lacks")
    parser.add_argument(
        "--require-base", action="store_true", help="fail where the revision of --against is not in this clone"
    )
    parser.add_argument("--baseline", type=_filled, metavar="FILE", help="accept the findings that this file lists")
    parser.add_argument(
        "--write-baseline", action="store_true", help="write the findings of this run to the file of --baseline"
    )
    parser.add_argument(
        "--jobs",
        type=_positive,
        metavar="N",
        help="at most so many processes (default: as many as there are processors; few documents get one)",
    )
    parser.add_argument("--no-cache", action="store_true", help="read every document, keep nothing")
    parser.add_argument(
        "--cache-dir",
        type=_filled,
        metavar="DIR",
        help="where earlier runs are kept (default: INDEXLINT_CACHE_DIR, else .git/indexlint, else the user's cache)",
    )
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colour in the full report (default: auto, where the terminal has it)",
    )
    parser.add_argument("--quiet", action="store_true", help="no summary on stderr")


def _positive(value: str) -> int:
    number = int(value) if value.isascii() and value.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no number from 1 on")
    return number


def _filled(value: str) -> str:
    """A value that says something: an empty one is most often a variable that nobody has set."""
    if not value.strip():
        raise argparse.ArgumentTypeError("the value is empty")
    return value


def _words(value: str) -> str:
    """Words with commas between, one at least."""
    return _filled(value.strip(" ,"))


def _path(value: str) -> str:
    """A path, and no option whose value was not set apart: with a blank in it, the library takes one for a path."""
    if value.startswith("--") and " " in value and not os.path.lexists(value):
        raise argparse.ArgumentTypeError(f"{value!r} is one word: an option and its value are two")
    return _filled(value)
