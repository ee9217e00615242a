"""Intervals over replications: paired t for means, jackknife for ratios and medians."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.experiments.pilots import PILOT_REPLICATIONS
from sim.measures.arrays import Floats

CONFIDENCE = 0.95


@cache
def t_quantile(replications: float, comparisons: int = 1) -> float:
    """Student's t for a two-sided 95% interval over so many replications, Bonferroni-adjusted over `comparisons`."""
    if replications < 2:
        return math.nan
    return float(stats.t.ppf(1 - (1 - CONFIDENCE) / (2 * comparisons), replications - 1))


def half_width(values: Floats, comparisons: int = 1, error: float = 0.0) -> Floats:
    """Half-width of the interval of the mean of `values` (replications first); NaN where there are fewer than two.

    `error` is a standard error that the mean has besides, found over the pilots and independent of these replications.
    The two variances are added, with the degrees of freedom of such a sum (Welch 1947, Satterthwaite 1946); no interval
    is narrower for it.
    """
    count = values.shape[0]
    if count < 2:
        return np.full(values.shape[1:], np.nan)
    spread = np.std(values, axis=0, ddof=1) / math.sqrt(count)
    alone = np.asarray(t_quantile(count, comparisons) * spread)
    if not error:
        return alone
    own, besides = float(spread) ** 2, error**2
    freedom = (own + besides) ** 2 / (own**2 / (count - 1) + besides**2 / (PILOT_REPLICATIONS - 1))
    return np.asarray(np.maximum(alone, t_quantile(freedom + 1, comparisons) * math.sqrt(own + besides)))


def ratio(tops: Floats, bottoms: Floats) -> Floats:
    """Ratio of the sums over replications (first axis); NaN where the bottom is 0."""
    return divided(tops.sum(axis=0), bottoms.sum(axis=0))


def ratio_pseudo_values(tops: Floats, bottoms: Floats) -> Floats:
    """Jackknife pseudo-values of the ratio of sums: R theta - (R - 1) theta without r.

    Their standard deviation over the root of R is the jackknife standard error (Efron & Tibshirani 1993, An
    Introduction to the Bootstrap, chapter 11).
    """
    count = tops.shape[0]
    without = divided(tops.sum(axis=0) - tops, bottoms.sum(axis=0) - bottoms)
    return np.asarray(count * ratio(tops, bottoms) - (count - 1) * without)


def replications_wanted(differences: Floats, precision: Floats, comparisons: int, least: int, most: int) -> int:
    """Replications of the second stage: N = max(least, ceil((t s / d)^2)), at most `most`.

    `differences` (replications, headlines) are those of the first stage, `precision` the half-widths d wanted.
    """
    if not differences.size:
        return least
    t = t_quantile(differences.shape[0], comparisons)
    needed = (t * np.std(differences, axis=0, ddof=1) / precision) ** 2
    return int(min(most, max(least, math.ceil(float(np.max(needed))))))


def divided(top: Floats, bottom: Floats) -> Floats:
    """`top` / `bottom`, NaN where the bottom is 0."""
    result: NDArray[np.float64] = np.full(np.broadcast_shapes(top.shape, bottom.shape), np.nan)
    return np.divide(top, bottom, out=result, where=bottom != 0)
