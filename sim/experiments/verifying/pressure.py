"""Pressure: with more staff nobody waits longer, and with fewer arrivals neither."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.engine.population import population
from sim.experiments.arms import Arm
from sim.experiments.replications import ran
from sim.experiments.verifying.findings import (
    NOT_APPLICABLE,
    Finding,
    Part,
    gathered,
    judged,
    not_applicable,
    said,
)
from sim.experiments.verifying.subject import FIRST, Subject, runs_said, unlikely
from sim.measures.arrays import Floats
from sim.measures.queues import TEAM_SUMS, queues
from sim.scenario.scaling import with_arrivals
from sim.scenario.scenario import Scenario

MORE_STAFF = "More staff"
FEWER_ARRIVALS = "Fewer arrivals"
MORE, FEWER = 1.1, 0.8
FEW_POSTS = 10
"""A team of fewer posts than this is given one more, for a tenth more may not be one more place."""

WAITING = TEAM_SUMS.index("waiting_days")


def more_staff(subject: Subject) -> Finding:
    """Each team with a tenth more posts, or one more, on common luck: those who wait for it do not wait longer."""
    tried = f"each team with a tenth more posts (one more below {FEW_POSTS}), on common luck, {_replications(subject)}"
    parts: list[Part] = []
    for pathway in subject.compared:
        parts += _with_more(subject, pathway)
    return gathered(MORE_STAFF, tried, parts, when_none="there is no team with a number of posts")


def _with_more(subject: Subject, pathway: str) -> list[Part]:
    scenario = subject.settled
    teams = scenario.pathways[pathway].teams
    grown = {name: more_posts(scenario, pathway, name) for name, team in teams.items() if not team.is_unlimited}
    if not grown:
        return []
    usual, found = _usual(subject, pathway), waiting(subject, [Arm(pathway, made) for made in grown.values()])
    parts = []
    for arm, (name, made) in enumerate(grown.items()):
        at = list(teams).index(name)
        before, after = usual[:, at], found[:, arm, at]
        posts = f"{said(teams[name].mean_posts)} to {said(made.pathways[pathway].teams[name].mean_posts, 'posts')}"
        parts.append(_compared(f"{pathway}, {name}", f"{posts}: ", before, after))
    return parts


def more_posts(scenario: Scenario, pathway: str, team: str) -> Scenario:
    """The scenario with more posts in one team; on a rota, with more in every shift that anyone has."""
    given, under = scenario.pathways[pathway].teams[team], f"pathways.{pathway}.teams.{team}"
    if given.rota is None:
        return scenario.with_values({f"{under}.posts": _more(given.mean_posts)})
    return scenario.with_values(
        {
            f"{under}.rota.{days}.{hours}": _more(heads)
            for days, times in given.rota.items()
            for hours, heads in times.items()
            if heads
        }
    )


def _more(posts: float) -> float:
    return round(posts + 1 if posts < FEW_POSTS else posts * MORE, 4)


def fewer_arrivals(subject: Subject) -> Finding:
    """With a fifth fewer arrivals, on common luck, no pathway has more people waiting."""
    tried = f"arrivals x {FEWER}: the same people, further apart, {_replications(subject)}"
    scenario = subject.settled
    fewer = with_arrivals(scenario, FEWER)
    if not any(scenario.pathways[name].teams for name in subject.compared):
        return not_applicable(FEWER_ARRIVALS, tried, "there is no team to wait for")
    parts = []
    for name in subject.compared:
        usual, sparse = _usual(subject, name), waiting(subject, [Arm(name, fewer)])[:, 0]
        parts.append(_compared(name, "", usual.sum(axis=1), sparse.sum(axis=1)))
    return gathered(FEWER_ARRIVALS, tried, parts)


class Task(NamedTuple):
    """Some arms, to be run in one replication."""

    arms: tuple[Arm, ...]
    number: int


def _usual(subject: Subject, pathway: str) -> Floats:
    """Mean number waiting for each team of a pathway as it stands (replications, teams), run when first asked for."""
    key, weeks = f"waiting in {pathway}", subject.settled.run.weeks
    if subject.watched is subject.settled and subject.settled_runs == subject.replications:
        at = subject.compared.index(pathway)
        sums = np.array([one.reductions[at].queues.teams[:, WAITING] for one in subject.base])
        return np.asarray(sums / (weeks.cohort_to - weeks.cohort_from))
    if key not in subject.known:
        subject.known[key] = waiting(subject, [Arm(pathway, subject.settled)])[:, 0]
    found: Floats = subject.known[key]
    return found


def _replications(subject: Subject) -> str:
    return runs_said(subject.settled_runs, subject.settled)


def waiting(subject: Subject, arms: Sequence[Arm]) -> Floats:
    """Mean number waiting for each team of some arms of one pathway (replications, arms, teams) [people]."""
    numbers = range(FIRST, FIRST + subject.settled_runs)
    return np.array(subject.crew.each(_waiting, [Task(tuple(arms), number) for number in numbers]))


def _waiting(task: Task) -> Floats:
    citizens = population(task.arms[0].scenario, task.number)
    weeks = task.arms[0].scenario.run.weeks
    sums = np.array([queues(ran(arm, citizens)).teams[:, WAITING] for arm in task.arms])
    return np.asarray(sums / (weeks.cohort_to - weeks.cohort_from))


def _compared(of: str, words: str, before: Floats, after: Floats) -> Part:
    """Whether fewer wait after than before, beside noise: paired over replications."""
    if not before.any() and not after.any():
        return Part(of, f"{words}nobody waits, before or after", NOT_APPLICABLE)
    change = after - before
    noise = unlikely(change.size - 1) * float(change.std(ddof=1)) / math.sqrt(change.size)
    told = f"{words}waiting, from {said(before.mean())} to {said(after.mean(), 'people')}"
    return Part(of, f"{told} (change {said(change.mean())} ± {said(noise)})", judged(change.mean() <= noise))
