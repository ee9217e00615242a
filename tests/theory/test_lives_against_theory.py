"""The lives of the engine against theory: ends that compete, coming back, the course of a need.

Tolerance and wrong models as in `test_engine_against_theory`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from sim.engine.population import Population
from sim.engine.tables import OUTCOMES, Tables
from sim.scenario.scenario import Scenario

from . import formulas
from .observing import Data, cohort_alone, days_in_need, disagreeing, levels_by_day, network, observed, of_cohort

SEEDS = (0, 1, 2)
seeds = pytest.mark.parametrize("seed", SEEDS)
slow = pytest.mark.slow

Expected = Mapping[str, float]


# -- ends that compete, and coming back -------------------------------------------------------------------------------

NEEDY: Data = {"share": 1.0, "level_at_arrival": {"low": 1.0}}

ENDS = formulas.competing_risks({"gave_up": 1 / 9, "recovered": 1 / 14, "left_area": 1 / 25})
RISKS: Expected = {**ENDS.shares, "days": ENDS.mean_days}


def no_staff(patience: float = 9.0, eases: float = 14.0, leaves: float = 25.0) -> Scenario:
    group = {**NEEDY, "eases_after_days": {"low": eases}, "leaves_after_days": {"low": leaves}}
    desk = {"team": "t", "hours": 1, "purpose": "deciding", "gives_up_after_days": patience}
    team = {"t": {"posts": 0.001}}
    return network({"desk": desk}, team, a_day=20.0, weeks=(0, 4, 30), groups={"all": group})


def ending(scenario: Scenario, people: Population, tables: Tables) -> dict[str, float]:
    cohort, visits = of_cohort(scenario, people), tables.visits
    theirs = cohort[visits.citizen]
    assert np.isnan(visits.started).all()
    shares = {name: (visits.outcome[theirs] == OUTCOMES.index(name)).mean() for name in ENDS.shares}
    return {**shares, "days": (visits.ended - visits.joined)[theirs].mean()}


@seeds
def test_competing_risks_while_waiting(seed: int) -> None:
    assert not disagreeing(observed(no_staff(), ending, seed=seed, crowd=cohort_alone), RISKS)


@seeds
@pytest.mark.parametrize(
    "wrong",
    [
        no_staff(patience=10.8),
        pytest.param(no_staff(eases=11.2), marks=slow),
        pytest.param(no_staff(leaves=16), marks=slow),
    ],
)
def test_wrong_competing_risks_are_found_out(seed: int, wrong: Scenario) -> None:
    assert {"gave_up", "days"} <= disagreeing(observed(wrong, ending, seed=seed, crowd=cohort_alone), RISKS)


def chain(fits: float, back: float) -> formulas.Absorption:
    """From call, assessment and away to resolved and recovered. Away ends at 1 / back against 1 / 30 a day."""
    returns = (1 / back) / (1 / back + 1 / 30)
    moves = [[0.0, 0.6, 0.4], [0.0, 0.0, 1 - fits], [returns, 0.0, 0.0]]
    ends = [[0.0, 0.0], [fits, 0.0], [0.0, 1 - returns]]
    return formulas.absorbing_chain(moves, ends, [1, 0, 0])


COST = (12.0, 250.0, 0.0)
RETURNS = chain(0.5, 10.0)
CHAIN: Expected = {
    "approaches": float(RETURNS.visits[0]),
    "assessments": float(RETURNS.visits[1]),
    "cost": RETURNS.cost(COST),
    "resolved": float(RETURNS.shares[0]),
    "recovered": float(RETURNS.shares[1]),
}


def returning(fits: float = 0.5, back: float = 10.0) -> Scenario:
    """Work takes no time, so that the need eases only while people are away."""
    stages = {
        "call": {"team": "t", "hours": {"fixed": 0}, "purpose": "deciding", "next": {"assess": 0.6, "leave": "rest"}},
        "assess": {"team": "t", "hours": {"fixed": 0}, "purpose": "helping", "help": {"fits": fits, "meets": "all"}},
    }
    return network(
        stages,
        {"t": {"posts": 1}},
        a_day=10.0,
        weeks=(0, 4, 60),
        groups={"all": {**NEEDY, "eases_after_days": {"low": 30.0}}},
        comes_back_after_days={"low": back},
    )


def approaching(scenario: Scenario, people: Population, tables: Tables) -> dict[str, float]:
    cohort, visits, changes = of_cohort(scenario, people), tables.visits, tables.changes
    number = cohort.sum()
    theirs, moved = cohort[visits.citizen], cohort[changes.citizen]
    calls, assessments = ((theirs & (visits.stage == stage)).sum() / number for stage in (0, 1))
    return {
        "approaches": visits.approach[theirs & (visits.stage == 0)].size / number,
        "assessments": assessments,
        "cost": calls * COST[0] + assessments * COST[1],
        "resolved": (moved & (changes.cause == 2)).sum() / number,
        "recovered": (moved & (changes.cause == 1)).sum() / number,
    }


@seeds
def test_chain_of_coming_back(seed: int) -> None:
    assert not disagreeing(observed(returning(), approaching, seed=seed, crowd=cohort_alone), CHAIN)


@seeds
@pytest.mark.parametrize("wrong", [returning(fits=0.4), pytest.param(returning(back=15.0), marks=slow)])
def test_a_wrong_chain_of_coming_back_is_found_out(seed: int, wrong: Scenario) -> None:
    seen = observed(wrong, approaching, seed=seed, crowd=cohort_alone)
    assert {"approaches", "cost", "resolved"} <= disagreeing(seen, CHAIN)


# -- the course -------------------------------------------------------------------------------------------------------

COURSE = formulas.Course(
    worsens_after_days={"low": 200, "moderate": 150, "high": 100},
    eases_after_days={"low": 80, "moderate": 120, "high": 200, "crisis": 21},
    leaves_after_days={"low": 900, "moderate": 700, "high": 500, "crisis": 250},
)
MIX = {"low": 0.3, "moderate": 0.4, "high": 0.25, "crisis": 0.05}
FOLLOWED = 364.0
MOMENTS = np.array([91.0, 182.0, 363.0])


def course_expected() -> Expected:
    spent = formulas.course_days(COURSE, MIX, FOLLOWED)
    shares = {
        f"{level} on day {day:g}": formulas.course_shares(COURSE, MIX, day)[level]
        for day in MOMENTS
        for level in ("low", "moderate", "high", "crisis")
    }
    return {
        "days in need": formulas.mean_days_in_need(COURSE, MIX, FOLLOWED),
        "crises": MIX["crisis"] + spent["high"] / COURSE.worsens_after_days["high"],
        **shares,
    }


def untouched(**other: Mapping[str, float]) -> Scenario:
    """The course with nobody to help; `other` replaces some of its days."""
    group: Data = {
        "share": 1.0,
        "level_at_arrival": MIX,
        "worsens_after_days": dict(COURSE.worsens_after_days),
        "eases_after_days": dict(COURSE.eases_after_days),
        "leaves_after_days": dict(COURSE.leaves_after_days),
        **other,
    }
    desk = {"team": "t", "hours": 1, "purpose": "deciding"}
    return network({"desk": desk}, {"t": {"posts": 1}}, a_day=10.0, weeks=(0, 4, 52), groups={"all": group})


def living(scenario: Scenario, people: Population, tables: Tables) -> dict[str, float]:
    cohort, changes = of_cohort(scenario, people), tables.changes
    levels = levels_by_day(people, changes, MOMENTS)[cohort]
    within = changes.day - people.arrival[changes.citizen] < FOLLOWED
    entered = (within & cohort[changes.citizen] & (changes.to_level == 4)).sum() + (people.level[cohort] == 4).sum()
    shares = {
        f"{name} on day {day:g}": (levels[:, at] == level).mean()
        for at, day in enumerate(MOMENTS)
        for level, name in enumerate(("low", "moderate", "high", "crisis"), start=1)
    }
    return {
        "days in need": days_in_need(people, changes, FOLLOWED)[cohort].mean(),
        "crises": entered / cohort.sum(),
        **shares,
    }


@seeds
def test_course_with_no_service(seed: int) -> None:
    seen = observed(untouched(), living, seed=seed, crowd=cohort_alone, pathway=None)
    assert not disagreeing(seen, course_expected())


@seeds
@pytest.mark.parametrize(
    "wrong",
    [
        untouched(eases_after_days={**COURSE.eases_after_days, "low": 100}),
        pytest.param(untouched(worsens_after_days={**COURSE.worsens_after_days, "high": 75}), marks=slow),
        pytest.param(untouched(leaves_after_days=dict.fromkeys(MIX, 400)), marks=slow),
    ],
)
def test_a_wrong_course_is_found_out(seed: int, wrong: Scenario) -> None:
    seen = observed(wrong, living, seed=seed, crowd=cohort_alone, pathway=None)
    assert disagreeing(seen, course_expected())
