"""A sign of life for whoever waits at a terminal: one line, from the second second on, gone when the work is done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

DELAY = 1.0
_PACE = 0.2
_ERASE = "\r\x1b[K"
_T = TypeVar("_T")


class Progress:
    """Says what is going on and for how long, through `write`; nothing where that is `None`."""

    def __init__(self, write: Callable[[str], object] | None, delay: float = DELAY, pace: float = _PACE) -> None:
        """Start the clock; `delay` and `pace` are in seconds: until the first line, and between two."""
        self._write = write
        self._delay = delay
        self._pace = pace
        self._started = time.monotonic()

    @contextmanager
    def waiting(self, what: str) -> Iterator[None]:
        """While one thing is done of which nobody knows how far it is. A thread writes, which is gone afterwards."""
        if self._write is None:
            yield
            return
        done = threading.Event()
        thread = threading.Thread(target=self._run, args=(self._write, what, done), daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def counting(self, what: str, items: Iterable[_T]) -> Iterator[_T]:
        """The same items; the line says how many went by. No thread runs meanwhile: processes may be forked."""
        write = self._write
        if write is None:
            yield from items
            return
        shown = 0.0
        for number, item in enumerate(items, 1):
            yield item
            now = time.monotonic()
            if now - self._started >= self._delay and now - shown >= self._pace:
                write(self._line(f"{what} ({number:,})"))
                shown = now
        if shown:
            write(_ERASE)

    def _run(self, write: Callable[[str], object], what: str, done: threading.Event) -> None:
        if done.wait(self._delay):
            return
        write(self._line(what))
        while not done.wait(self._pace):
            write(self._line(what))
        write(_ERASE)

    def _line(self, what: str) -> str:
        return f"{_ERASE}indexlint: {what}, {time.monotonic() - self._started:.0f} s"
