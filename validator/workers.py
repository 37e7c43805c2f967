"""A map that keeps order and uses several processes where that is worth it.

Processes are forked, so they begin with all that is read already; they take batches from a common queue, so that none
waits for another, and send packed documents back. What a process did not answer is done by the one that asked.
"""

from __future__ import annotations

import marshal
import os
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from validator.packing import pack, unpack

Scan = Callable[[str], Any]
Map = Callable[[Scan, Iterable[str]], Iterable[Any]]

# A thousand documents take some 50 ms, a process some 10; below two of these one process is as fast.
SHARE = 1000
_LEAST_IN_BATCH = 50
_MOST_BATCHES = 1000  # Their numbers have to fit into a pipe that nobody reads yet (4 KiB at the least).
_NUMBER = struct.Struct("<I")
_FRAME = struct.Struct("<IQ")


def mapper(jobs: int | None, share: int = SHARE) -> Map:
    """A map over paths with at most `jobs` processes (`None`: as many as there are processors), each worth `share`.

    The scan runs in any of them, so it may not change anything that others look at.
    """
    most = available() if jobs is None else jobs

    def run(scan: Scan, paths: Iterable[str]) -> Iterable[Any]:
        paths = tuple(paths)
        count = min(most, len(paths) // share)
        if count < 2 or not hasattr(os, "fork") or sys.platform == "darwin":  # noqa: PLR2004 - one needs no help
            return map(scan, paths)
        return _forked(scan, paths, count)

    return run


def available() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _forked(scan: Scan, paths: Sequence[str], count: int) -> Iterator[Any]:
    size = max(_LEAST_IN_BATCH, -(-len(paths) // _MOST_BATCHES))
    batches = [paths[start : start + size] for start in range(0, len(paths), size)]
    queue, feed = os.pipe()
    os.write(feed, b"".join(map(_NUMBER.pack, range(len(batches)))))
    os.close(feed)
    helpers = [_start(scan, batches, queue) for _ in range(count - 1)]
    done: dict[int, list[Any]] = {}
    try:
        for number in _taken(queue):
            done[number] = list(map(scan, batches[number]))
        for _, pipe in helpers:
            done.update(_answers(pipe))
    finally:
        os.close(queue)
        for process, pipe in helpers:
            os.close(pipe)
            os.waitpid(process, 0)
    for number, batch in enumerate(batches):
        yield from done.pop(number) if number in done else map(scan, batch)


def _taken(queue: int) -> Iterator[int]:
    """The numbers of batches that nobody has taken yet, one at a time."""
    while taken := os.read(queue, _NUMBER.size):
        yield _NUMBER.unpack(taken)[0]


def _start(scan: Scan, batches: Sequence[Sequence[str]], queue: int) -> tuple[int, int]:
    """A process that takes batches, and the pipe by which it answers."""
    answers, out = os.pipe()
    process = os.fork()
    if process == 0:  # pragma: no cover - another process
        _help(scan, batches, queue, out)
    os.close(out)
    return process, answers


def _help(scan: Scan, batches: Sequence[Sequence[str]], queue: int, out: int) -> None:  # pragma: no cover - as above
    """Scan batches while there are any, then send them. Whatever goes wrong, the other process does it again."""
    try:
        frames = [(number, marshal.dumps([pack(scan(path)) for path in batches[number]])) for number in _taken(queue)]
        with os.fdopen(out, "wb") as stream:
            for number, data in frames:
                stream.write(_FRAME.pack(number, len(data)))
                stream.write(data)
    finally:
        os._exit(0)


def _answers(pipe: int) -> Iterator[tuple[int, list[Any]]]:
    """What a process sent, batch by batch; of one that died, what was whole by then."""
    with os.fdopen(os.dup(pipe), "rb") as stream:
        while len(head := stream.read(_FRAME.size)) == _FRAME.size:
            number, size = _FRAME.unpack(head)
            data = stream.read(size)
            if len(data) < size:
                return
            yield number, [unpack(packed) for packed in marshal.loads(data)]  # noqa: S302 - from our own process
