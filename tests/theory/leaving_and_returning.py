"""Answers that theory gives to queues that people leave, by any law of patience, or come back to; nothing here knows
the engine.

Times are days and intensities are per day, but any one unit of time will do throughout a call.

References
----------
.. [1] Baccelli, F. and Hebuterne, G. (1981). On queues with impatient customers. In Performance '81, 159-179.
   North-Holland.
.. [2] Mandelbaum, A. and Zeltyn, S. (2004). The impact of customers' patience on delay and abandonment: some
   empirically-driven experiments with the M/M/n+G queue. OR Spectrum, 26(3), 377-411.
.. [3] Boots, N. K. and Tijms, H. (1999). A multiserver queueing system with impatient customers. Management Science,
   45(3), 444-448.
.. [4] Takacs, L. (1963). A single-server queue with feedback. Bell System Technical Journal, 42(2), 505-519.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import simpson
from scipy.stats import gamma

from .formulas import erlang_b, erlang_c, mg1_mean_wait

Floats = NDArray[np.float64]
Curve = Callable[[Floats], Floats]

POINTS = 400_001
"""Points at which an integral is taken."""

NEGLIGIBLE_LOG = -45.0
"""Where the logarithm of what is integrated lies so far below its start, the rest no longer adds to any figure."""


@dataclass(frozen=True)
class Patience:
    """A law of patience: the share whose patience is longer than x, and the mean of the shorter of patience and x."""

    longer_than: Curve
    mean_up_to: Curve


ENDLESS = Patience(lambda x: np.ones_like(x), lambda x: x)


def exponential_patience(mean: float) -> Patience:
    """Patience of an exponential law."""
    return Patience(lambda x: np.exp(-x / mean), lambda x: -mean * np.expm1(-x / mean))


def fixed_patience(days: float) -> Patience:
    """Patience that is the same for everyone."""
    return Patience(lambda x: (x < days).astype(np.float64), lambda x: np.minimum(x, days))


def gamma_patience(mean: float, sd: float) -> Patience:
    """Patience of a gamma law: with shape k, the mean up to x is x P(G > x) + mean P(G' < x), G' of shape k + 1."""
    shape, scale = (mean / sd) ** 2, sd**2 / mean
    longer: Curve = lambda x: np.asarray(gamma.sf(x, shape, scale=scale))  # noqa: E731
    return Patience(longer, lambda x: x * longer(x) + mean * np.asarray(gamma.cdf(x, shape + 1, scale=scale)))


@dataclass(frozen=True)
class Reneging:
    """A queue that people leave, in its steady state."""

    wait_probability: float
    """Share of arrivals that find every server busy [share]."""
    mean_wait_days: float
    """Mean time in the queue of all arrivals, whether served or gone [days]."""
    gave_up: tuple[float, ...]
    """Share of each class that gives up before it is served [share]."""


def mmc_with_patience(
    arrivals_per_day: float, service_days: float, servers: int, classes: Sequence[tuple[float, Patience]]
) -> Reneging:
    """M/M/c+G, first come first served, with `classes` of (share of arrivals, patience); [1]_, [2]_ section 4.

    With H(x) the mean of patience up to x over all arrivals, the wait V that would be served in the end has the
    density lambda exp(lambda H(x) - c x / s) / (e + lambda J) at x > 0, where J is the integral of that exponential
    and 1 / e Erlang's loss of c - 1 servers. A class gives up with P(V > its patience), and the mean time in the queue
    is the integral of H over the density.
    """
    reach = service_days
    while _log_weight(arrivals_per_day, service_days / servers, classes, np.array([reach]))[0] > NEGLIGIBLE_LOG:
        reach *= 2
    x = np.linspace(0, reach, POINTS)
    weight = np.exp(_log_weight(arrivals_per_day, service_days / servers, classes, x))
    below = 1 / erlang_b(servers - 1, arrivals_per_day * service_days)
    total = below + arrivals_per_day * _integral(weight, x)
    density = arrivals_per_day * weight / total
    waits = _integral(density, x)
    return Reneging(
        wait_probability=waits,
        mean_wait_days=_integral(density * _mean_up_to(classes, x), x),
        gave_up=tuple(waits - _integral(density * patience.longer_than(x), x) for _, patience in classes),
    )


def mmc_fixed_patience_lost(arrivals_per_day: float, service_days: float, servers: int, patience_days: float) -> float:
    """Share lost by M/M/c+D below full load: (1 - r) Q / (1 - r Q), Q = P(wait > patience) in M/M/c [share]; [3]_."""
    load = arrivals_per_day * service_days / servers
    over = erlang_c(servers, load * servers) * math.exp(-(servers / service_days - arrivals_per_day) * patience_days)
    return (1 - load) * over / (1 - load * over)


@dataclass(frozen=True)
class Feedback:
    """A queue to whose end a share of those served returns, in its steady state."""

    visits: float
    """Mean visits of one arrival from outside [count]."""
    busy: float
    """Share of time the server is busy [share]."""
    mean_days: float
    """Mean days from the first joining to leaving for good [days]."""


def mg1_with_feedback(arrivals_per_day: float, service_days: float, service_sd_days: float, again: float) -> Feedback:
    """M/G/1 to whose end a share `again` of those served returns at once [4]_.

    Who is served next, one returned or another, does not bear on when somebody leaves for good. So the number present
    is that of an M/G/1 whose work is a geometric number N of services: mean s / (1 - p), variance sd^2 E(N) + s^2
    Var(N); and the time there is, by Little's law, that of such an M/G/1.
    """
    visits = 1 / (1 - again)
    work = service_days * visits
    sd = math.sqrt(service_sd_days**2 * visits + service_days**2 * again * visits**2)
    return Feedback(visits, arrivals_per_day * work, mg1_mean_wait(arrivals_per_day, work, sd) + work)


def _log_weight(
    arrivals_per_day: float, end_days: float, classes: Sequence[tuple[float, Patience]], x: Floats
) -> Floats:
    return arrivals_per_day * _mean_up_to(classes, x) - x / end_days


def _mean_up_to(classes: Sequence[tuple[float, Patience]], x: Floats) -> Floats:
    parts = [share * patience.mean_up_to(x) for share, patience in classes]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)


def _integral(values: Floats, x: Floats) -> float:
    return float(simpson(values, x=x))
