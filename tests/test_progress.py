"""The sign of life: nothing for a quick run, a line for a slow one, nothing in the end."""

from __future__ import annotations

import re
import time

from validator.progress import Progress


def test_a_quick_run_writes_nothing() -> None:
    written: list[str] = []
    with Progress(written.append) as progress:
        progress.doing("working")
    assert written == []


def test_a_slow_run_says_what_it_does_how_far_it_is_and_erases_it() -> None:
    written: list[str] = []
    with Progress(written.append, delay=0.0, pace=0.005) as progress:
        progress.doing("looking for indexes")
        _wait_for(written, "looking for indexes, ")
        progress.doing("checking documents")
        assert list(progress.counting(range(1234))) == list(range(1234))
        _wait_for(written, "checking documents (1,234)")
    assert written[-1] == "\r\x1b[K"
    assert all(re.fullmatch(r"\r\x1b\[Kindexlint: [a-z ]*(?: \([\d,]+\))?, \d+ s", line) for line in written[:-1])


def _wait_for(written: list[str], words: str) -> None:
    until = time.monotonic() + 10
    while not any(words in line for line in written) and time.monotonic() < until:
        time.sleep(0.002)
    assert any(words in line for line in written)
