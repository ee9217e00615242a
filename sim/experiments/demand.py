"""Demand: the headlines of a run, and those at fewer and at more arrivals, on the same luck, over its first
replications.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from sim.engine.engines import Engine
from sim.engine.population import population
from sim.errors import ScenarioError
from sim.experiments.arms import Arm, Plan
from sim.experiments.comparison import Comparison, verdict
from sim.experiments.estimates import Estimate, Key, difference, estimates
from sim.experiments.pilots import Hands
from sim.experiments.replications import measured
from sim.experiments.statistics import half_width
from sim.experiments.steadiness import growing
from sim.measures.definitions import DEFINITIONS
from sim.measures.reductions import Reduction, reduced
from sim.scenario.scaling import with_arrivals
from sim.scenario.scenario import Scenario

FACTORS = (0.8, 1.0, 1.2)
MOST_REPLICATIONS = 10

DEMAND_COLUMNS = (
    "factor", "pathway", "against", "measure", "unit", "mean", "low", "high", "verdict", "replications",
)  # fmt: skip

Row = dict[str, Any]
Reduced = Sequence[Reduction]
"""Reductions of one arm, replication by replication."""


class Task(NamedTuple):
    """An arm to run in one replication."""

    arm: Arm
    number: int
    engine: Engine


def reduction(task: Task) -> Reduction:
    """The reduction of an arm in one replication."""
    citizens = population(task.arm.scenario, task.number)
    return reduced(measured(task.arm, citizens, task.engine))[0]


def demand(result: Comparison, hands: Hands, begin: Callable[[int], None]) -> pd.DataFrame:
    """The headlines of every pathway as specified, and the differences from the first, at each factor on arrivals.

    At factor 1 these are the run's own, over all its replications, so that nothing is run again; at the others they are
    over the first of them, at most 10, with their numbers. A factor that would bring more citizens than a machine can
    hold is left out; without headlines the table is empty.
    """
    agreed = result.plan
    numbers = [one.number for one in result.replications[:MOST_REPLICATIONS]]
    pathways = agreed.scenario.compare
    plans = dict(_plans(agreed)) if result.headlines else {}
    tasks = [
        Task(arm, number, agreed.engine)
        for factor, changed in plans.items()
        for arm in (changed.arms if factor != 1 else ())
        for number in numbers
    ]
    if tasks:
        begin(len(tasks))
    made = iter(hands.each(reduction, tasks))
    rows: list[Row] = []
    for factor, changed in plans.items():
        if factor == 1:
            found = [[one.reductions[at] for one in result.replications] for at in range(len(pathways))]
        else:
            found = [[next(made) for _ in numbers] for _ in pathways]
        rows += [{"factor": factor, **row} for row in _rows(changed, found, result.headlines)]
    return pd.DataFrame(rows, columns=list(DEMAND_COLUMNS))


def _plans(agreed: Plan) -> Iterator[tuple[float, Plan]]:
    """The pathways as specified, with so many times the arrivals."""
    for factor in FACTORS:
        try:
            scenario = with_arrivals(agreed.scenario, factor)
        except ScenarioError:
            continue
        arms = tuple(Arm(name, scenario) for name in scenario.compare)
        yield factor, Plan(scenario, arms, (), engine=agreed.engine, warm_up=agreed.warm_up)


def _rows(changed: Plan, found: Sequence[Reduced], headlines: Sequence[str]) -> Iterator[Row]:
    arms = [estimates(arm.scenario, arm.pathway, of) for arm, of in zip(changed.arms, found, strict=True)]
    unsteady = growing(changed, arms) if changed.is_settled else set(range(len(arms)))
    for name in headlines:
        for place, arm in enumerate(changed.arms):
            if Key(name) in arms[place]:
                yield {"pathway": arm.name, "against": "", "verdict": "", **_row(name, arms[place][Key(name)], 1)}
    for name in headlines:
        for place, arm in enumerate(changed.arms[1:], start=1):
            if Key(name) in arms[place] and Key(name) in arms[0]:
                row = _row(name, difference(arms[place][Key(name)], arms[0][Key(name)]), len(headlines))
                told = "unsteady" if unsteady & {0, place} else _verdict(changed.scenario, row)
                yield {"pathway": arm.name, "against": changed.arms[0].name, "verdict": told, **row}


def _verdict(scenario: Scenario, row: Row) -> str:
    return verdict({**row, "matters": scenario.run.matters.get(row["measure"])})


def _row(measure: str, estimate: Estimate, comparisons: int) -> Row:
    half = float(half_width(estimate.pseudo, comparisons))
    ends = {"mean": estimate.point, "low": estimate.point - half, "high": estimate.point + half}
    return {"measure": measure, "unit": DEFINITIONS[measure].unit, **ends, "replications": estimate.values.size}
