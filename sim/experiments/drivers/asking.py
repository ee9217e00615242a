"""Asking: the headline differences of a scenario with other values, on common luck."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.engine.engines import DEFAULT, Engine
from sim.errors import ScenarioError
from sim.experiments.comparison import headlines
from sim.experiments.judging import is_judged
from sim.experiments.outcomes import Known, Outcomes, Refused, Task, bases_of, cells, differences, evaluate
from sim.experiments.statistics import half_width
from sim.experiments.workers import Crew
from sim.measures.arrays import Floats, Ints
from sim.scenario.easing import with_caseloads_eased
from sim.scenario.scenario import Scenario

Moved = Mapping[str, float]
"""Numbers that are not as given, by path."""

Spell = Callable[[Moved], Mapping[str, Any]]
"""Says what is to be set in a scenario where some numbers move."""


class Difference(NamedTuple):
    """A headline difference of a pathway from the first, on a basis."""

    basis: str
    pathway: str
    measure: str


def judged(scenario: Scenario) -> tuple[Difference, ...]:
    """The headline differences a verdict is given on: on each basis none of what it makes equal."""
    return tuple(
        Difference(basis, pathway, measure)
        for basis in bases_of(scenario)
        for pathway in scenario.compare[1:]
        for measure in headlines(scenario)
        if is_judged(basis, measure)
    )


def places_of(scenario: Scenario, wanted: Sequence[Difference]) -> tuple[Ints, Ints]:
    """Where differences stand among all values of a scenario: their cells and their measures."""
    at, names = cells(scenario), headlines(scenario)
    return (
        np.array([at.index((one.basis, one.pathway)) for one in wanted]),
        np.array([names.index(one.measure) for one in wanted]),
    )


class Interval(NamedTuple):
    """A mean over replications and its 95% interval (paired t)."""

    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval lies on one side of 0."""
        return self.low > 0 or self.high < 0


def interval(values: Floats) -> Interval:
    """The interval of a difference over its replications."""
    mean, half = float(values.mean()), float(half_width(values))
    return Interval(mean, mean - half, mean + half)


class Asker:
    """Asks a scenario for its judged differences at other values."""

    def __init__(self, scenario: Scenario, hands: Crew, spell: Spell = dict, engine: Engine = DEFAULT) -> None:
        """`spell` says what is to be set where some numbers move."""
        self.scenario, self._hands, self._spell, self._engine = scenario, hands, spell, engine
        self.judged = judged(scenario)
        self._known: Known = {}

    def ask(self, settings: Sequence[Moved], numbers: Sequence[int]) -> Floats:
        """The differences (settings, replications, differences); NaN where the values may not stand."""
        spelt = [self._spell(moved) for moved in settings]
        tasks = [
            Task(self.scenario, values, number, self._engine, self._known) for values in spelt for number in numbers
        ]
        found = self._rows(evaluate(tasks, self._hands))
        return found.reshape(len(settings), len(numbers), len(self.judged))

    def may_stand(self, values: Moved) -> bool:
        """Whether the scenario can be asked at these values."""
        try:
            with_caseloads_eased(self.scenario.with_values(self._spell(values), full_caseloads=False))
        except ScenarioError:
            return False
        return True

    def _rows(self, found: Iterable[Outcomes | Refused]) -> Floats:
        places = places_of(self.scenario, self.judged)
        return np.array([
            np.full(len(self.judged), np.nan)
            if isinstance(one, Refused)
            else differences(self.scenario, one.values)[places]
            for one in found
        ])  # fmt: skip
