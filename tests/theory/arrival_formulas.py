"""Answers that theory gives where arrivals are not Poisson or not steady; nothing here knows the engine.

References
----------
.. [1] Takacs, L. (1962). Introduction to the Theory of Queues, chapter 2, theorem 1 (the queue GI/M/s). Oxford.
.. [2] Gross, D., Shortle, J. F., Thompson, J. M. and Harris, C. M. (2008). Fundamentals of Queueing Theory, 4th ed.,
   section 5.3. Wiley.
.. [3] Eick, S. G., Massey, W. A. and Whitt, W. (1993). The physics of the Mt/G/infinity queue. Operations Research
   41(4), 731-742.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

Floats = NDArray[np.float64]
Transform = Callable[[float], float]


@dataclass(frozen=True)
class Waiting:
    """What arrivals meet in a queue in its steady state."""

    probability: float
    """Share of arrivals that find every server busy [share]."""
    mean_days: float
    """Mean time in the queue of all arrivals [days]."""


def gamma_transform(mean: float, sd: float) -> Transform:
    """The Laplace-Stieltjes transform of a gamma law."""
    shape, scale = (mean / sd) ** 2, sd * sd / mean
    return lambda s: (1 + s * scale) ** -shape


def fixed_transform(value: float) -> Transform:
    """The transform of a law that never varies."""
    return lambda s: math.exp(-s * value)


def gi_m_c(between: Transform, service_days: float, servers: int) -> Waiting:
    """The queue GI/M/c, by the transform of the time between arrivals [1]_.

    sigma, the root below 1 of sigma = A(c mu (1 - sigma)), is the ratio of the geometric tail of the number in system
    that an arrival finds.
    """
    rate = 1 / service_days

    def excess(sigma: float) -> float:
        return between(servers * rate * (1 - sigma)) - sigma

    sigma = float(optimize.brentq(excess, 0.0, 1 - 1e-9))
    at = [between(j * rate) for j in range(1, servers + 1)]
    products = np.cumprod([a / (1 - a) for a in at])
    total = 1 / (1 - sigma)
    for j in range(1, servers + 1):
        top, bottom = servers * (1 - at[j - 1]) - j, servers * (1 - sigma) - j
        total += math.comb(servers, j) / (products[j - 1] * (1 - at[j - 1])) * top / bottom
    probability = 1 / total / (1 - sigma)
    return Waiting(probability, probability / (servers * rate * (1 - sigma)))


def present_at(day: float, edges: Sequence[float], rates: Sequence[float], stayed: Callable[[float], float]) -> float:
    """Mean number in Mt/G/infinity at `day`, from empty on day 0 [3]_: the integral of rate(u) P(S > day - u).

    The rate is `rates[i]` from `edges[i]` to `edges[i + 1]`, for ever; `stayed(t)` is E min(S, t), the integral
    of P(S > u) up to t.
    """
    period, total = edges[-1], 0.0
    for cycle in range(math.floor(day / period) + 1):
        for i, rate in enumerate(rates):
            low, high = cycle * period + edges[i], min(cycle * period + edges[i + 1], day)
            total += rate * (stayed(day - low) - stayed(day - high)) if high > low else 0.0
    return total


def stayed_uniform(low: float, high: float) -> Callable[[float], float]:
    """E min(S, t) of a uniform law."""

    def stayed(t: float) -> float:
        inside = min(max(t - low, 0.0), high - low)
        return min(t, low) + inside - inside**2 / (2 * (high - low))

    return stayed


def stayed_lognormal(mean: float, sd: float) -> Callable[[float], float]:
    """E min(S, t) of a lognormal law."""
    sigma = math.sqrt(math.log1p((sd / mean) ** 2))
    mu = math.log(mean) - sigma**2 / 2

    def stayed(t: float) -> float:
        if t <= 0:
            return 0.0
        score = (math.log(t) - mu) / sigma
        return float(mean * special.ndtr(score - sigma) + t * special.ndtr(-score))

    return stayed
