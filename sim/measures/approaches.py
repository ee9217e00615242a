"""Approaches: the times a citizen came to the front door, each made of the visits from joining to leaving."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.engine.tables import RELAPSED, LevelChanges, Visits
from sim.measures.arrays import Flags, Floats, Ints


class Approaches(NamedTuple):
    """One row an approach, in order of citizen and time. `ended` is NaN where it was still open at the horizon.

    `first` and `last` are rows of the visits it is made of; `number` counts a citizen's approaches from 1.
    """

    citizen: Ints
    number: Ints
    first: Ints
    last: Ints
    begun: Floats
    ended: Floats
    outcome: Ints
    level_ended: Ints
    is_failure_demand: Flags

    def of_visits(self, visits: int) -> Ints:
        """The row of the approach each of `visits` visits belongs to."""
        return np.repeat(np.arange(self.citizen.size), self.last - self.first + 1)[:visits]


def approaches(visits: Visits, changes: LevelChanges) -> Approaches:
    """The approaches that visits, in order of citizen and seq, are made of; `changes` know citizens by the same number.

    Failure demand is an approach of someone whose one before ended with need open, unless that need has ended since and
    it is a relapse that they come with.
    """
    new = np.append(True, (np.diff(visits.citizen) != 0) | (np.diff(visits.approach) != 0))[: len(visits)]
    first = np.flatnonzero(new)
    last = np.append(first[1:] - 1, len(visits) - 1)[: first.size]
    citizen, level_ended = visits.citizen[first], visits.level_ended[last]
    again = np.append(False, citizen[1:] == citizen[:-1])[: first.size]
    before = np.append(0, level_ended[:-1])[: first.size]
    anew = _after_relapse(citizen, visits.joined[first], changes)
    return Approaches(
        citizen=citizen,
        number=visits.approach[first],
        first=first,
        last=last,
        begun=visits.joined[first],
        ended=visits.ended[last],
        outcome=visits.outcome[last],
        level_ended=level_ended,
        is_failure_demand=again & (before > 0) & ~anew,
    )


def _after_relapse(citizen: Ints, begun: Floats, changes: LevelChanges) -> Flags:
    """Which approaches are the first since a relapse of their citizen."""
    relapsed = changes.cause == RELAPSED
    if not relapsed.any():
        return np.zeros(citizen.size, np.bool_)
    number = int(relapsed.sum())
    who = np.concatenate([changes.citizen[relapsed], citizen])
    order = np.lexsort((np.concatenate([changes.day[relapsed], begun]), who))
    is_relapse = order < number
    follows = np.append(False, is_relapse[:-1] & (who[order][1:] == who[order][:-1]))[: order.size]
    flags = np.zeros(order.size, np.bool_)
    flags[order] = follows & ~is_relapse
    return flags[number:]


def any_in(flags: Flags, parts: Approaches) -> Flags:
    """Whether any visit of each approach is flagged."""
    if not parts.first.size:
        return np.zeros(0, np.bool_)
    return np.add.reduceat(flags.astype(np.int64), parts.first) > 0


def sum_in(values: Floats, parts: Approaches) -> Floats:
    """Sum of a number of the visits of each approach."""
    if not parts.first.size:
        return np.zeros(0)
    return np.asarray(np.add.reduceat(values, parts.first), dtype=np.float64)
