"""The engine against what theory says of queues that turn people away.

Tolerance: 4 standard errors of the mean of independent replications, on three seeds; a model wrong on purpose fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sim.engine.population import Population
from sim.engine.tables import OUTCOMES, Tables
from sim.scenario.scenario import Scenario

from . import loss_and_priority as theory
from .formulas import erlang_b, mmc
from .observing import Data, disagreeing, in_cohort, network, observed, waits

seeds = pytest.mark.parametrize("seed", [0, 1, 2])
Expected = Mapping[str, float]
FULL = OUTCOMES.index("full")


def hours(work_days: Any) -> Any:
    """A law in days as hours of a post that works round the clock."""
    if not isinstance(work_days, dict):
        return work_days * 24
    return {name: value if name == "law" else value * 24 for name, value in work_days.items()}


def limited(work_days: Any, posts: int, limit: int, *, a_day: float = 16.0) -> Scenario:
    desk: Data = {"team": "t", "hours": hours(work_days), "queue_limit": limit}
    return network({"desk": desk}, {"t": {"posts": posts}}, a_day=a_day, weeks=(4, 8, 1))


def losing(scenario: Scenario, _: Population, tables: Tables) -> dict[str, float]:
    outcome = tables.visits.outcome[in_cohort(scenario, tables.visits)]
    queued = waits(scenario, tables.visits)
    return {"lost": (outcome == FULL).mean(), "wait": queued[outcome != FULL].mean()}


# -- loss -------------------------------------------------------------------------------------------------------------

ERLANG_B: Expected = {"lost": erlang_b(4, 16 * 0.2)}
LAWS = ({"fixed": 0.2}, {"mean": 0.2, "sd": 0.4}, {"law": "gamma", "mean": 0.2, "sd": 0.1})


@seeds
@pytest.mark.parametrize("law", [0.2, *LAWS])
def test_erlang_b_whatever_the_law_of_the_work(seed: int, law: Any) -> None:
    """The share lost hangs on the mean of the work alone (Sevastyanov 1957)."""
    assert not disagreeing(observed(limited(law, 4, 0), losing, seed=seed), ERLANG_B)


@seeds
@pytest.mark.parametrize("wrong", [limited({"fixed": 0.18}, 4, 0), limited(0.2, 5, 0), limited(0.2, 4, 1)])
def test_a_wrong_erlang_b_is_found_out(seed: int, wrong: Scenario) -> None:
    assert disagreeing(observed(wrong, losing, seed=seed), ERLANG_B) == {"lost"}


CUT = theory.mmck(16, 0.2, 3, 3 + 4)
MMCK: Expected = {"lost": CUT.lost, "wait": CUT.mean_wait_days}


@seeds
def test_mmck(seed: int) -> None:
    """Three posts and four who may wait: overloaded, and steady all the same."""
    assert not disagreeing(observed(limited(0.2, 3, 4), losing, seed=seed), MMCK)


@seeds
def test_a_wrong_mmck_is_found_out(seed: int) -> None:
    """Two more may wait: fewer are lost, and they wait longer."""
    assert disagreeing(observed(limited(0.2, 3, 6), losing, seed=seed), MMCK) == {"lost", "wait"}


# -- overflow ---------------------------------------------------------------------------------------------------------

FIRST, ALL = erlang_b(2, 16 * 0.2), erlang_b(4, 16 * 0.2)
OVERFLOW: Expected = {"lost at first": FIRST, "lost at second": ALL / FIRST}


def overflow(second_work: float = 0.2, second_posts: int = 2) -> Scenario:
    """Who finds the first team busy goes to a second, as good as it: together they are one loss system."""
    stages = {
        "first": {"team": "one", "hours": hours(0.2), "queue_limit": 0, "when_full": "second"},
        "second": {"team": "two", "hours": hours(second_work), "queue_limit": 0},
    }
    teams = {"one": {"posts": 2}, "two": {"posts": second_posts}}
    return network(stages, teams, a_day=16.0, weeks=(4, 8, 1))


def overflowing(scenario: Scenario, _: Population, tables: Tables) -> dict[str, float]:
    inside = in_cohort(scenario, tables.visits)
    stage, full = tables.visits.stage[inside], tables.visits.outcome[inside] == FULL
    return {"lost at first": full[stage == 0].mean(), "lost at second": full[stage == 1].mean()}


@seeds
def test_overflow_to_a_second_team(seed: int) -> None:
    assert not disagreeing(observed(overflow(), overflowing, seed=seed), OVERFLOW)


@seeds
def test_overflow_is_burstier_than_poisson_arrivals(seed: int) -> None:
    """The wrong model here is the formula: fed with Poisson arrivals the second team would lose fewer."""
    as_if_poisson = {"lost at second": erlang_b(2, 16 * 0.2 * FIRST)}
    assert disagreeing(observed(overflow(), overflowing, seed=seed), as_if_poisson) == {"lost at second"}


@seeds
def test_overflow_to_a_slower_team_is_found_out(seed: int) -> None:
    assert disagreeing(observed(overflow(0.22), overflowing, seed=seed), OVERFLOW) == {"lost at second"}


def test_formulas_agree_where_they_meet() -> None:
    """No room to wait is Erlang's B; endless room is Erlang's C; one class of priority is plain M/M/c."""
    assert theory.mmck(16, 0.2, 4, 4).lost == pytest.approx(erlang_b(4, 3.2), rel=1e-12)
    assert theory.mmck(16, 0.2, 4, 400).mean_wait_days == pytest.approx(mmc(16, 0.2, 4).mean_wait_days, rel=1e-9)
    alone = theory.priority_waits([0.8], theory.mmc_next_end(16, 0.2, 4))
    assert alone == [pytest.approx(mmc(16, 0.2, 4).mean_wait_days, rel=1e-12)]
