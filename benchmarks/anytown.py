"""W3: `anytown` with everything on, one replication of every arm, part by part."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.work import Cpu, cpu_so_far
from sim.engine.engines import Engine, prepare
from sim.engine.population import population
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
    """The compiled engine before and after the reference engine, for the machine may slow down or recover."""
    prepare()
    agreed = plan(scenario)
    parts(agreed, "compiled")
    before, reference, after = (parts(agreed, engine) for engine in ("compiled", "reference", "compiled"))
    compiled = tuple(_mean(one, other) for one, other in zip(before, after, strict=True))
    return Beside(scenario.run.weeks.warm_up, compiled, reference)


def parts(agreed: Plan, engine: Engine) -> tuple[Part, ...]:
    """Population, engine (what is needed of its tables picked out) and measures of replication 1."""
    citizens, spent = _timed(lambda: population(agreed.scenario, 1))
    found = [Part("population", spent)]
    for arm in agreed.arms:
        basis = "" if arm.scenario is agreed.scenario else ", other posts"
        record, spent = _timed(lambda arm=arm: measured(arm, citizens, engine))  # type: ignore[misc]
        found.append(Part(f"engine: {arm.name}{basis}", spent, len(record.visits)))
        _, spent = _timed(lambda record=record: reduced(record))  # type: ignore[misc]
        found.append(Part(f"measures: {arm.name}{basis}", spent))
    return tuple(found)


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
