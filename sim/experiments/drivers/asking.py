"""Asking: the headline differences of a scenario with other values, on common luck."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.engine.engines import DEFAULT, Engine
from sim.errors import ScenarioError
from sim.experiments.comparison import headlines
from sim.experiments.outcomes import Outcomes, Refused, Task, bases_of, cells, differences, evaluate
from sim.experiments.statistics import half_width
from sim.experiments.workers import Crew
from sim.measures.arrays import Floats
from sim.scenario.easing import with_caseloads_eased
from sim.scenario.scenario import Scenario

Values = Mapping[str, Any]
"""Other values, by path."""


class Difference(NamedTuple):
    """A headline difference of a pathway from the first, on a basis."""

    basis: str
    pathway: str
    measure: str


class Ranged(NamedTuple):
    """A number with its range: its path, value, 5th and 95th percentile, and the grade of the evidence for it."""

    path: str
    value: float
    low: float
    high: float
    grade: str


def judged(scenario: Scenario) -> tuple[Difference, ...]:
    """The headline differences a verdict is given on: for equal spend, none on what is spent."""
    return tuple(
        Difference(basis, pathway, measure)
        for basis in bases_of(scenario)
        for pathway in scenario.compare[1:]
        for measure in headlines(scenario)
        if (basis, measure) != ("equal_spend", "public_cost")
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

    def __init__(self, scenario: Scenario, hands: Crew, begin: Callable[[int], None], engine: Engine = DEFAULT) -> None:
        self.scenario, self._hands, self._begin, self._engine = scenario, hands, begin, engine
        self.judged = judged(scenario)

    def ask(self, settings: Sequence[Values], numbers: Sequence[int]) -> Floats:
        """The differences (settings, replications, differences); NaN where the values may not stand."""
        self._begin(len(settings) * len(numbers))
        tasks = [Task(self.scenario, values, number, self._engine) for values in settings for number in numbers]
        found = self._rows(evaluate(tasks, self._hands))
        return found.reshape(len(settings), len(numbers), len(self.judged))

    def may_stand(self, values: Values) -> bool:
        """Whether the scenario can be asked at these values."""
        try:
            with_caseloads_eased(self.scenario.with_values(values, full_caseloads=False))
        except ScenarioError:
            return False
        return True

    def _rows(self, found: Iterable[Outcomes | Refused]) -> Floats:
        where = [(cells(self.scenario).index((one.basis, one.pathway)), headlines(self.scenario).index(one.measure))
                 for one in self.judged]  # fmt: skip
        places, measures = np.array(where).T
        return np.array([
            np.full(len(where), np.nan)
            if isinstance(one, Refused)
            else differences(self.scenario, one.values)[places, measures]
            for one in found
        ])  # fmt: skip
