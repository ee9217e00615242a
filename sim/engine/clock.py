"""SimPy's environment with the order of rule 1 at one instant, and times used exactly as computed."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from heapq import heappush
from typing import Any

import simpy


class Kind(IntEnum):
    """What falls due, in the order it is dealt with at one instant. Work starts last."""

    LEVEL_CHANGE = 0
    LEAVING_AREA = 1
    END_OF_WORK = 2
    SHIFT_CHANGE = 3
    PATIENCE = 4
    END_OF_DELAY = 5
    COMING = 6
    ARRIVAL = 7
    START_OF_WORK = 8


class Clock(simpy.Environment):
    """A SimPy environment whose events carry an absolute due time, a kind and a citizen.

    Events due at or after `horizon` never happen and are not kept.
    """

    def __init__(self, horizon: float) -> None:
        super().__init__()
        self.horizon = horizon

    def at(self, due: float, kind: Kind, citizen: int, action: Callable[[Any], None], subject: Any) -> simpy.Event:
        """An event that calls `action` with `event.value` = `subject` at `due`; ordered by due, kind, citizen."""
        event = simpy.Event(self)
        event._ok = True
        event._value = subject
        event.callbacks.append(action)
        if due < self.horizon:
            heappush(self._queue, (due, (kind << 40) + citizen, next(self._eid), event))  # type: ignore[misc]
        return event


def cancel(event: simpy.Event | None) -> None:
    """Let the event pass without effect. It costs nothing now and one step when it falls due."""
    if event is not None and event.callbacks:
        event.callbacks.clear()
