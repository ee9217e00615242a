"""Theory: where a stage is close to a known queue, its mean wait is what the formula says."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from sim.experiments.verifying.closeness import Facts, Seen, facts, seen, stages_alone
from sim.experiments.verifying.findings import (
    NOT_APPLICABLE,
    Finding,
    Part,
    counted,
    gathered,
    said,
)
from sim.experiments.verifying.formulas import allen_cunneen, settling_days, steady
from sim.experiments.verifying.power import Comparison, error_of_mean, until_sure
from sim.experiments.verifying.subject import Run, Subject, rare
from sim.measures.arrays import Floats

TEST = "Queueing theory"

LEAST_JOINED = 500
"""Fewer than this, in all replications, tell nothing."""
WIDEST_SPREAD = 0.1
"""The variance of a day's arrivals may be so far from their mean, beside noise: a Poisson flow has a ratio of 1."""
OTHERWISE = 0.01
"""So many may leave the queue for another reason than theory knows."""
SETTLED = 5.0
"""The warm-up must be so many times as long as the line takes to forget how it began."""
SHARE_OF_FORMULA = 0.25
"""A figure so far outside what the formula gives, as a share of its upper end, is a violation to be found."""
LOOSE = 0.05
"""Slack of a formula that is not exact, as a share of it, beside how far it is from its exact neighbour."""


class Expected(NamedTuple):
    """What theory lets a figure be, and how it got there."""

    low: float
    high: float
    formula: str


class Task(NamedTuple):
    """One replication of a pathway, and the stages to look at."""

    run: Run
    stages: tuple[Facts, ...]


def theory(subject: Subject) -> Finding:
    """The mean wait (or the share turned away) of every stage close to Erlang B, C or A, beside the formula."""
    parts = [part for name in subject.compared for part in until_sure(_looker(subject, name), subject.replications)]
    most = max((len(found) for key, found in subject.known.items() if key.startswith(TEST)), default=0)
    tried = (
        f"mean wait by Erlang's formulas, for every stage that is alone with its team and whose arrivals are Poisson; "
        f"{counted(most or subject.replications, 'replication')}; a violation: a quarter of what the formula gives"
    )
    return gathered(TEST, tried, parts, when_none="there is no team")


def _looker(subject: Subject, name: str) -> Callable[[int], list[Part]]:
    """What so many replications of a pathway show of each of its teams."""
    scenario = subject.queueing
    judgements = {team: facts(scenario, name, team) for team in stages_alone(scenario.pathways[name])}
    alone = tuple(found for found in judgements.values() if isinstance(found, Facts))
    unknown = [
        Part(f"{name}, {team}", f"not close to any known formula: {why}", NOT_APPLICABLE)
        for team, why in judgements.items()
        if isinstance(why, str)
    ]

    def run(numbers: Sequence[int]) -> list[list[Seen]]:
        return subject.crew.each(_looked_at, [Task(Run(scenario, name, number), alone) for number in numbers])

    def look(count: int) -> list[Part]:
        shown = subject.in_replications(f"{TEST}: {name}", run, count) if alone else []
        warm_up = scenario.run.weeks.cohort_from
        return unknown + [_part(name, one, [some[at] for some in shown], warm_up) for at, one in enumerate(alone)]

    return look


def _looked_at(task: Task) -> list[Seen]:
    return [seen(task.run.record, one) for one in task.stages]


def _part(pathway: str, one: Facts, shown: list[Seen], warm_up: float) -> Part:
    """One stage set against its formula."""
    of = f"{pathway}, {one.team} at {one.stage}"
    joined, days = sum(each.joined for each in shown), sum(each.days for each in shown)
    if why := _why_not(one, shown, joined, warm_up):
        return Part(of, f"not close to any known formula: {why}", NOT_APPLICABLE)
    a_day = joined / days
    loses = one.room == 0
    expected = turned_away(one, a_day) if loses else mean_wait(one, a_day)
    values = _shares_full(shown) if loses else _waits(shown)
    degrees, point = values.size - 1, float(values.mean())
    found = Comparison(error_of_mean(values), degrees, rare(degrees), SHARE_OF_FORMULA * expected.high)
    unit = "of arrivals turned away" if loses else "days"
    good = expected.low - found.allowed <= point <= expected.high + found.allowed
    said_so = said(expected.low) if expected.low == expected.high else f"{said(expected.low)} to {said(expected.high)}"
    facts_said = f"{said(a_day)} a day, {said(one.service_days, 'days')} each, {_servers(one)}"
    told = (
        f"{facts_said}: {expected.formula} gives {said_so} {unit}, the runs {said(point)} ± {said(found.allowed)} "
        f"({rare(degrees):.1f} standard errors)"
    )
    return found.part(of, told, f"{said(found.relevant, unit)} more or less", good=good)


def _servers(one: Facts) -> str:
    if one.fewest == one.most:
        return counted(one.fewest, "post or place", "posts or places")
    return f"{one.fewest} or {one.most} posts"


def _why_not(one: Facts, shown: list[Seen], joined: int, warm_up: float) -> str:
    """Why what was seen is not what the formulas take for granted; empty if it is."""
    if joined < LEAST_JOINED:
        return f"only {counted(joined, 'visit')} joined in all replications, too few to tell"
    spread = float(np.mean([each.spread for each in shown]))
    noise = 4 * math.sqrt(2 / (sum(each.days for each in shown)))
    if not abs(spread - 1) <= WIDEST_SPREAD + noise:
        return f"the variance of a day's arrivals is {said(spread)} times their mean; by chance alone it would be 1"
    otherwise = sum(each.otherwise for each in shown) / joined
    if otherwise > OTHERWISE:
        return f"{otherwise:.1%} of those who join leave the queue because they recover, die or move away"
    line = one.line(joined / sum(each.days for each in shown), one.fewest)
    if one.fewest and settling_days(line) * SETTLED > warm_up:
        return f"at {line.load:.0%} load the line takes longer to settle than the warm-up lasts"
    return ""


def _waits(shown: list[Seen]) -> Floats:
    """Mean wait of those not turned away, by replication [days]: the mean number waiting over those who join a day."""
    return np.array([each.waiting_days / max(1, each.joined - each.full) for each in shown])


def _shares_full(shown: list[Seen]) -> Floats:
    return np.array([each.full / max(1, each.joined) for each in shown])


def turned_away(one: Facts, a_day: float) -> Expected:
    """The share a loss system turns away: Erlang B, which holds for any law of service."""
    low, high = (steady(one.line(a_day, servers)).turned_away for servers in (one.most, one.fewest))
    return Expected(low, high, "Erlang B")


def mean_wait(one: Facts, a_day: float) -> Expected:
    """The mean wait theory gives, between the most and the fewest servers there are at any time."""
    few, many = (_mean_wait(one, a_day, servers) for servers in (one.fewest, one.most))
    between = "" if one.fewest == one.most else ", between the waits at the two numbers of posts"
    return Expected(many.low, few.high, f"{many.formula}{between}")


def _mean_wait(one: Facts, a_day: float, servers: int) -> Expected:
    """The mean wait with so many servers; for service that is not exponential, with how far off that may be.

    Without patience, the truth lies between Allen and Cunneen's factor (right as the load nears 1) and none (right for
    many servers at a low load): it may be off by (1 - load) of the way. With patience it lies between the two.
    """
    line = one.line(a_day, servers)
    plain = steady(line).wait_days
    if abs(one.variation - 1) < 1e-9 or math.isinf(plain):
        return Expected(plain, plain, _name(one))
    factor = allen_cunneen(one.variation)
    words = f"(1 + c^2) / 2 = {said(factor)}, c = {said(one.variation)}"
    corrected = factor * plain
    if servers == 1 and math.isinf(one.patience_days):
        return Expected(corrected, corrected, f"{_name(one)} x {words} (exact for one post)")
    if math.isinf(one.patience_days):
        off = (1 - line.load) * abs(plain - corrected) + LOOSE * corrected
        return Expected(corrected - off, corrected + off, f"{_name(one)} x {words} (Allen-Cunneen)")
    low, high = sorted((plain, corrected))
    return Expected(low * (1 - LOOSE), high * (1 + LOOSE), f"{_name(one)}, alone to x {words}")


def _name(one: Facts) -> str:
    if math.isfinite(one.room):
        return "M/M/c/K with patience" if math.isfinite(one.patience_days) else "M/M/c/K"
    return "Erlang A" if math.isfinite(one.patience_days) else "Erlang C"
