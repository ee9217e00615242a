"""Answers that theory gives to small systems, to hold the engine against; nothing here knows the engine.

Times are days and intensities are per day, but any one unit of time will do throughout a call.

References
----------
.. [1] Gross, D., Shortle, J. F., Thompson, J. M. and Harris, C. M. (2008). Fundamentals of Queueing Theory,
   4th ed. Wiley.
.. [2] Mandelbaum, A. and Zeltyn, S. (2007). Service engineering in action: the Palm/Erlang-A queue. In Advances in
   Services Innovations, 17-45. Springer.
.. [3] Jackson, J. R. (1957). Networks of waiting lines. Operations Research, 5(4), 518-521.
.. [4] Kemeny, J. G. and Snell, J. L. (1960). Finite Markov Chains, chapter 3. Van Nostrand.
.. [5] Norris, J. R. (1997). Markov Chains, sections 2.1 to 2.8. Cambridge University Press.
.. [6] Van Loan, C. F. (1978). Computing integrals involving the matrix exponential. IEEE Transactions on Automatic
   Control, 23(3), 395-404.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import expm

Floats = NDArray[np.float64]

STATES = ("none", "low", "moderate", "high", "crisis", "left_area")
"""States of the course: the five need levels in order, then the end by death or moving away."""

LEVELS_OF_NEED = STATES[1:5]
WORSE = dict(pairwise(LEVELS_OF_NEED))
BETTER = dict(pairwise(reversed(STATES[:5])))

NEGLIGIBLE_LOG_WEIGHT = -60.0
"""A state this far below the likeliest one [log weight] no longer adds to any figure."""


@dataclass(frozen=True)
class Queue:
    """A queue in its steady state."""

    wait_probability: float
    """Share of arrivals that find every server busy [share]."""
    mean_wait_days: float
    """Mean time in the queue of all arrivals, whether served or gone [days]."""
    mean_waiting: float
    """Mean number in the queue, those in service left out [people]."""
    abandon_probability: float = 0.0
    """Share of arrivals that give up before they are served [share]."""


@dataclass(frozen=True)
class Node:
    """One node of a Jackson network in its steady state."""

    arrivals_per_day: float
    """All arrivals, from outside and from other nodes [people/day]."""
    queue: Queue
    mean_present: float
    """Mean number at the node, waiting or in service [people]."""


@dataclass(frozen=True)
class Count:
    """Mean and variance of a number of people."""

    mean: float
    variance: float


@dataclass(frozen=True)
class Ending:
    """How a stay with competing ends is over."""

    shares: dict[str, float]
    """Probability of each cause [share]."""
    mean_days: float
    """Mean length of the stay, the same whatever the cause [days]."""


@dataclass(frozen=True)
class Absorption:
    """What befalls a chain before it is absorbed."""

    visits: Floats
    """Expected visits to each transient state, the start counted [count]."""
    shares: Floats
    """Probability of each absorbing state [share]."""

    def cost(self, cost_per_visit: ArrayLike) -> float:
        """Expected cost at `cost_per_visit` of each transient state [its unit], by linearity of expectation [4]_."""
        return float(self.visits @ np.asarray(cost_per_visit, dtype=np.float64))


@dataclass(frozen=True)
class Course:
    """How a need level moves by itself: mean days at each level to each end; a level left out never has that end."""

    worsens_after_days: Mapping[str, float]
    eases_after_days: Mapping[str, float]
    leaves_after_days: Mapping[str, float] = field(default_factory=dict)


def erlang_b(servers: int, load: float) -> float:
    """Share of arrivals lost by M/M/c/c at an offered `load` [erlang]; recursion on c, [1]_ section 2.6."""
    blocked = 1.0
    for busy in range(1, servers + 1):
        blocked = load * blocked / (busy + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Share of arrivals that wait in M/M/c at an offered `load` [erlang]; cB / (c - a(1 - B)) [1]_ 2.3, 2.6."""
    _refuse_overload(load / servers)
    blocked = erlang_b(servers, load)
    return servers * blocked / (servers - load * (1 - blocked))


def mmc(arrivals_per_day: float, service_days: float, servers: int) -> Queue:
    """M/M/c, first come first served: W = C / (c/s - lambda), L = lambda W; [1]_ section 2.3."""
    waits = erlang_c(servers, arrivals_per_day * service_days)
    wait_days = waits / (servers / service_days - arrivals_per_day)
    return Queue(wait_probability=waits, mean_wait_days=wait_days, mean_waiting=arrivals_per_day * wait_days)


def mmc_wait_quantile(share: float, arrivals_per_day: float, service_days: float, servers: int) -> float:
    """Wait in M/M/c that a `share` of arrivals do not exceed [days]; P(W > t) = C exp(-(c/s - lambda) t) [1]_."""
    waits = erlang_c(servers, arrivals_per_day * service_days)
    return max(0.0, math.log(waits / (1 - share)) / (servers / service_days - arrivals_per_day))


def mm1_mean_wait(arrivals_per_day: float, service_days: float) -> float:
    """Mean wait in M/M/1 before service [days]; rho s / (1 - rho), [1]_ section 2.2."""
    busy = arrivals_per_day * service_days
    _refuse_overload(busy)
    return busy * service_days / (1 - busy)


def mg1_mean_wait(arrivals_per_day: float, service_days: float, service_sd_days: float) -> float:
    """Mean wait in M/G/1 before service [days]; Pollaczek-Khinchine, lambda E(S^2) / 2(1 - rho), [1]_ section 5.1."""
    busy = arrivals_per_day * service_days
    _refuse_overload(busy)
    return arrivals_per_day * (service_days**2 + service_sd_days**2) / (2 * (1 - busy))


def erlang_a(arrivals_per_day: float, service_days: float, servers: int, patience_days: float) -> Queue:
    """M/M/c+M: everyone gives up waiting after an exponential time of mean `patience_days` (may be infinite).

    The number present is a birth-death chain, dying at min(n, c)/s + max(n - c, 0)/p in state n [2]_. Those in the
    queue give up at 1/p each, so P(abandon) = L / (p lambda), and by Little's law the mean time in the queue of all
    arrivals, min(wait offered, patience), is L / lambda.
    """
    if math.isinf(patience_days):
        _refuse_overload(arrivals_per_day * service_days / servers)
    shares = _birth_death(arrivals_per_day, service_days, servers, patience_days)
    waiting = float(shares @ np.maximum(np.arange(len(shares)) - servers, 0))
    return Queue(
        wait_probability=float(shares[servers:].sum()),
        mean_wait_days=waiting / arrivals_per_day,
        mean_waiting=waiting,
        abandon_probability=waiting / (patience_days * arrivals_per_day),
    )


def jackson_arrivals(external_per_day: ArrayLike, routes: ArrayLike) -> Floats:
    """Arrivals at each node [people/day] from the traffic equations lambda = gamma + lambda P [3]_.

    `routes[i][j]` is the share of those done at node i who go on to node j; what a row lacks of 1 leaves.
    """
    moves = np.asarray(routes, dtype=np.float64)
    return _solve(np.eye(len(moves)) - moves.T, np.asarray(external_per_day, dtype=np.float64))


def jackson(
    external_per_day: ArrayLike, routes: ArrayLike, service_days: Sequence[float], servers: Sequence[int]
) -> tuple[Node, ...]:
    """Each node of an open network of exponential servers; by Jackson's theorem as if an M/M/c alone [3]_.

    A wait is for one visit. Mean days in the whole network of one arrival from outside are, by Little's law, the sum
    of `mean_present` over nodes divided by the sum of `external_per_day`.
    """
    arrivals = jackson_arrivals(external_per_day, routes)
    return tuple(_node(*facts) for facts in zip(arrivals.tolist(), service_days, servers, strict=True))


def mg_infinity(arrivals_per_day: float, service_days: float) -> Count:
    """Number in M/G/infinity [people]: Poisson of mean lambda s whatever the law of service, [1]_ section 5.2."""
    present = arrivals_per_day * service_days
    return Count(mean=present, variance=present)


def competing_risks(per_day: Mapping[str, float]) -> Ending:
    """First of independent exponential ends at `per_day` each: cause i with r_i / sum r, after 1 / sum r days [5]_."""
    total = math.fsum(per_day.values())
    return Ending(shares={cause: each / total for cause, each in per_day.items()}, mean_days=1 / total)


def absorbing_chain(moves: ArrayLike, ends: ArrayLike, start: ArrayLike) -> Absorption:
    """Visits and ends of an absorbing chain by the fundamental matrix N = 1/(I - Q): start N and start N R [4]_.

    `moves[i][j]` is the chance of going from transient i to transient j, `ends[i][k]` to absorbing k, and `start` the
    chance of beginning in each transient state.
    """
    between, out = np.asarray(moves, dtype=np.float64), np.asarray(ends, dtype=np.float64)
    rows = between.sum(axis=1) + out.sum(axis=1)
    if not np.allclose(rows, 1):
        raise ValueError(f"the chances out of each state must add up to 1, not {rows.tolist()}")
    visits = _solve(np.eye(len(between)) - between.T, np.asarray(start, dtype=np.float64))
    return Absorption(visits=visits, shares=visits @ out)


def course_generator(course: Course) -> Floats:
    """Intensities between `STATES` [1/day], each row adding up to 0 [5]_; `none` and `left_area` are absorbing."""
    rows = np.zeros((len(STATES), len(STATES)))
    _add_moves(rows, course.worsens_after_days, WORSE)
    _add_moves(rows, course.eases_after_days, BETTER)
    _add_moves(rows, course.leaves_after_days, dict.fromkeys(LEVELS_OF_NEED, "left_area"))
    np.fill_diagonal(rows, -rows.sum(axis=1))
    return rows


def course_shares(course: Course, start: Mapping[str, float], days: float) -> dict[str, float]:
    """Probability of each of `STATES` after `days` from the level mix `start` [share]; start exp(Q days) [5]_."""
    return _named(_mix(start) @ expm(course_generator(course) * days))


def course_days(course: Course, start: Mapping[str, float], horizon_days: float) -> dict[str, float]:
    """Mean days in each of `STATES` within `horizon_days`, from the level mix `start` [days].

    The integral of start exp(Q t) from 0 to the horizon, read off the upper right block of one matrix exponential,
    of [[Q, I], [0, 0]] horizon [6]_. Mean entries to crisis are the days at high over the days high takes to worsen.
    """
    size = len(STATES)
    block = np.zeros((2 * size, 2 * size))
    block[:size, :size] = course_generator(course)
    block[:size, size:] = np.eye(size)
    return _named(_mix(start) @ expm(block * horizon_days)[:size, size:])


def mean_days_in_need(course: Course, start: Mapping[str, float], horizon_days: float) -> float:
    """Mean days above `none` and still in the area, within `horizon_days`, from the level mix `start` [days]."""
    spent = course_days(course, start, horizon_days)
    return math.fsum(spent[level] for level in LEVELS_OF_NEED)


def _refuse_overload(busy: float) -> None:
    if busy >= 1:
        raise ValueError(f"no steady state: the servers are {busy:.3g} times loaded, which must be below 1")


def _birth_death(arrivals_per_day: float, service_days: float, servers: int, patience_days: float) -> Floats:
    """Steady shares of 0, 1, 2, ... present, as far as they are not negligible."""
    logs = [0.0]
    peak = 0.0
    while logs[-1] > peak + NEGLIGIBLE_LOG_WEIGHT or len(logs) <= servers:
        present = len(logs)
        leave_per_day = min(present, servers) / service_days + max(present - servers, 0) / patience_days
        logs.append(logs[-1] + math.log(arrivals_per_day / leave_per_day))
        peak = max(peak, logs[-1])
    weights = np.exp(np.array(logs) - peak)
    shares: Floats = weights / weights.sum()
    return shares


def _node(arrivals_per_day: float, service_days: float, servers: int) -> Node:
    queue = mmc(arrivals_per_day, service_days, servers)
    return Node(arrivals_per_day, queue, mean_present=queue.mean_waiting + arrivals_per_day * service_days)


def _add_moves(rows: Floats, after_days: Mapping[str, float], goes_to: Mapping[str, str]) -> None:
    for level, days in after_days.items():
        rows[STATES.index(level), STATES.index(goes_to[level])] = 1 / days


def _mix(start: Mapping[str, float]) -> Floats:
    if not math.isclose(math.fsum(start.values()), 1):
        raise ValueError(f"the shares of the starting levels must add up to 1, not {math.fsum(start.values()):g}")
    shares = np.zeros(len(STATES))
    for level, share in start.items():
        shares[STATES.index(level)] = share
    return shares


def _named(values: Floats) -> dict[str, float]:
    return dict(zip(STATES, values.tolist(), strict=True))


def _solve(matrix: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)
