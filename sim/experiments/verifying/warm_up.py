"""Warm-up: twice as long a history before the cohort, on the same citizens, moves no headline by its half-width."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sim.engine.population import population
from sim.experiments.arms import plan
from sim.experiments.verifying.findings import Finding, Part, counted, gathered, not_applicable, said
from sim.experiments.verifying.power import Comparison, error_of_mean, until_sure
from sim.experiments.verifying.subject import FIRST, Subject
from sim.experiments.warm_up import (
    LONGEST_DAYS,
    Moved,
    Task,
    growing_in,
    moved,
    reductions_since,
    with_warm_up,
)
from sim.experiments.watched import planned_replications
from sim.measures.reductions import Reduction
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK

TEST = "Warm-up doubled"


def longer(subject: Subject) -> Finding:
    """The warm-up against one twice as long, before the very same cohort: each headline moves less than it is sure to.

    Both run on the clock of the longer; the shorter history leaves out whoever comes in its first half.
    """
    weeks = subject.scenario.run.weeks
    tried = (
        f"{counted(weeks.warm_up, 'week')} of warm-up against {2 * weeks.warm_up}, before the same cohort on the same "
        "luck; a violation: a move by twice the half-width"
    )
    if not weeks.warm_up:
        return not_applicable(TEST, tried, "the file has no warm-up: the run starts as it stands")
    scenario = with_warm_up(subject.scenario, 2 * weeks.warm_up)
    if (population(scenario, FIRST).arrival < 0).any():
        return not_applicable(TEST, tried, "the file says who waits at the start: the run starts as it stands")
    return _found(subject, scenario, tried)


def _found(subject: Subject, scenario: Scenario, tried: str) -> Finding:
    agreed, warm_up = plan(scenario), subject.scenario.run.weeks.warm_up

    def since(day: float, numbers: Sequence[int]) -> list[tuple[Reduction, ...]]:
        return subject.crew.each(reductions_since, [Task(agreed, number, day) for number in numbers])

    def look(count: int) -> list[Part]:
        long, short = (
            subject.in_replications(f"{TEST}: since {day}", partial(since, day), count)
            for day in (0.0, float(warm_up * DAYS_A_WEEK))
        )
        pairs = moved(agreed, short, long)
        planned = planned_replications(scenario, [one.short for one in pairs])
        advice = _advice(growing_in(agreed, long), warm_up)
        return [_part(one, planned, advice) for one in pairs]

    parts = until_sure(look, subject.long_runs)
    return gathered(TEST, tried, parts, when_none="there is no headline and no queue to watch")


def _part(one: Moved, count: int, advice: str) -> Part:
    moves = one.long.values - one.short.values
    noise = error_of_mean(moves)
    before, after = (said(float(history.values.mean()), history.unit) for history in (one.short, one.long))
    told = (
        f"{before} becomes {after}: moved by {said(abs(one.change))} (standard error {said(noise)}, {moves.size} "
        f"replications), half-width {said(one.half_width)} at the plan's {counted(count, 'replication')}"
    )
    told = told if one.is_small else f"{told}; {advice}"
    beyond = one.half_width / noise if noise else 0.0
    found = Comparison(noise, moves.size - 1, beyond, 2 * one.half_width)
    return found.part(one.short.of, told, f"a move by {said(found.relevant, one.short.unit)}", good=one.is_small)


def _advice(growing: list[str], warm_up: int) -> str:
    """What to do about a warm-up too short."""
    if 4 * warm_up * DAYS_A_WEEK > LONGEST_DAYS:
        return (
            f"over {LONGEST_DAYS:,} days would be needed: read it as what happens over these years from an empty start"
        )
    if growing:
        return (
            f"even then a backlog grows in {' and '.join(growing)}; try run.weeks.warm_up = {4 * warm_up}: "
            "if it grows, there is no steady answer, only one for the years simulated"
        )
    return f"try run.weeks.warm_up = {2 * warm_up}, and verify again"
