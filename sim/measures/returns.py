"""Returns: how soon after the first contact of an approach its citizen makes another."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import Floats
from sim.measures.followed import Followed
from sim.scenario.scenario import Scenario

RETURNED = "returned_within_days"
USUAL_DAYS = (28, 90, 364)


def days_asked(scenario: Scenario) -> list[int]:
    """The numbers of days that returns are counted within: the usual ones, and those of checks and targets."""
    figures = (*scenario.checks.values(), *scenario.targets.values())
    asked = {figure.days for figure in figures if figure.measure == RETURNED and figure.days is not None}
    return sorted({*USUAL_DAYS, *asked})


def returns_of_citizens(life: Followed) -> Floats:
    """Of each citizen's approaches, for each number of days: how many began at least so long before the end of
    follow-up, and after how many of these another began within so many days (cohort, days, 2).
    """
    parts, asked = life.approaches, days_asked(life.record.scenario)
    after = np.append(parts.begun[1:], np.inf)[: parts.begun.size]
    is_last = np.append(parts.citizen[1:] != parts.citizen[:-1], True)[: parts.begun.size]
    apart = np.where(is_last, np.inf, np.round(after - parts.begun, 9))
    left = np.round(life.end[parts.citizen] - parts.begun, 9)
    counts = [
        np.bincount(parts.citizen, which, life.count)
        for days in asked
        for which in (left >= days, (left >= days) & (apart <= days))
    ]
    return np.column_stack(counts).reshape(life.count, len(asked), 2).astype(np.float64)
