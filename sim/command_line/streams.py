"""The streams of the command line: what cannot be printed ends a command quietly or in one message, without a trace."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

CLOSED = (errno.EPIPE, errno.EINVAL)
"""Whoever read the output has gone, as `head` does; Windows calls it an invalid argument."""


class Asides(io.TextIOWrapper):
    """A stream for progress and messages: where it cannot be written to, it falls silent, and all else goes on."""

    def write(self, text: str) -> int:
        """Write what can be written."""
        try:
            return super().write(text)
        except OSError:
            hush(self)
            return len(text)

    def flush(self) -> None:
        """Send it on, if it can be."""
        try:
            super().flush()
        except OSError:
            hush(self)


def prepare_streams() -> None:
    """Have both streams write UTF-8, whatever the system's own way, and none of what is said aside stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if type(sys.stderr) is io.TextIOWrapper:
        sys.stderr = Asides(sys.stderr.detach(), encoding="utf-8", errors="replace", line_buffering=True)


def unprinted(error: OSError) -> str | None:
    """What to say of an error of the output itself; None if it is another error, which is a bug of ours.

    A file that cannot be opened has a name; a stream that cannot be written to has none.
    """
    if error.filename is not None:
        return None
    hush(sys.stdout)
    if error.errno in CLOSED:
        return ""
    return (
        f"The output could not be written: {error.strerror}. "
        "Files that the command writes are whole. Make room, or send the output elsewhere."
    )


def hush(stream: TextIO) -> None:
    """Have what the stream still holds go nowhere, so that it is not tried again when Python ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
