"""Replications: every arm on the same citizens, reduced to what can be added up."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.engine.engines import DEFAULT, Engine, simulate
from sim.engine.luck import mixed_array
from sim.engine.model import compiled
from sim.engine.population import Population, population
from sim.engine.tables import Tables
from sim.experiments.arms import Arm, Plan
from sim.measures.arrays import Floats
from sim.measures.lives import Columns
from sim.measures.named import citizens_table, visits_table
from sim.measures.record import Record
from sim.measures.reductions import Reduction, reduced

OWN_LUCK_REPLICATIONS = 3
"""In so many replications each arm also runs on luck of its own: how much of who is better off is coupling?"""


VISITS_OF_CITIZENS = 2000
"""So many citizens of the cohort have their visits kept, unless all are asked for."""


class Replication(NamedTuple):
    """One replication: a reduction for each arm, and who was helped sooner, later or the same as in the first arm.

    `pairs` is (arms, 2, 3): on common luck and on luck of its own (NaN where not run); shares sooner, later, same.
    `examples` are the lives and visits of each arm, brought home by replication 0 alone.
    """

    number: int
    reductions: tuple[Reduction, ...]
    pairs: Floats
    examples: tuple[Example, ...] = ()


class Example(NamedTuple):
    """Lives of the cohort and visits of some of it, in one arm."""

    citizens: pd.DataFrame
    visits: pd.DataFrame


def replicate(plan: Plan, number: int) -> Replication:
    """Run every arm of a plan on the citizens of one replication."""
    citizens = population(plan.scenario, number)
    records = [ran(arm, citizens, plan.engine) for arm in plan.arms]
    results = [reduced(record) for record in records]
    pairs = np.full((len(plan.arms), 2, 3), np.nan)
    if plan.scenario.has_levels:
        first = results[0][1]
        for place, arm in enumerate(plan.arms):
            pairs[place, 0] = sooner_later_same(results[place][1], first)
            if number < OWN_LUCK_REPLICATIONS and place and arm.pathway:
                pairs[place, 1] = sooner_later_same(reduced(ran(arm, citizens, plan.engine, own_luck=True))[1], first)
    examples: tuple[Example, ...] = ()
    if number == 0:
        examples = tuple(_example(record, result[1], plan) for record, result in zip(records, results, strict=True))
    return Replication(number, tuple(reduction for reduction, _ in results), pairs, examples)


def _example(record: Record, columns: Columns, plan: Plan) -> Example:
    cohort = record.cohort
    last = len(record.citizens) if plan.all_visits else min(cohort.first + VISITS_OF_CITIZENS, cohort.last)
    first = 0 if plan.all_visits else cohort.first
    return Example(citizens_table(record, columns), visits_table(record, first, last))


def ran(arm: Arm, citizens: Population, engine: Engine = DEFAULT, *, own_luck: bool = False) -> Record:
    """The record of an arm over these citizens, on common luck or on luck of its own."""
    return Record(arm.scenario, arm.pathway, citizens, simulated(arm, citizens, engine, own_luck=own_luck))


def simulated(arm: Arm, citizens: Population, engine: Engine = DEFAULT, *, own_luck: bool = False) -> Tables:
    """Visits and level changes of an arm over these citizens."""
    people = Population(**{**citizens._asdict(), "base": mixed_array(citizens.base)}) if own_luck else citizens
    return simulate(compiled(arm.scenario, arm.pathway), people, engine)


def sooner_later_same(one: Columns, other: Columns) -> Floats:
    """Shares of citizens who got right help over a day sooner, over a day later, and the same (or never) in `one`."""
    mine, theirs = one["day_right_help"], other["day_right_help"]
    sooner, later = mine + 1 < theirs, theirs + 1 < mine
    count = max(1, mine.size)
    return np.array([sooner.sum(), later.sum(), mine.size - sooner.sum() - later.sum()], dtype=np.float64) / count
