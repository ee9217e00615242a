"""Waiting lines: a team's posts or places in one neighbourhood, and those who wait for them."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.engine.citizens import Visit

_SLACK = 64


class Line:
    """First come, first served by (joined, citizen). Leaving from the middle costs O(1): the entry is skipped later."""

    __slots__ = ("_gone", "_heap")

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, int, Visit]] = []
        self._gone = 0

    def __bool__(self) -> bool:
        """Whether there is an entry, be it of one who has gone."""
        return bool(self._heap)

    @property
    def waiting(self) -> int:
        """How many wait in it."""
        return len(self._heap) - self._gone

    def join(self, visit: Visit) -> None:
        """Add a visit that has just joined."""
        heappush(self._heap, (visit.joined, visit.citizen.number, visit.seq, visit))

    def forget(self) -> None:
        """Note that a visit in the line has stopped waiting; sweep when more than half have."""
        self._gone += 1
        if self._gone > _SLACK and 2 * self._gone > len(self._heap):
            self._heap = [entry for entry in self._heap if entry[3].waiting]
            heapify(self._heap)
            self._gone = 0

    def first(self) -> Visit | None:
        """The visit to start next, taken out of the line; None if nobody waits."""
        while self._heap:
            visit = heappop(self._heap)[3]
            if visit.waiting:
                return visit
            self._gone -= 1
        return None


class Cell:
    """A team in one neighbourhood (or the whole area): how many it may serve, how many it serves, who waits.

    `place` orders the cells by team, then neighbourhood.
    """

    __slots__ = ("busy", "capacity", "kept", "line", "place", "team")

    def __init__(self, place: int, team: int, capacity: int) -> None:
        self.place, self.team = place, team
        self.capacity = capacity
        """Posts there are now, or places."""
        self.busy = 0
        self.line = Line()
        self.kept: list[Visit] = []
        """Visits of citizens for whom a place is held already: they wait for nothing but the end of the instant."""

    @property
    def free(self) -> int:
        """Posts or places that are free."""
        return max(0, self.capacity - self.busy)
