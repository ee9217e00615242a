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
    """The spells of every citizen: the first begins when the need arises."""
    everyone = np.arange(len(citizens), dtype=np.int64)
    citizen = np.concatenate([everyone, changes.citizen])
    begin = np.concatenate([citizens.arrival, changes.day])
    level = np.concatenate([citizens.level, changes.to_level])
    turn = np.concatenate([np.zeros(len(citizens), np.int64), 1 + np.arange(len(changes), dtype=np.int64)])
    order = np.lexsort((turn, citizen))
    citizen, begin, level = citizen[order], begin[order], level[order]
    last = np.append(citizen[1:] != citizen[:-1], True)[: citizen.size]
    end = np.where(last, np.inf, np.append(begin[1:], np.inf)[: citizen.size])
    return Spells(citizen, level, begin, end)
