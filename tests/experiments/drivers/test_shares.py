"""Shares against the closed form of Ishigami's function and of linear Gaussian cases, with noise that is known."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from math import pi

import numpy as np
import pytest
from scipy.stats import norm, qmc

from sim.experiments.drivers.metamodel import Metamodel, fitted, quantiles_of
from sim.experiments.drivers.shares import Shares, by_group, group_shapley, known_variance, shares
from sim.measures.arrays import Floats

A, B = 7.0, 0.1
NOISE = 8.0
NUMBERS = 15
"""Ishigami's three, and twelve that do nothing."""

V1 = 0.5 * (1 + B * pi**4 / 5) ** 2
V2 = A**2 / 8
V13 = B**2 * pi**8 * 8 / 225
WHOLE = V1 + V2 + V13


def ishigami(quantiles: Floats) -> Floats:
    x = pi * (2 * quantiles[:, :3] - 1)
    return np.asarray(np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0]))


@cache
def noisy() -> tuple[Metamodel, Floats]:
    quantiles = qmc.Sobol(NUMBERS, rng=1).random(1024)
    values = ishigami(quantiles) + np.random.default_rng(2).normal(0, NOISE**0.5, 1024)
    return fitted(quantiles, values), values


def found(noise: float = NOISE) -> Shares:
    return shares(*noisy(), noise, np.eye(NUMBERS))


def test_shares_of_ishigamis_function_under_noise_are_those_of_its_closed_form() -> None:
    truth = np.zeros(NUMBERS)
    truth[:2] = V1 / WHOLE, V2 / WHOLE
    assert (np.abs(found().first_order - truth)[:2] < 4 * found().errors[:2]).all()
    assert found().errors.max() < 0.06
    assert found().first_order[2:].max() < 0.01


def test_a_method_blind_to_noise_fails_that() -> None:
    blind = found(noise=0.0)
    truth = np.array([V1 / WHOLE, V2 / WHOLE])
    assert (np.abs(blind.first_order[:2] - truth) > 4 * blind.errors[:2]).all()


def test_pairs_bring_in_what_no_number_brings_alone() -> None:
    alone = found().first_order.sum()
    assert found().explained - alone == pytest.approx(V13 / WHOLE, abs=0.1)
    assert alone == pytest.approx((V1 + V2) / WHOLE, abs=4 * float(np.sum(found().errors[:2])))


def test_without_range_variance_nothing_is_shared() -> None:
    model, values = noisy()
    none = shares(model, values, float(np.var(values)) * 2, np.eye(NUMBERS))
    assert not none.first_order.any()
    assert none.explained == 0


def test_grades_of_ishigamis_numbers_add_to_one_and_share_the_pair_equally() -> None:
    model, _ = noisy()
    parts = by_group(model, ["A", "B", "C", *(["D"] * (NUMBERS - 3))], np.eye(NUMBERS))
    assert sum(parts.values()) == pytest.approx(1.0)
    truth = {"A": (V1 + V13 / 2) / WHOLE, "B": V2 / WHOLE, "C": V13 / 2 / WHOLE, "D": 0.0}
    for grade, share in truth.items():
        assert parts[grade] == pytest.approx(share, abs=0.04), grade


def test_quantiles_are_those_of_the_ranks() -> None:
    assert quantiles_of(np.array([[3.0], [1.0], [2.0], [9.0]])).ravel().tolist() == [0.625, 0.125, 0.375, 0.875]


SLOPES = np.array([3.0, 2.0, 1.0, 0.5])
TOGETHER = np.array([[1, 0.6, 0, 0], [0.6, 1, 0, 0], [0, 0, 1, -0.4], [0, 0, -0.4, 1]], dtype=float)


def linear(quantiles: Floats) -> Floats:
    return np.asarray(norm.ppf(quantiles) @ SLOPES)


def explained_by(known: list[int], correlation: Floats) -> float:
    """Closed form: with joint normals, E[bX | X_u] = (b_u + b_-u S_-u,u S_u,u^-1) X_u."""
    if not known:
        return 0.0
    across = correlation[:, known] @ np.linalg.inv(correlation[np.ix_(known, known)])
    slope = SLOPES @ across
    return float(slope @ correlation[np.ix_(known, known)] @ slope)


@pytest.mark.parametrize("correlation", [np.eye(4), TOGETHER])
def test_variance_known_by_sampling_is_that_of_the_linear_gaussian_closed_form(correlation: Floats) -> None:
    whole = explained_by([0, 1, 2, 3], correlation)
    for size in range(1, 5):
        for known in combinations(range(4), size):
            told = known_variance(linear, np.isin(np.arange(4), known), correlation)
            error = whole * (2 / 65_536) ** 0.5
            assert told == pytest.approx(explained_by(list(known), correlation), abs=5 * error), known


def test_shapley_effects_under_correlation_are_those_of_the_closed_form() -> None:
    groups = np.array(["C", "D", "A", "D"])
    names = ["A", "C", "D"]
    truth = group_shapley(names, lambda g: explained_by(np.flatnonzero(np.isin(groups, list(g))).tolist(), TOGETHER))
    told = group_shapley(names, lambda g: known_variance(linear, np.isin(groups, list(g)), TOGETHER))
    assert sum(truth.values()) == pytest.approx(float(SLOPES @ TOGETHER @ SLOPES))
    for name in names:
        error = float(SLOPES @ TOGETHER @ SLOPES) * (2 / 65_536) ** 0.5
        assert told[name] == pytest.approx(truth[name], abs=5 * error), name


def test_a_metamodel_of_numbers_drawn_together_finds_the_same() -> None:
    luck = np.random.default_rng(4)
    scores = luck.standard_normal((1024, 4)) @ np.linalg.cholesky(TOGETHER).T
    values = scores @ SLOPES + luck.normal(0, 2, 1024)
    told = shares(fitted(norm.cdf(scores), values), values, 4.0, TOGETHER)
    whole = explained_by([0, 1, 2, 3], TOGETHER)
    truth = np.array([explained_by([place], TOGETHER) / whole for place in range(4)])
    error = (2 / 1024) ** 0.5 * (whole + 4) / whole
    assert np.abs(told.first_order - truth).max() < 4 * error
    assert told.first_order.sum() > 1.2, "numbers that go together each tell of the other"
