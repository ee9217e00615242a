"""One workload, engine by engine, in rounds: times, ratios taken within a round, and whether all did the same work.

The engines take turns within a round, so that a machine that slows down slows them all. An engine gets as many citizens
as it takes to time it. The mean wait of a service that begins empty depends on how many come, so that means are held
against a yardstick of the same length: many runs of our compiled engine, which also say how far such a mean strays.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.work import MEANS, MILLION, Engine, Means, Outcome, Workload

Yardstick = Callable[[int, int], Means]
"""Means of so many citizens with this seed."""

STANDARD_ERRORS = 4.0
YARDSTICK_RUNS = 40
FIRST_YARDSTICK_SEED = 1_000_000
SHORTEST = 1e-6
"""A run of which the system says that it took no time took so long [seconds]."""


@dataclass(frozen=True)
class Row:
    """One engine's times: medians over the rounds; NaN where what it is set against is not there."""

    engine: str
    citizens: int
    user: float
    """Seconds per million citizens."""
    system: float
    """Seconds per million citizens."""
    as_fast_as_simpy: float
    """SimPy's time over its own."""
    times_tuned: float
    """Its own time over that of C by hand."""
    times_generic: float
    """Its own time over that of C for any pathway."""
    as_fast_as_simmer: float
    """simmer's time over its own."""


@dataclass(frozen=True)
class Verdict:
    """How far one engine's mean is from the yardstick's."""

    engine: str
    measure: str
    mean: float
    yardstick: float
    errors: float
    """Standard errors of the difference."""

    @property
    def agrees(self) -> bool:
        """Whether that is near enough to be chance."""
        return self.errors < STANDARD_ERRORS


@dataclass(frozen=True)
class Comparison:
    """What came of a workload."""

    workload: Workload
    rounds: int
    rows: tuple[Row, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def agrees(self) -> bool:
        """Whether all did the same work, so that times can be compared."""
        return all(verdict.agrees for verdict in self.verdicts)

    def row(self, engine: str) -> Row | None:
        """The row of an engine; None if it was not there."""
        return next((row for row in self.rows if row.engine == engine), None)


@dataclass(frozen=True)
class Against:
    """Names of the engines that others are set against."""

    simpy: str
    tuned: str
    generic: str
    simmer: str


def compare(
    workload: Workload, engines: Sequence[Engine], against: Against, *, citizens: int, rounds: int, yardstick: Yardstick
) -> Comparison:
    """Run all engines, `citizens` of a middling one in a run."""
    sizes = {engine.name: engine.citizens(citizens) for engine in engines}
    results = [
        {engine.name: engine.runs[workload](sizes[engine.name], seed) for engine in engines} for seed in range(rounds)
    ]
    known = {size: yardstick_means(yardstick, size) for size in sorted(set(sizes.values()))}
    verdicts: list[Verdict] = []
    for name, size in sizes.items():
        verdicts += verdicts_on(workload, name, [each[name] for each in results], known[size])
    return Comparison(workload, rounds, tuple(rows_of(sizes, results, against)), tuple(verdicts))


def rows_of(sizes: dict[str, int], results: Sequence[dict[str, Outcome]], against: Against) -> list[Row]:
    """The row of each engine, from what each round gave by engine."""

    def cost(name: str, each: dict[str, Outcome]) -> float:
        return max(each[name].cpu.both, SHORTEST) / sizes[name] * MILLION

    def ratio(one: str, other: str) -> float:
        if one not in sizes or other not in sizes:
            return math.nan
        return statistics.median(cost(one, each) / cost(other, each) for each in results)

    return [
        Row(
            name,
            size,
            user=statistics.median(each[name].cpu.user / size * MILLION for each in results),
            system=statistics.median(each[name].cpu.system / size * MILLION for each in results),
            as_fast_as_simpy=ratio(against.simpy, name),
            times_tuned=ratio(name, against.tuned),
            times_generic=ratio(name, against.generic),
            as_fast_as_simmer=ratio(against.simmer, name),
        )
        for name, size in sizes.items()
    ]


def yardstick_means(run: Yardstick, citizens: int) -> list[Means]:
    """Means of many runs of one length, with seeds that no round has."""
    return [run(citizens, FIRST_YARDSTICK_SEED + place) for place in range(YARDSTICK_RUNS)]


def verdicts_on(
    workload: Workload, engine: str, outcomes: Sequence[Outcome], yardstick: Sequence[Means]
) -> list[Verdict]:
    """Each mean of an engine against the yardstick.

    The spread is taken from the yardstick alone: a few rounds say too little about their own.
    """
    found = []
    for measure in MEANS[workload]:
        known = [means[measure] for means in yardstick]
        mean = statistics.fmean(outcome.means[measure] for outcome in outcomes)
        error = statistics.stdev(known) * math.sqrt(1 / len(known) + 1 / len(outcomes))
        middle = statistics.fmean(known)
        found.append(Verdict(engine, measure, mean, middle, abs(mean - middle) / error))
    return found
