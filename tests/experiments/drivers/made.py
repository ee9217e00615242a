"""A stand-in for the simulator: differences that are known functions of the numbers, with common luck."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.stats import qmc

from sim.experiments.drivers.asking import Answers, Asker, Difference, Moved, together
from sim.experiments.drivers.study import Drawn
from sim.experiments.outcomes import Refused
from sim.measures.arrays import Floats
from sim.scenario.plans import GRADES
from sim.scenario.uncertain import Uncertain

REFUSED = Refused("bases", "cannot be reached")

World = Callable[[Floats], Floats]
"""Differences (points, differences) at values of the numbers (points, numbers)."""


class MadeAsker(Asker):
    """Answers from a known function, with luck that is common to all values in a replication."""

    def __init__(self, world: World, numbers: Sequence[Uncertain], noise: float, standing: float = np.inf) -> None:
        self.world, self.numbers, self.noise, self.standing = world, tuple(numbers), noise, standing
        self.asked = 0
        self.judged = (Difference("as_specified", "local", "days_to_help"),)

    def ask(self, settings: Sequence[Moved], numbers: Sequence[int]) -> Answers:
        """The differences, which are refused where the values may not stand."""
        self.asked += len(settings) * len(numbers)
        at = np.array([[values.get(one.path, one.value) for one in self.numbers] for values in settings])
        luck = np.array([np.random.default_rng(number).normal(0, self.noise) for number in numbers])
        found = self.world(at)[:, None, :] + luck[:, None]
        stands = at.sum(axis=1) <= self.standing
        pairs = zip(stands, found, strict=True)
        return together([[list(row) if may else [REFUSED] * len(row) for row in rows] for may, rows in pairs])

    def may_stand(self, values: Moved) -> bool:
        """Whether the sum of all numbers is no more than may be."""
        return not isinstance(self.ask([values], [0]).of(0, 0), Refused)


def ranged(count: int) -> tuple[Uncertain, ...]:
    """Numbers with value 1 and range 0.5 to 2, graded A, B, C, D in turn."""
    return tuple(Uncertain(f"n.{at}", 1.0, 0.5, 2.0, "days", True, GRADES[at % 4]) for at in range(count))


def drawn(world: World, numbers: Sequence[Uncertain], noise: float, draws: int = 512) -> Drawn:
    """Draws of the numbers, evenly over their ranges, and what comes of them with noise in each."""
    low, high = np.array([[one.low, one.high] for one in numbers]).T
    quantiles = qmc.Sobol(len(numbers), rng=1).random(draws)
    values = low + (high - low) * quantiles
    results = world(values) + np.random.default_rng(2).normal(0, noise, (draws, 1))
    return Drawn(tuple(numbers), quantiles, values, results, np.array([noise**2]), np.eye(len(numbers)))
