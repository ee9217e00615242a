"""Replications: every arm on the same citizens, reduced to what can be added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.engine.engines import DEFAULT, Engine, batches
from sim.engine.luck import mixed_array
from sim.engine.model import compiled
from sim.engine.population import Population, population
from sim.engine.tables import gathered
from sim.experiments.arms import Arm, Plan
from sim.experiments.stopping import unless_stopped
from sim.measures.arrays import Floats
from sim.measures.lives import Columns, lives
from sim.measures.named import citizens_table, visits_of
from sim.measures.record import Record
from sim.measures.reductions import Reduction, reduced
from sim.measures.sample import evenly
from sim.measures.sieve import sifted
from sim.measures.stories import stories_table

OWN_LUCK_REPLICATIONS = 3
"""In so many replications each arm also runs on luck of its own: how much of who is better off is coupling?"""


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
    """Lives of the cohort, and visits and stories of some of it, in one arm."""

    citizens: pd.DataFrame
    visits: pd.DataFrame
    stories: pd.DataFrame


class Lived(NamedTuple):
    """One arm in one replication: its reduction, and when each citizen of the cohort got right help.

    `on_own_luck` is the same with luck of the arm's own, where that is run; `example` comes with replication 0 alone.
    """

    reduction: Reduction
    day_of_help: Floats
    on_own_luck: Floats | None
    example: Example | None


def replicate(plan: Plan, number: int) -> Replication:
    """Run every arm of a plan on the citizens of one replication."""
    citizens = population(plan.scenario, number)
    return brought_together(number, [live(plan, number, place, citizens) for place in range(len(plan.arms))])


def live(plan: Plan, number: int, place: int, citizens: Population) -> Lived:
    """Run one arm of a plan, the one in this place, on the citizens of a replication."""
    arm, own = plan.arms[place], None
    record = (ran if plan.all_visits and number == 0 else measured)(arm, citizens, plan.engine)
    reduction, columns = reduced(record)
    if _has_own_luck(plan, number) and place and arm.pathway:
        own = lives(measured(arm, with_own_luck(citizens), plan.engine))["day_right_help"]
    example = _example(record, columns, plan) if number == 0 and not plan.headlines_only else None
    return Lived(reduction, columns.get("day_right_help", np.empty(0)), own, example)


def _has_own_luck(plan: Plan, number: int) -> bool:
    """Whether each arm but the first also runs on luck of its own in this replication."""
    return plan.scenario.has_levels and number < OWN_LUCK_REPLICATIONS and not plan.headlines_only


def brought_together(number: int, arms: Sequence[Lived]) -> Replication:
    """The replication that its arms make up: who was helped sooner in which is known only now."""
    first = arms[0].day_of_help
    return Replication(
        number,
        tuple(arm.reduction for arm in arms),
        np.array([[_beside(days, first) for days in (arm.day_of_help, arm.on_own_luck)] for arm in arms]),
        tuple(arm.example for arm in arms if arm.example),
    )


def _beside(days: Floats | None, first: Floats) -> Floats:
    return sooner_later_same(days, first) if days is not None and days.size else np.full(3, np.nan)


def _example(record: Record, columns: Columns, plan: Plan) -> Example:
    shown = evenly(len(record.cohort))
    kept = np.arange(len(record.citizens)) if plan.all_visits else record.cohort.first + shown
    return Example(citizens_table(record, columns), visits_of(record, kept), stories_table(record, shown))


def measured(arm: Arm, citizens: Population, engine: Engine = DEFAULT) -> Record:
    """The record of an arm over these citizens, with as much of it as measures need."""
    written = batches(compiled(arm.scenario, arm.pathway), citizens, engine)
    return sifted(arm.scenario, arm.pathway, citizens, unless_stopped(written))


def ran(arm: Arm, citizens: Population, engine: Engine = DEFAULT) -> Record:
    """The record of an arm over these citizens, with all that happened."""
    written = batches(compiled(arm.scenario, arm.pathway), citizens, engine)
    return Record(arm.scenario, arm.pathway, citizens, gathered(unless_stopped(written)))


def with_own_luck(citizens: Population) -> Population:
    """The same citizens on other luck, as if each pathway had luck of its own."""
    return Population(**{**citizens._asdict(), "base": mixed_array(citizens.base)})


def sooner_later_same(mine: Floats, theirs: Floats) -> Floats:
    """Shares of citizens who got right help over a day sooner, over a day later, and the same (or never) in `mine`."""
    sooner, later = mine + 1 < theirs, theirs + 1 < mine
    count = max(1, mine.size)
    return np.array([sooner.sum(), later.sum(), mine.size - sooner.sum() - later.sum()], dtype=np.float64) / count
