"""Spells: who was at which need level, from when to when."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.engine.population import Population
from sim.engine.tables import LevelChanges
from sim.measures.arrays import Floats, Ints, overlap


class Spells(NamedTuple):
    """One row a spell at one level, in order of citizen and day; the last spell of a citizen ends at infinity."""

    citizen: Ints
    level: Ints
    begin: Floats
    end: Floats

    def days_within(self, low: Floats | float, high: Floats | float) -> Floats:
        """Days of each spell inside [low, high)."""
        return overlap(self.begin, self.end, low, high)


def spells(citizens: Population, changes: LevelChanges) -> Spells:
    """The spells of every citizen: the first begins when the need arises, the others at each change in turn."""
    number = len(citizens) + len(changes)
    changed = changes.citizen + np.arange(1, len(changes) + 1)  # behind as many first spells and changes
    is_first = np.ones(number, np.bool_)
    is_first[changed] = False
    begin, level = np.empty(number), np.empty(number, np.int64)
    begin[is_first], begin[changed] = citizens.arrival, changes.day
    level[is_first], level[changed] = citizens.level, changes.to_level
    is_last = np.append(is_first[1:], True)[:number]
    end = np.where(is_last, np.inf, np.append(begin[1:], np.inf)[:number])
    return Spells(np.cumsum(is_first) - 1, level, begin, end)
