"""The expected value of knowing one number before deciding, by regression on the draws (Strong, Oakley & Brennan 2014).

Whoever must choose a pathway now takes the one with the highest expected net benefit. Whoever first learnt the true
value of one number could choose by it: what that is worth on average is the most it can be worth to find out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import norm

from sim.experiments.drivers.metamodel import Metamodel
from sim.experiments.drivers.shares import SAMPLED
from sim.measures.arrays import Floats

BINS = 256
"""A number is looked at in so many equally likely parts of its range."""


def worth_of_knowing(
    costs: Sequence[Metamodel], days: Sequence[Metamodel], gbp_per_day: float, numbers: int, together: Floats
) -> Floats:
    """What knowing each number is worth, per citizen [GBP] (numbers,).

    Parameters
    ----------
    costs, days : sequence of Metamodel
        Differences in public cost [GBP] and in days in need from the first pathway, for each of the others.
    gbp_per_day : float
        Value of a day in need avoided [GBP].
    numbers : int
        How many numbers were drawn.
    together : Floats
        Correlation of their normal scores (numbers, numbers).
    """
    return np.array([
        _worth(np.array([
            -expected(cost, place, together) - gbp_per_day * expected(need, place, together)
            for cost, need in zip(costs, days, strict=True)
        ]))
        for place in range(numbers)
    ])  # fmt: skip


def _worth(benefits: Floats) -> float:
    """Mean of the best less the best of the means; the first pathway has a net benefit of 0 (others, BINS)."""
    return max(0.0, float(np.maximum(benefits.max(axis=0), 0).mean() - max(0.0, benefits.mean(axis=1).max())))


def expected(model: Metamodel, place: int, together: Floats) -> Floats:
    """What is expected of a difference, knowing in which of `BINS` equally likely parts of its range a number lies."""
    middles = (np.arange(BINS) + 0.5) / BINS
    if np.count_nonzero(together[place]) > 1:
        return _expected_together(model, place, together)
    points = np.full((BINS, len(together)), 0.5)
    points[:, place] = middles
    return model.shrunk.of_number(place).at(points)


def _expected_together(model: Metamodel, place: int, together: Floats) -> Floats:
    """The same where others are drawn with it: the mean over points drawn together that lie in each part."""
    scores = np.random.default_rng(1).standard_normal((SAMPLED, len(together))) @ np.linalg.cholesky(together).T
    order = np.argsort(scores[:, place])
    return np.asarray(model.shrunk.at(norm.cdf(scores))[order].reshape(BINS, -1).mean(axis=1))
