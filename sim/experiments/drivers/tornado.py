"""The tornado: each number at the ends of its range, the others as given, on common luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.experiments.drivers.asking import Asker, Interval, interval
from sim.measures.arrays import Floats
from sim.scenario.uncertain import Uncertain

LOW, HIGH = 0, 1


class Tornado(NamedTuple):
    """Differences as given (replications, differences) and at both ends (numbers, 2, replications, differences)."""

    numbers: tuple[Uncertain, ...]
    given: Floats
    ends: Floats

    def swing(self, number: int, difference: int) -> Interval:
        """What a difference changes by from the low to the high end of a number, paired within each replication."""
        ends = self.ends[number, :, :, difference]
        return interval(ends[HIGH] - ends[LOW])

    def sizes(self, difference: int) -> Floats:
        """How far each number moves a difference: the most between its ends and the number as given (numbers,)."""
        means = self.ends[:, :, :, difference].mean(axis=2)
        given = np.full((len(self.numbers), 1), self.given[:, difference].mean())
        return np.asarray(np.nan_to_num(np.ptp(np.hstack([means, given]), axis=1)))

    def largest(self, difference: int, most: int) -> list[int]:
        """Places of the numbers that move a difference most, the largest first."""
        sizes = self.sizes(difference)
        return [int(at) for at in np.argsort(-sizes, kind="stable")[:most] if sizes[at] > 0]


def tornado(asker: Asker, numbers: Sequence[Uncertain], replications: Sequence[int]) -> Tornado:
    """Ask for the differences with each number at its 5th and at its 95th percentile, all others as given."""
    settings = [{number.path: end} for number in numbers for end in (number.low, number.high)]
    found = asker.ask([{}, *settings], replications)
    return Tornado(tuple(numbers), found[0], found[1:].reshape(len(numbers), 2, *found.shape[1:]))
