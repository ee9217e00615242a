"""Histograms of times, and what quantiles they give back."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.measures.arrays import Floats
from sim.measures.histograms import BINS, EDGES, histogram, quantile

STATED = 0.022
SHARES = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
luck = np.random.default_rng(7)
SAMPLES = {
    "exponential": luck.exponential(30, 5_000),
    "seconds": luck.exponential(1e-3, 5_000),
    "lognormal": luck.lognormal(2, 1.5, 3_000),
    "few": luck.exponential(100, 7),
    "one": np.array([3.7]),
    "fixed": np.full(100, 7.0),
    "on an edge": np.full(100, 8.0),
    "two far apart": np.array([1.0, 1000.0]),
    "half at once": np.concatenate([np.zeros(400), luck.exponential(10, 600)]),
}


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("days", SAMPLES.values(), ids=SAMPLES)
def test_quantiles_are_those_of_the_values_within_what_is_stated(days: Floats, share: float) -> None:
    """The quantile of a sample is its smallest value at or below which that share lies."""
    exact = float(np.quantile(days, share, method="inverted_cdf"))
    assert quantile(histogram(days), share) == pytest.approx(exact, rel=STATED, abs=2.0**-14)


def test_where_many_values_fall_quantiles_are_far_closer() -> None:
    days = np.random.default_rng(1).exponential(30, 100_000)
    for share in (0.25, 0.5, 0.9):
        assert quantile(histogram(days), share) == pytest.approx(float(np.quantile(days, share)), rel=0.002)


def test_pooled_histograms_give_the_quantile_of_the_pooled_values() -> None:
    one, other = SAMPLES["exponential"], SAMPLES["lognormal"]
    assert np.array_equal(histogram(one) + histogram(other), histogram(np.concatenate([one, other])))


def test_every_value_is_in_the_bin_whose_edges_hold_it() -> None:
    for place in (0, 1, 2, 400, BINS - 1):
        low, high = EDGES[place], EDGES[place + 1]
        inside = np.array([low, (low + high) / 2, np.nextafter(high, 0)][: 3 if place < BINS - 1 else 2])
        assert histogram(inside)[place] == inside.size


def test_what_never_came_is_left_out_and_what_is_beyond_the_last_bin_is_in_it() -> None:
    counts = histogram(np.array([np.nan, np.inf, 1.0, 1e9]))
    assert counts.sum() == 2
    assert counts[-1] == 1
    assert counts.size == BINS


def test_values_beyond_the_last_bin_count_in_quantiles_like_any_other() -> None:
    """Of 1 and three values of a million years the median lies beyond 21 years, with or without the 1."""
    beyond = np.array([4e8, 5e8, 6e8])
    assert quantile(histogram(beyond), 0.5) > 21 * 365
    assert quantile(histogram(np.append(beyond, 1.0)), 0.5) > 21 * 365
    assert quantile(histogram(np.append(beyond, 1.0)), 0.25) == pytest.approx(1.0, rel=STATED)


def test_the_quantile_of_nothing_is_not_a_number() -> None:
    assert math.isnan(quantile(histogram(np.empty(0)), 0.5))


def test_bins_are_no_wider_than_what_is_stated() -> None:
    assert (EDGES[2:] / EDGES[1:-1]).max() - 1 < STATED
