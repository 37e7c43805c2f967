"""The sign of life: nothing for a quick run, a line for a slow one, nothing in the end."""

from __future__ import annotations

import re
import threading
import time

import pytest

from validator.progress import Progress

LINE = re.compile(r"\r\x1b\[Kindexlint: [a-z ]+(?: \([\d,]+\))?, \d+ s")
ERASED = "\r\x1b[K"


def test_a_quick_run_writes_nothing() -> None:
    written: list[str] = []
    progress = Progress(written.append)
    with progress.waiting("looking for indexes"):
        pass
    assert list(progress.counting("checking documents", "abc")) == ["a", "b", "c"]
    assert written == []


def test_where_nobody_looks_nothing_runs() -> None:
    progress = Progress(None, delay=0.0, pace=0.0)
    with progress.waiting("looking for indexes"):
        assert threading.active_count() == 1
    assert list(progress.counting("checking documents", "abc")) == ["a", "b", "c"]


def test_one_long_thing_is_waited_for() -> None:
    written: list[str] = []
    with Progress(written.append, delay=0.0, pace=0.002).waiting("looking for indexes"):
        until = time.monotonic() + 10
        while len(written) < 3 and time.monotonic() < until:
            time.sleep(0.002)
    *lines, last = written
    assert len(lines) > 2
    assert all(LINE.fullmatch(line) for line in lines)
    assert last == ERASED
    assert threading.active_count() == 1


def test_an_error_ends_the_waiting_too() -> None:
    written: list[str] = []
    with pytest.raises(KeyError), Progress(written.append, delay=0.0).waiting("looking for indexes"):
        raise KeyError
    assert threading.active_count() == 1


def test_many_things_are_counted() -> None:
    written: list[str] = []
    progress = Progress(written.append, delay=0.0, pace=0.0)
    assert list(progress.counting("checking documents", range(1234))) == list(range(1234))
    *lines, last = written
    assert len(lines) == 1234
    assert lines[-1].startswith("\r\x1b[Kindexlint: checking documents (1,234), ")
    assert all(LINE.fullmatch(line) for line in lines)
    assert last == ERASED


def test_lines_keep_their_pace() -> None:
    written: list[str] = []
    list(Progress(written.append, delay=0.0, pace=60.0).counting("checking documents", range(1234)))
    assert [line for line in written if line != ERASED] == [written[0]]
