"""SimPy's environment with the order of rule 1 at one instant, in whole microseconds (rule 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from heapq import heappush
from typing import Any

import simpy

(LEVEL_CHANGE, LEAVING_AREA, END_OF_WORK, SHIFT_CHANGE, MOVING_UP, END_OF_PATIENCE, END_OF_DELAY, COMING, ARRIVAL,
 WILL_NOT_WAIT) = range(10)  # fmt: skip
"""What falls due, in the order it is dealt with at one instant. Work starts before WILL_NOT_WAIT, after all else."""

_KIND = 40
"""Bits of SimPy's priority left for the number of a citizen."""

_AFTER_WORK = WILL_NOT_WAIT << _KIND


class Due(simpy.Event):
    """A SimPy event that has its time and cannot fail: something falls due for `subject`."""

    _ok = True

    def __init__(self, clock: Clock, callbacks: list[Callable[[Any], None]], subject: Any) -> None:
        self.env = clock
        self.callbacks = callbacks
        self._value = subject

    @property
    def subject(self) -> Any:
        """The citizen, visit or day it falls due for."""
        return self._value

    def cancel(self) -> None:
        """Let it pass without effect. It costs nothing now and one step when it falls due."""
        self.callbacks = _NOTHING
        self._value = None


_NOTHING: list[Callable[[Any], None]] = []


class Clock(simpy.Environment):
    """A SimPy environment whose events carry an absolute due time, a kind and a citizen.

    `actions` says what is called, with the event, when something of a kind falls due. Times are microseconds; events
    due at or after `horizon` never happen.
    """

    def __init__(self, horizon: int, actions: Mapping[int, Callable[[Due], None]]) -> None:
        super().__init__(initial_time=0)
        self.horizon = horizon
        self._calls = {kind: [action] for kind, action in actions.items()}

    @property
    def now(self) -> int:
        """The present instant [microseconds]."""
        return self._now  # type: ignore[return-value]

    def at(self, due: int, kind: int, citizen: int, subject: Any) -> Due | None:
        """An event of this kind for `subject` at the instant `due`, None if it never happens.

        At one instant events come by kind, then citizen.
        """
        if due >= self.horizon:
            return None
        event = Due(self, self._calls[kind], subject)
        heappush(self._queue, (due, (kind << _KIND) + citizen, next(self._eid), event))  # type: ignore[misc]
        return event

    def run_by_instants(self, start_work: Callable[[], None]) -> None:
        """Let everything due at an instant happen, then work start, again while anything is due; and so to the end.

        Those who will not wait leave when work has started for all who can be served at once, one after another.
        """
        queue = self._queue
        while queue:
            self.step()
            if not queue or queue[0][0] > self._now or queue[0][1] >= _AFTER_WORK:
                start_work()
