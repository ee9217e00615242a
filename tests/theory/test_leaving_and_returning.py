"""The engine against what theory says of queues that people leave, and of appointments that are missed.

Tolerance: 4 standard errors of the mean of independent replications, on three seeds; a model wrong on purpose fails.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim.engine.population import Population
from sim.engine.tables import OUTCOMES, Tables
from sim.scenario.scenario import Scenario

from . import leaving_and_returning as theory
from .formulas import competing_risks, erlang_a, mmc
from .leaving_and_returning import ENDLESS, exponential_patience, fixed_patience, gamma_patience
from .observing import Data, disagreeing, in_cohort, network, observed, of_cohort, waits
from .test_loss_and_priority import hours

seeds = pytest.mark.parametrize("seed", [0, 1, 2])
slow = pytest.mark.slow
Expected = Mapping[str, float]
A_DAY, WORK, POSTS = 20.0, 0.14, 3


def queue(*, work: Any = WORK, posts: int = POSTS, groups: Data | None = None, **stage: Any) -> Scenario:
    desk: Data = {"team": "t", "hours": hours(work), "purpose": "deciding", **stage}
    other = {"groups": groups} if groups else {}
    return network({"desk": desk}, {"t": {"posts": posts}}, a_day=A_DAY, weeks=(4, 8, 1), **other)


def leaving(scenario: Scenario, people: Population, tables: Tables) -> dict[str, float]:
    visits = tables.visits
    inside, queued = in_cohort(scenario, visits), waits(scenario, visits)
    unserved, group = np.isnan(visits.started), people.group[visits.citizen]
    causes = {name: visits.outcome == OUTCOMES.index(name) for name in ("gave_up", "recovered", "left_area")}
    return {
        "wait": queued.mean(),
        "waited": (queued > 0).mean(),
        "left": unserved[inside].mean(),
        **{f"left of {at}": unserved[inside & (group == at)].mean() for at in range(len(scenario.groups))},
        **{f"{name} waiting": (unserved & cause)[inside].mean() for name, cause in causes.items()},
    }


# -- laws of patience -------------------------------------------------------------------------------------------------


def with_patience(work: float, posts: int, *classes: tuple[float, theory.Patience]) -> Expected:
    found = theory.mmc_with_patience(A_DAY, work, posts, classes)
    left = math.fsum(share * gave_up for (share, _), gave_up in zip(classes, found.gave_up, strict=True))
    each = {f"left of {at}": gave_up for at, gave_up in enumerate(found.gave_up)}
    return {"wait": found.mean_wait_days, "waited": found.wait_probability, "left": left, **each}


FIXED = with_patience(WORK, POSTS, (1.0, fixed_patience(0.1)))
GAMMA = with_patience(WORK, POSTS, (1.0, gamma_patience(0.1, 0.05)))
ONE_POST = with_patience(0.048, 1, (1.0, gamma_patience(0.1, 0.2)))


@seeds
def test_mmc_with_fixed_patience(seed: int) -> None:
    scenario = queue(gives_up_after_days={"fixed": 0.1})
    assert not disagreeing(observed(scenario, leaving, seed=seed), FIXED)


@seeds
def test_mmc_with_gamma_patience(seed: int) -> None:
    scenario = queue(gives_up_after_days={"law": "gamma", "mean": 0.1, "sd": 0.05})
    assert not disagreeing(observed(scenario, leaving, seed=seed), GAMMA)


@seeds
def test_mm1_with_gamma_patience_more_spread_than_exponential(seed: int) -> None:
    scenario = queue(work=0.048, posts=1, gives_up_after_days={"law": "gamma", "mean": 0.1, "sd": 0.2})
    assert not disagreeing(observed(scenario, leaving, seed=seed), ONE_POST)


@seeds
def test_exponential_patience_of_the_same_mean_is_found_out(seed: int) -> None:
    wrong = observed(queue(gives_up_after_days=0.1), leaving, seed=seed)
    assert {"wait", "left"} <= disagreeing(wrong, FIXED)
    assert {"wait", "left"} <= disagreeing(wrong, GAMMA)


MIXED = with_patience(WORK, POSTS, (0.5, exponential_patience(0.05)), (0.5, ENDLESS))
BY_GROUP = {"hasty": {"share": 0.5}, "patient": {"share": 0.5}}


@seeds
def test_patience_by_group_beside_a_group_of_endless_patience(seed: int) -> None:
    scenario = queue(groups=BY_GROUP, gives_up_after_days_by_group={"hasty": 0.05})
    seen = observed(scenario, leaving, seed=seed)
    assert not seen["left of 1"].any()
    assert not disagreeing(seen, {name: value for name, value in MIXED.items() if name != "left of 1"})


@seeds
def test_a_wrong_patience_by_group_is_found_out(seed: int) -> None:
    wrong = queue(groups=BY_GROUP, gives_up_after_days_by_group={"hasty": 0.12})
    seen = observed(wrong, leaving, seed=seed)
    assert {"wait", "left of 0"} <= disagreeing(seen, {name: MIXED[name] for name in ("wait", "left of 0")})


# -- several causes of leaving ----------------------------------------------------------------------------------------


def two_causes(other: str, other_days: float, patience: float = 0.2) -> Scenario:
    group = {"share": 1.0, "level_at_arrival": {"low": 1.0}, other: {"low": other_days}}
    return queue(groups={"all": group}, gives_up_after_days=patience)


def expected_of(other: str, other_days: float, work: float) -> Expected:
    """Patience and another exponential end run side by side: M/M/c+M with the sum of their rates, shared by rate."""
    ends = competing_risks({"gave_up": 1 / 0.2, other: 1 / other_days})
    found = erlang_a(A_DAY, work, POSTS, ends.mean_days)
    split = {f"{cause} waiting": share * found.abandon_probability for cause, share in ends.shares.items()}
    return {"wait": found.mean_wait_days, "waited": found.wait_probability, "left": found.abandon_probability, **split}


RECOVERING = expected_of("recovered", 0.3, WORK)
"""Work on one whose need has ended runs on to its end."""

MOVING = expected_of("left_area", 0.3, 1 / (1 / WORK + 1 / 0.3))
"""Leaving the area breaks work off too."""


@seeds
def test_giving_up_beside_recovering(seed: int) -> None:
    seen = observed(two_causes("eases_after_days", 0.3), leaving, seed=seed)
    assert not disagreeing(seen, RECOVERING)


@seeds
def test_giving_up_beside_leaving_the_area(seed: int) -> None:
    seen = observed(two_causes("leaves_after_days", 0.3), leaving, seed=seed)
    assert not disagreeing(seen, MOVING)


@slow
@seeds
def test_causes_the_wrong_way_round_are_found_out(seed: int) -> None:
    """As many leave; of which cause is wrong."""
    seen = observed(two_causes("eases_after_days", 0.2, patience=0.3), leaving, seed=seed)
    assert disagreeing(seen, RECOVERING) == {"gave_up waiting", "recovered waiting"}


# -- missed appointments ----------------------------------------------------------------------------------------------

LAW = {"law": "gamma", "mean": 0.028, "sd": 0.04}
AGAIN = theory.mg1_with_feedback(A_DAY, 0.028, 0.04, 0.25)
RETURNING: Expected = {"visits": AGAIN.visits, "missed": 0.25, "busy": AGAIN.busy, "days": AGAIN.mean_days}


def missing(share: float = 0.25, then: str = "again") -> Scenario:
    return queue(work=LAW, posts=1, missed={"share": share, "then": then})


def returning(scenario: Scenario, people: Population, tables: Tables) -> dict[str, float]:
    """Of citizens of the cohort window; nobody in this window is still there a week after it."""
    visits, weeks, cohort = tables.visits, scenario.run.weeks, of_cohort(scenario, people)
    theirs = cohort[visits.citizen]
    last = np.zeros(len(people))
    np.maximum.at(last, visits.citizen, np.nan_to_num(visits.ended))
    used = np.minimum(visits.ended, weeks.cohort_to) - np.maximum(visits.started, weeks.cohort_from)
    return {
        "visits": theirs.sum() / cohort.sum(),
        "missed": (visits.outcome[theirs] == OUTCOMES.index("missed")).mean(),
        "busy": np.nansum(np.maximum(used, 0)) / (weeks.cohort_to - weeks.cohort_from),
        "days": (last - people.arrival)[cohort].mean(),
    }


@seeds
def test_missed_and_again_is_a_queue_with_feedback(seed: int) -> None:
    assert not disagreeing(observed(missing(), returning, seed=seed), RETURNING)


@seeds
def test_a_smaller_share_missed_is_found_out(seed: int) -> None:
    assert disagreeing(observed(missing(share=0.15), returning, seed=seed), RETURNING) == set(RETURNING)


@slow
@seeds
def test_leaving_in_place_of_coming_again_is_found_out(seed: int) -> None:
    """The share missed is the same; nobody has a second visit, so that is not among what is compared."""
    seen = observed(missing(then="leave"), returning, seed=seed)
    compared = {name: RETURNING[name] for name in ("missed", "busy", "days")}
    assert disagreeing(seen, compared) == {"busy", "days"}


# -- the formulas -----------------------------------------------------------------------------------------------------


def test_exponential_patience_is_erlang_a() -> None:
    known = erlang_a(20, 0.2, 5, 0.3)
    found = theory.mmc_with_patience(20, 0.2, 5, [(1.0, exponential_patience(0.3))])
    assert found.wait_probability == pytest.approx(known.wait_probability, rel=1e-8)
    assert found.mean_wait_days == pytest.approx(known.mean_wait_days, rel=1e-8)
    assert list(found.gave_up) == [pytest.approx(known.abandon_probability, rel=1e-8)]
    twins = theory.mmc_with_patience(20, 0.2, 5, [(0.3, exponential_patience(0.3)), (0.7, gamma_patience(0.3, 0.3))])
    assert list(twins.gave_up) == [pytest.approx(known.abandon_probability, rel=1e-8)] * 2


def test_fixed_patience_is_that_of_boots_and_tijms() -> None:
    found = theory.mmc_with_patience(A_DAY, WORK, POSTS, [(1.0, fixed_patience(0.1))])
    assert found.gave_up[0] == pytest.approx(theory.mmc_fixed_patience_lost(A_DAY, WORK, POSTS, 0.1), rel=1e-4)


def test_endless_patience_is_erlang_c() -> None:
    found = theory.mmc_with_patience(20, 0.14, 3, [(1.0, ENDLESS)])
    assert found.mean_wait_days == pytest.approx(mmc(20, 0.14, 3).mean_wait_days, rel=1e-8)
    assert found.gave_up[0] == pytest.approx(0, abs=1e-12)


def test_a_queue_with_feedback_of_exponential_work_is_a_slower_mm1() -> None:
    found = theory.mg1_with_feedback(20, 0.03, 0.03, 0.25)
    assert found.mean_days == pytest.approx(mmc(20, 0.04, 1).mean_wait_days + 0.04, rel=1e-12)
    assert [found.visits, found.busy] == [pytest.approx(4 / 3), pytest.approx(0.8)]
