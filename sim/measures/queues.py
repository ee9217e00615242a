"""Queues: what happened at each stage and team in the cohort window, to everyone, so that any queueing result and any
published waiting list can be set beside it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.engine import tables as t
from sim.engine.tables import Visits
from sim.measures.arrays import Flags, Floats, overlap, per_citizen, stops
from sim.measures.capacity import open_days
from sim.measures.histograms import Sparse, histograms, sparse
from sim.measures.overtime import hours_beside_shifts
from sim.measures.record import Record
from sim.measures.waiting import waiting_until
from sim.measures.waits import waits
from sim.scenario.teams import Team

STAGE_SUMS = ("joined", "lost", "ended", "stay_days", "stays", "gated", "passed")
TEAM_SUMS = ("used_days", "capacity_days", "overtime_hours", "unserved_hours", "waiting_days")


class Queues(NamedTuple):
    """Sums over the cohort window by stage (S, 7) and team (T, 5); waits by stage and kind, as in `Waits`; histograms
    of stays (S); and the number waiting for each team at the start of each week of the run (T, weeks + 1).
    """

    stages: Floats
    teams: Floats
    wait_sums: Floats
    waits: Sparse
    stays: Sparse
    waiting: Floats


def queues(record: Record) -> Queues:
    """The queues of a record; empty for `no_service`."""
    stages, teams = len(record.stages), list(record.pathway.teams.values()) if record.pathway else []
    until = waiting_until(record.visits)
    seen = _Seen(record)
    waited = waits(record.scenario, seen.visits, seen.group, until[seen.rows], seen.joined, stages)
    return Queues(
        stages=_stage_sums(record, seen).reshape(stages, len(STAGE_SUMS)),
        teams=_team_sums(record, teams, until).reshape(len(teams), len(TEAM_SUMS)),
        wait_sums=waited.sums,
        waits=waited.days,
        stays=sparse(histograms(seen.visits.stage[seen.over], seen.stays, stages)),
        waiting=record.waiting.astype(np.float64),
    )


class _Seen:
    """The visits of which anything falls in the cohort window; which of them joined in it, and which of these are over,
    with their times [days].
    """

    def __init__(self, record: Record) -> None:
        weeks, every = record.scenario.run.weeks, record.visits
        self.rows = np.flatnonzero((every.joined < weeks.cohort_to) & ~(every.ended < weeks.cohort_from))
        self.visits = visits = Visits(**{name: column[self.rows] for name, column in every._asdict().items()})
        self.group = record.citizens.group[visits.citizen]
        self.joined = visits.joined >= weeks.cohort_from
        self.over = self.joined & ~np.isnan(visits.ended)
        self.stays = visits.ended[self.over] - visits.joined[self.over]


def _stage_sums(record: Record, seen: _Seen) -> Floats:
    """`STAGE_SUMS` by stage."""
    visits, count = seen.visits, len(record.stages)
    has_started = ~np.isnan(visits.started)
    ended = (visits.ended < record.scenario.run.weeks.cohort_to) & has_started
    gated = ended & (visits.level_seen > 0)
    refused = (visits.outcome >= t.REFUSED_LEVEL) & (visits.outcome <= t.REFUSED_CRITERIA)

    def number(which: Flags) -> Floats:
        return per_citizen(visits.stage[which], count)

    return np.column_stack(
        [
            number(seen.joined),
            number(seen.over & ~has_started),
            number(ended),
            per_citizen(visits.stage[seen.over], count, seen.stays),
            number(seen.over),
            number(gated),
            number(gated & ~refused),
        ]
    )


def _team_sums(record: Record, teams: list[Team], until: Floats) -> Floats:
    """`TEAM_SUMS` by team."""
    weeks, visits, worked_by = record.scenario.run.weeks, record.visits, record.team
    low, high = weeks.cohort_from, weeks.cohort_to
    inside = (worked_by >= 0) & (visits.joined < high) & ~(visits.ended < low)
    waiting = overlap(visits.joined[inside], until[inside], low, high)
    began, over = visits.started, stops(visits)
    rows = []
    for place, team in enumerate(teams):
        mine = np.flatnonzero(inside & (worked_by == place))
        begin, end = _held(record, worked_by == place) if team.keeps else (began[mine], over[mine])
        began_at_all = ~np.isnan(begin)
        begin, end = np.clip(begin[began_at_all], low, high), np.clip(end[began_at_all], low, high)
        at_work = open_days(team, end) - open_days(team, begin)
        there = float(np.diff(open_days(team, np.array([low, high])))[0])
        rows.append([float(at_work.sum()), _capacity(team, weeks.cohort) * there])
    waited = per_citizen(worked_by[inside], len(teams), waiting)
    beside = hours_beside_shifts(record, low, high)
    return np.column_stack([np.array(rows).reshape(-1, 2), *beside, waited])


def _capacity(team: Team, weeks: int) -> float:
    """Posts, or places of a caseload, on average over the weeks of the cohort window; 0 where they are unlimited."""
    if team.is_unlimited:
        return 0.0
    if team.works == "caseload":
        return sum(math.floor(posts * (team.cases_each or 0) + 1e-9) * n for posts, _, n in team.periods(weeks)) / weeks
    return team.mean_posts_in(weeks)


def _held(record: Record, mine: Flags) -> tuple[Floats, Floats]:
    """From when to when each place of a team that keeps its cases was held: first visit to the end of the approach."""
    visits, parts = record.visits, record.approaches
    begins = np.where(mine & ~np.isnan(visits.started), visits.started, np.inf)
    first = np.minimum.reduceat(begins, parts.first) if parts.first.size else np.empty(0)
    held = np.isfinite(first)
    return first[held], np.where(np.isnan(parts.ended), np.inf, parts.ended)[held]


def weekly_slope(waiting: Floats) -> Floats:
    """Least-squares slope of weekly numbers along the last axis [people a week]."""
    weeks = np.arange(waiting.shape[-1], dtype=np.float64)
    centred = weeks - weeks.mean()
    return np.asarray(waiting @ centred / (centred @ centred))
