"""The clock's unit: whole microseconds from Monday 00:00 of the first week (rule 2).

Sums and differences of whole numbers are exact in any order and on any platform, so that work which fills a day exactly
ends at closing time, and ties are decided by rule 1 and never by drift. Days stand in files and tables alone. Both
engines make due times by `span` and by nothing else.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.vocabulary import DAYS_A_WEEK

Instants = NDArray[np.int64]
Floats = NDArray[np.float64]

A_DAY = 86_400_000_000
"""Microseconds in a day."""
A_WEEK = DAYS_A_WEEK * A_DAY

LONGEST = 1 << 61
"""The longest time [microseconds], 73,000 years: what takes longer does not happen within any run."""

NEVER = (1 << 63) - 1
"""The instant of what has not happened, or never will."""

_LONGEST_DAYS = LONGEST / A_DAY
_DAY = float(A_DAY)


def span(days: float) -> int:
    """A length of time rounded to whole microseconds, once; any time above 0 is at least one [microseconds]."""
    if days <= 0.0:
        return 0
    if not days < _LONGEST_DAYS:
        return LONGEST
    return max(1, math.floor(days * _DAY + 0.5))


def instant(day: float) -> int:
    """The instant nearest to a day."""
    return math.floor(day * _DAY + 0.5)


def days_between(begin: int, end: int) -> float:
    """From one instant to another [days]."""
    return float(end - begin) / _DAY


def day_of(instant: int) -> float:
    """An instant as a table shows it [days]; NaN for NEVER. Of the first 71 years each comes back by `instant`."""
    return math.nan if instant == NEVER else float(instant) / _DAY


def instants(days: Any) -> Instants:
    """`instant` of each of these days; NEVER where it is NaN."""
    given = np.asarray(days, dtype=np.float64)
    known = ~np.isnan(given)
    found = np.full(given.shape, NEVER)
    found[known] = np.floor(np.clip(given[known] * _DAY + 0.5, -float(LONGEST), float(LONGEST)))
    return found


def in_days(given: Instants) -> Floats:
    """Instants as days, to the last bit that `day_of` gives; none may be NEVER."""
    return np.asarray(given / _DAY, dtype=np.float64)
