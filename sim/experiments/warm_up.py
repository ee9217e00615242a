"""Warm-up: a history before the cohort is long enough if one twice as long moves no headline by its half-width.

Both histories come before the very same cohort, on the same clock: the shorter leaves out whoever comes before it
begins.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sim.engine.engines import Engine
from sim.engine.population import Population, days_come_in, population
from sim.errors import ScenarioError
from sim.experiments.arms import Arm, Plan
from sim.experiments.estimates import estimates
from sim.experiments.pilots import PILOT_NUMBERS, PILOT_REPLICATIONS, Hands
from sim.experiments.replications import measured
from sim.experiments.room import room_for
from sim.experiments.settling import WarmUp
from sim.experiments.steadiness import unending
from sim.experiments.watched import Watched, planned_half_width, planned_replications, watched
from sim.measures.reductions import Reduction, reduced
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK

LONGEST_DAYS = 8_736
MOST_CITIZENS = 20_000_000
"""No warm-up is doubled to more than these, whatever the machine: its length is part of the answer."""
Reduced = Sequence[tuple[Reduction, ...]]
"""Reductions of the arms of a plan, replication by replication."""


class Task(NamedTuple):
    """One replication of a plan, with only those citizens whose need arises on day `since` or later."""

    agreed: Plan
    number: int
    since: float


def reductions_since(task: Task) -> tuple[Reduction, ...]:
    """The reductions of a plan's arms, over the citizens of the task."""
    everyone = population(task.agreed.scenario, task.number)
    there = days_come_in(task.agreed.scenario, everyone) >= task.since
    columns: list[Any] = [column[there] for column in everyone]
    citizens = Population(*columns)
    return tuple(reduced(measured(arm, citizens, task.agreed.engine))[0] for arm in task.agreed.arms)


def with_warm_up(scenario: Scenario, weeks: int) -> Scenario:
    """The scenario with so many weeks of warm-up."""
    return scenario.with_values({"run.weeks": {**scenario.run.weeks.model_dump(), "warm_up": weeks}})


@dataclass(frozen=True)
class Moved:
    """A figure after a shorter and a longer history, and the half-width its interval is planned to have."""

    short: Watched
    long: Watched
    half_width: float

    @property
    def change(self) -> float:
        """How far the longer history moves its mean [the figure's unit]."""
        return float((self.long.values - self.short.values).mean())

    @property
    def is_small(self) -> bool:
        """Whether that is less than the half-width, or nothing at all."""
        return abs(self.change) < self.half_width or self.change == self.half_width == 0

    def __str__(self) -> str:
        by = f"{_said(abs(self.change))} {self.short.unit}".replace("GBP", "£")
        return f"{self.short.of.replace('_', ' ')}, by {by}, beside a half-width of {_said(self.half_width)}"


def _said(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def moved(agreed: Plan, short: Reduced, long: Reduced, replications: int | None = None) -> list[Moved]:
    """What is watched after two histories; half-widths are those of so many replications, or of the file's plan."""
    pairs = list(zip(watched(agreed, short), watched(agreed, long), strict=True))
    count = replications or planned_replications(agreed.scenario, [one for one, _ in pairs])
    return [Moved(one, other, planned_half_width(agreed.scenario, one, count)) for one, other in pairs]


def growing_in(agreed: Plan, found: Reduced) -> list[str]:
    """Names of the pathways in which a backlog grows or nobody is served, in order of the alphabet.

    A backlog that grew evenly through a long history grows little beside its size in a cohort window: growth is judged
    over as long again as the history.
    """
    arms = [estimates(arm.scenario, arm.pathway, [one[at] for one in found]) for at, arm in enumerate(agreed.arms)]
    return sorted({agreed.arms[place].name for place in unending(agreed, arms, agreed.scenario.run.weeks.warm_up)})


def as_given(scenario: Scenario, why: str) -> WarmUp:
    """The warm-up of the file, not checked."""
    weeks = scenario.run.weeks.warm_up
    return WarmUp(weeks, weeks, "not_checked", why)


def long_enough(
    scenario: Scenario, engine: Engine, hands: Hands, begin: Callable[[int], None], replications: int | None = None
) -> WarmUp:
    """The scenario's warm-up, doubled until twice as long moves no headline difference by its half-width.

    Over 5 pilot replications with numbers of their own, as specified; no history is longer than 8,736 days. Without
    headlines the queues are watched. `replications`: how many the run will have, if that is fixed.
    """
    given = scenario.run.weeks.warm_up
    if not given:
        return as_given(scenario, "the file has none: the run starts as it stands")
    waiting = scenario.waiting_at_start
    if waiting is not None and waiting.people and waiting.at == "start":
        return as_given(scenario, "people wait at the start: the run starts as it stands")
    lengths = list(_lengths(scenario))
    if len(lengths) == 1:
        return as_given(scenario, f"twice as long would be over {LONGEST_DAYS:,} days, or too many citizens")

    def before(weeks: int) -> Histories:
        """Histories before the cohort that comes after so many weeks."""
        return Histories(_watched_plan(with_warm_up(scenario, weeks), engine), hands, begin)

    return _chosen(before, lengths, replications)


def _lengths(scenario: Scenario) -> Iterator[int]:
    """The warm-up given and its doubles, as far as they are allowed [weeks]."""
    weeks = scenario.run.weeks.warm_up
    yield weeks
    while (weeks := 2 * weeks) * DAYS_A_WEEK <= LONGEST_DAYS:
        try:
            longer = with_warm_up(scenario, weeks)
        except ScenarioError:
            return
        if room_for(longer, 1).citizens > MOST_CITIZENS:
            return
        yield weeks


def _watched_plan(scenario: Scenario, engine: Engine) -> Plan:
    """The pathways as specified; no service only beside a single one."""
    arms = [Arm(name, scenario) for name in scenario.compare]
    if len(arms) == 1 and scenario.has_levels:
        arms.append(Arm(None, scenario))
    return Plan(scenario, tuple(arms), (), engine=engine)


@dataclass(frozen=True)
class Histories:
    """Histories of any length before one cohort, each run once; the plan's own warm-up is the longest."""

    agreed: Plan
    hands: Hands
    begin: Callable[[int], None]
    known: dict[int, list[tuple[Reduction, ...]]] = field(default_factory=dict)

    def of(self, *lengths: int) -> list[list[tuple[Reduction, ...]]]:
        """The reductions after a history of so many weeks, for each length."""
        wanted = [weeks for weeks in lengths if weeks not in self.known]
        tasks = [Task(self.agreed, number, self._since(weeks)) for weeks in wanted for number in PILOT_NUMBERS]
        if tasks:
            self.begin(len(tasks))
        found = self.hands.each(reductions_since, tasks)
        for at, weeks in enumerate(wanted):
            self.known[weeks] = found[at * PILOT_REPLICATIONS : (at + 1) * PILOT_REPLICATIONS]
        return [self.known[weeks] for weeks in lengths]

    def _since(self, weeks: int) -> float:
        return float((self.agreed.scenario.run.weeks.warm_up - weeks) * DAYS_A_WEEK)


def _chosen(before: Callable[[int], Histories], lengths: list[int], replications: int | None) -> WarmUp:
    given, longest = lengths[0], lengths[-1]
    names: list[str] = []
    why = ""
    for weeks, histories in _tries(before, lengths):
        short, long = histories.of(weeks, 2 * weeks)
        found = moved(histories.agreed, short, long, replications)
        if not found:
            return WarmUp(given, given, "not_checked", "there is no headline and no queue to watch")
        if all(one.is_small for one in found):
            return WarmUp(given, weeks, "doubled" if why else "accepted", why)
        why = f"with {weeks:,} weeks, twice as long moves {_most(found)}"
        names = growing_in(histories.agreed, long) if 2 * weeks == longest else []
    if names:
        after = f"after {longest:,} weeks a backlog still grows in {_listed(names)}"
        return WarmUp(given, given, "growing", f"{why}; and {after}")
    return WarmUp(given, longest, "too_short", why)


def _tries(before: Callable[[int], Histories], lengths: list[int]) -> Iterator[tuple[int, Histories]]:
    """Each length to be set against its double. The first, often the last, on a clock no longer than it needs."""
    yield lengths[0], before(lengths[1])
    longer = before(lengths[-1])
    for weeks in lengths[1:-1]:
        yield weeks, longer


def _most(found: list[Moved]) -> Moved:
    """Which figure moved most, beside its half-width."""
    return max(found, key=lambda one: abs(one.change) / one.half_width if one.half_width else math.inf)


def _listed(names: list[str]) -> str:
    return " and ".join(name.replace("_", " ") for name in names)
