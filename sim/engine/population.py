"""The population of a replication: the same citizens, on the same day, for every pathway."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine import luck
from sim.engine.drawing import drawn
from sim.engine.instants import A_DAY, in_days, instants
from sim.engine.profiles import clock_time, profile
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHORTEST_WAIT = 1 / A_DAY
"""Nobody who waits at the start has waited less [days], so that a negative arrival tells them from all others."""


class Population(NamedTuple):
    """One row a citizen, in order of arrival; a citizen's number is the row.

    `arrival` [days, of whole microseconds; negative: has waited so long already], `group` and `neighbourhood` [place in
    the file], `level` [1 low .. 4 crisis], `needs` [1 .. 4], `base` [the citizen's part of the key of every draw].
    """

    arrival: Floats
    group: Ints
    neighbourhood: Ints
    level: Ints
    needs: Ints
    base: NDArray[np.uint64]

    def __len__(self) -> int:
        return int(self.arrival.size)


def population(scenario: Scenario, replication: int) -> Population:
    """Everyone who waits when the run begins or whose need arises before its end, in order of arrival.

    Depends on seed, replication, group and index alone: a group added or a rate changed disturbs nobody else. Who waits
    already stands first, with minus the days waited for an arrival, and nobody else has an arrival before day 0.
    """
    streams = [_stream(scenario, name, place, replication) for place, name in enumerate(scenario.groups)]
    streams.append(_waiting(scenario, replication))
    filled = [stream for stream in streams if len(stream)] or streams[:1]
    columns: list[Any] = list(filled[0]) if len(filled) == 1 else [*map(np.concatenate, zip(*filled, strict=True))]
    arrival, group = columns[:2]
    if not (np.diff(arrival) >= 0).all():
        order = np.lexsort((group, arrival))
        columns = [column[order] for column in columns]
    return Population(*columns)


def waiting_from_day(scenario: Scenario) -> float:
    """The day on which those who wait already come to their line: the first of the run, or of the cohort window."""
    given = scenario.waiting_at_start
    return scenario.run.weeks.cohort_from if given is not None and given.at == "cohort" else 0.0


def days_come_in(scenario: Scenario, citizens: Population) -> Floats:
    """The day from which each citizen is there: when they arrive or, if they wait already, come to their line."""
    return np.where(citizens.arrival < 0, waiting_from_day(scenario), citizens.arrival)


def _stream(scenario: Scenario, name: str, place: int, replication: int) -> Population:
    """Everyone of one group whose need arises in the run."""
    arrival, bases = _arrivals(scenario, name, replication)
    return _people(scenario, arrival, np.full(arrival.size, place, dtype=np.int64), bases)


def _waiting(scenario: Scenario, replication: int) -> Population:
    """Those who wait when the run begins, of the groups by their shares of arrivals."""
    given = scenario.waiting_at_start
    bases = luck.citizen_bases(scenario.run.seed, replication, "waiting", 0, given.people if given else 0)
    if given is None:
        return _people(scenario, np.empty(0), np.empty(0, dtype=np.int64), bases)
    days = drawn(given.days_waited, luck.uniforms(bases, luck.name_hash("citizen/waited")))
    group = _picked(bases, "citizen/group", tuple(scenario.group_shares.values()))
    return _people(scenario, -np.maximum(in_days(instants(days)), SHORTEST_WAIT), group, bases)


def _people(scenario: Scenario, arrival: Floats, group: Ints, bases: NDArray[np.uint64]) -> Population:
    """Citizens with their neighbourhood, and the level and needs that their group gives them."""
    level, needs = np.ones(arrival.size, dtype=np.int64), np.ones(arrival.size, dtype=np.int64)
    for place, one in enumerate(scenario.groups.values()):
        theirs = group == place
        levels = one.level_at_arrival.shares if one.level_at_arrival else (1.0,)
        counts = one.number_of_needs.shares if one.number_of_needs else (1.0,)
        level[theirs] += _picked(bases[theirs], "citizen/level", levels)
        needs[theirs] += _picked(bases[theirs], "citizen/needs", counts)
    households = tuple(scenario.place.households.values()) or (1.0,)
    neighbourhood = _picked(bases, "citizen/neighbourhood", households)
    return Population(arrival, group, neighbourhood, level, needs, bases)


def _arrivals(scenario: Scenario, group: str, replication: int) -> tuple[Floats, NDArray[np.uint64]]:
    """When needs of a group arise before the horizon, and the base of each citizen; one uniform an arrival."""
    a_day, horizon = scenario.arrivals_a_day[group], scenario.run.weeks.horizon
    pieces = profile(scenario.arrivals_of(group))
    count = int(a_day * horizon + 6 * np.sqrt(a_day * horizon) + 16) if a_day > 0 else 0
    while True:
        bases = luck.citizen_bases(scenario.run.seed, replication, f"group/{group}", 0, count)
        due = np.cumsum(_gaps(scenario, group, luck.uniforms(bases, luck.name_hash("citizen/arrival"))))
        arrival = in_days(instants(due if pieces is None else clock_time(pieces, due)))
        if count == 0 or arrival[-1] >= horizon:
            inside = arrival < horizon
            return arrival[inside], bases[inside]
        count *= 2


def _gaps(scenario: Scenario, group: str, u: Floats) -> Floats:
    """Times from one arrival to the next, at a steady rate [days]."""
    between = scenario.arrivals_of(group).days_between
    if between is not None and not scenario.arrivals_of(group).is_poisson:
        return drawn(between, u)
    return -np.log1p(-u) / scenario.arrivals_a_day[group]


def _picked(bases: NDArray[np.uint64], name: str, weights: tuple[float, ...]) -> Ints:
    """The place among `weights` that each citizen's uniform falls on."""
    if len(weights) == 1:
        return np.zeros(bases.size, np.int64)
    edges = np.cumsum(weights) / np.sum(weights)
    places = np.searchsorted(edges[:-1], luck.uniforms(bases, luck.name_hash(name)), side="right")
    return places.astype(np.int64)
