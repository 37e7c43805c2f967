"""The `concise` report: one line a finding, which begins with a path."""

from __future__ import annotations

import pytest

from tests.reporters.conftest import FINDING, text_of
from validator.findings import Spot
from validator.reporters.concise import render


def test_nothing_is_said_of_nothing() -> None:
    assert text_of(render) == ""


def test_each_finding_is_one_line() -> None:
    findings = [FINDING, FINDING._replace(message="m", spot=Spot("b.md"))]
    assert text_of(render, *findings) == (
        "INDEX.md:3:4: MT108 title: the index says 'A', the document says 'B'\nb.md: MT108 m\n"
    )


MESSAGES = {
    "non-ASCII": ("Grüße 日本", "Grüße 日本"),
    "line ends": ("a\nb\r\nc", "a\\nb\\r\\nc"),
    "a terminal's escapes": ("\x1b[31m\x9b\x07", "\\x1b[31m\\x9b\\x07"),
    "reading directions": ("\u202e\u2066\u200f", "\\u202e\\u2066\\u200f"),
    "line separators": ("\u2028\u2029\x85", "\\u2028\\u2029\\x85"),
}


@pytest.mark.parametrize(("message", "shown"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_cannot_leave_its_line(message: str, shown: str) -> None:
    assert text_of(render, FINDING._replace(message=message)) == f"INDEX.md:3:4: MT108 {shown}\n"


PATHS = {
    "plain": ("docs/a.md", "docs/a.md"),
    "line ends": ("a\n::error::b", "a\\n::error::b"),
    "no UTF-8": ("caf\udce9.md", "caf\\udce9.md"),
    "a command of a workflow log": ("::error::a.md", "./::error::a.md"),
    "a command behind blanks": ("\u3000 ::error::a.md", "./\u3000 ::error::a.md"),
    "a command of another log": ("##[error]a.md", "#\\x23[error]a.md"),
    "a command within a name": ("a##vso[task.setvariable]b.md", "a#\\x23vso[task.setvariable]b.md"),
    "signs that command nothing": ("## a #[b]##", "## a #[b]##"),
}


@pytest.mark.parametrize(("path", "shown"), PATHS.values(), ids=PATHS)
def test_a_path_commands_nothing(path: str, shown: str) -> None:
    assert text_of(render, FINDING._replace(spot=Spot(path, 1, 2), message="m")) == f"{shown}:1:2: MT108 m\n"
