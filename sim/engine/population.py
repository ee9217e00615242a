"""The population of a replication: the same citizens, on the same day, for every pathway."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine import luck
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Population(NamedTuple):
    """One row a citizen, in order of arrival; a citizen's number is the row.

    `arrival` [days], `group` and `neighbourhood` [place in the file], `level` [1 low .. 4 crisis], `needs` [1 .. 4],
    `base` [the citizen's part of the key of every draw].
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
    """Everyone whose need arises before the end of the run, in order of arrival.

    Depends on seed, replication, group and index alone: a group added or a rate changed disturbs nobody else.
    """
    streams = [_stream(scenario, name, place, replication) for place, name in enumerate(scenario.groups)]
    together: list[Any] = [np.concatenate(columns) for columns in zip(*streams, strict=True)]
    arrival, group = together[:2]
    order = np.lexsort((group, arrival))
    return Population(*(column[order] for column in together))


def _stream(scenario: Scenario, name: str, place: int, replication: int) -> Population:
    group = scenario.groups[name]
    a_day = scenario.arrivals.a_day(scenario.place.adults) * scenario.group_shares[name]
    arrival, bases = _arrivals(scenario.run.seed, replication, f"group/{name}", a_day, scenario.run.weeks.horizon)
    households = scenario.place.households
    levels = group.level_at_arrival.shares if group.level_at_arrival else (1.0,)
    needs = group.number_of_needs.shares if group.number_of_needs else (1.0,)
    return Population(
        arrival=arrival,
        group=np.full(arrival.size, place, dtype=np.int64),
        neighbourhood=_picked(bases, "citizen/neighbourhood", tuple(households.values()) or (1.0,)),
        level=1 + _picked(bases, "citizen/level", levels),
        needs=1 + _picked(bases, "citizen/needs", needs),
        base=bases,
    )


def _arrivals(
    seed: int, replication: int, stream: str, a_day: float, horizon: float
) -> tuple[Floats, NDArray[np.uint64]]:
    """Poisson arrival times before `horizon`, and the base of each citizen; one uniform an arrival."""
    count = int(a_day * horizon + 6 * np.sqrt(a_day * horizon) + 16) if a_day > 0 else 0
    while True:
        bases = luck.citizen_bases(seed, replication, stream, 0, count)
        gaps = -np.log1p(-luck.uniforms(bases, luck.name_hash("citizen/arrival"))) / a_day if count else np.empty(0)
        arrival = np.cumsum(gaps)
        if count == 0 or arrival[-1] >= horizon:
            inside = arrival < horizon
            return arrival[inside], bases[inside]
        count *= 2


def _picked(bases: NDArray[np.uint64], name: str, weights: tuple[float, ...]) -> Ints:
    """The place among `weights` that each citizen's uniform falls on."""
    edges = np.cumsum(weights) / np.sum(weights)
    places = np.searchsorted(edges[:-1], luck.uniforms(bases, luck.name_hash(name)), side="right")
    return places.astype(np.int64)
