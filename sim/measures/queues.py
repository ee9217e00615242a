"""Queues: what happened at each stage and team in the cohort window, to everyone, so that any queueing result and any
published waiting list can be set beside it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.engine import tables as t
from sim.measures.arrays import Flags, Floats, overlap, per_citizen, stops
from sim.measures.capacity import open_days
from sim.measures.histograms import Counts, histograms
from sim.measures.overtime import hours_beside_shifts
from sim.measures.record import Record
from sim.measures.waiting import waiting_until
from sim.scenario.teams import Team

LONG_WAITS = (28.0, 182.0)

STAGE_SUMS = (
    "wait_days", "started", "waiting_days", "waiting_days_28", "waiting_days_182", "joined", "lost", "ended",
    "stay_days", "stays", "gated", "passed",
)  # fmt: skip
TEAM_SUMS = ("used_days", "capacity_days", "overtime_hours", "unserved_hours", "waiting_days")


class Queues(NamedTuple):
    """Sums over the cohort window by stage (S, 12) and team (T, 5), histograms of waits and stays (S, bins), and the
    number waiting for each team at the start of each week of the run (T, weeks + 1).
    """

    stages: Floats
    teams: Floats
    waits: Counts
    stays: Counts
    waiting: Floats


def queues(record: Record) -> Queues:
    """The queues of a record; empty for `no_service`."""
    stages, teams = len(record.stages), list(record.pathway.teams.values()) if record.pathway else []
    until = waiting_until(record.visits)
    seen = _Seen(record)
    return Queues(
        stages=_stage_sums(record, seen, until).reshape(stages, len(STAGE_SUMS)),
        teams=_team_sums(record, teams, until).reshape(len(teams), len(TEAM_SUMS)),
        waits=histograms(record.visits.stage[seen.started], seen.waits, stages),
        stays=histograms(record.visits.stage[seen.over], seen.stays, stages),
        waiting=record.waiting.astype(np.float64),
    )


class _Seen:
    """Which visits joined in the cohort window, and which of them started and are over, with their times [days]."""

    def __init__(self, record: Record) -> None:
        weeks, visits = record.scenario.run.weeks, record.visits
        self.joined = (visits.joined >= weeks.cohort_from) & (visits.joined < weeks.cohort_to)
        self.started = self.joined & ~np.isnan(visits.started)
        self.over = self.joined & ~np.isnan(visits.ended)
        self.waits = visits.started[self.started] - visits.joined[self.started]
        self.stays = visits.ended[self.over] - visits.joined[self.over]


def _stage_sums(record: Record, seen: _Seen, until: Floats) -> Floats:
    """`STAGE_SUMS` by stage."""
    weeks, visits, count = record.scenario.run.weeks, record.visits, len(record.stages)
    low, high = weeks.cohort_from, weeks.cohort_to
    ended = (visits.ended >= low) & (visits.ended < high) & ~np.isnan(visits.started)
    gated = ended & (visits.level_seen > 0)
    refused = (visits.outcome >= t.REFUSED_LEVEL) & (visits.outcome <= t.REFUSED_CRITERIA)

    def number(which: Flags) -> Floats:
        return per_citizen(visits.stage[which], count)

    return np.column_stack(
        [
            per_citizen(visits.stage[seen.started], count, seen.waits),
            number(seen.started),
            *(
                per_citizen(visits.stage, count, overlap(visits.joined + days, until, low, high))
                for days in (0.0, *LONG_WAITS)
            ),
            number(seen.joined),
            number(seen.over & np.isnan(visits.started)),
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
        rows.append([float(at_work.sum()), _capacity(team) * there])
    waited = per_citizen(worked_by[inside], len(teams), waiting)
    beside = hours_beside_shifts(record, low, high)
    return np.column_stack([np.array(rows).reshape(-1, 2), *beside, waited])


def _capacity(team: Team) -> float:
    """Posts, or places of a caseload; 0 where they are unlimited, so that no share of them is used."""
    if team.is_unlimited:
        return 0.0
    if team.works == "caseload":
        return math.floor(team.mean_posts * (team.cases_each or 0) + 1e-9)
    return team.mean_posts


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
