"""Spreads: the law over which an uncertain number varies, fitted to its 5th and 95th percentile.

Beta for shares, lognormal for all else. An end that is the very bound of what may be (0, or 1 for a share) can be no
percentile of these laws, for they have nothing beyond it and all but nothing at it; there the value is taken as the
median and the other end kept: a beta law by median and that end, or, for a number with 0 as its low end, a Weibull law.
A value that itself stands on the bound leaves one number to fit: a power law that rises to the bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import optimize, special

from sim.measures.arrays import Floats
from sim.scenario.uncertain import Uncertain

LOW, MEDIAN, HIGH = 0.05, 0.5, 0.95
"""Which parts of its law lie below the low end of a range, the value where it is taken as the median, the high end."""

SHARPEST = 1e9
"""Beta laws as sharp as this, as the sum of both parameters, tell one value from the next no more."""


class Beta(NamedTuple):
    """A beta law, for shares."""

    a: float
    b: float

    def quantiles(self, chance: Floats) -> Floats:
        """The values below which the share lies with these chances."""
        return np.asarray(special.betaincinv(self.a, self.b, chance))


class Lognormal(NamedTuple):
    """A lognormal law, by mean and standard deviation of the logarithm."""

    mean: float
    sd: float

    def quantiles(self, chance: Floats) -> Floats:
        """The values below which the number lies with these chances."""
        return np.asarray(np.exp(self.mean + self.sd * special.ndtri(chance)))


class Weibull(NamedTuple):
    """A Weibull law, for a number that may be next to nothing."""

    scale: float
    shape: float

    def quantiles(self, chance: Floats) -> Floats:
        """The values below which the number lies with these chances."""
        return np.asarray(self.scale * (-np.log1p(-chance)) ** (1 / self.shape))


Spread = Beta | Lognormal | Weibull
"""A law over which a number varies."""


def spread_of(number: Uncertain) -> Spread:
    """The law over which a number varies (5th and 95th percentile as its range has them, wherever they can be)."""
    return _share(number) if number.is_share else _size(number)


def _size(number: Uncertain) -> Spread:
    if number.low > 0:
        step = math.log(number.high / number.low) / (special.ndtri(HIGH) - special.ndtri(LOW))
        return Lognormal(math.log(number.low) - step * special.ndtri(LOW), float(step))
    shape = 1.0
    if 0 < number.value < number.high:
        shape = math.log(math.log(1 - HIGH) / math.log(1 - MEDIAN)) / math.log(number.high / number.value)
    return Weibull(number.high / (-math.log(1 - HIGH)) ** (1 / shape), shape)


def _share(number: Uncertain) -> Beta:
    value, low, high = number.value, number.low, number.high
    if low > 0 and high < 1:
        return fitted_beta((LOW, low), (HIGH, high))
    if low <= 0 and high >= 1:
        mean = min(max(value, 0.01), 0.99)  # neither end tells anything: as flat as the value allows
        return Beta(2 * mean, 2 * (1 - mean))
    if low <= 0:
        return fitted_beta((MEDIAN, value), (HIGH, high)) if value > 0 else Beta(1.0, _power(1 - HIGH, 1 - high))
    return fitted_beta((LOW, low), (MEDIAN, value)) if value < 1 else Beta(_power(LOW, low), 1.0)


def _power(chance: float, at: float) -> float:
    """The power of x that has this chance below `at`."""
    return math.log(chance) / math.log(at)


def fitted_beta(one: tuple[float, float], other: tuple[float, float]) -> Beta:
    """The beta law with these two quantiles, each as (chance, share), the lower first.

    Its mean is solved for the first quantile at every sharpness, and the sharpness then for the second, which falls as
    the law grows sharper.
    """
    (low_chance, low), (high_chance, high) = one, other

    def law(log_sharpness: float) -> Beta:
        sharpness = math.exp(log_sharpness)
        mean = _root(lambda m: float(special.betainc(m * sharpness, (1 - m) * sharpness, low)) - low_chance, 1e-12)
        return Beta(mean * sharpness, (1 - mean) * sharpness)

    def beyond(log_sharpness: float) -> float:
        found = law(log_sharpness)
        return float(special.betainc(found.a, found.b, high)) - high_chance

    if beyond(math.log(SHARPEST)) <= 0:
        return law(math.log(SHARPEST))
    return law(float(optimize.brentq(beyond, math.log(0.05), math.log(SHARPEST), xtol=1e-10)))


def _root(beyond: Callable[[float], float], edge: float) -> float:
    return float(optimize.brentq(beyond, edge, 1 - edge, xtol=1e-15, rtol=1e-14))
