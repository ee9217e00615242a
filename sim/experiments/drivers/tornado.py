"""The tornado: each number at the ends of its range, the others as given, on common luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.experiments.drivers.asking import Answers, Asker, Interval, interval
from sim.experiments.outcomes import Refused
from sim.measures.arrays import Floats
from sim.scenario.uncertain import Uncertain

LOW, HIGH = 0, 1


class Tornado(NamedTuple):
    """Differences with all numbers as given, and then with each at its low and at its high end."""

    numbers: tuple[Uncertain, ...]
    answers: Answers

    @property
    def replications(self) -> int:
        """How many each is over."""
        return int(self.answers.values.shape[1])

    def given(self, difference: int) -> Floats | Refused:
        """A difference with all numbers as given, by replication; or why it could not be run."""
        return self.answers.of(0, difference)

    def end(self, number: int, side: int, difference: int) -> Floats | Refused:
        """A difference with a number at an end of its range, by replication; or why it could not be run."""
        return self.answers.of(1 + 2 * number + side, difference)

    def swing(self, number: int, difference: int) -> Interval | None:
        """What a difference changes by from the low to the high end of a number, paired within each replication; None
        where one of them could not be run.
        """
        low, high = (self.end(number, side, difference) for side in (LOW, HIGH))
        return None if isinstance(low, Refused) or isinstance(high, Refused) else interval(high - low)

    def sizes(self, difference: int) -> Floats:
        """How far each number moves a difference (numbers,): the most between it as given and such ends as were run."""
        return np.array([self._size(number, difference) for number in range(len(self.numbers))])

    def _size(self, number: int, difference: int) -> float:
        found = (self.given(difference), *(self.end(number, side, difference) for side in (LOW, HIGH)))
        means = [float(one.mean()) for one in found if not isinstance(one, Refused)]
        return max(means, default=0.0) - min(means, default=0.0)

    def largest(self, difference: int, most: int) -> list[int]:
        """Places of the numbers that move a difference most, the largest first."""
        sizes = self.sizes(difference)
        return [int(at) for at in np.argsort(-sizes, kind="stable")[:most] if sizes[at] > 0]


def tornado(asker: Asker, numbers: Sequence[Uncertain], replications: Sequence[int]) -> Tornado:
    """Ask for the differences with each number at its 5th and at its 95th percentile, all others as given."""
    settings = [{number.path: end} for number in numbers for end in (number.low, number.high)]
    return Tornado(tuple(numbers), asker.ask([{}, *settings], replications))
