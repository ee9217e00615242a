"""Reached: how many citizens had come to each point by so many weeks after their need arose."""

from __future__ import annotations

import math

import numpy as np

from sim.measures.arrays import Floats, Ints
from sim.measures.definitions import CURVES, SUBGROUP_CURVES
from sim.measures.lives import Columns
from sim.measures.record import Record
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK

MOST_STEPS = 40
"""Curves of subgroups are kept at so many weeks at most, beside the first: they are many, and drawn small."""


def reached(record: Record, columns: Columns) -> Floats:
    """Citizens who had reached each of `CURVES` by the end of each week, cumulated (5, follow-up weeks + 1)."""
    days = np.arange(record.scenario.run.weeks.follow_up + 1) * float(DAYS_A_WEEK)
    known = [columns.get(f"day_{curve}", np.empty(0)) for curve in CURVES]
    return np.array([np.searchsorted(np.sort(day), days, side="right") for day in known], dtype=np.float64)


def reached_by_subgroup(record: Record, columns: Columns, belongs: Floats) -> Floats:
    """Citizens of each subgroup who had reached each of `SUBGROUP_CURVES` by each of `subgroup_weeks`, cumulated.

    Returns
    -------
    Floats
        By curve, subgroup (a row of `belongs`) and week (2, K, steps); no curves where there are no levels.
    """
    days = subgroup_weeks(record.scenario) * float(DAYS_A_WEEK)
    known = [columns[f"day_{curve}"] for curve in SUBGROUP_CURVES if f"day_{curve}" in columns]
    made = np.zeros((len(known), len(belongs), days.size))
    for at, day in enumerate(known):
        step = np.searchsorted(days, day, side="left")  # the first of the days that is not before it
        for row, member in enumerate(belongs):
            made[at, row] = np.bincount(step, weights=member, minlength=days.size + 1)[: days.size].cumsum()
    return made


def subgroup_weeks(scenario: Scenario) -> Ints:
    """The weeks since the need arose at which curves of subgroups are kept; the end of follow-up is the last."""
    last = scenario.run.weeks.follow_up
    return np.append(np.arange(0, last, math.ceil(last / MOST_STEPS)), last)
