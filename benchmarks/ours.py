"""Both engines of ours, as every part of the benchmark uses them. Nothing else here knows their tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.work import Engine, Means, Run, Workload, timed
from sim.engine.engines import Engine as Kind
from sim.engine.engines import batches, prepare, simulate
from sim.engine.model import Model, compiled
from sim.engine.population import Population, population
from sim.engine.tables import GAVE_UP, Batch, Rows
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
    """Population, run and lives, all inside the time measured; reading and compiling the scenario is not."""
    means = _line_means if workload == "line" else _referral_means

    def run(citizens: int, seed: int) -> Means:
        world = world_for(workload, citizens)
        people = world.people(seed)
        return means(batches(world.model, people, kind), people, world.stages)

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


def _line_means(written: Iterable[Batch], people: Population, _: list[str]) -> Means:
    wait = np.zeros(len(people))
    for batch in written:
        wait[batch.visits["citizen"]] = batch.visits["started"] - batch.visits["joined"]
    return {"mean_wait_days": float(wait.mean()), "waited": float((wait > 0).mean())}


class _Lives:
    """What `plain_simpy.ReferralResult` says, for each citizen, added up as visits come."""

    def __init__(self, people: Population, stages: list[str]) -> None:
        self.arrival, number = people.arrival, len(people)
        self.wait, self.hours, self.first_help = np.zeros(number), np.zeros(number), np.full(number, np.inf)
        self.contacts, self.delays, self.gave_up = (np.zeros(number) for _ in range(3))
        self.turned_away, self.present_again, self.helps = map(stages.index, ("turned_away", "present_again", "help"))

    def add(self, visits: Rows) -> None:
        """Some more visits, each started or given up."""
        who, began, joined = visits["citizen"].astype(np.intp), visits["started"], visits["joined"]
        unseen, stage = np.isnan(began), visits["stage"].copy()
        delayed = (stage == self.turned_away) | (stage == self.present_again)
        seen = ~(unseen | delayed)
        np.add.at(self.wait, who, np.where(unseen, visits["ended"], began) - joined)
        np.add.at(self.hours, who, visits["staff_hours"].copy())
        np.add.at(self.contacts, who[seen], 1.0)
        np.add.at(self.delays, who[delayed], 1.0)
        np.add.at(self.gave_up, who[visits["outcome"] == GAVE_UP], 1.0)
        helped = np.flatnonzero((stage == self.helps) & seen)[::-1]
        helped = helped[np.isinf(self.first_help[who[helped]])]
        self.first_help[who[helped]] = began[helped]  # those of a citizen in order: the first stays

    def means(self) -> Means:
        """Over all citizens, and the time to help over those helped."""
        helped = np.isfinite(self.first_help)
        return {
            "mean_wait_days": float(self.wait.mean()),
            "mean_contacts": float(self.contacts.mean()),
            "mean_staff_hours": float(self.hours.mean()),
            "mean_reentries": float(self.delays.mean()),
            "gave_up": float(self.gave_up.mean()),
            "helped": float(helped.mean()),
            "mean_days_to_help_if_helped": float((self.first_help - self.arrival)[helped].mean()),
        }


def _referral_means(written: Iterable[Batch], people: Population, stages: list[str]) -> Means:
    lives = _Lives(people, stages)
    for batch in written:
        lives.add(batch.visits)
    return lives.means()


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
