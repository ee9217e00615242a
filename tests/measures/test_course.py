"""What the course alone comes to, against the closed forms of small chains."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.measures.course import course_shares, remission
from sim.scenario.citizens import Group
from sim.scenario.scenario import Scenario

from ..engine.worlds import needy, plain

DAYS = (0.0, 1.0, 28.0, 364.0, 5_000.0)
PAUSE = {"pause": {"delay_days": 1}}
MIXED = {"low": 0.4, "moderate": 0.3, "high": 0.2, "crisis": 0.1}


def of(level: str, **group: Any) -> Group:
    """A group that all arrive at one level."""
    return Group.model_validate({"share": 1.0, "level_at_arrival": {level: 1.0}, **group})


def exactly(shares: Any) -> Any:
    return pytest.approx(shares, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("t", DAYS)
def test_of_two_ends_each_takes_its_share_by_its_rate(t: float) -> None:
    """Low eases at 1/100 a day and leaves at 1/300: three quarters of the ends are recoveries, at 1/75 a day."""
    over = 1 - math.exp(-t / 75)
    found = course_shares(of("low", eases_after_days={"low": 100}, leaves_after_days={"low": 300}), t)
    assert found == exactly([1 - over, 0, 0, 0, 0.75 * over, 0.25 * over])


@pytest.mark.parametrize("t", DAYS)
def test_two_steps_to_recovery_take_the_sum_of_two_exponential_times(t: float) -> None:
    """Rates a = 1/50 from moderate and b = 1/20 from low; ended by t: 1 - (b e^(-at) - a e^(-bt)) / (b - a)."""
    a, b = 1 / 50, 1 / 20
    ended = 1 - (b * math.exp(-a * t) - a * math.exp(-b * t)) / (b - a)
    still = math.exp(-a * t)
    found = course_shares(of("moderate", eases_after_days={"moderate": 50, "low": 20}), t)
    assert found == exactly([1 - still - ended, still, 0, 0, ended, 0])


@pytest.mark.parametrize("t", DAYS)
def test_need_worsens_one_level_at_a_time_and_crisis_is_the_last(t: float) -> None:
    """At one rate of 1/30 the number of steps is Poisson, cut off at three."""
    x = t / 30
    steps = [math.exp(-x), x * math.exp(-x), x * x / 2 * math.exp(-x)]
    found = course_shares(of("low", worsens_after_days={"low": 30, "moderate": 30, "high": 30}), t)
    assert found == exactly([*steps, 1 - sum(steps), 0, 0])


def test_crisis_eases_to_high_and_leaves_by_its_own_mean() -> None:
    found = course_shares(of("crisis", eases_after_days={"crisis": 20}, leaves_after_days={"crisis": 5}), 1e6)
    assert found == exactly([0, 0, 0.2, 0, 0, 0.8])


def test_a_course_begins_with_the_levels_at_arrival() -> None:
    group = Group.model_validate({"share": 1.0, "level_at_arrival": MIXED, "eases_after_days": {"low": 9}})
    assert course_shares(group, 0.0) == exactly([0.4, 0.3, 0.2, 0.1, 0, 0])


def test_remission_of_all_is_that_of_the_groups_by_their_shares() -> None:
    quick = {"share": 0.25, "level_at_arrival": {"low": 1.0}, "eases_after_days": {"low": 10}}
    gone = {"share": 0.75, "level_at_arrival": {"low": 1.0}, "leaves_after_days": {"low": 40}}
    scenario = needy(PAUSE, groups={"quick": quick, "gone": gone})
    ended, left = 1 - math.exp(-2.0), 1 - math.exp(-0.5)
    assert remission(scenario, 20.0) == exactly((0.25 * ended, 0.75 * left))
    assert remission(scenario, 20.0, "quick") == exactly((ended, 0))
    assert remission(scenario, 20.0, "gone") == exactly((0, left))


def test_a_scenario_without_levels_has_no_remission() -> None:
    scenario: Scenario = plain(PAUSE)
    with pytest.raises(ValueError, match="need levels"):
        remission(scenario, 28.0)


def test_shares_add_up_whatever_the_course() -> None:
    group = Group.model_validate(
        {
            "share": 1.0,
            "level_at_arrival": MIXED,
            "worsens_after_days": {"low": 70, "moderate": 700, "high": 60},
            "eases_after_days": {"low": 25, "moderate": 40, "high": 90, "crisis": 2},
            "leaves_after_days": {"low": 400, "moderate": 300, "high": 200, "crisis": 10},
        }
    )
    for t in DAYS:
        shares = course_shares(group, t)
        assert shares.sum() == exactly(1)
        assert (shares >= -1e-12).all() and np.isfinite(shares).all()
