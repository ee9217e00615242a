"""An experiment: a scenario run in replications, in one or two stages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import perf_counter
from typing import Literal, NamedTuple

import pandas as pd

from sim.engine.engines import DEFAULT, Engine, prepare
from sim.errors import RequestError
from sim.experiments.arms import Plan, plan
from sim.experiments.comparison import Comparison, headlines
from sim.experiments.demand import demand
from sim.experiments.pilots import Hands
from sim.experiments.published import check_measures
from sim.experiments.replications import Replication
from sim.experiments.room import refuse_without_room
from sim.experiments.settling import WarmUp
from sim.experiments.variants import VARIANT_COLUMNS, offered, variants
from sim.experiments.warm_up import as_given, long_enough, with_warm_up
from sim.experiments.workers import crew, default_workers, replications
from sim.scenario.scenario import Scenario

LEAST_REPLICATIONS = 2


Stage = Literal[
    "warm_up", "equal_help", "first", "second", "demand", "fit", "variants", "ranges", "tornado", "break_even", "flips",
    "elements",
]  # fmt: skip
"""What runs are for: to check the warm-up, to find the posts of equal help, for the answer in one or two stages, for
the answer at other arrivals or with the file's variants, for draws from plausible ranges, or for what the answer hangs
on.
"""


class Watcher:
    """Told how an experiment goes on; this one says nothing."""

    def prepares(self, text: str) -> None:
        """The compiled engine is being compiled, or something is wrong with the place where it is kept."""

    def begin(self, replications: int | None, stage: Stage) -> None:
        """So many replications begin (None: nobody knows how many) in this stage."""

    def done(self, replications: int) -> None:
        """So many more are done."""


@dataclass(frozen=True)
class Options:
    """How to run: how many replications there are, where they run, and whether the warm-up is checked before."""

    replications: int | None = None
    workers: int | None = None
    quick: bool = False
    all_visits: bool = False
    engine: Engine = DEFAULT
    check_warm_up: bool = True
    variants: bool = True
    """Whether the file's variants are run too, where it has any; a quick run leaves them out."""


@dataclass(frozen=True)
class Experiment:
    """A comparison and how it came about; `given` is the scenario before its warm-up was made longer."""

    given: Scenario
    comparison: Comparison
    demand: pd.DataFrame
    variants: pd.DataFrame
    options: Options
    first_stage: int
    second_stage_wanted: int | None
    started: datetime
    seconds: float

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.comparison.plan.scenario


def quickened(scenario: Scenario) -> Scenario:
    """The scenario with the short windows of `--quick`: for a first look, never for comparison."""
    quick = scenario.run.quick
    return scenario.with_values(
        {
            "run.weeks": {"warm_up": quick.warm_up, "cohort": quick.cohort, "follow_up": quick.follow_up},
            "run.replications": quick.replications,
        }
    )


def refuse_too_large(scenario: Scenario, options: Options) -> None:
    """Refuse, with a RequestError, a run for which this machine has not the memory; nothing is run or written."""
    given = quickened(scenario) if options.quick else scenario
    refuse_without_room(given, options.workers or default_workers())


def run(scenario: Scenario, options: Options | None = None, watcher: Watcher | None = None) -> Experiment:
    """Compare the pathways of a scenario.

    Before it the warm-up is checked, and doubled where it is too short, unless the run is quick. Replications come in
    two stages: those of the plan, then, once, as many as the wanted precision needs. A number given in the options, or
    a quick run, fixes them instead. After it the headlines are also found at fewer and at more arrivals.

    Raises
    ------
    ScenarioError
        If a headline or check names no measure, or a basis cannot be reached.
    RequestError
        If fewer than two replications are asked for, or this machine has not the memory for them.
    """
    options, watcher = options or Options(), watcher or Watcher()
    started, clock = datetime.now(UTC), perf_counter()
    if options.replications is not None and options.replications < LEAST_REPLICATIONS:
        raise RequestError(f"--replications {options.replications}: an interval needs at least {LEAST_REPLICATIONS}")
    workers = options.workers or default_workers()
    refuse_too_large(scenario, options)
    given = quickened(scenario) if options.quick else scenario
    check_measures(given)
    headlines(given)
    _prepare(options, watcher)
    staged = _staged(_planned(given, options, workers, watcher), options, workers, watcher)
    with crew(workers, watcher.done, options.engine) as hands:
        by_demand = demand(staged.result, hands, lambda runs: watcher.begin(runs, "demand"))
    by_variant = _variants(staged.result, options, workers, watcher)
    seconds = perf_counter() - clock
    return Experiment(
        given, staged.result, by_demand, by_variant, options, staged.first, staged.wanted, started, seconds
    )


def _variants(result: Comparison, options: Options, workers: int, watcher: Watcher) -> pd.DataFrame:
    """What came of the variants, if they are wanted and there are any."""
    if options.quick or not options.variants or not offered(result.plan.scenario):
        return pd.DataFrame(columns=VARIANT_COLUMNS)
    watcher.begin(None, "variants")
    with crew(workers, watcher.done, options.engine) as hands:
        return variants(result, hands, lambda agreed, numbers: replications(agreed, numbers, workers, watcher.done))


def _prepare(options: Options, watcher: Watcher) -> None:
    """Have the compiled engine compiled, if it is the one asked for."""
    if options.engine == "compiled":
        prepare(watcher.prepares)


class _Staged(NamedTuple):
    """A comparison, how many replications its first stage had, and how many the wanted precision takes, if asked."""

    result: Comparison
    first: int
    wanted: int | None


def _staged(agreed: Plan, options: Options, workers: int, watcher: Watcher) -> _Staged:
    """Run a plan in one stage, or in two where the wanted precision needs it."""

    def ran(numbers: range, stage: Stage) -> list[Replication]:
        watcher.begin(len(numbers), stage)
        return replications(agreed, numbers, workers, watcher.done)

    first = options.replications or agreed.scenario.run.replications
    found = ran(range(first), "first")
    result = Comparison(agreed, tuple(found))
    if options.replications is not None or options.quick or not agreed.scenario.run.precision:
        return _Staged(result, first, None)
    wanted = result.replications_wanted()
    if wanted > first:
        result = Comparison(agreed, (*found, *ran(range(first, wanted), "second")))
    return _Staged(result, first, wanted)


def _planned(scenario: Scenario, options: Options, workers: int, watcher: Watcher) -> Plan:
    """What to run, after the pilots: on a warm-up long enough, with as many posts as each basis takes."""
    with crew(workers, watcher.done, options.engine) as hands:
        warm_up = _warm_up(scenario, options, hands, watcher)
        scenario = with_warm_up(scenario, warm_up.used)
        if "equal_help" in scenario.bases:
            watcher.begin(None, "equal_help")
        agreed = plan(scenario, all_visits=options.all_visits, engine=options.engine, hands=hands)
    return replace(agreed, warm_up=warm_up)


def _warm_up(scenario: Scenario, options: Options, hands: Hands, watcher: Watcher) -> WarmUp:
    if options.quick:
        return as_given(scenario, "a quick run is not to be compared")
    if not options.check_warm_up:
        return as_given(scenario, "not asked for")
    return long_enough(
        scenario, options.engine, hands, lambda runs: watcher.begin(runs, "warm_up"), options.replications
    )
