"""The engine against a numerically solved week (rules 5 and 6), and against a queue on its way from empty.

Tolerance: 4 standard errors of the mean of independent replications, on three seeds; a model wrong on purpose fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.engine.population import Population
from sim.engine.tables import Tables
from sim.measures.overtime import hours_beside_shifts
from sim.measures.record import Record
from sim.scenario.scenario import Scenario

from .formulas import mmc
from .observing import disagreeing, network, observed, waits
from .weeks import Stretch, mean_number, week

seeds = pytest.mark.parametrize("seed", [0, 1, 2])
Expected = Mapping[str, float]

A_DAY, WORK = 1.5, 0.15
WEEKS = (3, 120, 2)
MORNING, AFTERNOON, NIGHT = Stretch(1 / 6, 2), Stretch(1 / 6, 1), Stretch(2 / 3, None)
STRETCHES = [*[Stretch(1 / 3, None), *[MORNING, AFTERNOON, NIGHT] * 5][:-1], Stretch(1 / 3 + 2, None)]


def rota(finish: str, *, later: int = 1, work: float = WORK) -> Scenario:
    """Two posts from 8 to 12 and one (or `later`) to 16 on weekdays; `work` in days of a post."""
    team: dict[str, Any] = {"rota": {"mon-fri": {"08:00-12:00": 2, "12:00-16:00": later}}, "finish": finish}
    return network({"desk": {"team": "t", "hours": work * 24}}, {"t": team}, a_day=A_DAY, weeks=WEEKS)


def working(scenario: Scenario, people: Population, tables: Tables) -> dict[str, float]:
    """Mean wait [days], and overtime in the cohort window [post-days a week]."""
    weeks = scenario.run.weeks
    beside = hours_beside_shifts(Record(scenario, "p", people, tables), weeks.cohort_from, weeks.cohort_to)
    return {"wait": waits(scenario, tables.visits).mean(), "overtime": float(beside.overtime[0]) / 24 / WEEKS[1]}


@cache
def solved(*, same_day: bool) -> Expected:
    """By Little's law the mean wait is the mean number waiting over the arrival rate."""
    means = week(STRETCHES, A_DAY, WORK, same_day=same_day, most_waiting=50)
    return {"wait": means.waiting / A_DAY, "overtime": means.overtime}


@seeds
def test_a_rota_finished_the_same_day(seed: int) -> None:
    assert not disagreeing(observed(rota("same day"), working, seed=seed), solved(same_day=True))


@seeds
def test_a_rota_finished_the_next_day(seed: int) -> None:
    assert not disagreeing(observed(rota("next day"), working, seed=seed), solved(same_day=False))


@seeds
def test_the_other_finish_is_found_out(seed: int) -> None:
    """Work of the same day leaves the posts free in the morning."""
    for finish, same_day in (("next day", True), ("same day", False)):
        assert disagreeing(observed(rota(finish), working, seed=seed), {"wait": solved(same_day=same_day)["wait"]})


@seeds
@pytest.mark.parametrize("wrong", [{"later": 2}, {"work": 0.17}])
def test_a_wrong_rota_is_found_out(seed: int, wrong: dict[str, Any]) -> None:
    assert "wait" in disagreeing(observed(rota("same day", **wrong), working, seed=seed), solved(same_day=True))


def test_a_week_open_day_and_night_is_mmc() -> None:
    """The solver itself: seven days of two posts are an M/M/2 queue."""
    found = week([Stretch(7.0, 2)], 16.0, 0.1, same_day=True, most_waiting=150)
    assert found.waiting == pytest.approx(16.0 * mmc(16.0, 0.1, 2).mean_wait_days, rel=1e-6)


# -- from empty -------------------------------------------------------------------------------------------------------

INSTANTS = np.array([0.25, 0.5, 1.0, 2.0, 4.0, 6.9])


def filling(scenario: Scenario, _: Population, tables: Tables) -> dict[str, float]:
    """How many are in an M/M/3 queue some time after it was empty, with a load of 0.9: it fills for weeks."""
    joined, ended = tables.visits.joined, np.nan_to_num(tables.visits.ended, nan=np.inf)
    return {str(day): float(((joined <= day) & (ended > day)).sum()) for day in INSTANTS.tolist()}


def young(work: float) -> Scenario:
    return network({"desk": {"team": "t", "hours": work * 24}}, {"t": {"posts": 3}}, a_day=27.0, weeks=(0, 1, 1))


GROWING: Expected = dict(zip(map(str, INSTANTS.tolist()), mean_number(27.0, 0.1, 3, INSTANTS, 300), strict=True))


@seeds
def test_a_queue_fills_from_empty_as_its_forward_equations_say(seed: int) -> None:
    assert not disagreeing(observed(young(0.1), filling, seed=seed, number=400), GROWING)


@seeds
def test_a_queue_that_fills_faster_is_found_out(seed: int) -> None:
    assert disagreeing(observed(young(0.125), filling, seed=seed, number=400), GROWING)


def test_a_queue_from_empty_comes_to_its_steady_state() -> None:
    """The solver itself: after 100 days the mean number of an M/M/3 queue is that of its steady state."""
    late = mean_number(27.0, 0.1, 3, np.array([100.0]), 300)
    queue = mmc(27.0, 0.1, 3)
    assert late[0] == pytest.approx(27.0 * (queue.mean_wait_days + 0.1), rel=1e-4)
