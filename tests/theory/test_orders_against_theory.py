"""The engine against Cobham's waits of two classes, the first served first, work under way never interrupted.

Tolerance: 4 standard errors of the mean of independent replications, on three seeds; first come first served fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sim.engine.population import Population
from sim.engine.tables import Tables
from sim.scenario.scenario import Scenario

from . import loss_and_priority as theory
from .formulas import mmc
from .observing import Data, disagreeing, network, observed, waits
from .test_loss_and_priority import hours

seeds = pytest.mark.parametrize("seed", [0, 1, 2])
slow = pytest.mark.slow
Expected = Mapping[str, float]
Cobham = tuple[Scenario, Expected]

A_DAY, FIRST_SHARE = 20.0, 0.4
GROUPS: Data = {"ordinary": {"share": "rest"}, "urgent": {"share": FIRST_SHARE}}
"""The first in the file is served last, so that the place in the file cannot stand in for the rank."""


def waiting(scenario: Scenario, people: Population, tables: Tables) -> dict[str, float]:
    """Mean wait of the urgent, who are group 1, or at level high, and of all others."""
    visits = tables.visits
    weeks = scenario.run.weeks
    desk = list(scenario.pathways["p"].stages).index("desk")
    here = (visits.joined >= weeks.cohort_from) & (visits.joined < weeks.cohort_to) & (visits.stage == desk)
    urgent = (people.group if len(scenario.groups) == 2 else people.level == 3)[visits.citizen[here]] > 0
    queued = waits(scenario, visits, desk)
    return {"urgent": queued[urgent].mean(), "ordinary": queued[~urgent].mean()}


def line(desk: Data, posts: int, groups: Data, first: Data | None = None) -> Scenario:
    stages = {**({"look": first} if first else {}), "desk": {"team": "t", "purpose": "deciding", **desk}}
    return network(stages, {"t": {"posts": posts}}, a_day=A_DAY, weeks=(4, 8, 1), groups=groups)


def expected(loads: tuple[float, float], next_end: float) -> Expected:
    urgent, ordinary = theory.priority_waits(loads, next_end)
    return {"urgent": urgent, "ordinary": ordinary}


def mm(posts: int, work: float, order: Any = ("urgent",)) -> Cobham:
    """M/M/c: the same exponential work for both."""
    load = A_DAY * work / posts
    ahead = expected((FIRST_SHARE * load, (1 - FIRST_SHARE) * load), theory.mmc_next_end(A_DAY, work, posts))
    order = list(order) if isinstance(order, tuple) else order
    return line({"hours": hours(work), "order": order}, posts, GROUPS), ahead


URGENT, ORDINARY = (0.045, 0.06), (0.035, 0.02)
"""Mean and sd of the work of each class in M/G/1 [days]."""


def mg(order: Any = ("urgent",)) -> Cobham:
    """M/G/1: work of its own for each class."""
    a_day = (FIRST_SHARE * A_DAY, (1 - FIRST_SHARE) * A_DAY)
    ahead = expected(
        (a_day[0] * URGENT[0], a_day[1] * ORDINARY[0]), theory.mg1_next_end_of_classes(a_day, (URGENT, ORDINARY))
    )
    law, own = ({"mean": mean * 24, "sd": sd * 24} for mean, sd in (ORDINARY, URGENT))
    order = list(order) if isinstance(order, tuple) else order
    return line({"hours": law, "hours_by_group": {"urgent": own}, "order": order}, 1, GROUPS), ahead


SYSTEMS = {"M/M/1": mm(1, 0.04), "M/M/3": mm(3, 0.12), "M/G/1": mg()}
FIRST_COME = {"M/M/1": mm(1, 0.04, "first come"), "M/M/3": mm(3, 0.12, "first come"), "M/G/1": mg("first come")}


@seeds
@pytest.mark.parametrize("system", SYSTEMS)
def test_two_classes_by_group(seed: int, system: str) -> None:
    scenario, ahead = SYSTEMS[system]
    assert not disagreeing(observed(scenario, waiting, seed=seed), ahead)


@seeds
@pytest.mark.parametrize("system", ["M/M/1", pytest.param("M/M/3", marks=slow), "M/G/1"])
def test_first_come_first_served_is_found_out(seed: int, system: str) -> None:
    scenario, ahead = FIRST_COME[system]
    assert disagreeing(observed(scenario, waiting, seed=seed), ahead) == {"urgent", "ordinary"}


def by_need(order: str) -> Scenario:
    """Levels that do not move; a gate sees them truly before the desk."""
    everyone = {"all": {"share": 1.0, "level_at_arrival": {"high": FIRST_SHARE, "low": "rest"}}}
    look = {"delay_days": {"fixed": 0}, "gate": {"eligible_from": "low"}, "next": {"desk": "rest"}}
    return line({"hours": hours(0.04), "order": order}, 1, everyone, look)


@seeds
@pytest.mark.parametrize("order", ["most in need first", "most in true need first"])
def test_two_classes_by_need(seed: int, order: str) -> None:
    assert not disagreeing(observed(by_need(order), waiting, seed=seed), SYSTEMS["M/M/1"][1])


@slow
@seeds
def test_those_in_most_need_last_is_found_out(seed: int) -> None:
    """The wrong model here is the formula: with the classes exchanged."""
    loads = ((1 - FIRST_SHARE) * 0.8, FIRST_SHARE * 0.8)
    ordinary, urgent = theory.priority_waits(loads, theory.mmc_next_end(A_DAY, 0.04, 1))
    wrong = {"urgent": urgent, "ordinary": ordinary}
    assert disagreeing(observed(by_need("most in true need first"), waiting, seed=seed), wrong) == set(wrong)


@pytest.mark.parametrize(("posts", "work"), [(1, 0.04), (3, 0.12)])
def test_an_order_moves_waits_about_and_leaves_their_mean(posts: int, work: float) -> None:
    """The conservation law: where work is alike, the mean wait of all is that of first come first served."""
    _, ahead = mm(posts, work)
    mean = FIRST_SHARE * ahead["urgent"] + (1 - FIRST_SHARE) * ahead["ordinary"]
    assert mean == pytest.approx(mmc(A_DAY, work, posts).mean_wait_days, rel=1e-12)
