"""The contents of git's objects, all through one `git cat-file --batch`, asked ahead of where it is read."""

from __future__ import annotations

import os
import subprocess
import weakref
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, Any

from validator.git import TreeError, command, environment, not_run
from validator.tree.source import ReadError, too_large

# Requests that wait have to fit into the smallest pipe (16 KiB), or both sides would wait for each other to read. More
# gains little, and is thrown away where several processes take batches in turn.
_MOST_AHEAD = 32
_MOST_DEATHS = 3
_CHUNK = 1 << 20


class _DiedError(Exception):
    """The process ended before it had answered."""


class Objects:
    """Contents by object IDs. What is read in the order that was announced is asked for ahead, else one by one."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._announced: Iterable[str] | None = None
        self._order: list[str] = []
        self._position: dict[str, int] = {}
        self._next = 0
        self._ahead = 1
        self._asked: deque[str] = deque()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._deaths = 0

    def __getstate__(self) -> dict[str, Any]:
        """What travels to another process: not the pipe."""
        return {**self.__dict__, "_process": None, "_owner": 0, "_asked": deque(), "_announced": None, "_ahead": 1}

    def expect(self, blobs: Iterable[str]) -> None:
        """Announce the order of what will be read. Costs nothing until something is."""
        self._announced = blobs

    def read(self, blob: str, limit: int) -> bytes:
        """The content of an object of at most `limit` bytes.

        Raises:
            ReadError: it is not in this repository, or larger.
            TreeError: git cannot be run, or gives up again and again.
        """
        try:
            return self._read(blob, limit)
        except _DiedError:
            self._stop()
        # An object that was asked for ahead may have killed it. Alone, with a new one, this object is to blame itself.
        self._deaths += 1
        if self._deaths > _MOST_DEATHS:
            raise TreeError(f"git cat-file: it gives up, last at the object {blob}")
        announced, self._order = self._order, []
        try:
            return self._read(blob, limit)
        except _DiedError:
            self._stop()
            raise ReadError("unreadable", "git cannot read its content (`git fsck` says more)") from None
        finally:
            self._order = announced

    def _read(self, blob: str, limit: int) -> bytes:
        self._reach(blob)
        self._asked.popleft()
        source = self._stream("stdout")
        head = source.readline().split()
        if not head:
            raise _DiedError
        if len(head) != 3:  # noqa: PLR2004 - ID, type, size; anything else says that it is missing
            raise ReadError("unreadable", "git does not have its content (is this a partial clone?)")
        size = int(head[2])
        if size > limit:
            self._skip(size + 1)
            raise too_large(size, limit)
        data = source.read(size + 1)
        if len(data) <= size:
            raise _DiedError
        return data[:-1]

    def _reach(self, blob: str) -> None:
        """Bring it about that the next answer in the pipe is the one on `blob`, and that those after it are asked."""
        if self._owner != os.getpid():
            self._start()
        if self._announced is not None:
            self._order, self._announced = list(self._announced), None
            self._position = {found: number for number, found in reversed(list(enumerate(self._order)))}
        in_order = bool(self._asked) and self._asked[0] == blob
        while self._asked and self._asked[0] != blob:
            self._drop()
        if not self._asked:
            in_order = in_order or self._next == self._position.get(blob, -1)
            self._next = self._position.get(blob, len(self._order))
            self._ask([blob])
            self._next += blob in self._position
        self._ahead = min(self._ahead * 2, _MOST_AHEAD) if in_order else 1
        if len(self._asked) * 2 <= self._ahead:
            wanted = self._order[self._next : self._next + self._ahead - len(self._asked)]
            self._next += len(wanted)
            self._ask(wanted)

    def _ask(self, blobs: list[str]) -> None:
        if not blobs:
            return
        self._asked.extend(blobs)
        target = self._stream("stdin")
        try:
            target.write("".join(f"{blob}\n" for blob in blobs).encode("ascii"))
            target.flush()
        except OSError:  # pragma: no cover - it died just now; the answer that does not come says so
            return

    def _drop(self) -> None:
        """Pass over an answer that nobody wants any more."""
        self._asked.popleft()
        head = self._stream("stdout").readline().split()
        if len(head) == 3:  # noqa: PLR2004 - as above
            self._skip(int(head[2]) + 1)

    def _skip(self, size: int) -> None:
        source = self._stream("stdout")
        while size > 0 and (part := source.read(min(size, _CHUNK))):
            size -= len(part)

    def _start(self) -> None:
        try:
            process = subprocess.Popen(
                command(self.folder, "cat-file", "--batch"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
        except OSError as error:
            raise not_run(error) from None
        self._process, self._owner = process, os.getpid()
        self._asked.clear()
        weakref.finalize(self, _end, process, self._owner)

    def _stop(self) -> None:
        assert self._process is not None, "something was asked"
        _end(self._process, self._owner)
        self._process, self._owner = None, 0
        self._asked.clear()

    def _stream(self, name: str) -> IO[bytes]:
        stream = getattr(self._process, name)
        assert stream is not None, "the process is started with pipes"
        return stream  # type: ignore[no-any-return]


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    """Close the pipes, on which git ends by itself; only the process that opened them waits for that."""
    if os.getpid() != owner:  # pragma: no cover - another process, which ends without a word
        process.returncode = 0
        return
    for stream in (process.stdin, process.stdout):
        assert stream is not None, "the process is started with pipes"
        with suppress(OSError):  # It died, and something was still to be written.
            stream.close()
    process.wait()
