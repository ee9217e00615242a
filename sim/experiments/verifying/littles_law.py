"""Little's law: the mean number waiting is the arrivals a day times the mean wait, edges counted, in every queue.

J. D. C. Little (1961), A proof for the queuing formula L = lambda W, Operations Research 9(3), 383-387. Over a finite
window L x days = (joined in it) x (their mean wait) + what those who joined before still waited in it - what those who
joined in it waited after it: an identity, so that it must hold to rounding.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.experiments.estimates import Key, estimates
from sim.experiments.verifying.findings import Part, judged, said
from sim.experiments.verifying.subject import name_of
from sim.measures.arrays import Flags, Floats
from sim.measures.record import Record
from sim.measures.reductions import reduced
from sim.measures.waiting import waiting_until

ROUNDING = 1e-9
"""Largest difference, as a share of L (or people, where hardly anyone waits)."""


class Queue(NamedTuple):
    """One queue over a window of `days`."""

    number: float
    """L, by integrating the number waiting [people]."""
    joined: int
    wait: float
    """W, mean wait of those who joined in the window, to the end of the run at most [days]."""
    edges: float
    """Waited in the window by those who joined before it, less what those who joined in it waited after [days]."""
    days: float

    @property
    def by_waits(self) -> float:
        """L once more: lambda x W, with the edges [people]."""
        return (self.joined * self.wait + self.edges) / self.days

    def __str__(self) -> str:
        a_week = said(7 * self.joined / self.days, "a week")
        edges = f" {'+' if self.edges >= 0 else '−'} {said(abs(self.edges) / self.days)} at the edges"
        return f"L = {said(self.number, 'people')}, lambda = {a_week}, W = {said(self.wait, 'days')}{edges}"


class Found(NamedTuple):
    """A queue of a pathway, and what the measures say of it."""

    of: str
    queue: Queue
    measured: float

    @property
    def part(self) -> Part:
        """Whether the ways to find L agree to rounding."""
        queue = self.queue
        slack = ROUNDING * max(1.0, abs(queue.number))
        by_waits = abs(queue.number - queue.by_waits) <= slack
        measured = abs(queue.number - self.measured) <= slack
        said_else = "" if measured else f"; the measures say L = {said(self.measured, 'people')}"
        apart = "" if by_waits else f", which makes L = {said(queue.by_waits, 'people')}"
        return Part(self.of, f"{queue}{apart}{said_else}", judged(by_waits and measured))


def queues_of(record: Record) -> list[Found]:
    """Every queue of a pathway: for each stage that a team works, and for each team."""
    pathway, visits, team = record.pathway, record.visits, record.team
    if pathway is None:
        return []
    measured = estimates(record.scenario, record.pathway_name, [reduced(record)[0]])
    stages = {
        (name, "waiting"): visits.stage == at for at, (name, stage) in enumerate(pathway.stages.items()) if stage.team
    }
    teams = {(name, "backlog"): team == at for at, name in enumerate(pathway.teams)}
    found = []
    for (name, measure), mine in {**stages, **teams}.items():
        known = measured.get(Key(measure, part=name))
        kind = "stage" if measure == "waiting" else "team"
        of = f"{name_of(record)}, {kind} {name}"
        found.append(Found(of, queue(record, mine), known.point if known else 0.0))
    return found


def queue(record: Record, mine: Flags) -> Queue:
    """The queue of those visits over the cohort window."""
    weeks = record.scenario.run.weeks
    low, high, end = weeks.cohort_from, weeks.cohort_to, weeks.horizon
    joined, until = record.visits.joined[mine], np.minimum(waiting_until(record.visits)[mine], end)
    inside, before = (joined >= low) & (joined < high), joined < low
    after = np.maximum(until - high, 0.0)[inside].sum()
    carried = (np.minimum(until, high) - low)[before & (until > low)].sum()
    waits = (until - joined)[inside]
    mean = float(waits.mean()) if waits.size else 0.0
    number = integral(joined, until, low, high) / (high - low)
    return Queue(number, int(inside.sum()), mean, float(carried - after), high - low)


def integral(begin: Floats, end: Floats, low: float, high: float) -> float:
    """Days spent in [low, high) by all who are there from `begin` to `end`: the number there, added up by event."""
    day = np.clip(np.concatenate([begin, end, [high]]), low, high)
    step = np.concatenate([np.ones(begin.size), -np.ones(end.size), [0.0]])
    order = np.argsort(day, kind="stable")
    there = np.cumsum(step[order])
    return float((there[:-1] * np.diff(day[order])).sum())
