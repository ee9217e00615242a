"""Drawing: every uncertain number of a scenario at once, at points that fill the space of them evenly.

The points are those of a scrambled Sobol sequence seeded by the scenario's seed, so that a longer series begins with
the shorter one; they are spread best where there is a power of two of them (Owen 2020, On dropping the first Sobol'
point).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import special
from scipy.stats import qmc

from sim.experiments.ranges.compositions import Composition, Values, composed, composition
from sim.experiments.ranges.spreads import Spread, spread_of
from sim.measures.arrays import Floats
from sim.scenario.correlations import normal_matrix, pairs
from sim.scenario.scenario import Scenario
from sim.scenario.uncertain import Uncertain, given_range, mixes, uncertain

STREAM = 7
"""Tells the points of the draws from all other luck of the same seed."""

NEAREST = 2.0**-40
"""No chance is nearer to 0 or 1 than this: the quantiles of the ends themselves may be infinite."""


@dataclass(frozen=True)
class Drawing:
    """What is drawn of a scenario: its uncertain numbers, one a dimension, and the shares that must add up to 1."""

    scenario: Scenario
    numbers: tuple[Uncertain, ...]
    compositions: tuple[Composition, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Paths of all that differs from draw to draw, but for numbers that only keep a law in shape."""
        shares = [path for mix in self.compositions for path in (*mix.given, *mix.free)]
        return tuple(dict.fromkeys([*(number.path for number in self.numbers), *shares]))

    def chances(self, first: int, count: int) -> Floats:
        """Points `first` .. of the sequence (count, dimensions), even over 0 to 1, and correlated as the file says."""
        if not self.numbers or not count:
            return np.zeros((count, len(self.numbers)))
        generator = np.random.default_rng([self.scenario.run.seed, STREAM])
        sequence = qmc.Sobol(len(self.numbers), scramble=True, rng=generator)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of a number that is no power of two
            if first:
                sequence.fast_forward(first)
            points = sequence.random(count)
        return self._correlated(np.clip(points, NEAREST, 1 - NEAREST))

    def _correlated(self, points: Floats) -> Floats:
        """The points with correlated normal scores: a Gaussian copula."""
        paths, matrix = normal_matrix(pairs(self.scenario.data, self.scenario.correlations.values()))
        known = [number.path for number in self.numbers]
        kept = [place for place, path in enumerate(paths) if path in known]
        places = [known.index(paths[place]) for place in kept]
        if places:
            scores = special.ndtri(points[:, places]) @ np.linalg.cholesky(matrix[np.ix_(kept, kept)]).T
            points[:, places] = np.clip(special.ndtr(scores), NEAREST, 1 - NEAREST)
        return points

    @cached_property
    def spreads(self) -> tuple[Spread, ...]:
        """The law of each number."""
        return tuple(map(spread_of, self.numbers))

    def values(self, chances: Floats) -> Values:
        """Numbers by path at these points: those drawn, those that keep a law in shape, and all shares of each table
        of shares that any of them is in.
        """
        drawn: Values = {}
        for number, spread, chance in zip(self.numbers, self.spreads, chances.T, strict=True):
            value = spread.quantiles(chance)
            drawn[number.path] = np.rint(value) if number.is_whole else value
            drawn |= {path: at * value / number.value for path, at in number.moves}
        for mix in self.compositions:
            drawn |= composed(mix, drawn, len(chances))
        return drawn

    def settings(self, values: Values) -> list[dict[str, Any]]:
        """What is to be set in the scenario, draw by draw; what takes the rest is left to take it."""
        rests = {mix.rest for mix in self.compositions}
        whole = {number.path for number in self.numbers if number.is_whole}
        columns = {
            path: [int(value) if path in whole else float(value) for value in column]
            for path, column in values.items()
            if path not in rests
        }
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def drawing(scenario: Scenario) -> Drawing:
    """What is drawn of a scenario: of numbers that only take what others leave, none."""
    facts = scenario.facts
    numbers = {number.path: number for number in uncertain(facts, type(scenario))}
    tables = [composition(mix, numbers) for mix in mixes(scenario.data, facts)]
    for mix in tables:
        for path in mix.free.keys() - set(mix.drawn):
            numbers.pop(path, None)
        if mix.rest in mix.drawn:
            numbers[mix.rest] = _share(mix.rest, mix.free[mix.rest])
    moving = tuple(mix for mix in tables if {*mix.given, *mix.free} & numbers.keys())
    return Drawing(scenario, tuple(numbers.values()), moving)


def _share(path: str, share: float) -> Uncertain:
    """A share that takes the rest, as one that varies."""
    return Uncertain(path, share, *given_range(share, is_share=True), "share", is_stated=False, grade="D")
