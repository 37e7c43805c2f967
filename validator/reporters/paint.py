"""Colour for the `full` report, put on from outside by the shape of its lines."""

from __future__ import annotations

from validator.late import regex

_HEAD = regex(r"^([A-Z]{2}\d{3}) (error|warning|note)(: .*)$")
_ARROW = regex(r"^( *-->)")
_CARET = regex(r"^( *\| *)(\^+)$")
_HELP = regex(r"^( *help:)")
_COLOURS = {"error": "31", "warning": "33", "note": "36"}


def paint(line: str) -> str:
    """A line of the report with ANSI colours (SGR, ECMA-48). What it quotes was made printable before."""
    bare = line.rstrip("\n")
    end = line[len(bare) :]
    if head := _HEAD.match(bare):
        return f"\x1b[1m{head[1]}\x1b[0m \x1b[1;{_COLOURS[head[2]]}m{head[2]}\x1b[0m{head[3]}{end}"
    if caret := _CARET.match(bare):
        return f"{caret[1]}\x1b[1;31m{caret[2]}\x1b[0m{end}"
    return _HELP.sub("\x1b[36m\\1\x1b[0m", _ARROW.sub("\x1b[34m\\1\x1b[0m", bare)) + end
