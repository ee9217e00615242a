"""How fast the engines are, beside SimPy as people write it: `python -m benchmarks.run [--citizens N] [--rounds N]`.

All run the same work: so many citizens from an empty service until the last has gone. The engines take turns within a
round, so that a machine that slows down slows both; ratios are taken within a round. Each is used as it comes: the
reference engine lets the garbage collector rest during a run, plain SimPy does not; the compiled one has been compiled.
Their means must agree, or the comparison is void and the program says so and ends with 1.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import simpy

from benchmarks import plain_simpy
from sim.engine.clock import Due
from sim.engine.engines import ENGINES, Engine, prepare, simulate
from sim.engine.model import Model, compiled
from sim.engine.population import Population, population
from sim.engine.reference import Reference
from sim.engine.tables import GAVE_UP, Visits
from sim.scenario.scenario import Scenario, load

SCENARIOS = Path(__file__).parent / "scenarios"
MILLION = 1_000_000
STANDARD_ERRORS = 4.0
Means = dict[str, float]
Run = Callable[[int, int], Means]


@dataclass(frozen=True)
class Timing:
    """One run of one engine."""

    seconds: float
    """CPU seconds per million citizens."""
    means: Means


def main() -> int:
    """Print the three tables; 0, or 1 if the engines' means disagree."""
    options = _options()
    prepare()
    agree = [_compare(*workload, options.citizens, options.rounds) for workload in _workloads(options.citizens)]
    _print_growth(options.citizens)
    _print_giving_up()
    return 0 if all(agree) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--citizens", type=int, default=10_000, help="citizens of one run (10,000)")
    parser.add_argument("--rounds", type=int, default=10, help="rounds, each engine once in each (10)")
    return parser.parse_args()


# -- two workloads, three engines ------------------------------------------------------------------------------------


def _workloads(citizens: int) -> list[tuple[str, dict[str, Run]]]:
    """Each with its engines by name, plain SimPy first."""
    plain: dict[str, Run] = {
        "line": lambda n, seed: _named(plain_simpy.run_line(n, seed)),
        "referral": lambda n, seed: _named(plain_simpy.run_referral(n, seed)),
    }
    means = {"line": _line_means, "referral": _referral_means}
    return [
        (
            f"W{place} {name}",
            {"plain SimPy": run, **{engine: _engine(name, citizens, means[name], engine) for engine in ENGINES}},
        )
        for place, (name, run) in enumerate(plain.items(), start=1)
    ]


def _named(result: plain_simpy.LineResult | plain_simpy.ReferralResult) -> Means:
    return {name: value for name, value in asdict(result).items() if name not in ("citizens", "mean_cost_gbp")}


def _engine(name: str, citizens: int, means: Callable[[Visits, Population, list[str]], Means], engine: Engine) -> Run:
    """An engine of ours on a scenario: population, run and tables, all inside the time measured."""
    scenario = _long_enough(load(SCENARIOS / f"{name}.toml"), citizens)
    model, stages = compiled(scenario, name), list(scenario.pathways[name].stages)

    def run(citizens: int, seed: int) -> Means:
        people = first(population(scenario, seed), citizens)
        return means(simulate(model, people, engine).visits, people, stages)

    return run


def _long_enough(scenario: Scenario, citizens: int) -> Scenario:
    """The scenario with a cohort of at least so many citizens, and a year to follow the last of them."""
    a_week = sum(scenario.arrivals_a_day.values()) * 7
    return scenario.with_values({"run.weeks.cohort": math.ceil(1.05 * citizens / a_week) + 10})


def first(people: Population, citizens: int) -> Population:
    """The first so many of a population, with nobody behind them."""
    columns: list[Any] = [column[:citizens] for column in people]
    return Population(*columns)


def _line_means(visits: Visits, _: Population, __: list[str]) -> Means:
    waits = visits.started - visits.joined
    return {"mean_wait_days": float(waits.mean()), "waited": float((waits > 0).mean())}


def _referral_means(visits: Visits, people: Population, stages: list[str]) -> Means:
    """What `plain_simpy.ReferralResult` says, read from the visits."""
    number = len(people)
    delays = [stages.index("turned_away"), stages.index("present_again")]
    delayed, started = np.isin(visits.stage, delays), ~np.isnan(visits.started)
    waits = np.where(started, visits.started, visits.ended) - visits.joined
    helps = (visits.stage == stages.index("help")) & started
    citizens_helped, first_help = np.unique(visits.citizen[helps], return_index=True)
    return {
        "mean_wait_days": float(np.nansum(waits) / number),
        "mean_contacts": float((started & ~delayed).sum() / number),
        "mean_staff_hours": float(visits.staff_hours.sum() / number),
        "mean_reentries": float(delayed.sum() / number),
        "gave_up": float((visits.outcome == GAVE_UP).sum() / number),
        "helped": citizens_helped.size / number,
        "mean_days_to_help_if_helped": float(
            (visits.started[helps][first_help] - people.arrival[citizens_helped]).mean()
        ),
    }


# -- side by side ----------------------------------------------------------------------------------------------------


def _compare(name: str, engines: dict[str, Run], citizens: int, rounds: int) -> bool:
    """Print the times of all and whether their means agree with plain SimPy's; whether they do."""
    results = [{engine: _timed(run, citizens, seed) for engine, run in engines.items()} for seed in range(rounds)]
    first, *others = engines
    print(f"{name}: {citizens:,} citizens, {rounds} rounds, CPU seconds per million citizens (medians)")
    for engine in engines:
        seconds = statistics.median(each[engine].seconds for each in results)
        times = statistics.median(each[first].seconds / each[engine].seconds for each in results)
        print(f"  {engine:12} {seconds:8.2f}   {times:6.1f} times as fast as {first}")
    theirs = tuple(each[first] for each in results)
    agreed = [
        _agrees(key, theirs, tuple(each[engine] for each in results)) for engine in others for key in theirs[0].means
    ]
    return all(agreed)


def _timed(run: Run, citizens: int, seed: int) -> Timing:
    began = time.process_time()
    means = run(citizens, seed)
    return Timing((time.process_time() - began) / citizens * MILLION, means)


def _agrees(key: str, theirs: tuple[Timing, ...], ours: tuple[Timing, ...]) -> bool:
    """Whether the two means differ by less than 4 standard errors of their difference; printed."""
    samples = [np.array([each.means[key] for each in timings]) for timings in (theirs, ours)]
    error = math.sqrt(sum(sample.var(ddof=1) / sample.size for sample in samples))
    apart = abs(samples[0].mean() - samples[1].mean()) / error if error else 0.0
    verdict = "agrees" if apart < STANDARD_ERRORS else "DISAGREES"
    print(f"    {key:28} {samples[0].mean():9.4f} {samples[1].mean():9.4f}   {apart:.1f} standard errors: {verdict}")
    return apart < STANDARD_ERRORS


# -- cost against size -----------------------------------------------------------------------------------------------


def _print_growth(citizens: int) -> None:
    print("CPU seconds per million citizens by length of run")
    longest: dict[Engine, tuple[int, int, int]] = {"reference": (1, 3, 10), "compiled": (1, 10, 100)}
    for engine, factors in longest.items():
        for name, means in (("line", _line_means), ("referral", _referral_means)):
            sizes = [citizens * factor for factor in factors]
            times = [_timed(_engine(name, size, means, engine), size, 1).seconds for size in sizes]
            each = "".join(f"{size:>12,}: {spent:6.2f}" for size, spent in zip(sizes, times, strict=True))
            print(f"  {engine:10} {name:10}{each}")


def _print_giving_up() -> None:
    """Everyone joins one line at once and gives up at a random moment: each from somewhere in its middle."""
    print("Giving up from a line, CPU microseconds each, by the length of the line at the start")
    for name, run, lengths in (
        ("plain SimPy", _plain_giving_up, (1_000, 10_000)),
        ("reference", _engine_giving_up, (1_000, 10_000, 100_000)),
    ):
        print(f"  {name:12}" + "".join(f"{length:>10,}: {run(length):6.1f}" for length in lengths))


def _plain_giving_up(length: int) -> float:
    env = simpy.Environment()
    team = simpy.Resource(env, capacity=1)
    luck = np.random.default_rng(1)
    spent = 0.0

    def held() -> plain_simpy.Steps:
        with team.request() as turn:
            yield turn
            yield env.timeout(3.0)

    def impatient(days: float) -> plain_simpy.Steps:
        nonlocal spent
        turn = team.request()
        yield turn | env.timeout(days)
        began = time.process_time()
        turn.cancel()
        spent += time.process_time() - began

    env.process(held())
    for days in luck.uniform(1.0, 2.0, length):
        env.process(impatient(float(days)))
    env.run()
    return spent / length * MILLION


class _Timed(Reference):
    """The engine with a stop-watch on giving up, the sweeping of the line included."""

    spent = 0.0

    def give_up(self, event: Due) -> None:
        """Patience is at an end."""
        began = time.process_time()
        super().give_up(event)
        self.spent += time.process_time() - began


def _engine_giving_up(length: int) -> float:
    engine = _Timed(_impatient_line(), _together(length))
    visits = engine.run().visits
    assert (visits.outcome == GAVE_UP).sum() == length
    return engine.spent / length * MILLION


def _impatient_line() -> Model:
    desk = {"team": "clerks", "hours": {"fixed": 1}, "gives_up_after_days": {"low": 1.0, "high": 2.0}}
    data = {
        "title": "Nobody comes",
        "compare": ["line"],
        "arrivals": {"per_day": 0},
        "run": {"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 1}},
        "pathways": {"line": {"starts_at": "desk", "teams": {"clerks": {"posts": 1}}, "stages": {"desk": desk}}},
    }
    model = compiled(Scenario.from_data("impatient", data), "line")
    return model._replace(places=np.zeros_like(model.places))


def _together(number: int) -> Population:
    """So many citizens who all arrive at once."""
    ones = np.ones(number, dtype=np.int64)
    base = np.random.default_rng(1).integers(0, 2**64, number, dtype=np.uint64)
    return Population(np.zeros(number), ones * 0, ones * 0, ones, ones, base)


if __name__ == "__main__":
    sys.exit(main())
