"""Hours on shift and hours worked: where more are at work than are on shift that is overtime, and it is paid (rule 5).

Work begun goes on when a shift ends, and, where a team finishes the same day, after closing. What a team is paid for is
at each moment the greater of the two: those on shift, busy or not, and those at work. Work on a caseload is planned
within weeks and not by the clock: there the hours of the whole window are set against each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.calendars import open_time
from sim.engine.instants import A_DAY, Instants, instants, span
from sim.engine.model import shares_of_neighbourhoods
from sim.engine.shifts import Attendance, attendance
from sim.engine.tables import Visits
from sim.measures.arrays import Flags, Floats, hours_within, stops
from sim.measures.record import Record
from sim.scenario.teams import SAME_DAY, Team
from sim.scenario.vocabulary import DAYS_A_WEEK, HOURS_A_DAY


class Hours(NamedTuple):
    """By team: paid hours worked beyond those on shift, and hours on shift with nobody to serve [hours]."""

    overtime: Floats
    unserved: Floats


def hours_beside_shifts(record: Record, low: float, high: float) -> Hours:
    """Overtime and unserved hours of each team from day `low` to day `high`; none where posts are unlimited."""
    teams = list(record.pathway.teams.values()) if record.pathway else []
    return _by_team(record, low, high, [not team.is_unlimited for team in teams])


def overtime_hours(record: Record, low: float, high: float) -> Floats:
    """Overtime alone: teams that can work none need not be looked at [hours]."""
    teams = list(record.pathway.teams.values()) if record.pathway else []
    return _by_team(record, low, high, [team.may_work_overtime for team in teams]).overtime


def _by_team(record: Record, low: float, high: float, wanted: list[bool]) -> Hours:
    """The hours of the teams wanted; 0 of others."""
    teams = record.pathway.teams.values() if record.pathway else ()
    inside = (record.visits.started <= high) & ~(record.visits.ended < low)
    found = [
        _of_team(record, team, record.team == place, inside, (low, high)) if wanted[place] else (0.0, 0.0)
        for place, team in enumerate(teams)
    ]
    return Hours(*np.array(found, dtype=np.float64).reshape(-1, 2).T)


def _of_team(record: Record, team: Team, mine: Flags, inside: Flags, days: tuple[float, float]) -> tuple[float, float]:
    if team.works == "caseload":
        there = _paid_hours(team, record, days)
        worked = float(hours_within(_rows(record.visits, mine), *days).sum()) / team.share_with_citizens
        return max(0.0, worked - there), max(0.0, there - worked)
    low, high = span(days[0]), span(days[1])
    cells = attendance(team, shares_of_neighbourhoods(record.scenario, team), high, record.scenario.run.weeks.warm_up)
    visits = _rows(record.visits, mine & inside)
    begins, ends = instants(visits.started), instants(stops(visits))
    places = [slice(None)] if len(cells) == 1 else [visits.neighbourhood == at for at in range(len(cells))]
    found = [
        _beside(team, cell, begins[here], ends[here], (low, high)) for cell, here in zip(cells, places, strict=True)
    ]
    over, idle = np.sum(found, axis=0)
    a_day = HOURS_A_DAY * team.paid_hours_an_open_hour
    return float(over / A_DAY * a_day), float(idle / A_DAY * a_day)


def _paid_hours(team: Team, record: Record, days: tuple[float, float]) -> float:
    """Hours a team is paid for in these days, in whole weeks from the start of the cohort window on [hours]."""
    if not team.posts_from_week:
        return team.paid_hours_a_week * (days[1] - days[0]) / DAYS_A_WEEK
    low, high = (round((day - record.scenario.run.weeks.cohort_from) / DAYS_A_WEEK) for day in days)
    post_weeks = team.mean_posts_in(high) * high - (team.mean_posts_in(low) * low if low else 0.0)
    return team.paid_hours_an_open_hour * team.open_hours_a_week * post_weeks


def _rows(visits: Visits, chosen: Flags) -> Visits:
    """These visits, as far as it matters when they were worked, and where."""
    rows = np.flatnonzero(chosen)
    names = ("started", "due", "ended", "staff_hours", "neighbourhood")
    return Visits(**{**visits._asdict(), **{name: getattr(visits, name)[rows] for name in names}})


def _beside(team: Team, cell: Attendance, begins: Instants, ends: Instants, window: tuple[int, int]) -> tuple[int, int]:
    """Time of posts worked beyond those there, and there but idle, in the window [microseconds].

    Where work waits for the next opening time stands still while the team is closed.
    """
    times = [begins, ends, cell.since, np.array(window)]
    if team.closes and team.finish != SAME_DAY:
        times = [open_time(cell.begins, cell.ends, one) for one in times]
    *moments, (low, high) = times
    begins, ends, since = (np.clip(one, low, high) - low for one in moments)
    there = int((cell.posts * np.diff(since, append=high - low)).sum())
    worked = int(ends.sum() - begins.sum())
    over = _beyond(begins, ends, since, cell) if team.may_work_overtime else 0
    return over, there - worked + over


def _beyond(begins: Instants, ends: Instants, since: Instants, cell: Attendance) -> int:
    """Time of posts at work beyond those on shift [microseconds]."""
    when = np.concatenate([begins, ends, since])
    steps = np.concatenate([np.ones_like(begins), -np.ones_like(ends), -np.diff(cell.posts, prepend=0)])
    order = _in_order(when)
    beyond = np.cumsum(steps[order])[:-1]
    return int((np.maximum(beyond, 0) * np.diff(when[order])).sum())


def _in_order(times: Instants) -> NDArray[np.intp]:
    """What puts times from 0 on in order: by 16 bits after 16, which numpy sorts several times faster than all 64."""
    order = np.argsort(times.astype(np.uint16), kind="stable")
    for bits in range(16, int(times.max()).bit_length(), 16):
        order = order[np.argsort((times >> bits).astype(np.uint16)[order], kind="stable")]
    return order
