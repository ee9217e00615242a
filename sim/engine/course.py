"""Times that run while the level moves: the course of a need, and exponential times whose mean depends on the level."""

from __future__ import annotations

import math

from sim.engine.clock import Due
from sim.engine.instants import NEVER, days_between, span
from sim.scenario.vocabulary import LEVELS


class Course:
    """When the present level worsens and when it eases, if nothing comes between (rule 7).

    Worsening runs at `pace` of its speed; easing always at full speed. `rest` is how long the level would still last at
    full pace, but for easing [days]. `entries` counts how often each level was entered.
    """

    __slots__ = ("ease_due", "entries", "event", "pace", "rest", "worsen_due")

    def __init__(self) -> None:
        self.pace = 1.0
        self.rest = math.inf
        self.worsen_due = self.ease_due = NEVER
        self.entries = [0] * len(LEVELS)
        self.event: Due | None = None

    def enter(self, now: int, worsens_after: float, eases_after: float) -> None:
        """A new level begins, with the days drawn until it worsens (at full pace) and eases; infinite is never."""
        self.rest = worsens_after
        self.worsen_due = self._from(now)
        self.ease_due = now + span(eases_after)

    def set_pace(self, now: int, pace: float) -> None:
        """Worsening goes on at another pace from now; at 0 it stands still and keeps its rest."""
        if self.pace > 0 and self.rest < math.inf:
            self.rest = days_between(now, self.worsen_due) * self.pace
        self.pace = pace
        self.worsen_due = self._from(now)

    def _from(self, now: int) -> int:
        return now + span(self.rest / self.pace) if self.pace > 0 else NEVER

    @property
    def due(self) -> int:
        """When the level next changes by itself."""
        return min(self.worsen_due, self.ease_due)

    @property
    def step(self) -> int:
        """Which way it then goes: 1 worse, -1 milder; worse on a tie."""
        return 1 if self.worsen_due <= self.ease_due else -1


class Exponential:
    """A time awaited whose mean depends on the level (rule 9).

    One unit exponential is drawn at the start and used up at the rate of the moment.
    """

    __slots__ = ("due", "event", "kind", "means", "rest")

    def __init__(self, kind: int, u: float, means: list[float], now: int, level: int) -> None:
        self.kind = kind
        self.rest = -math.log(1.0 - u)
        self.means = means
        self.due = self._from(now, level)
        self.event: Due | None = None

    def change(self, now: int, old: int, new: int) -> None:
        """Use up what has passed at the old level and find the due time at the new one."""
        if self.means[old] < math.inf:
            self.rest = days_between(now, self.due) / self.means[old]
        self.due = self._from(now, new)

    def _from(self, now: int, level: int) -> int:
        mean = self.means[level]
        return now + span(self.rest * mean) if mean < math.inf else NEVER
