"""Need: when it was helped or ended, and how long each citizen was at which level."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.engine import tables as t
from sim.measures.arrays import Floats, first_day, per_citizen
from sim.measures.followed import Followed
from sim.scenario.vocabulary import CRISIS, LEVELS


class Turns(NamedTuple):
    """Days on which need took a turn, one number a citizen, infinite where it did not.

    `right_help`: the start of the first help that fitted; `recovered`: need ended unaided; `left`: the citizen died or
    moved; `unaided_end`: the first of the last two, or the end of follow-up.
    """

    right_help: Floats
    recovered: Floats
    left: Floats
    unaided_end: Floats


def turns(life: Followed) -> Turns:
    """When need was rightly helped, or ended without."""
    right = first_day(life.visits.citizen, life.count, life.visits.started, life.fitted)
    recovered, left = (life.ends_need(cause) for cause in (t.EASED, t.MOVED_AWAY))
    return Turns(right, recovered, left, np.minimum(np.minimum(recovered, left), life.end))


def days_to_help(life: Followed, turn: Turns) -> Floats:
    """Days in need before the first right help, or before need ended without [days]."""
    return np.asarray(np.minimum(turn.right_help, turn.unaided_end) - life.arrival)


class AtLevels(NamedTuple):
    """Days at each level within follow-up, and entries to crisis (a need that arises there is one), by citizen."""

    days: list[Floats]
    crises: Floats

    @property
    def in_need(self) -> Floats:
        """Days at any level above none."""
        return np.asarray(sum(self.days[1:], np.zeros(self.crises.size)))

    @property
    def in_crisis(self) -> Floats:
        """Days at the worst level."""
        return self.days[CRISIS]


def at_levels(life: Followed) -> AtLevels:
    """How long each citizen was at which level within follow-up."""
    spells = life.spells
    days = spells.end - spells.begin
    at = [per_citizen(spells.citizen, life.count, days * (spells.level == number)) for number in range(len(LEVELS))]
    return AtLevels(at, per_citizen(spells.citizen, life.count, spells.level == CRISIS))
