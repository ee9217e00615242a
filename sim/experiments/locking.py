"""One at a time: whoever writes into a results folder holds its lock, and others hear at once who that is.

The lock is the operating system's own: it is free again as soon as its holder has ended, however it ended, so that none
is ever stale. A note beside it tells others whom to wait for.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import sleep

from filelock import FileLock, Timeout

from sim.errors import ResultsError, printable
from sim.experiments.hidden import hidden_in, place_of
from sim.experiments.remedies import in_words

AT_ONCE, A_MOMENT, A_MINUTE = 0.0, 0.1, 60.0
ONCE_MORE = 10


@contextmanager
def held(folders: Sequence[Path]) -> Iterator[None]:
    """Hold the locks of these results folders; held already by this thread, each is held once more.

    Raises
    ------
    ResultsError
        If somebody else holds one of them: who, and since when.
    """
    with ExitStack() as locks:
        for folder in folders:
            place = place_of(folder)
            with in_words(folder):
                locks.enter_context(lock(place.parent, place.name, folder))
        yield


@contextmanager
def lock(root: Path, name: str, told_as: Path, wait: float = AT_ONCE) -> Iterator[None]:
    """Hold the lock of what has this name in a results root, waiting for so long [seconds].

    Raises
    ------
    ResultsError
        If somebody else holds it all the while.
    """
    note = hidden_in(root, "holders", name)
    one = FileLock(hidden_in(root, "locks", name), is_singleton=True)
    who = _taken(one, note, wait)
    if who is not None:
        remedy = "wait until it has ended, or choose another folder with --out"
        raise ResultsError(f"{told_as}: another run is writing there{who}; {remedy}")
    try:
        if one.lock_counter == 1:
            _sign(note)
        yield
    finally:
        if one.lock_counter == 1:
            with suppress(OSError):
                note.unlink(missing_ok=True)
        one.release()


def _taken(one: FileLock, note: Path, wait: float) -> str | None:
    """Who holds a lock that cannot be had, in words; None where it is ours now.

    Between taking a lock and signing for it, and between striking that out and letting go, there is a moment in which
    nobody can say who: then it is tried again.
    """
    who = ""
    for _ in range(ONCE_MORE):
        try:
            one.acquire(timeout=wait)
        except Timeout:
            who = _holder(note)
        else:
            return None
        if who:
            break
        sleep(A_MOMENT)
    return who


def _sign(note: Path) -> None:
    """Say who holds a lock, for others to read; a lock is one without it too."""
    told = {
        "process": os.getpid(),
        "host": platform.node(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        "command": " ".join(sys.argv),
    }
    with suppress(OSError):
        note.write_text(json.dumps(told), encoding="utf-8")


def _holder(note: Path) -> str:
    """Who holds a lock, in words; nothing where that cannot be read."""
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(told["since"])
        said = f" (process {told['process']} on {told['host']}, since {since:%H:%M} on {since.day} {since:%B %Y}"
        return printable(f"{said}: `{told['command']}`)")
    except (OSError, ValueError, KeyError, TypeError):
        return ""
