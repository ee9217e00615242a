"""Queues: what happened at each stage and team in the cohort window, to everyone, so that any queueing result and any
published waiting list can be set beside it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.engine import tables as t
from sim.measures.approaches import approaches
from sim.measures.arrays import Flags, Floats, overlap, stops
from sim.measures.capacity import open_days
from sim.measures.histograms import BINS, Counts, histogram
from sim.measures.money import team_of
from sim.measures.record import Record
from sim.scenario.teams import Team
from sim.scenario.vocabulary import DAYS_A_WEEK

LONG_WAITS = (28.0, 182.0)

STAGE_SUMS = (
    "wait_days", "started", "waiting_days", "waiting_days_28", "waiting_days_182", "joined", "lost", "ended",
    "stay_days", "stays", "gated", "passed",
)  # fmt: skip
TEAM_SUMS = ("used_days", "capacity_days", "waiting_days")


class Queues(NamedTuple):
    """Sums over the cohort window by stage (S, 12) and team (T, 3), histograms of waits and stays (S, bins), and the
    number waiting for each team at the start of each week of the run (T, weeks + 1).
    """

    stages: Floats
    teams: Floats
    waits: Counts
    stays: Counts
    waiting: Floats


def queues(record: Record) -> Queues:
    """The queues of a record; empty for `no_service`."""
    count = len(record.stages)
    rows = [_stage(record, place) for place in range(count)]
    stages = np.array([row for row, _, _ in rows]).reshape(count, len(STAGE_SUMS))
    teams = list(record.pathway.teams.values()) if record.pathway else []
    return Queues(
        stages=stages,
        teams=np.array([_team(record, place, team) for place, team in enumerate(teams)]).reshape(-1, len(TEAM_SUMS)),
        waits=np.array([waits for _, waits, _ in rows], np.int64).reshape(count, BINS),
        stays=np.array([stays for _, _, stays in rows], np.int64).reshape(count, BINS),
        waiting=np.array([_weekly(record, place) for place in range(len(teams))]).reshape(len(teams), _weeks(record)),
    )


def waiting_until(record: Record) -> Floats:
    """When each visit stopped waiting: started, or ended unstarted, or never (infinite)."""
    visits = record.visits
    left = np.where(np.isnan(visits.ended), np.inf, visits.ended)
    return np.where(np.isnan(visits.started), left, visits.started)


def _weeks(record: Record) -> int:
    return int(record.scenario.run.weeks.horizon // DAYS_A_WEEK) + 1


def _stage(record: Record, place: int) -> tuple[list[float], Counts, Counts]:
    weeks, visits = record.scenario.run.weeks, record.visits
    low, high = weeks.cohort_from, weeks.cohort_to
    here = visits.stage == place
    joined = here & (visits.joined >= low) & (visits.joined < high)
    until = waiting_until(record)[here]
    began = visits.joined[here]
    started = joined & ~np.isnan(visits.started)
    over = joined & ~np.isnan(visits.ended)
    ended = here & (visits.ended >= low) & (visits.ended < high) & ~np.isnan(visits.started)
    waits = visits.started[started] - visits.joined[started]
    stays = visits.ended[over] - visits.joined[over]
    gated = ended & (visits.level_seen > 0)
    refused = np.isin(visits.outcome, (t.REFUSED_LEVEL, t.REFUSED_NEEDS, t.REFUSED_CRITERIA))
    sums = [
        waits.sum(),
        started.sum(),
        overlap(began, until, low, high).sum(),
        *(overlap(began + days, until, low, high).sum() for days in LONG_WAITS),
        joined.sum(),
        (over & np.isnan(visits.started)).sum(),
        ended.sum(),
        stays.sum(),
        over.sum(),
        gated.sum(),
        (gated & ~refused).sum(),
    ]
    return [float(value) for value in sums], histogram(waits), histogram(stays)


def _team(record: Record, place: int, team: Team) -> list[float]:
    weeks, visits = record.scenario.run.weeks, record.visits
    low, high = weeks.cohort_from, weeks.cohort_to
    mine = team_of(record) == place
    begin, end = _held(record, mine) if team.keeps else (visits.started[mine], stops(visits)[mine])
    waiting = overlap(visits.joined[mine], waiting_until(record)[mine], low, high)
    at_work = open_days(team, np.clip(end, low, high)) - open_days(team, np.clip(begin, low, high))
    there = float(np.diff(open_days(team, np.array([low, high])))[0])
    return [float(np.nansum(at_work)), _capacity(team) * there, float(waiting.sum())]


def _capacity(team: Team) -> float:
    """Posts, or places of a caseload; 0 where they are unlimited, so that no share of them is used."""
    if team.is_unlimited:
        return 0.0
    if team.works == "caseload":
        return math.floor(team.mean_posts * (team.cases_each or 0) + 1e-9)
    return team.mean_posts


def _held(record: Record, mine: Flags) -> tuple[Floats, Floats]:
    """From when to when each place of a team that keeps its cases was held: first visit to the end of the approach."""
    visits, parts = record.visits, approaches(record.visits, record.changes)
    begins = np.where(mine & ~np.isnan(visits.started), visits.started, np.inf)
    first = np.minimum.reduceat(begins, parts.first) if parts.first.size else np.empty(0)
    held = np.isfinite(first)
    return first[held], np.where(np.isnan(parts.ended), np.inf, parts.ended)[held]


def _weekly(record: Record, place: int) -> Floats:
    """Number waiting for a team at the start of each week of the run."""
    mine = team_of(record) == place
    days = np.arange(_weeks(record)) * DAYS_A_WEEK
    came = np.searchsorted(np.sort(record.visits.joined[mine]), days, side="right")
    went = np.searchsorted(np.sort(waiting_until(record)[mine]), days, side="right")
    return (came - went).astype(np.float64)


def weekly_slope(waiting: Floats) -> Floats:
    """Least-squares slope of weekly numbers along the last axis [people a week]."""
    weeks = np.arange(waiting.shape[-1], dtype=np.float64)
    centred = weeks - weeks.mean()
    return np.asarray(waiting @ centred / (centred @ centred))
