"""A citizen and a visit as the engine sees them now."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.engine.clock import Due
from sim.engine.course import Course, Exponential
from sim.engine.instants import NEVER, instants
from sim.engine.lines import Cell
from sim.engine.population import Population
from sim.scenario.vocabulary import LOW


class Citizen:
    """A person in need, from the day it arises until nothing more can befall them."""

    __slots__ = (
        "approach", "arrival", "base", "coming", "counts", "course", "group", "kept", "leaving", "level", "needs",
        "neighbourhood", "number", "seen", "seq", "visit",
    )  # fmt: skip

    course: Course
    """How the level moves by itself; only in files with levels."""
    kept: tuple[Cell, ...]
    """Where a place is held for them until the approach ends."""

    def __init__(
        self, number: int, arrival: int, group: int, neighbourhood: int, level: int, needs: int, base: int
    ) -> None:
        self.number, self.arrival, self.group, self.neighbourhood = number, arrival, group, neighbourhood
        self.level, self.needs, self.base = level, needs, base
        self.approach = self.seq = 0
        self.seen = LOW
        """Level last seen at a gate; the lowest if none has looked."""
        self.counts: dict[int, int] = {}
        self.kept = ()
        self.visit: Visit | None = None
        self.coming: Exponential | None = None
        self.leaving: Exponential | None = None


class Visit:
    """One citizen at one stage once, while it lasts."""

    __slots__ = (
        "attended", "cell", "citizen", "count", "due", "event", "joined", "keeps", "level", "moved_up", "needs",
        "occupies", "rank", "seen", "seq", "staff_hours", "stage", "started", "turn", "waiting",
    )  # fmt: skip

    def __init__(self, citizen: Citizen, stage: int, count: int, now: int) -> None:
        self.citizen, self.stage, self.count, self.joined = citizen, stage, count, now
        self.seq, self.level, self.needs = citizen.seq, citizen.level, citizen.needs
        self.started = self.due = NEVER
        self.staff_hours = 0.0
        self.seen = self.rank = self.turn = self.moved_up = 0
        self.attended = True
        self.cell: Cell | None = None
        self.event: Due | None = None
        self.waiting = self.occupies = self.keeps = False


def newcomers(population: Population, waiting_from: int) -> Iterator[tuple[int, Citizen]]:
    """Everyone, each with the instant at which they come in, in that order.

    Those who wait already, before day 0 by their arrival, come at `waiting_from`, ahead of others who come just then.
    """
    arrival = instants(population.arrival)
    comes_in = np.where(arrival < 0, waiting_from, arrival)
    order = np.argsort(comes_in, kind="stable")
    columns = (order, *(column[order] for column in (arrival, *population[1:])))
    people = zip(*(column.tolist() for column in columns), strict=True)
    return ((when, Citizen(*row)) for when, row in zip(comes_in[order].tolist(), people, strict=True))
