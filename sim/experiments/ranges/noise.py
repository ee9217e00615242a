"""Noise: how much of the spread of draws is the luck of single runs, and what is left without it.

Each draw is one run, so that its value is what the ranges make of it plus the noise of a run. The variances add; the
noise is known from draws run several times, as in the analysis of variance of O'Hagan, Stevenson & Madan (2007, Monte
Carlo probabilistic sensitivity analysis for patient level simulation models, Health Economics 16).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.experiments.statistics import t_quantile
from sim.measures.arrays import Floats

PERCENTILES = (0.05, 0.5, 0.95)


class Denoised(NamedTuple):
    """What came of draws: their mean with its 95% interval, the standard deviation that the ranges make, that of the
    noise, and the values with the noise taken out.
    """

    mean: float
    mean_low: float
    mean_high: float
    range_sd: float
    noise_sd: float
    values: Floats


def percentiles(values: Floats) -> Floats:
    """The 5th, 50th and 95th percentile of draws.

    By the rule of n + 1 (Weibull 1939), with which 90 in 100 further draws lie between the outer two on average,
    whatever the law and however few the draws.
    """
    return np.asarray(np.quantile(values, PERCENTILES, method="weibull"))


def noise_variance(again: Sequence[Floats]) -> Floats:
    """The pooled variance within draws that were run several times, each (replications, ..); NaN without any."""
    kept = [values for values in again if len(values) > 1]
    if not kept:
        return np.full(again[0].shape[1:] if again else (), np.nan)
    squares = sum(((values - values.mean(axis=0)) ** 2).sum(axis=0) for values in kept)
    return np.asarray(squares / sum(len(values) - 1 for values in kept))


def denoised(values: Floats, noise: float) -> Denoised:
    """What came of draws of this noise variance.

    The values are moved towards their mean until their variance is that of the ranges alone: the constrained empirical
    Bayes estimates of Louis (1984, Estimating a population of parameter values, Journal of the American Statistical
    Association 79), which keep the order of the draws and neither narrow nor widen their spread. Without a known noise
    they stay as they are.
    """
    mean, total = float(values.mean()), float(values.var(ddof=1))
    noise = 0.0 if math.isnan(noise) else noise
    of_ranges = max(0.0, total - noise)
    kept = math.sqrt(of_ranges / total) if total > 0 else 0.0
    half = t_quantile(values.size) * math.sqrt(total / values.size)
    moved = mean + (values - mean) * kept
    return Denoised(mean, mean - half, mean + half, math.sqrt(of_ranges), math.sqrt(noise), moved)
