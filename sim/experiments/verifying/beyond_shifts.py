"""Overtime reckoned a second time: how many were at work at each moment, and how many the file has on shift."""

from __future__ import annotations

import numpy as np

from sim.experiments.verifying.openings import There, dated_posts
from sim.experiments.verifying.posts import capacities
from sim.measures.arrays import Flags, overlap, stops
from sim.measures.record import Record
from sim.scenario.teams import SAME_DAY, Team
from sim.scenario.vocabulary import DAYS_A_WEEK, HOURS_A_DAY, WEEKS_A_YEAR


def overtime_hours(record: Record, name: str, window: tuple[float, float]) -> float:
    """Paid hours that a team worked beyond those on shift in a window, of whole weeks [days]."""
    assert record.pathway is not None
    team = record.pathway.teams[name]
    mine = record.team == list(record.pathway.teams).index(name)
    if team.is_unlimited:
        return 0.0
    if team.works == "caseload":
        return _over_the_window(record, team, mine, window)
    queues = capacities(record, team)
    days = sum(
        _days(record, team, mine & ((record.visits.neighbourhood == at) | (len(queues) == 1)), there, window)
        for at, there in enumerate(queues)
    )
    hours = team.open_hours_a_week if team.rota is not None or team.hours_per_week is None else team.hours_per_week
    a_week = hours * (1 - team.other_work) * team.weeks_per_year / WEEKS_A_YEAR
    return days * HOURS_A_DAY * a_week / team.open_hours_a_week


def _over_the_window(record: Record, team: Team, mine: Flags, window: tuple[float, float]) -> float:
    """Hours of a caseload beyond those its posts are paid for in the whole window."""
    visits = record.visits
    planned = visits.due - visits.started
    within = overlap(visits.started, stops(visits), *window)
    at_once = mine & (planned == 0) & (visits.started >= window[0]) & (visits.started <= window[1])
    spread = mine & (planned > 0)
    worked = (visits.staff_hours[spread] * within[spread] / planned[spread]).sum() + visits.staff_hours[at_once].sum()
    hours = (team.hours_per_week or team.open_hours_a_week) * (1 - team.other_work)
    first, last = (round((day - record.scenario.run.weeks.cohort_from) / DAYS_A_WEEK) for day in window)
    dated = [dated_posts(team, week) for week in range(first, last)]
    post_weeks = sum((team.posts or 0.0) if posts is None else posts for posts in dated)
    there = post_weeks * hours * team.weeks_per_year / WEEKS_A_YEAR
    return max(0.0, float(worked) / team.share_with_citizens - there)


def _days(record: Record, team: Team, mine: Flags, there: There, window: tuple[float, float]) -> float:
    """Days of posts at work beyond those on shift in one queue."""
    begun = mine & ~np.isnan(record.visits.started)
    begin, end = np.sort(record.visits.started[begun]), np.sort(stops(record.visits)[begun])
    moments = np.unique(np.clip(np.concatenate([begin, end, there.since, window]), *window))
    at_work = np.searchsorted(begin, moments, side="right") - np.searchsorted(end, moments, side="right")
    at = np.searchsorted(there.since, moments, side="right") - 1
    beyond = np.maximum(at_work - there.least[at], 0)
    if team.finish != SAME_DAY:
        beyond = np.where(there.is_open[at], beyond, 0)  # while it is closed work waits
    return float((beyond[:-1] * np.diff(moments)).sum())
