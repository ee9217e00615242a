"""Both engines of ours, as every part of the benchmark uses them. Nothing else here knows their tables."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.work import Engine, Means, Run, Workload, timed
from sim.engine.engines import Engine as Kind
from sim.engine.engines import prepare, simulate
from sim.engine.model import Model, compiled
from sim.engine.population import Population, population
from sim.engine.tables import GAVE_UP, Visits
from sim.scenario.scenario import Scenario, load

SCENARIOS = Path(__file__).parent / "scenarios"
COMPILED, REFERENCE = "ours, compiled", "ours, reference"
FAST, MIDDLING = 10.0, 1.0


def engines() -> list[Engine]:
    """The two, ready to run."""
    prepare()
    return [
        Engine(COMPILED, _runs("compiled"), pace=FAST),
        Engine(REFERENCE, _runs("reference"), pace=MIDDLING),
    ]


def compiled_means(workload: Workload) -> Callable[[int, int], Means]:
    """A workload on the compiled engine."""
    return _run(workload, "compiled")


def _runs(kind: Kind) -> dict[Workload, Run]:
    return {"line": timed(_run("line", kind)), "referral": timed(_run("referral", kind))}


def _run(workload: Workload, kind: Kind) -> Callable[[int, int], Means]:
    """Population, run, tables and means, all inside the time measured; reading and compiling the scenario is not."""
    means = _line_means if workload == "line" else _referral_means

    def run(citizens: int, seed: int) -> Means:
        world = world_for(workload, citizens)
        people = world.people(seed)
        return means(simulate(world.model, people, kind).visits, people, world.stages)

    return run


class World(NamedTuple):
    """A workload of some size: who comes, the pathway, and the names of its stages."""

    arrivals: Scenario
    citizens: int
    model: Model
    stages: list[str]

    def people(self, seed: int) -> Population:
        """So many citizens, with nobody behind them."""
        everyone: tuple[Any, ...] = population(self.arrivals, seed)
        return Population(*(column[: self.citizens] for column in everyone))


@cache
def world_for(workload: Workload, citizens: int) -> World:
    """A workload with so many citizens, and years to follow the last of them to the end.

    Arrivals are of a scenario that ends soon after the last, or most of a short run would be the drawing of people who
    are then left out.
    """
    scenario = load(SCENARIOS / f"{workload}.toml")
    a_week = sum(scenario.arrivals_a_day.values()) * 7
    weeks = math.ceil((citizens + 7 * math.sqrt(citizens)) / a_week)
    arrivals = scenario.with_values({"run.weeks": {"warm_up": 0, "cohort": weeks, "follow_up": 1}})
    whole = scenario.with_values({"run.weeks": {"warm_up": 0, "cohort": weeks, "follow_up": 208}})
    return World(arrivals, citizens, compiled(whole, workload), list(whole.pathways[workload].stages))


def only_tables(workload: Workload, citizens: int, seed: int) -> int:
    """One replication on the compiled engine, without the means; the number of visits."""
    world = world_for(workload, citizens)
    return len(simulate(world.model, world.people(seed)).visits)


def _line_means(visits: Visits, _: Population, __: list[str]) -> Means:
    waits = visits.started - visits.joined
    return {"mean_wait_days": float(waits.mean()), "waited": float((waits > 0).mean())}


def _referral_means(visits: Visits, people: Population, stages: list[str]) -> Means:
    """What `plain_simpy.ReferralResult` says, read from the visits."""
    number, started = len(people), ~np.isnan(visits.started)
    delayed = (visits.stage == stages.index("turned_away")) | (visits.stage == stages.index("present_again"))
    waits = np.where(started, visits.started, visits.ended) - visits.joined
    helps = np.flatnonzero((visits.stage == stages.index("help")) & started)
    who = visits.citizen[helps]  # in order of citizen, so that the first help is the first of a run of the same
    first = np.flatnonzero(np.concatenate(([True], who[1:] != who[:-1])))
    return {
        "mean_wait_days": float(np.nansum(waits) / number),
        "mean_contacts": float((started & ~delayed).sum() / number),
        "mean_staff_hours": float(np.nansum(visits.staff_hours) / number),
        "mean_reentries": float(delayed.sum() / number),
        "gave_up": float((visits.outcome == GAVE_UP).sum() / number),
        "helped": first.size / number,
        "mean_days_to_help_if_helped": float((visits.started[helps[first]] - people.arrival[who[first]]).mean()),
    }


# -- everyone in one line, and nobody is seen -------------------------------------------------------------------------


def run_impatient_line(length: int, kind: Kind) -> None:
    """So many join one line at once, and all but the one who is seen give up, each from somewhere in its middle."""
    visits = simulate(_impatient_line(), _together(length), kind).visits
    assert (visits.outcome == GAVE_UP).sum() == length - 1


@cache
def _impatient_line() -> Model:
    desk = {"team": "clerks", "hours": {"fixed": 72}, "gives_up_after_days": {"low": 1.0, "high": 2.0}}
    data = {
        "title": "One post, and a long piece of work",
        "compare": ["line"],
        "arrivals": {"per_day": 0},
        "run": {"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 1}},
        "pathways": {"line": {"starts_at": "desk", "teams": {"clerks": {"posts": 1}}, "stages": {"desk": desk}}},
    }
    return compiled(Scenario.from_data("impatient", data), "line")


def _together(number: int) -> Population:
    """So many citizens who all arrive at once."""
    ones = np.ones(number, dtype=np.int64)
    base = np.random.default_rng(1).integers(0, 2**64, number, dtype=np.uint64)
    return Population(np.zeros(number), ones * 0, ones * 0, ones, ones, base)
