"""Asking: the headline differences of a scenario with other values, on common luck."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


class Answers(NamedTuple):
    """Differences (settings, replications, differences), and by setting and difference why it could not be run.

    None there: it was run, in every replication. What was not has no values.
    """

    values: Floats
    refused: Sequence[Sequence[Refused | None]]

    def of(self, setting: int, difference: int) -> Floats | Refused:
        """A difference at a setting, by replication; or why it could not be run."""
        return self.refused[setting][difference] or self.values[setting, :, difference]


class Asker:
    """Asks a scenario for its judged differences at other values."""

    def __init__(self, scenario: Scenario, hands: Crew, spell: Spell = dict, engine: Engine = DEFAULT) -> None:
        """`spell` says what is to be set where some numbers move."""
        self.scenario, self._hands, self._spell, self._engine = scenario, hands, spell, engine
        self.judged = judged(scenario)
        self._places, self._cells = places_of(scenario, self.judged), cells(scenario)
        self._known: Known = {}

    def ask(self, settings: Sequence[Moved], numbers: Sequence[int]) -> Answers:
        """The differences at each setting in these replications; what cannot be run is refused, the rest answered."""
        spelt = [self._spell(moved) for moved in settings]
        tasks = [
            Task(self.scenario, values, number, self._engine, self._known) for values in spelt for number in numbers
        ]
        found = evaluate(tasks, self._hands)
        return together([[self._answered(next(found)) for _ in numbers] for _ in settings])

    def may_stand(self, values: Moved) -> bool:
        """Whether the scenario can be asked at these values; what of it can then be run only asking tells."""
        try:
            with_caseloads_eased(self.scenario.with_values(self._spell(values), full_caseloads=False))
        except ScenarioError:
            return False
        return True

    def _answered(self, found: Outcomes | Refused) -> list[float | Refused]:
        """Each difference in one replication, or why it could not be run."""
        if isinstance(found, Refused):
            return [found] * len(self.judged)
        told, refused = differences(self.scenario, found.values)[self._places], dict(found.refused)
        whys = [refused.get(self._cells[at]) for at in self._places[0]]
        return [why or float(value) for why, value in zip(whys, told, strict=True)]


def together(answered: Sequence[Sequence[Sequence[float | Refused]]]) -> Answers:
    """The answers at each setting in each replication, difference by difference."""
    refused = [
        [next((one for one in of if isinstance(one, Refused)), None) for of in zip(*rows, strict=True)]
        for rows in answered
    ]
    values = [
        [[np.nan if why else one for why, one in zip(whys, row, strict=True)] for row in rows]
        for whys, rows in zip(refused, answered, strict=True)
    ]
    return Answers(np.array(values, dtype=np.float64), refused)
