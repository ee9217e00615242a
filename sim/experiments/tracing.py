"""Tracing: one citizen's life in every pathway."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.engine.instants import span
from sim.engine.model import compiled
from sim.engine.population import population
from sim.engine.reference import simulate
from sim.errors import RequestError
from sim.measures.named import changes_table, visits_table
from sim.measures.record import Record
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import LEVELS, NO_SERVICE


@dataclass(frozen=True)
class Traced:
    """What happened to one citizen in one pathway: visits and level changes, names instead of codes."""

    pathway: str
    visits: pd.DataFrame
    changes: pd.DataFrame


@dataclass(frozen=True)
class Trace:
    """One citizen, and what happened to them in each pathway and with no service.

    `citizen` holds number, arrival [days], group, neighbourhood, level and needs at arrival; `end` is the day on which
    their follow-up, and with it the trace, ends.
    """

    citizen: pd.Series
    end: float
    lives: tuple[Traced, ...]


def traced(scenario: Scenario, number: int | None = None, replication: int = 0) -> Trace:
    """Follow citizen `number` (the first of the cohort where none is named) through every pathway.

    Raises
    ------
    RequestError
        If there is no such citizen.
    """
    citizens = population(scenario, replication)
    if number is None:
        number = int(np.searchsorted(citizens.arrival, scenario.run.weeks.cohort_from))
    if not 0 <= number < citizens.arrival.size:
        raise RequestError(f"there is no citizen {number}; expected a number from 0 to {citizens.arrival.size - 1}")
    end = min(max(float(citizens.arrival[number]), 0.0) + scenario.run.weeks.follow_up_days, scenario.run.weeks.horizon)
    return Trace(
        citizen=pd.Series(
            {
                "citizen": number,
                "arrival": float(citizens.arrival[number]),
                "group": list(scenario.groups)[citizens.group[number]],
                "neighbourhood": (list(scenario.place.households) or ["all"])[citizens.neighbourhood[number]],
                "level_at_arrival": LEVELS[citizens.level[number]],
                "needs_at_arrival": int(citizens.needs[number]),
            }
        ),
        end=end,
        lives=tuple(
            _life(
                Record(
                    scenario, name, citizens, simulate(compiled(scenario, name)._replace(horizon=span(end)), citizens)
                ),
                number,
            )
            for name in (*scenario.compare, *((None,) if scenario.has_levels else ()))
        ),
    )


def _life(record: Record, number: int) -> Traced:
    return Traced(
        pathway=record.pathway_name or NO_SERVICE,
        visits=visits_table(record, number, number + 1),
        changes=changes_table(record, number, number + 1),
    )
