"""Arrays of days and hours: what lies inside a window, and how staff hours accrue."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.tables import Visits

Floats = NDArray[np.float64]
Ints = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]


def overlap(begin: Floats, end: Floats, low: Floats | float, high: Floats | float) -> Floats:
    """Length of [begin, end) inside [low, high); 0 where begin or end is NaN [days]."""
    length = np.minimum(end, high) - np.maximum(begin, low)
    return np.where(length > 0, length, 0.0)


def stops(visits: Visits) -> Floats:
    """When the work of each visit stopped, or is planned to: the earlier of `ended` and `due`; NaN if never started."""
    return np.where(np.isnan(visits.ended), visits.due, np.minimum(visits.ended, visits.due))


def hours_within(visits: Visits, low: Floats | float, high: Floats | float) -> Floats:
    """Staff hours of each visit worked from `low` to `high`: they accrue evenly from `started` to `due` [hours].

    Work that takes no time falls at its start, both ends included.
    """
    planned = visits.due - visits.started
    share = overlap(visits.started, stops(visits), low, high) / np.where(planned > 0, planned, 1.0)
    at_once = (planned == 0) & (visits.started >= low) & (visits.started <= high)
    return np.where(at_once, 1.0, share) * visits.staff_hours


def hours_owed(visits: Visits, day: Floats) -> Floats:
    """Staff hours of each visit still to come after `day`, if it was under way then [hours]."""
    under_way = (visits.started <= day) & (day < stops(visits))
    planned = visits.due - visits.started
    left = (visits.due - day) / np.where(planned > 0, planned, 1.0)
    return np.where(under_way, left, 0.0) * visits.staff_hours


def of_stages(values: list[float] | list[bool] | list[int], stage: Ints) -> Floats:
    """A number known by stage, for each visit's stage."""
    return np.asarray(values or [0], dtype=np.float64)[stage]


def per_citizen(citizen: Ints, count: int, weights: Floats | Flags | None = None) -> Floats:
    """Sum of the weights (or number of rows) of each of `count` citizens."""
    values = None if weights is None else np.asarray(weights, dtype=np.float64)
    return np.bincount(citizen, weights=values, minlength=count).astype(np.float64)


def first_day(citizen: Ints, count: int, day: Floats, which: Flags) -> Floats:
    """The earliest `day` of each citizen among the rows chosen; infinite where there is none."""
    earliest = np.full(count, np.inf)
    np.minimum.at(earliest, citizen[which], day[which])
    return earliest


def number(flags: Flags) -> Floats:
    """1 for true, 0 for false."""
    return flags.astype(np.float64)
