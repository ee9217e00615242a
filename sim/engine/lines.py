"""Waiting lines: a team's posts or places in one neighbourhood, and those who wait for them."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.engine.reference import Visit

_SLACK = 64


class Line:
    """First come, first served by (joined, citizen). Leaving from the middle costs O(1): the entry is skipped later."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, int, Visit]] = []
        self._gone = 0

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

    A fraction f of a post is there in day k if floor((k+1)f) > floor(kf).
    """

    def __init__(self, place: tuple[int, int], whole: int, part: tuple[int, int]) -> None:
        self.place = place
        self.whole = whole
        self.part_top, self.part_bottom = part
        self.busy = 0
        self.line = Line()
        self.kept: list[Visit] = []
        self.capacity = whole
        self.begin_day(0)

    @property
    def varies(self) -> bool:
        """Whether the number of posts changes from day to day."""
        return self.part_top > 0

    def begin_day(self, day: int) -> bool:
        """Set the posts of that day; whether there are more than before."""
        before = self.capacity
        extra = (day + 1) * self.part_top // self.part_bottom > day * self.part_top // self.part_bottom
        self.capacity = self.whole + extra
        return self.capacity > before
