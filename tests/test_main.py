"""`python -m validator` is the command."""

from __future__ import annotations

import runpy
import sys

import pytest


def test_the_module_runs_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["indexlint", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("validator", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("indexlint ")
