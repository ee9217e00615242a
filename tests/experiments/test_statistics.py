"""Intervals against tables, textbooks and coverage."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.experiments.estimates import mean_estimate, quantile_estimate, ratio_estimate
from sim.experiments.statistics import half_width, ratio_pseudo_values, replications_wanted, t_quantile
from sim.measures.histograms import histogram

SEEDS = (1, 2, 3)


def test_t_is_that_of_the_tables() -> None:
    assert t_quantile(30) == pytest.approx(2.0452, abs=1e-4)
    assert t_quantile(2) == pytest.approx(12.7062, abs=1e-4)
    assert t_quantile(30, comparisons=3) == pytest.approx(stats.t.ppf(1 - 0.05 / 6, 29))


def test_a_half_width_is_t_s_over_root_n() -> None:
    values = np.array([1.0, 2.0, 4.0, 5.0])
    assert float(half_width(values)) == pytest.approx(3.18245 * math.sqrt(10 / 3) / 2, rel=1e-5)


def test_one_replication_has_no_interval() -> None:
    assert math.isnan(float(half_width(np.array([1.0]))))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_jackknife_of_a_ratio_agrees_with_the_delta_method(seed: int) -> None:
    """Var(sum a / sum b) is about the mean square of (a - R b) / (n b-bar^2) (Cochran 1977, section 2.11)."""
    generator = np.random.default_rng(seed)
    bottoms = generator.poisson(900, 200).astype(float)
    tops = generator.binomial(bottoms.astype(int), 0.3).astype(float)
    ratio = tops.sum() / bottoms.sum()
    delta = math.sqrt(np.sum((tops - ratio * bottoms) ** 2) / (200 * 199)) / bottoms.mean()
    jackknife = float(np.std(ratio_pseudo_values(tops, bottoms), ddof=1)) / math.sqrt(200)
    assert jackknife == pytest.approx(delta, rel=0.02)


def coverage(make_half: float, *, adjusted: int = 1) -> float:
    generator = np.random.default_rng(5)
    hits = 0
    for _ in range(2000):
        values = generator.normal(3.0, 2.0, 10)
        hits += abs(values.mean() - 3.0) <= make_half * float(half_width(values, adjusted))
    return hits / 2000


def test_intervals_cover_as_often_as_they_say() -> None:
    """95% of 2,000, within 4 standard errors (0.0195); an interval a fifth too short fails the same test."""
    tolerance = 4 * math.sqrt(0.95 * 0.05 / 2000)
    assert abs(coverage(1.0) - 0.95) < tolerance
    assert abs(coverage(0.8) - 0.95) > tolerance


def test_a_ratio_is_of_sums_not_a_mean_of_ratios() -> None:
    estimate = ratio_estimate(np.array([1.0, 30.0]), np.array([10.0, 40.0]))
    assert estimate.point == pytest.approx(31 / 50)
    assert estimate.values.tolist() == [0.1, 0.75]


def test_a_pooled_median_is_of_all_values_together() -> None:
    counts = np.array([histogram(np.full(10, 1.0)), histogram(np.full(30, 8.0))])
    assert quantile_estimate(counts, 0.5).point == pytest.approx(8.0, rel=0.022)


def test_a_mean_over_replications_is_their_mean() -> None:
    assert mean_estimate(np.array([1.0, 2.0, 6.0])).point == 3.0


def test_the_second_stage_is_as_large_as_the_precision_needs() -> None:
    """S = 10, d = 2, t(29) = 2.0452: ceil((2.0452 x 10 / 2)^2) = 105."""
    values = np.array([-1.0, 1.0] * 15)
    differences = (values * 10 / np.std(values, ddof=1))[:, None]
    precision = np.array([2.0])
    assert replications_wanted(differences, precision, 1, 30, 500) == 105
    assert replications_wanted(differences, precision, 1, 30, 60) == 60
    assert replications_wanted(differences / 100, precision, 1, 30, 500) == 30
    assert replications_wanted(differences, precision, 3, 30, 500) > 105


def test_an_interval_that_holds_the_error_of_its_pilots_covers_where_one_without_does_not() -> None:
    """The truth is 0; 5 pilots of sd 1 put it off by their mean; 30 replications of sd 1 see it there."""
    generator, tried = np.random.default_rng(20150410), 2_000
    covered = {True: 0, False: 0}
    for _ in range(tried):
        pilots = generator.normal(size=5)
        values = pilots.mean() + generator.normal(size=30)
        error = pilots.std(ddof=1) / 5**0.5
        for holds in covered:
            covered[holds] += bool(abs(values.mean()) < half_width(values, error=error if holds else 0.0))
    assert covered[True] / tried > 0.93 and covered[False] / tried < 0.65


def test_the_error_of_the_pilots_alone_has_the_freedom_of_5_and_a_small_one_changes_little() -> None:
    still, moving = np.zeros(30), np.random.default_rng(1).normal(size=30)
    assert half_width(still, 3, -2.0) == pytest.approx(2 * t_quantile(5, 3))
    assert half_width(moving, 3, 1e-6) == pytest.approx(half_width(moving, 3), rel=1e-6)
    assert half_width(moving, 3, 0.2) > 1.2 * half_width(moving, 3)
    assert half_width(moving[:3], 3, 0.2) >= half_width(moving[:3], 3)
