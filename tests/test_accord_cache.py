"""Pairs in accord and the cache: whatever changed since the last run, one that remembers says what any other says."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import git
from tests.test_accord import CONTRACTS, Made, once_changed, sound
from validator import cache
from validator.cli import main


@st.composite
def histories(draw: st.DrawFn) -> list[Made]:
    """States of a corpus, each a step away from the one before, or one that was there already."""
    states = [sound(draw(st.integers(4, 8)))]
    for _ in range(draw(st.integers(1, 5))):
        back = draw(st.integers(0, 3))
        states.append(states[-back] if back > 1 and back <= len(states) else draw(once_changed(states[-1])))
    return states


def put(folder: Path, files: dict[str, bytes | str]) -> None:
    """Write those files that differ, and take away all others."""
    wanted = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    for path in folder.iterdir():
        if path.name != ".git" and path.name not in wanted:
            path.unlink()
    for name, data in wanted.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def report(folder: Path, *options: str) -> tuple[int, Any]:
    """The exit code and the report of a check."""
    out = StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(StringIO()):
        code = main(["check", "--format", "json", *options])
    found = json.loads(out.getvalue())
    del found["checked"]["seconds"]
    return code, found


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories(), st.sampled_from(list(CONTRACTS.values())), st.booleans())
def test_a_run_that_remembers_says_the_same(states: list[Made], contract: str, is_tracked: bool) -> None:  # noqa: FBT001 - drawn
    folder, kept = Path(tempfile.mkdtemp(prefix="indexlint-")), tempfile.mkdtemp(prefix="indexlint-")
    old = -(10**18)  # All files are old enough to be known by their times.
    try:
        if is_tracked:
            git(folder, "init", "-q")
        for number, state in enumerate(states):
            put(folder, state.files(contract))
            if is_tracked and number % 3 != 2:  # Now and then a state is not staged.
                git(folder, "add", "-A")
            for options in ((), ("--staged",)) if is_tracked else ((),):
                with mock.patch.object(cache, "_YOUNG", old), mock.patch.object(cache, "_TICK", old):
                    first = report(folder, *options, "--cache-dir", kept)
                    again = report(folder, *options, "--cache-dir", kept)
                assert first == again == report(folder, *options, "--no-cache")
    finally:
        shutil.rmtree(folder)
        shutil.rmtree(kept)
