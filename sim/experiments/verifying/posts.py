"""Posts: never more at work than there are, nobody kept waiting while one is free, and nothing begun while closed."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from sim.engine.population import days_come_in
from sim.experiments.verifying.findings import NOT_APPLICABLE, Part, counted, judged, said
from sim.experiments.verifying.known import unknown_to_posts
from sim.experiments.verifying.openings import There, posts_there, together
from sim.experiments.verifying.subject import name_of
from sim.measures.arrays import Flags, Floats, stops
from sim.measures.record import Record
from sim.measures.waiting import waiting_until
from sim.scenario.teams import Team
from sim.scenario.vocabulary import DAYS_A_WEEK

ROUNDING = 1e-9


class Crowd(NamedTuple):
    """What one queue came to at worst: `served` at once when work began with so many `posts`, work begun while nobody
    was there, and for how long somebody waited though a post was free [days].
    """

    served: int
    posts: int
    uncalled: int
    idle: float

    @property
    def faults(self) -> list[str]:
        """What may not be; empty if all is well."""
        found = []
        if self.served > self.posts:
            found.append(f"{counted(self.served, 'person', 'people')} served at once by {self.posts:,} posts or places")
        if self.uncalled:
            found.append(f"{counted(self.uncalled, 'visit')} begun while nobody was there")
        if self.idle > ROUNDING:
            found.append(f"somebody waited for {said(self.idle, 'days')} while a post or place was free")
        return found


def kept_to(record: Record) -> list[Part]:
    """Whether a pathway's teams keep to their posts and hours: one part a team."""
    teams = record.pathway.teams if record.pathway else {}
    return [_of_team(record, at, f"{name_of(record)}, {name}", team) for at, (name, team) in enumerate(teams.items())]


def _of_team(record: Record, place: int, of: str, team: Team) -> Part:
    if team.is_unlimited and not team.closes:
        return Part(of, "posts are unlimited", NOT_APPLICABLE)
    if other := unknown_to_posts(team):
        return Part(of, f"not tried: what `{other}` does to the number of posts is not known here", NOT_APPLICABLE)
    wrong, queues = [], capacities(record, team)
    mine = record.team == place
    for at, there in enumerate(queues):
        here = mine & ((record.visits.neighbourhood == at) | (len(queues) == 1))
        wrong += crowding(record, here, keeps=team.keeps, there=there).faults
    number = sum(int(there.most.max()) for there in queues)
    good = f"up to {counted(number, 'post or place', 'posts or places')}"
    if team.closes:
        good = f"{'posts are unlimited' if team.is_unlimited else good}, nothing begun while closed"
    return Part(of, "; ".join(wrong) or good, judged(not wrong))


def capacities(record: Record, team: Team) -> list[There]:
    """Posts or places by queue: one for the area, or one a neighbourhood, by households; one where posts cover.

    Places of a caseload are whole; which neighbourhood gets the last is not foretold here.
    """
    households = list(record.scenario.place.households.values()) if team.per_neighbourhood else [1.0]
    counts = [Fraction(repr(float(count))) for count in households]
    shares = [count / sum(counts) for count in counts]
    if team.works == "caseload":
        return [_places(record, team, share) for share in shares]
    weeks = record.scenario.run.weeks
    found = [posts_there(team, share, weeks.horizon, weeks.warm_up) for share in shares]
    return [together(found)] if team.cover else found


def _places(record: Record, team: Team, share: Fraction) -> There:
    """Places of a caseload in a neighbourhood, at every date at which their number changes."""
    warm_up = record.scenario.run.weeks.warm_up
    dates = [(0, team.mean_posts), *sorted((warm_up + int(week), n) for week, n in team.posts_from_week.items())]
    places = [math.floor(posts * (team.cases_each or 0) + ROUNDING) * share for _, posts in dates]
    since = np.array([float(DAYS_A_WEEK * week) for week, _ in dates])
    least, most = ([way(number) for number in places] for way in (math.floor, math.ceil))
    return There(since, np.array(least), np.array(most), np.ones(since.size, np.bool_))


def crowding(record: Record, mine: Flags, *, keeps: bool, there: There) -> Crowd:
    """How crowded one queue was at worst.

    A fall in the number of posts interrupts nothing (rule 5), so that what counts is how many are served, once an
    instant is over, when work has begun in it. Who joins where a place is kept for them waits for none, whoever else is
    served; who waits already does so from when they come to the line.
    """
    visits, horizon = record.visits, record.scenario.run.weeks.horizon
    begin, end = _held(record, mine) if keeps else (visits.started[mine], stops(visits)[mine])
    begun = begin < horizon
    there_from = days_come_in(record.scenario, record.citizens)[visits.citizen[mine]]
    joined, until = np.maximum(visits.joined[mine], there_from), np.minimum(waiting_until(visits)[mine], horizon)
    times = (begin[begun], np.minimum(end[begun], horizon), joined, until, there.since[there.since < horizon])
    day = np.concatenate(times)
    kind = np.repeat(np.arange(5), [one.size for one in times])
    order = np.argsort(day, kind="stable")
    day, kind = day[order], kind[order]
    steps = np.array([[1, -1, 0, 0, 0], [0, 0, 1, -1, 0], [1, 0, 0, 0, 0]])
    served, waiting, began = np.cumsum(steps[:, kind], axis=1)
    last = np.flatnonzero(np.append(day[1:] > day[:-1], True))  # of each instant
    at = np.searchsorted(there.since, day[last], side="right") - 1
    idle = np.append(np.diff(day[last]), 0.0)[(waiting[last] > 0) & (served[last] < there.least[at])].sum()
    starts, most = np.diff(began[last], prepend=0), there.most[at]
    over = np.where((starts > 0) & (most > 0), served[last] - most, 0)
    worst = int(over.argmax())
    posts = served[last][worst] - max(0, over[worst])
    return Crowd(int(served[last][worst]), int(posts), int(starts[most == 0].sum()), float(idle))


def _held(record: Record, mine: Flags) -> tuple[Floats, Floats]:
    """From when to when each place of a team that keeps its cases was held: first visit to the end of the approach."""
    visits, parts = record.visits, record.approaches
    if not parts.first.size:
        return np.empty(0), np.empty(0)
    begin = np.minimum.reduceat(np.where(mine & ~np.isnan(visits.started), visits.started, np.inf), parts.first)
    held = np.isfinite(begin)
    return begin[held], np.where(np.isnan(parts.ended), np.inf, parts.ended)[held]
