"""What the course alone implies: how need changes when nobody helps. Solved exactly, without a simulation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from sim.scenario.citizens import Group
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import CRISIS, LEVELS

ENDED, LEFT_AREA = CRISIS, CRISIS + 1
"""States of the chain after low .. crisis, which are 0 .. 3: need has ended; has died or moved away."""

Floats = NDArray[np.float64]


class Remission(NamedTuple):
    """Shares of the citizens whose need arose a time ago, if nobody helps: need ended by itself, be it back since or
    not; died or moved while it lasted.
    """

    ended: float
    left_area: float


def remission(scenario: Scenario, days: float, group: str | None = None) -> Remission:
    """Remission within `days` of the need arising, for the mix of levels at arrival and without any help [shares].

    The course is a continuous-time Markov chain, so the shares at t are the mix at arrival times exp(Q t), Q holding
    the rates 1 / mean days. Who has died or moved away with need open stands apart. Of all groups together, or of one.

    Raises
    ------
    ValueError
        If the scenario has no need levels.
    """
    shares = {group: 1.0} if group is not None else scenario.group_shares
    states = sum(share * course_shares(scenario.groups[name], days) for name, share in shares.items())
    assert isinstance(states, np.ndarray)
    return Remission(float(states[ENDED]), float(states[LEFT_AREA]))


def course_shares(group: Group, days: float) -> Floats:
    """Shares of a group at low, moderate, high and crisis, with need ended, and gone, `days` after it arose."""
    if group.level_at_arrival is None:
        raise ValueError("a group without need levels has no course")
    start = np.array([*group.level_at_arrival.shares, 0.0, 0.0])
    return np.asarray(start @ expm(_rates(group) * days), dtype=np.float64)


def _rates(group: Group) -> Floats:
    """Rates a day from state to state; each row adds up to 0."""
    rates = np.zeros((len(LEVELS) + 1, len(LEVELS) + 1))
    for state in range(CRISIS):
        milder = state - 1 if state > 0 else ENDED
        ways = ((group.worsens_after_days, state + 1), (group.eases_after_days, milder))
        for means, target in (*ways, (group.leaves_after_days, LEFT_AREA)):
            mean = means.days[state]
            if mean is not None:
                rates[state, target] += 1 / mean
    np.fill_diagonal(rates, -rates.sum(axis=1))
    return rates
