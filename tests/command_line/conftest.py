"""Commands typed in this process, for another takes seconds to start."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from sim.command_line.main import main

ROOT = Path(__file__).resolve().parents[2]


class Done(NamedTuple):
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


Sim = Callable[..., Done]


def typed(*words: str | Path) -> Done:
    """What a command comes to that is typed in this process."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(signal, "signal", lambda *_: None)
        patch.setattr(sys, "argv", ["run_scenarios.py", *map(str, words)])
        patch.chdir(ROOT)
        try:
            code = main()
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else 0
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def sim() -> Sim:
    """The command typed, in this process."""
    return typed
