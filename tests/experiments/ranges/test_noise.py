"""Noise is told from ranges: by a known variance, by coverage over many repeats, and to nothing where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.experiments.ranges.chances import best, mattering, quadrants, signs
from sim.experiments.ranges.noise import denoised, noise_variance, percentiles

REPEATS = 400
TRUE_MEAN, TRUE_SD, NOISE_SD, DRAWS = -3.0, 10.0, 8.0, 400


def drawn(repeat: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """A stand-in for the simulator: true values by the ranges, single runs of each, and every tenth run four times."""
    luck = np.random.default_rng(repeat)
    true = luck.normal(TRUE_MEAN, TRUE_SD, DRAWS)
    runs = true[:, None] + luck.normal(0, NOISE_SD, (DRAWS, 4))
    return runs[:, 0], list(runs[::10])


def test_the_noise_of_a_case_of_known_variance_is_found() -> None:
    """The pooled variance over 400 repeats of 40 draws of 4: its mean is the true one within 4 standard errors."""
    found = [float(noise_variance(drawn(repeat)[1])) for repeat in range(REPEATS)]
    freedom = 40 * 3
    error = NOISE_SD**2 * np.sqrt(2 / freedom / REPEATS)
    assert np.mean(found) == pytest.approx(NOISE_SD**2, abs=4 * error)


def test_noise_is_pooled_over_draws_whatever_their_values() -> None:
    """By hand: squares about the means 2 and 50 are 2 + 8 over 1 + 1 degrees of freedom."""
    assert noise_variance([np.array([1.0, 3.0]), np.array([48.0, 52.0])]) == pytest.approx(5.0)
    assert np.isnan(noise_variance([np.array([1.0])]))


def test_the_interval_of_the_mean_covers_it_in_95_of_100_repeats() -> None:
    """Of 400 repeats a right interval misses 20, and by binomial luck at most 37 (4 standard deviations)."""
    missed = 0
    for repeat in range(REPEATS):
        values, again = drawn(repeat)
        found = denoised(values, float(noise_variance(again)))
        missed += not found.mean_low <= TRUE_MEAN <= found.mean_high
    assert 20 - 4 * np.sqrt(19) < missed < 20 + 4 * np.sqrt(19)


def test_the_range_without_noise_holds_90_of_100_true_values_and_the_raw_one_more() -> None:
    """Over 400 repeats; the share that lies inside is known from the normal law itself, not from other draws.

    A standard deviation that is itself estimated costs a little: with v the relative variance of the estimated
    variance of the ranges, 2 (164^2 / 399 + 64^2 / 120) / 100^2, and z = 1.645, the share is lower by
    z phi(z) (1 + z^2) v / 4 to second order.
    """
    z, total = 1.6449, TRUE_SD**2 + NOISE_SD**2
    unsure = 2 * (total**2 / (DRAWS - 1) + NOISE_SD**4 / 120) / TRUE_SD**4
    expected = 0.90 - z * stats.norm.pdf(z) * (1 + z**2) * unsure / 4
    truth = stats.norm(TRUE_MEAN, TRUE_SD)
    inside: list[float] = []
    raw: list[float] = []
    chance, raw_chance = [], []
    for repeat in range(REPEATS):
        values, again = drawn(repeat)
        found = denoised(values, float(noise_variance(again)))
        for kept, told in ((found.values, inside), (values, raw)):
            low, _, high = percentiles(kept)
            told.append(truth.cdf(high) - truth.cdf(low))
        chance.append(np.mean(found.values < 0))
        raw_chance.append(np.mean(values < 0))
    errors = [4 * np.std(told) / np.sqrt(REPEATS) for told in (inside, chance)]
    assert np.mean(inside) == pytest.approx(expected, abs=errors[0])
    assert np.mean(raw) > 0.95
    assert np.mean(chance) == pytest.approx(truth.cdf(0), abs=errors[1])
    assert abs(np.mean(raw_chance) - truth.cdf(0)) > 3 * abs(np.mean(chance) - truth.cdf(0))


def test_all_noise_leaves_one_value_and_no_noise_leaves_all() -> None:
    values = np.array([1.0, 2.0, 6.0])
    assert denoised(values, 1e9).values.tolist() == [3.0, 3.0, 3.0]
    assert denoised(values, 0.0).values == pytest.approx(values)
    assert denoised(values, float("nan")).range_sd == pytest.approx(values.std(ddof=1))
    assert denoised(np.full(4, 2.0), 0.0).values.tolist() == [2.0] * 4


def test_every_set_of_chances_adds_up_to_1() -> None:
    luck = np.random.default_rng(1)
    days, cost = luck.normal(size=(2, 200)).round(1)  # rounded, so that some are exactly 0
    for found in (
        quadrants(days, cost, days / 2, cost / 2), signs(days, days / 2), mattering(days, days / 2, 0.5),
    ):  # fmt: skip
        assert sum(one.raw for one in found) == pytest.approx(1)
        assert sum(one.corrected for one in found) == pytest.approx(1)
    assert best(luck.normal(size=(200, 3))).sum() == pytest.approx(1)
    assert best(np.zeros((5, 2))).tolist() == [0.5, 0.5]


def test_quadrants_are_as_worked_by_hand_and_turn_round_with_the_result() -> None:
    days, cost = np.array([-1.0, -1.0, 1.0, 1.0, 0.0]), np.array([-1.0, 1.0, -1.0, 1.0, 5.0])
    told = {one.chance: one.raw for one in quadrants(days, cost, days, cost)}
    assert set(told.values()) == {0.2}
    turned = {one.chance: one.raw for one in quadrants(-days[:2], -cost[:2], days[:2], cost[:2])}
    assert turned == {
        "sooner_and_cheaper": 0, "sooner_and_dearer": 0, "later_and_cheaper": 0.5, "later_and_dearer": 0.5,
        "no_difference": 0,
    }  # fmt: skip
