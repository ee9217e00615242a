"""Replications: every arm on the same citizens, reduced to what can be added up."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.engine.engines import DEFAULT, Engine, batches, simulate
from sim.engine.luck import mixed_array
from sim.engine.model import compiled
from sim.engine.population import Population, population
from sim.experiments.arms import Arm, Plan
from sim.measures.arrays import Floats
from sim.measures.lives import Columns
from sim.measures.named import citizens_table, visits_table
from sim.measures.record import Record
from sim.measures.reductions import Reduction, reduced
from sim.measures.sieve import sifted

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
    whole = plan.all_visits and number == 0
    records = [(ran if whole else measured)(arm, citizens, plan.engine) for arm in plan.arms]
    results = [reduced(record) for record in records]
    pairs = np.full((len(plan.arms), 2, 3), np.nan)
    if plan.scenario.has_levels:
        first = results[0][1]
        for place, arm in enumerate(plan.arms):
            pairs[place, 0] = sooner_later_same(results[place][1], first)
            if number < OWN_LUCK_REPLICATIONS and place and arm.pathway:
                on_own_luck = measured(arm, with_own_luck(citizens), plan.engine)
                pairs[place, 1] = sooner_later_same(reduced(on_own_luck)[1], first)
    examples: tuple[Example, ...] = ()
    if number == 0:
        examples = tuple(_example(record, result[1], plan) for record, result in zip(records, results, strict=True))
    return Replication(number, tuple(reduction for reduction, _ in results), pairs, examples)


def _example(record: Record, columns: Columns, plan: Plan) -> Example:
    cohort = record.cohort
    last = len(record.citizens) if plan.all_visits else min(cohort.first + VISITS_OF_CITIZENS, cohort.last)
    first = 0 if plan.all_visits else cohort.first
    return Example(citizens_table(record, columns), visits_table(record, first, last))


def measured(arm: Arm, citizens: Population, engine: Engine = DEFAULT) -> Record:
    """The record of an arm over these citizens, with as much of it as measures need."""
    written = batches(compiled(arm.scenario, arm.pathway), citizens, engine)
    return sifted(arm.scenario, arm.pathway, citizens, written)


def ran(arm: Arm, citizens: Population, engine: Engine = DEFAULT) -> Record:
    """The record of an arm over these citizens, with all that happened."""
    return Record(arm.scenario, arm.pathway, citizens, simulate(compiled(arm.scenario, arm.pathway), citizens, engine))


def with_own_luck(citizens: Population) -> Population:
    """The same citizens on other luck, as if each pathway had luck of its own."""
    return Population(**{**citizens._asdict(), "base": mixed_array(citizens.base)})


def sooner_later_same(one: Columns, other: Columns) -> Floats:
    """Shares of citizens who got right help over a day sooner, over a day later, and the same (or never) in `one`."""
    mine, theirs = one["day_right_help"], other["day_right_help"]
    sooner, later = mine + 1 < theirs, theirs + 1 < mine
    count = max(1, mine.size)
    return np.array([sooner.sum(), later.sum(), mine.size - sooner.sum() - later.sum()], dtype=np.float64) / count
