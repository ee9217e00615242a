"""Answers that theory gives to queues of limited length and to classes of priority; nothing here knows the engine.

Times are days and intensities are per day, but any one unit of time will do throughout a call.

References
----------
.. [1] Gross, D., Shortle, J. F., Thompson, J. M. and Harris, C. M. (2008). Fundamentals of Queueing Theory,
   4th ed. Wiley.
.. [2] Cobham, A. (1954). Priority assignment in waiting line problems. Operations Research, 2(1), 70-76.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from .formulas import erlang_c


@dataclass(frozen=True)
class Loss:
    """A queue of limited length in its steady state."""

    lost: float
    """Share of arrivals turned away [share]."""
    mean_wait_days: float
    """Mean time in the queue of those admitted [days]."""


def mmck(arrivals_per_day: float, service_days: float, servers: int, places: int) -> Loss:
    """M/M/c/K: who finds `places` people there, served and waiting, is lost; a cut birth-death chain, [1]_ 2.5.

    Poisson arrivals see time averages, so that the share lost is that of time full; by Little's law the mean wait of
    those admitted is the mean number waiting over the rate of admissions.
    """
    weights = [1.0]
    for present in range(1, places + 1):
        weights.append(weights[-1] * arrivals_per_day * service_days / min(present, servers))
    shares = [weight / math.fsum(weights) for weight in weights]
    waiting = math.fsum(share * max(0, present - servers) for present, share in enumerate(shares))
    return Loss(shares[-1], waiting / (arrivals_per_day * (1 - shares[-1])))


def priority_waits(loads: Sequence[float], until_next_end_days: float) -> list[float]:
    """Mean wait of each class, the first served first, work under way never interrupted [days]; [2]_, [1]_ 3.4.

    W_k = W_0 / ((1 - s_{k-1}) (1 - s_k)), s_k being the sum of the `loads` of a server by classes 1 to k, and W_0 the
    mean time from an arrival to the next end of work, 0 where a server is free.
    """
    sums = list(accumulate(loads, initial=0.0))
    if sums[-1] >= 1:
        raise ValueError(f"no steady state: the servers are {sums[-1]:.3g} times loaded, which must be below 1")
    return [until_next_end_days / ((1 - before) * (1 - after)) for before, after in pairwise(sums)]


def mg1_next_end(arrivals_per_day: float, service_days: float, service_sd_days: float) -> float:
    """W_0 in M/G/1 [days]: lambda E(S^2) / 2; [1]_ section 3.4."""
    return arrivals_per_day * (service_days**2 + service_sd_days**2) / 2


def mg1_next_end_of_classes(arrivals_per_day: Sequence[float], works: Sequence[tuple[float, float]]) -> float:
    """W_0 in M/G/1 whose classes have work of their own, each of (mean, sd) [days]: the sum of their parts; [2]_."""
    return math.fsum(mg1_next_end(a_day, *work) for a_day, work in zip(arrivals_per_day, works, strict=True))


def mmc_next_end(arrivals_per_day: float, service_days: float, servers: int) -> float:
    """W_0 in M/M/c [days]: all servers are busy with Erlang's C, and then the next ends after s / c; [2]_."""
    return erlang_c(servers, arrivals_per_day * service_days) * service_days / servers
