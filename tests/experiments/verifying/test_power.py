"""The power printed is how often a test finds what it looks for, counted over simulated experiments."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.experiments.verifying.findings import FAIL, NOT_APPLICABLE, PASS, WEAK, Part
from sim.experiments.verifying.power import MOST_TIMES, Comparison, in_words, relevant_waiting, until_sure
from sim.experiments.verifying.subject import rare, unlikely

EXPERIMENTS = 40_000


@pytest.mark.parametrize(("count", "size"), [(4, 3.0), (8, 1.5), (16, 1.0), (32, 0.9)])
def test_power_is_how_often_a_violation_is_found(count: int, size: float) -> None:
    """Experiments of `count` normal replications about a violation of `size` of their standard deviations.

    The noncentral t takes the error as known; in the experiments it is estimated, as in a test.
    """
    draws = np.random.default_rng(count).normal(size, 1.0, (EXPERIMENTS, count))
    t = draws.mean(axis=1) / (draws.std(axis=1, ddof=1) / math.sqrt(count))
    found = float((t > unlikely(count - 1)).mean())
    power = Comparison(1 / math.sqrt(count), count - 1, unlikely(count - 1), size).power
    assert abs(power - found) < 4 * math.sqrt(found * (1 - found) / EXPERIMENTS)


def test_power_is_the_level_where_there_is_no_violation_and_sure_where_there_is_no_noise() -> None:
    assert Comparison(1.0, 11, unlikely(11), 0.0).power == pytest.approx(0.001)
    assert Comparison(0.0, 11, unlikely(11), 1.0).power == 1.0
    assert Comparison(1e-12, 3, rare(3), 1.0).power == pytest.approx(1.0)


def test_the_example_that_could_hardly_fail_had_no_power() -> None:
    """A change of 1.951 people with 12.67 that chance allows, in four replications: one person more is hardly found."""
    error = 12.67 / unlikely(3)
    assert Comparison(error, 3, unlikely(3), relevant_waiting(1.951)).verdict(good=True) == WEAK
    assert Comparison(error, 3, unlikely(3), relevant_waiting(1.951)).power < 0.02


def test_what_is_too_weak_runs_twice_as_often_until_it_is_not() -> None:
    runs = []

    def look(count: int) -> list[Part]:
        runs.append(count)
        return [Part("a", "x", PASS if count >= 12 else WEAK), Part("b", "y", NOT_APPLICABLE)]

    assert until_sure(look, 3)[0].verdict == PASS
    assert runs == [3, 6, 12]


@pytest.mark.parametrize(("verdict", "most"), [(WEAK, MOST_TIMES), (FAIL, 1), (PASS, 1)])
def test_it_ends_somewhere_and_at_once_where_a_part_fails(verdict: str, most: int) -> None:
    runs = []

    def look(count: int) -> list[Part]:
        runs.append(count)
        return [Part("a", "x", WEAK), Part("b", "y", FAIL)] if verdict == FAIL else [Part("a", "x", verdict)]  # type: ignore[arg-type]

    until_sure(look, 5)
    assert max(runs) == 5 * most


def test_power_is_never_rounded_up_to_certainty() -> None:
    assert (in_words(0.9951), in_words(0.984), in_words(0.02)) == ("over 99%", "98%", "2%")
