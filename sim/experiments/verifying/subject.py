"""The subject of a dossier: a scenario, and how much effort is spent on it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from scipy import stats

from sim.engine.population import population
from sim.experiments.arms import Arm, Plan
from sim.experiments.comparison import headlines
from sim.experiments.experiment import quickened
from sim.experiments.replications import OWN_LUCK_REPLICATIONS, Replication, ran, replicate
from sim.experiments.verifying.findings import counted
from sim.experiments.workers import Crew
from sim.measures.record import Record
from sim.scenario.paring import pared
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK, NO_SERVICE

FIRST = OWN_LUCK_REPLICATIONS
"""Number of the first replication used: those before it also run on luck of their own, which no test here needs."""

FEW_CITIZENS = 60_000
"""Where fewer than this are to be followed through all arms, statistics use the file's own windows."""

Result = TypeVar("Result")

ENOUGH_CITIZENS = 3_000
"""So many citizens of a cohort show how long its queues are."""

MOST_CITIZENS_SEEN = 150_000
"""So many show it where a test needs to be sure."""

REPLICATIONS = 12
LONG_RUNS_IN, LEAST_LONG_RUNS = 3, 4
"""Of runs longer than the short windows of a large file there is one for so many replications elsewhere."""


@dataclass(frozen=True)
class Subject:
    """A scenario to be verified, as specified, with `replications` where a test needs statistics."""

    scenario: Scenario
    replications: int
    crew: Crew
    known: dict[str, Any] = field(default_factory=dict)
    """What several tests need and one has found already."""

    @cached_property
    def short(self) -> Scenario:
        """It in the short windows of `run.quick`, or its own where they are shorter: enough for what must hold exactly
        in any window.
        """
        quick, own = quickened(self.scenario), self.scenario.run.weeks.model_dump()
        weeks = quick.run.weeks.model_dump()
        return quick.with_values({"run.weeks": {name: min(weeks[name], own[name]) for name in weeks}})

    @cached_property
    def is_small(self) -> bool:
        """Whether few enough citizens are to be followed for many runs in the file's own windows."""
        days = self.short.run.weeks.horizon
        people = len(population(self.short, FIRST)) / days * self.scenario.run.weeks.horizon
        return people * len(self.arms) < FEW_CITIZENS

    @cached_property
    def counted(self) -> Scenario:
        """It in the windows used for statistics: the file's own if it is small, else the short ones."""
        return self.scenario if self.is_small else self.short

    @cached_property
    def queueing(self) -> Scenario:
        """`counted` with a cohort window up to the last week: queues are counted in it, and need no follow-up."""
        return queued_for_long(self.counted)

    @property
    def arms(self) -> tuple[str | None, ...]:
        """The pathways compared, then no service (None) if citizens have needs."""
        return (*self.compared, *((None,) if self.scenario.has_levels else ()))

    @cached_property
    def settled(self) -> Scenario:
        """It after its own warm-up, for its own cohort window or until enough have come: where the queues are that the
        file is about.
        """
        weeks, a_week = self.scenario.run.weeks, DAYS_A_WEEK * sum(self.scenario.arrivals_a_day.values())
        cohort = min(weeks.cohort, math.ceil(ENOUGH_CITIZENS / a_week)) if a_week else weeks.cohort
        return self.scenario.with_values({"run.weeks": {"warm_up": weeks.warm_up, "cohort": cohort, "follow_up": 1}})

    @cached_property
    def pressed(self) -> Scenario:
        """`settled` watched for as long as it settles: the noise of queues is long, and a longer look is cheaper than
        another warm-up. It ends after so many citizens as show enough.
        """
        weeks, a_week = self.settled.run.weeks, DAYS_A_WEEK * sum(self.scenario.arrivals_a_day.values())
        longest = math.ceil(MOST_CITIZENS_SEEN / a_week) if a_week else weeks.warm_up
        cohort = max(weeks.cohort, min(weeks.warm_up, longest))
        return self.settled.with_values({"run.weeks": {**weeks.model_dump(), "cohort": cohort}})

    @cached_property
    def watched(self) -> Scenario:
        """It in the windows in which chance is looked at: where there are no headlines, only queues are, and no
        follow-up is needed.
        """
        return self.counted if headlines(self.scenario) or not self.is_small else self.settled

    @property
    def settled_runs(self) -> int:
        """Replications of `settled`: all, if the file is small."""
        return self.replications if self.is_small else self.long_runs

    @property
    def compared(self) -> tuple[str, ...]:
        """The pathways compared."""
        return tuple(self.scenario.compare)

    @property
    def long_runs(self) -> int:
        """Replications of a test that needs runs longer than the file's own."""
        return max(LEAST_LONG_RUNS, self.replications // LONG_RUNS_IN)

    def in_replications(self, key: str, run: Callable[[Sequence[int]], list[Result]], count: int) -> list[Result]:
        """What `run` gives for the first so many replications; those found before under this key are not run again."""
        found: list[Result] = self.known.setdefault(key, [])
        if missing := range(FIRST + len(found), FIRST + count):
            found += run(missing)
        return found[:count]

    def replicated(self, agreed: Plan, count: int | None = None) -> list[Replication]:
        """Replications of a plan: as many as the dossier has, or `count`."""
        return self.replications_of(agreed, range(FIRST, FIRST + (count or self.replications)))

    def replications_of(self, agreed: Plan, numbers: Sequence[int]) -> list[Replication]:
        """The replications of a plan with these numbers."""
        return self.crew.each(_replicated, [(agreed, number) for number in numbers])


def subject_of(scenario: Scenario, replications: int, crew: Crew) -> Subject:
    """The subject of a dossier on a scenario: on other bases only the number of posts differs.

    It is pared: what the file says of its numbers (targets they are fitted to, checks) would forbid changing them.
    """
    return Subject(pared(scenario.with_values({"bases": ["as_specified"]})), replications, crew)


def queued_for_long(scenario: Scenario) -> Scenario:
    """The scenario with all its weeks after the warm-up in the cohort window, but for one of follow-up."""
    weeks = scenario.run.weeks
    long = {"warm_up": weeks.warm_up, "cohort": max(1, weeks.cohort + weeks.follow_up - 1), "follow_up": 1}
    return scenario.with_values({"run.weeks": long})


def runs_said(count: int, scenario: Scenario) -> str:
    """So many replications of the scenario's windows, in words."""
    weeks = scenario.run.weeks
    return f"{counted(count, 'replication')} of {weeks.warm_up} + {weeks.cohort} + {weeks.follow_up} weeks"


def _replicated(task: tuple[Plan, int]) -> Replication:
    return replicate(*task)


@dataclass(frozen=True)
class Run:
    """One pathway (None: no service) of a scenario in one replication: an order for a run, and its result."""

    scenario: Scenario
    pathway: str | None
    number: int = FIRST

    @property
    def name(self) -> str:
        """Name of the pathway, `no_service` where nobody helps."""
        return self.pathway or NO_SERVICE

    @cached_property
    def record(self) -> Record:
        """What happens."""
        return ran(Arm(self.pathway, self.scenario), population(self.scenario, self.number))


def runs(scenario: Scenario, arms: Sequence[str | None]) -> list[Run]:
    """One run of each arm."""
    return [Run(scenario, name) for name in arms]


def name_of(record: Record) -> str:
    """Name of the pathway a record is of, `no_service` where nobody helps."""
    return record.pathway_name or NO_SERVICE


def unlikely(degrees: float) -> float:
    """So many standard errors chance exceeds once in 1,000 times, on one side; by Student's t 4 at 11 degrees."""
    return float(stats.t.isf(0.001, degrees)) if degrees > 0 else math.inf


def rare(degrees: float) -> float:
    """So many standard errors are as rarely exceeded by chance as 4 would be if they were known, not estimated.

    That is once in 16,000 comparisons; by Student's t 6.2 at 11 degrees of freedom.
    """
    return float(stats.t.isf(stats.norm.sf(4.0), degrees)) if degrees > 0 else math.inf
