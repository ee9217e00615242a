"""Waiting lines: a team's posts or places in one neighbourhood, and those who wait for them."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.engine.citizens import Visit

_SLACK = 64

Entry = tuple[int, float, int, int, int, "Visit"]
"""Rank, joined, citizen, and the visit with its number among the citizen's and how often it was given a place."""


class Line:
    """Served by (rank, joined, citizen), the lowest first (rule 11).

    Who leaves from the middle, or comes to another place in it, leaves an entry behind that is skipped later: a change
    of place costs O(log n), and but for a few there are never more entries left behind than ones that count.
    """

    __slots__ = ("_gone", "_heap")

    def __init__(self) -> None:
        self._heap: list[Entry] = []
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
        heappush(self._heap, (visit.rank, visit.joined, visit.citizen.number, visit.seq, visit.turn, visit))

    def move(self, visit: Visit, rank: int) -> None:
        """Give a visit in the line the place that goes with another rank."""
        visit.rank, visit.turn = rank, visit.turn + 1
        self.join(visit)
        self.forget()

    def forget(self) -> None:
        """Note that an entry counts no more; sweep when more than half do not."""
        self._gone += 1
        if self._gone > _SLACK and 2 * self._gone > len(self._heap):
            self._heap = [entry for entry in self._heap if _counts(entry)]
            heapify(self._heap)
            self._gone = 0

    def first(self) -> Visit | None:
        """The visit to start next, taken out of the line; None if nobody waits."""
        while self._heap:
            entry = heappop(self._heap)
            if _counts(entry):
                return entry[-1]
            self._gone -= 1
        return None


def _counts(entry: Entry) -> bool:
    """Whether the visit still waits, and has not been given another place since."""
    turn, visit = entry[-2:]
    return visit.waiting and visit.turn == turn


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
