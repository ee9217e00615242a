"""Rising backlogs, told from one run alone: no interval over replications is at hand."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import Flags, Floats, per_citizen
from sim.measures.queues import weekly_slope
from sim.measures.record import Record
from sim.measures.waiting import weekly_steps
from sim.scenario.vocabulary import DAYS_A_WEEK

RISE = 0.05
"""A rise of the number waiting by over this share within the cohort window counts as growth."""


def rising(record: Record) -> Flags:
    """Which teams' backlogs grow, in the order of the file.

    By over 5% of the number waiting, and by more than the team deals with in a day, in the cohort window and also in
    the time as long before it, as far as there is any: a queue that only swings seldom rises in both.
    """
    steps = weekly_steps(record.scenario, record.pathway_name, record.visits)
    waiting = np.cumsum(steps if record.let_go is None else steps + record.let_go, axis=1).astype(np.float64)
    weeks, a_day = record.scenario.run.weeks, _dealt_with_in_a_day(record)
    since, until = weeks.warm_up, weeks.warm_up + weeks.cohort
    before = waiting[:, max(0, since - weeks.cohort) : since + 1]
    grows = _rises(waiting[:, since : until + 1], a_day)
    return grows & _rises(before, a_day) if before.shape[1] > weeks.cohort / 2 else grows


def _rises(waiting: Floats, a_day: Floats) -> Flags:
    rise = weekly_slope(waiting) * (waiting.shape[1] - 1)
    return np.asarray((rise > RISE * waiting.mean(axis=1)) & (rise > a_day), np.bool_)


def _dealt_with_in_a_day(record: Record) -> Floats:
    """Visits that each team ended in the cohort window, a day."""
    weeks, visits, team = record.scenario.run.weeks, record.visits, record.team
    ended = (visits.ended >= weeks.cohort_from) & (visits.ended < weeks.cohort_to) & ~np.isnan(visits.started)
    teams = len(record.pathway.teams) if record.pathway else 0
    return per_citizen(team[ended & (team >= 0)], teams) / (weeks.cohort * DAYS_A_WEEK)
