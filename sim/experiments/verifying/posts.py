"""Posts: never more at work than there are, and nobody kept waiting while one is free."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.experiments.verifying.findings import NOT_APPLICABLE, Part, counted, judged, said
from sim.experiments.verifying.known import unknown_to_formulas
from sim.experiments.verifying.subject import name_of
from sim.measures.approaches import approaches
from sim.measures.arrays import Flags, Floats, Ints, stops
from sim.measures.money import team_of
from sim.measures.queues import waiting_until
from sim.measures.record import Record
from sim.scenario.pathways import Team

ROUNDING = 1e-9


class Capacity(NamedTuple):
    """Posts or places in one queue: never fewer than `least`, never more than `most`."""

    least: int
    most: int


def kept_to(record: Record) -> list[Part]:
    """Whether a pathway's teams keep to their posts: one part a team."""
    teams = record.pathway.teams if record.pathway else {}
    return [_of_team(record, at, f"{name_of(record)}, {name}", team) for at, (name, team) in enumerate(teams.items())]


def _of_team(record: Record, place: int, of: str, team: Team) -> Part:
    if team.is_unlimited:
        return Part(of, "posts are unlimited", NOT_APPLICABLE)
    if other := unknown_to_formulas(team):
        return Part(of, f"not tried: `{other}` makes the number of posts vary", NOT_APPLICABLE)
    wrong, limits = [], capacities(record, team)
    mine = team_of(record) == place
    for at, capacity in enumerate(limits):
        here = mine & ((record.visits.neighbourhood == at) | (not team.per_neighbourhood))
        most, idle = crowding(record, here, keeps=team.keeps, capacity=capacity)
        if most > capacity.most:
            wrong.append(f"{counted(most, 'person', 'people')} served at once by {capacity.most:,} posts or places")
        if idle > ROUNDING:
            wrong.append(f"somebody waited for {said(idle, 'days')} while a post or place was free")
    said_of_all = f"up to {counted(sum(one.most for one in limits), 'post or place', 'posts or places')}"
    return Part(of, "; ".join(wrong) or said_of_all, judged(not wrong))


def capacities(record: Record, team: Team) -> list[Capacity]:
    """Posts or places by queue: one for the area, or one a neighbourhood, by households.

    A fraction of a post is there on some days. Places of a caseload are whole; who gets the last is not foretold here.
    """
    households = list(record.scenario.place.households.values()) if team.per_neighbourhood else [1.0]
    shares = [count / sum(households) for count in households]
    if team.works == "caseload":
        places = math.floor(team.posts * (team.cases_each or 0) + ROUNDING)
        exact = [places * share for share in shares]
    else:
        exact = [team.posts * share for share in shares]
    return [Capacity(math.floor(one + ROUNDING), math.ceil(one - ROUNDING)) for one in exact]


def crowding(record: Record, mine: Flags, *, keeps: bool, capacity: Capacity) -> tuple[int, float]:
    """The most served at once, and for how long somebody waited while fewer than the least capacity were [days].

    Who joins where a place is kept for them is not waiting for one, whoever else is served.
    """
    visits, horizon = record.visits, record.scenario.run.weeks.horizon
    begin, end = _held(record, mine) if keeps else (visits.started[mine], stops(visits)[mine])
    begun = begin < horizon
    joined, until = visits.joined[mine], np.minimum(waiting_until(record)[mine], horizon)
    day = np.concatenate([begin[begun], np.minimum(end[begun], horizon), joined, until])
    kind = np.repeat([0, 1, 2, 3], [begun.sum(), begun.sum(), joined.size, until.size])
    order = np.lexsort((kind % 2 == 0, day))  # at one instant those who go make room before others come
    served = np.cumsum(np.array([1, -1, 0, 0])[kind[order]])
    waiting = np.cumsum(np.array([0, 0, 1, -1])[kind[order]])
    lasts = np.append(np.diff(day[order]), 0.0)[: day.size]
    idle = lasts[(waiting > 0) & (served < capacity.least)].sum()
    return int(_settled(served, lasts).max(initial=0)), float(idle)


def _settled(served: Ints, lasts: Floats) -> Ints:
    """The numbers that lasted for any time at all."""
    return served[lasts > 0]


def _held(record: Record, mine: Flags) -> tuple[Floats, Floats]:
    """From when to when each place of a team that keeps its cases was held: first visit to the end of the approach."""
    visits, parts = record.visits, approaches(record.visits)
    if not parts.first.size:
        return np.empty(0), np.empty(0)
    begin = np.minimum.reduceat(np.where(mine & ~np.isnan(visits.started), visits.started, np.inf), parts.first)
    held = np.isfinite(begin)
    return begin[held], np.where(np.isnan(parts.ended), np.inf, parts.ended)[held]
