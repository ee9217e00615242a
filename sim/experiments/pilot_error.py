"""Pilot error: what the luck of the pilots that found a factor on posts adds to every interval on that basis."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.experiments.estimates import Estimates, Key

NEED = Key("days_in_need")


class Need(NamedTuple):
    """Days in need of a cohort, and how many citizens they are of."""

    days: float
    citizens: int


@dataclass(frozen=True)
class PilotError:
    """How far pilots may be off equal days in need, and how each measure goes with days in need.

    `days` is the standard error of the pilots' difference, put together with what the factor found leaves of it.

    A pilot that is off by a day leaves posts with which the true difference is a day, and every measure of the pathway
    off by its slope: GBP, days or shares for a day more in need, as posts change. Where need does not move with posts
    no slope is known, nor then any interval.
    """

    days: float = 0.0
    slopes: Mapping[Key, float] = field(default_factory=dict, hash=False)

    def moves(self, key: Key) -> float:
        """How far one standard error moves a measure, with its sign; NaN where nobody knows."""
        return self.days * self.slopes.get(key, math.nan) if self.days else 0.0


NO_ERROR = PilotError()


def paired_error(one: Sequence[Need], other: Sequence[Need]) -> float:
    """Standard error of the difference in days in need of a citizen, over the same pilots, as a ratio of sums."""
    people = sum(mine.citizens for mine in one)
    if not people:
        return 0.0
    apart = [mine.days - theirs.days for mine, theirs in zip(one, other, strict=True)]
    each = math.fsum(apart) / people
    left = [days - each * mine.citizens for days, mine in zip(apart, one, strict=True)]
    count = len(apart)
    return math.sqrt(math.fsum(rest**2 for rest in left) * count / (count - 1)) / people


def slopes(fewer: Estimates, more: Estimates) -> dict[Key, float]:
    """How each measure changes with a day more in need, from what fewer posts and more give."""
    run = fewer[NEED].point - more[NEED].point
    if not run:
        return {NEED: 1.0}
    return {key: (fewer[key].point - more[key].point) / run for key in fewer if key in more}
