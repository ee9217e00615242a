"""Where the command line begins: streams, exit codes and how errors are told."""

from __future__ import annotations

import signal
import sys
from types import FrameType

from sim.command_line.streams import prepare_streams, unprinted
from sim.errors import SimError, StoppedError

DONE, YOUR_INPUT, TEST_FAILED, INTERRUPTED = 0, 2, 3, 130


def main() -> int:
    """Run the command typed.

    Returns
    -------
    int
        0 done; 2 something is wrong with what was given; 130 interrupted. A bug of ours shows its traceback, and Python
        ends with 1; a test of `verify` that failed, or a quote that does not hold, ends it with 3.
    """
    prepare_streams()
    for stopping in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stopping, _interrupt)
    try:
        return _command()
    except StoppedError as error:
        return _told(str(error), INTERRUPTED)
    except SimError as error:
        return _told(str(error), YOUR_INPUT)
    except OSError as error:
        said = unprinted(error)
        if said is None:
            raise
        return _told(said, YOUR_INPUT) if said else DONE


def _command() -> int:
    from sim.command_line import proving, quoting, ranging  # noqa: F401 - each adds its commands
    from sim.command_line.commands import app

    try:
        app()
    except SystemExit:
        sys.stdout.flush()
        raise
    return DONE


def _interrupt(_: int, __: FrameType | None) -> None:
    raise StoppedError("Stopped. Nothing was left half-written; the last good results are untouched.")


def _told(message: str, code: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201
    return code
