"""Warm-up: twice as long a history before the cohort, on the same citizens, moves no headline by its half-width."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from sim.engine.population import Population, population
from sim.experiments.arms import Plan, plan
from sim.experiments.estimates import estimates
from sim.experiments.replications import ran
from sim.experiments.steadiness import growing
from sim.experiments.verifying.findings import Finding, Part, counted, gathered, judged, not_applicable, said
from sim.experiments.verifying.subject import FIRST, Subject
from sim.experiments.verifying.watched import Watched, planned_half_width, planned_replications, watched
from sim.measures.reductions import Reduction, reduced
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK

TEST = "Warm-up doubled"
LONGEST_DAYS = 8_736


class Task(NamedTuple):
    """One replication of a plan, with only those citizens whose need arises on day `since` or later."""

    agreed: Plan
    number: int
    since: float


def longer(subject: Subject) -> Finding:
    """The warm-up against one twice as long, before the very same cohort: each headline moves less than it is sure to.

    Both run on the clock of the longer; the shorter history leaves out whoever comes in its first half.
    """
    weeks = subject.scenario.run.weeks
    tried = (
        f"{counted(weeks.warm_up, 'week')} of warm-up against {2 * weeks.warm_up}, before the same cohort on the same "
        f"luck, {subject.long_runs} replications"
    )
    if not weeks.warm_up:
        return not_applicable(TEST, tried, "the file has no warm-up: the run starts as it stands")
    scenario = with_warm_up(subject.scenario, 2 * weeks.warm_up)
    if (population(scenario, FIRST).arrival < 0).any():
        return not_applicable(TEST, tried, "the file says who waits at the start: the run starts as it stands")
    return _found(subject, scenario, tried)


def _found(subject: Subject, scenario: Scenario, tried: str) -> Finding:
    agreed, warm_up = plan(scenario), subject.scenario.run.weeks.warm_up
    numbers = range(FIRST, FIRST + subject.long_runs)
    tasks = [Task(agreed, number, since) for since in (0.0, float(warm_up * DAYS_A_WEEK)) for number in numbers]
    found = subject.crew.each(reductions_since, tasks)
    long, short = found[: len(numbers)], found[len(numbers) :]
    pairs = list(zip(watched(agreed, short), watched(agreed, long), strict=True))
    if not pairs:
        return not_applicable(TEST, tried, "there is no headline and no queue to watch")
    count, advice = planned_replications(scenario, [one for one, _ in pairs]), _advice(agreed, long, warm_up)
    return gathered(TEST, tried, [_part(scenario, count, one, other, advice) for one, other in pairs])


def with_warm_up(scenario: Scenario, weeks: int) -> Scenario:
    """The scenario with so many weeks of warm-up."""
    now = scenario.run.weeks
    given = {"warm_up": weeks, "cohort": now.cohort, "follow_up": now.follow_up}
    return scenario.with_values({"run.weeks": given})


def reductions_since(task: Task) -> tuple[Reduction, ...]:
    """The reductions of a plan's arms, over the citizens of the task."""
    everyone = population(task.agreed.scenario, task.number)
    columns: list[Any] = [column[everyone.arrival >= task.since] for column in everyone]
    citizens = Population(*columns)
    return tuple(reduced(ran(arm, citizens))[0] for arm in task.agreed.arms)


def _part(scenario: Scenario, count: int, short: Watched, long: Watched, advice: str) -> Part:
    half = planned_half_width(scenario, short, count)
    moves = long.values - short.values
    moved, noise = abs(float(moves.mean())), float(moves.std(ddof=1)) / math.sqrt(moves.size)
    before, after = (said(float(one.values.mean()), short.unit) for one in (short, long))
    told = (
        f"{before} becomes {after}: moved by {said(moved)} (standard error {said(noise)}), half-width {said(half)} at "
        f"the plan's {counted(count, 'replication')}"
    )
    good = moved < half or moved == half == 0
    return Part(short.of, told if good else f"{told}; {advice}", judged(good))


def _advice(agreed: Plan, found: list[tuple[Reduction, ...]], warm_up: int) -> str:
    """What to do about a warm-up too short."""
    arms = [estimates(arm.scenario, arm.pathway, [one[at] for one in found]) for at, arm in enumerate(agreed.arms)]
    names = sorted({agreed.arms[place].name for place in growing(agreed, arms)})
    if 4 * warm_up * DAYS_A_WEEK > LONGEST_DAYS:
        return (
            f"over {LONGEST_DAYS:,} days would be needed: read it as what happens over these years from an empty start"
        )
    if names:
        return (
            f"even then a backlog grows in {' and '.join(names)}; try run.weeks.warm_up = {4 * warm_up}: "
            "if it grows, there is no steady answer, only one for the years simulated"
        )
    return f"try run.weeks.warm_up = {2 * warm_up}, and verify again"
