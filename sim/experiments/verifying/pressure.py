"""Pressure: with more staff nobody waits longer, and with fewer arrivals neither."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
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
    not_applicable,
    said,
)
from sim.experiments.verifying.power import Comparison, error_of_mean, people_said, relevant_waiting, until_sure
from sim.experiments.verifying.subject import Subject, runs_said, unlikely
from sim.measures.arrays import Floats
from sim.measures.queues import TEAM_SUMS, queues
from sim.scenario.scaling import with_arrivals
from sim.scenario.scenario import Scenario

MORE_STAFF = "More staff"
FEWER_ARRIVALS = "Fewer arrivals"
MORE, FEWER = 1.1, 0.8
FEW_POSTS = 10
"""A team of fewer posts than this is given one more, for a tenth more may not be one more place."""

VIOLATION = "half as many more wait as do, or one person more"
WAITING_IN = "waiting in "
WAITING = TEAM_SUMS.index("waiting_days")


def more_staff(subject: Subject) -> Finding:
    """Each team with a tenth more posts, or one more, on common luck: those who wait for it do not wait longer."""
    parts: list[Part] = []
    for name in subject.compared:
        parts += until_sure(partial(_with_more, subject, name), subject.settled_runs)
    tried = (
        f"each team with a tenth more posts (one more below {FEW_POSTS}), on common luck, {_replications(subject)}; a "
        f"violation: {VIOLATION}"
    )
    return gathered(MORE_STAFF, tried, parts, when_none="there is no team with a number of posts")


def _with_more(subject: Subject, pathway: str, count: int) -> list[Part]:
    scenario = subject.pressed
    teams = scenario.pathways[pathway].teams
    grown = {name: more_posts(scenario, pathway, name) for name, team in teams.items() if not team.is_unlimited}
    if not grown:
        return []
    usual = _usual(subject, pathway, count)
    found = waiting(subject, "more staff", [Arm(pathway, made) for made in grown.values()], count)
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
    if not any(subject.scenario.pathways[name].teams for name in subject.compared):
        return not_applicable(FEWER_ARRIVALS, f"arrivals x {FEWER}", "there is no team to wait for")
    fewer = with_arrivals(subject.pressed, FEWER)
    parts: list[Part] = []
    for name in subject.compared:
        parts += until_sure(partial(_with_fewer, subject, name, fewer), subject.settled_runs)
    tried = f"arrivals x {FEWER}: the same people, further apart, {_replications(subject)}; a violation: {VIOLATION}"
    return gathered(FEWER_ARRIVALS, tried, parts)


def _with_fewer(subject: Subject, name: str, fewer: Scenario, count: int) -> list[Part]:
    usual, sparse = _usual(subject, name, count), waiting(subject, "fewer", [Arm(name, fewer)], count)[:, 0]
    return [_compared(name, "", usual.sum(axis=1), sparse.sum(axis=1))]


class Task(NamedTuple):
    """Some arms, to be run in one replication."""

    arms: tuple[Arm, ...]
    number: int


def _usual(subject: Subject, pathway: str, count: int) -> Floats:
    """Mean number waiting for each team of a pathway as it stands (replications, teams)."""
    return waiting(subject, "usual", [Arm(pathway, subject.pressed)], count)[:, 0]


def _replications(subject: Subject) -> str:
    most = max((len(found) for key, found in subject.known.items() if key.startswith(WAITING_IN)), default=0)
    return f"up to {runs_said(most, subject.pressed)}"


def waiting(subject: Subject, what: str, arms: Sequence[Arm], count: int) -> Floats:
    """Mean number waiting for each team of some arms of one pathway (replications, arms, teams) [people].

    They are run when first asked for, under the name of what was changed.
    """

    def run(numbers: Sequence[int]) -> list[Floats]:
        return subject.crew.each(_waiting, [Task(tuple(arms), number) for number in numbers])

    return np.array(subject.in_replications(f"{WAITING_IN}{arms[0].pathway}: {what}", run, count))


def _waiting(task: Task) -> Floats:
    citizens = population(task.arms[0].scenario, task.number)
    weeks = task.arms[0].scenario.run.weeks
    sums = np.array([queues(ran(arm, citizens)).teams[:, WAITING] for arm in task.arms])
    return np.asarray(sums / (weeks.cohort_to - weeks.cohort_from))


def _compared(of: str, words: str, before: Floats, after: Floats) -> Part:
    """Whether fewer wait after than before, beside noise: paired over replications."""
    if not before.any() and not after.any():
        return Part(of, f"{words}nobody waits, before or after", NOT_APPLICABLE)
    change, usual = after - before, float(before.mean())
    degrees = change.size - 1
    found = Comparison(error_of_mean(change), degrees, unlikely(degrees), relevant_waiting(usual))
    told = (
        f"{words}waiting, from {said(usual)} to {said(after.mean(), 'people')} (change {said(change.mean())} ± "
        f"{said(found.allowed)}, {change.size} replications)"
    )
    return found.part(of, told, f"{people_said(found.relevant)} more", good=bool(change.mean() <= found.allowed))
