"""A sign of life for whoever waits at a terminal: one line, from the second second on, gone when the work is done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Self, TypeVar

DELAY = 1.0
_PACE = 0.2
_ERASE = "\r\x1b[K"
_T = TypeVar("_T")


class Progress:
    """While it is entered, a thread writes what is going on and for how long, and erases it in the end."""

    def __init__(self, write: Callable[[str], object], delay: float = DELAY, pace: float = _PACE) -> None:
        """Take what writes to the terminal; `delay` and `pace` are in seconds: until the first line, between two."""
        self._write = write
        self._delay = delay
        self._pace = pace
        self._doing = ""
        self._count = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Start the clock."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and leave nothing on the terminal."""
        self._stop.set()
        self._thread.join()

    def doing(self, what: str) -> None:
        """Say what is going on from now on."""
        self._doing, self._count = what, 0

    def counting(self, items: Iterable[_T]) -> Iterator[_T]:
        """The same items; the line says how many went by."""
        for item in items:
            yield item
            self._count += 1

    def _run(self) -> None:
        started = time.monotonic()
        if self._stop.wait(self._delay):
            return
        while True:
            count = f" ({self._count:,})" if self._count else ""
            self._write(f"{_ERASE}indexlint: {self._doing}{count}, {time.monotonic() - started:.0f} s")
            if self._stop.wait(self._pace):
                break
        self._write(_ERASE)
