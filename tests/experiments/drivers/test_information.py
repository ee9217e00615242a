"""The value of knowing a number against the closed form of a decision between two with normal net benefit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm, qmc

from sim.experiments.drivers.information import worth_of_knowing
from sim.experiments.drivers.metamodel import Metamodel, fitted
from sim.measures.arrays import Floats

SLOPES = np.array([30.0, 12.0, 0.0, 0.0])
MEAN = 10.0
NOISE = 20.0


def normal_loss(mean: float, sd: float) -> float:
    """E[max(0, N(mean, sd))] - max(0, mean): what a normal net benefit is worth, known before deciding."""
    return float(sd * norm.pdf(mean / sd) + mean * norm.cdf(mean / sd) - max(0.0, mean))


def drawn(correlation: Floats) -> Metamodel:
    """A cost difference linear in normal scores, with a pathway that costs `MEAN` more, and simulation noise."""
    base = norm.ppf(qmc.Sobol(4, rng=3).random(2048))
    scores = base @ np.linalg.cholesky(correlation).T
    values = MEAN + scores @ SLOPES + np.random.default_rng(5).normal(0, NOISE, 2048)
    return fitted(norm.cdf(scores), values)


NOTHING = Metamodel(0.0, (), np.empty(0), np.empty(0))


def test_worth_is_that_of_the_normal_normal_decision_and_0_for_numbers_that_move_nothing() -> None:
    told = worth_of_knowing([drawn(np.eye(4))], [NOTHING], 0.0, 4, np.eye(4))
    assert told[0] == pytest.approx(normal_loss(-MEAN, 30.0), rel=0.1)
    assert told[1] == pytest.approx(normal_loss(-MEAN, 12.0), rel=0.25)
    assert told[2:].max() < 0.05


def test_a_number_tells_of_those_drawn_with_it() -> None:
    together = np.eye(4)
    together[0, 2] = together[2, 0] = 0.7
    told = worth_of_knowing([drawn(together)], [NOTHING], 0.0, 4, together)
    assert told[2] == pytest.approx(normal_loss(-MEAN, 21.0), rel=0.15)


def test_the_days_count_at_their_value_and_a_clear_choice_leaves_nothing_to_learn() -> None:
    cost = drawn(np.eye(4))
    days = Metamodel(-1.0, cost.terms, cost.weights / 10, cost.variances / 100)
    at_ten = worth_of_knowing([cost], [days], 10.0, 4, np.eye(4))
    assert at_ten[0] == pytest.approx(normal_loss(0.0, 60.0), rel=0.1)
    clear = worth_of_knowing([cost._replace(mean=500.0)], [NOTHING], 0.0, 4, np.eye(4))
    assert clear.max() == 0.0


def test_of_three_pathways_the_best_is_taken() -> None:
    """Two that mirror each other round 0: the worth is E|X| where neither is better on average."""
    cost = drawn(np.eye(4))._replace(mean=0.0)
    mirror = cost._replace(weights=-cost.weights)
    told = worth_of_knowing([cost, mirror], [NOTHING, NOTHING], 0.0, 4, np.eye(4))
    assert told[0] == pytest.approx(30.0 * (2 / np.pi) ** 0.5, rel=0.05)
