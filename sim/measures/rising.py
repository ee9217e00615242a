"""Rising backlogs, told from one run alone: no interval over replications is at hand."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import Flags, Floats, per_citizen
from sim.measures.queues import weekly_slope
from sim.measures.record import Record
from sim.scenario.vocabulary import DAYS_A_WEEK

RISE = 0.05
"""A rise of the number waiting by over this share within the cohort window counts as growth."""

SURE = 1.96
"""So many standard errors above 0 a slope must lie."""

LOOKED_BACK = 2
"""Cohort windows before the cohort's own that are looked at, as far as there are any: the longer, the surer."""


def rising(record: Record) -> Flags:
    """Which teams' backlogs grow, in the order of the file.

    By over 5% of the number waiting in the cohort window, and by more than the team deals with in a day; and surely, by
    the slope over that window and up to two as long before it.
    """
    waiting, weeks = record.waiting.astype(np.float64), record.scenario.run.weeks
    until, back = weeks.warm_up + weeks.cohort + 1, max(0, weeks.warm_up - LOOKED_BACK * weeks.cohort)
    window = waiting[:, weeks.warm_up : until]
    rise = weekly_slope(window) * weeks.cohort
    much = (rise > RISE * window.mean(axis=1)) & (rise > _dealt_with_in_a_day(record))
    return np.asarray(much & _is_sure(waiting[:, back:until]), np.bool_)


def _is_sure(waiting: Floats) -> Flags:
    """Whether the slope lies above 0 by its standard error, weekly numbers being like those of the week before.

    That a queue of this week is much like last week's leaves fewer numbers that tell anything: n (1 - r) / (1 + r), r
    the correlation of the residuals with those a week before (Bartlett 1935; von Storch & Zwiers 1999, section 6.6).
    """
    count = waiting.shape[1]
    weeks = np.arange(count) - (count - 1) / 2
    slope = weekly_slope(waiting)
    left = waiting - waiting.mean(axis=1, keepdims=True) - slope[:, None] * weeks
    own = (left**2).sum(axis=1)
    alike = np.divide((left[:, 1:] * left[:, :-1]).sum(axis=1), own, out=np.zeros_like(own), where=own > 0)
    spread = own / np.maximum(1, count - 2) / (weeks @ weeks)
    return np.asarray(slope > SURE * np.sqrt(spread * (1 + alike) / np.maximum(1 - alike, 1e-9)), np.bool_)


def _dealt_with_in_a_day(record: Record) -> Floats:
    """Visits that each team ended in the cohort window, a day."""
    weeks, visits, team = record.scenario.run.weeks, record.visits, record.team
    ended = (visits.ended >= weeks.cohort_from) & (visits.ended < weeks.cohort_to) & ~np.isnan(visits.started)
    teams = len(record.pathway.teams) if record.pathway else 0
    return per_citizen(team[ended & (team >= 0)], teams) / (weeks.cohort * DAYS_A_WEEK)
