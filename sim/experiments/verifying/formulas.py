"""Known formulas of queueing, to hold a stage against; nothing here knows the engine.

References
----------
.. [1] Gross, D., Shortle, J. F., Thompson, J. M. and Harris, C. M. (2008). Fundamentals of Queueing Theory, 4th ed.
   Wiley. Sections 2.3 (M/M/c), 2.5 (M/M/c/K), 2.6 (Erlang B), 5.1 (M/G/1).
.. [2] Mandelbaum, A. and Zeltyn, S. (2007). Service engineering in action: the Palm/Erlang-A queue. In Advances in
   Services Innovations, 17-45. Springer.
.. [3] Allen, A. O. (1990). Probability, Statistics, and Queueing Theory, 2nd ed. Academic Press. Section 5.3: the
   Allen-Cunneen approximation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

NEGLIGIBLE = -45.0
"""A state this far below the likeliest [log weight] no longer adds to any figure."""

MOST_STATES = 4_000_000


@dataclass(frozen=True)
class Line:
    """A line before `servers`: Poisson arrivals, exponential service and patience, room for `room` in the queue."""

    a_day: float
    service_days: float
    servers: int
    patience_days: float = math.inf
    room: float = math.inf

    @property
    def load(self) -> float:
        """Work arriving, as a share of what the servers can do."""
        return self.a_day * self.service_days / self.servers if self.servers else math.inf


@dataclass(frozen=True)
class Steady:
    """The steady state of a line: mean wait of those who join it [days], share of arrivals turned away."""

    wait_days: float
    turned_away: float


def steady(line: Line) -> Steady:
    """The steady state of M/M/c/K+M, [1]_ and [2]_: Erlang B, C and A are its special cases.

    The number present is a birth-death chain, dying at min(n, c)/s + max(n - c, 0)/p in state n. By Little's law the
    mean wait of those who join is the mean number waiting over those who join a day. A line that cannot keep up, with
    endless patience and room, has an infinite wait.
    """
    endless = math.isinf(line.patience_days) and math.isinf(line.room)
    if line.servers == 0 or (endless and line.load >= 1):
        return Steady(math.inf, 0.0)
    shares = _shares(line)
    waiting = float(shares @ np.maximum(np.arange(shares.size) - line.servers, 0))
    away = float(shares[-1]) if math.isfinite(line.room) else 0.0
    return Steady(waiting / (line.a_day * (1 - away)), away)


def _shares(line: Line) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Share of time with 0, 1, 2, .. present."""
    states = line.servers + (int(line.room) if math.isfinite(line.room) else 256)
    while True:
        present = np.arange(1, states + 1)
        patience = np.maximum(present - line.servers, 0) / line.patience_days
        dying = np.minimum(present, line.servers) / line.service_days + patience
        weights = np.concatenate([[0.0], np.cumsum(np.log(line.a_day) - np.log(dying))])
        weights -= weights.max()
        if math.isfinite(line.room) or weights[-1] < NEGLIGIBLE or states > MOST_STATES:
            shares = np.exp(weights)
            return np.asarray(shares / shares.sum())
        states *= 2


def allen_cunneen(variation: float) -> float:
    """Factor on the wait in M/M/c for service with this coefficient of variation: (1 + c^2) / 2 [3]_.

    Exact for one server (Pollaczek and Khinchine, [1]_ section 5.1).
    """
    return (1 + variation**2) / 2


def settling_days(line: Line) -> float:
    """How long a line takes to forget how it began, roughly [days]: s / (c (1 - sqrt(rho))^2).

    Exact for M/M/1 ([1]_ section 2.11). No longer than its patience, or than its full queue takes to be served;
    infinite where an endless line cannot keep up.
    """
    if line.servers == 0:
        return line.patience_days
    slack = (1 - math.sqrt(line.load)) ** 2 if line.load < 1 else 0.0
    own = line.service_days / (line.servers * slack) if slack else math.inf
    full = line.service_days * (1 + line.room / line.servers)
    return max(line.service_days, min(own, line.patience_days, full))
