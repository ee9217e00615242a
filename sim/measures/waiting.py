"""Waiting: how many people wait for each team at the start of each week of a run."""

from __future__ import annotations

import numpy as np

from sim.engine.tables import Visits
from sim.measures.arrays import Floats, Ints
from sim.scenario.pathways import Pathway
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK


def teams_of_stages(pathway: Pathway | None) -> Ints:
    """Place of the team that works each stage; -1 for a delay, and for what is no stage."""
    teams, stages = (list(pathway.teams), list(pathway.stages.values())) if pathway else ([], [])
    return np.array([*(teams.index(stage.team) if stage.team else -1 for stage in stages), -1], dtype=np.int64)


def waiting_until(visits: Visits) -> Floats:
    """When each visit stopped waiting: started, or ended unstarted, or never (infinite)."""
    left = np.where(np.isnan(visits.ended), np.inf, visits.ended)
    return np.where(np.isnan(visits.started), left, visits.started)


def weekly_steps(scenario: Scenario, pathway: str | None, visits: Visits) -> Ints:
    """How many more wait for each team at the start of each week of the run than a week before, by these visits.

    The sum up to a week is the number waiting when it starts (T, weeks + 1).
    """
    facts = scenario.pathways[pathway] if pathway else None
    weeks = int(scenario.run.weeks.horizon // DAYS_A_WEEK) + 1
    cells = (len(facts.teams) if facts else 0) * (weeks + 1)
    joined = visits.joined
    given = scenario.waiting_at_start
    if given is not None and given.at == "cohort":  # they stand first, and come to the line then
        listed = (visits.citizen < given.people) & (visits.seq == 1)
        joined = np.where(listed, np.maximum(joined, scenario.run.weeks.cohort_from), joined)
    came, went = (_first_week(day, weeks) for day in (joined, waiting_until(visits)))
    rows = np.flatnonzero(came < went)
    team = teams_of_stages(facts)[visits.stage[rows]]
    first = team * (weeks + 1)
    steps = np.zeros(cells, np.int64)
    for week, step in ((came, 1), (went, -1)):
        steps += step * np.bincount((first + week[rows].astype(np.int64))[team >= 0], minlength=cells)
    return steps.reshape(-1, weeks + 1)[:, :weeks]


def _first_week(day: Floats, weeks: int) -> Floats:
    """The first week that starts on this day or later; `weeks` where there is none."""
    week = np.ceil(day / DAYS_A_WEEK)
    week += week * DAYS_A_WEEK < day
    return np.asarray(np.clip(week, 0, weeks))
