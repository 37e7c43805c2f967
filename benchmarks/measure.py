"""Runs commands in turns and takes their times and their memory; the arithmetic of rounds."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple


class Command(NamedTuple):
    """Something to measure. `prepare` and `finish` run around each round, untimed; `codes` are those of a sound run."""

    name: str
    arguments: tuple[str, ...]
    folder: str
    prepare: Callable[[], None] | None = None
    finish: Callable[[], None] | None = None
    codes: tuple[int, ...] = (0,)
    environment: Mapping[str, str] = {}


class Sample(NamedTuple):
    """One run: wall-clock seconds, and the most memory that one of its processes held, in MB (10⁶ bytes)."""

    seconds: float
    megabytes: float


class Failed(Exception):  # noqa: N818 - it says what happened to the command
    """A command ended with an exit code that says that it did not do its work."""


def run(command: Command) -> Sample:
    """Run a command once.

    Raises:
        Failed: its exit code is none of a sound run, or it could not be prepared.
    """
    try:
        if command.prepare is not None:
            command.prepare()
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failed(f"{command.name}: it could not be prepared: {error}") from None
    try:
        return _timed(command)
    finally:
        if command.finish is not None:
            command.finish()


def _timed(command: Command) -> Sample:
    started = time.perf_counter()
    # Commands that are installed find their modules compiled; so do all here, whatever this environment says.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        env={**environment, **command.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.codes:
        raise Failed(f"{command.name}: exit code {process.returncode}")
    return Sample(seconds, usage.ru_maxrss * 1024 / 1e6)


def in_turns(
    commands: Sequence[Command], rounds: int, tell: Callable[[str], None]
) -> tuple[dict[str, list[Sample]], list[str]]:
    """Run every command once a round, so that a slow minute of the machine hits them all; and what failed."""
    samples: dict[str, list[Sample]] = {command.name: [] for command in commands}
    failures: dict[str, str] = {}
    for number in range(rounds):
        for command in commands:
            if command.name not in failures:
                try:
                    samples[command.name].append(run(command))
                except Failed as failure:
                    failures[command.name] = str(failure)
        tell(f"round {number + 1} of {rounds}")
    return {name: taken for name, taken in samples.items() if name not in failures}, list(failures.values())


class Figure(NamedTuple):
    """What came out for one command: medians, and the median of its times over the yardstick's of the same round."""

    seconds: float
    ratio: float | None
    megabytes: float


def figures(samples: Mapping[str, Sequence[Sample]], yardstick: str) -> dict[str, Figure]:
    """The medians of each command. Ratios are taken round by round: what the machine did to one it did to the other."""
    unit = samples.get(yardstick)
    return {
        name: Figure(
            statistics.median(sample.seconds for sample in taken),
            None if unit is None else median_ratio(taken, unit),
            statistics.median(sample.megabytes for sample in taken),
        )
        for name, taken in samples.items()
    }


def median_ratio(samples: Iterable[Sample], others: Iterable[Sample]) -> float:
    """The median of how many times as long the first ran as the second, over the rounds that both have."""
    pairs = zip(samples, others, strict=False)
    return statistics.median(sample.seconds / other.seconds for sample, other in pairs)


def installed(name: str, *, beside: str) -> str | None:
    """Where a command is: in the folder of this environment's commands, else on the PATH."""
    return shutil.which(name, path=beside) or shutil.which(name)
