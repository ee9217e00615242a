"""Commands typed in this process, for another takes seconds to start."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sim.command_line.main import main

from .test_commands import ROOT


class Done(NamedTuple):
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


Sim = Callable[..., Done]


@pytest.fixture
def sim(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sim:
    """The command typed, in this process."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.chdir(ROOT)

    def typed(*words: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["run_scenarios.py", *map(str, words)])
        try:
            code = main()
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else 0
        return Done(code, *capsys.readouterr())

    return typed
