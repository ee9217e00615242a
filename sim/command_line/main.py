"""Where the command line begins: streams, exit codes and how errors are told."""

from __future__ import annotations

import io
import signal
import sys
from types import FrameType

from sim.errors import SimError

DONE, YOUR_INPUT, TEST_FAILED, INTERRUPTED = 0, 2, 3, 130


class StoppedError(SimError):
    """Somebody pressed Ctrl-C, or asked the process to end."""


def main() -> int:
    """Run the command typed.

    Returns
    -------
    int
        0 done; 2 something is wrong with what was given; 130 interrupted. A bug of ours shows its traceback, and Python
        ends with 1; a test of `verify` that failed, or a quote that does not hold, ends it with 3.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    for stopping in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stopping, _interrupt)
    try:
        from sim.command_line import proving, quoting, ranging  # noqa: F401 - each adds its commands
        from sim.command_line.commands import app

        app()
    except StoppedError as error:
        return _told(str(error), INTERRUPTED)
    except SimError as error:
        return _told(str(error), YOUR_INPUT)
    return DONE


def _interrupt(_: int, __: FrameType | None) -> None:
    raise StoppedError("Stopped. Nothing was written; the last good results are untouched.")


def _told(message: str, code: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201
    return code
