"""W3: `anytown` with everything on, one replication of every arm, part by part."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.work import Cpu, cpu_so_far
from sim.engine.engines import Engine, prepare
from sim.engine.population import Population, population
from sim.experiments.arms import Plan, plan
from sim.experiments.experiment import quickened
from sim.experiments.replications import measured
from sim.measures.reductions import reduced
from sim.scenario.scenario import Scenario, load

Made = TypeVar("Made")

SHORTER_WARM_UP_WEEKS = 104
"""For the reference engine's sake: the file's own is ten years."""


@dataclass(frozen=True)
class Part:
    """One part of a replication; `visits` where it made some."""

    name: str
    cpu: Cpu
    visits: int | None = None

    @property
    def is_engine(self) -> bool:
        """Whether the engine alone is at work."""
        return self.visits is not None


@dataclass(frozen=True)
class Beside:
    """The parts of a replication on both engines, which do the same."""

    warm_up_weeks: int
    compiled: tuple[Part, ...]
    reference: tuple[Part, ...]

    @property
    def ratio(self) -> float:
        """How many times as fast the compiled engine's replication is."""
        return _seconds(self.reference) / _seconds(self.compiled)

    @property
    def engine_ratio(self) -> float:
        """The same of the engine alone."""
        return _seconds(_engine(self.reference)) / _seconds(_engine(self.compiled))


def town(*, quick: bool, short: bool) -> Scenario:
    """`anytown`, with the windows of a quick run, with a shorter warm-up, or as it is."""
    scenario = load("anytown")
    if quick:
        return quickened(scenario)
    return scenario.with_values({"run.weeks.warm_up": SHORTER_WARM_UP_WEEKS}) if short else scenario


def beside(scenario: Scenario) -> Beside:
    """Arm by arm, the compiled engine before and after the reference engine: the machine may slow down or recover."""
    prepare()
    agreed = plan(scenario)
    citizens, spent = _timed(lambda: population(agreed.scenario, 1))
    compiled, reference = [Part("population", spent)], [Part("population", spent)]
    _arm(agreed, 0, citizens, "compiled")
    for place in range(len(agreed.arms)):
        before = _arm(agreed, place, citizens, "compiled")
        reference += _arm(agreed, place, citizens, "reference")
        after = _arm(agreed, place, citizens, "compiled")
        compiled += [_mean(one, other) for one, other in zip(before, after, strict=True)]
    return Beside(scenario.run.weeks.warm_up, tuple(compiled), tuple(reference))


def _arm(agreed: Plan, place: int, citizens: Population, engine: Engine) -> tuple[Part, Part]:
    """Engine (what is needed of its tables picked out) and measures of one arm."""
    arm = agreed.arms[place]
    basis = "" if arm.scenario is agreed.scenario else ", other posts"
    record, running = _timed(lambda: measured(arm, citizens, engine))
    _, measuring = _timed(lambda: reduced(record))
    return (
        Part(f"engine: {arm.name}{basis}", running, len(record.visits)),
        Part(f"measures: {arm.name}{basis}", measuring),
    )


def _timed(make: Callable[[], Made]) -> tuple[Made, Cpu]:
    """What `make` gives, and the processor time it takes."""
    gc.collect()
    before = cpu_so_far()
    return make(), cpu_so_far() - before


def _mean(one: Part, other: Part) -> Part:
    cpu = Cpu((one.cpu.user + other.cpu.user) / 2, (one.cpu.system + other.cpu.system) / 2)
    return Part(one.name, cpu, one.visits)


def _engine(found: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part for part in found if part.is_engine)


def _seconds(found: tuple[Part, ...]) -> float:
    return sum(part.cpu.both for part in found)
