from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result
from validator import workers
from validator.model import Claim, Document, Span
from validator.workers import available, mapper

PATHS = [f"{number}.md" for number in range(230)]


def scan(path: str) -> Document | None:
    return None if path == "7.md" else Document(path, (Claim("path", path, Span(0, 1)),), (), None, ())


def test_the_results_are_in_order() -> None:
    assert list(mapper(2, 1)(scan, PATHS)) == list(map(scan, PATHS))


def test_other_processes_do_a_part(tmp_path: Path) -> None:
    seen: set[str] = set()
    me, begun, patience = os.getpid(), tmp_path / "begun", time.monotonic() + 60

    def slowly(path: str) -> Document:
        seen.add(path)
        if os.getpid() != me:
            begun.touch()
        while not begun.exists() and time.monotonic() < patience:  # A busy machine may start the others late.
            time.sleep(0.001)
        return Document(str(os.getpid()), (), (), None, ())

    processes = {document.path for document in mapper(3, 1)(slowly, PATHS * 20)}
    assert len(processes) > 1
    assert len(seen) <= len(PATHS)


def test_what_a_process_leaves_undone_is_done_all_the_same() -> None:
    me = os.getpid()

    def dying(path: str) -> Document | None:
        if os.getpid() != me and path == "100.md":
            os._exit(9)
        return scan(path)

    assert list(mapper(4, 1)(dying, PATHS)) == list(map(scan, PATHS))


def test_an_answer_that_breaks_off_is_none() -> None:
    out, into = os.pipe()
    os.write(into, workers._FRAME.pack(0, 100) + b"half")
    os.close(into)
    assert list(workers._answers(out)) == []
    os.close(out)


def test_an_error_of_the_scan_is_the_caller_s() -> None:
    def failing(path: str) -> Document | None:
        raise ValueError(path)

    with pytest.raises(ValueError, match="md"):
        list(mapper(2, 1)(failing, PATHS))


@pytest.mark.parametrize(("jobs", "share"), [(1, 1), (8, 200), (None, 10**9)])
def test_few_documents_are_read_by_one_process(jobs: int | None, share: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_forked", None)
    assert list(mapper(jobs, share)(scan, PATHS)) == list(map(scan, PATHS))


def test_nothing_is_forked_where_that_is_not_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_forked", None)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert list(mapper(2, 1)(scan, PATHS)) == list(map(scan, PATHS))


def test_there_is_at_least_one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    assert available() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert available() >= 1


def test_the_report_is_the_same_with_several_processes(
    check: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"{number}.md": f"---\nid: {number % 60}\n---\n# Number {number % 70}\n" for number in range(80)}
    rows = "".join(f"| {number} | [a]({number}.md) | Number {number} |\n" for number in range(1, 83))
    index = {"INDEX.md": f"| ID | File | Title |\n| -- | ---- | ----- |\n{rows}"}
    alone = check({**index, **files}, "--jobs", "1")
    monkeypatch.setattr(workers, "SHARE", 1)
    monkeypatch.setattr(mapper, "__defaults__", (1,))
    assert check({}, "--jobs", "3").findings == alone.findings
    assert len(alone.findings) > 10


@pytest.mark.parametrize("value", ["0", "-1", "x"])
def test_the_number_of_processes_is_at_least_one(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    from validator.cli import main  # noqa: PLC0415 - the other tests need no command line

    with pytest.raises(SystemExit) as stopped:
        main(["check", "--jobs", value])
    assert stopped.value.code == 2
    assert "--jobs" in capsys.readouterr().err
