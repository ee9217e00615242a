"""Hours on shift and hours worked: where more are at work than are on shift that is overtime, and it is paid (rule 5).

Work begun goes on when a shift ends, and, where a team finishes the same day, after closing. What a team is paid for is
at each moment the greater of the two: those on shift, busy or not, and those at work. Work on a caseload is planned
within weeks and not by the clock: there the hours of the whole window are set against each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.engine.calendars import open_time
from sim.engine.instants import A_DAY, NEVER, Instants, instants, span
from sim.engine.model import shares_of_neighbourhoods
from sim.engine.shifts import Attendance, attendance
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
    teams = record.pathway.teams.values() if record.pathway else ()
    found = [_of_team(record, team, record.team == place, low, high) for place, team in enumerate(teams)]
    return Hours(*np.array(found, dtype=np.float64).reshape(-1, 2).T)


def _of_team(record: Record, team: Team, mine: Flags, low: float, high: float) -> tuple[float, float]:
    if team.is_unlimited:
        return 0.0, 0.0
    if team.works == "caseload":
        there = team.paid_hours_a_week * (high - low) / DAYS_A_WEEK
        worked = float(hours_within(record.visits, low, high)[mine].sum()) / team.share_with_citizens
        return max(0.0, worked - there), max(0.0, there - worked)
    window = span(low), span(high)
    cells = attendance(team, shares_of_neighbourhoods(record.scenario, team), window[1])
    here = record.visits.neighbourhood[mine]
    begins, ends = instants(record.visits.started[mine]), instants(stops(record.visits)[mine])
    one_queue = len(cells) == 1
    found = [
        _beside(team, cell, begins[one_queue | (here == at)], ends[one_queue | (here == at)], window)
        for at, cell in enumerate(cells)
    ]
    over, idle = np.sum(found, axis=0)
    a_day = HOURS_A_DAY * team.paid_hours_an_open_hour
    return float(over / A_DAY * a_day), float(idle / A_DAY * a_day)


def _beside(team: Team, cell: Attendance, begins: Instants, ends: Instants, window: tuple[int, int]) -> tuple[int, int]:
    """Time of posts worked beyond those there, and there but idle, in the window [microseconds].

    Where work waits for the next opening time stands still while the team is closed.
    """
    begun = begins != NEVER
    times = [begins[begun], ends[begun], cell.since, np.array(window)]
    if team.closes and team.finish != SAME_DAY:
        times = [open_time(cell.begins, cell.ends, one) for one in times]
    *moments, (low, high) = times
    steps = [np.ones_like(moments[0]), -np.ones_like(moments[1]), -np.diff(cell.posts, prepend=0)]
    when = np.concatenate(moments)
    order = np.argsort(when, kind="stable")
    beyond = np.cumsum(np.concatenate(steps)[order])
    lasts = np.diff(np.clip(when[order], low, high), append=high)
    return int((np.maximum(beyond, 0) * lasts).sum()), int((np.maximum(-beyond, 0) * lasts).sum())
